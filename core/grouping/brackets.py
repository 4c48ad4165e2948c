"""Brackets: sets that are taken to be merged, and must never be culled to one frame.

Three kinds: exposure steps, focus steps, and the steps of a panorama. What the camera wrote comes first; where it
wrote nothing the pictures themselves tell.
"""

import itertools
import math
from collections.abc import Sequence
from enum import StrEnum

import numpy as np

from core.grouping.evidence import Evidence
from core.grouping.focus_sweep import sweeps_focus, sweeps_focus_by_hand
from core.grouping.stopping import go_on
from core.grouping.time_gaps import gap_seconds
from core.language import mark
from core.types import Photo


class BracketKind(StrEnum):
    """What steps from frame to frame; the value is fit to show."""

    EXPOSURE = mark("exposure bracket")
    FOCUS = mark("focus stack")
    PANORAMA = mark("panorama")


_LEAST_FRAMES = 3
_LEAST_SPREAD = 1.0  # EV between the darkest and the brightest frame
_LONGEST_PAUSE = 15.0  # seconds; nobody dials a step by hand much slower than this
_MOST_FRAMES = 9  # of an exposure bracket told by its bias; no camera takes longer ones

_STEADY_LIGHT = 1.5  # brightness of the brightest over the darkest: 1.3 EV after the tone curve
_IN_STEP = 0.8  # rank correlation of brightness with exposure, or with place in the set where none is written

_STILL = 0.012  # of the longer side: a tripod's frame does not move, a hand's does (by 0.014 to 0.2)
_STILL_OVERLAP = 0.9

# Of the longer side, from one frame of a panorama to the next; less follows a moving subject.
_STEP = (0.25, 0.8)
_SAME_ZOOM = 1.15
_STRAIGHT = math.cos(math.radians(25))
_EVEN = 2.0  # the longest step over the shortest


def bracket_kind(photos: Sequence[Photo], evidence: Evidence) -> BracketKind | None:
    """What kind of bracket the frames of one burst are; None for an ordinary burst.

    Args:
        photos: in order of capture.
        evidence: about them.
    """
    if len(photos) < 2:
        return None
    if steps_exposure(photos):
        return BracketKind.EXPOSURE
    if not all(evidence.is_known(photo.id) for photo in photos):
        return None
    # What needs no corners comes first: of most bursts nothing has to be laid over anything.
    kind = None
    if _steps_brightness(photos, evidence):
        kind = BracketKind.EXPOSURE
    elif sweeps_focus(photos, evidence):
        kind = BracketKind.FOCUS
    if kind is not None and _stands_still(photos, evidence):
        return kind
    return BracketKind.FOCUS if sweeps_focus_by_hand(photos, evidence) else None


def steps_exposure(photos: Sequence[Photo]) -> bool:
    """Whether the camera says so: each frame its own exposure bias, or all marked as automatic bracketing."""
    if not _LEAST_FRAMES <= len(photos) <= _MOST_FRAMES or not _is_swift(photos):
        return False
    if all(photo.shot.auto_bracket for photo in photos):
        return True
    steps = {
        photo.shot.exposure_bias or 0.0 for photo in photos
    }  # some write nothing where nothing is dialled in
    return len(steps) == len(photos) and max(steps) - min(steps) >= _LEAST_SPREAD


def cut_out_brackets(photos: Sequence[Photo]) -> list[Sequence[Photo]]:
    """Parts a burst where brackets the camera tells of begin and end; the parts are in order."""
    told = {photo.shot.exposure_bias or 0.0 for photo in photos}
    if len(told) < _LEAST_FRAMES and not any(photo.shot.auto_bracket for photo in photos):
        return [photos]
    parts: list[Sequence[Photo]] = []
    plain: list[Photo] = []
    at = 0
    while at < len(photos):
        sizes = range(min(_MOST_FRAMES, len(photos) - at), _LEAST_FRAMES - 1, -1)
        size = next((size for size in sizes if steps_exposure(photos[at : at + size])), 0)
        if not size:
            plain.append(photos[at])
            at += 1
            continue
        parts += [plain] if plain else []
        parts.append(photos[at : at + size])
        plain = []
        at += size
    return [*parts, plain] if plain else parts


