"""Keeps what photos look like to each embedder that was ever in use. Disposable."""

import logging
import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from core.errors import StoreError
from core.persistence.cache_file import key_of, valid_rows
from core.persistence.database import Database
from core.persistence.documents import UNREADABLE, read_vector, write_vector
from core.persistence.made_by import MadeBy
from core.types import Embedding, Photo, PhotoId

_log = logging.getLogger(__name__)


class EmbeddingCache:
    """Embeddings by path and model, valid while the file's time and size are the same.

    What cannot be read counts as not kept, with a warning in the log.

    Args:
        database: that of the measures.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, photos: Iterable[Photo], made_by: MadeBy) -> dict[PhotoId, Embedding]:
        """Return the embeddings that are kept of some photos."""
        try:
            with self._database.reading() as connection:
                return dict(embeddings_of(connection, tuple(photos), made_by))
        except StoreError as error:
            _log.warning("kept embeddings cannot be read: %s", error)
            return {}

    def put(self, pairs: Iterable[tuple[Photo, Embedding]], version: int) -> None:
        """Keep embeddings by themselves, beside those of other models.

        Args:
            pairs: of photos.
            version: of the code that prepares a picture for the model.

        Raises:
            StoreError: they cannot be written; none is kept.
        """
        rows = []
        for photo, embedding in pairs:
            path, mtime_ns, size_bytes = key_of(photo)
            vector = write_vector(embedding)
            rows.append((path, embedding.model_sha256, mtime_ns, size_bytes, version, vector))
        if rows:
            with self._database.writing() as connection:
                connection.executemany("INSERT OR REPLACE INTO embedding VALUES (?, ?, ?, ?, ?, ?)", rows)


def embeddings_of(
    connection: sqlite3.Connection, photos: Sequence[Photo], made_by: MadeBy
) -> Iterator[tuple[PhotoId, Embedding]]:
    """Yield what photos look like to the embedder."""
    model, version = made_by.embedder_sha256, made_by.embedding_version
    for photo, (vector,) in valid_rows(
        connection, "embedding", "vector", photos, model_sha256=model, version=version
    ):
        try:
            yield photo.id, read_vector(vector, model)
        except UNREADABLE:
            _log.warning("the kept embedding of %s is damaged", photo.path)


def seen_by_embedder(
    connection: sqlite3.Connection, photos: Sequence[Photo], made_by: MadeBy
) -> set[PhotoId]:
    """Return the photos the embedder has seen."""
    model, version = made_by.embedder_sha256, made_by.embedding_version
    rows = valid_rows(connection, "embedding", "version", photos, model_sha256=model, version=version)
    return {photo.id for photo, _ in rows}
