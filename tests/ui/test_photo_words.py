"""What is said of a photo: its exposure, its time, its place in a group, and why it is suggested or not."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QSizeF

from core.pipeline.events import ClustersUpdated, Finished, PhotoFailed, PhotosAnalyzed
from core.ranking.argued import Argued
from core.types import (
    Cluster,
    ClusterId,
    ClusterKind,
    Fact,
    Reason,
    Scene,
    SceneId,
    Shot,
    Sureness,
    TimeSource,
)
from fixtures.frames import analysis
from fixtures.one_burst import BURST, PHOTOS, A, B, C, score, shoot_of
from ui.marks.cell_facts import Advice, advice_on
from ui.marks.info_plates import info_lines
from ui.marks.photo_words import exposure_time, place_in_group, shot_facts, time_taken, why


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (1 / 250, "1/250 s"),
        (0.0166666, "1/60 s"),
        (0.25, "1/4 s"),
        (0.5, "0.5 s"),
        (2.0, "2 s"),
    ],
)
def test_shutter_times_read_as_on_a_camera(seconds: float, words: str) -> None:
    assert exposure_time(seconds) == words


def test_shot_facts_leave_out_what_the_file_does_not_say() -> None:
    full = Shot(exposure_time=1 / 250, f_number=4.0, iso=400, focal_length=50.0, exposure_bias=-1.0)
    assert shot_facts(full) == "1/250 s  f/4  ISO 400  50 mm  −1.0 EV"
    assert shot_facts(Shot(f_number=2.8)) == "f/2.8"
    assert shot_facts(Shot()) == ""


def test_the_info_names_the_lens_where_the_file_does() -> None:
    photo = replace(PHOTOS[0], camera_name="Testcam 1", shot=Shot(f_number=2.8, lens="Testlens 50"))
    lines = info_lines(photo, QSizeF(6000, 4000))
    assert lines[lines.index("Testcam 1") :][:3] == ["Testcam 1", "Testlens 50", "f/2.8"]
    assert "Testlens 50" not in info_lines(replace(photo, shot=Shot()), QSizeF(6000, 4000))


def test_a_date_that_is_only_the_file_s_says_so() -> None:
    taken = replace(PHOTOS[0], taken_at=datetime(2024, 5, 1, 9, 8, 7))
    assert time_taken(replace(taken, time_source=TimeSource.EXIF)) == "2024-05-01 09:08:07"
    assert time_taken(replace(taken, time_source=TimeSource.FILE)).endswith("(date of the file)")
    assert time_taken(replace(taken, taken_at=None)) == "no date"


def test_the_suggested_frame_has_its_reasons_and_its_lead() -> None:
    assert why(B, shoot_of(BURST)) == "Suggested from 3: eyes open, sharpest of 3 · ahead by 0.12"


def test_while_the_shoot_is_measured_a_suggestion_holds_only_so_far() -> None:
    shoot = shoot_of(BURST, finished=False)
    assert why(B, shoot).startswith("So far: suggested from 3: eyes open")
    assert advice_on(B, shoot) is Advice.SO_FAR
    shoot.apply(Finished(1, photos=4, computed=3, failed=0, cancelled=True, seconds=1.0))
    assert why(B, shoot).startswith("So far: suggested from 3"), "who stopped it may go on"
    assert advice_on(B, shoot) is Advice.SO_FAR
    shoot.apply(Finished(1, photos=4, computed=4, failed=0, cancelled=False, seconds=1.0))
    assert advice_on(B, shoot) is Advice.SUGGESTED


def test_a_close_call_is_called_one() -> None:
    close = replace(BURST, sureness=Sureness.CLOSE, margin=0.01, reasons=(Reason(Fact.BEST_SMILE),))
    assert why(B, shoot_of(close)) == "Too close to call: the runner-up is as good · best smile"


def test_what_is_as_good_is_best_in_nothing() -> None:
    close = replace(BURST, sureness=Sureness.CLOSE, margin=0.01, reasons=(Reason(Fact.BEST_SUM),))
    shoot = shoot_of(close)
    argued = Argued.of(close, {each: analysis(each) for each in (A, B)}, {})
    assert argued.robustness is not None
    assert why(B, shoot, argued) == "Too close to call: the runner-up is as good"


def test_of_a_close_call_both_frames_say_the_same() -> None:
    scores = (score(B, 1.0, 0.9), score(A, 0.998, 0.9), score(C, 0.5, 0.9))
    shoot = shoot_of(replace(BURST, sureness=Sureness.CLOSE, margin=0.001, scores=scores))
    assert why(B, shoot).startswith("Too close to call: the runner-up is as good")
    assert why(A, shoot) == "Too close to call: as good as b.jpg"
    assert why(C, shoot).startswith("Loses to b.jpg by 0.25")


def test_a_suggestion_that_is_not_clear_is_called_probable() -> None:
    leaning = replace(BURST, sureness=Sureness.LEANING)
    words = "Suggested from 3, though not surely: eyes open, sharpest of 3 · ahead by 0.12"
    assert why(B, shoot_of(leaning)) == words


def test_another_frame_is_told_what_it_lacks_and_what_it_has() -> None:
    assert why(A, shoot_of(BURST)) == "Loses to b.jpg by 0.20: eyes more lowered or turned away, but sharper"


def test_a_frame_that_was_not_measured_is_not_called_worse() -> None:
    assert why(C, shoot_of(BURST)) == "b.jpg is suggested; this frame could not be measured."


def test_a_burst_that_is_not_measured_whole_says_how_far_it_is() -> None:
    shoot = shoot_of(replace(BURST, suggested_pick=None, scores=()), finished=False)
    shoot.apply(PhotosAnalyzed(1, (analysis(A),)))
    words = "1 of 3 frames of this burst are measured; the best is suggested when all are."
    assert why(A, shoot) == why(B, shoot) == words
    shoot.apply(Finished(1, photos=3, computed=1, failed=0, cancelled=True, seconds=1.0))
    assert why(A, shoot) == "The frames of this burst were not measured, so none is suggested."


def test_brackets_and_singles_say_that_there_is_nothing_to_choose() -> None:
    bracket = replace(BURST, kind=ClusterKind.BRACKET, suggested_pick=None)
    assert "belongs together" in why(A, shoot_of(bracket))
    single = Cluster(ClusterId("one"), ClusterKind.SINGLE, (A,), SceneId("s"))
    shoot = shoot_of(single, finished=False)
    assert why(A, shoot).startswith("Not measured yet.")
    shoot.apply(PhotosAnalyzed(1, (analysis(A),)))
    so_far = "So far it belongs to no other frame: others are still to be measured."
    assert why(A, shoot) == so_far
    shoot.apply(Finished(1, photos=3, computed=1, failed=0, cancelled=True, seconds=1.0))
    assert why(A, shoot) == so_far
    shoot.apply(Finished(1, photos=3, computed=3, failed=0, cancelled=False, seconds=1.0))
    assert "nothing to compare" in why(A, shoot)
    assert place_in_group(A, single) == ""


def test_a_frame_that_fits_no_scene_says_so() -> None:
    groups = (
        Cluster(ClusterId("alone"), ClusterKind.SINGLE, (A,), SceneId("alone")),
        Cluster(ClusterId("rest"), ClusterKind.BURST, (B, C), SceneId("rest")),
    )
    scenes = tuple(Scene(group.scene_id, (group.id,), None, None) for group in groups)
    shoot = shoot_of(groups[0])
    shoot.apply(ClustersUpdated(1, groups, scenes))
    shoot.apply(PhotosAnalyzed(1, (analysis(A),)))
    assert (
        why(A, shoot) == "A single frame that fits no scene: nothing its camera took near it looks like it."
    )


def test_of_a_file_that_cannot_be_used_nothing_is_said_but_why() -> None:
    shoot = shoot_of(Cluster(ClusterId("one"), ClusterKind.SINGLE, (A,), SceneId("s")))
    reason = "This is no picture, but text."
    shoot.apply(PhotoFailed(1, shoot.photos[A].path, reason, A))
    assert why(A, shoot) == reason


def test_the_time_of_a_clock_that_was_set_right_says_what_the_camera_wrote() -> None:
    photo = replace(PHOTOS[0], taken_at=datetime(2024, 5, 1, 9, 8, 7), clock_shift=timedelta(seconds=-8))
    assert time_taken(photo) == "2024-05-01 09:07:59 (camera: 09:08:07)"


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_the_words_never_claim_a_lead_that_a_frame_does_not_have(
    eyes: float, sharpness: float, best_eyes: float, best_sharpness: float
) -> None:
    own, best = score(A, eyes, sharpness), score(B, best_eyes, best_sharpness)
    words = why(A, shoot_of(replace(BURST, scores=(best, own))))
    assert ("eyes more lowered or turned away" not in words) or best_eyes > eyes
    assert ("less sharp" not in words) or best_sharpness > sharpness
    assert ("sharper" not in words) or sharpness > best_sharpness
    assert ("eyes less lowered or turned away" not in words) or eyes > best_eyes
