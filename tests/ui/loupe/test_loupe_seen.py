"""The loupe: what is seen enlarged is sharp before the whole photo is decoded."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from core.shoot.shoot import Shoot
from core.types import (
    Box,
)
from fixtures.loupes import HEIGHT, A, B, C, StripedPhotos, is_sharp, loupe_over, pane, wait_for_picture
from fixtures.windows import there
from ui.views.loupe_view import LoupeView
from ui.views.zoom import Place


@pytest.fixture
def quick(qtbot: QtBot, source: StripedPhotos, monkeypatch: pytest.MonkeyPatch) -> Iterator[LoupeView]:
    """A loupe that can have what is seen before the whole, and while that is waited for; the pointer is elsewhere."""
    with loupe_over(source, parts=True, threads=2) as loupe:
        qtbot.addWidget(loupe)
        monkeypatch.setattr(loupe._panes[0], "mapFromGlobal", lambda _point: QPoint(-1, -1))
        yield loupe


def test_what_is_seen_enlarged_is_sharp_before_the_whole_photo_is_there(
    qtbot: QtBot, quick: LoupeView, source: StripedPhotos, shoot: Shoot
) -> None:
    source.full_allowed.clear()
    quick.show_current(A, shoot, (A, B, C))
    wait_for_picture(qtbot, quick, A)
    quick.look_at(Place(1.0))
    qtbot.waitUntil(lambda: is_sharp(quick))
    assert quick._prefetcher.full_picture(A) is None
    assert Box(0.25, 0.25, 0.5, 0.5) in source.seen, "the middle, as far as the view reaches"
    source.full_allowed.set()
    wait_for_picture(qtbot, quick, A, full=True)
    assert is_sharp(quick)
    assert quick._prefetcher.seen_picture(A) is None, "it is not kept twice"


def test_where_the_view_goes_beyond_the_part_the_picture_stands_in_until_the_whole_is_there(
    qtbot: QtBot, quick: LoupeView, source: StripedPhotos, shoot: Shoot
) -> None:
    source.full_allowed.clear()
    quick.show_current(A, shoot, (A, B, C))
    wait_for_picture(qtbot, quick, A)
    quick.look_at(Place(1.0, 0.5, 0.3))
    qtbot.waitUntil(lambda: is_sharp(quick))
    quick.look_at(Place(1.0, 0.5, 0.9))
    assert not is_sharp(quick)
    source.full_allowed.set()
    qtbot.waitUntil(lambda: is_sharp(quick))


def test_at_the_foot_of_a_photo_the_whole_comes_at_once(
    qtbot: QtBot, quick: LoupeView, source: StripedPhotos, shoot: Shoot
) -> None:
    quick.show_current(A, shoot, (A, B, C))
    wait_for_picture(qtbot, quick, A)
    quick.look_at(Place(1.0, 0.5, 1.0))
    qtbot.waitUntil(lambda: is_sharp(quick))
    assert quick._prefetcher.full_picture(A) is not None


def test_the_next_frame_is_sharp_at_once_when_somebody_looks_closer_right_after_the_arrow_key(
    qtbot: QtBot, quick: LoupeView, source: StripedPhotos, shoot: Shoot
) -> None:
    source.full_allowed.clear()  # the whole of a photo never comes
    order = (A, B, C)
    quick.step_requested.connect(lambda by: quick.show_current(order[order.index(A) + by], shoot, order))
    quick.show_current(A, shoot, order)
    qtbot.waitUntil(lambda: quick._prefetcher.seen_picture(B) is not None)
    asked = list(source.seen)
    qtbot.keyClick(quick, Qt.Key.Key_Right)
    quick.toggle_zoom()
    assert is_sharp(quick), "it was decoded ahead, where the key looks"
    assert source.seen[: len(asked)] == asked


def test_where_the_mouse_goes_down_is_decoded_before_the_click_is_over(
    qtbot: QtBot, quick: LoupeView, source: StripedPhotos, shoot: Shoot
) -> None:
    source.full_allowed.clear()
    quick.show_current(A, shoot, (A, B, C))
    qtbot.waitUntil(lambda: quick._prefetcher.seen_picture(C) is not None)
    asked, foot = len(source.seen), QPoint(300, 390)
    qtbot.mousePress(pane(quick), Qt.MouseButton.LeftButton, pos=foot)
    qtbot.waitUntil(lambda: A in source.seen_of[asked:] and quick._prefetcher.seen_picture(A) is not None)
    look = source.seen[asked + source.seen_of[asked:].index(A)]
    assert [look.x, look.y] == pytest.approx([0.25, 0.975 * 0.5], abs=0.01)
    qtbot.waitUntil(lambda: there(quick._prefetcher.seen_picture(A)).there.height() > 0.9 * HEIGHT)
    qtbot.mouseRelease(pane(quick), Qt.MouseButton.LeftButton, pos=foot)
    assert is_sharp(quick), "it was there when the click zoomed"
    assert source.seen_of[asked:].count(A) == 1


def test_of_the_neighbours_what_is_looked_at_is_decoded_ahead_while_the_pane_is_at_single_pixels(
    qtbot: QtBot, quick: LoupeView, source: StripedPhotos, shoot: Shoot
) -> None:
    quick.show_current(A, shoot, (A, B, C))
    wait_for_picture(qtbot, quick, A, full=True)
    quick.look_at(Place(1.0, 0.3, 0.3))
    qtbot.waitUntil(lambda: all(quick._prefetcher.seen_picture(each) is not None for each in (B, C)))
    source.full_allowed.clear()
    quick.show_current(B, shoot, (A, B, C))
    assert is_sharp(quick)
    assert quick._prefetcher.full_picture(B) is None


def test_a_part_of_another_size_than_the_file_told_is_not_decoded_again_and_again(
    qtbot: QtBot, quick: LoupeView, source: StripedPhotos, shoot: Shoot
) -> None:
    source.rows = 10
    quick.show_current(A, shoot, (A, B, C))
    wait_for_picture(qtbot, quick, A, full=True)
    quick.look_at(Place(1.0, 0.5, 0.3))
    quick.show_current(B, shoot, (A, B, C))
    wait_for_picture(qtbot, quick, B, full=True)
    assert is_sharp(quick)
    for photo_id in (A, B):
        boxes = [each for each, asked in zip(source.seen, source.seen_of, strict=True) if asked == photo_id]
        assert len(boxes) == len(set(boxes))
