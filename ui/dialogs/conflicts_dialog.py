"""Photos decided differently in another program: what stands here, what in the file, and which is to count."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QWidget,
)

from core.language import mark, ntr, tr
from core.moments import moment_in_figures
from core.review.label_words import LABEL_NAMES
from core.review.marks import Conflict
from core.types import Decision, Flag, Photo, PhotoId
from ui.theme import DARK, SPACING, Theme
from ui.widgets.dialog_column import dialog_column
from ui.widgets.line_table import LineTable
from ui.widgets.note import Note
from ui.widgets.sized_dialog import SizedDialog
from ui.widgets.style import form_style

_COLUMNS = (mark("Photo"), mark("Here"), mark("In the file"), mark("File"), mark("Written"))
_FLAGS = {Flag.PICK: mark("Picked"), Flag.REJECT: mark("Rejected"), Flag.UNFLAGGED: mark("Unflagged")}


def decision_words(decision: Decision) -> str:
    """Say a decision in short, such as "Picked · ★★★ · Red"."""
    words = [] if decision.flag is None else [tr(_FLAGS[decision.flag])]
    if decision.rating is not None:
        words.append("★" * decision.rating or tr("No stars"))
    if decision.label is not None:
        words.append(tr(LABEL_NAMES[decision.label]))
    return " · ".join(words) or tr("Undecided")


class ConflictsDialog(SizedDialog):
    """Stays open beside the photos. What is selected is answered; where nothing is, all of it.

    Args:
        parent: the window.
        theme: colours.
    """

    keep_requested = Signal(object)  # tuple of PhotoId
    take_requested = Signal(object)  # tuple of PhotoId
    photo_chosen = Signal(object)  # PhotoId

    def __init__(self, parent: QWidget | None = None, theme: Theme = DARK) -> None:
        super().__init__(parent)
        self._conflicts: tuple[Conflict, ...] = ()
        self.setWindowTitle(tr("Decided elsewhere"))
        self.setModal(False)
        self.open_at(QSize(100 * SPACING, 50 * SPACING), lists=True)
        self._summary = QLabel(wordWrap=True)
        self._note = Note(
            theme, tr("Taking the file's can be undone. Keeping yours changes no file until you export.")
        )
        self._list = self._make_list()
        self._keep = QPushButton()
        self._take = QPushButton()
        self._keep.clicked.connect(lambda: self.keep_requested.emit(self.answered()))
        self._take.clicked.connect(lambda: self.take_requested.emit(self.answered()))
        later = QPushButton(tr("Later"))
        later.clicked.connect(self.close)
        buttons = QHBoxLayout()
        for button in (self._keep, self._take):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(later)
        later.setFocus()  # the list would mark its first line, as if it were selected
        layout = dialog_column(self)
        for widget in (self._summary, self._list, self._note):
            layout.addWidget(widget)
        layout.addLayout(buttons)
        air = f"{{ padding: {SPACING // 2}px {SPACING}px; }}"
        self.setStyleSheet(f"{form_style(theme)} QTableView::item {air} QHeaderView::section {air}")
        self.show_conflicts((), {})

    def show_conflicts(self, conflicts: Sequence[Conflict], photos: Mapping[PhotoId, Photo]) -> None:
        """List conflicts in place of the former ones.

        Args:
            conflicts: to be answered.
            photos: of the shoot.
        """
        self._conflicts = tuple(conflicts)
        self._list.setRowCount(0)
        for conflict in self._conflicts:
            source = conflict.source
            cells = (
                (photos[conflict.ours.photo_id].name, str(photos[conflict.ours.photo_id].path)),
                (decision_words(conflict.ours), ""),
                (decision_words(conflict.theirs), ""),
                (source.path.name, str(source.path)),
                (moment_in_figures(source.changed_at.astimezone()), ""),
            )
            self._list.add_line(cells)
        self._list.clearSelection()
        self._say_what_is_answered()

    def answered(self) -> tuple[PhotoId, ...]:
        """Return the photos an answer would count for."""
        rows = sorted({index.row() for index in self._list.selectedIndexes()}) or range(len(self._conflicts))
        return tuple(self._conflicts[row].ours.photo_id for row in rows)

    def present(self) -> None:
        """Show the list, or bring it to the front."""
        self.show()
        self.raise_()
        self.activateWindow()

    def _make_list(self) -> LineTable:
        table = LineTable(tr("Decided elsewhere"), [tr(column) for column in _COLUMNS])
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.itemSelectionChanged.connect(self._say_what_is_answered)
        table.itemDoubleClicked.connect(
            lambda item: self.photo_chosen.emit(self._conflicts[item.row()].ours.photo_id)
        )
        return table

    def _say_what_is_answered(self) -> None:
        count, chosen = len(self._conflicts), len(self.answered())
        self._summary.setText(
            ntr(
                "{count} photo was decided differently in another program since then. Which should count?",
                "{count} photos were decided differently in another program since then. Which should count?",
                count,
            ).format(count=count)
        )
        every = count == 1 or chosen < count
        self._keep.setText(tr("Keep mine") if every else tr("Keep all of mine"))
        self._take.setText(tr("Take the file's") if every else tr("Take all from the files"))
        for button in (self._keep, self._take):
            button.setEnabled(bool(count))
