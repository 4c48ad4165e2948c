"""Keeps what was measured, so that a folder opens at once the second time. Disposable."""

import logging
import os
import sqlite3
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from core.errors import StoreError
from core.persistence.cache_file import (
    SeenFile,
    follow,
    key_of,
    open_cache,
    restamp,
    size_on_disk,
    valid_rows,
)
from core.persistence.database import Database
from core.persistence.documents import (
    UNREADABLE,
    read_facts,
    read_layout,
    read_layout_without_corners,
    read_measures,
    read_vector,
    with_signatures,
    write_layout,
    write_measures,
    write_signatures,
    write_vector,
)
from core.persistence.embedding_cache import EmbeddingCache, embeddings_of, seen_by_embedder
from core.persistence.facts_cache import FACTS_VERSION, FactsCache
from core.persistence.group_cache import GroupCache
from core.persistence.look_cache import LookCache
from core.persistence.made_by import MadeBy
from core.persistence.measures_schema import MEASURES
from core.persistence.piece_cache import PieceCache
from core.persistence.set_aside import discard_set_aside
from core.persistence.troubles import DamagedError
from core.types import NO_EMBEDDING, Analysis, Layout, Photo, PhotoId

_log = logging.getLogger(__name__)

_OF_THE_PICTURE = ("analysis", "embedding", "signature", "piece")
"""Tables of what was measured in the picture, which holds on when only the metadata of a file changes."""


class KeptAnalyses(NamedTuple):
    """What is kept of some photos.

    Attributes:
        whole: measures with the embedding that is wanted.
        unembedded: measures of photos that embedder has not seen, with ``NO_EMBEDDING`` in its place.
    """

    whole: dict[PhotoId, Analysis]
    unembedded: dict[PhotoId, Analysis]


