"""Focus stacks the camera does not tell of: sharpness wanders through the picture, while nothing else changes.

What tells a stack from a burst of which some frames are soft: in a stack one part of the picture loses what another
gains; a soft frame is soft all over.
"""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from core.grouping.evidence import Evidence
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
# The second-best owner is this much sharper than the softest, in this share of the parts.
_HAND_LEAD, _HAND_SHARE = 2.0, 0.08
_BEFORE = 0.6  # share of all that which has to show before frames are laid over each other

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
    if told.mean() < _TOLD_SHARE:
        return False
    owned = np.bincount(focus.argmax(axis=0)[told], minlength=len(photos)) / told.size
    if np.count_nonzero(owned >= _OWN_SHARE) < 2:
        return False
    return _rises_to_one_peak(focus[:, told]) >= _SWEEP and _trade(focus[:, told]) >= _TRADE


def sweeps_focus_by_hand(photos: Sequence[Photo], evidence: Evidence) -> bool:
    """The same of frames that do not quite lie on each other: each is laid over the first, and must trade much."""
    layouts = [evidence.analysis(photo.id).layout.focus.astype(np.float32) for photo in photos]
    if len({layout.shape for layout in layouts}) > 1 or not layouts[0].size:
        return False
    as_they_are = np.stack(layouts).reshape(len(layouts), -1)
    if not _trades_much(as_they_are, _BEFORE):  # a frame that moved a little trades less, not nothing
        return False
    for at, photo in enumerate(photos[1:], start=1):
        laid = _laid_over(photos[0], photo, evidence)
        if laid is None:
            return False
        layouts[at] = laid
    laid_over = np.stack(layouts)
    return _trades_much(laid_over[:, ~np.isnan(laid_over).any(axis=0)], 1.0)


def _trades_much(focus: Focus, of_it: float) -> bool:
    """Whether much sharpness wanders: all that is asked of frames from the hand, or only a share of it."""
    focus = _without_noise(focus)
    told = _told(focus)
    if told.mean() < of_it * _HAND_TOLD or _trade(focus[:, told]) < of_it * _HAND_TRADE:
        return False
    peak, much = focus.argmax(axis=0), focus.max(axis=0) > _HAND_LEAD * focus.min(axis=0)
    shares = sorted(float((much & (peak == frame)).mean()) for frame in range(len(focus)))
    return shares[-2] >= of_it * _HAND_SHARE


def _laid_over(one: Photo, other: Photo, evidence: Evidence) -> NDArray[np.float32] | None:
    """A frame's sharpness where the parts of another one are; None where they do not lie on each other.

    Returns:
        Shape (rows, columns), NaN outside the frame. Turns of the hand are left out.
    """
    first, second = evidence.analysis(one.id), evidence.analysis(other.id)
    alignment = evidence.alignment(one.id, other.id)
    if alignment is None or alignment.overlap < _HAND_OVERLAP or not min(first.width, first.height):
        return None
    if (first.width, first.height) != (second.width, second.height):
        return None
    focus = second.layout.focus.astype(np.float32)
    longer = max(first.width, first.height)
    shift = alignment.down * longer / first.height, alignment.right * longer / first.width
    place = np.mgrid[0 : focus.shape[0], 0 : focus.shape[1]] + 0.5
    down, right = (
        (((place[axis] / size - 0.5 - shift[axis]) * alignment.zoom + 0.5) * size - 0.5).astype(np.float32)
        for axis, size in enumerate(focus.shape)
    )
    laid = cv2.remap(
        focus, right, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=float("nan")
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
