"""A frame laid over another one of its burst as a pane shows it, and a veil over all in which both are the same."""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QRectF, QSize
from PySide6.QtGui import QImage

from core.grouping.registration import Registration
from core.protocols import RgbImage
from core.scaling import resize
from core.subject.unlike_eyes import unlike_eyes
from core.types import Analysis, Box
from ui.imaging.answers import Answers
from ui.imaging.colours import to_screen
from ui.imaging.pictures import Pixels, to_qimage

_SIDE = 1200  # pixels at which differences are sought
_TOLERANCE = 7  # pixels of that: leaves move, and no registration is perfect
_LEAST = 14.0  # levels of 255 that are a difference
_ABOVE_NOISE = 5.0  # times the middle difference: grain is none
_SHARPER = 2.2  # times the strength of edges
_LEAST_EDGE = 1.5  # mean level of edges under which nothing is sharp in either
_EDGES_AROUND = 8.0  # pixels: over how far edges are averaged
_BORDER, _BORDER_OF_EDGES = 9, 49  # pixels at the border of what both show that tell nothing
_LEAST_SPOT = 0.0012  # of what is seen: smaller spots are dust, or leaves
_VEIL = 135  # of 255: how dark that is which both frames share
_LINE = 2  # pixels
_PANES = 2  # of a comparison

Floats = NDArray[np.float32]
Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """What a pane shows, and what is to be laid over it.

    Attributes:
        this: the frame the pane shows: all its pixels, or a picture that stands in for them.
        other: the frame that is laid over it.
        registration: from places of this frame to places of the other.
        target: where the whole of this frame lies, in pixels of the pane.
        view: size of the pane, in pixels.
        measures: of this frame and of the other; None where either was not measured.
    """

    this: Pixels | QImage
    other: Pixels | QImage
    registration: Registration
    target: QRectF
    view: QSize
    measures: tuple[Analysis, Analysis] | None = None

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for what looks the same."""
        sources = (
            id(each) if isinstance(each, Pixels) else each.cacheKey() for each in (self.this, self.other)
        )
        return (*sources, id(self.registration), self.target.getRect(), self.view.toTuple())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Wanted) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


@dataclass(frozen=True, slots=True, eq=False)
class LaidOver:
    """The result, both of the pane's size in pixels.

    Attributes:
        other: the other frame where this one has the same places; transparent where it has none.
        veil: dark where both frames are the same, with a line around all in which they differ.
    """

    other: QImage
    veil: QImage


class Layers(Answers[Wanted, LaidOver | None]):
    """Lays frames over each other, for one pane. Two answers are kept: a comparison has two panes."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__("layers", _PANES, None, parent)

    def of(self, wanted: Wanted) -> LaidOver | None:
        """Return the frames laid over each other; None as long as they are not, and then they are asked for."""
        if wanted not in self._known:
            self._workers.want((wanted,))
        return self._known.get(wanted)

    def _find(self, wanted: Wanted) -> LaidOver | None:
        return lay_over(wanted)


def lay_over(wanted: Wanted) -> LaidOver:
    """Lay a frame over another as a pane shows it; some 50 to 150 ms."""
    target, size = wanted.target, (wanted.view.width(), wanted.view.height())
    to_this = np.array(  # from pixels of the pane to fractions of this frame
        [
            (1 / target.width(), 0, -target.x() / target.width()),
            (0, 1 / target.height(), -target.y() / target.height()),
            (0, 0, 1),
        ]
    )
    this = _seen(wanted.this, to_this, size)
    other = _seen(wanted.other, wanted.registration.matrix @ to_this, size)
    common = this[1] & other[1]
    differences = _differences(this[0], other[0], common)
    for box in unlike_eyes(*wanted.measures) if wanted.measures is not None else ():
        _mark(differences, box, np.linalg.inv(to_this))
    picture = to_qimage(other[0])
    if isinstance(wanted.other, Pixels):
        picture = to_screen(picture, wanted.other.icc)
    return LaidOver(
        _with_alpha(picture, other[1] & _inside(size, np.linalg.inv(to_this))),
        _veil(differences, common),
    )


