"""How often people would agree with the suggestion: PhotoTriage's two figures."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from benchmarks.grouping.truth import Preference
from core.ranking.score import rank
from core.settings import Weights
from core.types import Analysis, Cluster, ClusterId, ClusterKind, PhotoId, SceneId


def triage(
    preferences: Sequence[Preference], analyses: Mapping[str, Analysis], weights: Weights
) -> dict[str, float]:
    """Return two rates of agreement, both 0 to 1.

    Top-1: the suggestion is the photo people preferred most; pairwise: the order of two scores is theirs.

    Args:
        preferences: what people said; where they were divided (a share of one half) it does not count.
        analyses: by file name.
        weights: of the terms.
    """
    series: dict[str, list[Preference]] = defaultdict(list)
    for preference in preferences:
        if preference.first in analyses and preference.second in analyses:
            series[preference.series].append(preference)
    top = pairs = right = 0
    for name, said in series.items():
        liked: dict[str, float] = defaultdict(float)
        for each in said:
            liked[each.first] += each.share
            liked[each.second] += 1 - each.share
        by_id = {analyses[photo].photo_id: photo for photo in liked}
        totals = _totals(
            name, list(by_id), {photo_id: analyses[photo] for photo_id, photo in by_id.items()}, weights
        )
        best = max(totals, key=lambda photo_id: totals[photo_id])
        top += by_id[best] == max(liked, key=lambda photo: liked[photo])
        for each in said:
            if each.share != 0.5:
                lead = totals[analyses[each.first].photo_id] - totals[analyses[each.second].photo_id]
                pairs += 1
                right += (lead > 0) == (each.share > 0.5)
    return {"series": len(series), "top-1": top / max(1, len(series)), "pairwise": right / max(1, pairs)}


def _totals(
    name: str, photo_ids: Sequence[PhotoId], analyses: Mapping[PhotoId, Analysis], weights: Weights
) -> dict[PhotoId, float]:
    burst = Cluster(ClusterId(name), ClusterKind.BURST, tuple(photo_ids), SceneId(name))
    return {score.photo_id: score.total for score in rank(burst, analyses, weights).scores}
