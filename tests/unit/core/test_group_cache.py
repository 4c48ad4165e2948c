"""What was found out of a whole shoot comes back as it was, and only for the shoot it was found in."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.grouping.amended import around, with_newcomers
from core.grouping.clocks import Agreement, ClockOffset
from core.grouping.geometry import Alignment
from core.grouping.group import Grouping
from core.persistence.analysis_cache import AnalysisCache
from core.persistence.group_cache import GroupCache
from core.persistence.group_documents import KeptGroups, read_groups, write_groups
from core.types import (
    Cluster,
    ClusterId,
    ClusterKind,
    EyeState,
    Fact,
    FrameScore,
    Grounds,
    GroupedBy,
    PhotoId,
    Reason,
    Scene,
    SceneId,
    Sureness,
    Term,
    TermName,
)
from fixtures.frames import photo

ORDER = [PhotoId(name) for name in "abcdef"]
LAID = Alignment(overlap=0.9, within=0.95, right=0.01, down=-0.02, zoom=1.1, corners=33)


def cluster(names: str, scene: str, kind: ClusterKind = ClusterKind.BURST) -> Cluster:
    return Cluster(
        ClusterId(f"cluster-{names[0]}"),
        kind if len(names) > 1 else ClusterKind.SINGLE,
        tuple(PhotoId(name) for name in names),
        SceneId(scene),
    )


def groups() -> KeptGroups:
    terms = Term(TermName.EYES, None, 0.0), Term(TermName.SHARPNESS, 0.75, 1.0)
    burst = replace(
        cluster("abc", "one"),
        suggested_pick=PhotoId("b"),
        margin=0.125,
        sureness=Sureness.LEANING,
        reasons=(Reason(Fact.SHARPEST, 3),),
        scores=(FrameScore(PhotoId("b"), 0.75, terms),),
        grounds=Grounds(GroupedBy.LOOK, 1.2, 0.875),
    )
    clusters = burst, cluster("d", "one"), cluster("ef", "two", ClusterKind.BRACKET)
    start = datetime(2025, 6, 14, 9, 0, 0, 250_000)
    scenes = (
        Scene(SceneId("one"), (burst.id, clusters[1].id), start, start),
        Scene(SceneId("two"), (clusters[2].id,), None, None),
    )
    people: dict[PhotoId, tuple[tuple[int | None, EyeState, EyeState, EyeState], ...]] = {
        PhotoId("a"): (
            (0, EyeState.OPEN, EyeState.OPEN, EyeState.CLOSED),
            (None, EyeState.CANT_TELL, EyeState.CANT_TELL, EyeState.CANT_TELL),
        )
    }
    clocks = (ClockOffset("body 2", "body 1", Agreement(-12.5, 7, 9)),)
    return KeptGroups(tuple(ORDER), clusters, scenes, ((PhotoId("c"), PhotoId("a")),), clocks, people)


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[GroupCache]:
    with closing(AnalysisCache.open(tmp_path / "measures.sqlite")) as opened:
        yield opened.groups


def test_groups_come_back_as_they_were(cache: GroupCache) -> None:
    assert cache.groups(b"digest") is None
    cache.put_groups(b"digest", groups())
    assert cache.groups(b"digest") == groups()
    assert cache.groups(b"another") is None


@given(st.binary(max_size=60))
def test_a_damaged_document_is_refused(tail: bytes) -> None:
    whole = write_groups(groups())
    with pytest.raises((ValueError, KeyError, TypeError, IndexError)):
        read_groups(whole[:20] + tail)


def test_only_the_shoots_used_last_are_kept(cache: GroupCache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.persistence.group_cache._SHOOTS_KEPT", 2)
    for digest in (b"1", b"2"):
        cache.put_groups(digest, groups())
    assert cache.groups(b"1")
    cache.put_groups(b"3", groups())
    assert [cache.groups(digest) is not None for digest in (b"1", b"2", b"3")] == [True, False, True]


def test_pairs_come_back_for_files_and_measures_that_are_the_same(cache: GroupCache) -> None:
    photos = [photo("a"), photo("b"), photo("c")]
    a, b, c = (each.id for each in photos)
    pairs = {(a, b): LAID, (b, c): None}
    cache.put_alignments(pairs, photos, "measures 1")
    assert cache.alignments(photos, "measures 1") == pairs
    assert cache.alignments(photos[:2], "measures 1") == {(a, b): LAID}
    assert cache.alignments(photos, "measures 2") == {}
    changed = [replace(photos[0], mtime_ns=7), *photos[1:]]
    assert cache.alignments(changed, "measures 1") == {(b, c): None}


def test_forgetting_people_forgets_who_is_who(tmp_path: Path) -> None:
    with closing(AnalysisCache.open(tmp_path / "measures.sqlite")) as cache:
        cache.groups.put_groups(b"digest", groups())
        with cache.groups._database.writing() as connection:
            connection.execute("INSERT INTO signature VALUES (x'00', 1, 1, 'model', x'00')")
        cache.forget_people()
        assert cache.groups.groups(b"digest") is None


@given(st.dictionaries(st.sampled_from(ORDER), st.sampled_from("xyz"), max_size=6))
def test_groups_made_by_hand_are_cut_out_of_those_found(placed: dict[PhotoId, str]) -> None:
    found = groups()
    grouping = around(Grouping(found.clusters, found.scenes), placed, ORDER)
    sets = [set(each.photo_ids) for each in grouping.clusters]
    assert sorted(photo_id for each in sets for photo_id in each) == ORDER
    for name in set(placed.values()):
        assert {photo_id for photo_id, given_name in placed.items() if given_name == name} in sets
    in_scenes = [cluster_id for scene in grouping.scenes for cluster_id in scene.cluster_ids]
    assert in_scenes == [each.id for each in grouping.clusters]
    untouched = [each for each in found.clusters if not placed.keys() & set(each.photo_ids)]
    assert all(each in grouping.clusters for each in untouched)


@given(st.permutations(ORDER + [PhotoId(name) for name in "xyz"]), st.integers(0, 9))
def test_what_came_stands_alone_and_what_left_is_left_out(order: list[PhotoId], count: int) -> None:
    now = order[:count]
    found = groups()
    grouping = with_newcomers(Grouping(found.clusters, found.scenes), now)
    assert sorted(photo_id for each in grouping.clusters for photo_id in each.photo_ids) == sorted(now)
    groups_of_old = [set(each.photo_ids) & set(now) for each in found.clusters]
    assert all(
        set(each.photo_ids) in groups_of_old or each.photo_ids[0] in "xyz" for each in grouping.clusters
    )
    assert [one for scene in grouping.scenes for one in scene.cluster_ids] == [
        each.id for each in grouping.clusters
    ]


def test_nothing_changes_where_nobody_came() -> None:
    found = Grouping(groups().clusters, groups().scenes)
    assert with_newcomers(found, ORDER) == found
