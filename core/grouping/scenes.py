"""Scenes: same place or subject, looser than a burst; the sections of the grid.

Average linkage: two scenes become one while their bursts are alike and near in time on the average, so that no
chain of look-alikes strings a whole day together. On the benchmark's labelled shoots it reaches a pairwise F1 of
.81, .97 and .86 where HDBSCAN over the same distances reaches .81, .29 and .76 (docs/decisions).
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from core.cancelling import go_on
from core.settings import GroupingRules

_LONG_BREAK = 60.0  # minutes in which nothing was taken: what follows is another scene, however alike
_MOST_AT_ONCE = 1200  # bursts compared with each other: beyond that a day is parted at its longest pauses
_ONE_SCENE = 1.0  # mean distance within a scene: unlike pictures at once, or like ones five minutes apart
_PER_DOUBLING = 0.3  # distance added by each doubling of the time between, beyond the first half minute
_AT_ONCE = 0.5  # minutes
_RANGE = 0.8  # by which sensitivity moves ``_ONE_SCENE``, from one end to the other


class SceneTree:
    """Which bursts are nearest each other; built once, cut anew for each sensitivity.

    Args:
        looks: of a slice of the bursts, one mean unit vector a burst, float32, shape (N, D), zeros where nothing
            is known of its look; asked for part by part, for all at once would be the most of a large shoot's memory.
        minutes: one time a burst, shape (N,), minutes since any fixed moment, ascending.
    """

    def __init__(self, looks: Callable[[slice], NDArray[np.float32]], minutes: NDArray[np.float64]) -> None:
        self._parts = [(part, _tree(looks(part), minutes[part])) for part in _parts(minutes)]

    def cut(self, rules: GroupingRules) -> list[list[int]]:
        """Return lists of burst indices, each ascending, in order of their first."""
        from scipy.cluster.hierarchy import (
            fcluster,  # a sixth of the start, and nobody groups before there is a shoot
        )

        threshold = _ONE_SCENE + _RANGE * (rules.scene_looseness - 0.5)
        scenes: list[list[int]] = []
        for part, tree in self._parts:
            if tree is None:
                scenes.append(list(range(part.start, part.stop)))
                continue
            by_label: dict[int, list[int]] = {}
            for index, label in enumerate(fcluster(tree, threshold, "distance").tolist(), part.start):
                by_label.setdefault(label, []).append(index)
            scenes += by_label.values()
        return sorted(scenes)


def _tree(vectors: NDArray[np.float32], minutes: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """Return SciPy's linkage of one part; None for a single burst."""
    from scipy.cluster.hierarchy import linkage
    from scipy.spatial.distance import squareform

    go_on()
    count = len(minutes)
    if count < 2:
        return None
    unit = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    # Whole matrices, changed where they stand: 6 MB each of the largest part.
    distance = unit @ unit.T
    np.subtract(1, distance, out=distance)
    when = (minutes - minutes[0]).astype(np.float32)
    time = np.abs(when[:, None] - when[None, :])
    time /= _AT_ONCE
    np.log2(1 + time, out=time)
    time *= _PER_DOUBLING
    distance += time
    np.maximum(distance, 0.0, out=distance)
    tree: NDArray[np.float64] = linkage(squareform(distance, checks=False), "average")
    return tree


def _parts(minutes: NDArray[np.float64]) -> list[slice]:
    """Cut a sequence at every long break, and what is still too long at its longest pauses."""
    breaks = np.flatnonzero(np.diff(minutes) > _LONG_BREAK) + 1
    waiting = [slice(a, b) for a, b in zip([0, *breaks], [*breaks, len(minutes)], strict=True) if b > a]
    parts = []
    while waiting:
        part = waiting.pop()
        if part.stop - part.start <= _MOST_AT_ONCE:
            parts.append(part)
            continue
        middle = slice(part.start + _MOST_AT_ONCE // 4, part.stop - _MOST_AT_ONCE // 4)
        at = middle.start + 1 + int(np.argmax(np.diff(minutes[middle])))
        waiting += [slice(part.start, at), slice(at, part.stop)]
    return sorted(parts, key=lambda part: part.start)
