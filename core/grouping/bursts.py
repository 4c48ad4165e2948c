"""Bursts: frames of one moment, of which one is wanted.

A frame joins a recent burst when it is near in time and bound to its first and to its last frame, not just to
the last: so A ~ B ~ C ~ D is no burst when A and D differ. What is near enough follows the photographer's
own rhythm: a pause much longer than those within the burst ends it, and two frames alone have none yet. Where the
camera turned to another view more is asked, and another person before it ends the burst. Frames between two frames
of a burst may belong elsewhere.
"""

import math
from collections.abc import Sequence

from core.cancelling import go_on
from core.grouping.evidence import MOST_BY_OVERLAP, Evidence
from core.grouping.time_gaps import gap_seconds
from core.settings import GroupingRules
from core.types import Photo

# Found by search over the fourteen labelled shoots of the benchmark, each judged by the others, then rounded.
# Bond that a second frame needs, by the time since the first.
_FIRST_AT_A_SECOND, _FIRST_PER_DOUBLING = (0.486, 0.096)
_NEEDED_AT_A_SECOND = 0.39  # bond that a later frame needs, one second after the last
_NEEDED_PER_DOUBLING = 0.27  # more for each doubling of the time between them
_NEEDED_PER_PAUSE = 0.23  # more for each doubling beyond ``_PAUSE`` times the burst's longest pause so far
_PAUSE = 2.5
_NEEDED_AFTER_A_TURN = 0.36  # more where the camera turned to another view
_NEEDED_WITHOUT_CLOCK = 1.07
_SHORTEST = 1.0  # seconds; between faster frames the exact interval says nothing
_UNLIKE = 0.1  # cosine to the first frame under which no chain of frames in between counts

_REACH = 90.0  # seconds without a frame after which a burst is over, whatever its frames
_OPEN = 4  # bursts that may still grow at a time: nobody follows more subjects in turn
_OPEN_WITHOUT_CLOCK = 3
_BLIND_GAP = 1.5  # seconds; frames not analysed yet are taken for a burst when they are this near
_RANGE = 0.8  # by which sensitivity moves what is needed, from one end to the other
# At the tight end only frames of the same second or two that are nearly the same picture are a burst.
_TIGHT = 0.25  # looseness under which more than that is needed
_NEARLY_THE_SAME = 0.6  # how much more at the very end
_TIGHTEST_REACH = 2.0  # seconds; up to the middle it grows to ``_REACH``


class GrowingBurst:
    """A burst that may still grow."""

    def __init__(self, photo: Photo) -> None:
        self.photos = [photo]
        self._longest = _SHORTEST

    @property
    def first(self) -> Photo:
        """The earliest frame."""
        return self.photos[0]

    @property
    def last(self) -> Photo:
        """The latest frame."""
        return self.photos[-1]

    def add(self, photo: Photo, gap: float | None) -> None:
        """Let it grow by a frame taken ``gap`` seconds after its last."""
        self.photos.append(photo)
        self._longest = max(self._longest, gap or 0.0)

    def needed(self, gap: float | None) -> float:
        """Return the bond that a frame needs to join, taken ``gap`` seconds after the last; before sensitivity."""
        needed = needed_after(gap, of_two=len(self.photos) == 1)
        if gap is not None and len(self.photos) > 1 and gap > _PAUSE * self._longest:
            needed += _NEEDED_PER_PAUSE * math.log2(gap / (_PAUSE * self._longest))
        return needed


def needed_after(gap: float | None, *, of_two: bool = False) -> float:
    """Return the bond that frames need to be one moment, before sensitivity.

    Args:
        gap: seconds between them.
        of_two: they would be the first two of a burst, whose rhythm is not known.
    """
    if gap is None:
        return _NEEDED_WITHOUT_CLOCK
    doublings = math.log2(max(gap, _SHORTEST))
    if of_two:
        return _FIRST_AT_A_SECOND + _FIRST_PER_DOUBLING * doublings
    return _NEEDED_AT_A_SECOND + _NEEDED_PER_DOUBLING * doublings


