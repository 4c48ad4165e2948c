"""Searching all shoots by words: what is typed above, and below it each photo that has it, with its picture and why."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtWidgets import QLabel, QListWidgetItem, QPushButton, QWidget

from core.language import tr
from core.shoot.completion import Completion
from ui.dialogs.foot import foot
from ui.dialogs.found_dialog import FoundRow
from ui.theme import DARK, SPACING, Theme
from ui.widgets.choices import kept
from ui.widgets.dialog_column import dialog_column
from ui.widgets.picture_list import PictureList, PictureSources
from ui.widgets.search_field import SearchField
from ui.widgets.sized_dialog import SizedDialog
from ui.widgets.style import form_style

_TYPING_MS = 200  # a short wait, so that a word is looked for once and not letter by letter
_SIDE = 96  # logical pixels of a picture


class SearchDialog(SizedDialog):
    """Return and Down lead from the field to the photos; Return or a click goes to one, Esc closes.

    Args:
        text: what is in the field at first.
        words: offered while somebody types.
        sources: of pictures.
        parent: the window.
        theme: colours.
    """

    typed = Signal(str)
    chosen = Signal(object)  # FoundRow

    def __init__(
        self,
        text: str,
        words: Sequence[Completion],
        sources: PictureSources | None,
        parent: QWidget | None = None,
        theme: Theme = DARK,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Find in all shoots"))
        self._wait = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._wait.timeout.connect(self._tell)
        self._field = SearchField(theme)
        self._field.setMaximumWidth(16777215)  # Qt's own: as wide as the window
        self._field.set_completions(words)
        self._field.setText(text)
        self._field.textChanged.connect(lambda _text: self._wait.start())
        self._field.left.connect(self._leave_field)
        self._note = QLabel(wordWrap=True)
        self._list = PictureList(sources, rows=True, theme=theme, side=_SIDE)
        self._list.setAccessibleName(self.windowTitle())
        self._list.itemActivated.connect(self._choose)
        self._list.itemClicked.connect(self._choose)
        layout = dialog_column(self)
        layout.addWidget(self._field)
        layout.addWidget(self._note)
        layout.addWidget(self._list, 1)
        self._show = QPushButton(tr("Go to the photo"))
        self._show.setEnabled(False)
        layout.addLayout(foot(self, tr("Close"), self._show))
        self._show.clicked.disconnect(self.accept)
        self._show.clicked.connect(lambda: self._choose(self._list.currentItem()))
        self.setStyleSheet(form_style(theme))
        self.open_at(QSize(88 * SPACING, 90 * SPACING), lists=True)
        self._field.setFocus()
        self._field.selectAll()

    @property
    def text(self) -> str:
        """What is typed."""
        return self._field.text()

    def words(self) -> str:
        """Return all it says of what was found."""
        rows = (self._list.item(row).text() for row in range(self._list.count()))
        return "\n".join((self._note.text(), *rows))

    def complain(self, sentence: str) -> None:
        """Say why what was typed is no query; "" where it is one."""
        self._field.complain(sentence)

    def start_over(self, note: str) -> None:
        """Take all photos off, and say what goes on."""
        self._list.start_over()
        self._show.setEnabled(False)
        self._note.setText(note)

    def add(self, rows: Sequence[FoundRow], note: str) -> None:
        """Add photos behind those that are there, and say what is to be said by now."""
        for row in rows:
            self._list.add(row, row.words, row.photo_id, None)
        self._note.setText(note)
        if rows:
            if self._list.currentRow() < 0:
                self._list.setCurrentRow(0)
            self._show.setEnabled(True)
            self._list.ask()

    def _tell(self) -> None:
        self._wait.stop()
        self.typed.emit(self._field.text())

    def _leave_field(self) -> None:
        """Go to the photos; where none is, close: nothing is left to do."""
        if self._wait.isActive():
            self._tell()
        if self._list.count():
            self._list.setFocus()
        elif not self._field.text():
            self.reject()

    def _choose(self, item: QListWidgetItem | None) -> None:
        row = kept(item, FoundRow) if item is not None else None
        if row is not None:
            self.accept()
            self.chosen.emit(row)
