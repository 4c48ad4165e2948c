"""The marks a file bears, in the words of the product: what counts as a decision of another program."""

from datetime import UTC, datetime
from pathlib import Path

from core.errors import SidecarError
from core.sidecar.belongings import SUFFIX
from core.sidecar.embedded_reader import read_embedded
from core.sidecar.legible import parse_to_read
from core.sidecar.xmp_edit import TOOLKIT
from core.sidecar.xmp_packet import PacketError
from core.sidecar.xmp_reader import XmpFacts, facts_of
from core.sidecar.xmp_writer import load_sidecar
from core.types import FileMarks, Flag, Label, Marks


def embedded_marks(path: Path) -> Marks:
    """Return the marks embedded in a photo; empty where it has none, or none that can be read."""
    return embedded_words(path)[0]


def embedded_words(path: Path) -> tuple[Marks, XmpFacts]:
    """Return the marks in a photo with all that its packet says; both empty where it has none that can be read."""
    facts = read_embedded(path) or XmpFacts()
    return _marks(facts), facts


def sidecar_marks(path: Path) -> FileMarks:
    """Return the marks of a sidecar.

    Raises:
        SidecarError: it cannot be read or understood.
    """
    sidecar = load_sidecar(path)
    try:
        packet = parse_to_read(sidecar.data)
    except PacketError as error:
        raise SidecarError(path, error.sentence) from error
    changed_at = time_of(sidecar.stamp.mtime_ns)
    return FileMarks(path, changed_at, _marks(facts_of(packet)), packet.toolkit == TOOLKIT)


def file_marks(path: Path) -> FileMarks | None:
    """Return the marks of a sidecar or a photo as it is now; None where it cannot be read."""
    try:
        if path.suffix.lower() == SUFFIX:
            return sidecar_marks(path)
        return FileMarks(path, time_of(path.stat().st_mtime_ns), embedded_marks(path))
    except (SidecarError, OSError):
        return None


def time_of(mtime_ns: int) -> datetime:
    """Return a file's time in UTC, as decisions have theirs."""
    try:
        return datetime.fromtimestamp(mtime_ns / 1e9, UTC)
    except (OverflowError, OSError, ValueError):  # some disks have years beyond 9999
        return datetime.max.replace(tzinfo=UTC) if mtime_ns > 0 else datetime.min.replace(tzinfo=UTC)


def _marks(facts: XmpFacts) -> Marks:
    """Return what counts as a decision; see ``Marks``."""
    return Marks(
        facts.flag if facts.flag is not Flag.UNFLAGGED else None,
        facts.rating or None,
        facts.label if facts.label is not Label.NONE else None,
        facts.camera_rating,
    )
