"""Ranking the frames of a burst: one readable sum of what each frame lacks beside the best in each term."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from types import MappingProxyType

from core.learned import LEARNED, Learned
from core.ranking.burst import Burst
from core.ranking.reasons import explain
from core.ranking.sureness import how_sure
from core.ranking.terms.table import TERMS
from core.settings import Weights
from core.types import Analysis, Cluster, ClusterKind, FrameScore, PhotoId, Sureness, Term, TermName

_ORIGINAL = 0.30  # weight of being the original, over that of all other terms, where the burst holds copies

NO_COPIES: Mapping[PhotoId, PhotoId] = MappingProxyType({})


def rank(
    cluster: Cluster,
    analyses: Mapping[PhotoId, Analysis],
    weights: Weights,
    pending: Collection[PhotoId] = (),
    copies: Mapping[PhotoId, PhotoId] = NO_COPIES,
    learned: Learned = LEARNED,
) -> Cluster:
    """Score the frames of a burst and suggest the best, with reasons.

    Singles come back as they are: there is nothing to choose. Brackets are scored too (the best-lit frame is
    worth knowing) but nothing is suggested: they belong together. A burst of which frames are still to be measured
    comes back as one of which nothing is known: the best of those that happen to be measured may not be the best.

    Args:
        cluster: a group of frames.
        analyses: measures; frames without are left out of the ranking, and so are damaged ones beside sound ones.
        weights: how much each term counts.
        pending: photos that are still going to be measured.
        copies: each copy of a photo with its original.
        learned: other figures than those that ship, to judge them by shoots that they were not fitted on.

    Returns:
        The cluster with ``scores`` best first, ``suggested_pick``, ``margin``, ``sureness`` and ``reasons``.
    """
    frames = [analyses[photo_id] for photo_id in cluster.photo_ids if photo_id in analyses]
    frames = [frame for frame in frames if not frame.damaged] or frames
    waits = any(photo_id in pending for photo_id in cluster.photo_ids)
    unknown = replace(
        cluster, suggested_pick=None, margin=0.0, sureness=Sureness.CLOSE, reasons=(), scores=()
    )
    if cluster.kind is ClusterKind.SINGLE or waits or not frames:
        return unknown
    burst = Burst.of(frames, copies)
    scores = score(burst, weights, learned)
    if cluster.kind is ClusterKind.BRACKET:
        return replace(unknown, scores=scores)
    return replace(
        cluster,
        suggested_pick=scores[0].photo_id,
        margin=scores[0].total - scores[1].total if len(scores) > 1 else 0.0,
        sureness=how_sure(scores, burst, learned, cluster.grounds),
        reasons=explain(scores, burst),
        scores=scores,
    )


def score(burst: Burst, weights: Weights, learned: Learned = LEARNED) -> tuple[FrameScore, ...]:
    """Return the frames' scores, best first; equal ones stay in order of capture."""
    shares = shares_of(weights, learned)
    columns = [(name, row.value(burst)) for name, row in TERMS.items()]
    scores = []
    for at, frame in enumerate(burst.frames):
        terms = tuple(Term(name, values[at] if values else None, shares[name]) for name, values in columns)
        lacks = sum(term.weight * (1 - term.value) for term in terms if term.value is not None)
        scores.append(FrameScore(frame.photo_id, 1 - lacks, terms))
    return tuple(sorted(scores, key=lambda each: -each.total))


def shares_of(weights: Weights, learned: Learned = LEARNED) -> Mapping[TermName, float]:
    """Return each term's share of the whole; they sum to 1."""
    points = {TermName(name): value * getattr(weights, name) for name, value in learned.weights.items()}
    points[TermName.ORIGINAL] = _ORIGINAL * sum(points.values())
    whole = sum(points.values()) or 1.0
    return {name: value / whole for name, value in points.items()}
