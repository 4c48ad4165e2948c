"""The tree of a shoot's looks: grown once by HDBSCAN (Campello et al., 2013), cut at several heights.

Two frames are a look already. A branch of the tree lives from the distance at which it splits off from its parent down
to the one at which it splits itself; a cut takes the branches that live at one distance, and frames that fell off
before it fit nothing there.
"""

import io
import warnings
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.looks.reduced import Reduction

STEPS = 9
"""How many cuts there are, from few looks to many; the middle one is at ``USUAL_DISTANCE``."""

USUAL_DISTANCE = 0.7
"""Between shortened vectors of length up to 1: tuned on scenes that people told apart, see decision 20."""

LOOSEST = 1.0
"""At which a frame still fits a look: what is farther from all others fits nothing, at every height."""

LOOKS_VERSION = 1
"""Raised whenever the same vectors make other looks, so that no kept tree is believed that this code did not grow."""

_LEAST = 3  # frames; fewer make no tree
_FEWEST = 2  # looks at the coarsest cut, where there are as many
_UNREADABLE = (ValueError, KeyError, OSError, EOFError, zipfile.BadZipFile)


@dataclass(frozen=True, slots=True)
class LookTree:
    """Which look each frame of a shoot has, at every height.

    Attributes:
        short: the frames' shortened vectors, float32, shape (N, K).
        cuts: numbers of looks from 0, -1 for frames that fit nothing; int32, shape (STEPS, N), from few to many.
        oddness: of each frame, 0 within its look to 1 far from any (GLOSH); float32, shape (N,).
    """

    short: NDArray[np.float32]
    cuts: NDArray[np.int32]
    oddness: NDArray[np.float32]

    def cut(self, detail: float) -> NDArray[np.int32]:
        """Return the looks at a height.

        Args:
            detail: 0 few to 1 many; what lies beyond counts as the end.
        """
        cut: NDArray[np.int32] = self.cuts[round(min(1.0, max(0.0, detail)) * (STEPS - 1))]
        return cut

    def write(self) -> bytes:
        """Return the tree as a document."""
        file = io.BytesIO()
        np.savez(file, short=self.short, cuts=self.cuts, oddness=self.oddness)
        return file.getvalue()

    @classmethod
    def read(cls, document: bytes, frames: int) -> "LookTree":
        """Read a tree of so many frames. Raises ValueError where the document is none of them."""
        try:
            with np.load(io.BytesIO(document), allow_pickle=False) as arrays:
                tree = cls(arrays["short"], arrays["cuts"], arrays["oddness"])
        except _UNREADABLE as error:
            raise ValueError(str(error)) from error
        shapes = tree.short.shape[:1], tree.cuts.shape, tree.oddness.shape
        types = [str(each.dtype) for each in (tree.short, tree.cuts, tree.oddness)]
        if shapes != ((frames,), (STEPS, frames), (frames,)) or types != ["float32", "int32", "float32"]:
            raise ValueError("not the tree of these frames")
        return tree


class LookGrower:
    """Grows the tree of some frames, and tells which looks frames have that came since.

    Args:
        vectors: the frames' embeddings, float32, shape (N, D).
    """

    def __init__(self, vectors: NDArray[np.float32]) -> None:
        self._reduction = Reduction.of(vectors) if len(vectors) else None
        short = self._reduction.apply(vectors) if self._reduction else np.empty((0, 0), np.float32)
        self._clusterer = _clustered(short) if len(short) >= _LEAST else None
        if self._clusterer is None:
            nothing = np.full((STEPS, len(short)), -1, np.int32)
            self.tree = LookTree(short, nothing, np.ones(len(short), np.float32))
        else:
            cuts = _cuts(self._clusterer.condensed_tree_.to_numpy(), len(short))
            oddness = np.nan_to_num(self._clusterer.outlier_scores_).astype(np.float32)
            self.tree = LookTree(short, cuts, oddness)
        self._takes_newcomers = False

    def grown(self, newcomers: NDArray[np.float32]) -> LookTree:
        """Return the tree with frames added at its end, each where it would lie; no look is made anew for them.

        Args:
            newcomers: their embeddings, float32, shape (M, D).
        """
        tree = self.tree
        if not len(newcomers):
            return tree
        cuts = np.full((STEPS, len(newcomers)), -1, np.int32)
        if self._reduction is None:
            short = np.zeros((len(newcomers), 0), np.float32)
        else:
            short = self._reduction.apply(newcomers)
        if self._clusterer is not None:
            nearest = self._nearest(short)
            known = np.flatnonzero(nearest >= 0)
            near = np.linalg.norm(short[known] - tree.short[nearest[known]], axis=1) <= LOOSEST
            cuts[:, known[near]] = tree.cuts[:, nearest[known[near]]]
        oddness = np.where(cuts[-1] < 0, 1, 0).astype(np.float32)
        return LookTree(
            np.concatenate([tree.short, short]),
            np.concatenate([tree.cuts, cuts], axis=1),
            np.concatenate([tree.oddness, oddness]),
        )

    def _nearest(self, short: NDArray[np.float32]) -> NDArray[np.intp]:
        """Return the frame by which each newcomer would hang on the tree; -1 where there is no look yet."""
        from hdbscan import approximate_predict

        assert self._clusterer is not None
        if self._clusterer.labels_.max(initial=-1) < 0:
            return np.full(len(short), -1, np.intp)
        if not self._takes_newcomers:
            self._clusterer.generate_prediction_data()
            self._takes_newcomers = True
        _, _, nearest = approximate_predict(
            self._clusterer, short.astype(np.float64), return_connecting_points=True
        )
        return np.asarray(nearest, np.intp)


