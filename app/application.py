"""Qt's application, with an ear for what macOS hands over: folders dropped on the icon, or opened with the program.

Elsewhere they come as arguments.
"""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication, QDialog

from ui.spoken import use_roles


class Application(QApplication):
    """Gathers what is handed over; what comes within one turn of the event loop is one shoot.

    A dialog that waits for an answer belongs to the shoot that is open, so what comes meanwhile waits too. An event
    filter would do the same, but be asked about every event of every widget.

    Args:
        arguments: as of the command line, the program's name first.
    """

    handed_over = Signal(object)  # list[Path]

    def __init__(self, arguments: Sequence[str] = ()) -> None:
        super().__init__(list(arguments))
        use_roles()
        self._waiting: list[Path] = []

    def event(self, event: QEvent) -> bool:
        """Take the system's word that a file or folder is to be opened."""
        if not isinstance(event, QFileOpenEvent) or not event.file():
            return super().event(event)
        if not self._waiting:
            self._hand_on_soon()
        self._waiting.append(Path(event.file()))
        return True

    def _hand_on_soon(self) -> None:
        QTimer.singleShot(0, self, self._hand_on)

    def _hand_on(self) -> None:
        dialog = self.activeModalWidget()
        if isinstance(dialog, QDialog):
            dialog.finished.connect(self._hand_on_soon)
            return
        sources, self._waiting = self._waiting, []
        self.handed_over.emit(sources)
