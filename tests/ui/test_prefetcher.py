"""Decoding ahead: what is decoded, in which order, what is kept and what is called off."""

import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from app.pictures import LargePictures, Pictures
from core.errors import PhotoError
from core.language import say
from core.types import Box, Photo, PhotoId
from fixtures.patience import PATIENCE
from fixtures.pixels import rgb
from fixtures.shoots import scene
from fixtures.windows import there
from ui.imaging import prefetcher as prefetching
from ui.imaging import workers
from ui.imaging.pictures import Pixels, to_qimage
from ui.imaging.prefetcher import Prefetcher, _Request, travel_order

IDS = [PhotoId(f"p{number}") for number in range(12)]
BOX = (30, 20)


class Source:
    """Pictures of 60 × 40 whose red tells the photo; can be held up, and fails where told."""

    def __init__(self) -> None:
        self.asked: list[tuple[PhotoId, tuple[int, int] | None]] = []
        self.failing: dict[PhotoId, Exception] = {}
        self.open = threading.Event()
        self.open.set()

    def load(self, photo_id: PhotoId, box: tuple[int, int] | None) -> Pixels:
        self.asked.append((photo_id, box))
        assert self.open.wait(PATIENCE)
        if photo_id in self.failing:
            raise self.failing[photo_id]
        width, height = box or (60, 40)
        colour = (IDS.index(photo_id), 7, 250)
        return Pixels(np.full((height, width, 3), colour, np.uint8), scaled=(width, height) != (60, 40))


@pytest.fixture
def source() -> Source:
    return Source()


@pytest.fixture
def prefetcher(qapp: object, source: Source) -> Iterator[Prefetcher]:
    prefetcher = Prefetcher(source, box=BOX, threads=1)
    yield prefetcher
    source.open.set()
    assert prefetcher.shutdown(PATIENCE)


def settle(qtbot: QtBot, prefetcher: Prefetcher, *ids: PhotoId) -> None:
    qtbot.waitUntil(lambda: all(prefetcher.picture(each) is not None for each in ids))


def test_the_current_photo_comes_first_then_next_and_previous_in_turn() -> None:
    assert travel_order(IDS[5], IDS, forward=True, ahead=3, behind=2) == [
        IDS[number] for number in (5, 6, 4, 7, 3, 8)
    ]
    assert travel_order(IDS[5], IDS, forward=False, ahead=3, behind=2) == [
        IDS[number] for number in (5, 4, 6, 3, 7, 2)
    ]


@given(st.integers(0, 11), st.booleans(), st.integers(0, 20), st.integers(0, 20))
def test_no_photo_is_wanted_twice_and_none_that_is_not_there(
    at: int, forward: bool, ahead: int, behind: int
) -> None:
    wanted = travel_order(IDS[at], IDS, forward, ahead, behind)
    assert wanted[0] == IDS[at]
    assert len(set(wanted)) == len(wanted)
    assert set(wanted) <= set(IDS)


def test_a_photo_without_neighbours_is_decoded_alone() -> None:
    assert travel_order(IDS[0], (), forward=True) == [IDS[0]]


@given(st.integers(1, 9), st.integers(1, 9), st.booleans())
def test_a_picture_keeps_its_pixels_and_outlives_its_array(width: int, height: int, strided: bool) -> None:
    array = np.random.default_rng(width).integers(0, 256, (height, width, 3), np.uint8)
    picture = to_qimage(np.asfortranarray(array) if strided else array)
    expected = array.copy()
    array[:] = 0
    seen = [[rgb(picture.pixelColor(x, y)) for x in range(width)] for y in range(height)]
    assert np.array_equal(np.array(seen), expected)