class AnalysisCache:
    """Measures by path, valid while the file's time and size are the same.

    Safe to use from several threads and processes. What cannot be read counts as not kept, with a warning in
    the log: it is only read or measured again.

    Attributes:
        facts, embeddings, pieces: what is kept of each photo besides its measures, in the same file.
        groups, looks: what was found out of whole shoots, there too.
        remembers_people: False from the moment at which people are forgotten until a run wants to tell them apart
            again: a run that is being cancelled may still be holding faces.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self.facts = FactsCache(database)
        self.embeddings = EmbeddingCache(database)
        self.groups = GroupCache(database)
        self.looks = LookCache(database)
        self.pieces = PieceCache(database)
        self.remembers_people = True

    @property
    def path(self) -> Path:
        """The file."""
        return self._database.path

    @classmethod
    def open(cls, path: Path) -> "AnalysisCache":
        """Open or make the cache; a damaged one is deleted and made anew.

        Raises:
            StoreError: it cannot be made there.
        """
        return cls(open_cache(path, MEASURES))

    def analyses(self, photos: Iterable[Photo], made_by: MadeBy) -> KeptAnalyses:
        """Return the analyses that are kept of some photos, without their corners."""
        wanted = tuple(photos)
        return self.complete(self.summaries(wanted, made_by), wanted, made_by)

    def summaries(self, photos: Iterable[Photo], made_by: MadeBy) -> KeptAnalyses:
        """Return the same without what only grouping and a change of embedder ask for: a tenth of the bytes.

        Missing are the vector of the embedding, the layout and the faces' signatures; ``complete`` adds them.
        """
        wanted = tuple(photos)
        kept = KeptAnalyses({}, {})
        try:
            with self._database.reading() as connection:
                embedded, signed = (
                    seen_by_embedder(connection, wanted, made_by),
                    _signed(connection, wanted, made_by),
                )
                for photo, (document,) in valid_rows(
                    connection, "analysis", "document", wanted, fingerprint=made_by.measures
                ):
                    if photo.id not in signed:
                        continue
                    home = kept.whole if photo.id in embedded else kept.unembedded
                    try:
                        home[photo.id] = read_measures(photo.id, document)
                    except UNREADABLE:
                        _log.warning("kept measures of %s are damaged", photo.path)
        except StoreError as error:
            _log.warning("photos are measured again: %s", error)
        return kept

    def complete(self, kept: KeptAnalyses, photos: Iterable[Photo], made_by: MadeBy) -> KeptAnalyses:
        """Add what ``summaries`` leaves out; photos of which that cannot be read count as not kept.

        Corners are left on disk where all else is there: ``layout`` has them.

        Args:
            kept: what came from there.
            photos: those, and maybe others.
            made_by: as it was there.
        """
        known = {**kept.whole, **kept.unembedded}
        wanted = [photo for photo in photos if photo.id in known]
        complete = KeptAnalyses({}, {})
        try:
            with self._database.reading() as connection:
                looks = dict(embeddings_of(connection, [p for p in wanted if p.id in kept.whole], made_by))
                signatures = dict(_signatures(connection, wanted, made_by))
                for photo, (layout,) in valid_rows(
                    connection, "analysis", "layout", wanted, fingerprint=made_by.measures
                ):
                    analysis, look = known[photo.id], looks.get(photo.id)
                    home = complete.unembedded if look is None else complete.whole
                    read = read_layout if look is None else read_layout_without_corners
                    try:
                        home[photo.id] = replace(
                            analysis,
                            layout=read(layout),
                            embedding=look or NO_EMBEDDING,
                            faces=with_signatures(analysis.faces, signatures.get(photo.id)),
                        )
                    except UNREADABLE:
                        _log.warning("kept measures of %s are damaged", photo.path)
        except StoreError as error:
            _log.warning("photos are measured again: %s", error)
        return complete

    def everything(
        self, made_by: MadeBy, without: Container[tuple[bytes, int, int]] = ()
    ) -> Iterator[tuple[Photo, Analysis]]:
        """Yield all photos of which facts, measures and embedding are kept, of whatever shoot, without their corners.

        What cannot be read is left out, and so are photos that their sidecars turn. Files may be gone since.

        Args:
            made_by: what made the measures.
            without: files that are left out, by path, time in nanoseconds and size.
        """
        query = (
            "SELECT facts.path, facts.mtime_ns, facts.size_bytes, facts.document, analysis.document, vector "
            "FROM facts JOIN analysis USING (path, mtime_ns, size_bytes) "
            "JOIN embedding USING (path, mtime_ns, size_bytes) WHERE facts.version = ? AND fingerprint = ? "
            "AND embedding.model_sha256 = ? AND embedding.version = ?"
        )
        model = made_by.embedder_sha256
        made = (FACTS_VERSION, made_by.measures, model, made_by.embedding_version)
        try:
            with self._database.reading() as connection:
                for path, mtime_ns, size_bytes, facts, measures, vector in connection.execute(query, made):
                    if (path, mtime_ns, size_bytes) in without:
                        continue
                    try:
                        file = Photo(
                            PhotoId(""), Path(os.fsdecode(path)), size_bytes=size_bytes, mtime_ns=mtime_ns
                        )
                        photo = read_facts(facts, file)
                        analysis = read_measures(photo.id, measures)
                        yield photo, replace(analysis, embedding=read_vector(vector, model))
                    except UNREADABLE:
                        _log.warning("what is kept of %s is damaged", os.fsdecode(path))
        except StoreError as error:
            _log.warning("what is kept cannot be read: %s", error)

    def layout(self, photo: Photo, made_by: MadeBy) -> Layout | None:
        """Return what stands where in a photo; None where it is not kept."""
        try:
            with self._database.reading() as connection:
                rows = valid_rows(connection, "analysis", "layout", [photo], fingerprint=made_by.measures)
                return next((read_layout(layout) for _, (layout,) in rows), None)
        except UNREADABLE:
            _log.warning("the kept layout of %s is damaged", photo.path)
        except StoreError as error:
            _log.warning("the layout of %s cannot be read: %s", photo.path, error)
        return None

    def put_analyses(self, pairs: Iterable[tuple[Photo, Analysis]], made_by: MadeBy) -> None:
        """Keep analyses, in the place of earlier ones of the same photos; embeddings by other models stay.

        Raises:
            StoreError: they cannot be written; none is kept.
        """
        measures, embeddings, signatures = [], [], []
        for photo, analysis in pairs:
            path, mtime_ns, size_bytes = key_of(photo)
            document, layout = write_measures(analysis), write_layout(analysis.layout)
            measures.append((path, mtime_ns, size_bytes, made_by.measures, document, layout))
            vector = write_vector(analysis.embedding)
            model, version = analysis.embedding.model_sha256, made_by.embedding_version
            embeddings.append((path, model, mtime_ns, size_bytes, version, vector))
            if made_by.identity_sha256:
                faces = write_signatures(analysis.faces)
                signatures.append((path, mtime_ns, size_bytes, made_by.identity_sha256, faces))
        if measures:
            with self._database.writing() as connection:
                connection.executemany("INSERT OR REPLACE INTO analysis VALUES (?, ?, ?, ?, ?, ?)", measures)
                if self.remembers_people:  # looked at within the transaction: forgetting waits for its end
                    connection.executemany(
                        "INSERT OR REPLACE INTO signature VALUES (?, ?, ?, ?, ?)", signatures
                    )
                connection.executemany(
                    "INSERT OR REPLACE INTO embedding VALUES (?, ?, ?, ?, ?, ?)", embeddings
                )

    def restamp(self, files: Collection[tuple[SeenFile, SeenFile]]) -> None:
        """Keep what was measured of photos whose metadata was written, not their picture.

        What they say about themselves is read again, also of those that kept their time and their size.

        Args:
            files: each as it was measured, and as it is now.

        Raises:
            StoreError: it cannot be written; the photos are measured again.
        """
        with self._database.writing() as connection:
            for table in _OF_THE_PICTURE:
                restamp(connection, table, files)
            paths = [(os.fsencode(now.path),) for _, now in files]
            connection.executemany("DELETE FROM facts WHERE path = ?", paths)

    def follow(self, files: Collection[tuple[SeenFile, SeenFile]]) -> None:
        """Keep for copies what was measured of their originals.

        Args:
            files: each original with its copy.

        Raises:
            StoreError: it cannot be written; the copies are measured by themselves.
        """
        with self._database.writing() as connection:
            for table in _OF_THE_PICTURE:
                if table != "signature" or self.remembers_people:
                    follow(connection, table, files)

    def size_bytes(self) -> int:
        """Return what it takes on the disk."""
        return size_on_disk(self._database.path)

    def clear(self) -> None:
        """Forget everything and give the room back.

        Raises:
            StoreError: that failed.
        """
        with self._database.writing() as connection:
            for table in ("facts", *_OF_THE_PICTURE, "alignment", "grouping", "looks"):
                connection.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own
        self._database.shrink()

    def forget_people(self) -> None:
        """Wipe all that tells faces apart, from the file, its log and copies of it; the other measures stay.

        Raises:
            StoreError: that failed; trying again may help.
        """
        self.remembers_people = False
        discard_set_aside(self._database.path)
        try:
            self._wipe_people()
        except DamagedError:
            self._wipe_people()  # made anew meanwhile, with nothing in it

    def _wipe_people(self) -> None:
        with self._database.writing() as connection:
            if connection.execute("SELECT 1 FROM signature LIMIT 1").fetchone() is None:
                return
            connection.execute("DELETE FROM signature")
            connection.execute("DELETE FROM grouping")
            connection.execute("INSERT INTO signature VALUES (x'', 0, 0, '', x'')")  # until all is done
        self._database.scrub()
        with self._database.writing() as connection:
            connection.execute("DELETE FROM signature")

    def forget_groups(self) -> None:
        """Wipe how shoots were grouped and ranked, for their scores tell of a taste; photos stay measured.

        Raises:
            StoreError: that failed; trying again may help.
        """
        with self._database.writing() as connection:
            connection.execute("DELETE FROM grouping")
        self._database.scrub()

    def close(self) -> None:
        """Close the file."""
        self._database.close()


def _signed(connection: sqlite3.Connection, photos: Sequence[Photo], made_by: MadeBy) -> set[PhotoId]:
    """Return the photos whose faces can be told apart; all of them where that is not wanted."""
    model = made_by.identity_sha256
    if not model:
        return {photo.id for photo in photos}
    return {
        photo.id
        for photo, _ in valid_rows(connection, "signature", "model_sha256", photos, model_sha256=model)
    }


def _signatures(
    connection: sqlite3.Connection, photos: Sequence[Photo], made_by: MadeBy
) -> Iterator[tuple[PhotoId, bytes]]:
    """Yield what tells the faces of photos apart; nothing where that is not wanted."""
    if made_by.identity_sha256:
        rows = valid_rows(connection, "signature", "faces", photos, model_sha256=made_by.identity_sha256)
        yield from ((photo.id, faces) for photo, (faces,) in rows)
