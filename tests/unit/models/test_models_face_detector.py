"""Faces are found where they are, and nowhere else."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from PIL import Image
from skimage import data

from core.protocols import DetectedFace
from models.face_detector import YuNetFaceDetector, decode, suppress_overlaps, to_tensor
from models.local import LocalModels

PHOTOS = Path(__file__).parents[3].parent / "shared" / "photos"


@pytest.fixture(scope="module")
def detector() -> YuNetFaceDetector:
    return LocalModels()().face_detector


def centre(face: DetectedFace) -> tuple[float, float]:
    return face.box.x + face.box.width / 2, face.box.y + face.box.height / 2


def test_finds_the_one_face_of_a_portrait(detector: YuNetFaceDetector) -> None:
    (face,) = detector.detect(data.astronaut())
    assert face.confidence > 0.8
    assert centre(face) == pytest.approx((0.44, 0.23), abs=0.04)
    (right_eye, left_eye, nose, right_mouth, left_mouth) = face.landmarks
    assert right_eye[0] < nose[0] < left_eye[0]
    assert right_eye[1] < nose[1] < right_mouth[1]
    assert right_mouth[0] < left_mouth[0]


@pytest.mark.parametrize("size", [(256, 256), (900, 900), (1600, 1600), (520, 700)])
def test_the_place_is_told_in_fractions_whatever_the_size(
    detector: YuNetFaceDetector, size: tuple[int, int]
) -> None:
    (reference,) = detector.detect(data.astronaut())
    (face,) = detector.detect(np.asarray(Image.fromarray(data.astronaut()).resize(size)))
    assert centre(face) == pytest.approx(centre(reference), abs=0.02)
    assert face.box.height == pytest.approx(reference.box.height, abs=0.04)


def test_a_face_cut_off_by_the_frame_stays_inside_it(detector: YuNetFaceDetector) -> None:
    cut = np.ascontiguousarray(data.astronaut()[70:300, 195:500])
    for face in detector.detect(cut):
        box = face.box
        assert 0 <= box.x <= box.x + box.width <= 1
        assert 0 <= box.y <= box.y + box.height <= 1
        assert all(0 <= value <= 1 for point in face.landmarks for value in point)


@pytest.mark.parametrize("size", [(1, 1), (20, 20), (3, 700), (480, 640)])
def test_a_single_colour_has_no_face(detector: YuNetFaceDetector, size: tuple[int, int]) -> None:
    assert detector.detect(np.full((*size, 3), 180, np.uint8)) == ()


def test_noise_has_no_face(detector: YuNetFaceDetector) -> None:
    noise = np.random.default_rng(7).integers(0, 256, (480, 640, 3), np.uint8)
    assert detector.detect(noise) == ()


def test_the_input_is_padded_to_whole_cells_in_black() -> None:
    tensor = to_tensor(np.full((33, 64, 3), (10, 20, 30), np.uint8))
    assert tensor.shape == (1, 3, 64, 64)
    assert tensor[0, :, 32, 63].tolist() == [30, 20, 10]  # blue first
    assert not tensor[0, :, 33:].any()


def test_a_cell_is_decoded_from_its_place_in_the_grid() -> None:
    cells = 6  # two rows of three
    ones, zeros = np.ones((cells, 1), np.float32), np.zeros((cells, 10), np.float32)
    boxes = np.tile(np.array([0.5, 0.5, np.log(2), np.log(4)], np.float32), (cells, 1))
    scores, corners, points = decode(ones * 0.25, ones, boxes, zeros, stride=16, columns=3, least=0.5)
    assert scores.tolist() == [0.5] * cells
    assert corners[4] == pytest.approx([24 - 16, 24 - 32, 24 + 16, 24 + 32])  # row 1, column 1
    assert points[4].tolist() == [16, 16] * 5


corner = st.floats(0, 100, width=32)
box_arrays = arrays.arrays(np.float32, st.tuples(st.integers(0, 12), st.just(4)), elements=corner).map(
    lambda a: np.concatenate([a[:, :2], a[:, :2] + 1 + a[:, 2:]], axis=1)
)


def overlap(a: np.ndarray, b: np.ndarray) -> float:
    sides = np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2])
    shared = float(np.prod(np.maximum(sides, 0)))
    return shared / float(np.prod(a[2:] - a[:2]) + np.prod(b[2:] - b[:2]) - shared)


@given(box_arrays)
def test_boxes_that_stay_do_not_overlap_and_those_that_go_overlap_a_better_one(boxes: np.ndarray) -> None:
    kept = suppress_overlaps(boxes, 0.3)
    assert kept == sorted(kept)
    assert all(overlap(boxes[a], boxes[b]) <= 0.301 for a in kept for b in kept if a < b)
    for gone in set(range(len(boxes))) - set(kept):
        assert any(overlap(boxes[better], boxes[gone]) > 0.299 for better in kept if better < gone)


@pytest.mark.photos
def test_people_at_an_event_are_found(detector: YuNetFaceDetector) -> None:
    if not PHOTOS.is_dir():
        pytest.skip("the development photos are not on this machine")
    found = []
    for path in sorted((PHOTOS / "teamday").glob("*.[jJ][pP][gG]"))[:8]:
        with Image.open(path) as file:
            found.append(detector.detect(np.asarray(file.convert("RGB"))))
    assert sum(map(len, found)) >= 8
    for faces in found:
        confidences = [face.confidence for face in faces]
        assert confidences == sorted(confidences, reverse=True)
