"""Files that show one picture, set by set: which of each is kept, and which are rejected."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidgetItem, QPushButton, QWidget

from core.language import ntr, tr
from core.types import PhotoId
from ui.theme import DARK, SPACING, Theme
from ui.widgets.choices import kept
from ui.widgets.dialog_column import dialog_column, keep_width
from ui.widgets.picture_list import PictureList, PictureSources
from ui.widgets.sized_dialog import SizedDialog
from ui.widgets.style import form_style


@dataclass(frozen=True, slots=True)
class DuplicateRow:
    """One file.

    Attributes:
        photo_id: which.
        set_number: of its set, from 0.
        words: its name, in what it differs, and where it is.
        picked: the user picked it: it is never rejected here.
        rejected: it is rejected already.
    """

    photo_id: PhotoId
    set_number: int
    words: str
    picked: bool = False
    rejected: bool = False


class DuplicatesDialog(SizedDialog):
    """A list of all sets, in each the file with most left of the original first. Nothing is ever deleted.

    Args:
        rows: the files, set by set.
        note: what is to be said of them, a sentence.
        sources: of pictures.
        parent: the window.
        theme: colours.
    """

    reject_requested = Signal(object)  # list of photo ids
    undo_requested = Signal()
    opened = Signal(object)  # DuplicateRow: its photo is to be gone to

    def __init__(
        self,
        rows: Sequence[DuplicateRow],
        note: str,
        sources: PictureSources | None,
        parent: QWidget | None = None,
        theme: Theme = DARK,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Duplicates in all shoots"))
        self._rows = list(rows)
        self._kept: dict[int, PhotoId] = {}
        for row in reversed(self._rows):
            self._kept[row.set_number] = row.photo_id
        self._left_out: set[int] = set()
        self._done = False
        self._note = QLabel(note, wordWrap=True)
        self._list = PictureList(sources, rows=True, theme=theme, side=96)
        self._list.setAccessibleName(self.windowTitle())
        for row in self._rows:
            self._list.add(row, row.words, row.photo_id, None)
        self._list.setCurrentRow(0)
        self._list.itemDoubleClicked.connect(self._open)
        self._reject = QPushButton()
        self._lay_out()
        within = Qt.ShortcutContext.WidgetShortcut
        QShortcut(QKeySequence(Qt.Key.Key_Space), self._list, self._keep_current, context=within)
        QShortcut(QKeySequence(Qt.Key.Key_Delete), self._list, self._leave_current, context=within)
        self.setStyleSheet(form_style(theme))
        for widget in (self._list, *self._buttons, self._reject):
            widget.setVisible(bool(rows))
        if rows:
            self.open_at(QSize(104 * SPACING, min(90, 24 + 14 * len(rows)) * SPACING))
        else:
            keep_width(self, 56 * SPACING)
        self._refresh()
        self._list.setFocus()

    def _lay_out(self) -> None:
        self._reject.setProperty("primary", True)
        self._reject.clicked.connect(self._act)
        self._keep = QPushButton(tr("Keep this one (Space)"))
        self._keep.clicked.connect(self._keep_current)
        self._leave = QPushButton(tr("Leave the set alone (Del)"))
        self._leave.clicked.connect(self._leave_current)
        go = QPushButton(tr("Go to the photo"))
        go.clicked.connect(lambda: self._open(self._list.currentItem()))
        close = QPushButton(tr("Close"))
        close.clicked.connect(self.reject)
        foot = QHBoxLayout()
        self._buttons = (self._keep, self._leave, go)
        for button in (*self._buttons, close, self._reject):
            button.setAutoDefault(False)
        choices = QHBoxLayout()  # a row of its own: with the foot in one it is wider than small screens
        for button in self._buttons:
            choices.addWidget(button)
        choices.addStretch(1)
        foot.addStretch(1)
        foot.addWidget(close)
        foot.addWidget(self._reject)
        layout = dialog_column(self)
        layout.addWidget(self._note)
        layout.addWidget(self._list, 1)
        layout.addLayout(choices)
        layout.addLayout(foot)

    def text(self) -> str:
        """Return all it says."""
        rows = (self._list.item(row).text() for row in range(self._list.count()))
        return "\n".join((self._note.text(), *rows, self._reject.text()))

    def to_reject(self) -> list[PhotoId]:
        """Return the files that are not kept: no picked ones, none rejected already, and none of a set left alone."""
        return [
            row.photo_id
            for row in self._rows
            if row.set_number not in self._left_out
            and row.photo_id != self._kept[row.set_number]
            and not row.picked
            and not row.rejected
        ]

    def show_done(self, sentence: str) -> None:
        """Say what was done, and offer to take it back."""
        self._done = True
        self._note.setText(sentence)
        self._refresh()

    def show_undone(self, note: str) -> None:
        """Go back to the choice."""
        self._done = False
        self._note.setText(note)
        self._refresh()

    def _act(self) -> None:
        if self._done:
            self.undo_requested.emit()
        elif chosen := self.to_reject():
            self.reject_requested.emit(chosen)

    def _current(self) -> DuplicateRow | None:
        item = self._list.currentItem()
        return kept(item, DuplicateRow) if item is not None else None

    def _keep_current(self) -> None:
        if (row := self._current()) is not None and not self._done:
            self._kept[row.set_number] = row.photo_id
            self._left_out.discard(row.set_number)
            self._refresh()

    def _leave_current(self) -> None:
        if (row := self._current()) is not None and not self._done:
            self._left_out ^= {row.set_number}
            self._refresh()

    def _open(self, item: QListWidgetItem | None) -> None:
        row = kept(item, DuplicateRow) if item is not None else None
        if row is not None:
            self.opened.emit(row)
            self.reject()

    def _refresh(self) -> None:
        """Say of each file what becomes of it."""
        wanted = set(self.to_reject())
        for at, row in enumerate(self._rows):
            self._list.item(at).setText(f"{self._fate(row, wanted)} {row.words}")
        count = len(wanted)
        self._reject.setText(
            tr("Undo")
            if self._done
            else ntr("Reject {count} file", "Reject {count} files", count).format(count=count)
        )
        self._reject.setEnabled(self._done or count > 0)
        for button in self._buttons[:2]:
            button.setEnabled(not self._done)

    def _fate(self, row: DuplicateRow, wanted: set[PhotoId]) -> str:
        number = row.set_number + 1
        if row.set_number in self._left_out:
            return tr("Set {number} · left alone:").format(number=number)
        if row.photo_id in wanted:
            words = tr("Set {number} · rejected:") if self._done else tr("Set {number} · reject:")
            return words.format(number=number)
        if row.rejected and row.photo_id != self._kept[row.set_number]:
            return tr("Set {number} · is rejected:").format(number=number)
        if row.picked and row.photo_id != self._kept[row.set_number]:
            return tr("Set {number} · is picked, stays:").format(number=number)
        return tr("Set {number} · keep:").format(number=number)
