"""The choices of copying from cards: which cards, where to, which photos, under which names."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.language import mark, tr
from core.offload.plan import ToCopy
from core.offload.request import OffloadRequest, shoot_title
from ui.asked_folder import ask_for_folder
from ui.export.field_column import begin_alike
from ui.export.metadata_choice import MetadataChoice
from ui.export.name_choices import NamesForm
from ui.theme import SPACING, Theme
from ui.widgets.choices import ChoiceBox
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.tick_box import TickBox

_WHICH = (
    (ToCopy.ALL, mark("Everything")),
    (ToCopy.PICKS_FIRST, mark("Everything, picks first")),
    (ToCopy.PICKS, mark("Picks only")),
)

FolderChooser = Callable[[str], Path | None]
"""Asks the user for a folder, given the title of the question; None where none was chosen."""


class OffloadForm(QWidget):
    """Holds the choices.

    Args:
        theme: colours.
        choose_folder: asks for folders.
        parent: the dialog.

    Attributes:
        names: the choices of names and folders.
        metadata: whether a metadata template is written beside the copies.
    """

    changed = Signal()

    def __init__(
        self, theme: Theme, choose_folder: FolderChooser | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._choose_folder = choose_folder or self._ask_for_folder
        self._cards: dict[Path, TickBox] = {}
        self._added: set[Path] = set()  # by the user: they stay
        self._targets: list[Path | None] = [None, None]
        self._last: Path | None = None
        self._boxes = QVBoxLayout()
        self._boxes.setSpacing(SPACING // 2)
        self._none = QLabel(tr("No card is in."))
        self._boxes.addWidget(self._none)
        self._add = QPushButton(tr("Other folder…"))
        self._add.setAutoDefault(False)
        self._add.clicked.connect(self._add_folder)
        self._together = TickBox(tr("Read the cards at the same time"))
        self._together.hide()
        self._paths = [ElidedLabel(), ElidedLabel()]
        self._second = TickBox(tr("A second copy in:"))
        self._choose = [QPushButton(tr("Choose…")), QPushButton(tr("Choose…"))]
        for at, button in enumerate(self._choose):
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, at=at: self._pick(at))
        self._choose[0].setAccessibleName(tr("Choose where to copy"))
        self._choose[1].setAccessibleName(tr("Choose where the second copy goes"))
        self._which = ChoiceBox((which, tr(words)) for which, words in _WHICH)
        self._which.setAccessibleName(tr("Which photos"))
        self.names = NamesForm(theme)
        self.metadata = MetadataChoice(theme)
        self._lay_out()
        self._together.toggled.connect(self.changed)
        self._second.toggled.connect(self._second_toggled)
        self._which.currentIndexChanged.connect(self.changed)
        self.names.changed.connect(self.changed)
        self.metadata.changed.connect(self.changed)
        self._tell()

    def request(self) -> OffloadRequest | None:
        """Return what is chosen now; None while a card or a folder is missing."""
        cards = tuple(folder for folder, box in self._cards.items() if box.isChecked())
        first, second = self._targets
        if (
            self.names.complaint()
            or not cards
            or first is None
            or (self._second.isChecked() and second is None)
        ):
            return None
        targets = (first, second) if self._second.isChecked() and second is not None else (first,)
        together = self._together.isChecked() and len(cards) > 1
        return OffloadRequest(
            cards, targets, self._which.value(), self.names.naming(), together, self.metadata.template()
        )

    def set_choices(self, request: OffloadRequest) -> None:
        """Set the choices of the last time; the cards are those that are in now."""
        self._targets = [*request.targets, None, None][:2]
        self._second.setChecked(len(request.targets) > 1)
        self._which.set_value(request.which)
        self.names.set_naming(request.naming)
        self._together.setChecked(request.together)
        self.metadata.set_template(request.metadata)
        self._tell()

    def offer_cards(self, cards: Sequence[tuple[Path, str]], chosen: Path | None = None) -> None:
        """Offer cards that are in, each with its name; those that went are not offered any more.

        Args:
            cards: folders and names.
            chosen: the one to tick; None leaves what is ticked, and ticks the only one there is.
        """
        names = dict(cards)
        for folder in self._cards.keys() - names.keys() - self._added:
            self._drop(folder)
        for folder, name in names.items():
            if folder not in self._cards:
                self._offer(folder, name)
        if chosen is not None and chosen in self._cards:
            for folder, box in self._cards.items():
                box.setChecked(folder == chosen)
        elif len(self._cards) == 1:
            next(iter(self._cards.values())).setChecked(True)
        self._tell()

    def _offer(self, folder: Path, name: str) -> TickBox:
        words = tr("{name} ({folder})").format(name=name, folder=folder)
        box = TickBox(words.replace("&", "&&"))
        box.toggled.connect(self._tell)
        self._cards[folder] = box
        self._boxes.addWidget(box)
        return box

    def _drop(self, folder: Path) -> None:
        box = self._cards.pop(folder)
        self._boxes.removeWidget(box)
        box.deleteLater()

    def _add_folder(self) -> None:
        if folder := self._choose_folder(tr("Card or folder to copy from")):
            box = self._cards.get(folder)
            if box is None:
                self._added.add(folder)
                box = self._offer(folder, folder.name)
            box.setChecked(True)
            self._tell()

    def _pick(self, at: int) -> None:
        if folder := self._choose_folder((tr("Folder to copy to"), tr("Folder for the second copy"))[at]):
            self._targets[at] = folder
            if at:
                self._second.setChecked(True)
        elif at and self._targets[at] is None:
            self._second.setChecked(False)
        self._tell()

    def _second_toggled(self, on: bool) -> None:
        if on and self._targets[1] is None:
            self._pick(1)
        else:
            self._tell()

    def _ask_for_folder(self, title: str) -> Path | None:
        chosen = ask_for_folder(self, title, self._last)
        self._last = chosen or self._last
        return chosen

    def _tell(self) -> None:
        for label, folder in zip(self._paths, self._targets, strict=True):
            label.setText(str(folder) if folder is not None else tr("none chosen yet"))
        self._paths[1].setEnabled(self._second.isChecked())
        self._none.setVisible(not self._cards)
        chosen = [folder for folder, box in self._cards.items() if box.isChecked()]
        self._together.setVisible(len(chosen) > 1)
        self.names.set_shoot(shoot_title(chosen))
        self.changed.emit()

    def _lay_out(self) -> None:
        rows = QGridLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setHorizontalSpacing(2 * SPACING)
        rows.setVerticalSpacing(SPACING)
        rows.setColumnStretch(1, 1)
        source = QHBoxLayout()
        source.addLayout(self._boxes, 1)
        source.addWidget(self._add)
        column = QVBoxLayout()
        column.addLayout(source)
        column.addWidget(self._together)
        rows.addWidget(QLabel(tr("From")), 0, 0)
        rows.addLayout(column, 0, 1)
        rows.addWidget(QLabel(tr("To")), 1, 0)
        for at, (path, choose) in enumerate(zip(self._paths, self._choose, strict=True)):
            row = QHBoxLayout()
            row.setSpacing(SPACING)
            if at:
                row.addWidget(self._second)
            row.addWidget(path, 1)
            row.addWidget(choose)
            rows.addLayout(row, 1 + at, 1)
        rows.addWidget(QLabel(tr("Photos")), 3, 0)
        rows.addWidget(self._which, 3, 1)
        rows.addWidget(self.names, 4, 0, 1, 2)
        rows.addWidget(self.metadata, 5, 1)
        begin_alike(rows, self.names.layout())
