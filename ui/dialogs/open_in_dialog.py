"""Which photos are opened in which other program; own commands are added and removed here."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from core.handover import HandoverError, OtherProgram, own_program
from core.language import ntr, tr
from core.types import PhotoId
from ui.dialogs.foot import foot
from ui.theme import DARK, SPACING, Theme
from ui.widgets.choices import ChoiceBox, keep, kept
from ui.widgets.dialog_column import dialog_column
from ui.widgets.note import Note
from ui.widgets.sized_dialog import SizedDialog
from ui.widgets.style import form_style


class OpenInDialog(SizedDialog):
    """Enter opens the photos in the program that is chosen.

    Args:
        found: the programs of this computer.
        own: the user's own commands by their names.
        last: the name of the one used last.
        selected: the photos that are selected.
        picks: all that are picked.
        parent: the window.
        theme: colours.
    """

    chosen = Signal(object, object)  # OtherProgram, the photo ids
    own_changed = Signal(object)  # the user's commands by their names

    def __init__(
        self,
        found: Sequence[OtherProgram],
        own: Mapping[str, str],
        last: str,
        selected: Sequence[PhotoId],
        picks: Sequence[PhotoId],
        parent: QWidget | None = None,
        theme: Theme = DARK,
    ) -> None:
        super().__init__(parent)
        self._found = found
        self._own = dict(own)
        self.setWindowTitle(tr("Open in another program"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._photos = ChoiceBox[Sequence[PhotoId]]()
        self._photos.setAccessibleName(tr("Which photos"))
        self._offer_photos(selected, picks)
        self._programs = QListWidget()
        self._programs.setAccessibleName(tr("Programs"))
        self._programs.itemActivated.connect(lambda _item: self.accept())
        self._name, self._command = QLineEdit(), QLineEdit()
        self._note = Note(theme)
        self._open = QPushButton(tr("Open"))
        self._add_own = QPushButton(tr("Add"))
        self._remove = QPushButton(tr("Remove"))
        self._lay_out()
        self._programs.currentItemChanged.connect(lambda *_: self._tell())
        self.accepted.connect(self._choose)
        self.setStyleSheet(form_style(theme))
        self.open_at(QSize(84 * SPACING, (48 if found or own else 32) * SPACING))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._fill(last)
        (self._programs if self._programs.count() else self._name).setFocus()

    def _lay_out(self) -> None:
        which = QHBoxLayout()
        which.addWidget(QLabel(tr("Photos")))
        which.addWidget(self._photos, 1)
        self._name.setPlaceholderText(tr("Name"))
        self._name.setAccessibleName(tr("Name of a program of your own"))
        self._command.setPlaceholderText(
            tr("Command, such as: develop --new {files}").format(files="{files}")
        )
        self._command.setAccessibleName(tr("Its command"))
        for field in (self._name, self._command):
            field.textChanged.connect(self._enter_adds)
        for button, does in ((self._add_own, self._add), (self._remove, self._take_off)):
            button.setAutoDefault(False)
            button.clicked.connect(does)
        own = QHBoxLayout()
        for widget, share in ((self._name, 1), (self._command, 3), (self._add_own, 0), (self._remove, 0)):
            own.addWidget(widget, share)
        layout = dialog_column(self)
        layout.addLayout(which)
        layout.addWidget(self._programs, 1)
        layout.addStretch(0)  # takes the room where there is no program to list
        layout.addWidget(QLabel(tr("A program of your own:")))
        layout.addLayout(own)
        layout.addWidget(self._note)
        layout.addLayout(foot(self, tr("Cancel"), self._open))
        self._say("")

    def _offer_photos(self, selected: Sequence[PhotoId], picks: Sequence[PhotoId]) -> None:
        one = ntr("the selected photo", "the {count:,} selected photos", len(selected))
        all_ = ntr("the one pick", "all {count:,} picks", len(picks))
        offers = [(selected, one.format(count=len(selected))), (picks, all_.format(count=len(picks)))]
        self._photos.offer((photo_ids, words) for photo_ids, words in offers if photo_ids)

    def _fill(self, current: str) -> None:
        self._programs.clear()
        for program in (*self._found, *(own_program(name, words) for name, words in self._own.items())):
            item = QListWidgetItem(program.name, self._programs)
            item.setToolTip(" ".join(program.command))
            keep(item, program)
            if program.name == current or self._programs.currentRow() < 0:
                self._programs.setCurrentItem(item)
        self._programs.setVisible(self._programs.count() > 0)  # an empty list says less than the note
        self._tell()

    def _tell(self) -> None:
        item = self._programs.currentItem()
        self._open.setEnabled(item is not None and self._photos.count() > 0)
        self._remove.setEnabled(item is not None and item.text() in self._own)

    def _say(self, sentence: str) -> None:
        usual = tr("The photos stand where {files} is, or at the end. Of a pair, the RAW file is given.")
        none = (
            ""
            if self._found
            else tr("None of the programs that photographers use was found on this computer.")
        )
        self._note.setText(sentence or " ".join(filter(None, (none, usual.format(files="{files}")))))

    def _enter_adds(self) -> None:
        """Let Enter add what is being written, and else open the photos."""
        writing = bool(self._name.text() or self._command.text())
        (self._add_own if writing else self._open).setDefault(True)

    def _add(self) -> None:
        try:
            program = own_program(self._name.text(), self._command.text())
        except HandoverError as error:
            self._say(str(error))
            return
        self._own[program.name] = self._command.text()
        self._name.clear()
        self._command.clear()
        self._say("")
        self._changed(program.name)

    def _take_off(self) -> None:
        item = self._programs.currentItem()
        if item is not None and self._own.pop(item.text(), None) is not None:
            self._changed("")

    def _changed(self, current: str) -> None:
        self.own_changed.emit(dict(self._own))
        self._fill(current)

    def _choose(self) -> None:
        item = self._programs.currentItem()
        program = kept(item, OtherProgram) if item is not None else None
        if program is not None and self._photos.count():
            self.chosen.emit(program, self._photos.value())
