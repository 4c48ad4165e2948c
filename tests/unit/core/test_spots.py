"""Faces cut out upright: every pair of eyes level, and at one height."""

import math
from dataclasses import replace

import numpy as np
import pytest

from core.subject.spots import EYE_LINE, Spot, cut, enough_of, spot_of, subject_spot
from core.types import Box, Face, Sharpness
from fixtures.frames import analysis

WIDTH, HEIGHT = 1500, 1000


def held(turn: float) -> Spot:
    """A face in the middle of the picture, its head leaning by an angle."""
    eyes = []
    for across in (-40, 40):
        x = 750 + across * math.cos(turn) + 30 * math.sin(turn)
        y = 500 + across * math.sin(turn) - 30 * math.cos(turn)
        eyes.append((x / WIDTH, y / HEIGHT))
    return Spot(Box(650 / WIDTH, 380 / HEIGHT, 200 / WIDTH, 240 / HEIGHT), tuple(eyes))


def placed(spot: Spot, side: int) -> list[tuple[float, float]]:
    """Where the eyes lie in the square, as fractions of its side."""
    movement, pixels = cut(spot, WIDTH, HEIGHT, side)
    turned, start = movement[:, :2], movement[:, 2]
    return [
        tuple(np.linalg.solve(turned, np.array([x * WIDTH, y * HEIGHT]) - start) / pixels)
        for x, y in spot.eyes
    ]


@pytest.mark.parametrize("degrees", [0, 12, -30, 90, 180])
@pytest.mark.parametrize("side", [160, 640])
def test_however_a_head_is_held_its_eyes_are_level_and_at_one_height(degrees: int, side: int) -> None:
    (right_x, right_y), (left_x, left_y) = placed(held(math.radians(degrees)), side)
    assert right_y == pytest.approx(EYE_LINE)
    assert left_y == pytest.approx(EYE_LINE)
    assert right_x < left_x


def test_a_cut_out_is_never_larger_than_the_picture_has_pixels_there() -> None:
    assert cut(held(0), WIDTH, HEIGHT, 4000)[1] == round(1.6 * 240)
    assert cut(held(0), WIDTH, HEIGHT, 64)[1] == 4 * 64


@pytest.mark.parametrize("side", [160, 640])
def test_no_more_of_a_photo_is_decoded_than_its_faces_need(side: int) -> None:
    spot = held(0)
    box = enough_of([spot], side)
    assert box is not None
    scale = min(1.0, min(box[0] / WIDTH, box[1] / HEIGHT))
    _, pixels = cut(spot, round(WIDTH * scale), round(HEIGHT * scale), side)
    assert pixels >= min(side, round(1.6 * 240)) - 2
    assert enough_of([spot, Spot(Box(0, 0, 1e-9, 1e-9))], side) is None


def test_the_eyes_of_a_profile_do_not_turn_it() -> None:
    face = Face(Box(0.4, 0.4, 0.1, 0.15), 0.9, landmarks=((0.45, 0.45), (0.452, 0.47), (0.45, 0.5)))
    movement, _ = cut(spot_of(face), WIDTH, HEIGHT, 320)
    assert movement[0, 1] == pytest.approx(0.0)


def test_without_people_the_sharpest_region_is_looked_at() -> None:
    sharp = Box(0.6, 0.6, 0.2, 0.2)
    assert subject_spot(replace(analysis("a"), sharpness=Sharpness(1.0, subject=sharp))) == Spot(
        sharp, is_subject=True
    )
    assert subject_spot(replace(analysis("a"), sharpness=Sharpness(0.0))) is None


def test_a_subject_is_shown_at_its_own_pixels_and_never_beyond_the_edge() -> None:
    corner = Spot(Box(0.98, 0.97, 0.02, 0.03), is_subject=True)
    movement, pixels = cut(corner, WIDTH, HEIGHT, 400)
    assert pixels == 400
    assert movement[0, 0] == pytest.approx(1.0)
    assert tuple(movement @ (pixels, pixels, 1)) == pytest.approx((WIDTH, HEIGHT))
