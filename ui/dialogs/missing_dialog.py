"""Who and what has no keeper, each a click from its best frames."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from core.language import tr
from core.shoot.listed import Listed
from core.subject.spots import Spot
from core.types import PhotoId
from ui.dialogs.foot import foot
from ui.theme import DARK, SPACING, Theme
from ui.widgets.dialog_column import dialog_column, keep_width
from ui.widgets.first_size import open_within_screen
from ui.widgets.picture_choice import PictureChoice
from ui.widgets.picture_list import PictureSources
from ui.widgets.style import form_style


@dataclass(frozen=True, slots=True)
class Missing:
    """One that has no keeper.

    Attributes:
        words: who or what, and in how many frames.
        listed: the frames that could be kept of it.
        first: the best of these, whose picture stands beside the words.
        spot: somebody's face in it; None for all of it.
        person: their number, to mark their face in all frames; None for what is nobody.
    """

    words: str
    listed: Listed
    first: PhotoId
    spot: Spot | None = None
    person: int | None = None


class MissingDialog(QDialog):
    """A list to choose from: Enter or a click shows the frames in the grid, Esc closes.

    Args:
        missing: all of it; empty for nothing.
        note: what is to be said of it, a sentence.
        sources: of pictures.
        parent: the window.
        theme: colours.
    """

    chosen = Signal(object)  # Missing

    def __init__(
        self,
        missing: Sequence[Missing],
        note: str,
        sources: PictureSources | None,
        parent: QWidget | None = None,
        theme: Theme = DARK,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Who is missing"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._choice = PictureChoice(
            ((one, one.words, one.first, one.spot) for one in missing),
            note,
            tr("Without a keeper"),
            sources,
            theme,
        )
        self._choice.clicked.connect(self.accept)
        layout = dialog_column(self)
        layout.addWidget(self._choice, 1)
        show = QPushButton(tr("Show the frames") if missing else tr("Close"))
        layout.addLayout(foot(self, tr("Close") if missing else "", show))
        self.accepted.connect(self._tell)
        self.setStyleSheet(form_style(theme))
        if missing:
            open_within_screen(self, QSize(64 * SPACING, min(70, 20 + 11 * len(missing)) * SPACING))
        else:
            keep_width(self, 56 * SPACING)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._choice.setFocus()

    def text(self) -> str:
        """Return all it says."""
        return self._choice.text()

    def _tell(self) -> None:
        chosen = self._choice.current(Missing)
        if chosen is not None:
            self.chosen.emit(chosen)
