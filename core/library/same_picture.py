"""Whether two files show one and the same press of the shutter, whatever a program made of it since.

A picture that is there as a whole, turned by quarters or mirrored, is told by its tones (``core.library.toned``). Else
corners lay one picture over the other, turned and cropped as it may be; then the small pictures are compared patch by
patch. Light, contrast and colour may differ, and so may what noise and compression explain. What moved between two
frames of a burst may not. Where that fails, one picture is mirrored, its corners sought anew, and all of it tried once
more: what mirrors do to a corner cannot be told from how it is kept.
"""

import math
from dataclasses import dataclass, field, replace
from functools import cached_property

import cv2
import numpy as np
import simplejpeg
from numpy.typing import NDArray

from core.analysis.layout import corners_of
from core.analysis.sharpness import luma
from core.grouping.geometry import matching_corners
from core.library.toned import MOST_MOVED, MOST_MOVED_RESIZED, Floats, likely_turns, ranks_of, toned
from core.protocols import RgbImage
from core.types import Layout

_SLACK = 3 / 512  # of the longer side, by which corners of one picture may miss each other
_FEWEST = 12  # agreeing corners: pictures of different places have fewer
_PATCH = 24  # pixels of the small pictures
_SMOOTHED = 1.0  # pixels of blur before they are compared: what is finer is noise
_BLACK, _WHITE = 7, 248  # grey levels beyond which a stop of light leaves nothing
_SEEN = 0.6  # share of a patch that has to lie in both pictures, and be neither black nor white
_FLAT = 1.0  # variance below which a patch shows nothing
# What differs in a patch: its unexplained variance is more than that of noise, and than a share of its own. Chosen on
# 1,001 made pairs and 367 burst neighbours of fourteen shoots; see ``benchmarks.library``.
_NOISE, _SHARE = 5.0, 0.05
_MOST_DIFFERING = 0.06  # share of the patches
_ONE_SIDED = 1 / 16  # of the variance a patch has in one picture, if it has no more in the other
_SURELY_ALIKE = 0.1  # difference as the corners lay them, up to which they need not be laid any finer
_FEW_PATCHES = 6  # with fewer, nothing is proven by them
_GLANCE = 64  # least pixels of the thumbnail, decoded small
_FINE_STEPS = (cv2.TERM_CRITERIA_COUNT | cv2.TERM_CRITERIA_EPS, 40, 1e-5)


@dataclass(frozen=True, eq=False)
class Glimpse:
    """What is kept of a picture to recognise it by.

    Attributes:
        layout: its corners.
        width, height: of the upright picture, pixels.
        small: its thumbnail, as JPEG.
        ranks: as ``core.library.toned`` has them; None where the thumbnail is damaged.
    """

    layout: Layout
    width: int
    height: int
    small: bytes
    ranks: Floats | None = field(init=False)

    def __post_init__(self) -> None:
        """Look at the thumbnail once for all pairs."""
        try:
            grey = simplejpeg.decode_jpeg(self.small, "GRAY", min_height=_GLANCE, min_width=_GLANCE)[..., 0]
        except ValueError:
            grey = None
        object.__setattr__(self, "ranks", None if grey is None else ranks_of(grey))

    @cached_property
    def mirrored(self) -> Layout:
        """The corners of the picture with left and right changed; none where the thumbnail is damaged."""
        try:
            return corners_of(np.ascontiguousarray(simplejpeg.decode_jpeg(self.small)[:, ::-1]))
        except ValueError:
            return Layout()


@dataclass(frozen=True, slots=True)
class SamePicture:
    """How the second of two files shows the picture of the first.

    Attributes:
        difference: how much noise and more is between them, 0 for none; of several pairs, the least is right.
        turn: in degrees, -180 to 180.
        within: share of the first picture that the second shows, 0 to 1.
        showing: share of the second picture that is in the first, 0 to 1.
        tone: their light or contrast differs.
        colour: one is grey, or much less colourful.
        mirrored: left is right.
        as_whole: of one size, they differ by tones alone, to fractions of a pixel; no two frames of a burst do.
    """

    difference: float
    turn: float
    within: float
    showing: float
    tone: bool
    colour: bool
    mirrored: bool = False
    as_whole: bool = False


