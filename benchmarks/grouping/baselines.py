"""Plain ways to group the same measures, for comparison. Those that want the number of groups are told the true one."""

import warnings
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components
from sklearn.cluster import DBSCAN, AgglomerativeClustering, KMeans

from core.types import Analysis, Photo

Labels = NDArray[np.int64]

_HASH_BITS, _SECONDS = 12, 15.0  # neighbours linked by hash and time, as simple tools do
_ALIKE = 0.75  # cosine
_DEC_AXES, _DEC_STEPS, _DEC_RATE = 32, 60, 0.5
_DEC_OUTLIERS = 0.1  # the share of pictures that least surely belong to any cluster, which are dropped


def baselines(
    photos: Sequence[Photo], analyses: Sequence[Analysis], unit: NDArray[np.float32], groups: int
) -> dict[str, Labels]:
    """Return labels by name of method; outliers have a label of their own each.

    Args:
        photos: in order of capture.
        analyses: of these photos.
        unit: their embeddings, mean-centred, L2, shape (N, D).
        groups: the true number of groups.
    """
    count = min(groups, len(photos))
    distances = np.clip(1 - unit @ unit.T, 0, 2).astype(np.float64)
    methods: dict[str, Callable[[], Labels]] = {
        "hash + time neighbours": lambda: _hash_neighbours(photos, analyses),
        "k-means": lambda: KMeans(count, n_init=3, random_state=0).fit_predict(unit),
        "DBSCAN": lambda: DBSCAN(eps=1 - _ALIKE, min_samples=2, metric="precomputed").fit_predict(distances),
        "HDBSCAN": lambda: _hdbscan(distances),
        "agglomerative": lambda: AgglomerativeClustering(
            n_clusters=None, distance_threshold=1 - _ALIKE, metric="precomputed", linkage="average"
        ).fit_predict(distances),
        "connected components": lambda: connected_components(csr_matrix(distances <= 1 - _ALIKE))[1],
        "deep embedded clustering": lambda: _embedded(unit, count),
    }
    return {name: _alone(np.asarray(method())) for name, method in methods.items()}


def _hash_neighbours(photos: Sequence[Photo], analyses: Sequence[Analysis]) -> Labels:
    labels = np.zeros(len(photos), np.int64)
    for index in range(1, len(photos)):
        one, other = photos[index - 1], photos[index]
        gap = (
            abs((other.taken_at - one.taken_at).total_seconds())
            if one.taken_at is not None and other.taken_at is not None
            else 0.0
        )
        differing = (analyses[index - 1].phash ^ analyses[index].phash).bit_count()
        labels[index] = labels[index - 1] + (gap > _SECONDS or differing > _HASH_BITS)
    return labels


def _hdbscan(distances: NDArray[np.float64]) -> Labels:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # hdbscan trails scikit-learn's renamed arguments
        from hdbscan import HDBSCAN

        return np.asarray(HDBSCAN(min_cluster_size=2, metric="precomputed").fit_predict(distances))


def _embedded(unit: NDArray[np.float32], count: int) -> Labels:
    """Cluster after Xie et al.

    2016 without the autoencoder: Student-t assignments, sharpened, starting from k-means.

    Features and centres move down the gradient of KL(P || Q), the paper's equations 4 and 5.
    """
    centred = unit - unit.mean(axis=0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    features = (centred @ axes[: min(_DEC_AXES, len(unit))].T).astype(np.float64)
    centres = KMeans(count, n_init=3, random_state=0).fit(features).cluster_centers_
    soft = _student(features, centres)
    for _ in range(_DEC_STEPS):
        weight = soft**2 / soft.sum(axis=0)
        target = weight / weight.sum(axis=1, keepdims=True)
        difference = features[:, None, :] - centres[None, :, :]
        pull = ((target - soft) / (1 + (difference**2).sum(axis=2)))[:, :, None] * difference
        features = features - _DEC_RATE * pull.sum(axis=1)
        centres = centres + _DEC_RATE * pull.sum(axis=0) / max(1.0, len(unit) / count)
        soft = _student(features, centres)
    labels: NDArray[np.int64] = soft.argmax(axis=1)
    labels[soft.max(axis=1) < np.quantile(soft.max(axis=1), _DEC_OUTLIERS)] = -1
    return labels


def _student(features: NDArray[np.float64], centres: NDArray[np.float64]) -> NDArray[np.float64]:
    near = 1 / (1 + ((features[:, None, :] - centres[None, :, :]) ** 2).sum(axis=2))
    share: NDArray[np.float64] = near / near.sum(axis=1, keepdims=True)
    return share


def _alone(labels: Labels) -> Labels:
    """Give each outlier (-1) a label of its own."""
    labels = labels.astype(np.int64)
    outliers = np.flatnonzero(labels < 0)
    labels[outliers] = labels.max(initial=0) + 1 + np.arange(len(outliers))
    return labels
