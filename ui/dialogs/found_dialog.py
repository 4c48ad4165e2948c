"""Photos of all shoots that look like one, the likest first; each a click from its place."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from core.language import tr
from core.types import PhotoId
from ui.dialogs.foot import foot
from ui.theme import DARK, SPACING, Theme
from ui.widgets.dialog_column import dialog_column, keep_width
from ui.widgets.first_size import open_within_screen
from ui.widgets.picture_choice import PictureChoice
from ui.widgets.picture_list import PictureSources
from ui.widgets.style import form_style


@dataclass(frozen=True, slots=True)
class FoundRow:
    """One photo of the list.

    Attributes:
        photo_id: which.
        words: its name and where it is, a line each.
    """

    photo_id: PhotoId
    words: str


class FoundDialog(QDialog):
    """A list to choose from: Enter or a click goes to the photo, Esc closes.

    Args:
        title: of the window.
        rows: the photos, the likest first.
        note: what is to be said of them, a sentence.
        sources: of pictures.
        parent: the window.
        theme: colours.
    """

    chosen = Signal(object)  # FoundRow

    def __init__(
        self,
        title: str,
        rows: Sequence[FoundRow],
        note: str,
        sources: PictureSources | None,
        parent: QWidget | None = None,
        theme: Theme = DARK,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._choice = PictureChoice(
            ((row, row.words, row.photo_id, None) for row in rows), note, title, sources, theme, side=96
        )
        self._choice.clicked.connect(self.accept)
        layout = dialog_column(self)
        layout.addWidget(self._choice, 1)
        show = QPushButton(tr("Go to the photo") if rows else tr("Close"))
        layout.addLayout(foot(self, tr("Close") if rows else "", show))
        self.accepted.connect(self._tell)
        self.setStyleSheet(form_style(theme))
        if rows:
            open_within_screen(self, QSize(88 * SPACING, min(90, 20 + 14 * len(rows)) * SPACING))
        else:
            keep_width(self, 56 * SPACING)
        self._choice.setFocus()

    def text(self) -> str:
        """Return all it says."""
        return self._choice.text()

    def _tell(self) -> None:
        chosen = self._choice.current(FoundRow)
        if chosen is not None:
            self.chosen.emit(chosen)
