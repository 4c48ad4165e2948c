"""Measures of one frame tell what they are meant to tell."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.analysis import exposure, sharpness
from core.analysis.faces import eye_state
from core.analysis.fingerprint import perceptual_hash
from core.protocols import FaceReading
from core.types import Box, EyeState
from fixtures.shoots import blurred, scene


def sharp(picture: np.ndarray) -> float:
    return sharpness.SharpnessMap(sharpness.luma(picture)).frame()


@pytest.mark.parametrize("seed", range(4))
def test_more_blur_is_less_sharp_at_every_step(seed: int) -> None:
    picture = scene(seed)
    measures = [sharp(picture), *(sharp(blurred(picture, radius)) for radius in (0.6, 1.2, 2.4, 5.0))]
    assert measures == sorted(measures, reverse=True)
    assert measures[0] > 1.5 * measures[2]


def test_a_shallow_depth_of_field_is_not_blur() -> None:
    picture = scene(1)
    shallow = blurred(picture, 4.0).copy()
    shallow[250:400, 350:600] = picture[250:400, 350:600]
    assert sharp(shallow) > 0.5 * sharp(picture)
    assert sharp(shallow) > 5 * sharp(blurred(picture, 4.0))


def test_brightness_does_not_pass_for_sharpness() -> None:
    picture = scene(2)
    darker = (picture * 0.6).astype(np.uint8)
    assert sharp(darker) == pytest.approx(sharp(picture), rel=0.25)


def test_a_region_is_measured_by_itself() -> None:
    picture = scene(3)
    picture[:, 480:] = blurred(picture, 4.0)[:, 480:]
    tiles = sharpness.SharpnessMap(sharpness.luma(picture))
    left, right = tiles.region(Box(0, 0, 0.5, 1)), tiles.region(Box(0.5, 0, 0.5, 1))
    assert left is not None
    assert right is not None
    assert left > 2 * right
    assert tiles.region(Box(0.5, 0.5, 0.001, 0.001)) is None


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 60), st.integers(1, 60), st.integers(0, 255))
def test_any_small_flat_picture_has_finite_measures(width: int, height: int, grey: int) -> None:
    picture = np.full((height, width, 3), grey, np.uint8)
    assert sharp(picture) == 0.0
    light = exposure.measure(sharpness.luma(picture))
    assert 0.0 <= light.score <= 1.0
    assert light.mean == pytest.approx(grey / 255)


def test_black_and_white_frames_score_nothing() -> None:
    for grey in (0, 255):
        assert exposure.measure(np.full((50, 50), grey, np.uint8)).score == pytest.approx(0.0, abs=0.02)


def test_a_normal_frame_beats_its_over_and_underexposed_versions() -> None:
    picture = scene(4).astype(np.float32)
    versions = [np.clip(picture * gain, 0, 255).astype(np.uint8) for gain in (1.0, 0.25, 3.5)]
    normal, dark, bright = (exposure.measure(sharpness.luma(version)).score for version in versions)
    assert normal > dark
    assert normal > bright


def reading(right: float, left: float, yaw: float = 0.0) -> FaceReading:
    return FaceReading(right, left, 0.3, yaw, 0.0, 0.0)


def test_eyes_have_three_states() -> None:
    assert eye_state(reading(0.1, 0.1))[0] is EyeState.OPEN
    assert eye_state(reading(0.9, 0.9))[0] is EyeState.CLOSED
    assert eye_state(reading(0.9, 0.9, yaw=70))[0] is EyeState.CANT_TELL
    assert eye_state(reading(0.9, 0.05))[0] is not EyeState.CLOSED, "a wink is not closed eyes"


def test_hash_is_near_for_the_same_and_far_for_another_picture() -> None:
    def distance(one: np.ndarray, other: np.ndarray) -> int:
        return (perceptual_hash(one) ^ perceptual_hash(other)).bit_count()

    assert distance(scene(1), blurred(scene(1), 1.0)) <= 6
    assert distance(scene(1), scene(2)) >= 16
