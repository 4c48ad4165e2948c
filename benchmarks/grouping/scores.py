"""How well two groupings of the same names agree, and how well neighbours are found."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import adjusted_rand_score, v_measure_score

Scores = dict[str, float]


def agreement(found: Mapping[str, str], truth: Mapping[str, str]) -> Scores:
    """Return precision, recall and F1 over pairs of names in one group; adjusted Rand index; V-measure."""
    names = sorted(truth)
    mine, theirs = [found[name] for name in names], [truth[name] for name in names]
    both = _pairs(Counter(zip(mine, theirs, strict=True)))
    precision = both / _pairs(Counter(mine)) if _pairs(Counter(mine)) else 1.0
    recall = both / _pairs(Counter(theirs)) if _pairs(Counter(theirs)) else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {
        "precision": precision,
        "recall": recall,
        "f1": f1,
        "ari": float(adjusted_rand_score(theirs, mine)),
        "v": float(v_measure_score(theirs, mine)),
    }


def whole(found: Mapping[str, str], truth: Mapping[str, str]) -> float:
    """Return the share of the true groups of several frames that were found exactly."""
    mine, theirs = _members(found, truth), _members(truth, truth)
    several = [members for members in theirs if len(members) > 1]
    return sum(members in mine for members in several) / len(several) if several else 1.0


def retrieval(similarity: NDArray[np.float32], classes: Sequence[str], asked: Sequence[int]) -> Scores:
    """Return mAP@10, recall@1, @4 and @10, and the N-S score.

    That one is how many of the first four, the query counted, are right.

    Args:
        similarity: shape (N, N).
        classes: of the N pictures.
        asked: which of them are queries.
    """
    sums: defaultdict[str, float] = defaultdict(float)
    for query in asked:
        order = np.argsort(-similarity[query], kind="stable")
        others = [int(index) for index in order if index != query]
        right = [classes[index] == classes[query] for index in others]
        relevant = sum(right)
        hits = np.cumsum(right)
        precisions = [hits[rank] / (rank + 1) for rank in range(min(10, len(right))) if right[rank]]
        sums["map@10"] += sum(precisions) / max(1, min(relevant, 10))
        for depth in (1, 4, 10):
            sums[f"recall@{depth}"] += sum(right[:depth]) / max(1, min(relevant, depth))
        sums["n-s"] += 1 + sum(right[:3])
    return {name: value / max(1, len(asked)) for name, value in sums.items()}


def _pairs(sizes: Counter[object]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes.values())


def _members(groups: Mapping[str, str], names: Mapping[str, str]) -> set[frozenset[str]]:
    members: dict[str, set[str]] = {}
    for name in names:
        members.setdefault(groups[name], set()).add(name)
    return {frozenset(each) for each in members.values()}
