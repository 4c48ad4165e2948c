"""Thumbnails: what is seen comes first, what is stale is dropped, what is shown only ever gets better."""

import io
import threading
from collections.abc import Iterator

import pytest
from PIL import Image
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from core.errors import PhotoError
from core.language import say
from core.types import PhotoId
from fixtures.frames import photo
from fixtures.patience import PATIENCE
from ui.imaging.image_cache import BoundedCache
from ui.imaging.qimage_convert import decode_jpeg
from ui.imaging.thumbnail_loader import ThumbnailLoader


def jpeg(width: int, height: int, colour: str = "red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "JPEG")
    return out.getvalue()


def ids(text: str) -> list[PhotoId]:
    return [PhotoId(name) for name in text]


class Source:
    """Hands out pictures; holds all loads back while ``gate`` is closed."""

    def __init__(self) -> None:
        self.gate = threading.Event()
        self.gate.set()
        self.loaded: list[PhotoId] = []
        self.pictures: dict[PhotoId, bytes | None] = {}
        self.failing: set[PhotoId] = set()

    def load(self, photo_id: PhotoId) -> bytes | None:
        self.loaded.append(photo_id)
        self.gate.wait(PATIENCE)
        if photo_id in self.failing:
            raise PhotoError(photo(photo_id).path, say("The file is empty (0 bytes)."))
        return self.pictures.get(photo_id, jpeg(512, 341))


@pytest.fixture
def source() -> Source:
    return Source()


@pytest.fixture
def loader(source: Source, qtbot: QtBot) -> Iterator[ThumbnailLoader]:
    loader = ThumbnailLoader(source, threads=1)
    yield loader
    source.gate.set()
    assert loader.shutdown(PATIENCE)


def test_a_requested_thumbnail_arrives_reduced(loader: ThumbnailLoader, qtbot: QtBot) -> None:
    with qtbot.waitSignal(loader.picture_changed) as told:
        loader.request(ids("A"), side=200)
    assert told.args == ["A"]
    pixmap = loader.pixmap(PhotoId("A"), 200)
    assert pixmap is not None
    assert (pixmap.width(), pixmap.height()) == (256, 171)  # 170.5: decoders round up


def test_the_first_of_a_request_is_loaded_first_and_the_scrolled_away_never(
    loader: ThumbnailLoader, source: Source, qtbot: QtBot
) -> None:
    source.gate.clear()
    loader.request(ids("ABCDEF"))
    qtbot.waitUntil(lambda: source.loaded == ["A"])
    loader.request(ids("XYB"))
    source.gate.set()
    qtbot.waitUntil(lambda: len(source.loaded) == 4)
    qtbot.waitUntil(lambda: loader.pixmap(PhotoId("B")) is not None)
    assert source.loaded == ["A", "X", "Y", "B"]


def test_two_views_ask_side_by_side_the_last_one_first(
    loader: ThumbnailLoader, source: Source, qtbot: QtBot
) -> None:
    source.gate.clear()
    loader.request(ids("ABC"), wanted_by="grid")
    qtbot.waitUntil(lambda: source.loaded == ["A"])
    loader.request(ids("XY"), wanted_by="filmstrip")
    source.gate.set()
    qtbot.waitUntil(lambda: len(source.loaded) == 5)
    assert source.loaded == ["A", "X", "Y", "B", "C"]


def test_nothing_is_loaded_twice(loader: ThumbnailLoader, source: Source, qtbot: QtBot) -> None:
    with qtbot.waitSignal(loader.picture_changed):
        loader.request(ids("A"))
    with qtbot.waitSignal(loader.picture_changed):
        loader.request(ids("AB"))
    assert source.loaded == ["A", "B"]


def test_a_preview_is_shown_at_once_and_replaced(loader: ThumbnailLoader, qtbot: QtBot) -> None:
    told = QSignalSpy(loader.previews_added)
    loader.add_previews((photo_id, jpeg(160, 120)) for photo_id in ids("AB"))
    assert told.count() == 1
    preview = loader.pixmap(PhotoId("A"))
    assert preview is not None
    assert preview.width() == 160
    assert loader.is_preview(PhotoId("A"))
    with qtbot.waitSignal(loader.picture_changed):
        loader.request(ids("A"), side=300)
    better = loader.pixmap(PhotoId("A"), 300)
    assert better is not None
    assert better.width() == 384
    assert not loader.is_preview(PhotoId("A"))


def test_a_late_preview_never_takes_a_thumbnails_place(loader: ThumbnailLoader, qtbot: QtBot) -> None:
    with qtbot.waitSignal(loader.picture_changed):
        loader.request(ids("A"))
    loader.add_previews([(PhotoId("A"), jpeg(160, 120))])
    pixmap = loader.pixmap(PhotoId("A"))
    assert pixmap is not None
    assert pixmap.width() == 256


def test_a_broken_preview_is_none(loader: ThumbnailLoader) -> None:
    loader.add_previews([(PhotoId("A"), b"no picture")])
    assert loader.pixmap(PhotoId("A")) is None


def test_an_invalidated_picture_stays_until_the_better_one_is_there(
    loader: ThumbnailLoader, source: Source, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(loader.picture_changed):
        loader.request(ids("A"))
    source.pictures[PhotoId("A")] = jpeg(256, 256, "blue")
    source.gate.clear()
    loader.invalidate(ids("A"))
    old = loader.pixmap(PhotoId("A"))
    assert old is not None
    assert old.height() == 171
    with qtbot.waitSignal(loader.picture_changed):
        source.gate.set()
    new = loader.pixmap(PhotoId("A"))
    assert new is not None
    assert new.height() == 256


def test_a_result_of_before_the_invalidation_is_dropped(
    loader: ThumbnailLoader, source: Source, qtbot: QtBot
) -> None:
    source.gate.clear()
    loader.request(ids("A"))
    qtbot.waitUntil(lambda: source.loaded == ["A"])
    loader.invalidate(ids("A"))
    told = QSignalSpy(loader.picture_changed)
    source.gate.set()
    qtbot.waitUntil(lambda: loader.pixmap(PhotoId("A")) is not None)
    assert source.loaded == ["A", "A"]
    assert told.count() == 1


def test_nothing_of_a_former_shoot_arrives(loader: ThumbnailLoader, source: Source, qtbot: QtBot) -> None:
    source.gate.clear()
    loader.request(ids("AB"))
    loader.add_previews([(PhotoId("C"), jpeg(160, 120))])
    qtbot.waitUntil(lambda: source.loaded == ["A"])
    loader.clear()
    source.gate.set()
    with qtbot.waitSignal(loader.picture_changed) as told:
        loader.request(ids("Z"))
    assert told.args == ["Z"]
    assert all(loader.pixmap(photo_id) is None for photo_id in ids("ABC"))


def test_a_failure_is_told_once_and_tried_again_only_after_an_invalidation(
    loader: ThumbnailLoader, source: Source, qtbot: QtBot
) -> None:
    source.failing.add(PhotoId("A"))
    source.pictures[PhotoId("B")] = b"no picture"
    loader.request(ids("AB"))
    qtbot.waitUntil(lambda: all(loader.failed(photo_id) for photo_id in ids("AB")))
    loader.request(ids("AB"))
    source.failing.clear()
    with qtbot.waitSignal(loader.picture_changed):
        loader.invalidate(ids("A"))
    assert not loader.failed(PhotoId("A"))
    assert loader.pixmap(PhotoId("A")) is not None
    assert source.loaded == ["A", "B", "A"]


def test_a_hanging_load_does_not_hold_up_the_end(source: Source, qtbot: QtBot) -> None:
    loader = ThumbnailLoader(source, threads=1)
    source.gate.clear()
    loader.request(ids("A"))
    qtbot.waitUntil(lambda: source.loaded == ["A"])
    assert not loader.shutdown(0.05)
    source.gate.set()
    assert loader.shutdown(PATIENCE)


def test_the_cache_gives_up_the_least_lately_used_within_its_bytes() -> None:
    cache: BoundedCache[str, bytes] = BoundedCache(10, len)
    cache.put("a", b"1234")
    cache.put("b", b"1234")
    assert cache.get("a") == b"1234"
    cache.put("c", b"1234")
    assert ("a" in cache, "b" in cache, "c" in cache) == (True, False, True)
    cache.put("a", b"1")
    assert cache.size_bytes == 5
    cache.put("d", b"x" * 50)
    assert "d" in cache
    assert cache.size_bytes == 50
    cache.clear()
    assert cache.size_bytes == 0


def test_giving_up_one_of_many_does_not_look_at_all_of_them() -> None:
    asked: list[str] = []

    def size(value: str) -> int:
        asked.append(value)
        return 1

    cache: BoundedCache[int, str] = BoundedCache(1000, size)
    for number in range(3000):
        cache.put(number, str(number), keep=(0, 1))
    assert cache.size_bytes == 1000
    assert 0 in cache
    assert 1 in cache
    assert 2001 not in cache
    assert len(asked) < 4 * 3000


def test_a_picture_is_reduced_but_never_enlarged() -> None:
    small = decode_jpeg(jpeg(100, 50), 400)
    assert small is not None
    assert (small.width(), small.height()) == (100, 50)
    panorama = decode_jpeg(jpeg(3000, 6), 128)
    assert panorama is not None
    assert (panorama.width(), panorama.height()) == (128, 1)
    assert decode_jpeg(b"", 100) is None
