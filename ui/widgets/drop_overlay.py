"""What the window shows while something is dragged over it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from core.language import tr
from core.types import legible
from ui.local_files import path_of
from ui.theme import SPACING, Theme


def dropped_paths(data: QMimeData) -> list[Path]:
    """Return the files and folders of this machine in what is dragged; empty for anything else."""
    # A program that ended has nothing to give any more, and "" would be the folder this one was started in.
    return [path for path in map(path_of, data.urls()) if path is not None]


def drop_words(paths: Sequence[Path]) -> str:
    """Say what dropping these would do."""
    if len(paths) == 1:
        return tr("Drop to open {name}").format(name=legible(paths[0].name or str(paths[0])))
    if not paths:
        return tr("Drop to open")
    return tr("Drop to open these {count} items").format(count=len(paths))


class DropOverlay(QWidget):
    """A veil over its host that says what a drop would do; the host goes on handling the drag itself."""

    def __init__(self, theme: Theme, host: QWidget) -> None:
        super().__init__(host)
        self._host = host
        self._theme = theme
        self._text = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        host.installEventFilter(self)
        self.hide()

    def present(self, paths: Sequence[Path] = ()) -> None:
        """Cover the host and say what dropping ``paths`` would do."""
        self._text = drop_words(paths)
        self.setGeometry(self._host.rect())
        self.show()
        self.raise_()
        self.update()

    def text(self) -> str:
        """Return what it says."""
        return self._text

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep covering the host."""
        if watched is self._host and event.type() is QEvent.Type.Resize:
            self.setGeometry(self._host.rect())
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a veil, a dashed frame, a sentence."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self._theme.veil)
        frame = QRectF(self.rect()).adjusted(*(side * 3 * SPACING for side in (1, 1, -1, -1)))
        painter.setPen(QPen(self._theme.suggestion, 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(frame, 8, 8)
        font = painter.font()
        font.setPointSizeF(font.pointSizeF() * 1.6)
        painter.setFont(font)
        painter.setPen(self._theme.text)
        painter.drawText(frame, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._text)
