"""Named faces as files know them: a name, and where its face is."""

from dataclasses import dataclass

from core.types.measures import Box


@dataclass(frozen=True, slots=True)
class FaceRegion:
    """A face with a name, in fractions of a picture."""

    name: str
    box: Box


@dataclass(frozen=True, slots=True)
class FaceRegions:
    """The named faces of one photo, in its picture as it is stored: before it is turned to be shown.

    Attributes:
        width, height: of the stored picture in pixels.
    """

    width: int
    height: int
    faces: tuple[FaceRegion, ...] = ()