def test_showing_a_photo_decodes_it_and_its_neighbours(
    qtbot: QtBot, prefetcher: Prefetcher, source: Source
) -> None:
    with qtbot.waitSignal(prefetcher.picture_ready) as ready:
        prefetcher.show(IDS[3], IDS)
    assert ready.args == [IDS[3], False]
    settle(qtbot, prefetcher, *IDS[1:8])
    assert source.asked[0] == (IDS[3], BOX)
    assert there(prefetcher.picture(IDS[3])).pixelColor(0, 0).red() == 3


def test_a_photo_once_decoded_is_not_decoded_again(
    qtbot: QtBot, prefetcher: Prefetcher, source: Source
) -> None:
    prefetcher.show(IDS[3], IDS)
    settle(qtbot, prefetcher, *IDS[1:8])
    prefetcher.show(IDS[4], IDS)
    settle(qtbot, prefetcher, *IDS[1:9])
    assert len(source.asked) == len(set(source.asked))


def test_going_backwards_decodes_backwards(qtbot: QtBot, prefetcher: Prefetcher, source: Source) -> None:
    prefetcher.show(IDS[8], IDS)
    settle(qtbot, prefetcher, IDS[8])
    prefetcher.show(IDS[7], IDS)
    settle(qtbot, prefetcher, *IDS[3:10])


def test_what_is_no_longer_wanted_is_never_begun(
    qtbot: QtBot, prefetcher: Prefetcher, source: Source
) -> None:
    source.open.clear()
    prefetcher.show(IDS[0], IDS[:1], full=True)
    qtbot.waitUntil(lambda: len(source.asked) == 2)  # and so both threads are at work
    for photo_id in IDS[1:11]:  # an arrow key held down
        prefetcher.show(photo_id, [photo_id])
    prefetcher.show(IDS[11], [IDS[11]])
    source.open.set()
    settle(qtbot, prefetcher, IDS[11])
    assert [photo_id for photo_id, box in source.asked if box is not None] == [IDS[0], IDS[11]]


def test_the_current_photo_is_decoded_in_full_when_nothing_else_is_left_to_do(
    qtbot: QtBot, prefetcher: Prefetcher, source: Source
) -> None:
    prefetcher.show(IDS[3], IDS)
    qtbot.waitUntil(lambda: prefetcher.full_picture(IDS[3]) is not None)
    assert there(prefetcher.full_picture(IDS[3])).size.width() == 60
    assert source.asked[-1] == (IDS[3], None)
    assert [box for _, box in source.asked].count(None) == 1


def test_a_closer_look_at_the_current_photo_comes_right_after_the_next_one(
    qtbot: QtBot, qapp: object, source: Source
) -> None:
    asked: list[tuple[PhotoId, str]] = []
    middle = Box(0.25, 0.25, 0.5, 0.5)
    load = source.load

    def note(photo_id: PhotoId, box: tuple[int, int] | None) -> Pixels:
        asked.append((photo_id, "all" if box is None else "fitted"))
        return load(photo_id, box)

    def part(photo_id: PhotoId, _seen: Box) -> Pixels:
        asked.append((photo_id, "part"))
        return Pixels(np.zeros((20, 30, 3), np.uint8), at=(15, 10), whole=(60, 40))

    source.load = note  # type: ignore[method-assign]
    prefetcher = Prefetcher(source, box=BOX, threads=1, seen=part)
    prefetcher.show(IDS[3], IDS, look=lambda _: middle)
    qtbot.waitUntil(lambda: prefetcher.full_picture(IDS[3]) is not None)
    first = [(IDS[3], "fitted"), (IDS[4], "fitted"), (IDS[3], "part"), (IDS[2], "fitted")]
    assert asked[:4] == first
    assert asked[-1] == (IDS[3], "all")
    assert prefetcher.shutdown(PATIENCE)


