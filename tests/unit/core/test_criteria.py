"""What a photographer can ask a shoot to show, and in which order."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.pipeline.events import ClustersUpdated, Finished, PhotosAnalyzed, PhotosFound
from core.shoot.asked import EyesAsked, Focus
from core.shoot.criteria import Criteria, Sort, arranged, cameras, doubts
from core.shoot.shoot import Filter, Shoot
from core.types import (
    Analysis,
    Cluster,
    ClusterId,
    ClusterKind,
    Decision,
    EyeState,
    Flag,
    FrameScore,
    Label,
    PhotoId,
    Scene,
    SceneId,
    Sharpness,
    Sureness,
    Term,
    TermName,
)
from fixtures.frames import START, analysis, face, photo

NAMES = "SABCXYD"


def _score(name: str, sharpness: float) -> FrameScore:
    return FrameScore(PhotoId(name), sharpness, (Term(TermName.SHARPNESS, sharpness, 1.0),))


def _burst(name: str, frames: str, scores: dict[str, float], **facts: Any) -> Cluster:
    ranked = tuple(_score(n, value) for n, value in sorted(scores.items(), key=lambda item: -item[1]))
    best = ranked[0].photo_id if ranked else None
    ids = tuple(map(PhotoId, frames))
    burst = Cluster(ClusterId(name), ClusterKind.BURST, ids, SceneId("one"), best, scores=ranked)
    return replace(burst, **facts)


@pytest.fixture
def shoot() -> Shoot:
    """A single S, a burst A B C (B best, shut eyes in A), a bracket X, a close burst Y D of another camera."""
    shoot = Shoot()
    photos = [replace(photo(n, 10.0 * i), camera_name="Canon R5") for i, n in enumerate(NAMES)]
    photos[5:] = [replace(p, camera_name="Nikon Z 8") for p in photos[5:]]
    shoot.apply(PhotosFound(1, tuple(photos)))
    clusters = (
        Cluster(ClusterId("s"), ClusterKind.SINGLE, (PhotoId("S"),), SceneId("one")),
        _burst("sure", "ABC", {"B": 1.0, "A": 0.7, "C": 0.3}, margin=0.3, sureness=Sureness.CLEAR),
        Cluster(ClusterId("x"), ClusterKind.BRACKET, (PhotoId("X"),), SceneId("one")),
        _burst("close", "YD", {"D": 0.9, "Y": 0.89}, margin=0.01, sureness=Sureness.CLOSE),
    )
    scene = Scene(SceneId("one"), tuple(c.id for c in clusters), START, START + timedelta(minutes=9))
    shoot.apply(ClustersUpdated(1, clusters, (scene,)))
    shut, wide = face(EyeState.CLOSED), face(EyeState.OPEN)
    seen = {"A": (wide, shut), "B": (wide,), "S": (face(EyeState.CANT_TELL),)}
    shoot.apply(PhotosAnalyzed(1, tuple(analysis(n, faces=seen.get(n, ())) for n in NAMES)))
    return shoot


def shown(shoot: Shoot, criteria: Criteria) -> str:
    return "".join(photo_id for photo_id in shoot.photos if criteria.passes(photo_id, shoot))


def decide(shoot: Shoot, name: str, **values: object) -> None:
    shoot.set_decisions({PhotoId(name): Decision(PhotoId(name), **values)})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("criteria", "names"),
    [
        (Criteria(), NAMES),
        (Criteria(Filter.GROUPS), "ABCXYD"),
        (Criteria(eyes=EyesAsked.ALL_OPEN), "B"),
        (Criteria(eyes=EyesAsked.SOME_CLOSED), "A"),
        (Criteria(focus=Focus.SHARP), "BYD"),
        (Criteria(focus=Focus.SOFT), "C"),
        (Criteria(camera="Nikon Z 8"), "YD"),
        (Criteria(kind=ClusterKind.BRACKET), "X"),
        (Criteria(doubtful=True), "YD"),
        (Criteria(text="b"), "B"),
        (Criteria(text="D jpg"), "D"),
        (Criteria(text="nowhere"), ""),
        (Criteria(camera="Canon R5", focus=Focus.SHARP), "B"),
    ],
)
def test_each_question_shows_what_it_asks_for(shoot: Shoot, criteria: Criteria, names: str) -> None:
    assert shown(shoot, criteria) == names


def test_decisions_can_be_asked_for(shoot: Shoot) -> None:
    decide(shoot, "A", flag=Flag.PICK, rating=3, label=Label.RED)
    decide(shoot, "B", flag=Flag.REJECT, rating=5)
    decide(shoot, "S", flag=Flag.UNFLAGGED)
    assert shown(shoot, Criteria(stars=3)) == "AB"
    assert shown(shoot, Criteria(stars=4)) == "B"
    assert shown(shoot, Criteria(labels=frozenset({Label.RED, Label.BLUE}))) == "A"
    assert shown(shoot, Criteria(Filter.UNDECIDED)) == "SCXYD"
    assert shown(shoot, Criteria(Filter.OPEN)) == "CXYD"


@given(
    st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from([None, *Flag])), max_size=12), st.booleans()
)
def test_the_counts_are_those_of_the_filters(
    decided: list[tuple[str, Flag | None]], counted_before: bool
) -> None:
    shoot = Shoot()
    shoot.apply(PhotosFound(1, tuple(photo(n, 1.0) for n in NAMES)))
    bursts = (_burst("b", "ABC", {"A": 1.0}), _burst("c", "XY", {"X": 1.0}))
    singles = [Cluster(ClusterId(n), ClusterKind.SINGLE, (PhotoId(n),), SceneId("one")) for n in "SD"]
    clusters = (*bursts, *singles)
    scene = Scene(SceneId("one"), tuple(c.id for c in clusters), None, None)
    shoot.apply(ClustersUpdated(1, clusters, (scene,)))
    if counted_before:
        assert shoot.tally.open_bursts == 2
    for name, flag in decided:
        decide(shoot, name, flag=flag)
    assert shoot.counts() == {which: len(shown(shoot, Criteria(which))) for which in Filter}
    flags = [[shoot.decision(photo_id).flag for photo_id in burst.photo_ids] for burst in bursts]
    left = [each for each in flags if Flag.PICK not in each and any(flag is not Flag.REJECT for flag in each)]
    assert shoot.tally.open_bursts == len(left)
    assert (shoot.next_open_burst(None) is not None) == bool(left)


def test_a_burst_of_which_all_is_rejected_is_done_with(shoot: Shoot) -> None:
    close, sure = shoot.clusters[ClusterId("close")], shoot.clusters[ClusterId("sure")]
    for photo_id in close.photo_ids:
        decide(shoot, photo_id, flag=Flag.REJECT)
    assert shoot.next_open_burst(None) == sure
    for photo_id in sure.photo_ids:
        decide(shoot, photo_id, flag=Flag.REJECT)
    assert shoot.next_open_burst(None) is None
    assert shoot.tally.open_bursts == 0


def test_doubts_say_why(shoot: Shoot) -> None:
    close, sure = shoot.clusters[ClusterId("close")], shoot.clusters[ClusterId("sure")]
    assert doubts(close, shoot) == ("Too close to call",)
    assert doubts(sure, shoot) == ()
    assert doubts(replace(sure, suggested_pick=PhotoId("A")), shoot) == ("Closed eyes in the best frame",)
    parts = (replace(sure, scores=sure.scores[:2]), replace(sure, suggested_pick=None))
    assert {doubts(part, shoot) for part in parts} == {("Not every frame is measured yet",)}
    shoot.apply(Finished(1, photos=7, computed=3, failed=0, cancelled=True, seconds=1.0))
    assert {doubts(part, shoot) for part in parts} == {("Not every frame is measured yet",)}, "it may go on"
    shoot.apply(Finished(1, photos=7, computed=7, failed=0, cancelled=False, seconds=1.0))
    assert doubts(replace(sure, scores=sure.scores[:2]), shoot) == ("Not every frame could be measured",)
    assert doubts(replace(sure, suggested_pick=None), shoot) == ("Nothing could be measured",)


def _order(shoot: Shoot, sort: Sort) -> str:
    return "".join(pid for _, groups in arranged(shoot, sort) for _, frames in groups for pid in frames)


def test_orders(shoot: Shoot) -> None:
    assert _order(shoot, Sort.TIME) == NAMES
    assert _order(shoot, Sort.SCORE) == "SBACXDY"
    assert _order(shoot, Sort.DOUBT) == "YDABCSX"
    assert arranged(Shoot(), Sort.DOUBT) == []


def test_cameras_are_named_once(shoot: Shoot) -> None:
    assert cameras(shoot) == ("Canon R5", "Nikon Z 8")


def test_blurred_frames_are_found_even_where_they_stand_alone(shoot: Shoot) -> None:
    def measured(name: str, in_focus: float | None) -> Analysis:
        return replace(analysis(name), sharpness=Sharpness(0.5, in_focus))

    shoot.apply(PhotosAnalyzed(1, (measured("S", 0.1), measured("X", 0.9), measured("Y", None))))
    criteria = Criteria(focus=Focus.BLURRED)
    assert [name for name in "SXY" if criteria.passes(PhotoId(name), shoot)] == ["S"]


def test_a_blurred_suggestion_is_a_reason_to_doubt(shoot: Shoot) -> None:
    shoot.apply(PhotosAnalyzed(1, (replace(analysis("B"), sharpness=Sharpness(0.5, 0.05)),)))
    assert "The best frame is blurred" in doubts(shoot.cluster_of(PhotoId("B")), shoot)
