"""Whatever cameras and users bring: sensible groups, no crash, no stall."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from core.grouping.evidence import Alignments
from core.grouping.group import Grouper, Grouping, group
from core.settings import GroupingRules
from core.types import Analysis, Photo, PhotoId, TimeSource
from fixtures.frames import analysis, look, photo
from fixtures.measured import measured
from fixtures.shoots import scene, shifted

RULES = GroupingRules()


def names(grouping: Grouping) -> list[tuple[str, ...]]:
    return [cluster.photo_ids for cluster in grouping.clusters]


def known(photos: Sequence[Photo], subjects: Sequence[int]) -> dict[PhotoId, Analysis]:
    return {
        frame.id: analysis(frame.id, look(subject, 0.1, seed=index))
        for index, (frame, subject) in enumerate(zip(photos, subjects, strict=True))
    }


class CountedAlignments(Alignments):
    """Counts how often two frames are laid over each other."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def between(self, one: Analysis, other: Analysis):  # type: ignore[no-untyped-def]
        self.asked += 1
        return super().between(one, other)


def test_ten_thousand_identical_frames_are_one_group_found_in_linear_time() -> None:
    photos = [photo(f"{index:05d}", index * 0.1) for index in range(10_000)]
    same = analysis("same", look(1))
    analyses = {frame.id: replace(same, photo_id=frame.id) for frame in photos}
    alignments = CountedAlignments()
    grouping = Grouper(photos, analyses, alignments).group(RULES)
    assert [len(cluster.photo_ids) for cluster in grouping.clusters] == [10_000]
    assert alignments.asked <= 2 * len(photos), "each frame is laid over a few others at most"


@pytest.mark.parametrize("year", [1970, 2099])
def test_a_clock_that_was_never_set_still_tells_pauses(year: int) -> None:
    start = datetime(year, 1, 1)
    photos = [
        replace(photo(name), taken_at=start + timedelta(seconds=at))
        for name, at in (("a", 0.0), ("b", 0.5), ("c", 900.0))
    ]
    assert names(group(photos, known(photos, [1, 1, 1]), RULES)) == [("a", "b"), ("c",)]


def test_all_at_the_same_time_are_told_apart_by_look() -> None:
    photos = [photo(name, 0.0) for name in "abcdef"]
    assert names(group(photos, known(photos, [1, 1, 2, 2, 3, 3]), RULES)) == [
        ("a", "b"),
        ("c", "d"),
        ("e", "f"),
    ]


def test_no_exif_at_all_groups_neighbours_of_one_look() -> None:
    photos = [photo(f"IMG_{index}", None) for index in range(6)]
    grouping = group(photos, known(photos, [1, 1, 1, 2, 2, 3]), RULES)
    assert sorted(len(members) for members in names(grouping)) == [1, 2, 3]


def test_shuffled_names_do_not_matter_where_there_is_a_clock() -> None:
    order = list(range(12))
    Random(3).shuffle(order)
    photos = [photo(f"{order[index]:02d}", 60.0 * (index // 3) + index % 3 * 0.4) for index in range(12)]
    grouping = group(photos, known(photos, [index // 3 for index in range(12)]), RULES)
    assert [len(members) for members in names(grouping)] == [3, 3, 3, 3]


def test_a_black_frame_in_the_middle_does_not_end_the_burst() -> None:
    garden = scene(1)
    pictures = [garden, shifted(garden, 4), np.zeros_like(garden), shifted(garden, 8), shifted(garden, 12)]
    photos = [photo(name, index * 0.4) for index, name in enumerate("abcde")]
    analyses = {
        frame.id: measured(frame.id, picture, look(9 if frame.id == "c" else 1, 0.1, seed=index))
        for index, (frame, picture) in enumerate(zip(photos, pictures, strict=True))
    }
    assert ("a", "b", "d", "e") in [
        tuple(i for i in members if i != "c") for members in names(group(photos, analyses, RULES))
    ]


def test_half_of_the_files_failing_leaves_the_others_grouped() -> None:
    photos = [photo(f"{index}", 100.0 * (index // 4) + index % 4 * 0.4) for index in range(8)]
    analyses = {key: value for key, value in known(photos, [1] * 4 + [2] * 4).items() if int(key) % 2}
    grouping = group(photos, analyses, RULES)
    assert names(grouping) == [("0", "1", "2", "3"), ("4", "5", "6", "7")]


def test_the_slider_only_ever_joins_as_it_loosens() -> None:
    photos = [photo(f"{index:02d}", index * 2.0) for index in range(30)]
    analyses = {
        frame.id: analysis(frame.id, look(index // 5, 0.35, seed=index)) for index, frame in enumerate(photos)
    }
    grouper = Grouper(photos, analyses, Alignments())
    counts = [len(grouper.group(GroupingRules(burst_looseness=step / 4)).clusters) for step in range(5)]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[-1]
    scenes = [len(grouper.group(GroupingRules(scene_looseness=step / 4)).scenes) for step in range(5)]
    assert scenes == sorted(scenes, reverse=True)


@hypothesis_settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.one_of(st.none(), st.sampled_from([0.0, 1.0, 1e9, -1.5e9]), st.floats(0, 1e5)),
            st.integers(0, 3),
            st.booleans(),
            st.sampled_from(list(TimeSource)),
        ),
        max_size=25,
    ),
    st.floats(0, 1),
)
def test_any_mixture_of_clocks_is_grouped(
    frames: list[tuple[float | None, int, bool, TimeSource]], looseness: float
) -> None:
    photos = [
        replace(
            photo(f"{index:03d}", seconds), time_source=source if seconds is not None else TimeSource.FILE
        )
        for index, (seconds, _, _, source) in enumerate(frames)
    ]
    analyses = {
        frame.id: analysis(frame.id, look(subject))
        for frame, (_, subject, there, _) in zip(photos, frames, strict=True)
        if there
    }
    grouping = group(photos, analyses, GroupingRules(looseness, 1 - looseness))
    members = [photo_id for cluster in grouping.clusters for photo_id in cluster.photo_ids]
    assert sorted(members) == [frame.id for frame in photos]
    in_scenes = [cluster_id for each in grouping.scenes for cluster_id in each.cluster_ids]
    assert sorted(in_scenes) == sorted(cluster.id for cluster in grouping.clusters)
