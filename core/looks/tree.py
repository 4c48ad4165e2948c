"""The tree of a shoot's looks: grown once by HDBSCAN (Campello et al., 2013), cut at several heights.

A branch of the tree lives from the distance at which it splits off from its parent down to the one at which it splits
itself. HDBSCAN selects the branches that live longest (excess of mass): the usual looks. Coarser cuts take the branches
below which they grow together, finer ones those that grow from them; frames that fell off before fit nothing there.
"""

import io
import warnings
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.looks.reduced import Reduction

STEPS = 9
"""How many cuts there are, from few looks to many; the middle one is what HDBSCAN selects."""

ONE_LOOK = 0.5
"""Between shortened vectors: a shoot in which nothing splits at more is one look."""

LOOSEST = 1.1
"""At which a frame still fits a look: what is farther from all others fits nothing, at every height."""

LOOKS_VERSION = 2
"""Raised whenever the same vectors make other looks, so that no kept tree is believed that this code did not grow."""

_AS_ONE = (
    0.5  # what splits at less is one look, as a rule: set on scenes that people told apart, see decision 20
)
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
            cuts = _cuts(self._clusterer.condensed_tree_.to_numpy(), self._clusterer.labels_)
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
            min_samples=2,  # with one, looks of a long shoot are strung together
            cluster_selection_epsilon=_AS_ONE,
            # Exact, and in 50 dimensions half the time of the approximate trees.
            algorithm="prims_kdtree",
            core_dist_n_jobs=1,
        )
        clusterer.fit(short.astype(np.float64))
        _ = clusterer.outlier_scores_
    return clusterer


@dataclass(frozen=True, slots=True)
class _Branches:
    """The branches of a condensed tree, parents before their children; the first is the trunk.

    Attributes:
        parent: of each branch; the trunk's is itself.
        birth: the distance at which it splits off, infinite for the trunk.
        split: the distance at which it splits itself, -1 for those that never do.
        home: of each frame, the branch it fell off from.
        fell: and at which distance.
    """

    parent: NDArray[np.intp]
    birth: NDArray[np.float64]
    split: NDArray[np.float64]
    home: NDArray[np.intp]
    fell: NDArray[np.float64]

    @classmethod
    def of(cls, condensed: NDArray[Any], frames: int) -> "_Branches":
        """Read them.

        Args:
            condensed: HDBSCAN's condensed tree: parent, child, lambda_val (1 / distance), child_size; frames are
                numbered from 0, branches from ``frames``.
            frames: how many there are.
        """
        branches, single = (
            condensed[mask] for mask in (condensed["child_size"] > 1, condensed["child_size"] == 1)
        )
        count = 1 + len(branches)
        parent, birth = np.zeros(count, np.intp), np.full(count, np.inf)
        home, fell = np.zeros(frames, np.intp), np.zeros(frames)
        with np.errstate(divide="ignore"):
            parent[branches["child"] - frames] = branches["parent"] - frames
            birth[branches["child"] - frames] = 1 / branches["lambda_val"]
            home[single["child"]] = single["parent"] - frames
            fell[single["child"]] = 1 / single["lambda_val"]
        split = np.full(count, -1.0)
        np.maximum.at(split, parent[1:], birth[1:])
        return cls(parent, birth, split, home, fell)

    def holding(self, frames: NDArray[np.bool_]) -> NDArray[np.intp]:
        """Count the frames on each branch and on all that grow from it."""
        held = np.bincount(self.home[frames], minlength=len(self.parent))
        for branch in range(len(held) - 1, 0, -1):
            held[self.parent[branch]] += held[branch]
        return held

    def usual(self, labels: NDArray[np.intp]) -> NDArray[np.bool_]:
        """Return which branches are the looks that HDBSCAN selected; the trunk where all is near or none was.

        Args:
            labels: of the frames.
        """
        found = np.zeros(len(self.parent), np.bool_)
        if self.split[0] < ONE_LOOK:
            found[0] = True
            return found
        everything = self.holding(np.ones(len(self.home), np.bool_))
        for label, size in enumerate(np.bincount(labels[labels >= 0])):
            branch = self.home[int(np.argmax(labels == label))]
            while everything[branch] < size:
                branch = self.parent[branch]
            found[branch] = True
        return found

    def below(self, usual: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Return which branches grow from the usual looks."""
        found = np.zeros(len(self.parent), np.bool_)
        for branch in range(1, len(found)):
            above = self.parent[branch]
            found[branch] = usual[above] or found[above]
        return found


def _cuts(condensed: NDArray[Any], labels: NDArray[np.intp]) -> NDArray[np.int32]:
    """Return the looks of each frame at every height, as ``LookTree.cuts`` has them.

    Args:
        condensed: HDBSCAN's condensed tree.
        labels: the looks it selected, by frame.
    """
    tree = _Branches.of(condensed, len(labels))
    usual = tree.usual(labels)
    below = tree.below(usual)
    # A branch holds all that is nearer to it than to the rest, however far that is.
    fits = tree.fell <= (ONE_LOOK if usual[0] else LOOSEST)
    several = tree.holding(fits) > 1

    def coarser(distance: float) -> NDArray[np.bool_]:
        alive: NDArray[np.bool_] = ~below & (tree.birth >= distance) & ((tree.split < distance) | usual)
        return alive & several

    def finer(distance: float) -> NDArray[np.bool_]:
        alive: NDArray[np.bool_] = (below & (tree.birth >= distance) | usual) & (tree.split < distance)
        return alive & several

    middle = (STEPS - 1) // 2
    heights = _between(tree.birth)
    cuts = [
        *_spaced([coarser(height) for height in heights[::-1]], middle + 1)[:-1],
        *_spaced([finer(height) for height in heights[::-1]], STEPS - middle),
    ]
    return np.stack([np.where(fits, _numbered(alive, tree)[tree.home], -1) for alive in cuts]).astype(
        np.int32
    )


def _between(birth: NDArray[np.float64]) -> list[float]:
    """Return a height between any two splits of the tree, where nothing changes, from below to above all of them."""
    splits = np.unique(birth[np.isfinite(birth)])
    if not len(splits):
        return [0.0]
    return [0.0, *((splits[1:] + splits[:-1]) / 2), float(splits[-1]) * 1.01]


def _spaced(cuts: Sequence[NDArray[np.bool_]], steps: int) -> list[NDArray[np.bool_]]:
    """Return so many of the cuts, from the first to the last, between which the looks grow by the same factor.

    Args:
        cuts: from few looks to many.
        steps: how many are wanted.
    """
    counts = np.array([int(cut.sum()) for cut in cuts])
    last = max(1, int(counts[-1]))
    first = min(last, max(_FEWEST, int(counts[0])))
    wanted = np.geomspace(first, last, steps)[:-1]
    return [*(cuts[int(np.abs(counts - count).argmin())] for count in wanted), cuts[-1]]


def _numbered(alive: NDArray[np.bool_], tree: _Branches) -> NDArray[np.intp]:
    """Return the number of the look that each branch is part of; -1 where it is part of none."""
    number = np.full(len(alive), -1, np.intp)
    number[alive] = np.arange(alive.sum())
    for branch in range(1, len(alive)):
        if not alive[branch]:
            number[branch] = number[tree.parent[branch]]
    return number
