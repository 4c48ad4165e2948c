"""Focus stacks the camera does not tell of: sharpness wanders through the picture, while nothing else changes.

This tells a stack from a burst of which some frames are soft: in a stack one part of the picture loses what another
gains, and the focus travels on to a third; a soft frame is soft all over. Two frames tell nothing: in most bursts
whose subject moved each holds what the other lacks.
"""

import itertools
from collections.abc import Sequence

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
_PLACES = 3  # frames that hold a part of the focus: it stood in as many places
_SAME_PICTURE = 8  # of 64 bits of the hash, from frame to frame; focus changes up to 6, what moves 8 and more
_STEADY_LIGHT = 1.25  # brightness of the brightest frame over the darkest

Focus = NDArray[np.float32]
"""Sharpness by frame and part of the picture, shape (frames, parts)."""


def sweeps_focus(photos: Sequence[Photo], evidence: Evidence) -> bool:
    """Return whether each part of the picture gets sharper to one frame and softer after it, and not all to the same.

    Args:
        photos: in order of capture, three and more, all analysed.
        evidence: about them.
    """
    if not _is_one_picture(photos, evidence):
        return False
    layouts = [evidence.analysis(photo.id).layout.focus for photo in photos]
    if len({layout.shape for layout in layouts}) > 1 or not layouts[0].size:
        return False
    focus = _without_noise(np.stack(layouts).reshape(len(layouts), -1).astype(np.float32))
    told = _told(focus)
    if told.mean() < _TOLD_SHARE:
        return False
    owned = np.bincount(focus.argmax(axis=0)[told], minlength=len(photos)) / told.size
    if np.count_nonzero(owned >= _OWN_SHARE) < _PLACES:
        return False
    return _rises_to_one_peak(focus[:, told]) >= _SWEEP and _trade(focus[:, told]) >= _TRADE


def _is_one_picture(photos: Sequence[Photo], evidence: Evidence) -> bool:
    """Return whether nothing but the focus changed: the large shapes, the light and the aperture are the same."""
    analyses = [evidence.analysis(photo.id) for photo in photos]
    means = [max(each.exposure.mean, 1 / 512) for each in analyses]
    if max(means) > _STEADY_LIGHT * min(means) or len({photo.shot.f_number for photo in photos}) > 1:
        return False
    hashes = [each.phash for each in analyses]
    return all((one ^ other).bit_count() <= _SAME_PICTURE for one, other in itertools.pairwise(hashes))


def _without_noise(focus: Focus) -> Focus:
    return np.maximum(focus, max(_FAINTEST * float(focus.max(initial=0.0)), 1e-6))


def _told(focus: Focus) -> NDArray[np.bool_]:
    told: NDArray[np.bool_] = focus.max(axis=0) > _TOLD * focus.min(axis=0)
    return told


def _rises_to_one_peak(focus: Focus) -> float:
    """Return the mean share of the change that leads to each part's sharpest frame and away from it."""
    change = np.diff(np.log(focus), axis=0)
    before_peak = np.arange(len(change))[:, None] < focus.argmax(axis=0)
    astray = np.where(before_peak, np.maximum(-change, 0), np.maximum(change, 0)).sum(axis=0)
    return float((1 - astray / np.abs(change).sum(axis=0)).mean())


def _trade(focus: Focus) -> float:
    """Return how much sharpness lost in some parts is gained in others from frame to frame: 0 to 1, 1 all of it."""
    change = np.diff(np.log(focus), axis=0)
    gained, lost = np.maximum(change, 0).sum(axis=1), np.maximum(-change, 0).sum(axis=1)
    return float(2 * np.minimum(gained, lost).sum() / max((gained + lost).sum(), 1e-9))
