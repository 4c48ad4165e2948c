"""Scenes: same place or subject, looser than a burst; the sections of the grid."""

import warnings

import numpy as np
from numpy.typing import NDArray

from core.settings import GroupingRules

_LONG_BREAK = 60.0  # minutes in which nothing was taken: what follows is another scene, however alike
_VISUAL_AXES = 12  # principal axes kept: enough to tell places apart, few enough for HDBSCAN's trees
_VISUAL_RANGE = 1.0  # typical distance of two unlike unit vectors after centring is about 1.2


def find_scenes(
    vectors: NDArray[np.float32], minutes: NDArray[np.float64], rules: GroupingRules
) -> list[list[int]]:
    """Groups bursts into scenes with HDBSCAN over look and time.

    Args:
        vectors: one unit vector a burst, float32, shape (N, D), zeros where nothing is known of its look;
            bursts in order of time.
        minutes: one time a burst, shape (N,), minutes since any fixed moment.
        rules: how loose.

    Returns:
        Lists of burst indices, each ascending, in order of their first. What HDBSCAN calls an outlier goes to
        the scene that surrounds it in time, or stands with its outlier neighbours.
    """
    count = len(minutes)
    if count <= rules.scene_min_size:
        return [list(range(count))] if count else []
    labels = _cluster(_features(vectors, minutes, rules), rules.scene_min_size)
    return _sections(_adopt_outliers(labels), minutes)


def _features(
    vectors: NDArray[np.float32], minutes: NDArray[np.float64], rules: GroupingRules
) -> NDArray[np.float64]:
    centred = vectors.astype(np.float64) - vectors.mean(axis=0)
    axes = min(_VISUAL_AXES, *centred.shape)
    # The few largest axes of a tall matrix come from the small D x D or N x N product.
    if centred.shape[0] <= centred.shape[1]:
        values, left = np.linalg.eigh(centred @ centred.T)
        visual = left[:, -axes:] * np.sqrt(np.maximum(values[-axes:], 0.0))
    else:
        _, right = np.linalg.eigh(centred.T @ centred)
        visual = centred @ right[:, -axes:]
    return np.hstack([visual / _VISUAL_RANGE, (minutes / rules.scene_minutes)[:, None]])


def _cluster(features: NDArray[np.float64], min_size: int) -> NDArray[np.int64]:
    """HDBSCAN labels, -1 for outliers."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # hdbscan trails scikit-learn's renamed arguments
        from hdbscan import HDBSCAN  # a second of imports that only this stage needs

        # Leaves, not the most persistent clusters: those swallow a whole day as one scene.
        model = HDBSCAN(min_cluster_size=min_size, min_samples=1, cluster_selection_method="leaf")
        return np.asarray(model.fit_predict(features), dtype=np.int64)


def _adopt_outliers(labels: NDArray[np.int64]) -> NDArray[np.int64]:
    """Gives an outlier the label that stands on both sides of it; other runs of outliers get their own."""
    adopted = labels.copy()
    next_label = int(labels.max(initial=-1)) + 1
    index = 0
    while index < len(labels):
        if labels[index] >= 0:
            index += 1
            continue
        end = index
        while end < len(labels) and labels[end] < 0:
            end += 1
        before = labels[index - 1] if index else -1
        after = labels[end] if end < len(labels) else -1
        if before >= 0 and before == after:
            adopted[index:end] = before
        else:
            adopted[index:end] = next_label
            next_label += 1
        index = end
    return adopted


def _sections(labels: NDArray[np.int64], minutes: NDArray[np.float64]) -> list[list[int]]:
    """One list a label, cut where nothing happened for long: a place visited twice is two sections."""
    sections: list[list[int]] = []
    current: dict[int, list[int]] = {}
    for index, label in enumerate(labels.tolist()):
        section = current.get(label)
        if section is None or minutes[index] - minutes[section[-1]] > _LONG_BREAK:
            section = []
            current[label] = section
            sections.append(section)
        section.append(index)
    return sections
