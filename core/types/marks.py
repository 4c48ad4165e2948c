"""What a file can say that somebody decided: flags, stars, labels."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path


class Flag(StrEnum):
    """Lightroom's pick flag."""

    PICK = "pick"
    REJECT = "reject"
    UNFLAGGED = "unflagged"


DECIDED = frozenset({Flag.PICK, Flag.REJECT})
"""The flags of a photo that is decided on: it stays or goes."""


class Label(StrEnum):
    """Lightroom's five colour labels, and none."""

    RED = "red"
    YELLOW = "yellow"
    GREEN = "green"
    BLUE = "blue"
    PURPLE = "purple"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Marks:
    """What a file says was decided about a photo, by whatever program; None where it says nothing.

    Cameras write 0 stars of themselves and Lightroom "unflagged", so neither counts as a decision here.

    Attributes:
        flag: pick or reject.
        rating: 1 to 5 stars.
        label: a colour.
        camera_rating: 1 to 5 stars that a camera or Windows put into a place of their own. They are shown where
            nothing else says how many, and are never held against a decision.
    """

    flag: Flag | None = None
    rating: int | None = None
    label: Label | None = None
    camera_rating: int | None = None

    @property
    def is_empty(self) -> bool:
        """The file says nothing."""
        return self == Marks()


@dataclass(frozen=True, slots=True)
class FileMarks:
    """The marks of one file.

    Attributes:
        path: a sidecar, or the photo itself.
        changed_at: when the file was last written, UTC.
        is_ours: Shortlist wrote it last, so that it is no other program's word.
    """

    path: Path
    changed_at: datetime
    marks: Marks
    is_ours: bool = False
