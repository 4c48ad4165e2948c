"""What files say against showing one press of the shutter, before anybody looks at their pictures."""

from enum import Enum, auto

from core.grouping.copies import may_be_copies
from core.types import Photo, TimeSource


class Apart(Enum):
    """How surely two files are of different frames."""

    NO = auto()  # nothing speaks for it
    MAYBE = auto()  # they lie side by side as the frames of a burst do, and one of them has no date
    SURELY = auto()  # taken at other moments or by other cameras, or side by side in one moment


def apart(one: Photo, other: Photo) -> Apart:
    """Tell whether two files are of different frames, as far as they say so themselves."""
    if may_be_copies(one, other):
        return Apart.NO
    dated = one.time_source is TimeSource.EXIF and other.time_source is TimeSource.EXIF
    return Apart.SURELY if dated else Apart.MAYBE
