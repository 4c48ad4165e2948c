"""Eyes, smile and pose are read from a real face; nothing is read where there is none."""

import csv
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from skimage import data

from core.protocols import RgbImage
from models.face_landmarker import MeshFaceLandmarker, describe
from models.local import LocalModels

PHOTOS = Path(__file__).parents[3].parent / "shared" / "photos"


@pytest.fixture(scope="module")
def landmarker() -> MeshFaceLandmarker:
    return LocalModels()().face_landmarker


@pytest.fixture(scope="module")
def face() -> RgbImage:
    """A smiling face, eyes open, with about half of itself to spare on each side."""
    return np.ascontiguousarray(data.astronaut()[20:230, 120:330])


def scaled(image: RgbImage, side: int) -> RgbImage:
    return np.asarray(Image.fromarray(image).resize((side, side), Image.Resampling.BICUBIC))


def turned(image: RgbImage, degrees: float) -> RgbImage:
    """Counter-clockwise on the screen, as Pillow turns."""
    return np.asarray(Image.fromarray(image).rotate(degrees, Image.Resampling.BICUBIC))


def test_open_eyes_and_a_smile(landmarker: MeshFaceLandmarker, face: RgbImage) -> None:
    reading = landmarker.read(face)
    assert reading is not None
    assert max(reading.blink_left, reading.blink_right) < 0.2
    assert reading.smile > 0.7
    assert abs(reading.yaw) < 15


@pytest.mark.parametrize("side", [64, 128, 512, 1500])
def test_the_size_of_the_crop_hardly_matters(
    landmarker: MeshFaceLandmarker, face: RgbImage, side: int
) -> None:
    reading = landmarker.read(scaled(face, side))
    assert reading is not None
    assert max(reading.blink_left, reading.blink_right) < 0.3
    assert reading.smile > 0.6


@pytest.mark.parametrize("degrees", [-30, 30])
def test_a_tilted_head_is_read_as_the_level_one(
    landmarker: MeshFaceLandmarker, face: RgbImage, degrees: float
) -> None:
    level, tilted = landmarker.read(face), landmarker.read(turned(face, degrees))
    assert level is not None
    assert tilted is not None
    assert tilted.roll == pytest.approx(level.roll - degrees, abs=5)
    assert tilted.smile == pytest.approx(level.smile, abs=0.15)


def test_a_mirrored_face_swaps_its_sides(landmarker: MeshFaceLandmarker, face: RgbImage) -> None:
    as_is, mirrored = landmarker.read(face), landmarker.read(np.ascontiguousarray(face[:, ::-1]))
    assert as_is is not None
    assert mirrored is not None
    assert mirrored.yaw == pytest.approx(-as_is.yaw, abs=6)
    assert mirrored.roll == pytest.approx(-as_is.roll, abs=4)
    assert mirrored.blink_left == pytest.approx(as_is.blink_right, abs=0.1)


@pytest.mark.parametrize("size", [(1, 1), (20, 20), (5, 300), (256, 256)])
def test_a_single_colour_is_no_face(landmarker: MeshFaceLandmarker, size: tuple[int, int]) -> None:
    assert landmarker.read(np.full((*size, 3), 150, np.uint8)) is None


def test_coffee_and_noise_are_no_face(landmarker: MeshFaceLandmarker) -> None:
    noise = np.random.default_rng(3).integers(0, 256, (256, 256, 3), np.uint8)
    assert landmarker.read(noise) is None
    assert landmarker.read(data.coffee()) is None


@pytest.mark.parametrize("yaw", [-40.0, 0.0, 25.0])
@pytest.mark.parametrize("roll", [-20.0, 0.0, 35.0])
def test_the_pose_of_a_turned_head(yaw: float, roll: float) -> None:
    """A head of four points, turned about the vertical axis; the crop was turned by the roll before."""
    mesh = np.zeros((478, 3), np.float32)
    mesh[234], mesh[454] = (-70, 0, 0), (70, 0, 0)
    mesh[10], mesh[152] = (0, -90, 0), (0, 90, 0)
    angle = np.radians(yaw)
    about_vertical = np.array(
        [[np.cos(angle), 0, -np.sin(angle)], [0, 1, 0], [np.sin(angle), 0, np.cos(angle)]], np.float32
    )
    reading = describe(mesh @ about_vertical.T, np.zeros(52, np.float32), float(np.radians(roll)))
    assert reading.yaw == pytest.approx(yaw, abs=0.01)
    assert reading.roll == pytest.approx(roll, abs=0.01)
    assert reading.pitch == pytest.approx(4.0, abs=0.01)


@pytest.mark.photos
def test_closed_eyes_score_above_open_ones(landmarker: MeshFaceLandmarker) -> None:
    if not PHOTOS.is_dir():
        pytest.skip("the development photos are not on this machine")
    scores: dict[str, list[float]] = {"open": [], "closed": []}
    with (PHOTOS / "eyes" / "labels.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for eyes, found in scores.items():
        for row in [row for row in rows if row["eyes"] == eyes][:30]:
            with Image.open(PHOTOS / "eyes" / row["path"]) as picture:
                crop = np.pad(np.asarray(picture.convert("RGB")), ((60, 60), (60, 60), (0, 0)), mode="edge")
            reading = landmarker.read(crop)
            if reading:
                found.append((reading.blink_left + reading.blink_right) / 2)
    assert all(len(found) >= 27 for found in scores.values())
    in_order = [closed > opened for closed in scores["closed"] for opened in scores["open"]]
    assert np.mean(in_order) > 0.95
