"""Pictures with words, of which one is chosen: what the lists of found photos and of missed people share."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from core.language import tr
from core.subject.spots import Spot
from core.types import PhotoId
from ui.dialogs.foot import foot
from ui.theme import SPACING, Theme
from ui.widgets.dialog_column import dialog_column, keep_width
from ui.widgets.picture_choice import PictureChoice
from ui.widgets.picture_list import PictureSources
from ui.widgets.sized_dialog import SizedDialog
from ui.widgets.style import form_style

_HEAD = 20  # of what stands above and below the rows, in parts of the house's spacing


@dataclass(frozen=True, slots=True)
class ListSize:
    """How large such a list opens, in parts of the house's spacing.

    Attributes:
        width: of the dialog.
        row: height of a row.
        most: height of the dialog at most.
        side: logical pixels of a picture; 0 for as many as lists with words have.
    """

    width: int
    row: int
    most: int
    side: int = 0


class PictureChoiceDialog(SizedDialog):
    """A list to choose from: Enter or a click takes a row, Esc closes.

    Args:
        title: of the window.
        name: of the list, for screen readers.
        go: on the button that takes a row.
        rows: what is chosen, its words, the photo beside them, and what to cut out of it; None for all of it.
        note: what is to be said of them, a sentence.
        sources: of pictures.
        parent: the window.
        theme: colours.

    Attributes:
        kind: of what is chosen.
        list_size: how large it opens.
    """

    kind: ClassVar[type[object]]
    list_size: ClassVar[ListSize]

    chosen = Signal(object)  # one of ``kind``

    def __init__(
        self,
        title: str,
        name: str,
        go: str,
        rows: Sequence[tuple[object, str, PhotoId, Spot | None]],
        note: str,
        sources: PictureSources | None,
        parent: QWidget | None,
        theme: Theme,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        size = self.list_size
        self._choice = PictureChoice(rows, note, name, sources, theme, side=size.side)
        self._choice.clicked.connect(self.accept)
        layout = dialog_column(self)
        layout.addWidget(self._choice, 1)
        layout.addLayout(foot(self, tr("Close") if rows else "", QPushButton(go if rows else tr("Close"))))
        self.accepted.connect(self._tell)
        self.setStyleSheet(form_style(theme))
        if rows:
            height = min(size.most, _HEAD + size.row * len(rows))
            self.open_at(QSize(size.width * SPACING, height * SPACING))
        else:
            keep_width(self, 56 * SPACING)
        self._choice.setFocus()

    def text(self) -> str:
        """Return all it says."""
        return self._choice.text()

    def _tell(self) -> None:
        chosen = self._choice.current(self.kind)
        if chosen is not None:
            self.chosen.emit(chosen)
