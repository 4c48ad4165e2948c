"""Faces of a whole photograph, with the real models on public-domain and drawn pictures."""

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw
from skimage import data

from core.analysis.face_search import detect, without_doubles
from core.analysis.faces import find_faces
from core.analysis.sharpness import SharpnessMap
from core.protocols import DetectedFace, RgbImage
from core.scaling import Pyramid, reduce
from core.types import Box, EyeState, Face
from models.local import LocalModels

MODELS = LocalModels()()
ASTRONAUT: np.ndarray = data.astronaut()
PORTRAIT = Image.fromarray(ASTRONAUT).crop((130, 0, 330, 300))


def faces(picture: Image.Image | np.ndarray) -> tuple[Face, ...]:
    image = np.ascontiguousarray(picture)
    return find_faces(image, reduce(image, 1280), SharpnessMap(Pyramid(image)), MODELS)


def wall(width: int = 1600, height: int = 1000) -> Image.Image:
    return Image.new("RGB", (width, height), (120, 118, 115))


def test_a_portrait_is_read_whole() -> None:
    (face,) = faces(ASTRONAUT)
    assert face.eyes is face.right_eye is face.left_eye is EyeState.OPEN
    assert face.eyes_open is not None
    assert face.eyes_open > 0.8
    assert face.smile is not None
    assert face.smile > 0.5
    assert face.sharpness
    assert len(face.signature) == 256


@pytest.mark.parametrize("turns", [1, 3])
def test_a_lying_head_is_found_and_read(turns: int) -> None:
    (upright,) = faces(ASTRONAUT)
    (lying,) = faces(np.rot90(ASTRONAUT, turns))
    x, y = lying.box.x + lying.box.width / 2, lying.box.y + lying.box.height / 2
    back = (1 - y, x) if turns == 1 else (y, 1 - x)
    middle = (upright.box.x + upright.box.width / 2, upright.box.y + upright.box.height / 2)
    assert back == pytest.approx(middle, abs=0.05)
    assert lying.eyes is EyeState.OPEN


def test_a_face_cut_by_the_frame_is_read_as_well_as_a_whole_one() -> None:
    (whole,) = faces(ASTRONAUT)
    left = round((whole.box.x + 0.02) * ASTRONAUT.shape[1])
    (cut,) = faces(ASTRONAUT[:, left:])
    assert cut.box.x == pytest.approx(0, abs=0.02)
    assert cut.eyes is EyeState.OPEN
    assert cut.smile == pytest.approx(whole.smile, abs=0.25)


