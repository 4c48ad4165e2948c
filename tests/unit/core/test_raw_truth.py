"""What a RAW itself holds: which highlights are lost in it, and which only look blown."""

import io
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from benchmarks.pipeline.made_up_raw import raw
from core.errors import PhotoError
from core.ingest.raw_truth import BINS_A_STOP, STOPS, RawTruth, raw_truth
from core.types import Photo, PhotoId

HEIGHT, WIDTH = 200, 300
RED, GREEN, BLUE = 1, 2, 4


def made(path: Path, sensor: NDArray[np.uint8], preview: NDArray[np.uint8] | None = None) -> Path:
    """A DNG whose photosites see one picture, and whose preview may show another."""
    jpeg = io.BytesIO()
    Image.fromarray(sensor if preview is None else preview).save(jpeg, "JPEG", quality=95)
    path.write_bytes(raw(sensor, jpeg.getvalue(), "Testcam 1", datetime(2025, 6, 14)))
    return path


def truth_of(path: Path, orientation: int = 1) -> RawTruth:
    found = raw_truth(Photo(PhotoId("a"), path, orientation=orientation))
    assert found is not None
    return found


@pytest.fixture(scope="module")
def banded() -> NDArray[np.uint8]:
    """A tenth is full in all channels, the next tenth in red alone; the rest is grey."""
    sensor = np.full((HEIGHT, WIDTH, 3), 128, np.uint8)
    sensor[: HEIGHT // 10] = 255
    sensor[HEIGHT // 10 : HEIGHT // 5, :, 0] = 255
    return sensor


def test_what_is_full_in_all_channels_is_lost_and_in_one_is_lost_in_part(
    tmp_path: Path, banded: NDArray[np.uint8]
) -> None:
    found = truth_of(made(tmp_path / "a.dng", banded))
    assert (found.lost, found.partly) == pytest.approx((0.1, 0.1), abs=0.01)
    assert found.full == pytest.approx([0.2, 0.1, 0.1], abs=0.02)
    assert found.blown[2, 50] == RED | GREEN | BLUE
    assert found.blown[15, 50] == RED
    assert found.blown[50, 50] == 0


def test_a_preview_that_is_white_does_not_make_the_raw_lost(tmp_path: Path) -> None:
    sensor = np.full((HEIGHT, WIDTH, 3), 200, np.uint8)
    found = truth_of(made(tmp_path / "a.dng", sensor, np.full_like(sensor, 255)))
    assert found.lost == found.partly == 0
    assert not found.blown.any()


def test_the_map_is_turned_with_the_picture(tmp_path: Path, banded: NDArray[np.uint8]) -> None:
    found = truth_of(made(tmp_path / "a.dng", banded), orientation=6)
    assert found.blown.shape == (WIDTH // 2, HEIGHT // 2)
    assert found.blown[50, -2] == RED | GREEN | BLUE  # what was above is at the right
    assert found.blown[50, 2] == 0


def test_the_histogram_counts_stops_below_a_full_photosite(tmp_path: Path) -> None:
    half = round(255 * 0.5 ** (1 / 2.2))  # of a sensor's linear scale, behind the file's curve
    found = truth_of(made(tmp_path / "a.dng", np.full((HEIGHT, WIDTH, 3), half, np.uint8)))
    assert found.histogram.shape == (3, STOPS * BINS_A_STOP)
    assert found.histogram.sum(axis=1) == pytest.approx([1, 1, 1])
    stops = found.histogram.argmax(axis=1) / BINS_A_STOP - STOPS
    assert stops == pytest.approx([-1, -1, -1], abs=2 / BINS_A_STOP)


def test_a_sensor_that_fills_up_below_the_files_white_is_full_where_its_levels_pile_up(
    tmp_path: Path,
) -> None:
    ramp = np.tile(np.linspace(20, 240, WIDTH).astype(np.uint8)[None, :, None], (HEIGHT, 1, 3))
    clipped = np.minimum(ramp, 232)
    clipped[: HEIGHT // 4] = 232
    found = truth_of(made(tmp_path / "a.dng", clipped))
    assert found.lost > 0.25
    assert truth_of(made(tmp_path / "b.dng", ramp)).lost == 0  # none at the top: nothing is full


def test_the_raw_beside_a_jpeg_is_the_one_that_is_asked(tmp_path: Path, banded: NDArray[np.uint8]) -> None:
    companion = made(tmp_path / "a.dng", banded)
    found = raw_truth(Photo(PhotoId("a"), tmp_path / "a.jpg", companions=(companion,)))
    assert found is not None
    assert found.lost > 0


def test_a_photo_without_a_raw_has_no_truth_of_one(tmp_path: Path) -> None:
    assert raw_truth(Photo(PhotoId("a"), tmp_path / "a.jpg", companions=(tmp_path / "a.mov",))) is None


@pytest.mark.parametrize("kept", [0, 10, 900, 20_000])
def test_half_a_raw_is_named_and_costs_nothing_else(
    tmp_path: Path, banded: NDArray[np.uint8], kept: int
) -> None:
    whole = made(tmp_path / "whole.dng", banded).read_bytes()
    path = tmp_path / "half.dng"
    path.write_bytes(whole[:kept])
    with suppress(PhotoError):  # LibRaw may give what there is
        assert truth_of(path).blown.size
        return
    with pytest.raises(PhotoError, match=r"half\.dng"):
        truth_of(path)


def test_a_raw_that_went_away_is_named(tmp_path: Path) -> None:
    with pytest.raises(PhotoError, match=r"gone\.dng"):
        raw_truth(Photo(PhotoId("a"), tmp_path / "gone.dng"))
