"""All shoots as one, as far as the library knows them, so that the search box serves them as it does an open shoot."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from core.language import say
from core.persistence.library_rows import KnownFrame
from core.persistence.library_words import May
from core.shoot.people import ShootPeople
from core.shoot.query import Field, NoQueryError, Query, State, is_number
from core.shoot.search import begins_a_word, means
from core.shoot.shoot import Shoot
from core.types import PhotoId, Thing

_OF_DECISIONS = {State.PICK, State.REJECT}
_IN_WORDS = {Field.NAME, Field.KEYWORD, Field.TITLE, Field.PLACE, Field.CAMERA}


class AllShoots(Shoot):
    """Known frames each by itself, without groups and measures.

    Args:
        frames: of the library.
        words: every thing that can be found, by its English word.
        named: the names of people, by photo.

    Attributes:
        frames: by photo.
    """

    def __init__(
        self,
        frames: Iterable[KnownFrame],
        words: Mapping[str, Thing],
        named: Mapping[PhotoId, tuple[str, ...]] | None = None,
    ) -> None:
        super().__init__()
        self.frames: dict[PhotoId, KnownFrame] = {frame.photo.id: frame for frame in frames}
        self.photos = {photo_id: frame.photo for photo_id, frame in self.frames.items()}
        self.people = _PeopleOfFrames(self, named or {})
        self.things = {
            photo_id: tuple(words.get(word) or Thing(word) for word in frame.things)
            for photo_id, frame in self.frames.items()
            if frame.things
        }


class _PeopleOfFrames(ShootPeople):
    """Who is in known frames, whose faces are not measured here."""

    def __init__(self, shoot: AllShoots, named: Mapping[PhotoId, tuple[str, ...]]) -> None:
        super().__init__(shoot)
        self._frames = shoot.frames
        self._named = named

    def face_count(self, photo_id: PhotoId) -> int | None:
        """Return how many faces were found in a photo; None where it is not known."""
        frame = self._frames.get(photo_id)
        return None if frame is None else frame.faces

    def names(self, photo_id: PhotoId) -> tuple[str, ...]:
        """Return the names of the people in a photo, as far as they were named by their faces in it."""
        return self._named.get(photo_id, ())


def check_asked(query: Query) -> None:
    """Refuse what is known of an open shoot only.

    Raises:
        NoQueryError: a word of it asks for groups, suggestions or numbered people.
    """
    for term in query.terms:
        within = (term.field is Field.PERSON and is_number(term.text)) or (
            term.field is Field.IS and State(term.text) not in _OF_DECISIONS
        )
        if within:
            raise NoQueryError(
                say("“{field}:{word}” can be asked of an open shoot only.", field=term.field, word=term.text)
            )


def wanted(
    query: Query,
    things: Sequence[Thing],
    in_pieces: Callable[[Thing], Sequence[int]],
    people: Mapping[PhotoId, tuple[str, ...]],
    looks: Mapping[PhotoId, str],
) -> list[May]:
    """Return what a frame has to have to be found; whatever else a query asks leaves nothing out here.

    Args:
        query: what is asked.
        things: all that can be found in photos.
        in_pieces: tells in which frames of the library one may have been found piece by piece.
        people: the names of people, by photo.
        looks: the names of looks, by photo.
    """
    found = []
    for term in query.terms:
        if term.negated:
            continue
        if term.field in _IN_WORDS:
            found.append(May(term.text))
        elif term.field is Field.LENS:
            found.append(May(term.text.removesuffix("mm").strip()))
        elif term.field is Field.LOOK:
            found.append(May(photo_ids=_named(term.text, looks)))
        elif term.field is Field.PERSON:
            found.append(May(photo_ids=_called(term.text, people)))
        elif term.field in (Field.ANY, Field.THING):
            meant = sorted(
                {thing for thing in things if means(term.text, thing)}, key=lambda thing: thing.word
            )
            words = [thing.word for thing in meant]
            numbers = [number for thing in meant for number in in_pieces(thing)]
            if term.field is Field.THING:
                found.append(May(things=words, numbers=numbers))
            else:
                ids = (*_named(term.text, looks), *_called(term.text, people))
                found.append(May(term.text, words, ids, numbers))
    return found


def _named(text: str, looks: Mapping[PhotoId, str]) -> list[PhotoId]:
    return [photo_id for photo_id, look in looks.items() if begins_a_word(text, look)]


def _called(text: str, people: Mapping[PhotoId, tuple[str, ...]]) -> list[PhotoId]:
    return [
        photo_id for photo_id, names in people.items() if any(begins_a_word(text, name) for name in names)
    ]
