"""What a query may go on with, from what is in the shoot."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.shoot.query import LABELS, STATES, Field
from core.shoot.shoot import Shoot


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
        Field.THING: [thing.word for things in shoot.things.values() for thing in things],
        Field.CAMERA: [photo.camera_name for photo in photos],
        Field.LENS: [photo.shot.lens for photo in photos],
    }
    found = {field: _once(each) for field, each in words.items()}
    alone = sorted({word for each in found.values() for word in each}, key=str.casefold)
    behind = [Completion(f"{field.value}:{_quoted(word)}", f"{field.value}:{word}")
              for field, each in found.items() for word in each]  # fmt: skip
    behind += [_plain(f"{Field.LABEL.value}:{label}") for label in dict.fromkeys(LABELS.values())]
    behind += [_plain(f"{Field.IS.value}:{state.value}") for state in dict.fromkeys(STATES.values())]
    fields = [_plain(f"{field.value}:") for field in Field if field is not Field.ANY]
    return (*(Completion(_quoted(word), word) for word in alone), *fields, *behind)


def _once(words: Iterable[str]) -> list[str]:
    return sorted({word for word in words if word and '"' not in word}, key=str.casefold)


def _plain(text: str) -> Completion:
    return Completion(text, text)


def _quoted(word: str) -> str:
    return f'"{word}"' if any(character.isspace() for character in word) else word