def eased(needed: float, rules: GroupingRules) -> float:
    """Return what is needed, with the sensitivity the user wants."""
    too_loose = max(0.0, 1 - rules.burst_looseness / _TIGHT)
    return needed + _RANGE * (0.5 - rules.burst_looseness) + _NEARLY_THE_SAME * too_loose


def reach(rules: GroupingRules) -> float:
    """Return for how many seconds a burst waits for its next frame."""
    return float(_TIGHTEST_REACH * (_REACH / _TIGHTEST_REACH) ** min(1.0, 2 * rules.burst_looseness))


def find_bursts(sequence: Sequence[Photo], evidence: Evidence, rules: GroupingRules) -> list[GrowingBurst]:
    """Split one camera's frames, in order, into bursts; a frame on its own is a burst of one.

    Linear in the number of frames: each is compared with two frames of each of the few bursts still open.
    """
    done: list[GrowingBurst] = []
    open_bursts: list[GrowingBurst] = []
    longest = reach(rules)
    for photo in sequence:
        go_on()
        gaps = [gap_seconds(burst.last, photo) for burst in open_bursts]
        best: tuple[float, GrowingBurst, float | None] | None = None
        still_open = []
        for burst, gap in zip(open_bursts, gaps, strict=True):
            if gap is not None and gap > longest:
                done.append(burst)
                continue
            still_open.append(burst)
            margin = _margin(burst, photo, gap, evidence, rules)
            if margin >= 0 and (best is None or margin > best[0]):
                best = margin, burst, gap
        if best is not None:
            _, burst, gap = best
            burst.add(photo, gap)
            still_open.remove(burst)  # the burst that grew last is closed last
        else:
            burst = GrowingBurst(photo)
        still_open.append(burst)
        most = _OPEN if burst.last.taken_at is not None else _OPEN_WITHOUT_CLOCK
        done.extend(still_open[:-most])
        open_bursts = still_open[-most:]
    return [*done, *open_bursts]


def _margin(
    burst: GrowingBurst, photo: Photo, gap: float | None, evidence: Evidence, rules: GroupingRules
) -> float:
    """Return by how much the frame is bound more to the burst than it must be; negative where it does not belong."""
    first, last = burst.first, burst.last
    if last.shot.burst_id and last.shot.burst_id == photo.shot.burst_id:
        return 1.0
    if not (evidence.is_known(photo.id) and evidence.is_known(first.id) and evidence.is_known(last.id)):
        return 0.0 if gap is not None and gap <= _BLIND_GAP else -1.0
    unlike = evidence.similarity(first.id, photo.id) < _UNLIKE
    if unlike and (first is last or not evidence.may_overlap(last.id, photo.id)):  # most pairs of most shoots
        return -1.0
    needed = eased(burst.needed(gap), rules)
    seen = mean_bond(evidence.look(first.id, photo.id), evidence.look(last.id, photo.id))
    if needed - MOST_BY_OVERLAP <= seen < needed + _NEEDED_AFTER_A_TURN:
        # Where in doubt, it decides whether the pictures lie over each other.
        if evidence.is_turned(last.id, photo.id):
            needed += _NEEDED_AFTER_A_TURN
        if seen < needed:
            seen = mean_bond(evidence.bond(first.id, photo.id), evidence.bond(last.id, photo.id))
    in_the_dark = unlike or seen < needed <= evidence.look(last.id, photo.id) + MOST_BY_OVERLAP
    if in_the_dark and first is not last and evidence.is_same_framing(last.id, photo.id):
        # On a tripod the first frame of a bracket may be too dark to be like anything.
        return evidence.bond(last.id, photo.id) - needed
    if unlike or (seen >= needed and evidence.shows_others(last.id, photo.id)):
        return -1.0
    return seen - needed


def mean_bond(to_first: float, to_last: float) -> float:
    """Return two bonds in one: both count alike."""
    return (to_first + to_last) / 2
