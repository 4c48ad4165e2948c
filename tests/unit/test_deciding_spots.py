"""Where two frames are looked at: the same thing in both, as large in one as in the other."""

from dataclasses import replace

import numpy as np
import pytest

from core.grouping.registration import Registration
from core.ranking.arguments import PersonsPart, TermsPart
from core.subject.spots import AROUND
from core.types import Analysis, Box, TermName
from fixtures.frames import analysis, face
from ui.imaging.deciding_spots import SideBySide

SMALL, LARGE = Box(0.2, 0.3, 0.05, 0.05), Box(0.6, 0.3, 0.1, 0.1)
MOVED = Registration(np.array([[1.0, 0, 0.1], [0, 1, 0], [0, 0, 1]]))


def frame(name: str, box: Box | None = None) -> Analysis:
    faces = (replace(face(), box=box),) if box is not None else ()
    return replace(analysis(name, faces=faces), width=6000, height=4000)


def pixels(frame: Analysis, box: Box) -> float:
    """Return the longer side of what is cut out, in pixels of the photo."""
    return AROUND * max(box.width * frame.width, box.height * frame.height)


def middle(box: Box) -> tuple[float, float]:
    return box.x + box.width / 2, box.y + box.height / 2


def look(
    one: Analysis, other: Analysis, registration: Registration | None = None, *, single: bool = False
) -> SideBySide:
    return SideBySide(one, other, registration, 320, single)


def test_a_face_is_as_large_in_one_as_in_the_other() -> None:
    one, other = frame("a", SMALL), frame("b", LARGE)
    first, second = look(one, other).spots(PersonsPart(0, 1, -0.1, SMALL, LARGE))
    assert pixels(one, first.box) == pytest.approx(pixels(other, second.box))
    assert pixels(other, second.box) >= AROUND * 0.1 * 6000 - 1
    assert middle(first.box) == pytest.approx(middle(SMALL))


def test_what_is_small_fills_the_room_at_single_pixels() -> None:
    tiny = Box(0.5, 0.5, 0.01, 0.01)
    one, other = frame("a", tiny), frame("b", tiny)
    first, _ = look(one, other).spots(PersonsPart(0, 1, -0.1, tiny, tiny))
    assert pixels(one, first.box) == pytest.approx(320)


def test_single_pixels_are_as_many_as_there_is_room_for() -> None:
    one, other = frame("a", LARGE), frame("b", LARGE)
    for spot in look(one, other, single=True).spots(PersonsPart(0, 1, -0.1, LARGE, LARGE)):
        assert pixels(one, spot.box) == pytest.approx(320)


@pytest.mark.parametrize("single", [False, True])
def test_somebody_who_is_not_there_is_looked_for_where_they_would_be(single: bool) -> None:
    one, other = frame("a", LARGE), frame("b")
    first, second = look(one, other, MOVED, single=single).spots(PersonsPart(0, 1, 0.1, LARGE, None))
    assert middle(second.box)[0] - middle(LARGE)[0] == pytest.approx(0.1)
    first, second = look(other, one, MOVED, single=single).spots(PersonsPart(0, 1, 0.1, None, LARGE))
    assert middle(first.box)[0] - middle(LARGE)[0] == pytest.approx(-0.1)


def test_the_sharpest_place_follows_the_movement_of_the_camera() -> None:
    one, other = frame("a"), frame("b")
    part = TermsPart(TermName.SHARPNESS, 1.0, 0.5, 0.2, (), SMALL, SMALL)
    first, second = look(one, other, MOVED, single=True).spots(part)
    assert middle(second.box)[0] - middle(first.box)[0] == pytest.approx(0.1)


def test_where_nothing_is_in_one_place_the_whole_frame_is_seen() -> None:
    one, other = frame("a"), frame("b")
    first, _ = look(one, other).spots(TermsPart(TermName.EXPOSURE, 1.0, 0.5, 0.1))
    assert pixels(one, first.box) == pytest.approx(6000)


def test_nothing_beyond_the_edge_is_cut_out_of_the_frame_that_is_sharper_there() -> None:
    corner = Box(0.0, 0.0, 0.05, 0.05)
    one, other = frame("a"), frame("b")
    first, _ = look(one, other, single=True).spots(
        TermsPart(TermName.SHARPNESS, 1.0, 0.5, 0.2, (), corner, corner)
    )
    half_across, half_down = 160 / 6000, 160 / 4000
    assert middle(first.box) == pytest.approx((half_across, half_down))


def test_a_place_that_the_other_frame_does_not_show_is_seen_in_the_same_place_of_it() -> None:
    edge = Box(0.92, 0.3, 0.05, 0.05)
    one, other = frame("a"), frame("b")
    part = TermsPart(TermName.SHARPNESS, 1.0, 0.5, 0.2, (), edge, edge)
    first, second = look(one, other, MOVED, single=True).spots(part)
    assert middle(second.box) == pytest.approx(middle(first.box))
