"""Photos that show something like what was asked for, the nearest first, each with the piece that shows it."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from core.language import tr
from core.pipeline.piece_finder import NearPiece
from core.subject.spots import Spot
from core.types import PhotoId
from ui.dialogs.foot import foot
from ui.theme import DARK, SPACING, Theme
from ui.widgets.choices import kept
from ui.widgets.dialog_column import dialog_column
from ui.widgets.note import Note
from ui.widgets.picture_list import PictureList, PictureSources
from ui.widgets.sized_dialog import SizedDialog
from ui.widgets.style import form_style

_TILE = 144  # logical pixels of a picture
_FIRST_SIZE = QSize(136 * SPACING, 85 * SPACING)


class MoreLikeDialog(SizedDialog):
    """Enter or a double click shows the listed photos in the grid, the chosen one active.

    Args:
        found: nearest first.
        names: of the photos.
        note: a sentence below the pictures; "" for none.
        sources: of pictures; without them there are none.
        parent: the window.
        theme: colours.
    """

    chosen = Signal(object)  # PhotoId

    def __init__(
        self,
        found: Sequence[NearPiece],
        names: Sequence[str],
        note: str,
        sources: PictureSources | None,
        parent: QWidget | None = None,
        theme: Theme = DARK,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("More like this thing"))
        self._tiles = PictureList(sources, rows=False, theme=theme, side=_TILE)
        self._tiles.setAccessibleName(tr("Photos, the nearest first"))
        for each, name in zip(found, names, strict=True):
            spot = Spot(each.box, is_subject=True) if each.box is not None else None
            self._tiles.add(each.photo_id, name, each.photo_id, spot)
        self._tiles.setCurrentRow(0)
        self._tiles.itemDoubleClicked.connect(lambda _item: self.accept())
        words = Note(theme, " ".join(filter(None, (tr("The nearest come first."), note))))
        layout = dialog_column(self, narrow=True)
        layout.addWidget(self._tiles, 1)
        layout.addWidget(words)
        layout.addLayout(foot(self, tr("Close"), QPushButton(tr("Show in the grid"))))
        self.setStyleSheet(form_style(theme))
        self.open_at(_FIRST_SIZE, lists=True)
        self.accepted.connect(self._tell_chosen)
        self._tiles.setFocus()

    def _tell_chosen(self) -> None:
        item = self._tiles.currentItem()
        photo_id = kept(item, str) if item is not None else None
        if photo_id is not None:
            self.chosen.emit(PhotoId(photo_id))
