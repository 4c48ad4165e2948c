"""Keeps how a shoot was grouped, and how its frames lie over each other: the same shoot is grouped once."""

import logging
import time
from collections.abc import Iterable, Mapping
from hashlib import blake2b

from core.errors import StoreError
from core.grouping.evidence import Pair
from core.grouping.geometry import Alignment
from core.persistence.cache_file import key_of
from core.persistence.database import Database, chunks
from core.persistence.documents import UNREADABLE
from core.persistence.group_documents import KeptGroups, read_groups, write_groups
from core.types import Photo

_log = logging.getLogger(__name__)

_SHOOTS_KEPT = 60  # a shoot of 10,000 takes a megabyte


class GroupCache:
    """Groupings by a digest of what they come from, and alignments by pairs of photos. Disposable.

    What cannot be read counts as not kept, with a warning in the log.

    Args:
        database: that of the measures.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def alignments(self, photos: Iterable[Photo], measures: str) -> dict[Pair, Alignment | None]:
        """Return the pairs of these photos that were laid over each other before.

        Args:
            photos: of a shoot.
            measures: names the models and the code that measured them.
        """
        by_number = {_number(photo, measures): photo.id for photo in photos}
        known: dict[Pair, Alignment | None] = {}
        try:
            with self._database.reading() as connection:
                for chunk in chunks(list(by_number)):
                    rows = connection.execute(
                        "SELECT one, other, overlap, within, shift_right, shift_down, zoom, corners FROM alignment "  # noqa: S608
                        f"WHERE one IN ({', '.join('?' * len(chunk))})",
                        chunk,
                    )
                    for one, other, *values in rows:
                        if one in by_number and other in by_number:  # an index may be damaged
                            laid = Alignment(*values) if values[0] is not None else None
                            known[by_number[one], by_number[other]] = laid
        except StoreError as error:
            _log.warning("frames are laid over each other again: %s", error)
        return known

    def put_alignments(
        self, pairs: Mapping[Pair, Alignment | None], photos: Iterable[Photo], measures: str
    ) -> None:
        """Keep how pairs lie over each other.

        Raises:
            StoreError: they cannot be written; none is kept.
        """
        if not pairs:
            return
        numbers = {photo.id: _number(photo, measures) for photo in photos}
        rows = [(numbers[one], numbers[other], *_columns(laid)) for (one, other), laid in pairs.items()]
        with self._database.writing() as connection:
            connection.executemany("INSERT OR REPLACE INTO alignment VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def groups(self, digest: bytes) -> KeptGroups | None:
        """Return the grouping under a digest of all that it depends on; None where none is kept."""
        try:
            with self._database.reading() as connection:
                row = connection.execute(
                    "SELECT document FROM grouping WHERE digest = ?", (digest,)
                ).fetchone()
        except StoreError as error:
            _log.warning("the shoot is grouped again: %s", error)
            return None
        if row is None:
            return None
        try:
            kept = read_groups(row[0])
        except UNREADABLE:
            _log.warning("the kept grouping is damaged; the shoot is grouped again")
            return None
        self._note_use(digest)
        return kept

    def put_groups(self, digest: bytes, groups: KeptGroups) -> None:
        """Keep the grouping of a shoot; those used longest ago are forgotten.

        Raises:
            StoreError: it cannot be written; nothing is kept.
        """
        row = (digest, time.time_ns(), write_groups(groups))
        with self._database.writing() as connection:
            connection.execute("INSERT OR REPLACE INTO grouping VALUES (?, ?, ?)", row)
            connection.execute(
                "DELETE FROM grouping WHERE digest NOT IN "
                "(SELECT digest FROM grouping ORDER BY used_ns DESC LIMIT ?)",
                (_SHOOTS_KEPT,),
            )

    def _note_use(self, digest: bytes) -> None:
        """Note that a grouping is in use; where that cannot be written the grouping is used all the same."""
        try:
            with self._database.writing() as connection:
                connection.execute(
                    "UPDATE grouping SET used_ns = ? WHERE digest = ?", (time.time_ns(), digest)
                )
        except StoreError as error:
            _log.warning("the use of a grouping is not noted: %s", error)


def _number(photo: Photo, measures: str) -> int:
    """Name a photo as it was measured, in 64 bits: among a million photos two meet once in thirty million."""
    path, mtime_ns, size_bytes = key_of(photo)
    digest = blake2b(path, digest_size=8)
    digest.update(f"\0{mtime_ns} {size_bytes} {measures}".encode())
    return int.from_bytes(digest.digest(), "big", signed=True)


def _columns(laid: Alignment | None) -> tuple[float | None, ...]:
    if laid is None:
        return (None,) * 6
    return laid.overlap, laid.within, laid.right, laid.down, laid.zoom, laid.corners
