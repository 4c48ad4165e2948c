"""Keeps what the files of photos say about themselves, so that each is read once. Disposable."""

import logging
from collections.abc import Iterable
from pathlib import Path

from core.errors import StoreError
from core.persistence.cache_file import Stamped, key_of, valid_rows
from core.persistence.database import Database
from core.persistence.documents import UNREADABLE, read_facts, write_facts
from core.types import Photo

_log = logging.getLogger(__name__)

FACTS_VERSION = 13
"""Raised whenever more of a file is read, or otherwise, so that kept facts are read again."""


class FactsCache:
    """Facts by path, valid while the file's time and size are the same and the same code would read them.

    What cannot be read counts as not kept, with a warning in the log.

    Args:
        database: that of the measures.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def photos(self, files: Iterable[Stamped]) -> dict[Path, Photo]:
        """Return the facts that are kept of some files, by path; photos come without companions."""
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

    def put(self, photos: Iterable[Photo]) -> None:
        """Keep the facts of photos.

        Raises:
            StoreError: they cannot be written; none is kept.
        """
        rows = [(*key_of(photo), FACTS_VERSION, write_facts(photo)) for photo in photos]
        if rows:
            with self._database.writing() as connection:
                connection.executemany("INSERT OR REPLACE INTO facts VALUES (?, ?, ?, ?, ?)", rows)