def test_what_is_decoded_in_full_for_the_screen_gives_the_closer_look_too(
    qtbot: QtBot, qapp: object, source: Source
) -> None:
    asked: list[PhotoId] = []

    def no_part(photo_id: PhotoId, _seen: Box) -> None:
        asked.append(photo_id)

    middle = Box(0.25, 0.25, 0.5, 0.5)
    prefetcher = Prefetcher(source, box=(60, 40), threads=1, seen=no_part)
    prefetcher.show(IDS[3], IDS, look=lambda _: middle)
    source.open.set()
    qtbot.waitUntil(lambda: prefetcher.seen_picture(IDS[4]) is not None)
    part = there(prefetcher.seen_picture(IDS[4]))
    assert (part.at, part.size.toTuple()) == ((7, 5), (60, 40)), "a quarter more on each side"
    assert np.array_equal(part.rgb, np.full((30, 46, 3), (4, 7, 250), np.uint8))
    assert part.rgb.base is None, "the rest is let go of"
    qtbot.waitUntil(lambda: IDS[3] in asked and prefetcher.full_picture(IDS[3]) is not None)
    prefetcher.show(IDS[4], IDS, look=lambda _: middle)
    prefetcher.want_full(IDS[4], middle)
    qtbot.waitUntil(lambda: prefetcher.seen_picture(IDS[8]) is not None)
    assert prefetcher._is_sharp(IDS[4]), "that a decoder knows no part says nothing of what is there"
    assert prefetcher.shutdown(PATIENCE)


def test_of_photos_farther_away_no_large_closer_look_is_kept(
    qtbot: QtBot, qapp: object, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prefetching, "_MOST_BEYOND", 1)
    prefetcher = Prefetcher(source, box=(60, 40), threads=1, seen=lambda _id, _seen: None)
    prefetcher.show(IDS[3], IDS, look=lambda _: Box(0.25, 0.25, 0.5, 0.5))
    qtbot.waitUntil(lambda: prefetcher.full_picture(IDS[3]) is not None)  # which comes last
    assert prefetcher.seen_picture(IDS[4]) is not None
    assert prefetcher.picture(IDS[7]) is not None
    assert prefetcher.seen_picture(IDS[7]) is None
    assert prefetcher.shutdown(PATIENCE)


@pytest.mark.parametrize("suffix", ["png", "heic"])
def test_of_a_file_without_a_smaller_scale_a_closer_look_needs_no_second_decode(
    qtbot: QtBot, qapp: object, tmp_path: Path, suffix: str
) -> None:
    photo = Photo(PhotoId("a"), tmp_path / f"a.{suffix}")
    Image.fromarray(scene(3, (480, 320))).save(photo.path)
    pictures = Pictures()
    before = Photo(PhotoId("before"), photo.path)
    pictures.know([before, photo])
    large = LargePictures(pictures)
    prefetcher = Prefetcher(large, box=BOX, threads=1, seen=large.load_seen)
    prefetcher.show(before.id, [before.id, photo.id], look=lambda _: Box(0.5, 0.5, 0.25, 0.25))
    qtbot.waitUntil(lambda: prefetcher.seen_picture(photo.id) is not None)
    part = there(prefetcher.seen_picture(photo.id))
    whole = large.load(photo.id, None)
    assert (part.size, part.there.getRect()) == (whole.size, (210, 140, 180, 120))
    assert np.array_equal(part.rgb, whole.rgb[140:260, 210:390])
    assert prefetcher.shutdown(PATIENCE)


def test_zoomed_in_the_full_resolution_comes_first_and_with_it_that_of_the_next_photo(
    qtbot: QtBot, prefetcher: Prefetcher, source: Source
) -> None:
    prefetcher.show(IDS[3], IDS, full=True)
    qtbot.waitUntil(lambda: prefetcher.full_picture(IDS[4]) is not None)
    assert set(source.asked[:2]) == {(IDS[3], BOX), (IDS[3], None)}
    assert source.asked[2:4] == [(IDS[4], BOX), (IDS[4], None)]


