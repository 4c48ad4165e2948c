"""The sums of benchmarks/quality, where their results are known."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.quality.degradation import blurred, cropped, disc, exposed, streak, versions
from benchmarks.quality.labelled import area_under_curve, b_cubed
from fixtures.shoots import scene

labels = st.lists(st.integers(0, 3), min_size=1, max_size=12)


def test_the_area_counts_pairs_in_order() -> None:
    assert area_under_curve([3, 2], [1, 0]) == 1
    assert area_under_curve([1], [1]) == 0.5
    assert area_under_curve([3, 0], [1]) == 0.5
    assert math.isnan(area_under_curve([], [1]))


@given(labels)
def test_b_cubed_is_whole_for_the_truth_under_other_names(truth: list[int]) -> None:
    assert b_cubed([f"person {label}" for label in truth], truth) == (1, 1, 1)


def test_b_cubed_of_one_heap_and_of_all_alone() -> None:
    truth = [0, 0, 1, 1]
    assert b_cubed([0] * 4, truth) == pytest.approx((0.5, 1, 2 / 3))
    assert b_cubed([0, 1, 2, 3], truth) == pytest.approx((1, 0.5, 2 / 3))


@pytest.mark.parametrize("kernel", [disc(0.8), disc(7.5), streak(2.0, 0.3), streak(31.0, 1.2)])
def test_a_blur_keeps_the_light_of_a_flat_picture(kernel: np.ndarray) -> None:
    flat = np.full((60, 80, 3), 137, np.uint8)
    assert kernel.sum() == pytest.approx(1, abs=1e-5)
    assert (blurred(flat, kernel) == flat).all()


def test_exposure_goes_both_ways_and_a_crop_keeps_its_pixels() -> None:
    picture = scene(0)
    assert exposed(picture, 1.0).mean() > picture.mean() > exposed(picture, -1.0).mean()
    assert (exposed(picture, 0.0) == picture).all()
    assert (cropped(picture, (0.5, 0, 1, 1)) == picture[:, picture.shape[1] // 2 :]).all()


def test_there_are_27_versions() -> None:
    kinds = [kind for kind, _ in versions(scene(0)[:200, :300], 1)]
    assert sum(not kind.startswith("(") for kind in kinds) == 27
