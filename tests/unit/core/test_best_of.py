"""So many of the best: what may be in, what must be in, that it spreads, and that it is always the same."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.ranking.best_of import Adds, best_of
from core.types import (
    Accepted,
    Analysis,
    Box,
    Cluster,
    ClusterId,
    ClusterKind,
    Decision,
    EyeState,
    Face,
    Flag,
    FlawKind,
    PhotoId,
    SceneId,
    Sharpness,
)
from fixtures.frames import analysis, face, look, scores

Measures = Mapping[PhotoId, Analysis]


def group(name: str, frames: int = 1, scene: str = "scene", kind: ClusterKind | None = None) -> Cluster:
    """A single, or a burst whose first frame is suggested."""
    ids = tuple(PhotoId(f"{name}{number}") for number in range(frames))
    kind = kind or (ClusterKind.BURST if frames > 1 else ClusterKind.SINGLE)
    ranked = tuple(replace(score, total=1 - 0.1 * at) for at, score in enumerate(scores(ids)))
    return Cluster(
        ClusterId(name),
        kind,
        ids,
        SceneId(scene),
        suggested_pick=ids[0] if kind is ClusterKind.BURST else None,
        scores=ranked if kind is not ClusterKind.SINGLE else (),
    )


def measured(clusters: Sequence[Cluster], faces: Mapping[str, tuple[Face, ...]] | None = None) -> Measures:
    """Each group looks like nothing else, its frames like each other."""
    found = {}
    for number, cluster in enumerate(clusters):
        for at, photo_id in enumerate(cluster.photo_ids):
            one = analysis(
                photo_id, look(number, 0.05 * at, seed=at), faces=(faces or {}).get(cluster.id, ())
            )
            found[photo_id] = replace(one, sharpness=Sharpness(0.5, in_focus=0.9))
    return found


def somebody(identity: int, x: float = 0.4, smile: float = 0.5) -> Face:
    return replace(
        face(smile=smile), box=Box(x, 0.4, 0.15, 0.15), identity=identity, eyes=EyeState.OPEN, confidence=0.95
    )


def decided(flag: Flag, photo_id: str, accepted: Accepted | None = None) -> dict[PhotoId, Decision]:
    return {PhotoId(photo_id): Decision(PhotoId(photo_id), flag, accepted=accepted)}


shoots = st.lists(
    st.tuples(st.integers(1, 4), st.sampled_from(["s0", "s1", "s2"])), min_size=1, max_size=12
).map(lambda groups: [group(f"g{number:02d}f", *made) for number, made in enumerate(groups)])


@settings(max_examples=60)
@given(shoots, st.integers(0, 15), st.randoms(use_true_random=False))
def test_it_is_so_many_never_two_of_a_group_and_whatever_comes_first_the_same(
    clusters: list[Cluster], count: int, chance: random.Random
) -> None:
    analyses = measured(clusters)
    frames = sorted(analyses)
    flags = {one: chance.choice([None, None, Flag.PICK, Flag.REJECT]) for one in frames}
    decisions = {one: Decision(one, flag) for one, flag in flags.items()}
    found = best_of(count, clusters, analyses, decisions, {}, ())

    of = {photo_id: cluster for cluster in clusters for photo_id in cluster.photo_ids}
    available = [c for c in clusters if any(flags[one] is not Flag.REJECT for one in c.photo_ids)]
    chosen = [one.photo_id for one in found]
    assert len(chosen) == min(count, len(available))
    assert len({of[one].id for one in chosen}) == len(chosen)
    assert all(flags[one] is not Flag.REJECT for one in chosen)

    picks = [flags[one] is Flag.PICK for one in chosen]
    assert picks == sorted(picks, reverse=True), "the user's own come first"
    if False in picks:
        assert {of[one].id for one in chosen if flags[one] is Flag.PICK} == {
            cluster.id for cluster in clusters if any(flags[one] is Flag.PICK for one in cluster.photo_ids)
        }
    for is_pick in (True, False):
        gains = [one.gain for one, pick in zip(found, picks, strict=True) if pick is is_pick]
        assert all(before >= after >= 0 for before, after in pairwise(gains))

    mixed = list(clusters)
    chance.shuffle(mixed)
    chance.shuffle(frames)
    assert best_of(count, mixed, {one: analyses[one] for one in frames}, decisions, {}, ()) == found
    assert best_of(count + 1, clusters, analyses, decisions, {}, ())[: len(found)] == found


def test_the_suggested_frame_stands_for_its_burst_and_the_users_own_choice_before_it() -> None:
    clusters = [group("a", 3), group("b", 3)]
    analyses = measured(clusters)
    assert {one.photo_id for one in best_of(9, clusters, analyses, {}, {}, ())} == {"a0", "b0"}
    found = best_of(9, clusters, analyses, decided(Flag.PICK, "b2"), {}, ())
    assert [one.photo_id for one in found] == ["b2", "a0"]
    assert Adds.YOURS in found[0].adds
    assert Adds.YOURS not in found[1].adds
    stars = {PhotoId("b1"): Decision(PhotoId("b1"), rating=4)}
    assert best_of(1, clusters, analyses, stars, {}, ())[0].photo_id == "b1"
    of_camera = {PhotoId("b1"): Decision(PhotoId("b1"), rating=4, stars_of_camera=True)}
    assert {one.photo_id for one in best_of(9, clusters, analyses, of_camera, {}, ())} == {"a0", "b0"}


def test_what_a_profile_takes_for_meant_is_proposed() -> None:
    clusters = [group("a"), group("b")]
    analyses = measured(clusters)
    analyses = {**analyses, PhotoId("a0"): replace(analyses[PhotoId("a0")], sharpness=Sharpness(0.5, 0.01))}
    assert [one.photo_id for one in best_of(9, clusters, analyses, {}, {}, ())] == ["b0"]
    forgiven = {FlawKind.BLURRED}
    assert [one.photo_id for one in best_of(9, clusters, analyses, {}, {}, forgiven)] == ["b0", "a0"]


def test_an_accepted_suggestion_is_not_the_users_own_choice() -> None:
    clusters = [group("a", 3), group("b", 3)]
    accepted = decided(Flag.PICK, "a1", Accepted.MANY)
    found = best_of(9, clusters, measured(clusters), accepted, {}, ())
    assert {one.photo_id for one in found} == {"a1", "b0"}
    assert all(Adds.YOURS not in one.adds for one in found)


def test_what_has_a_flaw_is_damaged_or_rejected_is_never_in_but_what_the_user_kept_is() -> None:
    clusters = [group("a"), group("b"), group("c", 2), group("d")]
    analyses = dict(measured(clusters))
    for one in ("a0", "b0", "c0"):
        analyses[PhotoId(one)] = replace(analyses[PhotoId(one)], sharpness=Sharpness(0.1, in_focus=0.01))
    decisions = {**decided(Flag.PICK, "b0"), **decided(Flag.REJECT, "d0")}
    found = [one.photo_id for one in best_of(9, clusters, analyses, decisions, {}, ())]
    assert found == ["b0", "c1"], "of a burst the best that is sound"


def test_a_frame_and_its_copy_are_not_both_in() -> None:
    clusters = [group("a"), group("b"), group("c")]
    copies = {PhotoId("c0"): PhotoId("a0")}
    found = {one.photo_id for one in best_of(9, clusters, measured(clusters), {}, copies, ())}
    assert len(found) == 2
    assert "b0" in found
    kept = best_of(9, clusters, measured(clusters), decided(Flag.PICK, "c0"), copies, ())
    assert {one.photo_id for one in kept} == {"b0", "c0"}


def test_each_scene_comes_before_the_second_of_any() -> None:
    clusters = [group(f"g{scene}{number}", scene=f"s{scene}") for scene in range(4) for number in range(5)]
    found = best_of(4, clusters, measured(clusters), {}, {}, ())
    assert {one.scene_id for one in found} == {"s0", "s1", "s2", "s3"}
    assert all(Adds.SCENE in one.adds for one in found)


def test_everybody_comes_before_somebody_twice() -> None:
    clusters = [group(f"g{number}") for number in range(6)]
    faces: dict[str, tuple[Face, ...]] = {cluster.id: (somebody(0),) for cluster in clusters}
    faces[clusters[3].id] = (somebody(1),)
    faces[clusters[5].id] = (somebody(2),)
    found = best_of(3, clusters, measured(clusters, faces), {}, {}, ())
    assert {person for one in found for person in one.people} == {0, 1, 2}
    assert all(Adds.PERSON in one.adds for one in found)


def test_pictures_of_one_kind_are_not_all_taken_before_one_of_another() -> None:
    clusters = [group(f"g{number}") for number in range(12)]
    alike = {
        cluster.photo_ids[0]: replace(
            analysis(cluster.photo_ids[0], look(number // 4, 0.1, seed=number)),
            sharpness=Sharpness(0.5, in_focus=0.9),
        )
        for number, cluster in enumerate(clusters)
    }
    found = best_of(3, clusters, alike, {}, {}, ())
    assert {clusters.index(group(one.photo_id[:-1])) // 4 for one in found} == {0, 1, 2}
    more = best_of(6, clusters, alike, {}, {}, ())
    assert [one.adds for one in more[3:]] == [(Adds.GOOD,)] * 3


def test_of_two_alike_the_better_one_is_taken() -> None:
    clusters = [group("a"), group("b")]
    same = look(1)
    analyses = {
        PhotoId("a0"): replace(analysis("a0", same), sharpness=Sharpness(0.5, in_focus=0.5)),
        PhotoId("b0"): replace(analysis("b0", same), sharpness=Sharpness(0.5, in_focus=0.95)),
    }
    assert best_of(1, clusters, analyses, {}, {}, ())[0].photo_id == "b0"


@pytest.mark.parametrize("count", [0, 3])
def test_nothing_comes_of_nothing(count: int) -> None:
    assert best_of(count, [], {}, {}, {}, ()) == ()
    assert best_of(count, [group("a")], {}, {}, {}, ()) == ()
    assert best_of(0, [group("a")], measured([group("a")]), {}, {}, ()) == ()


def test_a_large_shoot_is_stood_for_by_a_part_of_it() -> None:
    clusters = [group(f"g{number:04d}") for number in range(1700)]
    noise = np.random.default_rng(3).normal(size=(1700, 16)).astype(np.float32)
    analyses = {
        cluster.photo_ids[0]: replace(
            analysis(cluster.photo_ids[0], noise[number]), sharpness=Sharpness(0.5, in_focus=0.9)
        )
        for number, cluster in enumerate(clusters)
    }
    found = best_of(30, clusters, analyses, {}, {}, ())
    assert len({one.photo_id for one in found}) == 30
    assert best_of(30, clusters[::-1], analyses, {}, {}, ()) == found