def test_photos_shown_together_are_all_decoded_before_any_neighbour_and_all_kept(
    qtbot: QtBot, qapp: object, source: Source
) -> None:
    prefetcher = Prefetcher(source, box=BOX, threads=1, budget_bytes=1)
    prefetcher.show(IDS[3], IDS, full=True, beside=[IDS[7], IDS[9]])
    together = (IDS[3], IDS[7], IDS[9])
    qtbot.waitUntil(lambda: all(prefetcher.full_picture(each) is not None for each in together))
    assert set(source.asked[:6]) == {(each, box) for box in (BOX, None) for each in together}
    assert all(prefetcher.picture(each) is not None for each in together)
    assert prefetcher.shutdown(PATIENCE)


def test_the_full_resolution_of_another_photo_is_a_stale_wish(
    qtbot: QtBot, prefetcher: Prefetcher, source: Source
) -> None:
    prefetcher.show(IDS[3], [IDS[3]])
    prefetcher.want_full(IDS[2])
    qtbot.waitUntil(lambda: prefetcher.full_picture(IDS[3]) is not None)
    assert {photo_id for photo_id, _ in source.asked} == {IDS[3]}


def test_pictures_are_decoded_for_the_largest_view_that_is_open(
    qtbot: QtBot, prefetcher: Prefetcher, source: Source
) -> None:
    prefetcher.set_box("small", (12, 8))
    prefetcher.set_box("large", (45, 30))
    prefetcher.show(IDS[3], [IDS[3]])
    settle(qtbot, prefetcher, IDS[3])
    prefetcher.set_box("large", None)
    prefetcher.show(IDS[4], [IDS[4]])
    settle(qtbot, prefetcher, IDS[4])
    assert [box for _, box in source.asked if box is not None] == [(45, 30), (12, 8)]


def test_what_is_on_screen_never_waits_for_what_is_decoded_ahead(
    qtbot: QtBot, prefetcher: Prefetcher, source: Source
) -> None:
    prefetcher.show(IDS[3], IDS)
    settle(qtbot, prefetcher, IDS[3])
    source.open.clear()
    prefetcher.show(IDS[4], IDS)
    qtbot.waitUntil(lambda: len(source.asked) > 1)
    prefetcher.show(IDS[10], IDS)  # while a neighbour is being decoded
    qtbot.waitUntil(lambda: (IDS[10], BOX) in source.asked)


