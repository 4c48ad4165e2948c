"""Keeps thumbnails between runs, within a bound of bytes. Disposable."""

import logging
import threading
import time
from collections.abc import Collection, Iterable
from pathlib import Path

from core.errors import StoreError
from core.persistence.cache_file import (
    SeenFile,
    follow,
    key_of,
    open_cache,
    restamp,
    size_on_disk,
)
from core.persistence.database import Database
from core.persistence.thumbnails_schema import THUMBNAILS
from core.types import Photo

_log = logging.getLogger(__name__)

_SECONDS_A_DAY = 86_400


class ThumbnailCache:
    """JPEG bytes by path, valid while the file's time and size are the same.

    Safe to use from several threads and processes; reading never waits for writing. What cannot be read
    counts as not kept, with a warning in the log.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = threading.Lock()
        self._used: set[bytes] = set()  # paths looked at that were last used on an earlier day

    @property
    def path(self) -> Path:
        """The file."""
        return self._database.path

    @classmethod
    def open(cls, path: Path) -> "ThumbnailCache":
        """Open or make the cache; a damaged one is deleted and made anew.

        Raises:
            StoreError: it cannot be made there.
        """
        return cls(open_cache(path, THUMBNAILS))

    def get(self, photo: Photo) -> bytes | None:
        """Return the thumbnail of a photo as JPEG, None where none is kept."""
        key = key_of(photo)
        try:
            with self._database.reading() as connection:
                row = connection.execute(
                    "SELECT jpeg, used_day FROM thumbnail WHERE path = ? AND mtime_ns = ? AND size_bytes = ?",
                    key,
                ).fetchone()
        except StoreError as error:
            _log.warning("a thumbnail is made again: %s", error)
            return None
        if row is None:
            return None
        jpeg, used_day = row
        if used_day != _today():
            with self._lock:
                self._used.add(key[0])
        return bytes(jpeg)

    def put_many(self, pairs: Iterable[tuple[Photo, bytes]]) -> None:
        """Keep thumbnails, in the place of earlier ones of the same photos.

        Raises:
            StoreError: they cannot be written; none is kept.
        """
        today = _today()
        rows = [(*key_of(photo), today, len(jpeg), jpeg) for photo, jpeg in pairs]
        if rows:
            with self._database.writing() as connection:
                connection.executemany("INSERT OR REPLACE INTO thumbnail VALUES (?, ?, ?, ?, ?, ?)", rows)

    def restamp(self, files: Collection[tuple[SeenFile, SeenFile]]) -> None:
        """Keep the thumbnails of photos whose metadata was written, not their picture.

        Args:
            files: each as it was when the thumbnail was made, and as it is now.

        Raises:
            StoreError: it cannot be written; the thumbnails are made again.
        """
        with self._database.writing() as connection:
            restamp(connection, "thumbnail", files)

    def follow(self, files: Collection[tuple[SeenFile, SeenFile]]) -> None:
        """Keep for copies the thumbnails of their originals.

        Args:
            files: each original with its copy.

        Raises:
            StoreError: it cannot be written; the thumbnails are made again.
        """
        with self._database.writing() as connection:
            follow(connection, "thumbnail", files)

    def size_bytes(self) -> int:
        """Return what it takes on the disk."""
        return size_on_disk(self._database.path)

    def prune(self, max_bytes: int) -> None:
        """Drop what was used longest ago, by day and then by folder, until the pictures take ``max_bytes``.

        Raises:
            StoreError: that failed.
        """
        self._note_use()
        with self._database.writing() as connection:
            dropped = connection.execute(
                """
                DELETE FROM thumbnail WHERE path IN (
                    SELECT path FROM (
                        SELECT path, sum(bytes) OVER (ORDER BY used_day DESC, path DESC) AS so_far
                        FROM thumbnail
                    ) WHERE so_far > ?
                )
                """,
                (max_bytes,),
            ).rowcount
        if dropped:
            self._database.shrink()

    def clear(self) -> None:
        """Forget everything and give the room back.

        Raises:
            StoreError: that failed.
        """
        with self._database.writing() as connection:
            connection.execute("DELETE FROM thumbnail")
        self._database.shrink()

    def close(self) -> None:
        """Close the file."""
        try:
            self._note_use()
        except StoreError as error:
            _log.warning("which thumbnails were used is not noted: %s", error)
        self._database.close()

    def _note_use(self) -> None:
        """Write down what was looked at today; once a shoot, not once a look."""
        with self._lock:
            used, self._used = self._used, set()
        if used:
            today = _today()
            with self._database.writing() as connection:
                connection.executemany(
                    "UPDATE thumbnail SET used_day = ? WHERE path = ?", [(today, path) for path in used]
                )


def _today() -> int:
    """Return the days since 1970, UTC."""
    return int(time.time()) // _SECONDS_A_DAY
