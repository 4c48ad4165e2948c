"""Frames laid over each other: to a pixel where they show the same, not at all where they do not."""

import math

import cv2
import numpy as np
import pytest

from core.grouping.registration import Registration, corners_of, register
from core.subject.unlike_eyes import unlike_eyes
from core.types import Box, EyeState, Face
from fixtures.frames import analysis
from fixtures.shoots import scene

SIZE = (960, 640)


def taken(degrees: float, zoom: float, right: float, down: float) -> tuple[np.ndarray, np.ndarray]:
    """A scene as another frame of a burst shows it, and the movement between them in pixels."""
    movement = cv2.getRotationMatrix2D((480, 320), degrees, zoom)
    movement[:, 2] += np.array([right, down])
    return cv2.warpAffine(scene(1), movement, SIZE, borderMode=cv2.BORDER_REFLECT), movement


def registered(one: np.ndarray, other: np.ndarray) -> Registration | None:
    return register(corners_of(one), corners_of(other))


@pytest.mark.parametrize(
    ("degrees", "zoom", "right", "down"), [(0, 1, 0, 0), (0, 1, 40, -25), (4, 1, 12, 30), (-2, 1.12, -30, 8)]
)
def test_a_hand_held_frame_is_laid_over_another_to_a_pixel_or_two(
    degrees: float, zoom: float, right: float, down: float
) -> None:
    other, movement = taken(degrees, zoom, right, down)
    found = registered(scene(1), other)
    assert found is not None
    for x, y in ((0.2, 0.2), (0.5, 0.5), (0.8, 0.3), (0.3, 0.8)):
        true = movement @ (x * SIZE[0], y * SIZE[1], 1)
        across, down_to = found.place(x, y)
        assert math.hypot(across * SIZE[0] - true[0], down_to * SIZE[1] - true[1]) < 1.6
        back = found.inverse().place(across, down_to)
        assert back == pytest.approx((x, y))


def test_the_size_at_which_a_frame_was_decoded_does_not_matter() -> None:
    other, movement = taken(3, 1, 20, 10)
    found = registered(scene(1), cv2.resize(other, (720, 480), interpolation=cv2.INTER_AREA))
    assert found is not None
    true = movement @ (480, 320, 1)
    assert found.place(0.5, 0.5) == pytest.approx((true[0] / 960, true[1] / 640), abs=0.002)


def test_frames_of_different_things_do_not_lie_over_each_other() -> None:
    assert registered(scene(1), scene(2)) is None


def test_a_frame_without_anything_on_it_lies_over_nothing() -> None:
    black = np.zeros((640, 960, 3), np.uint8)
    assert registered(black, scene(1)) is None
    assert registered(scene(1), black[:20, :20]) is None


def blinking(x: float, eyes: EyeState) -> Face:
    return Face(Box(x, 0.3, 0.1, 0.15), 0.95, eyes=eyes)


def test_whose_eyes_differ_is_found_and_who_cannot_be_told_is_not() -> None:
    here = analysis(
        "a", faces=(blinking(0.1, EyeState.OPEN), blinking(0.4, EyeState.OPEN), blinking(0.7, EyeState.OPEN))
    )
    there = analysis(
        "b",
        faces=(
            blinking(0.71, EyeState.CANT_TELL),
            blinking(0.41, EyeState.CLOSED),
            blinking(0.1, EyeState.OPEN),
        ),
    )
    assert unlike_eyes(here, there) == (Box(0.4, 0.3, 0.1, 0.15),)
    assert unlike_eyes(here, here) == ()
