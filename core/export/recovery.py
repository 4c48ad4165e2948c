"""After an export that was killed: what it left half done is put right, and the rest can be undone or done again.

Every file it may have come to is in the journal, and each is whole: the old one or the new one. The only
exception is a photo that was written in place at that moment; it gets its former bytes back.
"""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from core.errors import ExportBusyError
from core.export.journal import exporting
from core.export.rewrites import Rewritten, put_back, put_time_back, rewritten
from core.export.store import ExportRecord, ExportStore
from core.export.touched import Touch, Touched
from core.sidecar.atomic_file import clear_leftovers


def interrupted(store: ExportStore) -> ExportRecord | None:
    """Return the latest export that was killed, or killed while it was undone.

    None where there is none, or one runs just now.

    Raises:
        StoreError: the journal cannot be read.
    """
    if not store.unfinished():
        return None
    try:
        with exporting(store):
            return next(iter(store.unfinished()), None)  # it may have ended in the meantime
    except ExportBusyError:
        return None


def settle(store: ExportStore, record: ExportRecord) -> None:
    """Clear away what a killed export left half done, so that each of its files is the old or the new one.

    Raises:
        ExportBusyError: an export is running.
        StoreError: the journal cannot be read or written.
        SidecarError, OSError: a photo that was being written cannot be put right; trying again may help.
    """
    with exporting(store):
        touched = store.touched(record.id)
        for one in touched:
            if one.touch is not Touch.EMBEDDED or not one.path.exists():
                continue
            match rewritten(one):
                case Rewritten.HALF:
                    put_back(one)
                case Rewritten.DONE | Rewritten.NOT_YET:
                    put_time_back(one)
        for folder in {folder for one in touched for folder in _written_into(one)}:
            clear_leftovers(folder)
        store.finish(record.id)


def settle_all(store: ExportStore) -> ExportRecord | None:
    """Settle every export that was killed; return the latest of them, None where there was none.

    Raises:
        ExportBusyError, StoreError, SidecarError, OSError: as of ``settle``.
    """
    latest = record = interrupted(store)
    while record is not None:
        settle(store, record)
        record = interrupted(store)
    return latest


def _written_into(touched: Touched) -> Iterator[Path]:
    """Yield the folders in which a new file may have been begun: where a link leads, and where a move is undone to."""
    if touched.touch is Touch.FOLDER:
        return
    yield touched.path.parent
    with suppress(OSError):
        yield touched.path.resolve().parent
    if touched.touch is Touch.MOVED and touched.source is not None:
        yield touched.source.parent
