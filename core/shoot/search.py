"""Asking a shoot a query: which photos it finds, and why each."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import lru_cache

from core.ingest.frame_names import folded
from core.language import tr
from core.shoot.asked import Focus, LikelyReject, is_focus, is_likely
from core.shoot.query import Field, Query, QueryWord, State, is_number
from core.shoot.shoot import Filter, Shoot
from core.typed_words import TypedKind, meanings, spoken_word
from core.types import ClusterKind, Flag, Photo, PhotoId, Thing

_THINGS = meanings(TypedKind.THING)

_KINDS = {
    State.BURST: ClusterKind.BURST,
    State.BRACKET: ClusterKind.BRACKET,
    State.SINGLE: ClusterKind.SINGLE,
}
_MOST_DESCRIBED, _LEAST_DESCRIBED = 40, 5  # photos that a description finds
_DESCRIBED_SHARE = 10  # and at most one in so many
_FOCUS = {State.SHARP: Focus.SHARP, State.SOFT: Focus.SOFT, State.BLURRED: Focus.BLURRED}


def finds(query: Query, photo_id: PhotoId, shoot: Shoot) -> bool:
    """Tell whether a photo is found."""
    return all((_found(term, photo_id, shoot) is None) == term.negated for term in query.terms)


def descriptions(query: Query) -> tuple[str, ...]:
    """Return what the query asks for by a description."""
    return tuple(dict.fromkeys(term.text for term in query.terms if term.field is Field.SHOWS))


def asks_for_things(query: Query) -> bool:
    """Tell whether the answer may hang on what photos show."""
    return any(term.field in (Field.ANY, Field.THING) for term in query.terms)


def why_found(query: Query, photo_id: PhotoId, shoot: Shoot) -> tuple[str, ...]:
    """Say by what a photo is found, a short phrase for each word of the query that names something it has."""
    reasons = (_found(term, photo_id, shoot) for term in query.terms if not term.negated)
    return tuple(dict.fromkeys(reason for reason in reasons if reason))


def _found(term: QueryWord, photo_id: PhotoId, shoot: Shoot) -> str | None:
    """Say what has the word, "" where that need not be said; None where nothing has it."""
    return _FINDERS[term.field](term, photo_id, shoot)


# Words


@lru_cache(maxsize=65536)
def _folded(text: str) -> str:
    return " ".join(folded(text).split())


def begins_a_word(wanted: str, text: str) -> bool:
    """Tell whether a word of a text begins so: "dog" finds "dogs" and not "hotdog"."""
    text, at = _folded(text), -1
    while (at := text.find(wanted, at + 1)) >= 0:
        if at == 0 or not text[at - 1].isalnum():
            return True
    return False


def means(wanted: str, thing: Thing) -> bool:
    """Tell whether a word means a thing, in any language."""
    return _THINGS.get(wanted) == thing.word or any(wanted == _folded(word) for word in thing.words)


def _first(wanted: str, texts: Iterable[str]) -> str | None:
    return next((text for text in texts if begins_a_word(wanted, text)), None)


def _in_name(term: QueryWord, photo_id: PhotoId, shoot: Shoot) -> str | None:
    name = shoot.photos[photo_id].path.name
    return tr("its name") if term.text in _folded(name) else None


def _in_keywords(term: QueryWord, photo_id: PhotoId, shoot: Shoot) -> str | None:
    found = _first(term.text, shoot.photos[photo_id].words.keywords)
    return None if found is None else tr("keyword “{word}”").format(word=found)


def _in_titles(term: QueryWord, photo_id: PhotoId, shoot: Shoot) -> str | None:
    found = _first(term.text, shoot.photos[photo_id].words.titles)
    return None if found is None else tr("caption “{text}”").format(text=_shortened(found))


def _in_places(term: QueryWord, photo_id: PhotoId, shoot: Shoot) -> str | None:
    found = _first(term.text, shoot.photos[photo_id].words.places)
    return None if found is None else tr("place “{place}”").format(place=found)


def _in_look(term: QueryWord, photo_id: PhotoId, shoot: Shoot) -> str | None:
    look = shoot.decision(photo_id).look
    if look is None or not begins_a_word(term.text, look):
        return None
    return tr("look “{name}”").format(name=look)


def _in_things(term: QueryWord, photo_id: PhotoId, shoot: Shoot) -> str | None:
    for thing in shoot.things.get(photo_id, ()):
        if means(term.text, thing):
            return tr("it shows: {thing}").format(thing=spoken_word(TypedKind.THING, thing.word))
    return None


def _described(term: QueryWord, photo_id: PhotoId, shoot: Shoot) -> str | None:
    """Find the nearest to a description: so many at most, of a small shoot fewer."""
    order = shoot.described.get(term.text, ())
    nearest = order[: min(_MOST_DESCRIBED, max(_LEAST_DESCRIBED, len(order) // _DESCRIBED_SHARE))]
    if photo_id not in nearest:
        return None
    return tr("nearest to “{text}”: number {place:,}").format(
        text=term.text, place=nearest.index(photo_id) + 1
    )


def _named(term: QueryWord, photo_id: PhotoId, shoot: Shoot) -> str | None:
    found = _first(term.text, shoot.people.names(photo_id))
    return None if found is None else tr("{name} is in it").format(name=found)


def _in_camera(term: QueryWord, photo_id: PhotoId, shoot: Shoot) -> str | None:
    name = shoot.photos[photo_id].camera_name
    return tr("camera {name}").format(name=name) if name and term.text in _folded(name) else None


def _in_lens(term: QueryWord, photo_id: PhotoId, shoot: Shoot) -> str | None:
    lens = shoot.photos[photo_id].shot.lens
    return tr("lens {name}").format(name=lens) if lens and term.text in _folded(lens) else None


def _by_lens(term: QueryWord, photo_id: PhotoId, shoot: Shoot) -> str | None:
    """Find by the lens's name, or by the focal length it was set to."""
    focal = shoot.photos[photo_id].shot.focal_length
    if focal is not None and term.text.removesuffix("mm").strip() == f"{focal:.0f}":
        return tr("taken at {length:.0f} mm").format(length=focal)
    return _in_lens(term, photo_id, shoot)


