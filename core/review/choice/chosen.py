"""A client's choice as it was understood, and what was not."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from core.errors import ShortlistError
from core.language import Sentence
from core.types import Label, PhotoId


class ChoiceError(ShortlistError):
    """A client's choice cannot be read at all."""


@dataclass(frozen=True, slots=True)
class ChosenPhoto:
    """A photo that a client named.

    Attributes:
        said: as it was named.
        favourite: it was chosen; False where there is only a word about it.
        stars: 1 to 5, None where nothing is said of them.
        label: None where nothing is said of it.
        word: what the client wrote about it; "" for nothing.
    """

    photo_id: PhotoId
    said: str
    favourite: bool = True
    stars: int | None = None
    label: Label | None = None
    word: str = ""


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Something that may have meant a photo.

    Attributes:
        said: as it was written.
        why: what is in the way.
    """

    said: str
    why: Sentence


@dataclass(frozen=True, slots=True)
class ClientsChoice:
    """A client's choice.

    Attributes:
        photos: each photo once, in the order in which they were named.
        not_understood: to be looked at by a person.
        others: what else was written, "" for nothing.
        who: the client's name, "" where nobody said.
        note: what was written about all of them.
    """

    photos: tuple[ChosenPhoto, ...] = ()
    not_understood: tuple[NotUnderstood, ...] = ()
    others: str = ""
    who: str = ""
    note: str = ""

    @property
    def favourites(self) -> tuple[ChosenPhoto, ...]:
        """Those that were chosen."""
        return tuple(one for one in self.photos if one.favourite)


@dataclass(slots=True)
class Gathered:
    """Gathers what is understood, one after the other."""

    photos: dict[PhotoId, ChosenPhoto] = field(default_factory=dict)
    not_understood: list[NotUnderstood] = field(default_factory=list)

    def add(self, chosen: Iterable[ChosenPhoto]) -> None:
        """Take photos in; one that was named before stays where it is, and takes a word that it had not."""
        for one in chosen:
            before = self.photos.get(one.photo_id)
            if before is None or (one.favourite, bool(one.word)) > (before.favourite, bool(before.word)):
                self.photos[one.photo_id] = one

    def leave_out(self, photo_ids: Iterable[PhotoId]) -> None:
        """Take photos off again, whatever named them."""
        for photo_id in photo_ids:
            self.photos.pop(photo_id, None)

    def miss(self, said: str, why: Sentence) -> None:
        """Note what is not understood."""
        self.not_understood.append(NotUnderstood(" ".join(said.split()), why))

    def choice(self, others: str = "", who: str = "", note: str = "") -> ClientsChoice:
        """Return what was gathered."""
        return ClientsChoice(tuple(self.photos.values()), tuple(self.not_understood), others, who, note)
