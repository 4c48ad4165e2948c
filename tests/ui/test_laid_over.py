"""A frame laid over another: nothing jumps, and the veil leaves free what differs and that alone."""

from functools import cache

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from core.grouping.registration import Registration, corners_of, register
from core.types import Analysis, Box, EyeState, Face
from fixtures.frames import analysis
from fixtures.patience import PATIENCE
from fixtures.shoots import scene
from ui.imaging.laid_over import Layers, Wanted, lay_over
from ui.imaging.pictures import Pixels, fitted

VIEW = QSize(960, 640)
WHOLE = QRectF(0, 0, 960, 640)
SHIFT = 14
HAND = (slice(300, 380), slice(500, 590))


def moved(picture: np.ndarray) -> np.ndarray:
    """What the camera shows after it was turned a little."""
    movement = np.array([[1, 0.01, SHIFT], [-0.01, 1, -6.0]])
    return cv2.warpAffine(picture, movement, (960, 640), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT)


@cache
def registration() -> Registration:
    """Of a picture and the same moved."""
    found = register(corners_of(scene(1)), corners_of(moved(scene(1))))
    assert found is not None
    return found


def laid(
    this: np.ndarray,
    other: np.ndarray,
    target: QRectF = WHOLE,
    measures: tuple[Analysis, Analysis] | None = None,
) -> Wanted:
    return Wanted(Pixels(this), Pixels(other), registration(), target, VIEW, measures)


def array_of(picture: QImage) -> np.ndarray:
    picture = picture.convertToFormat(QImage.Format.Format_RGBA8888)
    lines = np.frombuffer(picture.constBits(), np.uint8).reshape(picture.height(), picture.bytesPerLine())
    return lines[:, : 4 * picture.width()].reshape(picture.height(), picture.width(), 4).copy()


def with_hand(picture: np.ndarray) -> np.ndarray:
    """The same with something in it."""
    changed = picture.copy()
    changed[HAND] = (240, 40, 200)
    return changed


def clear(wanted: Wanted) -> np.ndarray:
    """Where the veil is not: shape (height, width)."""
    veil = array_of(lay_over(wanted).veil)
    return veil[..., 3] < 20


def test_nothing_jumps_when_the_other_frame_takes_the_place_of_this_one() -> None:
    other = array_of(lay_over(laid(scene(1), moved(scene(1)))).other)
    inner = (slice(40, 600), slice(40, 900))
    assert other[inner][..., 3].min() == 255
    off = np.abs(other[inner][..., :3].astype(int) - scene(1)[inner])
    unmoved = np.abs(moved(scene(1))[inner].astype(int) - scene(1)[inner])
    assert off.mean() < unmoved.mean() / 2  # what is left is the noise of two takes


def test_enlarged_it_lies_as_exactly() -> None:
    target = QRectF(-960, -640, 2 * 960, 2 * 640)
    result = lay_over(laid(scene(1), moved(scene(1)), target))
    expected = cv2.resize(scene(1), (1920, 1280), interpolation=cv2.INTER_CUBIC)[640:, 960:]
    inner = (slice(0, 500), slice(0, 800))
    off = np.abs(array_of(result.other)[inner][..., :3].astype(int) - expected[inner])
    assert off.mean() < 6


def test_the_veil_lies_over_all_that_is_the_same() -> None:
    inner = np.zeros((640, 960), bool)
    inner[60:580, 60:880] = True
    assert clear(laid(scene(1), moved(scene(1))))[inner].mean() < 0.01


def test_the_veil_leaves_free_what_is_in_one_frame_alone() -> None:
    free = clear(laid(scene(1), moved(with_hand(scene(1)))))
    assert free[320:360, 520:570].mean() > 0.9
    assert free[100:250, 100:400].mean() < 0.01


def test_another_light_is_no_difference() -> None:
    darker = (moved(scene(1)) * 0.8).astype(np.uint8)
    assert clear(laid(scene(1), darker))[60:580, 60:880].mean() < 0.01


def test_what_is_sharp_in_one_frame_and_blurred_in_the_other_is_a_difference() -> None:
    blurred = scene(1)
    part = (slice(30, 330), slice(700, 930))
    blurred[part] = cv2.GaussianBlur(blurred, (0, 0), 6)[part]
    free = clear(laid(scene(1), moved(blurred)))
    assert free[80:280, 740:900].mean() > 0.1  # around the edges that are there
    assert free[400:560, 450:850].mean() < 0.02


def test_shut_eyes_are_a_difference_however_small_the_face() -> None:
    def blinking(eyes: EyeState) -> Face:
        return Face(Box(0.7, 0.7, 0.03, 0.05), 0.95, eyes=eyes)

    measures = (
        analysis("a", faces=(blinking(EyeState.OPEN),)),
        analysis("b", faces=(blinking(EyeState.CLOSED),)),
    )
    free = clear(laid(scene(1), moved(scene(1)), measures=measures))
    assert free[round(0.725 * 640), round(0.715 * 960)]


def test_where_the_other_frame_shows_nothing_it_is_transparent() -> None:
    far = Registration(np.array([[1, 0, 0.5], [0, 1, 0], [0, 0, 1.0]]))
    other = array_of(lay_over(Wanted(Pixels(scene(1)), Pixels(scene(1)), far, WHOLE, VIEW)).other)
    assert other[300, 100, 3] == 255
    assert other[300, 800, 3] == 0


def test_frames_are_laid_in_a_thread_and_once(qtbot: QtBot) -> None:
    layers = Layers()
    try:
        wanted = laid(scene(1), moved(scene(1)))
        assert layers.of(wanted) is None
        with qtbot.waitSignal(layers.ready):
            pass
        again = Wanted(wanted.this, wanted.other, wanted.registration, QRectF(WHOLE), QSize(VIEW))
        assert layers.of(again) is not None
    finally:
        assert layers.shutdown(PATIENCE)


@pytest.mark.parametrize("side", [(480, 320), (960, 640)])
def test_a_picture_that_stands_in_for_the_photo_is_laid_as_well(side: tuple[int, int]) -> None:
    this, other = (fitted(Pixels(each), side) for each in (scene(1), moved(scene(1))))
    seen = array_of(lay_over(Wanted(this, other, registration(), WHOLE, VIEW)).other)
    off = np.abs(seen[40:600, 40:900, :3].astype(int) - scene(1)[40:600, 40:900])
    assert off.mean() < 12
