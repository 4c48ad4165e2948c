"""What other programs decided: shown on import; where it contradicts a decision made here, asked once."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from app.controllers.session_controller import SessionController
from core.errors import StoreError
from core.language import ntr, tr
from core.types import PhotoId
from ui.commands import table
from ui.dialogs.conflicts_dialog import ConflictsDialog
from ui.main_window import MainWindow


class MarksController(QObject):
    """Brings marks of sidecars and photos into the open shoot, and the user's answers about them to the review.

    Args:
        window: shows them.
        session: the open shoot.
    """

    def __init__(self, window: MainWindow, session: SessionController) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._dialog = ConflictsDialog(window, window.theme)
        self._dialog.keep_requested.connect(self._keep)
        self._dialog.take_requested.connect(self._take)
        self._dialog.photo_chosen.connect(window.space.go_to)
        session.opened.connect(self._dialog.close)
        session.marks_read.connect(self._marks_read)
        window.commands.bind(table.CONFLICTS, self._show)

    def _show(self) -> None:
        if self._refresh():
            self._dialog.present()
        else:
            self._window.messages.show_info(tr("No other program has decided differently since then."))

    def _marks_read(self) -> None:
        taken = self._session.review.take_marks(self._session.shoot.marks)
        if count := self._refresh():
            self._window.messages.show_error(
                ntr(
                    "{count} photo was decided differently in another program since you decided here.",
                    "{count} photos were decided differently in another program since you decided here.",
                    count,
                ).format(count=count),
                tr("Compare…"),
                self._dialog.present,
            )
        elif taken:
            self._window.messages.show_info(
                ntr(
                    "Flags, stars and labels of {count} photo were read from files.",
                    "Flags, stars and labels of {count} photos were read from files.",
                    len(taken),
                ).format(count=len(taken))
            )

    def _keep(self, photo_ids: Sequence[PhotoId]) -> None:
        try:
            self._session.review.keep_ours(photo_ids)
        except StoreError as error:
            self._window.messages.show_error(str(error))
        self._close_if_answered()

    def _take(self, photo_ids: Sequence[PhotoId]) -> None:
        try:
            self._session.review.take_theirs(photo_ids)
        except StoreError as error:
            self._window.messages.show_error(str(error))
            return
        self._close_if_answered()

    def _refresh(self) -> int:
        """List what contradicts by now; return how many."""
        conflicts = self._session.review.conflicts()
        self._dialog.show_conflicts(conflicts, self._session.shoot.photos)
        return len(conflicts)

    def _close_if_answered(self) -> None:
        if not self._refresh():
            self._dialog.close()
