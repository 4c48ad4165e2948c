"""What pictures show, in words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that can be seen in a picture.

    Attributes:
        word: what it is called in English.
        german: and in German; "" where nobody said.
        others: further words it is found by.
    """

    word: str
    german: str = ""
    others: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """All words it is found by, in any language."""
        return tuple(filter(None, (self.word, self.german, *self.others)))
