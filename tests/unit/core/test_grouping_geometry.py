"""Whether two frames show the same thing from the same place."""

import numpy as np
import pytest
from PIL import Image

from core.grouping.geometry import align
from core.types import Layout
from fixtures.frames import analysis
from fixtures.measured import measured, window
from fixtures.shoots import scene

WIDE = scene(1, (1600, 640))
FRAME = window(WIDE, 0, 960)


def test_the_same_frame_again_covers_itself() -> None:
    alignment = align(measured("a", FRAME), measured("b", FRAME))
    assert alignment is not None
    assert alignment.overlap == pytest.approx(1.0, abs=0.02)
    assert abs(alignment.right) < 0.01


def test_a_camera_turned_right_sees_what_lies_to_the_right() -> None:
    alignment = align(measured("a", FRAME), measured("b", window(WIDE, 240, 960)))
    assert alignment is not None
    assert alignment.right == pytest.approx(0.25, abs=0.02)
    assert alignment.down == pytest.approx(0.0, abs=0.02)
    assert alignment.overlap == pytest.approx(720 / 1200, abs=0.03)


def test_a_zoom_shows_less_and_larger() -> None:
    middle = Image.fromarray(FRAME).crop((80, 53, 880, 587)).resize((960, 640))
    alignment = align(measured("a", FRAME), measured("b", np.asarray(middle)))
    assert alignment is not None
    assert alignment.zoom == pytest.approx(1.2, abs=0.05)
    assert alignment.overlap == pytest.approx(1 / 1.2**2, abs=0.05)


def test_a_darker_frame_of_the_same_view_is_still_the_same_view() -> None:
    dark = (FRAME * 0.12).astype(np.uint8)
    alignment = align(measured("a", FRAME), measured("b", dark))
    assert alignment is not None
    assert alignment.overlap > 0.95


def test_another_place_does_not_fit() -> None:
    assert align(measured("a", FRAME), measured("b", scene(2))) is None


def test_frames_without_corners_do_not_fit() -> None:
    black = np.zeros_like(FRAME)
    assert align(measured("a", FRAME), measured("b", black)) is None
    assert align(measured("a", black), measured("b", black)) is None
    assert align(analysis("a"), analysis("b")) is None


def test_a_picture_too_small_has_no_focus_to_tell() -> None:
    tiny = measured("a", scene(3, (40, 30)))
    assert tiny.layout.focus.shape == Layout().focus.shape