def same_picture(one: Glimpse, other: Glimpse) -> SamePicture | None:
    """Compare two pictures; some 80 ms where their corners agree, two where they do not, and 15 once for each picture.

    Returns:
        None where they are not surely one picture.
    """
    if one.ranks is None or other.ranks is None:
        return None
    try:
        whole = (
            _as_a_whole(one, other, one.ranks, other.ranks) if likely_turns(one.ranks, other.ranks) else None
        )
        if whole is not None:
            return whole
        movement = _lay_over(one.layout, other.layout)
        if movement is not None:
            return _same_part(one, simplejpeg.decode_jpeg(one.small), other, movement)
        movement = _lay_over(one.mirrored, other.layout)
        if movement is None:
            return None
        turned = np.ascontiguousarray(simplejpeg.decode_jpeg(one.small)[:, ::-1])
        same = _same_part(one, turned, other, movement)
    except ValueError:  # a kept thumbnail is damaged
        return None
    return None if same is None else replace(same, mirrored=True)


def _as_a_whole(one: Glimpse, other: Glimpse, ranks: Floats, others: Floats) -> SamePicture | None:
    """Compare two pictures that show the whole of each other, if they are one. Raises ValueError for no JPEG."""
    first, second = simplejpeg.decode_jpeg(one.small), simplejpeg.decode_jpeg(other.small)
    one_size = sorted((one.width, one.height)) == sorted((other.width, other.height))
    found = toned(first, second, ranks, others)
    if found is None or not found.is_same(MOST_MOVED if one_size else MOST_MOVED_RESIZED):
        return None
    here, there = luma(first).astype(np.float32), luma(second).astype(np.float32)
    turn = 90.0 * (found.quarters if found.quarters < 3 else -1)
    tone, colour = _has_other_tone(here, there), _has_other_colours(first, second)
    return SamePicture(found.unlike, turn, 1.0, 1.0, tone, colour, found.mirrored, as_whole=one_size)


def _same_part(
    one: Glimpse, first: RgbImage, other: Glimpse, movement: NDArray[np.float64]
) -> SamePicture | None:
    """Compare what two pictures share, as a movement lays one over the other. Raises ValueError for no JPEG.

    Args:
        one: of the first picture.
        other: of the second.
        first: the first one, small, mirrored if the movement is of its mirror image.
        movement: as ``_lay_over`` returns it.
    """
    second = simplejpeg.decode_jpeg(other.small)
    here, there = luma(first).astype(np.float32), luma(second).astype(np.float32)
    moved, here = _in_pixels(here, there, movement)
    warped, seen = _laid(here, moved, there)
    differing, difference, patches = _compare(warped, there, seen)
    if difference > _SURELY_ALIKE:
        warped, seen = _finer(here, moved, there, warped, seen)
        differing, difference, patches = _compare(warped, there, seen)
    if patches < _FEW_PATCHES or differing > _MOST_DIFFERING:
        return None
    within, showing = _shares(movement, one, other)
    turn = math.degrees(math.atan2(movement[1, 0], movement[0, 0]))
    tone = _has_other_tone(warped[seen > 0], there[seen > 0])
    return SamePicture(difference, turn, within, showing, tone, _has_other_colours(first, second))


def _lay_over(one: Layout, other: Layout) -> NDArray[np.float64] | None:
    """Return the shift, turn and zoom from one picture to another, in parts of their longer sides, shape (2, 3)."""
    if min(len(one.points), len(other.points)) < _FEWEST:
        return None
    first, second = matching_corners(one, other)
    if len(first) < _FEWEST:
        return None
    movement, agreeing = cv2.estimateAffinePartial2D(
        first, second, ransacReprojThreshold=_SLACK, maxIters=3000, confidence=0.999
    )
    if movement is None or int(agreeing.sum()) < _FEWEST:
        return None
    return np.asarray(movement, np.float64)


def _in_pixels(
    here: Floats, there: Floats, movement: NDArray[np.float64]
) -> tuple[NDArray[np.float64], Floats]:
    """Return a movement in pixels of two small pictures, and the first one as blurred as that will make it."""
    longer_here, longer_there = max(here.shape), max(there.shape)
    moved = np.column_stack([movement[:, :2] * longer_there / longer_here, movement[:, 2] * longer_there])
    zoom = math.hypot(moved[0, 0], moved[1, 0])
    return moved, _smooth(here, 0.5 / zoom) if zoom < 1 else here


def _finer(
    here: Floats, moved: NDArray[np.float64], there: Floats, rough: Floats, seen: NDArray[np.uint8]
) -> tuple[Floats, NDArray[np.uint8]]:
    """Lay the first picture over the second to a fraction of a pixel; return it, and where it has something."""
    start = np.eye(2, 3, dtype=np.float32)
    try:
        _, step = cv2.findTransformECC(
            _smooth(there, 1.5), _smooth(rough, 1.5), start, cv2.MOTION_AFFINE, _FINE_STEPS, seen * 255, 5
        )
    except cv2.error:
        return rough, seen  # it finds no better place
    finer = np.linalg.inv(np.vstack([step, (0, 0, 1)])) @ np.vstack([moved, (0, 0, 1)])
    return _laid(here, finer[:2], there)


