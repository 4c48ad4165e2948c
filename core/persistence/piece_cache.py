"""Keeps photos piece by piece: what was detected and what each piece looks like. Disposable."""

import json
import logging
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from core.errors import StoreError
from core.persistence.cache_file import key_of, valid_rows
from core.persistence.database import Database
from core.persistence.documents import UNREADABLE
from core.types import Box, Photo, Pieces, PlacedThing

_log = logging.getLogger(__name__)

_SCALE = np.dtype("<f4")
_MOST = 127  # of a vector's numbers, which are kept in 8 bits: a fifth of the room, the same neighbours


class PieceCache:
    """Pieces by path, valid while the file's time and size are the same and the same models would make them.

    What cannot be read counts as not kept, with a warning in the log.

    Args:
        database: that of the measures.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def present(self, photos: Iterable[Photo], made_by: str) -> list[tuple[Photo, tuple[PlacedThing, ...]]]:
        """Return those photos whose pieces are kept, with the things in them."""
        found = []
        for photo, things, _ in self._rows(photos, made_by, "things, x''"):
            try:
                found.append((photo, _read_things(json.loads(things))))
            except UNREADABLE:
                _log.warning("the kept things of %s are damaged", photo.path)
        return found

    def pieces(self, photos: Sequence[Photo], made_by: str) -> Iterator[tuple[Photo, Pieces]]:
        """Yield the pieces that are kept of some photos, in no certain order."""
        for photo, document, vectors in self._rows(photos, made_by, "things, vectors"):
            try:
                yield photo, _read(document, vectors)
            except UNREADABLE:
                _log.warning("the kept pieces of %s are damaged", photo.path)

    def showing(self, label: str, made_by: str) -> list[bytes]:
        """Return the paths of all photos in which the detector found something it calls so, surely or not."""
        try:
            with self._database.reading() as connection:
                rows = connection.execute(
                    "SELECT path FROM piece WHERE made_by = ? AND instr(things, ?)",
                    (made_by, json.dumps(label)),
                ).fetchall()
        except StoreError as error:
            _log.warning("nothing is known of the things in photos: %s", error)
            return []
        return [path for (path,) in rows]

    def put(self, pairs: Iterable[tuple[Photo, Pieces]], made_by: str) -> None:
        """Keep pieces, in the place of earlier ones of the same photos.

        Raises:
            StoreError: they cannot be written; none is kept.
        """
        rows = [(*key_of(photo), made_by, *_write(pieces)) for photo, pieces in pairs]
        if rows:
            with self._database.writing() as connection:
                connection.executemany("INSERT OR REPLACE INTO piece VALUES (?, ?, ?, ?, ?, ?)", rows)

    def _rows(self, photos: Iterable[Photo], made_by: str, columns: str) -> list[tuple[Photo, str, bytes]]:
        try:
            with self._database.reading() as connection:
                rows = valid_rows(connection, "piece", columns, photos, made_by=made_by)
                return [(photo, *values) for photo, values in rows]
        except StoreError as error:
            _log.warning("what is where in photos is found out again: %s", error)
            return []


def _write(pieces: Pieces) -> tuple[str, bytes]:
    document = {
        "things": [[each.label, round(each.confidence, 4), *_numbers(each.box)] for each in pieces.things],
        "boxes": [_numbers(box) for box in pieces.boxes],
    }
    scales = np.maximum(np.abs(pieces.vectors).max(axis=1), 1e-12) / _MOST
    numbers = np.rint(pieces.vectors / scales[:, np.newaxis]).astype(np.int8)
    return json.dumps(document, separators=(",", ":")), scales.astype(_SCALE).tobytes() + numbers.tobytes()


def _read(document: str, content: bytes) -> Pieces:
    """Read what ``_write`` wrote. Raises one of ``UNREADABLE``."""
    written = json.loads(document)
    boxes = tuple(Box(*map(float, numbers)) for numbers in written["boxes"])
    head = len(boxes) * _SCALE.itemsize
    scales = np.frombuffer(content[:head], _SCALE)
    vectors: NDArray[np.float32] = (
        np.frombuffer(content[head:], np.int8).reshape(len(boxes), -1) * scales[:, None]
    )
    if not np.isfinite(vectors).all():
        raise ValueError("not finite")
    return Pieces(_read_things(written), boxes, vectors)


def _read_things(written: dict[str, list[list[object]]]) -> tuple[PlacedThing, ...]:
    return tuple(
        PlacedThing(str(label), float(confidence), Box(*map(float, numbers)))  # type: ignore[arg-type]
        for label, confidence, *numbers in written["things"]
    )


def _numbers(box: Box) -> list[float]:
    return [round(number, 5) for number in (box.x, box.y, box.width, box.height)]
