"""Which frame of a burst wins, and what is said about it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ranking.main_faces import main_faces
from core.ranking.score import rank
from core.settings import Weights
from core.types import Analysis, Box, Cluster, ClusterId, ClusterKind, EyeState, PhotoId, SceneId, Sharpness
from fixtures.frames import analysis, face


def ranked(
    *frames: Analysis, kind: ClusterKind = ClusterKind.BURST, weights: Weights | None = None
) -> Cluster:
    cluster = Cluster(ClusterId("c"), kind, tuple(frame.photo_id for frame in frames), SceneId("s"))
    return rank(cluster, {frame.photo_id: frame for frame in frames}, weights or Weights())


def test_the_sharpest_frame_wins_and_says_so() -> None:
    cluster = ranked(analysis("soft", sharpness=0.2), analysis("sharp", sharpness=0.6), analysis("mid"))
    assert cluster.suggested_pick == "sharp"
    assert cluster.reasons[0] == "Sharpest of 3"
    assert not cluster.too_close


def test_open_eyes_beat_a_slightly_sharper_frame() -> None:
    blink = analysis("blink", faces=(face(EyeState.CLOSED, sharpness=0.55),))
    look = analysis("look", faces=(face(EyeState.OPEN, sharpness=0.50),))
    cluster = ranked(blink, look)
    assert cluster.suggested_pick == "look"
    assert cluster.reasons[0] == "Eyes open"


def test_in_a_group_photo_most_open_eyes_win() -> None:
    three = analysis("three", faces=(face(), face(), face()))
    two = analysis("two", sharpness=0.55, faces=(face(), face(), face(EyeState.CLOSED)))
    cluster = ranked(two, three)
    assert cluster.suggested_pick == "three"
    assert "All 3 faces have open eyes" in cluster.reasons


def test_eyes_that_cannot_be_told_are_not_closed_eyes() -> None:
    sunglasses = analysis("sunglasses", faces=(face(EyeState.CANT_TELL),))
    closed = analysis("closed", faces=(face(EyeState.CLOSED),))
    assert ranked(closed, sunglasses).suggested_pick == "sunglasses"
    assert ranked(closed, sunglasses).reasons[0] == "No closed eyes to be seen"


def test_passers_by_do_not_count() -> None:
    passer_by = face(EyeState.CLOSED, size=0.03)
    alone = analysis("alone", sharpness=0.50, faces=(face(),))
    photobombed = analysis("photobombed", sharpness=0.50, faces=(face(sharpness=0.6), passer_by))
    assert ranked(alone, photobombed).suggested_pick == "photobombed"


def test_equal_frames_are_too_close_to_call() -> None:
    cluster = ranked(analysis("one", sharpness=0.500), analysis("two", sharpness=0.501))
    assert cluster.too_close
    assert cluster.reasons[0].startswith("Too close to call")


def test_weights_change_the_winner() -> None:
    smiling = analysis("smiling", faces=(face(smile=0.9, sharpness=0.3),))
    crisp = analysis("crisp", faces=(face(smile=0.1, sharpness=0.6),))
    assert ranked(smiling, crisp, weights=Weights(smile=0.0)).suggested_pick == "crisp"
    assert ranked(smiling, crisp, weights=Weights(sharpness=0.05, smile=1.0)).suggested_pick == "smiling"


def test_nothing_is_suggested_for_singles_and_brackets() -> None:
    assert ranked(analysis("one"), kind=ClusterKind.SINGLE).suggested_pick is None
    bracket = ranked(analysis("dark"), analysis("light"), kind=ClusterKind.BRACKET)
    assert bracket.suggested_pick is None
    assert len(bracket.scores) == 2


def test_frames_that_were_not_measured_are_left_out() -> None:
    cluster = Cluster(ClusterId("c"), ClusterKind.BURST, (PhotoId("broken"), PhotoId("fine")), SceneId("s"))
    result = rank(cluster, {PhotoId("fine"): analysis("fine")}, Weights())
    assert result.suggested_pick == "fine"
    assert [score.photo_id for score in result.scores] == ["fine"]


def test_nothing_is_suggested_before_all_frames_are_measured() -> None:
    cluster = Cluster(ClusterId("c"), ClusterKind.BURST, (PhotoId("now"), PhotoId("later")), SceneId("s"))
    result = rank(cluster, {PhotoId("now"): analysis("now")}, Weights(), pending={PhotoId("later")})
    assert result.suggested_pick is None
    assert result.scores == ()


faces = st.lists(
    st.builds(
        face,
        st.sampled_from(EyeState),
        smile=st.floats(0, 1),
        sharpness=st.floats(0, 5),
        size=st.floats(0.01, 0.5),
    ),
    max_size=4,
).map(tuple)


@given(st.lists(st.tuples(st.floats(0, 10), st.floats(0, 1), faces), min_size=1, max_size=6))
def test_every_total_is_the_sum_of_its_terms_and_within_bounds(
    frames: list[tuple[float, float, tuple]],
) -> None:
    measured = [
        analysis(str(i), sharpness=sharp, exposure=light, faces=people)
        for i, (sharp, light, people) in enumerate(frames)
    ]
    cluster = ranked(*measured)
    assert {score.photo_id for score in cluster.scores} == set(cluster.photo_ids)
    totals = [score.total for score in cluster.scores]
    assert totals == sorted(totals, reverse=True)
    for score in cluster.scores:
        assert 0.0 <= score.total <= 1.0 + 1e-9
        told = [term for term in score.terms if term.value is not None]
        assert sum(term.weight for term in told) == pytest.approx(1.0)
        assert score.total == pytest.approx(sum(term.value * term.weight for term in told if term.value))


def copy_of(original: Analysis, name: str, **changes: object) -> Analysis:
    return replace(original, photo_id=PhotoId(name), **changes)


def test_the_original_is_preferred_to_its_sharper_crop_and_its_recompressed_copy() -> None:
    original = replace(analysis("original", sharpness=0.5), compression=2.0)
    crop = copy_of(original, "crop", width=4800, sharpness=Sharpness(0.55))
    resaved = copy_of(original, "resaved", compression=9.0)
    cluster = ranked(crop, resaved, original)
    assert cluster.suggested_pick == "original"
    assert cluster.reasons[0] == "The original, the others are copies"


def test_a_camera_that_aims_at_a_file_size_makes_no_copies() -> None:
    frames = [replace(analysis(name), compression=step) for name, step in (("a", 2.0), ("b", 2.6))]
    cluster = ranked(*frames)
    assert {term.value for score in cluster.scores for term in score.terms if term.name == "original"} == {
        None
    }


def test_a_face_cut_by_the_frame_is_worth_less_than_a_whole_one() -> None:
    whole = analysis("whole", faces=(face(),))
    cut = analysis("cut", faces=(replace(face(), box=Box(0.0, 0.4, 0.2, 0.2)),))
    cluster = ranked(cut, whole)
    assert cluster.suggested_pick == "whole"


def test_passers_by_are_told_by_size_place_and_focus() -> None:
    main = face(size=0.2, sharpness=1.0)
    beside = replace(face(size=0.12, sharpness=1.0), box=Box(0.1, 0.4, 0.12, 0.12))
    at_the_edge = replace(beside, box=Box(0.0, 0.4, 0.12, 0.12))
    behind = replace(beside, sharpness=0.1)
    tiny = face(size=0.05)
    assert main_faces([main, beside, at_the_edge, behind, tiny], 0.04) == [main, beside]


def test_the_group_with_most_open_eyes_beats_a_slightly_sharper_one() -> None:
    def group(name: str, closed: int, sharpness: float) -> Analysis:
        faces = tuple(
            replace(
                face(EyeState.CLOSED if at < closed else EyeState.OPEN, sharpness=sharpness),
                box=Box(0.1 + 0.08 * at, 0.4, 0.07, 0.07),
            )
            for at in range(10)
        )
        return analysis(name, faces=faces)

    sharper, better = group("sharper", 1, 1.0), group("better", 0, 0.93)
    cluster = ranked(sharper, better)
    assert cluster.suggested_pick == "better"


def test_what_is_hardly_a_face_does_not_decide() -> None:
    doll = replace(face(sharpness=0.9), confidence=0.65)
    blurred = analysis("blurred", sharpness=0.2, faces=(doll,))
    sharp = analysis("sharp", sharpness=0.6, faces=(replace(doll, eyes=EyeState.CLOSED, sharpness=0.3),))
    assert ranked(blurred, sharp).suggested_pick == "sharp"


def test_eyes_are_compared_with_the_same_person_s_eyes() -> None:
    """In one frame somebody else is in front: her sharp eyes say nothing of his."""
    him, her = face(sharpness=0.5), replace(face(sharpness=0.9), box=Box(0.7, 0.1, 0.2, 0.2))
    both = analysis("both", sharpness=0.4, faces=(replace(him, sharpness=0.4), her))
    alone = analysis("alone", sharpness=0.5, faces=(him,))
    value = {
        score.photo_id: next(term.value for term in score.terms if term.name == "sharpness")
        for score in ranked(both, alone).scores
    }
    assert value == {"alone": 1.0, "both": pytest.approx(0.8)}
