"""Reading in: the flags, stars and labels that stand in sidecars and in the photos themselves."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from core.errors import PhotoError, SidecarError
from core.pipeline.cancel import Cancel
from core.sidecar.embedded_reader import read_embedded
from core.sidecar.sidecar_names import SidecarNames
from core.sidecar.xmp_packet import PacketError
from core.sidecar.xmp_reader import XmpFacts, read_packet
from core.sidecar.xmp_writer import load_sidecar
from core.types import FileMarks, Flag, Label, Marks, Photo, PhotoId

PhotoMarks = tuple[PhotoId, tuple[FileMarks, ...]]
"""What the files of one photo say, the one written last first."""


def own_marks(path: Path) -> Marks:
    """Those embedded in a photo; empty where it has none, or none that can be read."""
    facts = read_embedded(path)
    return Marks() if facts is None else _marks(facts)


def found_marks(photos: Sequence[Photo], cancel: Cancel) -> Iterator[PhotoMarks | PhotoError]:
    """Looks at each photo's own marks and at its sidecars, in order, until cancelled.

    Yields:
        A photo's marks where it has any; a sidecar that cannot be read or understood, by name.
    """
    names = SidecarNames(photos)
    for photo in photos:
        if cancel.is_set():
            return
        files = []
        if not photo.marks.is_empty:
            files.append(FileMarks(photo.path, _when(photo.mtime_ns), photo.marks))
        for path in names.existing(photo):
            try:
                sidecar = load_sidecar(path)
                marks = _marks(read_packet(sidecar.data))
            except (SidecarError, PacketError) as error:
                reason = error.reason if isinstance(error, SidecarError) else str(error)
                yield PhotoError(path, reason)
                continue
            if not marks.is_empty:
                files.append(FileMarks(path, _when(sidecar.stamp.mtime_ns), marks))
        if files:
            yield photo.id, tuple(sorted(files, key=lambda file: file.changed_at, reverse=True))


def _marks(facts: XmpFacts) -> Marks:
    """What counts as a decision; see ``Marks``."""
    return Marks(
        facts.flag if facts.flag is not Flag.UNFLAGGED else None,
        facts.rating or None,
        facts.label if facts.label is not Label.NONE else None,
    )


def _when(mtime_ns: int) -> datetime:
    return datetime.fromtimestamp(mtime_ns / 1e9, UTC)
