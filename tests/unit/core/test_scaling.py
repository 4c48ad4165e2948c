"""Pictures of another size, and squares cut out of them."""

import numpy as np
import pytest
from PIL import Image
from skimage import data

from core.scaling import reduce, resize, shrunk, turned_square

ASTRONAUT: np.ndarray = data.astronaut()


def picture(width: int, height: int) -> np.ndarray:
    return np.asarray(Image.fromarray(ASTRONAUT).resize((width, height), Image.Resampling.BOX))


@pytest.mark.parametrize(("width", "height", "side"), [(640, 480, 100), (481, 1203, 97), (3000, 2, 10)])
def test_reducing_keeps_shape_and_colours(width: int, height: int, side: int) -> None:
    rgb = picture(width, height)
    small = reduce(rgb, side)
    assert max(small.shape[:2]) == side
    assert small.flags.c_contiguous
    assert small.shape[0] == max(1, round(height * side / max(width, height)))
    assert np.abs(small.mean(axis=(0, 1)) - rgb.mean(axis=(0, 1))).max() < 12
    assert reduce(small, side) is small


def likeness(one: np.ndarray, other: np.ndarray) -> float:
    """Return the signal above their difference, in decibels."""
    return float(10 * np.log10(255**2 / np.mean((one.astype(float) - other.astype(float)) ** 2)))


@pytest.mark.parametrize("side", [500, 460, 400, 380, 300, 260, 120])
def test_what_is_shrunk_for_the_eye_is_as_near_to_a_careful_scaling_as_pillows_quick_one(side: int) -> None:
    photo = Image.fromarray(ASTRONAUT)
    careful = np.asarray(photo.resize((side, side), Image.Resampling.LANCZOS))
    quick = np.asarray(photo.resize((side, side), Image.Resampling.HAMMING))
    small = shrunk(ASTRONAUT, side, side)
    assert small.shape == (side, side, 3)
    assert likeness(small, careful) > likeness(quick, careful) - 1.0


def test_no_pixel_is_skipped_where_a_photo_is_shrunk() -> None:
    stripes = np.zeros((60, 600, 3), np.uint8)
    stripes[:, ::2] = 254
    for side in (400, 300, 200, 77):
        assert np.abs(shrunk(stripes, side, 30).mean() - 127) < 3, side


@pytest.mark.parametrize("side", [64, 200, 256, 511, 900])
def test_any_size_looks_like_pillows(side: int) -> None:
    reference = Image.fromarray(ASTRONAUT).resize((side, side), Image.Resampling.BILINEAR)
    difference = resize(ASTRONAUT, side, side).astype(float) - np.asarray(reference, float)
    assert 20 * np.log10(255 / np.sqrt(np.square(difference).mean())) > 26  # dB


@pytest.mark.parametrize("turns", range(4))
def test_a_square_turned_by_quarters_keeps_every_pixel(turns: int) -> None:
    side = ASTRONAUT.shape[0]
    x, y = [(1, 0), (0, 1), (-1, 0), (0, -1)][turns], [(0, 1), (-1, 0), (0, -1), (1, 0)][turns]
    first = [side * (part < 0) for part in np.add(x, y)]
    square = turned_square(ASTRONAUT, np.column_stack([x, y, first]), side)
    assert np.array_equal(square, np.rot90(ASTRONAUT, turns))


def test_a_square_that_reaches_out_is_black_there() -> None:
    white = np.full((20, 20, 3), 255, np.uint8)
    square = turned_square(white, np.array([[1.0, 0, -10], [0, 1, 0]]), 20)
    assert not square[:, :9].any()
    assert (square[:, 11:] == 255).all()