def find_panoramas(sequence: Sequence[Photo], evidence: Evidence) -> list[list[Photo]]:
    """Runs of at least three frames, each next one shifted by about as much in about the same direction.

    Args:
        sequence: one camera's frames, in order.
        evidence: about them.
    """
    runs: list[list[Photo]] = []
    run: list[Photo] = []
    steps: list[tuple[float, float]] = []
    for before, photo in zip([None, *sequence], sequence, strict=False):
        go_on()
        step = _panorama_step(before, photo, evidence) if before is not None else None
        if before is not None and step is not None and (not steps or _goes_on(steps, step)):
            run = run or [before]
            run.append(photo)
            steps.append(step)
            continue
        if len(run) >= _LEAST_FRAMES:
            runs.append(run)
        run, steps = ([before, photo], [step]) if before is not None and step is not None else ([], [])
    return [*runs, run] if len(run) >= _LEAST_FRAMES else runs


def _is_swift(photos: Sequence[Photo]) -> bool:
    gaps = (gap_seconds(one, other) for one, other in itertools.pairwise(photos))
    return all(gap is None or gap <= _LONGEST_PAUSE for gap in gaps)


def _stands_still(photos: Sequence[Photo], evidence: Evidence) -> bool:
    """Whether most frames lie on the one before to a hair; one that is too blurred to tell may be among them."""
    shifts, overlaps = [], []
    for one, other in itertools.pairwise(photos):
        alignment = evidence.alignment(one.id, other.id)
        shifts.append(math.hypot(alignment.right, alignment.down) if alignment else 1.0)
        overlaps.append(alignment.overlap if alignment else 0.0)
    return bool(np.median(overlaps) >= _STILL_OVERLAP and np.median(shifts) <= _STILL)


def _steps_brightness(photos: Sequence[Photo], evidence: Evidence) -> bool:
    """Whether the pictures get steadily brighter or darker by more than light changes, all of the same view.

    Where exposures are written the brightness has to follow them: an automatic exposure keeps it level.
    """
    if len(photos) < _LEAST_FRAMES:
        return False
    means = [max(evidence.analysis(photo.id).exposure.mean, 1 / 512) for photo in photos]
    if max(means) / min(means) < _STEADY_LIGHT:
        return False
    exposures = [_exposure_value(photo) for photo in photos]
    written = [value for value in exposures if value is not None]
    if len(written) < len(photos):
        return abs(_rank_correlation(means, range(len(means)))) >= _IN_STEP
    if len({round(value, 1) for value in written}) < len(photos):
        return False
    return -_rank_correlation(means, written) >= _IN_STEP


def _exposure_value(photo: Photo) -> float | None:
    """Light the settings ask for, in EV at ISO 100, without the aperture where no lens tells it."""
    shot = photo.shot
    if not shot.exposure_time:
        return None
    return (
        2 * math.log2(shot.f_number or 1.0)
        - math.log2(shot.exposure_time)
        - math.log2((shot.iso or 100) / 100)
    )


def _rank_correlation(one: Sequence[float], other: Sequence[float]) -> float:
    """Spearman's, -1 to 1."""
    first, second = (np.argsort(values, kind="stable").argsort() for values in (one, other))
    return float(np.corrcoef(first, second)[0, 1])


def _panorama_step(before: Photo, photo: Photo, evidence: Evidence) -> tuple[float, float] | None:
    """How far the camera turned on, right and down; None where this is no step of a panorama."""
    gap = gap_seconds(before, photo)
    if (gap is not None and gap > _LONGEST_PAUSE) or not (
        evidence.is_known(before.id) and evidence.is_known(photo.id)
    ):
        return None
    if not evidence.may_overlap(before.id, photo.id) or evidence.is_same_view(before.id, photo.id):
        return None
    alignment = evidence.alignment(before.id, photo.id)
    if alignment is None or not 1 / _SAME_ZOOM <= alignment.zoom <= _SAME_ZOOM:
        return None
    if not _STEP[0] <= math.hypot(alignment.right, alignment.down) <= _STEP[1]:
        return None
    return alignment.right, alignment.down


def _goes_on(steps: Sequence[tuple[float, float]], step: tuple[float, float]) -> bool:
    (right, down), (next_right, next_down) = steps[-1], step
    lengths = [math.hypot(*each) for each in (*steps, step)]
    straight = (right * next_right + down * next_down) / (lengths[-2] * lengths[-1])
    return straight >= _STRAIGHT and max(lengths) <= _EVEN * min(lengths)
