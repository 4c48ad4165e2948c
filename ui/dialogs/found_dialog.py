"""Photos of all shoots that look like one, the likest first; each a click from its place."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from core.language import tr
from core.types import PhotoId
from ui.dialogs.picture_choice_dialog import ListSize, PictureChoiceDialog
from ui.theme import DARK, Theme
from ui.widgets.picture_list import PictureSources


@dataclass(frozen=True, slots=True)
class FoundRow:
    """One photo of the list.

    Attributes:
        photo_id: which.
        words: its name and where it is, a line each.
    """

    photo_id: PhotoId
    words: str


class FoundDialog(PictureChoiceDialog):
    """A list of photos, of which one is gone to.

    Args:
        title: of the window.
        rows: the photos, the likest first.
        note: what is to be said of them, a sentence.
        sources: of pictures.
        parent: the window.
        theme: colours.
    """

    kind = FoundRow
    list_size = ListSize(width=88, row=14, most=90, side=96)

    def __init__(
        self,
        title: str,
        rows: Sequence[FoundRow],
        note: str,
        sources: PictureSources | None,
        parent: QWidget | None = None,
        theme: Theme = DARK,
    ) -> None:
        listed = [(row, row.words, row.photo_id, None) for row in rows]
        super().__init__(title, title, tr("Go to the photo"), listed, note, sources, parent, theme)
