"""All shoots as one, as far as the library knows them: what the search box understands is asked of them alike."""

from collections.abc import Iterable, Mapping

from core.language import say
from core.persistence.library_store import KnownFrame
from core.shoot.query import Field, NoQueryError, Query, State
from core.shoot.shoot import Shoot
from core.types import PhotoId, Thing

_OF_DECISIONS = {State.PICK, State.REJECT}


class AllShoots(Shoot):
    """Every known frame by itself, without groups and measures.

    Args:
        frames: of the library.
        words: every thing that can be found, by its English word.

    Attributes:
        frames: by photo.
    """

    def __init__(self, frames: Iterable[KnownFrame], words: Mapping[str, Thing]) -> None:
        super().__init__()
        self.frames: dict[PhotoId, KnownFrame] = {frame.photo.id: frame for frame in frames}
        self.photos = {photo_id: frame.photo for photo_id, frame in self.frames.items()}
        self.things = {
            photo_id: tuple(words.get(word) or Thing(word) for word in frame.things)
            for photo_id, frame in self.frames.items()
            if frame.things
        }

    def face_count(self, photo_id: PhotoId) -> int | None:
        """Return how many faces were found in a photo; None where it is not known."""
        frame = self.frames.get(photo_id)
        return None if frame is None else frame.faces


def check_asked(query: Query) -> None:
    """Refuse what is known of an open shoot only.

    Raises:
        NoQueryError: a word of it asks for groups, suggestions or numbered people.
    """
    for term in query.terms:
        within = term.field is Field.PERSON or (
            term.field is Field.IS and State(term.text) not in _OF_DECISIONS
        )
        if within:
            raise NoQueryError(
                say("“{field}:{word}” can be asked of an open shoot only.", field=term.field, word=term.text)
            )