def _seen(
    source: Pixels | QImage, movement: NDArray[np.float64], size: tuple[int, int]
) -> tuple[RgbImage, NDArray[np.bool_]]:
    """Return what is seen of a frame, and where it is.

    Args:
        source: the frame.
        movement: from pixels of the pane to fractions of the frame.
        size: of the pane.
    """
    rgb = source.rgb if isinstance(source, Pixels) else _bytes_of(source)
    height, width = rgb.shape[:2]
    middles = np.array([(1, 0, 0.5), (0, 1, 0.5), (0, 0, 1)])  # OpenCV counts from the middles of pixels
    whole = np.diag((width, height, 1)) @ movement
    matrix = np.linalg.inv(middles) @ whole @ middles
    how = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    moved = cv2.warpPerspective(rgb, matrix, size, flags=how)
    return np.asarray(moved, np.uint8), _inside(size, np.linalg.inv(movement))


def _inside(size: tuple[int, int], outline: NDArray[np.floating]) -> NDArray[np.bool_]:
    """Return where in the pane a frame is, given the movement from its fractions to pixels of the pane."""
    corners = np.array([(0, 0, 1), (1, 0, 1), (1, 1, 1), (0, 1, 1)], float) @ outline.T
    points = (corners[:, :2] / corners[:, 2:]).clip(-30_000, 30_000).round().astype(np.int32)
    mask = np.zeros((size[1], size[0]), np.uint8)
    cv2.fillConvexPoly(mask, points, 1)
    return mask.astype(bool)


def _differences(this: RgbImage, other: RgbImage, common: NDArray[np.bool_]) -> Bytes:
    """Find where two pictures that lie over each other differ: 1 there, else 0; at the size of both.

    Things that moved by less than a few pixels do not count, nor does the light as a whole; edges that are sharp in
    one and blurred in the other do.
    """
    height, width = common.shape
    scale = min(1.0, _SIDE / max(height, width))
    small = max(1, round(width * scale)), max(1, round(height * scale))
    both = cv2.resize(common.astype(np.uint8), small, interpolation=cv2.INTER_NEAREST)
    inner, core = (_within(both, border) for border in (_BORDER, _BORDER_OF_EDGES))
    if not inner.any():
        return np.zeros(common.shape, np.uint8)
    one, two = (
        cv2.GaussianBlur(resize(each, *small), (0, 0), 1.0).astype(np.float32) for each in (this, other)
    )
    two = _in_the_light_of(two, one, inner)
    apart = np.maximum(_beyond(one, two), _beyond(two, one)).max(axis=2)
    least = max(_LEAST, _ABOVE_NOISE * float(np.median(apart[::4, ::4][inner[::4, ::4] > 0])))
    found = (apart > least) & (inner > 0) | _unlike_edges(one, two) & (core > 0)
    mask = cv2.morphologyEx(found.astype(np.uint8), cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    mask = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, _disc(15))
    mask = _without_specks(cv2.dilate(mask, _disc(9)))
    return np.asarray(cv2.resize(mask, (width, height), interpolation=cv2.INTER_LINEAR), np.uint8)


