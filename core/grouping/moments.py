"""Where a burst runs on into the next moment: at a pause that stands out, after which the frames look less alike.

Neither tells by itself. A photographer waits within a moment, and a subject that moves changes its look; but frames
after a long pause that are less like those before it than like one another show what came next.
"""

import itertools
from collections.abc import Sequence

from core.grouping.evidence import Evidence
from core.grouping.time_gaps import gap_seconds
from core.settings import GroupingRules
from core.types import Photo

# On the fourteen labelled shoots of the benchmark these end four bursts, all where people did (F1 of the bursts
# .927 -> .934). So does any pause of 15 to 30 s, 1.5 to 3 times the others.
_PAUSE = 15.0  # seconds at least
_LONGER = 2.0  # times the longest other pause
_LESS_ALIKE = 0.05  # in cosine, across the pause, than on its sides
_RANGE = 0.8  # by which sensitivity moves it from one end to the other, as what frames need to be a burst

_LOOKED_AT = 12  # frames on each side of a pause: those nearest to it


def moments(photos: Sequence[Photo], evidence: Evidence, rules: GroupingRules) -> list[Sequence[Photo]]:
    """Split one burst into its moments.

    Args:
        photos: of one burst, in order of capture.
        evidence: about them.
        rules: how tight.

    Returns:
        The frames in order, in one part or more. One part where any has no time or is not analysed yet.
    """
    pauses = [gap_seconds(one, other) for one, other in itertools.pairwise(photos)]
    known = [pause for pause in pauses if pause is not None]
    if len(known) < 2 or len(known) < len(pauses):
        return [photos]
    *_, second, longest = sorted(known)
    at = known.index(longest) + 1
    if longest < max(_PAUSE, _LONGER * second) or not _is_another(photos[:at], photos[at:], evidence, rules):
        return [photos]
    return [*moments(photos[:at], evidence, rules), *moments(photos[at:], evidence, rules)]


def _is_another(
    before: Sequence[Photo], after: Sequence[Photo], evidence: Evidence, rules: GroupingRules
) -> bool:
    """Return whether frames after a pause are less like those before it than either are like one another."""
    before, after = before[-_LOOKED_AT:], after[:_LOOKED_AT]
    if before[-1].shot.burst_id and before[-1].shot.burst_id == after[0].shot.burst_id:
        return False
    if not all(evidence.is_known(photo.id) for photo in (*before, *after)):
        return False
    within = [*itertools.combinations(before, 2), *itertools.combinations(after, 2)]
    across = list(itertools.product(before, after))
    less = _mean_likeness(within, evidence) - _mean_likeness(across, evidence)
    return less > _LESS_ALIKE + _RANGE * (rules.burst_looseness - 0.5)


def _mean_likeness(pairs: Sequence[tuple[Photo, Photo]], evidence: Evidence) -> float:
    return sum(evidence.similarity(one.id, other.id) for one, other in pairs) / len(pairs)
