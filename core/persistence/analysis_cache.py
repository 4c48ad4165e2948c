"""Keeps what was read and measured, so that a folder opens at once the second time. Disposable."""

import logging
from collections.abc import Iterable
from pathlib import Path

from core.errors import StoreError
from core.persistence.cache_file import Stamped, key_of, open_cache, valid_rows
from core.persistence.database import Database, size_on_disk
from core.persistence.documents import (
    UNREADABLE,
    read_facts,
    read_measures,
    write_facts,
    write_measures,
    write_vector,
)
from core.persistence.schema import MEASURES
from core.types import Analysis, Photo, PhotoId

_log = logging.getLogger(__name__)

FACTS_VERSION = 1
"""Raised whenever ``core.ingest`` reads more or otherwise, so that kept facts are read again."""


class AnalysisCache:
    """Facts and measures by path, valid while the file's time and size are the same.

    Safe to use from several threads and processes. What cannot be read counts as not kept, with a warning in
    the log: it is only read or measured again.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @classmethod
    def open(cls, path: Path) -> "AnalysisCache":
        """Opens or makes the cache; a damaged one is moved aside and made anew.

        Raises:
            StoreError: it cannot be made there.
        """
        return cls(open_cache(path, MEASURES))

    def photos(self, files: Iterable[Stamped]) -> dict[Path, Photo]:
        """The facts that are kept of some files, by path; photos come without companions."""
        kept: dict[Path, Photo] = {}
        try:
            with self._database.reading() as connection:
                for file, (version, document) in valid_rows(connection, "facts", "version, document", files):
                    if version != FACTS_VERSION:
                        continue
                    try:
                        kept[file.path] = read_facts(document, file)
                    except UNREADABLE:
                        _log.warning("kept facts of %s are damaged", file.path)
        except StoreError as error:
            _log.warning("kept facts are read again: %s", error)
        return kept

    def put_photos(self, photos: Iterable[Photo]) -> None:
        """Keeps the facts of photos.

        Raises:
            StoreError: they cannot be written; none is kept.
        """
        rows = [(*key_of(photo), FACTS_VERSION, write_facts(photo)) for photo in photos]
        if rows:
            with self._database.writing() as connection:
                connection.executemany("INSERT OR REPLACE INTO facts VALUES (?, ?, ?, ?, ?)", rows)

    def analyses(self, photos: Iterable[Photo], fingerprint: str) -> dict[PhotoId, Analysis]:
        """The measures that are kept of some photos.

        Args:
            photos: whose measures are wanted.
            fingerprint: of the models and the code that measures; those of another do not count.
        """
        kept: dict[PhotoId, Analysis] = {}
        columns = "fingerprint, document, vector, model_sha256"
        try:
            with self._database.reading() as connection:
                for photo, (made_by, document, vector, model) in valid_rows(
                    connection, "analysis", columns, photos
                ):
                    if made_by != fingerprint:
                        continue
                    try:
                        kept[photo.id] = read_measures(photo.id, document, vector, model)
                    except UNREADABLE:
                        _log.warning("kept measures of %s are damaged", photo.path)
        except StoreError as error:
            _log.warning("photos are measured again: %s", error)
        return kept

    def put_analyses(self, pairs: Iterable[tuple[Photo, Analysis]], fingerprint: str) -> None:
        """Keeps measures, in the place of earlier ones of the same photos.

        Raises:
            StoreError: they cannot be written; none is kept.
        """
        rows = [
            (
                *key_of(photo),
                fingerprint,
                write_measures(analysis),
                analysis.embedding.model_sha256,
                write_vector(analysis.embedding),
            )
            for photo, analysis in pairs
        ]
        if rows:
            with self._database.writing() as connection:
                connection.executemany("INSERT OR REPLACE INTO analysis VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    def size_bytes(self) -> int:
        """What it takes on the disk."""
        return size_on_disk(self._database.path)

    def clear(self) -> None:
        """Forgets everything and gives the room back.

        Raises:
            StoreError: that failed.
        """
        with self._database.writing() as connection:
            connection.execute("DELETE FROM facts")
            connection.execute("DELETE FROM analysis")
        self._database.shrink()

    def close(self) -> None:
        """Closes the file."""
        self._database.close()
