"""What somebody wrote about a picture into its files: keywords, titles, captions, places."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WrittenWords:
    """What files say in words of what a picture shows.

    Attributes:
        keywords: as written, without those above them in a hierarchy.
        titles: titles, headlines and captions.
        places: names of places, the smallest first.
    """

    keywords: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything is said."""
        return bool(self.keywords or self.titles or self.places)

    def __or__(self, other: "WrittenWords") -> "WrittenWords":
        """Return what either says, each once."""
        if not other:
            return self
        return WrittenWords(
            *(
                tuple(dict.fromkeys((*mine, *theirs)))
                for mine, theirs in (
                    (self.keywords, other.keywords),
                    (self.titles, other.titles),
                    (self.places, other.places),
                )
            )
        )
