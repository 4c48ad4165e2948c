"""Where the camera's focus areas lie in the picture as it is shown: turned, and cropped in the camera or not."""

from collections.abc import Sequence

from core.types import Analysis, Box, Photo, turned_box

_SAME = 0.02  # relative: pictures of one shape


def aimed_at(photo: Photo, analysis: Analysis | None = None) -> tuple[Box, ...]:
    """Return the focus areas in fractions of the upright picture; none where it cannot be told.

    Args:
        photo: with what its camera said.
        analysis: its measures, which know its size; None where there are none.
    """
    aim = photo.aim
    width, height = photo.width, photo.height
    if analysis is not None:
        upright = analysis.width, analysis.height
        width, height = reversed(upright) if photo.orientation >= 5 else upright
    areas = aim.areas
    if aim.aspect and width and height:
        across, down = _shown(aim.aspect, width / height)
        if not across:
            return ()
        areas = tuple(_within(box, across, down) for box in areas)
    boxes = (turned_box(box, photo.orientation) for box in areas)
    return tuple(box for box in boxes if box.width > 0 and box.height > 0)


def middle_aimed_at(areas: Sequence[Box]) -> tuple[float, float] | None:
    """Return the middle of the area that lies nearest the middle of all; None where there are none.

    The middle of all may lie between two people, and so on nobody.
    """
    if not areas:
        return None
    middles = [(box.x + box.width / 2, box.y + box.height / 2) for box in areas]
    x, y = (sum(each) / len(middles) for each in zip(*middles, strict=True))
    return min(middles, key=lambda middle: (middle[0] - x) ** 2 + (middle[1] - y) ** 2)


def _shown(frame: float, picture: float) -> tuple[float, float]:
    """Return which share of the frame's width and height the picture shows, cut out of its middle; 0, 0 for unknown.

    A picture that lies the other way was turned by a program that did not say so.
    """
    if abs(picture / frame - 1) <= _SAME:
        return 1.0, 1.0
    if abs(picture * frame - 1) <= _SAME:
        return 0.0, 0.0
    return (1.0, frame / picture) if picture > frame else (picture / frame, 1.0)


def _within(box: Box, across: float, down: float) -> Box:
    """Return a box of the frame in fractions of its middle part, as far as it lies there."""
    left, right = ((x - 0.5) / across + 0.5 for x in (box.x, box.x + box.width))
    top, bottom = ((y - 0.5) / down + 0.5 for y in (box.y, box.y + box.height))
    left, top, right, bottom = (min(max(each, 0.0), 1.0) for each in (left, top, right, bottom))
    return Box(left, top, right - left, bottom - top)
