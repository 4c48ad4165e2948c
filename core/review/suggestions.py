"""The program's picks as decisions, for a run without a user; never in the place of a user's own."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from core.types import Cluster, ClusterKind, Decision, DecisionSource, Flag, PhotoId


def suggested_decisions(
    clusters: Iterable[Cluster], decisions: Mapping[PhotoId, Decision], reject_rest: bool
) -> dict[PhotoId, Decision]:
    """What the program would decide about bursts.

    The suggested frame of a burst is picked, unless the user picked one already. A frame the user decided
    anything about is left alone; where that is the suggested one, and none is picked, so is the whole burst.

    Args:
        clusters: of the shoot; singles and brackets are left alone.
        decisions: what was decided up to now.
        reject_rest: also reject the other frames of a burst that has a pick, as far as they could be judged.

    Returns:
        New decisions only, ``source`` SUGGESTED.
    """
    now = datetime.now(UTC)
    suggested: dict[PhotoId, Decision] = {}
    for cluster in clusters:
        pick = cluster.suggested_pick
        if cluster.kind is not ClusterKind.BURST or pick is None:
            continue
        users = {
            photo_id: decision
            for photo_id in cluster.photo_ids
            if (decision := decisions.get(photo_id)) and _is_users(decision)
        }
        has_pick = any(decision.flag is Flag.PICK for decision in users.values())
        if pick in users and not has_pick:
            continue
        for photo_id in cluster.photo_ids:
            if photo_id in users:
                continue
            if photo_id == pick and not has_pick:
                flag = Flag.PICK
            elif reject_rest and photo_id in cluster.judged:
                flag = Flag.REJECT
            else:
                continue
            suggested[photo_id] = Decision(
                photo_id, flag=flag, source=DecisionSource.SUGGESTED, decided_at=now
            )
    return suggested


def _is_users(decision: Decision) -> bool:
    return decision.source is not DecisionSource.SUGGESTED and not decision.is_empty
