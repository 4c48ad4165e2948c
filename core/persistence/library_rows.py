"""Frames of the library as rows of its file."""

import json
import logging
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from core.ingest.scanner import photo_id
from core.persistence.documents import UNREADABLE, read_facts, read_former_facts, write_facts
from core.persistence.facts_cache import FACTS_VERSION
from core.persistence.library_words import as_text, words_of
from core.types import Photo

_log = logging.getLogger(__name__)

COLUMNS = (
    "id, path, mtime_ns, size_bytes, turn, shoot, volume, facts, "
    "width, height, compression, phash, faces, things"
)
"""What ``read_frames`` reads."""

WRITE = """
    INSERT INTO frame (path, mtime_ns, size_bytes, turn, shoot, volume, facts_version, facts, width, height,
        compression, phash, faces, things, photo_id, words, embedder)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (path) DO UPDATE SET mtime_ns = excluded.mtime_ns, size_bytes = excluded.size_bytes,
        turn = excluded.turn, shoot = excluded.shoot, volume = excluded.volume,
        facts_version = excluded.facts_version, facts = excluded.facts, width = excluded.width,
        height = excluded.height, compression = excluded.compression, phash = excluded.phash,
        faces = excluded.faces, things = excluded.things, photo_id = excluded.photo_id, words = excluded.words,
        embedder = excluded.embedder
    RETURNING id
"""
_SIGN = 1 << 64  # SQLite's numbers have one


@dataclass(frozen=True, slots=True)
class KnownFrame:
    """One frame of the library.

    Attributes:
        number: names it in the library.
        photo: what its file says; it has no companions here.
        shoot: the folder it was last opened with.
        volume: the mount point of its drive.
        width, height: pixels of the upright picture.
        compression: as in ``core.types.Analysis``.
        phash: likewise.
        faces: how many were found in it.
        things: what it surely shows, in English words; None where that was not asked.
    """

    number: int
    photo: Photo
    shoot: Path
    volume: Path
    width: int
    height: int
    compression: float
    phash: int
    faces: int
    things: tuple[str, ...] | None = None


def row_of(frame: KnownFrame) -> tuple[object, ...]:
    """Return what ``WRITE`` writes of a frame, but for its embedder."""
    photo = frame.photo
    return (
        os.fsencode(photo.path),
        photo.mtime_ns,
        photo.size_bytes,
        photo.turn,
        os.fsencode(frame.shoot),
        os.fsencode(frame.volume),
        FACTS_VERSION,
        write_facts(photo),
        frame.width,
        frame.height,
        frame.compression,
        frame.phash - _SIGN if frame.phash >= _SIGN // 2 else frame.phash,
        frame.faces,
        None if frame.things is None else json.dumps(frame.things),
        as_text(photo.id),
        words_of(photo),
    )


@dataclass(frozen=True, slots=True)
class _Seen:
    """A file as a row knows it."""

    path: Path
    mtime_ns: int
    size_bytes: int
    turn: int


def read_frames(rows: Iterable[tuple[Any, ...]], *, whole: bool = True) -> Iterator[KnownFrame]:
    """Yield the frames of rows.

    Args:
        rows: of the columns.
        whole: leave those out whose facts cannot be read; otherwise they are known by their place alone.
    """
    for number, path, mtime_ns, size_bytes, turn, shoot, volume, facts, width, height, *rest in rows:
        compression, phash, faces, things = rest
        try:
            seen = _Seen(Path(os.fsdecode(path)), int(mtime_ns), int(size_bytes), int(turn))
            photo = _photo(facts, seen)
            if photo is None and whole:
                continue
            yield KnownFrame(
                int(number),
                photo
                or Photo(photo_id(seen.path), seen.path, size_bytes=seen.size_bytes, mtime_ns=seen.mtime_ns),
                _folder(shoot),
                _folder(volume),
                int(width),
                int(height),
                float(compression),
                int(phash) % _SIGN,
                int(faces),
                None if things is None else tuple(map(str, json.loads(things))),
            )
        except UNREADABLE:
            _log.warning("what the library knows of frame %s is damaged", number)


@lru_cache(maxsize=1024)
def _folder(path: bytes) -> Path:
    """Return a folder that many frames have in common."""
    return Path(os.fsdecode(path))


def _photo(facts: str, seen: _Seen) -> Photo | None:
    """Return what a file says, as far as it is understood of what an older version wrote; None for what is no facts."""
    try:
        photo = read_facts(facts, seen)
    except UNREADABLE:
        try:
            photo = replace(read_former_facts(facts, seen), id=photo_id(seen.path))
        except UNREADABLE:
            return None
    return replace(photo, turn=seen.turn)
