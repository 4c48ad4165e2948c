"""One moment by several cameras: bursts of bodies whose clocks were set against each other, joined where they match.

Each body's frames are grouped on their own first, so that nothing of one body stands between the frames of
another's bracket. Two bursts are one moment when they are near in time and bound at both of their ends.
"""

from collections.abc import Sequence

from core.cancelling import go_on
from core.grouping.bursts import eased, mean_bond, needed_after
from core.grouping.evidence import Evidence
from core.grouping.time_gaps import gap_seconds
from core.settings import GroupingRules
from core.types import Photo

_REACH = 15.0  # seconds between two bursts; beyond it no bond is strong enough
_SLACK = 4.0  # seconds within which clocks that were set against each other still differ

Frames = Sequence[Photo]


def same_moments(bursts: Sequence[Frames], evidence: Evidence, rules: GroupingRules) -> list[list[int]]:
    """Return which bursts are one moment, as lists of their indices, two and more each; no camera is in one twice.

    Args:
        bursts: that may be joined, none of them a bracket, each of one camera, in order of their first frame.
        evidence: about their frames.
        rules: how tight.
    """
    pairs = []
    for index, burst in enumerate(bursts):
        go_on()
        if burst[0].clock_shift is None:
            continue
        for other in range(index + 1, len(bursts)):
            later = bursts[other]
            if _starts_too_late(burst, later):
                break
            if later[0].camera != burst[0].camera and later[0].clock_shift is not None:
                margin = _margin(burst, later, evidence, rules)
                if margin is not None and margin >= 0:
                    pairs.append((-margin, index, other))
    joined: dict[int, list[int]] = {}
    for _, one, other in sorted(pairs):
        mine, theirs = joined.get(one, [one]), joined.get(other, [other])
        cameras = [bursts[index][0].camera for index in (*mine, *theirs)]
        if mine is theirs or len(set(cameras)) < len(cameras):
            continue
        both = sorted([*mine, *theirs])
        for index in both:
            joined[index] = both
    return [members for index, members in sorted(joined.items()) if index == members[0]]


def _starts_too_late(burst: Frames, later: Frames) -> bool:
    end, start = burst[-1].instant, later[0].instant
    return end is not None and start is not None and (start - end).total_seconds() > _REACH


def _margin(one: Frames, other: Frames, evidence: Evidence, rules: GroupingRules) -> float | None:
    """Return by how much two bursts are bound more than they must be; None where it cannot be told."""
    ends = (one[0], other[0]), (one[-1], other[-1])
    if not all(evidence.is_known(photo.id) for pair in ends for photo in pair):
        return None
    gap = gap_seconds(one[-1], other[0]) if _starts_after(one, other) else 0.0
    if gap is None:
        return None
    bonds = [evidence.bond(first.id, second.id) for first, second in ends]
    return mean_bond(*bonds) - eased(needed_after(max(gap, _SLACK)), rules)


def _starts_after(one: Frames, other: Frames) -> bool:
    end, start = one[-1].instant, other[0].instant
    return end is not None and start is not None and start > end
