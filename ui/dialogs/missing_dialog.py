"""Who and what has no keeper, each a click from its best frames."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from core.language import tr
from core.shoot.listed import Listed
from core.subject.spots import Spot
from core.types import PhotoId
from ui.dialogs.picture_choice_dialog import ListSize, PictureChoiceDialog
from ui.theme import DARK, Theme
from ui.widgets.picture_list import PictureSources


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


class MissingDialog(PictureChoiceDialog):
    """A list of who and what has no keeper, of which the frames of one are shown in the grid.

    Args:
        missing: all of it; empty for nothing.
        note: what is to be said of it, a sentence.
        sources: of pictures.
        parent: the window.
        theme: colours.
    """

    kind = Missing
    list_size = ListSize(width=64, row=11, most=70)

    def __init__(
        self,
        missing: Sequence[Missing],
        note: str,
        sources: PictureSources | None,
        parent: QWidget | None = None,
        theme: Theme = DARK,
    ) -> None:
        listed = [(one, one.words, one.first, one.spot) for one in missing]
        title, name, go = tr("Who is missing"), tr("Without a keeper"), tr("Show the frames")
        super().__init__(title, name, go, listed, note, sources, parent, theme)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
