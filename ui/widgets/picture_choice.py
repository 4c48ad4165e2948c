"""A sentence, and below it pictures with words, of which one is chosen."""

from collections.abc import Iterable
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QListWidgetItem, QVBoxLayout, QWidget

from core.subject.spots import Spot
from core.types import PhotoId
from ui.theme import DARK, SPACING, Theme
from ui.widgets.choices import kept
from ui.widgets.picture_list import PictureList, PictureSources

Row = TypeVar("Row")


class PictureChoice(QWidget):
    """Holds the rows; the dialog it is in says what becomes of the chosen one.

    Args:
        rows: what is chosen, its words, the photo beside them, and what to cut out of it; None for all of it.
        note: what is to be said of them, a sentence.
        name: of the list, for screen readers.
        sources: of pictures.
        theme: colours.
        side: logical pixels of a picture; 0 for as many as lists with words have.
    """

    clicked = Signal()  # a row, which is the chosen one now

    def __init__(
        self,
        rows: Iterable[tuple[object, str, PhotoId, Spot | None]],
        note: str,
        name: str,
        sources: PictureSources | None,
        theme: Theme = DARK,
        side: int = 0,
    ) -> None:
        super().__init__()
        self._note = QLabel(note, wordWrap=True)
        self._list = PictureList(sources, rows=True, theme=theme, side=side)
        self._list.setAccessibleName(name)
        for row in rows:
            self._list.add(*row)
        self._list.setCurrentRow(0)
        self._list.itemClicked.connect(self._click)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * SPACING)
        layout.addWidget(self._note)
        layout.addWidget(self._list, 1)
        self._list.setVisible(bool(self._list.count()))
        self.setFocusProxy(self._list)

    def current(self, kind: type[Row]) -> Row | None:
        """Return what is chosen; None where there is nothing."""
        item = self._list.currentItem()
        return kept(item, kind) if item is not None else None

    def text(self) -> str:
        """Return all it says."""
        rows = (self._list.item(row).text() for row in range(self._list.count()))
        return "\n".join((self._note.text(), *rows))

    def _click(self, item: QListWidgetItem) -> None:
        self._list.setCurrentItem(item)
        self.clicked.emit()
