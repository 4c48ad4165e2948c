"""Where a picture lies in the loupe: fitted, or enlarged around a place that is kept from frame to frame.

All lengths are device pixels, so that 1:1 means one pixel of the photo on one pixel of the screen.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF

from core.grouping.registration import Registration
from core.subject.aimed import middle_aimed_at
from core.subject.people import same_face
from core.types import Analysis, Box, Face, Photo

SCALES = (1.0, 2.0, 4.0, 8.0)
"""Enlargements beyond fitting, in screen pixels a photo pixel."""

_LOOKING = 2.0  # faces' sides from the middle of a face up to which it is what is looked at
_LARGER = 1.02  # an enlargement that shows hardly more than the fitted picture is not worth a step


@dataclass(frozen=True, slots=True)
class Place:
    """What the photographer looks at.

    Attributes:
        scale: screen pixels a photo pixel; None for fitted.
        x, y: the point of the picture, as fractions, that is wanted in the middle of the view.
        beyond: an enlarged picture may leave its edge in view, so that the point is in the middle even near an edge:
            it is the same thing that another view shows there.
    """

    scale: float | None = None
    x: float = 0.5
    y: float = 0.5
    beyond: bool = False


def first_place(analysis: Analysis | None, aimed: Sequence[Box] = ()) -> Place:
    """Return where to look first when the user asks to look closer at a photo, and points nowhere.

    Args:
        analysis: its measures; None where there are none.
        aimed: where the camera focused.

    Returns:
        Fitted, with the largest face in the middle of a closer look, else where the camera focused, else the
        sharpest region, else the middle.
    """
    faces = analysis.faces if analysis is not None else ()
    if faces:
        return Place(
            None, *middle_of(max((face.box for face in faces), key=lambda box: box.width * box.height))
        )
    if (middle := middle_aimed_at(aimed)) is not None:
        return Place(None, *middle)
    subject = analysis.sharpness.subject if analysis is not None else None
    return Place() if subject is None else Place(None, *middle_of(subject))


def middle_of(box: Box) -> tuple[float, float]:
    """Return the middle of a box, as fractions of the picture."""
    return box.x + box.width / 2, box.y + box.height / 2


def size_told(photo: Photo, analysis: Analysis | None) -> QSizeF | None:
    """Return the pixels of the upright photo as its file or its measures tell them."""
    if analysis is not None:
        return QSizeF(analysis.width, analysis.height)
    if photo.width and photo.height:
        size = QSize(photo.width, photo.height)
        return QSizeF(size.transposed() if photo.orientation >= 5 else size)
    return None


def fit_scale(picture: QSizeF, view: QSizeF) -> float:
    """Return the scale at which the whole picture just fits into the view; small pictures are enlarged to it."""
    return min(view.width() / picture.width(), view.height() / picture.height())


def scales(picture: QSizeF, view: QSizeF) -> list[float]:
    """Return the enlargements that show this picture larger than fitted. A small one may not have any."""
    fit = fit_scale(picture, view)
    return [scale for scale in SCALES if scale > fit * _LARGER]


def scale_of(place: Place, picture: QSizeF, view: QSizeF) -> float:
    """Return the scale a place has for this picture: its own, but never smaller than fitted."""
    fit = fit_scale(picture, view)
    return fit if place.scale is None else max(place.scale, fit)


def picture_rect(place: Place, picture: QSizeF, view: QSizeF) -> QRectF:
    """Return where the picture lies in the view, on whole pixels.

    It covers the view as far as it can, else it is centred; a place that may lie beyond is where it is.
    """
    scale = scale_of(place, picture, view)
    width = max(1, round(picture.width() * scale))  # a panorama's short side must not vanish
    height = max(1, round(picture.height() * scale))
    if not place.beyond or place.scale is None:
        place = within(place, picture, view)
    left, top = round(view.width() / 2 - place.x * width), round(view.height() / 2 - place.y * height)
    return QRectF(left, top, width, height)


def zoomed(place: Place, picture: QSizeF, view: QSizeF, at: QPointF, scale: float | None) -> Place:
    """Change the scale such that the point of the picture under ``at`` stays where it is."""
    if scale is None:
        return replace(place, scale=None)
    before = picture_rect(place, picture, view)
    x = min(max((at.x() - before.left()) / before.width(), 0.0), 1.0)
    y = min(max((at.y() - before.top()) / before.height(), 0.0), 1.0)
    after = Place(
        scale,
        x - (at.x() - view.width() / 2) / (picture.width() * scale),
        y - (at.y() - view.height() / 2) / (picture.height() * scale),
    )
    return within(after, picture, view)


def panned(place: Place, picture: QSizeF, view: QSizeF, by: QPointF) -> Place:
    """Move the picture by so many pixels, up to its edges."""
    scale = scale_of(place, picture, view)
    moved = replace(
        place,
        x=place.x - by.x() / (picture.width() * scale),
        y=place.y - by.y() / (picture.height() * scale),
    )
    return within(moved, picture, view)


def next_scale(place: Place, picture: QSizeF, view: QSizeF, closer: bool) -> float | None:
    """Return the next step of the wheel: closer, or farther down to fitted (None)."""
    now = scale_of(place, picture, view)
    if closer:
        larger = [scale for scale in scales(picture, view) if scale > now]
        return larger[0] if larger else place.scale
    smaller = [scale for scale in scales(picture, view) if scale < now]
    return smaller[-1] if smaller else None


def within(place: Place, picture: QSizeF, view: QSizeF) -> Place:
    """Return the place without what lies beyond the picture's edges, so that dragging back answers at once."""
    scale = scale_of(place, picture, view)
    return replace(
        place,
        x=_centre(place.x, picture.width() * scale, view.width()),
        y=_centre(place.y, picture.height() * scale, view.height()),
        beyond=False,
    )


def _centre(centre: float, length: float, view: float) -> float:
    if length <= view:
        return 0.5
    half = view / (2 * length)
    return min(max(centre, half), 1 - half)


def aligned(
    place: Place, here: Analysis | None, there: Analysis | None, laid: Registration | None = None
) -> Place:
    """Return the same place in another frame of a burst: on the same face, where one is being looked at.

    Args:
        place: in the frame that was measured as ``here``.
        here: measures of the frame the place is in; None where there are none.
        there: those of the other frame.
        laid: where places of the first frame are in the other; None where that is not known, and a place that is
            on no face stays as it is.
    """
    if place.scale is None:
        return place
    by = _move_of_face(place, here, there)
    if by is None and laid is not None:
        x, y = laid.place(place.x, place.y)
        by = x - place.x, y - place.y
    if by is None:
        return place
    return replace(place, x=min(max(place.x + by[0], 0.0), 1.0), y=min(max(place.y + by[1], 0.0), 1.0))


def _move_of_face(place: Place, here: Analysis | None, there: Analysis | None) -> tuple[float, float] | None:
    """Return how far the face that is looked at moved; None where there is none, in either frame."""
    if here is None or there is None:
        return None
    near = [(_distance(place, face), face) for face in here.faces]
    distance, face = min(near, key=lambda each: each[0], default=(_LOOKING, None))
    other = same_face(face, here, there) if face is not None and distance < _LOOKING else None
    if face is None or other is None:
        return None
    (x, y), (to_x, to_y) = middle_of(face.box), middle_of(other.box)
    return to_x - x, to_y - y


def _distance(place: Place, face: Face) -> float:
    """Return the distance from the middle of a face, in its widths and heights."""
    box = face.box
    across = (place.x - box.x - box.width / 2) / box.width
    down = (place.y - box.y - box.height / 2) / box.height
    return math.hypot(across, down)
