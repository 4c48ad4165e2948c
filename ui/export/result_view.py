"""What an export did: counts, every refusal with its reason, and the way to keep, look at or undo it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.export.carry_out import ExportResult
from core.export.words import result_text, result_words
from core.language import explained, numeral, tr
from ui.local_files import url_of
from ui.theme import SPACING, Theme
from ui.widgets.style import css

_LINES_SHOWN = 2000


class ResultView(QWidget):
    """The last page of the export screen.

    Args:
        theme: colours.
        choose_file: asks where to save; None where nothing was chosen.
        parent: the dialog.
    """

    undo_requested = Signal()

    def __init__(
        self,
        theme: Theme,
        choose_file: Callable[[], Path | None] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._choose_file = choose_file or self._ask_for_file
        self._text = ""
        self._folder = Path()
        self._title = QLabel(wordWrap=True)
        font = self._title.font()
        font.setBold(True)
        self._title.setFont(font)
        self._note = QLabel(wordWrap=True)
        self._theme = theme
        self._lines = QPlainTextEdit()
        self._lines.setReadOnly(True)
        self._lines.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self._lines.setTabChangesFocus(True)
        self._lines.setAccessibleName(tr("What was done"))
        self._save = QPushButton(tr("Save as text…"))
        self._save.clicked.connect(self._save_text)
        self._open = QPushButton(tr("Open folder"))
        self._open.clicked.connect(lambda: QDesktopServices.openUrl(url_of(self._folder)))
        self._undo = QPushButton(tr("Undo this export"))
        self._undo.clicked.connect(self.undo_requested)
        buttons = QHBoxLayout()
        for button in (self._save, self._open, self._undo):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        for widget in (self._title, self._note, self._lines):
            layout.addWidget(widget)
        layout.addLayout(buttons)
        self._title.setTextFormat(Qt.TextFormat.PlainText)

    def show_result(
        self, title: str, result: ExportResult, note: str = "", *, warns: bool = False, can_undo: bool = True
    ) -> None:
        """Show what was done.

        Args:
            title: what was exported.
            result: what became of it.
            note: what is to be done next, in the program it was made for.
            warns: the note says what did not come of it.
            can_undo: offers to undo it, where it did something.
        """
        self._title.setText(explained(title, result_words(result)))
        self._note.setText(note)
        self._note.setStyleSheet(f"color: {css(self._theme.warning if warns else self._theme.text_dim)};")
        self._note.setVisible(bool(note))
        self._text = result_text(title, result)
        lines = self._text.splitlines()[3:]
        more = [tr("… and {count} more").format(count=numeral(len(lines) - _LINES_SHOWN))]
        self._lines.setPlainText(
            "\n".join(lines[:_LINES_SHOWN] + (more if len(lines) > _LINES_SHOWN else []))
        )
        self._folder = result.written[0].parent if result.written else Path()
        self._open.setVisible(bool(result.written))
        self._undo.setVisible(can_undo and bool(result.written))

    def title(self) -> str:
        """Return what was exported, and how many files are done."""
        return self._title.text()

    def text(self) -> str:
        """Return the result as it is saved."""
        return self._text

    def _save_text(self) -> None:
        if path := self._choose_file():
            try:
                path.write_text(self._text, encoding="utf-8", errors="replace")
            except OSError as error:
                self._note.setText(
                    tr("It could not be saved: {reason}").format(reason=error.strerror or error)
                )
                self._note.show()

    def _ask_for_file(self) -> Path | None:
        name, _ = QFileDialog.getSaveFileName(self, tr("Save the result"), "shortlist-export.txt")
        return Path(name) if name else None
