"""The summary at the end: on demand, and offered once when nothing is left undecided."""

from PySide6.QtCore import QObject

from app.controllers.session_controller import SessionController
from core.language import tr
from core.review.summary import summarise
from core.shoot.tally import Tally
from ui.commands import table
from ui.dialogs.summary_dialog import SummaryDialog
from ui.main_window import MainWindow


class SummaryController(QObject):
    """Watches how much is left to decide.

    Args:
        window: has the command, and tells what is left.
        session: the shoot.
    """

    def __init__(self, window: MainWindow, session: SessionController) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._left = 0
        window.commands.bind(table.SUMMARY, self.show)
        window.space.counted.connect(self._counted)
        session.opened.connect(self._start_over)

    def show(self) -> None:
        """Show the summary as of now."""
        shoot = self._session.shoot
        if not shoot.photos:
            self._window.messages.show_info(tr("There is nothing to sum up yet."))
            return
        summary = summarise(shoot.photos.values(), shoot.decisions)
        dialog = SummaryDialog(summary, self._session.title, self._window, self._window.theme)
        dialog.export_requested.connect(self._window.keymap.action(table.EXPORT).trigger)
        dialog.open()

    def _counted(self, tally: Tally) -> None:
        """Offer the summary only at the moment when the last photo is decided, not in a shoot finished before."""
        undecided = tally.undecided()
        if self._left > 0 and undecided == 0 and self._session.shoot.finished is not None:
            self._window.messages.show_info(tr("Nothing is left undecided."), tr("Summary"), self.show)
        self._left = undecided

    def _start_over(self) -> None:
        self._left = 0
