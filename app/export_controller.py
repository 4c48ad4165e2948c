"""Export: the dialog's wishes become a plan, the plan is shown, and carried out on a thread of its own."""

import threading
from collections.abc import Sequence

from PySide6.QtCore import QObject, QThread, Signal

from app.export_words import export_title, plan_words, result_words
from app.session_controller import SessionController
from core.export.carry_out import ExportResult, export
from core.export.planned import PlannedFile
from core.export.request import ExportRequest, Material, plan_export
from core.persistence.export_store import ExportStore
from ui.dialogs.export_dialog import ExportDialog
from ui.main_window import MainWindow

_LONGEST_STOP_MS = 10_000


class _ExportThread(QThread):
    """Carries out one plan."""

    progressed = Signal(int, int)
    ended = Signal(object)  # ExportResult

    def __init__(self, plan: Sequence[PlannedFile], store: ExportStore, title: str, parent: QObject) -> None:
        super().__init__(parent)
        self._plan = plan
        self._store = store
        self._title = title
        self.cancel = threading.Event()

    def run(self) -> None:
        self.ended.emit(
            export(self._plan, self._store, self._title, self.progressed.emit, self.cancel.is_set)
        )


class ExportController(QObject):
    """Opens the export dialog for the open shoot and does what it asks.

    Args:
        window: gives the command.
        session: the shoot.
        store: the journal of exports.
    """

    def __init__(self, window: MainWindow, session: SessionController, store: ExportStore) -> None:
        super().__init__(window)
        self._store = store
        self._window = window
        self._session = session
        self._thread: _ExportThread | None = None
        self._dialog = ExportDialog(window)
        self._dialog.preview_requested.connect(self._preview)
        self._dialog.export_requested.connect(self._export)
        self._dialog.cancel_requested.connect(self._cancel)
        window.command_given.connect(self._do)

    def stop(self) -> None:
        """Ends a running export after the file it is at."""
        self._cancel()
        if self._thread is not None:
            self._thread.wait(_LONGEST_STOP_MS)

    def _do(self, command_id: str) -> None:
        if command_id != "export":
            return
        if not self._session.shoot.photos:
            self._window.messages.show_info("There is nothing to export yet.")
            return
        self._dialog.show()
        self._dialog.raise_()

    def _plan(self, request: ExportRequest) -> Sequence[PlannedFile]:
        shoot = self._session.shoot
        material = Material(
            list(shoot.photos.values()), dict(shoot.decisions), list(shoot.clusters_in_order())
        )
        return list(plan_export(request, material))

    def _preview(self, request: ExportRequest) -> None:
        plan = self._plan(request)
        self._dialog.show_preview(plan_words(plan), [str(planned) for planned in plan])

    def _export(self, request: ExportRequest) -> None:
        if self._thread is not None:
            return
        title = export_title(request.kind, request.out_dir)
        self._thread = _ExportThread(self._plan(request), self._store, title, self)
        self._thread.progressed.connect(self._dialog.show_progress)
        self._thread.ended.connect(self._ended)
        self._thread.start()

    def _ended(self, result: ExportResult) -> None:
        if self._thread is not None:
            self._thread.wait()
            self._thread = None
        self._dialog.show_result(result_words(result), [str(refused) for refused in result.refused])

    def _cancel(self) -> None:
        if self._thread is not None:
            self._thread.cancel.set()
