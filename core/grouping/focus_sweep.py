"""Focus stacks the camera does not tell of: sharpness wanders through the picture, while nothing else changes.

What tells a stack from a burst of which some frames are soft: in a stack one part of the picture loses what another
gains; a soft frame is soft all over.
"""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from core.grouping.evidence import Evidence
from core.grouping.geometry import Alignment
from core.types import Photo

_FAINTEST = 0.03  # of the sharpest part: less is noise
_TOLD = 1.5  # sharpest over softest frame, where a part of the picture tells anything about focus
_TOLD_SHARE = 0.3  # of the picture's parts
_SWEEP = 0.93  # share of the change in sharpness that rises to one peak and falls from it
_TRADE = 0.12  # see ``_trade``: 0.21 to 0.8 in 11 stacks, 0 to 0.08 where frames are blurred or shaken
_OWN_SHARE = 0.04  # of the parts, in which one frame is the sharpest: it holds a part of the focus
_OWN_LEAD, _OWN_OF_TWO = 1.3, 0.1  # of a pair each frame must lead by this much in this share of the parts

# Of frames from the hand more is asked: a subject that moved before a soft background looks much the same.
_HAND_OVERLAP, _HAND_TOLD, _HAND_TRADE = 0.85, 0.4, 0.5
_HAND_LEAD, _HAND_SHARE = (
    2.0,
    0.08,
)  # the second-best owner is this much sharper than the softest, in this share

Focus = NDArray[np.float32]
"""Sharpness by frame and part of the picture, shape (frames, parts)."""


def sweeps_focus(photos: Sequence[Photo], evidence: Evidence) -> bool:
    """Whether each part of the picture gets sharper to one frame and softer after it, and not all to the same.

    Args:
        photos: from a tripod, in order of capture, two and more.
        evidence: about them.
    """
    layouts = [evidence.analysis(photo.id).layout.focus for photo in photos]
    if len({layout.shape for layout in layouts}) > 1 or not layouts[0].size:
        return False
    focus = _without_noise(np.stack(layouts).reshape(len(layouts), -1).astype(np.float32))
    if len(photos) == 2:
        leads = ((focus[0] > _OWN_LEAD * focus[1]).mean(), (focus[1] > _OWN_LEAD * focus[0]).mean())
        return bool(min(leads) >= _OWN_OF_TWO)
    told = _told(focus)
    peak = focus.argmax(axis=0)
    owners = sum(((peak == frame) & told).mean() >= _OWN_SHARE for frame in range(len(photos)))
    if told.mean() < _TOLD_SHARE or owners < 2:
        return False
    return _rises_to_one_peak(focus[:, told]) >= _SWEEP and _trade(focus[:, told]) >= _TRADE


def sweeps_focus_by_hand(photos: Sequence[Photo], evidence: Evidence) -> bool:
    """The same of frames that do not quite lie on each other: each is laid over the first, and must trade much."""
    first = evidence.analysis(photos[0].id)
    layouts = [first.layout.focus.astype(np.float32)]
    for photo in photos[1:]:
        other, alignment = evidence.analysis(photo.id), evidence.alignment(photos[0].id, photo.id)
        if alignment is None or alignment.overlap < _HAND_OVERLAP or not other.layout.focus.size:
            return False
        longer = [max(each.width, each.height) for each in (first, other)]
        if (first.width, first.height) != (other.width, other.height) or not min(longer):
            return False
        sides = first.width / longer[0], first.height / longer[0]
        layouts.append(_laid_over(other.layout.focus.astype(np.float32), alignment, sides))
    if not layouts[0].size or len({layout.shape for layout in layouts}) > 1:
        return False
    stacked = np.stack(layouts)
    focus = _without_noise(stacked[:, ~np.isnan(stacked).any(axis=0)])
    told = _told(focus)
    if told.mean() < _HAND_TOLD or _trade(focus[:, told]) < _HAND_TRADE:
        return False
    peak, much = focus.argmax(axis=0), focus.max(axis=0) > _HAND_LEAD * focus.min(axis=0)
    shares = sorted(float((much & (peak == frame)).mean()) for frame in range(len(photos)))
    return shares[-2] >= _HAND_SHARE


def _laid_over(
    focus: NDArray[np.float32], alignment: Alignment, sides: tuple[float, float]
) -> NDArray[np.float32]:
    """A frame's sharpness where the parts of the first frame are; NaN outside it. Turns of the hand are left out."""
    rows, columns = focus.shape
    place = np.mgrid[0:rows, 0:columns].astype(np.float32) + 0.5
    shift = alignment.down / sides[1], alignment.right / sides[0]
    down, right = (
        ((place[axis] / size - 0.5 - shift[axis]) * alignment.zoom + 0.5) * size - 0.5
        for axis, size in enumerate((rows, columns))
    )
    laid = cv2.remap(
        focus,
        right.astype(np.float32),
        down.astype(np.float32),
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=float("nan"),
    )
    return laid.astype(np.float32)


def _without_noise(focus: Focus) -> Focus:
    return np.maximum(focus, max(_FAINTEST * float(focus.max(initial=0.0)), 1e-6))


def _told(focus: Focus) -> NDArray[np.bool_]:
    told: NDArray[np.bool_] = focus.max(axis=0) > _TOLD * focus.min(axis=0)
    return told


def _rises_to_one_peak(focus: Focus) -> float:
    """Mean share of the change that leads to each part's sharpest frame and away from it."""
    change = np.diff(np.log(focus), axis=0)
    before_peak = np.arange(len(change))[:, None] < focus.argmax(axis=0)
    astray = np.where(before_peak, np.maximum(-change, 0), np.maximum(change, 0)).sum(axis=0)
    return float((1 - astray / np.abs(change).sum(axis=0)).mean())


def _trade(focus: Focus) -> float:
    """From frame to frame, how much of the sharpness lost in some parts is gained in others: 0 to 1, 1 all of it."""
    change = np.diff(np.log(focus), axis=0)
    gained, lost = np.maximum(change, 0).sum(axis=1), np.maximum(-change, 0).sum(axis=1)
    return float(2 * np.minimum(gained, lost).sum() / max((gained + lost).sum(), 1e-9))
