"""Why frames are one group, as data: ``core.grouping.words`` says it in the user's language where it is shown."""

import itertools
from collections.abc import Sequence

from core.grouping.brackets import BracketKind
from core.grouping.evidence import Evidence
from core.grouping.time_gaps import gap_seconds
from core.types import ClusterKind, Grounds, GroupedBy, Photo

_BRACKETS = {
    BracketKind.EXPOSURE: GroupedBy.EXPOSURE,
    BracketKind.FOCUS: GroupedBy.FOCUS,
    BracketKind.PANORAMA: GroupedBy.PANORAMA,
}
_CALLED = {ClusterKind.BURST: GroupedBy.CALLED_BURST, ClusterKind.BRACKET: GroupedBy.CALLED_BRACKET}


def grounds_of(photos: Sequence[Photo], bracket: BracketKind | None, evidence: Evidence) -> Grounds | None:
    """Return why frames are one group by what the program found; None for a single frame.

    Args:
        photos: of one group, in order of capture.
        bracket: what kind of bracket they are, if any.
        evidence: about them.
    """
    if len(photos) < 2:
        return None
    seconds = gap_seconds(photos[0], photos[-1])
    if bracket is not None:
        return Grounds(_BRACKETS[bracket], seconds)
    if not all(evidence.is_known(photo.id) for photo in photos):
        return Grounds(GroupedBy.LOOK, seconds)
    pairs = list(itertools.pairwise(photos))
    similarity = sum(evidence.similarity(one.id, other.id) for one, other in pairs) / len(pairs)
    return Grounds(GroupedBy.LOOK, seconds, float(similarity))


def users_grounds(frames: int, said: ClusterKind | None) -> Grounds:
    """Return why a group that the user made is one, or a frame the user took out stands alone.

    Args:
        frames: how many it has.
        said: what the user said it is, if anything; of one frame alone that means nothing.
    """
    return Grounds(GroupedBy.HAND if said is None or frames < 2 else _CALLED[said])
