"""The cache of thumbnails: bounded, and read by many while one writes."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from core.errors import StoreError
from core.persistence.thumbnail_cache import ThumbnailCache
from core.types import Photo, PhotoId

DAY = "core.persistence.thumbnail_cache._today"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "thumbnails.sqlite"


@pytest.fixture
def cache(path: Path) -> Iterator[ThumbnailCache]:
    with closing(ThumbnailCache.open(path)) as opened:
        yield opened


def photo(name: str) -> Photo:
    return Photo(PhotoId(name), Path("/shoot") / f"{name}.jpg", size_bytes=1000, mtime_ns=10**18)


def jpeg(name: str, size: int = 1000) -> bytes:
    return name.encode().ljust(size, b"\xff")


def put(cache: ThumbnailCache, *names: str) -> None:
    cache.put_many((photo(name), jpeg(name)) for name in names)


def kept(cache: ThumbnailCache, *names: str) -> list[str]:
    """Those of some photos whose thumbnails are there, as a view asks for them."""
    return [name for name in names if cache.get(photo(name)) is not None]


def test_a_thumbnail_comes_back_after_a_restart(path: Path) -> None:
    with closing(ThumbnailCache.open(path)) as cache:
        put(cache, "a", "b")
    with closing(ThumbnailCache.open(path)) as cache:
        assert cache.get(photo("a")) == jpeg("a")
        assert kept(cache, "b", "c") == ["b"]


def test_a_changed_file_has_no_thumbnail(cache: ThumbnailCache) -> None:
    put(cache, "a")
    assert cache.get(replace(photo("a"), mtime_ns=1)) is None


def test_what_was_opened_longest_ago_is_dropped_first(
    cache: ThumbnailCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DAY, lambda: 1)
    put(cache, "old", "looked-at")
    monkeypatch.setattr(DAY, lambda: 2)
    put(cache, "yesterday")
    monkeypatch.setattr(DAY, lambda: 3)
    put(cache, "today")
    assert cache.get(photo("looked-at"))
    cache.prune(2000)
    assert kept(cache, "old", "looked-at", "yesterday", "today") == ["looked-at", "today"]


def test_that_a_thumbnail_was_used_is_remembered_by_the_next_run(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(DAY, lambda: 1)
    with closing(ThumbnailCache.open(path)) as cache:
        put(cache, "used", "unused")
    monkeypatch.setattr(DAY, lambda: 2)
    with closing(ThumbnailCache.open(path)) as cache:
        assert cache.get(photo("used"))
    with closing(ThumbnailCache.open(path)) as cache:
        cache.prune(1000)
        assert kept(cache, "used", "unused") == ["used"]


def test_pruning_keeps_all_that_fits(cache: ThumbnailCache) -> None:
    put(cache, "a", "b", "c")
    cache.prune(3000)
    assert kept(cache, *"abc") == [*"abc"]
    cache.prune(0)
    assert kept(cache, *"abc") == []


def test_pruning_and_clearing_give_the_room_back(cache: ThumbnailCache) -> None:
    names = [str(number) for number in range(300)]
    cache.put_many((photo(name), jpeg(name, 20_000)) for name in names)
    full = cache.size_bytes()
    cache.prune(1_000_000)
    pruned = cache.size_bytes()
    assert pruned < 2_000_000 < full
    cache.clear()
    assert cache.size_bytes() < 100_000


def test_many_read_while_one_writes(cache: ThumbnailCache) -> None:
    put(cache, "a")
    wrong: list[bytes | None] = []
    done = threading.Event()

    def look() -> None:
        while not done.is_set():
            found = cache.get(photo("a"))
            if found != jpeg("a"):
                wrong.append(found)

    readers = [threading.Thread(target=look) for _ in range(4)]
    for reader in readers:
        reader.start()
    for batch in range(10):
        put(cache, *(f"{batch}-{number}" for number in range(32)))
    done.set()
    for reader in readers:
        reader.join()
    assert wrong == []


def test_a_damaged_cache_is_replaced(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path.write_bytes(b"\x00" * 10_000)
    with closing(ThumbnailCache.open(path)) as cache:
        put(cache, "a")
        assert cache.get(photo("a")) == jpeg("a")
    assert "made anew" in caplog.text


def test_damage_found_later_is_a_miss_for_readers_and_told_to_the_writer(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with closing(ThumbnailCache.open(path)) as cache:
        put(cache, "a")
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("DROP TABLE thumbnail")
    with closing(ThumbnailCache.open(path)) as cache:
        assert cache.get(photo("a")) is None
        with pytest.raises(StoreError, match=r"thumbnails\.sqlite"):
            put(cache, "a")
    assert "made again" in caplog.text


def test_a_place_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="missing"):
        ThumbnailCache.open(tmp_path / "missing" / "thumbnails.sqlite")