def _names_camera(term: QueryWord, photo_id: PhotoId, shoot: Shoot) -> str | None:
    """Find by the camera as by other texts, where nobody said that a camera is meant: a letter within it is no hit."""
    name = shoot.photos[photo_id].camera_name
    return _in_camera(term, photo_id, shoot) if begins_a_word(term.text, name) else None


def _names_lens(term: QueryWord, photo_id: PhotoId, shoot: Shoot) -> str | None:
    lens = shoot.photos[photo_id].shot.lens
    return _in_lens(term, photo_id, shoot) if begins_a_word(term.text, lens) else None


_ANYWHERE = (
    *(_in_name, _in_keywords, _in_titles, _in_places, _in_look, _named, _in_things),
    *(_names_camera, _names_lens),
)


def _anywhere(term: QueryWord, photo_id: PhotoId, shoot: Shoot) -> str | None:
    return next((reason for find in _ANYWHERE if (reason := find(term, photo_id, shoot)) is not None), None)


# Numbers, times and states, of which the query itself says enough


def _at(photo: Photo, term: QueryWord) -> tuple[datetime, datetime] | None:
    """Return when a photo was taken, and the asked time with what the query leaves out filled in from that."""
    taken, asked = photo.moment, term.moment
    if taken is None:
        return None
    if asked.clock is None:
        day = asked.day or taken.date()
        return taken.replace(hour=0, minute=0, second=0, microsecond=0), datetime(
            day.year, day.month, day.day
        )
    return taken, datetime.combine(asked.day or taken.date(), asked.clock)


def _after(term: QueryWord, photo_id: PhotoId, shoot: Shoot) -> str | None:
    times = _at(shoot.photos[photo_id], term)
    return "" if times is not None and times[0] >= times[1] else None


def _before(term: QueryWord, photo_id: PhotoId, shoot: Shoot) -> str | None:
    times = _at(shoot.photos[photo_id], term)
    return "" if times is not None and times[0] < times[1] else None


def _with_person(term: QueryWord, photo_id: PhotoId, shoot: Shoot) -> str | None:
    """Find by the number somebody has in the shoot, or by name."""
    if is_number(term.text):
        return "" if int(term.text) - 1 in shoot.people.identities(photo_id) else None
    return _named(term, photo_id, shoot)


def _number(
    of: Callable[[PhotoId, Shoot], float | None],
) -> Callable[[QueryWord, PhotoId, Shoot], str | None]:
    def find(term: QueryWord, photo_id: PhotoId, shoot: Shoot) -> str | None:
        number = of(photo_id, shoot)
        return "" if number is not None and term.numbers.hold(number) else None

    return find


def _people(photo_id: PhotoId, shoot: Shoot) -> float | None:
    return shoot.people.face_count(photo_id)


def _aperture(photo_id: PhotoId, shoot: Shoot) -> float | None:
    number = shoot.photos[photo_id].shot.f_number
    return None if number is None else round(number, 1)


def _focal(photo_id: PhotoId, shoot: Shoot) -> float | None:
    length = shoot.photos[photo_id].shot.focal_length
    return None if length is None else round(length)


def _labelled(term: QueryWord, photo_id: PhotoId, shoot: Shoot) -> str | None:
    label = shoot.decision(photo_id).label
    return "" if label is not None and label.value == term.text else None


def _in_state(term: QueryWord, photo_id: PhotoId, shoot: Shoot) -> str | None:
    state = State(term.text)
    match state:
        case State.PICK:
            holds = shoot.decision(photo_id).flag is Flag.PICK
        case State.REJECT:
            holds = shoot.decision(photo_id).flag is Flag.REJECT
        case State.UNDECIDED:
            holds = shoot.passes(photo_id, Filter.UNDECIDED)
        case State.SUGGESTED:
            holds = shoot.is_suggested(photo_id)
        case State.LIKELY_REJECT:
            holds = is_likely(LikelyReject.ALL, photo_id, shoot)
        case State.BURST | State.BRACKET | State.SINGLE:
            holds = shoot.cluster_of(photo_id).kind is _KINDS[state]
        case State.SHARP | State.SOFT | State.BLURRED:
            holds = is_focus(_FOCUS[state], photo_id, shoot)
    return "" if holds else None


_FINDERS: Mapping[Field, Callable[[QueryWord, PhotoId, Shoot], str | None]] = {
    Field.ANY: _anywhere,
    Field.NAME: _in_name,
    Field.KEYWORD: _in_keywords,
    Field.TITLE: _in_titles,
    Field.PLACE: _in_places,
    Field.LOOK: _in_look,
    Field.THING: _in_things,
    Field.SHOWS: _described,
    Field.CAMERA: _in_camera,
    Field.LENS: _by_lens,
    Field.AFTER: _after,
    Field.BEFORE: _before,
    Field.PERSON: _with_person,
    Field.PEOPLE: _number(_people),
    Field.RATING: _number(lambda photo_id, shoot: shoot.decision(photo_id).rating or 0),
    Field.ISO: _number(lambda photo_id, shoot: shoot.photos[photo_id].shot.iso),
    Field.APERTURE: _number(_aperture),
    Field.FOCAL: _number(_focal),
    Field.LABEL: _labelled,
    Field.IS: _in_state,
}

_LONGEST = 60  # characters of a caption that is quoted


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1].rstrip()}…"
