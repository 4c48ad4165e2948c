"""The program's picks as decisions, accepted by the user or by a run without one; never in place of a user's own."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from core.review.changes import Acceptance
from core.types import DECIDED, Cluster, ClusterKind, Decision, DecisionSource, Flag, PhotoId


def suggested_decisions(
    clusters: Iterable[Cluster], decisions: Mapping[PhotoId, Decision], reject_rest: bool
) -> dict[PhotoId, Decision]:
    """Return what the program would decide about bursts.

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


def flags_to_accept(cluster: Cluster, decisions: Iterable[Decision]) -> dict[PhotoId, Flag]:
    """Return the flags that following the suggestion gives to frames the user has not decided on.

    Args:
        cluster: of which the suggestion is followed.
        decisions: on each of its frames, in order.
    """
    suggested = cluster.suggested_pick
    if cluster.kind is not ClusterKind.BURST or suggested is None:
        return {}
    now = {decision.photo_id: decision for decision in decisions}
    if _is_flagged_by_user(now[suggested]) and now[suggested].flag is Flag.REJECT:
        return {}
    return {
        photo_id: Flag.PICK if photo_id == suggested else Flag.REJECT
        for photo_id, decision in now.items()
        if not _is_flagged_by_user(decision) and photo_id in cluster.judged
    }


def acceptance_of(decisions: Sequence[Sequence[Decision]], clusters: Sequence[Cluster]) -> Acceptance:
    """Return what following the suggestions for several bursts would do, in numbers.

    Args:
        decisions: on the frames of each burst, in order.
        clusters: the bursts.
    """
    bursts = picks = rejects = 0
    for now, cluster in zip(decisions, clusters, strict=True):
        flags = flags_to_accept(cluster, now)
        new = [flags[one.photo_id] for one in now if flags.get(one.photo_id, one.flag) is not one.flag]
        bursts += bool(new)
        picks += new.count(Flag.PICK)
        rejects += new.count(Flag.REJECT)
    return Acceptance(bursts, picks, rejects)


def _is_flagged_by_user(decision: Decision) -> bool:
    return decision.flag in DECIDED and decision.source is not DecisionSource.SUGGESTED


def _is_users(decision: Decision) -> bool:
    return decision.source is not DecisionSource.SUGGESTED and not decision.is_empty
