"""What pictures show, in words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that can be seen in a picture.

    Attributes:
        word: what it is called in English; ``core.typed_words`` knows it in other languages.
        others: further English words it is found by.
    """

    word: str
    others: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """All English words it is found by."""
        return (self.word, *self.others)
