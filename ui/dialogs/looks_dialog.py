"""The shoot by look: a tile for each kind of picture, few or many, and one for what looks like nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSlider,
    QWidget,
)

from core.keyword_names import LONGEST
from core.language import ntr, tr
from core.looks.looks import Look, Looks
from core.looks.tree import STEPS
from core.types import PhotoId
from ui.dialogs.foot import foot
from ui.theme import DARK, SPACING, Theme
from ui.widgets.choices import kept
from ui.widgets.dialog_column import dialog_column, keep_width
from ui.widgets.note import Note
from ui.widgets.picture_list import PictureList, PictureSources
from ui.widgets.sized_dialog import SizedDialog
from ui.widgets.style import form_style, slider_style

_TILE = 144  # logical pixels of a picture
_FIRST_SIZE = QSize(136 * SPACING, 85 * SPACING)


@dataclass(frozen=True, slots=True)
class LookTile:
    """One tile.

    Attributes:
        title: what is shown when it is opened.
        look: None for the odd ones out.
    """

    title: str
    photo_ids: tuple[PhotoId, ...]
    cover: PhotoId
    look: Look | None = None


class LooksDialog(SizedDialog):
    """Enter or a double click opens a tile, F2 names one, or several as one.

    Args:
        sources: of pictures; without them there are none.
        parent: the window.
        theme: colours.
    """

    detail_chosen = Signal(float)  # 0 few to 1 many
    opened = Signal(object)  # LookTile
    naming_requested = Signal(object)  # list of Look
    undo_requested = Signal()  # the last name is to be taken back
    keywords_requested = Signal()  # all names are to be written beside the photos

    def __init__(
        self, sources: PictureSources | None, parent: QWidget | None = None, theme: Theme = DARK
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("By look"))
        self._count = QLabel()
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(0, STEPS - 1)
        self._slider.setPageStep(1)
        self._slider.setFixedWidth(24 * SPACING)
        self._slider.setAccessibleName(tr("From few looks to many"))
        self._slider.valueChanged.connect(lambda step: self.detail_chosen.emit(step / (STEPS - 1)))
        self._tiles = PictureList(sources, rows=False, theme=theme, side=_TILE)
        self._tiles.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._tiles.setAccessibleName(tr("Looks"))
        self._tiles.itemDoubleClicked.connect(lambda _item: self.accept())
        self._tiles.itemSelectionChanged.connect(self._follow)
        self._note = Note(theme)
        self._name = QPushButton(tr("Name… (F2)"))
        self._name.setAutoDefault(False)
        self._name.clicked.connect(self._ask_name)
        self._open = QPushButton(tr("Open"))
        bar = QHBoxLayout()
        bar.setSpacing(SPACING)
        bar.addWidget(self._count, 1)
        bar.addWidget(QLabel(tr("Few")))
        bar.addWidget(self._slider)
        bar.addWidget(QLabel(tr("Many")))
        row = foot(self, tr("Close"), self._open)
        row.insertWidget(0, self._name)
        self._write = QPushButton(tr("Write names as keywords…"))
        self._write.setAutoDefault(False)
        self._write.clicked.connect(self.keywords_requested)
        self._write.hide()
        row.insertWidget(1, self._write)
        layout = dialog_column(self, narrow=True)
        layout.addLayout(bar)
        layout.addWidget(self._tiles, 1)
        layout.addWidget(self._note)
        layout.addLayout(row)
        self.setStyleSheet(form_style(theme) + slider_style(theme))
        self.open_at(_FIRST_SIZE, lists=True)
        self.accepted.connect(self._tell_opened)

    def offer_keywords(self, *, has_names: bool) -> None:
        """Offer to write all names as keywords, where there are any."""
        self._write.setVisible(True)
        self._write.setEnabled(has_names)

    def show_looks(self, looks: Looks, detail: float, note: str = "") -> None:
        """Show looks, those chosen before still chosen where they are the same.

        Args:
            looks: of the shoot.
            detail: 0 few to 1 many; where the slider stands.
            note: a sentence below the tiles.
        """
        chosen = {tile.cover for tile in self._chosen()}
        with QSignalBlocker(self._slider):
            self._slider.setValue(round(detail * (STEPS - 1)))
        count = len(looks.looks)
        self._count.setText(ntr("{count:,} look", "{count:,} looks", count).format(count=count))
        self._note.setText(note)
        self._note.setVisible(bool(note))
        with QSignalBlocker(self._tiles):
            self._tiles.start_over()
            for tile in _tiles(looks):
                self._tiles.add(tile, tile.title, tile.cover, None)
                if tile.cover in chosen:
                    self._tiles.item(self._tiles.count() - 1).setSelected(True)
        if self._tiles.count() and not self._tiles.selectedItems():
            self._tiles.setCurrentRow(0)
        self._tiles.ask()
        self._tiles.setFocus()
        self._follow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Name what is chosen with F2, take a name back with the keys that undo."""
        if event.key() == Qt.Key.Key_F2:
            self._ask_name()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.undo_requested.emit()
        else:
            super().keyPressEvent(event)

    def _chosen(self) -> list[LookTile]:
        found = (kept(item, LookTile) for item in self._tiles.selectedItems())
        return [tile for tile in found if tile is not None]

    def _follow(self) -> None:
        chosen = self._chosen()
        self._open.setEnabled(len(chosen) > 0)
        self._name.setEnabled(bool(chosen) and all(tile.look is not None for tile in chosen))

    def _ask_name(self) -> None:
        if self._name.isEnabled():
            self.naming_requested.emit([tile.look for tile in self._chosen()])

    def _tell_opened(self) -> None:
        chosen = self._chosen()
        if len(chosen) == 1:
            self.opened.emit(chosen[0])
        elif chosen:
            photo_ids = tuple(photo_id for tile in chosen for photo_id in tile.photo_ids)
            count = ntr("{count:,} look", "{count:,} looks", len(chosen)).format(count=len(chosen))
            self.opened.emit(LookTile(count, photo_ids, chosen[0].cover))


