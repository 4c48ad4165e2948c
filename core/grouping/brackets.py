"""Brackets: sets that are taken to be merged, and must never be culled to one frame.

Three kinds: exposure steps, focus steps, and the steps of a panorama. To call a burst a bracket takes its
suggestion away, so that needs hard evidence: the word of the camera, or three frames and more from a tripod of
which nothing moved while light or focus stepped through them. A pair is a bracket by the camera's word alone.
"""

import itertools
import math
from collections.abc import Sequence
from enum import StrEnum

import numpy as np

from core.cancelling import go_on
from core.grouping.evidence import Evidence
from core.grouping.focus_sweep import sweeps_focus
from core.grouping.stillness import camera_stands_still, follows_somebody, somebody_moves
from core.grouping.time_gaps import gap_seconds
from core.types import Photo


class BracketKind(StrEnum):
    """What steps from frame to frame."""

    EXPOSURE = "exposure"
    FOCUS = "focus"
    PANORAMA = "panorama"


_LEAST_FRAMES = 3
_LEAST_SPREAD = 1.0  # EV between the darkest and the brightest frame
_LONGEST_PAUSE = 15.0  # seconds; nobody dials a step by hand much slower than this
_BY_ITSELF = 2.0  # seconds; a camera that brackets is as fast, or the finger on its release
_UNEVEN = 0.4  # EV by which steps of a bracket may differ, for they are written in thirds
_MOST_FRAMES = 9  # of an exposure bracket told by its bias; no camera takes longer ones

_STEADY_LIGHT = 1.5  # brightness of the brightest over the darkest: 1.3 EV after the tone curve
_IN_STEP = 0.8  # rank correlation of brightness with exposure, or with place in the set where none is written

# Of the longer side, from one frame of a panorama to the next; less follows a moving subject.
_STEP = (0.25, 0.8)
_SAME_ZOOM = 1.15
_STRAIGHT = math.cos(math.radians(25))
_EVEN = 2.0  # the longest step over the shortest
_SHORTEST_TURN = 0.4  # seconds; a camera that takes longer to turn on is following something


def bracket_kind(photos: Sequence[Photo], evidence: Evidence) -> BracketKind | None:
    """Return what kind of bracket the frames of one burst are; None for an ordinary burst.

    Args:
        photos: in order of capture.
        evidence: about them.
    """
    if len(photos) < 2:
        return None
    if all(photo.shot.focus_bracket for photo in photos):
        return BracketKind.FOCUS
    if steps_exposure(photos, evidence):
        return BracketKind.EXPOSURE
    if len(photos) < _LEAST_FRAMES or not _all_known(photos, evidence):
        return None
    # What needs no corners comes first: in most bursts no frame has to be laid over another.
    kind = None
    if _steps_brightness(photos, evidence):
        kind = BracketKind.EXPOSURE
    elif sweeps_focus(photos, evidence):
        kind = BracketKind.FOCUS
    return kind if kind is not None and _nothing_moves(photos, evidence) else None


def steps_exposure(photos: Sequence[Photo], evidence: Evidence) -> bool:
    """Return whether the camera says so: all marked as automatic bracketing, or even steps of exposure bias.

    Photographers who correct an exposure dial steps as well, but look at the screen in between and do not
    stand still:
    slower steps than a camera's own need a tripod. Until that is known they are taken for a bracket.
    """
    if not _LEAST_FRAMES <= len(photos) <= _MOST_FRAMES or not _is_swift(photos, _LONGEST_PAUSE):
        return False
    if all(photo.shot.auto_bracket for photo in photos):
        return True
    # Some cameras write nothing where nothing is dialled in.
    biases = sorted(photo.shot.exposure_bias or 0.0 for photo in photos)
    steps = np.diff(biases)
    if biases[-1] - biases[0] < _LEAST_SPREAD or steps.min() <= 0 or np.ptp(steps) > _UNEVEN:
        return False
    if _is_swift(photos, _BY_ITSELF) or not _all_known(photos, evidence):
        return True
    return _nothing_moves(photos, evidence)


def cut_out_brackets(photos: Sequence[Photo], evidence: Evidence) -> list[Sequence[Photo]]:
    """Split a burst where brackets the camera tells of begin and end; the parts are in order."""
    told = {photo.shot.exposure_bias or 0.0 for photo in photos}
    if len(told) < _LEAST_FRAMES and not any(photo.shot.auto_bracket for photo in photos):
        return [photos]
    parts: list[Sequence[Photo]] = []
    plain: list[Photo] = []
    at = 0
    while at < len(photos):
        sizes = range(min(_MOST_FRAMES, len(photos) - at), _LEAST_FRAMES - 1, -1)
        size = next((size for size in sizes if steps_exposure(photos[at : at + size], evidence)), 0)
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
    """Find runs of at least three frames, each next one shifted by about as much in about the same direction.

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


def _all_known(photos: Sequence[Photo], evidence: Evidence) -> bool:
    return all(evidence.is_known(photo.id) for photo in photos)


def _is_swift(photos: Sequence[Photo], longest: float) -> bool:
    gaps = (gap_seconds(one, other) for one, other in itertools.pairwise(photos))
    return all(gap is None or gap <= longest for gap in gaps)


def _nothing_moves(photos: Sequence[Photo], evidence: Evidence) -> bool:
    return not somebody_moves(photos, evidence) and camera_stands_still(photos, evidence)


def _steps_brightness(photos: Sequence[Photo], evidence: Evidence) -> bool:
    """Tell whether the pictures get steadily brighter or darker by more than light changes, all of the same view.

    Where exposures are written the brightness has to follow them: an automatic exposure keeps it level.
    """
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
    """Return the light the settings ask for, in EV at ISO 100, without the aperture where no lens tells it."""
    shot = photo.shot
    if not shot.exposure_time:
        return None
    return (
        2 * math.log2(shot.f_number or 1.0)
        - math.log2(shot.exposure_time)
        - math.log2((shot.iso or 100) / 100)
    )


def _rank_correlation(one: Sequence[float], other: Sequence[float]) -> float:
    """Return Spearman's rank correlation, -1 to 1."""
    first, second = (np.argsort(values, kind="stable").argsort() for values in (one, other))
    return float(np.corrcoef(first, second)[0, 1])


def _panorama_step(before: Photo, photo: Photo, evidence: Evidence) -> tuple[float, float] | None:
    """Return how far the camera turned on, right and down; None where this is no step of a panorama."""
    gap = gap_seconds(before, photo)
    if gap is not None and not _SHORTEST_TURN <= gap <= _LONGEST_PAUSE:
        return None
    if not _all_known((before, photo), evidence):
        return None
    if not evidence.may_overlap(before.id, photo.id) or evidence.is_same_view(before.id, photo.id):
        return None
    alignment = evidence.alignment(before.id, photo.id)
    if alignment is None or not 1 / _SAME_ZOOM <= alignment.zoom <= _SAME_ZOOM:
        return None
    if not _STEP[0] <= math.hypot(alignment.right, alignment.down) <= _STEP[1]:
        return None
    if follows_somebody(before, photo, evidence):
        return None
    return alignment.right, alignment.down


def _goes_on(steps: Sequence[tuple[float, float]], step: tuple[float, float]) -> bool:
    (right, down), (next_right, next_down) = steps[-1], step
    lengths = [math.hypot(*each) for each in (*steps, step)]
    straight = (right * next_right + down * next_down) / (lengths[-2] * lengths[-1])
    return straight >= _STRAIGHT and max(lengths) <= _EVEN * min(lengths)