def _within(both: NDArray[Any], border: int) -> Bytes:
    """Return what is away from the border of what both show, and from the pane's."""
    framed = cv2.copyMakeBorder(both, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    return np.asarray(cv2.erode(framed, np.ones((border, border), np.uint8))[1:-1, 1:-1], np.uint8)


def _beyond(one: Floats, other: Floats) -> Floats:
    """Measure by how much one picture leaves the range that the other has around each place."""
    around = np.ones((_TOLERANCE, _TOLERANCE), np.uint8)
    above = one - cv2.dilate(other, around)
    below = cv2.erode(other, around) - one
    return np.asarray(np.maximum(np.maximum(above, below), 0), np.float32)


def _in_the_light_of(picture: Floats, model: Floats, both: Bytes) -> Floats:
    """Return a picture as bright, as contrasty and as warm as another one of the same things."""
    (mean, spread), (model_mean, model_spread) = (
        cv2.meanStdDev(each, mask=both) for each in (picture, model)
    )
    gain = ((model_spread + 1) / (spread + 1)).ravel()
    return np.asarray((picture - mean.ravel()) * gain + model_mean.ravel(), np.float32)


def _unlike_edges(one: Floats, two: Floats) -> NDArray[np.bool_]:
    """Return where edges are sharp in one of the pictures and blurred in the other, but for what is grain in both."""
    strong, weak = (_edges(each) for each in (one, two))
    strong, weak = np.maximum(strong, weak), np.minimum(strong, weak)
    found: NDArray[np.bool_] = (strong > _LEAST_EDGE) & (strong > _SHARPER * (weak + 0.5))
    return found


def _edges(rgb: Floats) -> Floats:
    grey = cv2.GaussianBlur(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY), (0, 0), 1.0)
    strength = cv2.GaussianBlur(np.abs(cv2.Laplacian(grey, cv2.CV_32F)), (0, 0), _EDGES_AROUND)
    grain = np.percentile(strength[::8, ::8], 20)
    return np.asarray(np.maximum(strength - grain, 0), np.float32)


def _without_specks(mask: NDArray[Any]) -> Bytes:
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask)
    large = np.zeros(count, np.uint8)
    large[1:] = stats[1:, cv2.CC_STAT_AREA] >= _LEAST_SPOT * mask.size
    return np.asarray(large[labels], np.uint8)


def _disc(side: int) -> Bytes:
    return np.asarray(cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)), np.uint8)


def _mark(mask: Bytes, box: Box, movement: NDArray[np.floating]) -> None:
    """Add an ellipse around a box, given the movement from its fractions to the mask's pixels."""
    corners = np.array([(box.x, box.y, 1), (box.x + box.width, box.y + box.height, 1)]) @ movement.T
    (left, top), (right, bottom) = (corners[:, :2] / corners[:, 2:]).clip(-30_000, 30_000)
    middle = round((left + right) / 2), round((top + bottom) / 2)
    axes = max(1, round(abs(right - left) * 0.6)), max(1, round(abs(bottom - top) * 0.6))
    cv2.ellipse(mask, middle, axes, 0, 0, 360, 1, cv2.FILLED)


def _veil(mask: Bytes, common: NDArray[np.bool_]) -> QImage:
    """Paint dark over what is the same, nothing over what is not, and a line of two colours between."""
    height, width = mask.shape
    layer = np.zeros((height, width, 4), np.uint8)
    soft = cv2.GaussianBlur(mask * np.float32(255), (0, 0), 3.0) / 255
    layer[..., 3] = np.where(common, (1 - soft) * _VEIL, 0)
    outlines, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    cv2.drawContours(layer, outlines, -1, (0, 0, 0, 255), 2 * _LINE)
    cv2.drawContours(layer, outlines, -1, (245, 245, 245, 255), _LINE)
    return QImage(layer.data, width, height, 4 * width, QImage.Format.Format_ARGB32).copy()


def _with_alpha(picture: QImage, shown: NDArray[np.bool_]) -> QImage:
    """Return a picture that is transparent where it is not to be shown."""
    result = picture.convertToFormat(QImage.Format.Format_ARGB32)
    lines = np.frombuffer(result.bits(), np.uint8).reshape(result.height(), result.bytesPerLine() // 4, 4)
    lines[:, : result.width(), 3] = np.where(shown, 255, 0)
    return result.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)


def _bytes_of(picture: QImage) -> RgbImage:
    """Return a picture's pixels, uint8, shape (H, W, 3); it is in the screen's colours already."""
    rgb = picture.convertToFormat(QImage.Format.Format_RGB888)
    lines = np.frombuffer(rgb.constBits(), np.uint8).reshape(rgb.height(), rgb.bytesPerLine())
    return lines[:, : 3 * rgb.width()].reshape(rgb.height(), rgb.width(), 3).copy()
