"""After an export that was killed: what it left half done is put right, and the rest can be undone or done again.

Every file it may have come to is in the journal, and each is whole: the old one or the new one. The only
exception is a photo that was written in place at that moment; it gets its former bytes back.
"""

from core.errors import ExportBusyError
from core.export.journal import exporting
from core.export.rewrites import Rewritten, put_back, rewritten
from core.persistence.export_rows import Touch
from core.persistence.export_store import ExportRecord, ExportStore
from core.sidecar.atomic_file import clear_leftovers


def interrupted(store: ExportStore) -> ExportRecord | None:
    """The last export, if it was killed; None where it came to its end, or runs just now.

    Raises:
        StoreError: the journal cannot be read.
    """
    record = store.last()
    if record is None or record.finished:
        return None
    try:
        with exporting(store):
            record = store.last()  # it may have ended in the meantime
            return record if record is not None and not record.finished else None
    except ExportBusyError:
        return None


def settle(store: ExportStore, record: ExportRecord) -> None:
    """Clears away what a killed export left half done, so that each of its files is the old or the new one.

    Raises:
        ExportBusyError: an export is running.
        StoreError: the journal cannot be read or written.
        SidecarError, OSError: a photo that was being written cannot be put right; trying again may help.
    """
    with exporting(store):
        touched = store.touched(record.id)
        for one in touched:
            if one.touch is Touch.EMBEDDED and one.path.exists() and rewritten(one) is Rewritten.HALF:
                put_back(one)
        for folder in {one.path.parent for one in touched if one.touch is not Touch.FOLDER}:
            clear_leftovers(folder)
        store.finish(record.id)
