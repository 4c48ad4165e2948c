"""The files that are damaged or cannot be used, each with its reason. Stays open beside the photos."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QWidget,
)

from core.ingest.skipped_words import skipped_words
from core.language import ntr, tr
from core.moments import time_in_figures
from core.pipeline.events import PhotoFailed
from core.types import legible
from ui.local_files import plain_text, url_of
from ui.theme import DARK, SPACING, Theme
from ui.widgets.dialog_column import dialog_column
from ui.widgets.line_table import LineTable
from ui.widgets.note import Note
from ui.widgets.sized_dialog import SizedDialog
from ui.widgets.style import form_style

_MOST_ERRORS = 12


def problems_text(failures: Sequence[PhotoFailed]) -> str:
    """Write one line a file, path and reason with a tab between, fit for a mail or a table."""
    return "".join(f"{failure.path}\t{failure.reason}\n" for failure in failures)


class ProblemsDialog(SizedDialog):
    """A list to read, to copy, and to go from to the files."""

    def __init__(self, parent: QWidget | None = None, theme: Theme = DARK) -> None:
        super().__init__(parent)
        self._failures: list[PhotoFailed] = []
        self.setWindowTitle(tr("Problems"))
        self.setModal(False)
        self.open_at(QSize(90 * SPACING, 50 * SPACING), lists=True)
        self._summary = QLabel(wordWrap=True)
        self._list = LineTable(tr("Problems"), [tr("File"), tr("What is wrong with it")])
        self._list.setSelectionMode(LineTable.SelectionMode.SingleSelection)
        self._list.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self._list.horizontalHeader().resizeSection(0, 28 * SPACING)
        self._list.itemDoubleClicked.connect(self._open_folder)
        self._errors: list[str] = []
        self._told = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._told.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._left_out = Note(theme)
        self._copy = QPushButton(tr("Copy as text"))
        self._copy.clicked.connect(self._copy_text)
        self._open = QPushButton(tr("Open folder"))
        self._open.setEnabled(False)
        self._open.clicked.connect(self._open_folder)
        self._list.itemSelectionChanged.connect(
            lambda: self._open.setEnabled(bool(self._list.selectedIndexes()))
        )
        close = QPushButton(tr("Close"))
        close.clicked.connect(self.close)
        buttons = QHBoxLayout()
        for button in (self._copy, self._open):
            button.setAutoDefault(False)  # Enter closes
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(close)
        layout = dialog_column(self)
        for widget in (self._summary, self._list, self._told, self._left_out):
            layout.addWidget(widget)
        layout.addStretch(0)  # so that the buttons stay below where there is no list
        layout.addLayout(buttons)
        self.clear()
        self.setStyleSheet(form_style(theme))

    def clear(self) -> None:
        """Empty the list: another shoot is opened."""
        self._errors.clear()
        self._show_errors()
        self.forget_files()
        self.set_left_out(())

    def forget_files(self) -> None:
        """Take the files off the list: they are looked at once more."""
        self._failures.clear()
        self._list.setRowCount(0)
        self._say_count()

    def add(self, failure: PhotoFailed) -> None:
        """Add a file that is damaged or cannot be used."""
        self._failures.append(failure)
        self._list.add_line(((legible(failure.path.name), legible(str(failure.path))), (failure.reason, "")))
        self._say_count()

    def add_error(self, text: str) -> None:
        """Keep an error that was no single file's, with the time; the latest ones stay."""
        self._errors = [*self._errors[1 - _MOST_ERRORS :], f"{time_in_figures(datetime.now())}  {text}"]
        self._show_errors()

    def set_left_out(self, skipped: Sequence[tuple[str, int]]) -> None:
        """Tell how many files were left out on purpose, by reason, as ``PhotosFound.skipped`` has them."""
        counts = skipped_words(skipped)
        self._left_out.setText(tr("Left out on purpose: {counts}.").format(counts=counts) if counts else "")
        self._left_out.setVisible(bool(counts))

    def count(self) -> int:
        """Count the files listed."""
        return len(self._failures)

    def present(self) -> None:
        """Show the list, or bring it to the front; without a file in it, it is as small as its words."""
        if not self._failures and not self.isVisible():
            self.resize(self.width(), self.sizeHint().height())
        self.show()
        self.raise_()
        self.activateWindow()

    def summary(self) -> str:
        """Return the line above the list."""
        return self._summary.text()

    def _show_errors(self) -> None:
        self._told.setText("\n".join(self._errors))
        self._told.setVisible(bool(self._errors))
        self._say_count()

    def _copy_text(self) -> None:
        errors = "".join(f"{error}\n" for error in self._errors)
        QGuiApplication.clipboard().setText(plain_text(problems_text(self._failures) + errors))

    def _open_folder(self) -> None:
        for index in self._list.selectedIndexes()[:1]:
            folder = self._failures[index.row()].path.parent
            QDesktopServices.openUrl(url_of(folder))

    def _say_count(self) -> None:
        self._summary.setText(_summary(len(self._failures)))
        self._list.setVisible(bool(self._failures))
        for button, is_of_use in ((self._copy, self._failures or self._errors), (self._open, self._failures)):
            button.setVisible(bool(is_of_use))


def _summary(count: int) -> str:
    if count == 0:
        return tr("All files could be read.")
    return ntr(
        "{count:,} file is damaged or cannot be used. The rest of the shoot is not affected.",
        "{count:,} files are damaged or cannot be used. The rest of the shoot is not affected.",
        count,
    ).format(count=count)
