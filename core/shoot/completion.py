"""What a query may go on with, from what is in the shoot, in the language spoken now."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.shoot.query import LABELS, Field, State
from core.shoot.shoot import Shoot
from core.typed_words import TypedKind, spoken_word


@dataclass(frozen=True, slots=True)
class Completion:
    """A word of a query that finds something.

    Attributes:
        text: as it stands in the query, quoted where it has spaces.
        key: what somebody types to get it.
    """

    text: str
    key: str


def completions(shoot: Shoot) -> tuple[Completion, ...]:
    """Return what can be typed: fields, and the words of the shoot alone and with their fields."""
    photos = shoot.photos.values()
    words = {
        Field.KEYWORD: [word for photo in photos for word in photo.words.keywords],
        Field.PLACE: [word for photo in photos for word in photo.words.places],
        Field.LOOK: shoot.look_names().values(),
        Field.PERSON: shoot.people.recognised.named.values(),
        Field.THING: [
            spoken_word(TypedKind.THING, thing.word) for things in shoot.things.values() for thing in things
        ],
        Field.CAMERA: [photo.camera_name for photo in photos],
        Field.LENS: [photo.shot.lens for photo in photos],
    }
    found = {field: _once(each) for field, each in words.items()}
    alone = sorted({word for each in found.values() for word in each}, key=str.casefold)
    asked: list[Field] = [field for field in Field if field is not Field.ANY]
    names = {field: spoken_word(TypedKind.FIELD, field.value) for field in asked}
    labels = [spoken_word(TypedKind.LABEL, label) for label in dict.fromkeys(LABELS.values())]
    states = [spoken_word(TypedKind.STATE, state.value) for state in State]
    behind = [Completion(f"{names[field]}:{_quoted(word)}", f"{names[field]}:{word}")
              for field, each in found.items() for word in each]  # fmt: skip
    behind += [_plain(f"{names[Field.LABEL]}:{label}") for label in labels]
    behind += [_plain(f"{names[Field.IS]}:{state}") for state in states]
    fields = [_plain(f"{name}:") for name in names.values()]
    return (*(Completion(_quoted(word), word) for word in alone), *fields, *behind)


def _once(words: Iterable[str]) -> list[str]:
    return sorted({word for word in words if word and '"' not in word}, key=str.casefold)


def _plain(text: str) -> Completion:
    return Completion(text, text)


def _quoted(word: str) -> str:
    return f'"{word}"' if any(character.isspace() for character in word) else word