def test_a_crowd_of_small_faces_is_found_at_closer_looks() -> None:
    group = wall(3200, 2000)
    # Faces of 34 to 51 pixels, 14 to 20 in the working copy, half of that at first sight.
    for place in range(18):
        width = 68 + 2 * place
        head = PORTRAIT.resize((width, width * 3 // 2), Image.Resampling.LANCZOS)
        group.paste(head, (900 + 203 * (place % 6), 500 + 261 * (place // 6)))
    found = detect(np.asarray(group), reduce(np.asarray(group), 1280), MODELS.face_detector)
    assert len(found) >= 16


class _Looks:
    """A detector that never sees anybody, and notes what it is shown."""

    sha256 = ""

    def __init__(self) -> None:
        self.sides: list[int] = []

    def detect(self, image: RgbImage, least_confidence: float = 0.6) -> tuple[DetectedFace, ...]:
        self.sides.append(max(image.shape))
        return ()


def test_a_frame_without_a_hint_of_a_face_is_never_looked_at_in_full() -> None:
    frame = np.full((1600, 2400, 3), 90, np.uint8)
    looks = _Looks()
    assert detect(frame, reduce(frame, 1280), looks) == []
    assert looks.sides == [640, 384, 384]


def test_sunglasses_are_not_closed_eyes() -> None:
    (bare,) = faces(ASTRONAUT)
    picture = Image.fromarray(ASTRONAUT)
    (right_x, right_y), (left_x, left_y) = [
        (x * picture.width, y * picture.height) for x, y in bare.landmarks[:2]
    ]
    reach = 0.45 * (left_x - right_x)
    draw = ImageDraw.Draw(picture)
    for x, y in ((right_x, right_y), (left_x, left_y)):
        draw.ellipse((x - reach, y - 0.7 * reach, x + reach, y + 0.7 * reach), fill=(12, 12, 14))
    (covered,) = faces(picture)
    assert covered.eyes is EyeState.CANT_TELL
    assert covered.eyes_open is None


def test_a_tiny_face_says_nothing_of_its_eyes() -> None:
    picture = wall(640, 420)
    picture.paste(PORTRAIT.resize((40, 60), Image.Resampling.LANCZOS), (300, 180))
    for face in faces(picture):
        assert face.eyes is EyeState.CANT_TELL


@pytest.mark.parametrize(
    "shape", [(1, 1), (20, 20), (15, 4000), (3000, 20), (64, 64)], ids=lambda shape: f"{shape[1]}x{shape[0]}"
)
def test_any_shape_of_picture_is_searched(shape: tuple[int, int]) -> None:
    assert faces(np.full((*shape, 3), 90, np.uint8)) == ()


def test_a_face_that_fills_the_frame_is_found() -> None:
    (whole,) = faces(ASTRONAUT)
    box = whole.box
    side = ASTRONAUT.shape[0]
    filled = ASTRONAUT[
        round(box.y * side) : round((box.y + box.height) * side),
        round(box.x * side) : round((box.x + box.width) * side),
    ]
    large = Image.fromarray(filled).resize((900, 1200), Image.Resampling.BICUBIC)
    assert len(faces(large)) == 1


def test_doubles_leave_the_surest() -> None:
    def seen(x: float, size: float, confidence: float) -> DetectedFace:
        return DetectedFace(Box(x, 0.2, size, size), confidence, ())

    kept = without_doubles(
        [seen(0.2, 0.1, 0.7), seen(0.21, 0.1, 0.9), seen(0.22, 0.05, 0.8), seen(0.6, 0.1, 0.65)]
    )
    assert [face.confidence for face in kept] == [0.9, 0.65]


class _ProfileAndEar:
    """A detector that sees a profile and its ear as two faces, and the lying head as one that holds both."""

    sha256 = ""

    def __init__(self, *others: DetectedFace) -> None:
        narrow = ((0.5, 0.45), (0.51, 0.45), (0.5, 0.5), (0.5, 0.55), (0.51, 0.55))
        self._upright = (DetectedFace(Box(0.4, 0.4, 0.2, 0.2), 0.7, narrow), *others)

    def detect(self, image: RgbImage, least_confidence: float = 0.6) -> tuple[DetectedFace, ...]:
        if image.shape[:2] == (400, 600):
            return self._upright
        return (DetectedFace(Box(0.1, 0.1, 0.8, 0.8), 0.9, ()),)  # in the middle, so however it was turned


def test_a_head_seen_as_two_is_one_once_it_is_seen_lying() -> None:
    ear = DetectedFace(Box(0.345, 0.45, 0.07, 0.1), 0.65, ())
    picture = np.zeros((400, 600, 3), np.uint8)
    (face,) = detect(picture, picture, _ProfileAndEar(ear))
    assert face.confidence == 0.9
    assert face.box.width > 0.25


def test_a_face_beside_a_lying_head_stays() -> None:
    neighbour = DetectedFace(Box(0.57, 0.45, 0.2, 0.2), 0.65, ())
    picture = np.zeros((400, 600, 3), np.uint8)
    assert neighbour in detect(picture, picture, _ProfileAndEar(neighbour))
    assert len(detect(picture, picture, _ProfileAndEar(neighbour))) == 2


@pytest.mark.photos
@pytest.mark.parametrize(
    "name", ["IMG_1163.JPG", "IMG_1086.JPG", "IMG_1095.JPG", "IMG_1211.JPG", "IMG_1132.JPG"]
)
def test_no_head_of_a_real_crowd_has_two_boxes(photos_folder: Path, name: str) -> None:
    with Image.open(photos_folder / "teamday" / name) as picture:
        image = np.asarray(picture.convert("RGB"))
    found = detect(image, reduce(image, 1280), MODELS.face_detector)
    assert found
    pairs = [(one.box, other.box) for one, other in combinations(found, 2)]
    assert not [pair for pair in pairs if side_by_side(*pair) > 0.4]


def side_by_side(one: Box, other: Box) -> float:
    """What two boxes at the same height share of the smaller one's width."""
    width = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    height = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    return width / min(one.width, other.width) if height > 0.9 * min(one.height, other.height) else 0.0


class _Sees:
    """A detector that sees these faces in the whole picture, and nobody lying."""

    sha256 = ""

    def __init__(self, *faces: DetectedFace) -> None:
        self._faces = faces

    def detect(self, image: RgbImage, least_confidence: float = 0.6) -> tuple[DetectedFace, ...]:
        return self._faces if image.shape[:2] == (400, 600) else ()


def seen(left: float, eyes: tuple[float, float], confidence: float, top: float = 0.4) -> DetectedFace:
    """A face with its eyes at these shares of its width."""
    places = [(left + share * 0.2, top + 0.08) for share in eyes]
    return DetectedFace(Box(left, top, 0.2, 0.2), confidence, (*places, *[(left + 0.1, top + 0.15)] * 3))


FRONT, LOOKS_LEFT = (0.3, 0.7), (0.1, 0.25)


@pytest.mark.parametrize(
    ("other", "count"),
    [
        (seen(0.51, FRONT, 0.7), 1),  # an ear, behind the profile
        (seen(0.29, FRONT, 0.7), 2),  # somebody before it
        (seen(0.51, FRONT, 0.7, top=0.33), 2),  # somebody behind, taller
        (seen(0.53, FRONT, 0.7), 2),  # somebody of whom more is seen
        (seen(0.51, FRONT, 0.9), 2),  # a surer face is nobody's ear
    ],
)
def test_the_ear_of_a_profile_is_no_second_face(other: DetectedFace, count: int) -> None:
    picture = np.zeros((400, 600, 3), np.uint8)
    profile = seen(0.4, LOOKS_LEFT, 0.8)
    assert len(detect(picture, picture, _Sees(profile, other))) == count


def test_two_people_cheek_to_cheek_stay_two() -> None:
    picture = np.zeros((400, 600, 3), np.uint8)
    assert len(detect(picture, picture, _Sees(seen(0.4, FRONT, 0.8), seen(0.51, FRONT, 0.7)))) == 2


def test_without_the_wish_nobody_is_signed() -> None:
    image = np.ascontiguousarray(ASTRONAUT)
    (face,) = find_faces(image, image, SharpnessMap(Pyramid(image)), LocalModels(identity=False)())
    assert face.signature == b""
