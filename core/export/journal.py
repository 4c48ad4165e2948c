"""One export at a time, each file noted before it is touched."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from filelock import FileLock, Timeout

from core.errors import ExportBusyError, StoreError
from core.export.store import ExportStore
from core.export.touched import FileState, Touched
from core.language import Sentence, say


class Journal:
    """Notes what one export touches.

    Args:
        store: where it is kept.
        title: of the export, as the user will see it.
        planned: how many files it is to touch.
    """

    def __init__(self, store: ExportStore, title: Sentence | str, planned: int) -> None:
        self._store = store
        self._title = title
        self._planned = planned
        self._number: int | None = None

    def note(self, touched: Sequence[Touched]) -> tuple[int, ...]:
        """Note files before they are touched; an export that touches none leaves no trace.

        Raises:
            StoreError: they could not be noted and must not be touched.
        """
        if self._number is None:
            self._number = self._store.begin(self._title, self._planned)
        return self._store.add(self._number, touched)

    def note_states(self, states: Mapping[int, FileState]) -> None:
        """Note what copies have become, by the numbers ``note`` gave. Raises StoreError."""
        self._store.note_states(states)

    def finish(self) -> None:
        """Note that the export is over. Raises StoreError."""
        if self._number is not None:
            self._store.finish(self._number)


@contextmanager
def exporting(store: ExportStore) -> Iterator[None]:
    """Hold this while exporting or undoing: no two do so at a time, in whatever window.

    Raises:
        ExportBusyError: another window or command is doing so.
        StoreError: the folder of the journal cannot be written.
    """
    lock = FileLock(f"{store.path}.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise ExportBusyError(
            say("Another export is running on this machine; wait until it is done.")
        ) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise StoreError(
            say("Nothing can be noted in “{folder}” ({cause}).", folder=store.path.parent, cause=reason)
        ) from error
    try:
        yield
    finally:
        lock.release()
