"""Folders that macOS hands over: dropped on the icon, or opened with the program. Elsewhere they come as arguments."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QFileOpenEvent


class HandedOver(QObject):
    """Listens to the application; what comes within one turn of the event loop is one shoot.

    Args:
        app: is told.
        parent: for as long as it lives.
    """

    arrived = Signal(object)  # list[Path]

    def __init__(self, app: QObject, parent: QObject) -> None:
        super().__init__(parent)
        self._waiting: list[Path] = []
        app.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Takes the system's word that a file or folder is to be opened."""
        if not isinstance(event, QFileOpenEvent) or not event.file():
            return False
        if not self._waiting:
            QTimer.singleShot(0, self, self._hand_on)
        self._waiting.append(Path(event.file()))
        return True

    def _hand_on(self) -> None:
        sources, self._waiting = self._waiting, []
        self.arrived.emit(sources)