def _tiles(looks: Looks) -> list[LookTile]:
    tiles = [LookTile(_words(look), look.photo_ids, look.cover, look) for look in looks.looks]
    if looks.odd:
        title = "\n".join((tr("Odd ones out"), _count(looks.odd)))
        tiles.append(LookTile(title, looks.odd, looks.odd[0]))
    return tiles


def _words(look: Look) -> str:
    name = look.name or (tr("{name}?").format(name=look.proposed) if look.proposed else "")
    return "\n".join(filter(None, (name, _count(look.photo_ids))))


def _count(photo_ids: Sequence[PhotoId]) -> str:
    return ntr("{count:,} photo", "{count:,} photos", len(photo_ids)).format(count=len(photo_ids))


class NameLookDialog(QDialog):
    """Asks what some photos are to be called; nothing takes the name away.

    Args:
        count: of photos.
        name: what they are called now, or may well be.
        parent: the window, or the looks.
        theme: colours.
    """

    named = Signal(str)

    def __init__(self, count: int, name: str, parent: QWidget | None = None, theme: Theme = DARK) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Name the look"))
        self._name = QLineEdit(name)
        self._name.setMaxLength(LONGEST)
        self._name.selectAll()
        self._name.setAccessibleName(tr("Name"))
        words = ntr("{count:,} photo", "{count:,} photos", count).format(count=count)
        note = Note(
            theme, tr("All photos of one name are one look. The export can write the name as a keyword.")
        )
        layout = dialog_column(self)
        layout.addWidget(QLabel(words))
        layout.addWidget(self._name)
        layout.addWidget(note)
        layout.addLayout(foot(self, tr("Cancel"), QPushButton(tr("Name the look"))))
        self.setStyleSheet(form_style(theme))
        keep_width(self, 48 * SPACING)
        self.accepted.connect(lambda: self.named.emit(self._name.text()))