def test_a_part_that_is_not_enough_is_not_asked_for_again_by_who_hears_of_it(
    qtbot: QtBot, qapp: object, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    middle = Box(0.25, 0.25, 0.5, 0.5)
    small = Pixels(np.zeros((10, 60, 3), np.uint8), whole=(60, 40))  # too few rows for it
    prefetcher = Prefetcher(source, box=BOX, threads=1, seen=lambda _id, _seen: small)
    wanted: list[tuple[PhotoId, Box]] = []
    heard: list[str] = []
    hand_over = prefetcher._workers.want

    def want(requests: Sequence[_Request], urgent: int = 0) -> None:
        wanted.extend((each.photo_id, each.seen) for each in requests if each.seen is not None)
        hand_over(requests, urgent)

    def look(photo_id: str, is_whole: bool) -> None:
        if not is_whole and not heard and prefetcher.seen_picture(PhotoId(photo_id)) is not None:
            heard.append(photo_id)
            wanted.clear()
            prefetcher.want_full(PhotoId(photo_id), middle)  # as a pane does that paints what came

    prefetcher.picture_ready.connect(look)
    monkeypatch.setattr(workers, "_PATIENCE", PATIENCE)
    source.open.clear()  # nothing is there before the part
    prefetcher.show(IDS[3])
    monkeypatch.setattr(prefetcher._workers, "want", want)
    prefetcher.want_full(IDS[3], middle)
    assert wanted == [(IDS[3], middle)]
    qtbot.waitUntil(lambda: bool(heard))
    source.open.set()
    qtbot.waitUntil(lambda: prefetcher.full_picture(IDS[3]) is not None)
    assert wanted == []
    assert prefetcher.shutdown(PATIENCE)


def test_a_photo_that_fails_says_why_and_the_others_go_on(
    qtbot: QtBot, prefetcher: Prefetcher, source: Source
) -> None:
    source.failing[IDS[3]] = PhotoError(Path("IMG_3.JPG"), say("The file is empty (0 bytes)."))
    with qtbot.waitSignal(prefetcher.picture_failed) as failed:
        prefetcher.show(IDS[3], IDS)
    assert failed.args == [IDS[3], "The file is empty (0 bytes)."]
    settle(qtbot, prefetcher, IDS[4])
    assert prefetcher.picture(IDS[3]) is None


def test_a_bug_in_a_decoder_does_not_end_the_decoding(
    qtbot: QtBot, prefetcher: Prefetcher, source: Source, caplog: pytest.LogCaptureFixture
) -> None:
    source.failing[IDS[3]] = ZeroDivisionError("a bug")
    with qtbot.waitSignal(prefetcher.picture_failed) as failed:
        prefetcher.show(IDS[3], IDS)
    assert "error in Shortlist" in failed.args[1]
    assert "a bug" in caplog.text
    settle(qtbot, prefetcher, IDS[4])


def test_memory_stays_within_its_bound_and_the_current_photo_is_kept(
    qtbot: QtBot, qapp: object, source: Source
) -> None:
    small = BOX[0] * BOX[1] * 4
    prefetcher = Prefetcher(source, budget_bytes=4 * small, box=BOX, threads=1)
    ready: list[str] = []
    prefetcher.picture_ready.connect(lambda photo_id, _full: ready.append(photo_id))
    prefetcher.show(IDS[3], IDS)
    qtbot.waitUntil(lambda: len(ready) == 8)  # seven at screen size, the current one in full as well
    assert prefetcher.picture(IDS[3]) is not None
    assert prefetcher.full_picture(IDS[3]) is not None
    assert [each for each in IDS if prefetcher.picture(each) is not None] == [IDS[3]]
    assert prefetcher.shutdown(PATIENCE)


def test_a_larger_view_decodes_again_and_shows_the_smaller_picture_until_then(
    qtbot: QtBot, prefetcher: Prefetcher, source: Source
) -> None:
    prefetcher.show(IDS[3], [IDS[3]])
    settle(qtbot, prefetcher, IDS[3])
    source.open.clear()
    prefetcher.set_box("loupe", (48, 32))
    assert there(prefetcher.picture(IDS[3])).width() == BOX[0]
    source.open.set()
    qtbot.waitUntil(lambda: there(prefetcher.picture(IDS[3])).width() == 48)
    prefetcher.set_box("loupe", BOX)
    prefetcher.show(IDS[3], [IDS[3]])
    assert there(prefetcher.picture(IDS[3])).width() == 48
    assert [box for _, box in source.asked if box is not None] == [BOX, (48, 32)]


def test_forgetting_drops_all_pictures(qtbot: QtBot, prefetcher: Prefetcher) -> None:
    prefetcher.show(IDS[3], [IDS[3]])
    settle(qtbot, prefetcher, IDS[3])
    prefetcher.forget()
    assert prefetcher.picture(IDS[3]) is None


def test_a_decode_that_hangs_does_not_hold_up_the_end(qtbot: QtBot, qapp: object, source: Source) -> None:
    prefetcher = Prefetcher(source, threads=1)
    ready: list[str] = []
    prefetcher.picture_ready.connect(lambda photo_id, _full: ready.append(photo_id))
    source.open.clear()
    prefetcher.show(IDS[0])
    qtbot.waitUntil(lambda: bool(source.asked))
    assert prefetcher.shutdown(seconds=0.05) is False
    source.open.set()
    assert prefetcher.shutdown(PATIENCE) is True
    QCoreApplication.sendPostedEvents()  # what its threads had still to say
    assert ready == []  # nobody is told after the end
