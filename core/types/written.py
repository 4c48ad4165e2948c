"""What somebody wrote about a picture into its files: keywords, titles, captions, places, whose face is where."""

from dataclasses import dataclass
from typing import TypeVar

from core.types.regions import FaceRegion


@dataclass(frozen=True, slots=True)
class WrittenWords:
    """What files say in words of what a picture shows.

    Attributes:
        keywords: as written, without those above them in a hierarchy.
        titles: titles, headlines and captions.
        places: names of places, the smallest first.
        faces: named faces, in fractions of the picture as stored.
    """

    keywords: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    faces: tuple[FaceRegion, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything is said."""
        return bool(self.keywords or self.titles or self.places or self.faces)

    def __or__(self, other: "WrittenWords") -> "WrittenWords":
        """Return what either says, each once."""
        if not other:
            return self
        return WrittenWords(
            _each_once(self.keywords, other.keywords),
            _each_once(self.titles, other.titles),
            _each_once(self.places, other.places),
            _each_once(self.faces, other.faces),
        )


_One = TypeVar("_One")


def _each_once(mine: tuple[_One, ...], theirs: tuple[_One, ...]) -> tuple[_One, ...]:
    return tuple(dict.fromkeys((*mine, *theirs)))
