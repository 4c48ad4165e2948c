"""When eyes that look closed are called so."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from core.analysis.eyes import chance_open
from core.analysis.shut_eyes import surely_shut
from core.types import Analysis, Box, EyeState, Face
from fixtures.frames import analysis, face

CLOSED, CANT_TELL = EyeState.CLOSED, EyeState.CANT_TELL


def looking_closed(blink: float, down: float, side: float, frame: Analysis) -> Face:
    """A face with lids that nearly touch, of so many pixels, whose gaze went down so far."""
    box = Box(0.4, 0.4, side / frame.width, side / frame.height)
    found = replace(face(CLOSED, gaze=1 - down), box=box, eyes_open=chance_open(blink))
    return replace(found, right_eye=CLOSED, left_eye=CLOSED)


def judged(blink: float, down: float, side: float) -> Face:
    frame = analysis("a")
    return surely_shut(replace(frame, faces=(looking_closed(blink, down, side, frame),))).faces[0]


def test_narrow_eyes_are_not_called_closed() -> None:
    """As measured of people who laugh, squint into the sun or have narrow eyes."""
    for narrow in [(0.63, 0.73, 90), (0.55, 0.66, 80), (0.66, 0.82, 57), (0.61, 0.74, 58), (0.41, 0.46, 106)]:
        found = judged(*narrow)
        assert found.eyes is CANT_TELL
        assert found.right_eye is found.left_eye is CLOSED, "words say that they are narrow or closed"


def test_shut_eyes_are() -> None:
    """As measured of people who have them shut."""
    for shut in [(0.73, 0.81, 92), (0.78, 0.94, 55), (0.71, 0.89, 57), (0.65, 0.79, 98)]:
        assert judged(*shut).eyes is CLOSED


def test_of_a_face_too_small_nothing_is_said() -> None:
    assert judged(0.9, 0.9, 40).eyes is CANT_TELL


@given(st.sampled_from([EyeState.OPEN, CANT_TELL]), st.floats(0.01, 0.99), st.floats(0, 1))
def test_nobody_else_is_judged_anew(eyes: EyeState, chance: float, gaze: float) -> None:
    frame = analysis("a", faces=(replace(face(eyes, gaze=gaze), eyes_open=chance),))
    assert surely_shut(frame) is frame


@given(st.floats(0, 0.95), st.floats(0, 1), st.floats(20, 400))
def test_once_judged_nothing_changes_any_more(blink: float, down: float, side: float) -> None:
    frame = analysis("a")
    once = surely_shut(replace(frame, faces=(looking_closed(blink, down, side, frame),)))
    assert surely_shut(once) is once
