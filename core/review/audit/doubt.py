"""What an audit puts in doubt: the rejects that the user would have kept, and on request those like them."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from core.review.audit.sample import is_programs_reject, stratum_of
from core.types import Audit, Cluster, Decision, PhotoId


class Reach(StrEnum):
    """How far doubt reaches."""

    FRAMES = "frames"  # the wrongly rejected of the sample
    BURSTS = "bursts"  # all that the program rejected of their bursts
    STRATA = "strata"  # all that it rejected in their scenes where it was as sure


def in_doubt(
    audit: Audit, clusters: Iterable[Cluster], decisions: Mapping[PhotoId, Decision], reach: Reach
) -> tuple[PhotoId, ...]:
    """Return what is to be taken back: rejects that are still the program's alone, in order of the groups.

    Args:
        audit: with answers.
        clusters: of the shoot, in order.
        decisions: by photo, as they are now.
        reach: how far doubt reaches.
    """
    clusters, wrong = tuple(clusters), set(audit.keepers)
    touched = [cluster for cluster in clusters if wrong.intersection(cluster.photo_ids)]
    strata = {stratum_of(cluster) for cluster in touched}
    doubtful = touched
    if reach is Reach.STRATA:
        doubtful = [cluster for cluster in clusters if stratum_of(cluster) in strata]
    return tuple(
        photo_id
        for cluster in doubtful
        for photo_id in cluster.photo_ids
        if (photo_id in wrong or reach is not Reach.FRAMES)
        and photo_id in decisions
        and is_programs_reject(decisions[photo_id])
    )


def uncovered(audit: Audit, now: Iterable[PhotoId]) -> int:
    """Return how many of today's rejects the audit says nothing about: the program rejected them since.

    Args:
        audit: the one that was kept.
        now: of ``core.review.audit.sample.rejects``.
    """
    return len(set(now).difference(audit.rejects))
