"""Which frames belong together."""

from collections.abc import Sequence

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from core.grouping.group import Grouping, group
from core.grouping.words import grounds_in_words
from core.settings import GroupingRules
from core.types import ClusterKind, Photo, PhotoId
from fixtures.frames import analysis, look, photo

RULES = GroupingRules()


def grouped(photos: Sequence[Photo], looks: Sequence[np.ndarray] | None = None) -> Grouping:
    analyses = {
        frame.id: analysis(frame.id, vector) for frame, vector in zip(photos, looks or (), strict=False)
    }
    return group(photos, analyses, RULES)


def names(grouping: Grouping) -> list[tuple[str, ...]]:
    return [cluster.photo_ids for cluster in grouping.clusters]


def test_alike_and_near_in_time_is_one_burst() -> None:
    photos = [photo("a", 0), photo("b", 0.4), photo("c", 600)]
    grouping = grouped(photos, [look(1), look(1, 0.1), look(2)])
    assert names(grouping) == [("a", "b"), ("c",)]
    assert grouping.clusters[0].kind is ClusterKind.BURST
    assert grounds_in_words(grouping.clusters[0]).startswith("2 frames in 0.4 s, similarity 0.")


def test_unlike_frames_a_second_apart_stay_apart() -> None:
    photos = [photo("a", 0), photo("b", 1), photo("c", 2), photo("d", 3)]
    assert names(grouped(photos, [look(1), look(2), look(3), look(4)])) == [("a",), ("b",), ("c",), ("d",)]


def test_alike_but_an_hour_apart_stays_apart() -> None:
    photos = [photo("a", 0), photo("b", 3600)]
    assert len(grouped(photos, [look(1), look(1)]).clusters) == 2


def test_a_burst_may_be_interrupted() -> None:
    photos = [photo("a1", 0), photo("b", 1), photo("a2", 2), photo("x", 500)]
    grouping = grouped(photos, [look(1), look(2), look(1, 0.05), look(3)])
    assert ("a1", "a2") in names(grouping)
    assert ("b",) in names(grouping)


def test_weak_chains_do_not_hold() -> None:
    steps = 12
    start, end = look(1), look(2)
    drift = [(start * (steps - 1 - i) + end * i) / (steps - 1) for i in range(steps)]
    photos = [photo(f"{i:02d}", i * 1.0) for i in range(steps)]
    grouping = grouped([*photos, photo("z", 900)], [*drift, look(3)])
    first, last = (next(c for c in grouping.clusters if PhotoId(n) in c.photo_ids) for n in ("00", "11"))
    assert first.id != last.id


def test_two_cameras_are_two_clocks() -> None:
    photos = [photo("a", 0, camera="one"), photo("b", 0.2, camera="two")]
    assert len(grouped(photos, [look(1), look(1)]).clusters) == 2


def test_before_analysis_time_alone_speaks() -> None:
    assert names(grouped([photo("a", 0), photo("b", 0.5), photo("c", 20)])) == [("a", "b"), ("c",)]


def test_a_makers_burst_id_is_believed() -> None:
    photos = [photo("a", 0, burst_id="B1"), photo("b", 3, burst_id="B1")]
    assert len(grouped(photos, [look(1), look(2)]).clusters) == 1


def test_stepping_exposure_is_a_bracket() -> None:
    photos = [
        photo(n, i * 0.5, exposure_bias=b) for i, (n, b) in enumerate((("a", -2.0), ("b", 0.0), ("c", 2.0)))
    ]
    grouping = grouped(photos, [look(1), look(1, 0.1), look(1, 0.1, seed=2)])
    assert [cluster.kind for cluster in grouping.clusters] == [ClusterKind.BRACKET]


def test_same_bias_throughout_is_no_bracket() -> None:
    photos = [photo(n, i * 0.5, exposure_bias=0.7) for i, n in enumerate("abc")]
    grouping = grouped(photos, [look(1)] * 3)
    assert [cluster.kind for cluster in grouping.clusters] == [ClusterKind.BURST]


def test_no_clock_at_all_groups_by_look() -> None:
    photos = [photo(n, None) for n in ("a", "b", "c")]
    assert names(grouped(photos, [look(1), look(1, 0.1), look(2)])) == [("a", "b"), ("c",)]


def test_an_empty_shoot_and_a_single_photo() -> None:
    assert grouped([]) == Grouping((), ())
    assert [cluster.kind for cluster in grouped([photo("a", 0)], [look(1)]).clusters] == [ClusterKind.SINGLE]


frames = st.lists(
    st.tuples(
        st.one_of(st.none(), st.floats(0, 4000)),
        st.integers(0, 4),
        st.sampled_from(["one", "two"]),
        st.booleans(),
    ),
    max_size=40,
)


@settings(max_examples=60, deadline=None)
@given(frames)
def test_every_photo_is_in_one_cluster_and_every_cluster_in_one_scene(
    frames: list[tuple[float | None, int, str, bool]],
) -> None:
    photos = [photo(f"{i:03d}", seconds, camera=camera) for i, (seconds, _, camera, _) in enumerate(frames)]
    analyses = {
        frame.id: analysis(frame.id, look(subject))
        for frame, (_, subject, _, known) in zip(photos, frames, strict=True)
        if known
    }
    grouping = group(photos, analyses, RULES)
    members = [photo_id for cluster in grouping.clusters for photo_id in cluster.photo_ids]
    assert sorted(members) == [frame.id for frame in photos]
    in_scenes = [cluster_id for scene in grouping.scenes for cluster_id in scene.cluster_ids]
    assert sorted(in_scenes) == sorted(cluster.id for cluster in grouping.clusters)
    assert len(set(in_scenes)) == len(in_scenes)


def test_one_camera_bursts_take_frames_by_reference_to_the_whole_not_the_last() -> None:
    """Ten thousand identical frames are one burst, found in linear time."""
    photos = [photo(f"{i:05d}", i * 0.1) for i in range(2_000)]
    grouping = grouped(photos, [look(1)] * 2_000)
    assert len(grouping.clusters) == 1
