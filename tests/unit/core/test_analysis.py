"""Measures of one frame tell what they are meant to tell."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import ndimage

from core.analysis import exposure, sharpness
from core.analysis.blur import Edges
from core.analysis.eyes import blink_of, chance_open, read_eyes
from core.analysis.fingerprint import perceptual_hash
from core.protocols import FaceReading
from core.scaling import Pyramid
from core.types import Box, Exposure, EyeState
from fixtures.shoots import blurred, scene


def sharp(picture: np.ndarray) -> float:
    return sharpness.SharpnessMap(Pyramid(picture)).frame()


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
    tiles = sharpness.SharpnessMap(Pyramid(picture))
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
    light = exposure.measure(picture, sharpness.luma(picture))
    assert np.isfinite(light.likeliness)
    assert 0.0 <= light.score <= 1.0
    assert light.mean == pytest.approx(grey / 255)


def light(picture: np.ndarray, subject: Box | None = None) -> Exposure:
    return exposure.measure(picture, sharpness.luma(picture), subject)


def test_black_and_white_frames_score_nothing() -> None:
    for grey in (0, 255):
        assert light(np.full((50, 50, 3), grey, np.uint8)).score == pytest.approx(0.0, abs=0.02)


@pytest.mark.parametrize("gain", [0.25, 0.5, 2.0, 3.5])
def test_a_normal_frame_beats_its_over_and_underexposed_versions(gain: float) -> None:
    picture = scene(4)
    wrong = np.clip(picture.astype(np.float32) * gain, 0, 255).astype(np.uint8)
    assert light(picture).likeliness > light(wrong).likeliness


def test_a_burnt_out_sky_is_no_mistake_of_a_well_lit_subject() -> None:
    picture = scene(5).clip(10, 240)
    picture[:200] = 255
    assert light(picture).clipped_high > 0.2
    assert light(picture, Box(0.3, 0.6, 0.3, 0.3)).clipped_high == 0


def test_the_subject_is_the_sharpest_region_and_no_speck() -> None:
    picture = blurred(scene(1), 4.0).copy()
    picture[250:400, 350:600] = scene(1)[250:400, 350:600]
    height, width = picture.shape[:2]
    found = sharpness.SharpnessMap(Pyramid(picture)).subject()
    assert found is not None
    assert found.x * width == pytest.approx(350, abs=40)
    assert (found.x + found.width) * width == pytest.approx(600, abs=40)
    assert found.y * height == pytest.approx(250, abs=40)
    assert (found.y + found.height) * height == pytest.approx(400, abs=40)
    assert sharpness.SharpnessMap(Pyramid(np.full((300, 300, 3), 90, np.uint8))).subject() is None


@pytest.mark.parametrize(("left", "top"), [(0.0, 0.0), (0.8, 0.75), (0.4, 0.4)])
def test_the_subject_is_told_wherever_it_stands(left: float, top: float) -> None:
    width, height = 1488, 992  # tiles of 15 pixels, were they not made to fit all scales
    picture = np.full((height, width, 3), 120, np.uint8)
    x, y = round(left * width), round(top * height)
    part = picture[y : y + height // 5, x : x + width // 5]
    part[:] = np.random.default_rng(0).integers(0, 256, part.shape, dtype=np.uint8)
    found = sharpness.SharpnessMap(Pyramid(picture)).subject()
    assert found is not None
    assert (found.x, found.y) == pytest.approx((left, top), abs=0.03)
    assert (found.width, found.height) == pytest.approx((0.2, 0.2), abs=0.05)


def test_noise_does_not_pass_for_sharpness() -> None:
    picture = blurred(scene(6), 1.0)
    noise = np.random.default_rng(0).normal(0, 6, picture.shape)
    noisy = np.clip(picture + noise, 0, 255).astype(np.uint8)
    assert sharp(noisy) == pytest.approx(sharp(picture), rel=0.2)
    assert sharp(noisy) < sharp(scene(6))


@pytest.mark.parametrize("seed", range(4))
def test_blur_is_told_without_a_frame_to_compare_with(seed: int) -> None:
    picture = scene(seed)
    in_focus = Edges(sharpness.luma(picture)).chance_of_focus()
    out_of_focus = Edges(sharpness.luma(blurred(picture, 5.0))).chance_of_focus()
    shaken = Edges(ndimage.uniform_filter1d(sharpness.luma(picture), 15, axis=1)).chance_of_focus()
    assert in_focus is not None
    assert out_of_focus is not None
    assert shaken is not None
    assert in_focus > 0.5
    assert out_of_focus < 0.1
    assert shaken < 0.1, "the edges along its way stay sharp"


@pytest.mark.parametrize("shape", [(1, 1), (20, 20), (20, 3000), (31, 300), (32, 300), (300, 300)])
def test_a_picture_without_edges_is_neither_blurred_nor_in_focus(shape: tuple[int, int]) -> None:
    assert Edges(np.full(shape, 128, np.uint8)).chance_of_focus() is None


def reading(
    right: float,
    left: float,
    *,
    yaw: float = 0.0,
    smile: float = 0.3,
    gaps: tuple[float, float] | None = None,
) -> FaceReading:
    """A face whose lids are as far apart as its blink scores say, or as ``gaps`` says."""
    gap_right, gap_left = gaps or (0.35 * (1 - right), 0.35 * (1 - left))
    return FaceReading(right, left, smile, yaw, 0.0, 0.0, gap_right, gap_left)


def test_eyes_have_three_states() -> None:
    assert read_eyes(reading(0.1, 0.1), 200).both is EyeState.OPEN
    assert read_eyes(reading(0.9, 0.9), 200).both is EyeState.CLOSED
    assert read_eyes(reading(0.3, 0.3, gaps=(0.15, 0.15)), 200).both is EyeState.CANT_TELL
    assert read_eyes(reading(0.9, 0.9, yaw=70), 200).both is EyeState.CANT_TELL
    assert read_eyes(reading(0.42, 0.42, smile=0.9, gaps=(0.1, 0.1)), 200).both is EyeState.CANT_TELL


def test_narrow_eyes_are_not_closed_eyes() -> None:
    assert read_eyes(reading(0.5, 0.5, gaps=(0.2, 0.2)), 200).both is EyeState.CANT_TELL
    assert read_eyes(reading(0.3, 0.3, gaps=(0.25, 0.25)), 200).both is EyeState.OPEN


def test_of_small_faces_more_is_asked_before_their_eyes_count_as_closed() -> None:
    squinting = reading(0.45, 0.45, gaps=(0.12, 0.12))
    assert read_eyes(squinting, 200).both is EyeState.CLOSED
    assert read_eyes(squinting, 40).both is EyeState.CANT_TELL
    assert read_eyes(reading(0.8, 0.8, gaps=(0.03, 0.03)), 40).both is EyeState.CLOSED


def test_a_wink_is_told_eye_by_eye_and_is_not_closed_eyes() -> None:
    eyes = read_eyes(reading(0.9, 0.02), 200)
    assert (eyes.right, eyes.left) == (EyeState.CLOSED, EyeState.OPEN)
    assert eyes.both is EyeState.CANT_TELL


blinks = st.floats(0, 1)


@given(blinks, blinks, st.floats(-90, 90), blinks, st.tuples(blinks, blinks), st.floats(30, 500))
def test_eyes_are_closed_only_where_both_are(
    right: float, left: float, yaw: float, smile: float, gaps: tuple[float, float], side: float
) -> None:
    eyes = read_eyes(reading(right, left, yaw=yaw, smile=smile, gaps=gaps), side)
    if eyes.both is EyeState.CLOSED:
        assert eyes.right is eyes.left is EyeState.CLOSED
    if eyes.both is EyeState.OPEN:
        assert EyeState.CLOSED not in (eyes.right, eyes.left)
    assert eyes.chance_open is None or 0 <= eyes.chance_open <= 1


@given(blinks)
def test_a_chance_tells_its_blink_score(blink: float) -> None:
    assert blink_of(chance_open(blink)) == pytest.approx(blink, abs=1e-9)


def test_hash_is_near_for_the_same_and_far_for_another_picture() -> None:
    def distance(one: np.ndarray, other: np.ndarray) -> int:
        return (perceptual_hash(one) ^ perceptual_hash(other)).bit_count()

    assert distance(scene(1), blurred(scene(1), 1.0)) <= 6
    assert distance(scene(1), scene(2)) >= 16
