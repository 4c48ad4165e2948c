"""Measuring files just as the program does, in as many processes as there are cores."""

import multiprocessing
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from core.errors import PhotoError
from core.ingest.exif_reader import read_metadata
from core.ingest.scanner import ScannedFile
from core.pipeline.pool import default_workers
from core.pipeline.workers import measure_photo
from core.types import Analysis, Face
from models.local import LocalModels


def analyse(path: Path) -> Analysis | None:
    """Return all measures of a photo; None where it cannot be used. The file may have any suffix."""
    status = path.stat()
    file = ScannedFile(path, status.st_size, status.st_mtime_ns)
    try:
        return measure_photo(read_metadata(file).photo, LocalModels()).analysis
    except PhotoError:
        return None


def analyse_all(paths: Sequence[Path]) -> Iterator[Analysis | None]:
    """Yield the measures of many photos, in order."""
    with pool() as executor:
        yield from executor.map(analyse, paths, chunksize=4)


def pool() -> ProcessPoolExecutor:
    """Start processes to measure in, one a core."""
    return ProcessPoolExecutor(default_workers(), multiprocessing.get_context("spawn"))


def largest_face(analysis: Analysis | None) -> Face | None:
    """Return the face that a labelled picture of a face is of; None where none was found."""
    return analysis.faces[0] if analysis and analysis.faces else None