def _laid(here: Floats, moved: NDArray[np.float64], there: Floats) -> tuple[Floats, NDArray[np.uint8]]:
    nowhere = -1000.0
    size = there.shape[1], there.shape[0]
    laid = cv2.warpAffine(here, moved, size, flags=cv2.INTER_CUBIC, borderValue=nowhere)
    seen = cv2.erode((laid > nowhere / 2).astype(np.uint8), np.ones((9, 9)))
    return np.where(seen > 0, laid, 0).astype(np.float32), np.asarray(seen, np.uint8)


def _smooth(picture: Floats, sigma: float) -> Floats:
    return np.asarray(cv2.GaussianBlur(picture, (0, 0), sigma), np.float32)


def _compare(one: Floats, other: Floats, seen: NDArray[np.uint8]) -> tuple[float, float, int]:
    """Return the share of patches that differ, how much all differ in the mean, and how many were compared."""
    extreme = (one > _WHITE) | (other > _WHITE) | (one < _BLACK) | (other < _BLACK)
    beyond = cv2.dilate(extreme.astype(np.uint8), np.ones((5, 5)))
    usable = ((seen > 0) & (beyond == 0)).astype(np.float32)
    here, there = _smooth(one, _SMOOTHED), _smooth(other, _SMOOTHED)
    every = slice(_PATCH // 2, -_PATCH // 2, _PATCH // 2)

    def mean(values: Floats) -> Floats:
        summed = cv2.boxFilter(values * usable, -1, (_PATCH, _PATCH), borderType=cv2.BORDER_CONSTANT)
        return np.asarray(summed[every, every], np.float32)

    share = mean(np.ones_like(usable))
    enough = share > _SEEN
    if not enough.any():
        return 1.0, math.inf, 0
    share = share[enough]
    level, other_level = mean(here)[enough] / share, mean(there)[enough] / share
    own = mean(here * here)[enough] / share - level**2
    others = mean(there * there)[enough] / share - other_level**2
    common = mean(here * there)[enough] / share - level * other_level
    gain = float(np.median(others + 1) / np.median(own + 1))
    least, most = np.minimum(own, others), np.maximum(own, others / gain)
    one_sided = np.minimum(own, others / gain) < most * _ONE_SIDED  # something is seen in one of them alone
    variance = np.where(one_sided, most, least)
    telling = variance > _FLAT
    if not telling.any():
        return 1.0, math.inf, 0
    correlation = common[telling] / np.sqrt(np.maximum(own * others, 1e-6)[telling])
    unexplained = (1 - correlation * np.abs(correlation)) * variance[telling]
    measured = unexplained / (_NOISE**2 + _SHARE * variance[telling])
    return float((measured > 1).mean()), float(np.minimum(measured, 4).mean()), len(measured)


def _shares(movement: NDArray[np.float64], one: Glimpse, other: Glimpse) -> tuple[float, float]:
    """Return which share of the first picture the second shows, and of the second the first."""
    first, second = _outline(one), _outline(other)
    moved = (first @ movement[:, :2].T + movement[:, 2]).astype(np.float32)
    common, _ = cv2.intersectConvexConvex(moved, second)
    areas = max(cv2.contourArea(moved), 1e-9), max(cv2.contourArea(second), 1e-9)
    return min(1.0, float(common / areas[0])), min(1.0, float(common / areas[1]))


def _outline(picture: Glimpse) -> Floats:
    longer = max(picture.width, picture.height, 1)
    width, height = picture.width / longer, picture.height / longer
    return np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)


def _has_other_tone(here: Floats, there: Floats) -> bool:
    """Tell whether one picture is brighter than the other, or has more contrast."""
    if here.size < 2:
        return False
    gain, offset = (there.std() + 1) / (here.std() + 1), there.mean() - here.mean()
    return not 0.85 <= gain <= 1.18 or abs(offset) > 8


def _has_other_colours(one: RgbImage, other: RgbImage) -> bool:
    """Tell whether one picture is grey, or much less colourful."""
    pale, lively = sorted((_colourfulness(one), _colourfulness(other)))
    return lively > 6 and pale < 0.6 * lively


def _colourfulness(picture: RgbImage) -> float:
    """Return by how much the channels of a picture differ in the mean, in grey levels."""
    red, green, blue = cv2.split(picture)  # an axis of three at a time takes NumPy ten times as long
    most, least = cv2.max(cv2.max(red, green), blue), cv2.min(cv2.min(red, green), blue)
    return float(cv2.subtract(most, least).mean())
