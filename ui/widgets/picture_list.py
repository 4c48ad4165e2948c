"""A list whose entries have a picture each: somebody's face cut out, or a whole photo, as soon as they are there."""

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QHideEvent, QIcon, QImage, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QStyle

from core.subject.spots import Spot
from core.types import PhotoId
from ui.imaging.face_crops import FaceCrops
from ui.imaging.thumbnail_loader import ThumbnailLoader
from ui.theme import DARK, SPACING, Theme
from ui.widgets.as_written import AsWritten
from ui.widgets.choices import keep
from ui.widgets.style import css

_SIDE = {True: 56, False: 96}  # logical pixels of a picture: in rows, and in cells


@dataclass(frozen=True, slots=True)
class PictureSources:
    """Where pictures come from; both belong to the object that made them."""

    crops: FaceCrops
    thumbnails: ThumbnailLoader


def height_with_words(cells: QListWidget, side: int) -> int:
    """Return the height of a cell with two lines of words below its picture, in logical pixels, at any size of text.

    Args:
        cells: the list.
        side: logical pixels of a picture.
    """
    return side + 2 * cells.fontMetrics().lineSpacing() + 2 * SPACING


class PictureList(QListWidget):
    """Rows with the words beside the picture, or cells with the words below it.

    Args:
        sources: of pictures; without them there are none.
        rows: rows rather than cells.
        theme: colours.
        side: logical pixels of a picture; what is usual for 0.
        to_choose: whether one can be chosen, by keyboard too; else they are only to be looked at.
    """

    def __init__(
        self,
        sources: PictureSources | None,
        *,
        rows: bool,
        theme: Theme = DARK,
        side: int = 0,
        to_choose: bool = True,
    ) -> None:
        super().__init__()
        self._sources = sources
        self._name = f"list-{id(self)}"
        self._pictured: dict[PhotoId, list[tuple[QListWidgetItem, Spot | None]]] = {}
        self._side = side or _SIDE[rows]
        self.setItemDelegate(AsWritten(self))
        self.setIconSize(QSize(self._side, self._side))
        self.setSpacing(SPACING // 2)
        self.setWordWrap(True)
        if not rows:
            self.setViewMode(QListView.ViewMode.IconMode)
            self.setMovement(QListView.Movement.Static)
            self.setResizeMode(QListView.ResizeMode.Adjust)
        if not to_choose:
            self.setSelectionMode(QListView.SelectionMode.NoSelection)
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setStyleSheet(
            f"QListWidget {{ border: none; }}"
            f"QListWidget::item {{ border: 2px solid transparent; border-radius: 6px; padding: {SPACING // 2}px; }}"
            f"QListWidget::item:selected {{ border-color: {css(theme.active)}; background: {css(theme.surface)};"
            f" color: {css(theme.text)}; }}"
        )
        if sources is not None:
            # Bound methods, which Qt lets go of with the list: the sources live longer.
            sources.crops.ready.connect(self._draw)
            sources.thumbnails.picture_changed.connect(self._draw)

    def add(self, value: object, words: str, photo_id: PhotoId, spot: Spot | None) -> None:
        """Add an entry.

        Args:
            value: what it keeps; see ``ui.widgets.choices.kept``.
            words: beside or below the picture.
            photo_id: of which the picture is.
            spot: what is cut out of it; None for all of it.
        """
        item = QListWidgetItem(words, self)
        keep(item, value)
        if self.viewMode() is QListView.ViewMode.IconMode:
            item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter)
            item.setSizeHint(self._cell())
        else:
            # The pictures come later, and the rows must not wait for them.
            item.setSizeHint(QSize(0, self._side + 3 * SPACING // 2))
        self._pictured.setdefault(photo_id, []).append((item, spot))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Spread the cells over the whole width."""
        if self.viewMode() is QListView.ViewMode.IconMode:
            cell = self._cell()
            for at in range(self.count()):
                if (item := self.item(at)) is not None:
                    item.setSizeHint(cell)
        super().resizeEvent(event)

    def _cell(self) -> QSize:
        """Return the room of a cell: as many as fit beside one another share the width."""
        least, between = self._side + 4 * SPACING, self.spacing()
        bar = self.verticalScrollBar()
        # Qt keeps room for the bar, shown or not.
        extent = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent, None, bar)
        room = self.maximumViewportSize().width() - extent - between
        beside = max(1, room // (least + between))
        return QSize(max(least, room // beside - between), height_with_words(self, self._side))

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for the pictures."""
        super().showEvent(event)
        self.ask()

    def start_over(self) -> None:
        """Take all entries off."""
        self._pictured.clear()
        self.clear()

    def ask(self) -> None:
        """Ask for the pictures of what is in the list now, and show those that are there."""
        if self._sources is None or not self.isVisible():
            return
        pixels = round(self._side * self.devicePixelRatioF())
        wanted = [(photo_id, spot) for photo_id, entries in self._pictured.items() for _, spot in entries]
        faces = [(photo_id, (spot,)) for photo_id, spot in wanted if spot is not None]
        whole = [photo_id for photo_id, spot in wanted if spot is None]
        self._sources.crops.want(faces, pixels, wanted_by=self._name)
        self._sources.thumbnails.request(whole, pixels, wanted_by=self._name)
        for photo_id in self._pictured:
            self._draw(photo_id)

    def hideEvent(self, event: QHideEvent) -> None:
        """Ask for nothing any more."""
        super().hideEvent(event)
        if self._sources is not None:
            self._sources.crops.want((), wanted_by=self._name)
            self._sources.thumbnails.request((), wanted_by=self._name)

    def _draw(self, photo_id: str) -> None:
        """Show the best picture there is by now of a photo, in the place of a smaller one that came before."""
        for item, spot in self._pictured.get(PhotoId(photo_id), ()) if self.isVisible() else ():
            if (picture := self._picture(PhotoId(photo_id), spot)) is not None:
                item.setIcon(true_icon(_square(picture, round(self._side * self.devicePixelRatioF()))))

    def _picture(self, photo_id: PhotoId, spot: Spot | None) -> QImage | None:
        if self._sources is None:
            return None
        if spot is None:
            pixmap = self._sources.thumbnails.pixmap(photo_id)
            return pixmap.toImage() if pixmap is not None else None
        pixels = round(self._side * self.devicePixelRatioF())
        return next(iter(self._sources.crops.cut_out(photo_id, (spot,), pixels)), None)


def true_icon(picture: QPixmap) -> QIcon:
    """Return a picture as an icon that keeps its colours where it is chosen."""
    icon = QIcon(picture)
    icon.addPixmap(picture, QIcon.Mode.Selected)
    return icon


def _square(picture: QImage, side: int) -> QPixmap:
    """Return a picture filling a square, so that all are seen at one size."""
    expand, smooth = Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    wide = picture.scaled(side, side, expand, smooth)
    return QPixmap.fromImage(wide.copy((wide.width() - side) // 2, (wide.height() - side) // 2, side, side))
