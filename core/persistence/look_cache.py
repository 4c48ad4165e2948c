"""Keeps the tree of a shoot's looks: the same frames are clustered once. Disposable."""

import logging
import time

from core.errors import StoreError
from core.looks.tree import LookTree
from core.persistence.database import Database

_log = logging.getLogger(__name__)

_TREES_KEPT = 30  # that of a shoot of 20,000 takes five megabytes


class LookCache:
    """Trees by a digest of what they come from. What cannot be read counts as not kept, with a warning in the log.

    Args:
        database: that of the measures.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def tree(self, digest: bytes, frames: int) -> LookTree | None:
        """Return the tree of so many frames under a digest; None where none is kept."""
        try:
            with self._database.reading() as connection:
                row = connection.execute("SELECT document FROM looks WHERE digest = ?", (digest,)).fetchone()
            if row is None:
                return None
            tree = LookTree.read(row[0], frames)
        except (StoreError, ValueError) as error:
            _log.warning("what looks alike is found out again: %s", error)
            return None
        self._note_use(digest)
        return tree

    def _note_use(self, digest: bytes) -> None:
        try:
            with self._database.writing() as connection:
                connection.execute("UPDATE looks SET used_ns = ? WHERE digest = ?", (time.time_ns(), digest))
        except StoreError as error:
            _log.warning("it is not noted that looks were used: %s", error)

    def put(self, digest: bytes, tree: LookTree) -> None:
        """Keep a tree, as far as the disk allows; those used longest ago are forgotten."""
        try:
            with self._database.writing() as connection:
                connection.execute(
                    "INSERT OR REPLACE INTO looks VALUES (?, ?, ?)", (digest, time.time_ns(), tree.write())
                )
                connection.execute(
                    "DELETE FROM looks WHERE digest NOT IN "
                    "(SELECT digest FROM looks ORDER BY used_ns DESC LIMIT ?)",
                    (_TREES_KEPT,),
                )
        except StoreError as error:
            _log.warning("what looks alike is not kept: %s", error)
