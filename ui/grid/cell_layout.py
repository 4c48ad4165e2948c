"""Where things are in a cell. Each corner has its meaning: advice, group and, at the bottom, the decision."""

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSizeF, Qt

from ui.text_size import scaled

PICTURE_SHARE = 0.76
"""Height by width of the place for the picture: wide ones lose nothing, upright ones little."""

SMALL = 140  # below this width a cell shows warnings only, and no words

_STRIP_GAP, _STRIP = 3, 3
STACK_STEP = 3  # by how much each sheet behind a stack stands out


@dataclass(frozen=True, slots=True)
class CellLayout:
    """The rectangles of one cell, in logical pixels.

    Attributes:
        slot: all of the cell; slots touch each other.
        box: what the active ring surrounds.
        area: the place for the picture.
        strip: the colour label's.
        caption: file name and badges.
        chip: height of the chips in the corners of the area.
        small: there is room for the most important only.
    """

    slot: QRect
    box: QRect
    area: QRect
    strip: QRect
    caption: QRect
    chip: int
    small: bool


def cell_height(width: int) -> int:
    """Return the height of a cell of a width."""
    gap, pad, caption = _sizes(width)
    picture = round((width - 2 * (gap + pad)) * PICTURE_SHARE)
    return 2 * gap + pad + picture + 2 * _STRIP_GAP + _STRIP + caption + pad // 2


def picture_side(width: int) -> int:
    """Return the longer side a picture can have in a cell of a width."""
    gap, pad, _ = _sizes(width)
    return width - 2 * (gap + pad)


def cell_layout(slot: QRect) -> CellLayout:
    """Lay a cell out; a slot one pixel wider than its neighbour gets the same heights."""
    gap, pad, caption_height = _sizes(slot.width())
    box = slot.adjusted(gap, gap, -gap, -gap)
    caption = QRect(0, 0, box.width() - 2 * pad, caption_height)
    caption.moveBottomLeft(box.bottomLeft())
    caption.translate(pad, -(pad // 2))
    strip = QRect(caption.left(), caption.top() - _STRIP_GAP - _STRIP, caption.width(), _STRIP)
    area = QRect(box.left() + pad, box.top() + pad, caption.width(), 0)
    area.setBottom(strip.top() - _STRIP_GAP - 1)
    small = slot.width() < SMALL
    return CellLayout(slot, box, area, strip, caption, _chip(slot.width()), small)


def picture_place(layout: CellLayout, *, stacked: bool) -> QRect:
    """Return the place for the picture; above and beside that of a stack its sheets look out."""
    out = 2 * STACK_STEP if stacked else 0
    return layout.area.adjusted(0, out, -out, 0)


def corners(place: QRect, picture: QRect, chip: int) -> QRect:
    """Return where the chips stand in the corners: as high as the picture, but as wide as its place.

    So they lie on the picture and never hide an upright one; side by side they have one line. A panorama's
    corners are taken far enough apart for its chips.

    Args:
        place: for pictures of any shape.
        picture: where the picture is in it.
        chip: height of a chip.
    """
    height = max(picture.height(), 5 * chip // 2)
    room = QRect(place.left(), 0, place.width(), height)
    room.moveTop(picture.top() + (picture.height() - height) // 2)
    return room


def fitted(aspect: float, area: QRect) -> QRect:
    """Return the largest rectangle of an aspect (width by height) in the middle of an area, on whole pixels."""
    size = QSizeF(aspect, 1.0).scaled(area.size().toSizeF(), Qt.AspectRatioMode.KeepAspectRatio)
    width, height = max(1, round(size.width())), max(1, round(size.height()))
    left = area.left() + (area.width() - width) // 2
    return QRect(left, area.top() + (area.height() - height) // 2, width, height)


def unbarred(width: int, height: int, aspect: float) -> QRectF:
    """Return the part of an embedded preview that is picture: cameras pad theirs to 4:3 with black bars.

    Args:
        width: pixels of the preview.
        height: pixels of the preview.
        aspect: of the photo, width by height.

    Returns:
        All of it unless bars explain the difference of aspects.
    """
    whole = QRectF(0, 0, width, height)
    factor = width / height / aspect
    if not (1.02 < max(factor, 1 / factor) < 1.4):  # 16:9 in 4:3 is 1.33; more is another picture
        return whole
    inner = QSizeF(aspect, 1.0).scaled(whole.size(), Qt.AspectRatioMode.KeepAspectRatio)
    part = QRectF(0, 0, inner.width(), inner.height())
    part.moveCenter(whole.center())
    return part


def _sizes(width: int) -> tuple[int, int, int]:
    """Return the gap round the box, the padding in it, the height of the caption."""
    return (2, 5, scaled(14)) if width < SMALL else (3, 7, scaled(18))


def _chip(width: int) -> int:
    return scaled(16 if width < SMALL else 18 if width < 240 else 22)
