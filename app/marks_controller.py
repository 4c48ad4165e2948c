"""What other programs decided: shown on import; where it contradicts a decision made here, asked once."""

from collections.abc import Sequence

from PySide6.QtCore import QObject

from app.session_controller import SessionController
from core.errors import StoreError
from core.types import PhotoId
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
        self._dialog.photo_chosen.connect(window.review.go_to)
        session.opened.connect(self._dialog.close)
        session.marks_read.connect(self._marks_read)

    def _marks_read(self) -> None:
        shoot, review = self._session.shoot, self._session.review
        taken = review.take_marks(shoot.marks)
        shoot.set_decisions(taken)
        self._window.review.decisions_changed(list(taken))
        conflicts = review.conflicts()
        self._dialog.show_conflicts(conflicts, shoot.photos)
        if conflicts:
            self._window.messages.show_error(
                f"{_photos(len(conflicts))} decided otherwise in another program since you decided here.",
                "Compare…",
                self._dialog.present,
            )
        elif taken:
            self._window.messages.show_info(
                f"Flags, stars and labels of {_photos(len(taken), '')} were read from files."
            )

    def _keep(self, photo_ids: Sequence[PhotoId]) -> None:
        try:
            self._session.review.keep_ours(photo_ids)
        except StoreError as error:
            self._window.messages.show_error(str(error))
        self._refresh()

    def _take(self, photo_ids: Sequence[PhotoId]) -> None:
        try:
            change = self._session.review.take_theirs(photo_ids)
        except StoreError as error:
            self._window.messages.show_error(str(error))
            return
        if change is not None:
            decisions = {decision.photo_id: decision for decision in change.after}
            self._session.shoot.set_decisions(decisions)
            self._window.review.decisions_changed(list(decisions))
            self._session.decisions_loaded.emit()
        self._refresh()

    def _refresh(self) -> None:
        conflicts = self._session.review.conflicts()
        self._dialog.show_conflicts(conflicts, self._session.shoot.photos)
        if not conflicts:
            self._dialog.close()


def _photos(count: int, verb: str = "were") -> str:
    if count == 1:
        return f"1 photo {'was' if verb else ''}".strip()
    return f"{count:,} photos {verb}".strip()
