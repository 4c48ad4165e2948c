"""What a run leaves in the library of all shoots once it is done."""

from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.cancelling import Cancelled, never
from core.library.library import NameThings, ShootLibrary
from core.persistence.analysis_cache import AnalysisCache
from core.persistence.made_by import MadeBy
from core.pipeline.context import RunContext
from core.pipeline.look_finder import vectors_of
from core.types import Analysis, Photo, PhotoId

_AT_ONCE = 1000  # photos of an older cache


def remember(
    context: RunContext,
    photos: Sequence[Photo],
    analyses: Mapping[PhotoId, Analysis],
    made_by: MadeBy,
    sources: Sequence[Path],
) -> None:
    """Take what a run measured into the library, and forget what is gone from its folders.

    A library that lacks something first takes in all that earlier runs left in the cache.

    Args:
        context: of the run; a cancelled one forgets nothing.
        photos: all of the run.
        analyses: of those measured.
        made_by: what made them.
        sources: folders and files of the run.

    Raises:
        StoreError: the library cannot be written; a part of it may be.
    """
    library, cache = context.parts.library, context.parts.measures
    if library is None or not library.is_on:
        return
    measured = [photo for photo in photos if photo.id in analyses and not analyses[photo.id].damaged]

    def looks(some: Sequence[Photo]) -> tuple[Sequence[Photo], NDArray[np.float32]]:
        return vectors_of(some, analyses, made_by, cache)

    with library.coming():
        fill(library, cache, made_by, context.parts.name_things, context.cancelled)
        library.take(measured, analyses, looks, made_by, sources, context.parts.name_things)
        if not context.cancelled():
            library.forget_gone(photos, sources)


def fill(
    library: ShootLibrary,
    cache: AnalysisCache,
    made_by: MadeBy,
    name_things: NameThings | None,
    cancelled: Cancelled = never,
) -> None:
    """Take into a library that lacks something what was measured before, as far as the files are there.

    There may have been none before, or it was damaged, of a newer version, or deleted; or what came in was cut short.

    Args:
        library: that is on; one that is whole is left as it is, and one that photos come into just now.
        cache: keeps measures.
        made_by: what made them.
        name_things: says what photos show.
        cancelled: ends it early.

    Raises:
        NoLibraryError: it is off.
        StoreError: it cannot be written; a part of it may be.
    """
    if library.has_all():
        return
    with library.coming():
        embedder = library.file.embedder(made_by.embedder_sha256, made_by.embedding_version)
        found = _still_there(cache, made_by, library.file.files(embedder))
        while some := tuple(islice(found, _AT_ONCE)):
            if cancelled():
                return
            analyses = {photo.id: analysis for photo, analysis in some}

            def looks(
                wanted: Sequence[Photo], known: Mapping[PhotoId, Analysis] = analyses
            ) -> tuple[Sequence[Photo], NDArray[np.float32]]:
                return vectors_of(wanted, known, made_by, cache)

            library.take([photo for photo, _ in some], analyses, looks, made_by, None, name_things)
        library.note_all()


def _still_there(
    cache: AnalysisCache, made_by: MadeBy, known: Container[tuple[bytes, int, int]]
) -> Iterator[tuple[Photo, Analysis]]:
    for photo, analysis in cache.everything(made_by, known):
        try:
            status = photo.path.stat()
        except OSError:
            continue
        unchanged = (status.st_mtime_ns, status.st_size) == (photo.mtime_ns, photo.size_bytes)
        if unchanged and not analysis.damaged:
            yield photo, analysis