def _clustered(short: NDArray[np.float32]) -> Any:
    """Return HDBSCAN's result; its labels are those of the finest looks."""
    # Imported here: it brings scikit-learn, and half a second that only those wait for who look at looks.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it trails scikit-learn's renamed arguments
        from hdbscan import HDBSCAN

        clusterer = HDBSCAN(
            min_cluster_size=2,
            min_samples=1,
            cluster_selection_method="leaf",
            # Exact, and in 50 dimensions half the time of the approximate trees.
            algorithm="prims_kdtree",
            core_dist_n_jobs=1,
        )
        clusterer.fit(short.astype(np.float64))
        _ = clusterer.outlier_scores_
    return clusterer


def _cuts(condensed: NDArray[Any], frames: int) -> NDArray[np.int32]:
    """Return the looks of each frame at every height, as ``LookTree.cuts`` has them.

    Args:
        condensed: HDBSCAN's condensed tree: parent, child, lambda_val (1 / distance), child_size; frames are numbered
            from 0, branches from ``frames``, the root being the first.
        frames: how many there are.
    """
    branches = condensed[condensed["child_size"] > 1]
    count = 1 + len(branches)
    parent = np.zeros(count, np.intp)
    birth = np.full(count, np.inf)  # the distance at which a branch splits off
    parent[branches["child"] - frames] = branches["parent"] - frames
    with np.errstate(divide="ignore"):
        birth[branches["child"] - frames] = 1 / branches["lambda_val"]
    split = np.full(count, -1.0)  # the distance at which it splits itself; leaves never do
    np.maximum.at(split, parent[1:], birth[1:])
    home = np.zeros(frames, np.intp)  # the branch each frame fell off from
    fell = np.zeros(frames)  # and at which distance
    single = condensed[condensed["child_size"] == 1]
    home[single["child"]] = single["parent"] - frames
    with np.errstate(divide="ignore"):
        fell[single["child"]] = 1 / single["lambda_val"]

    fits = fell <= LOOSEST
    held = np.bincount(home[fits], minlength=count)  # frames that fit, with those of all branches above
    for branch in range(count - 1, 0, -1):  # parents are numbered before their children
        held[parent[branch]] += held[branch]

    def living(distance: float) -> NDArray[np.bool_]:
        alive: NDArray[np.bool_] = (birth >= distance) & (split < distance) & (held > 1)
        return alive

    heights = _heights(birth, lambda distance: int(living(distance).sum()))
    cuts = np.empty((STEPS, frames), np.int32)
    for step, distance in enumerate(heights):
        alive = living(distance)
        number = np.full(count, -1, np.int32)
        number[alive] = np.arange(alive.sum(), dtype=np.int32)
        for branch in range(1, count):
            if not alive[branch]:
                number[branch] = number[parent[branch]]
        # A branch holds all that is nearer to it than to the rest, however far that is.
        cuts[step] = np.where(fits, number[home], -1)
    return cuts


def _heights(birth: NDArray[np.float64], looks_at: Callable[[float], int]) -> list[float]:
    """Return the distances of the cuts: evenly from few looks to the usual ones, and on to as many as there are."""
    splits = np.unique(birth[np.isfinite(birth)])
    # Between two splits nothing changes: the tree is cut in the middle.
    inner = [*((splits[1:] + splits[:-1]) / 2), float(splits[-1]) * 1.01] if len(splits) else []
    finer = [0.0, *(height for height in inner if height < USUAL_DISTANCE), USUAL_DISTANCE]
    coarser = [USUAL_DISTANCE, *(height for height in inner if height > USUAL_DISTANCE)]
    middle = (STEPS - 1) // 2
    few_to_usual = _spaced(coarser[::-1], looks_at, middle + 1, least=_FEWEST)
    return [*few_to_usual[:-1], *_spaced(finer[::-1], looks_at, STEPS - middle)]


def _spaced(
    heights: Sequence[float], looks_at: Callable[[float], int], steps: int, least: int = 1
) -> list[float]:
    """Return so many of the heights, from the first to the last, at which the looks grow by the same factor.

    Args:
        heights: from few looks to many.
        looks_at: how many there are at a height.
        steps: how many are wanted.
        least: looks at the first, where there are as many.
    """
    counts = np.array([looks_at(height) for height in heights])
    last = max(1, int(counts[-1]))
    first = min(last, max(least, int(counts[0])))
    wanted = np.geomspace(first, last, steps)[:-1]
    return [*(float(heights[int(np.abs(counts - count).argmin())]) for count in wanted), float(heights[-1])]
