"""The filmstrip: the frames of the active group, or the neighbours of a single photo, in one line."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPalette, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QListView,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from core.language import tr
from core.shoot.shoot import Shoot
from core.types import PhotoId
from ui.grid.cell_layout import cell_height
from ui.grid.photo_delegate import PhotoDelegate
from ui.imaging.thumbnail_loader import ThumbnailLoader
from ui.marks.cell_facts import GroupFacts, Index, advice_on, cell_data
from ui.theme import DARK, Theme

HEIGHT = 112  # logical pixels
_ROOT = QModelIndex()


class FilmstripModel(QAbstractListModel):
    """Frames one by one, each with its own marks; answers the roles of ``ui.marks.roles``."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shoot = Shoot()
        self._frames: tuple[PhotoId, ...] = ()

    def set_shoot(self, shoot: Shoot) -> None:
        """Look frames up in another shoot; show none until told which."""
        self.beginResetModel()
        self._shoot = shoot
        self._frames = ()
        self.endResetModel()

    def frames(self) -> Sequence[PhotoId]:
        """Return what is shown, in order."""
        return self._frames

    def set_frames(self, frames: Sequence[PhotoId]) -> None:
        """Show these, as far as they are of the shoot; does nothing where they are shown already."""
        known = tuple(photo_id for photo_id in frames if photo_id in self._shoot.photos)
        if known == self._frames:
            return
        self.beginResetModel()
        self._frames = known
        self.endResetModel()

    def refresh(self) -> None:
        """Show that decisions or measures changed."""
        if self._frames:
            self.dataChanged.emit(self.index(0), self.index(len(self._frames) - 1))

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Count the frames; a list has no children."""
        return 0 if parent.isValid() else len(self._frames)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Answer as in the grid, but no frame is ever a stack."""
        photo_id = self._frames[index.row()] if index.isValid() else None
        if photo_id is None or photo_id not in self._shoot.photos:
            return None
        return cell_data(self._shoot, photo_id, lambda: self._group_facts(photo_id), role)

    def _group_facts(self, photo_id: PhotoId) -> GroupFacts:
        cluster = self._shoot.cluster_of(photo_id)
        return GroupFacts(cluster.kind, len(cluster.photo_ids), advice_on(photo_id, self._shoot))


class _FrameDelegate(PhotoDelegate):
    """The strip never has the focus, yet shows which frame is active."""

    cells_bytes = 8 << 20  # a screen is sixteen frames wide

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one frame."""
        view = self.parent()
        assert isinstance(view, QListView)
        option.state &= ~(QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_Selected)
        if index.row() == view.currentIndex().row():
            option.state |= QStyle.StateFlag.State_HasFocus
        super().paint(painter, option, index)


class FilmstripView(QListView):
    """One line of frames of fixed height; a click chooses one. Leaves the keyboard to the main view.

    Args:
        thumbnails: where pictures come from.
        theme: colours.
        parent: owns it.
    """

    photo_chosen = Signal(object)  # PhotoId
    carried = Signal(object)  # PhotoId: dragged out

    def __init__(
        self, thumbnails: ThumbnailLoader, theme: Theme = DARK, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._thumbnails = thumbnails
        self._is_wanted = self._is_needed = True
        self._pressed_at: QPoint | None = None
        self._frames = FilmstripModel(self)
        self._delegate = _FrameDelegate(thumbnails, theme, self)
        self._delegate.ground = theme.surface
        self._cell = QSize(_width_for(HEIGHT), HEIGHT)
        self._ask_soon = QTimer(self, singleShot=True, interval=0)
        self._ask_soon.timeout.connect(self._ask_for_pictures)
        self.setModel(self._frames)
        self.setItemDelegate(self._delegate)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setGridSize(self._cell)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # as the keys go through the photos
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(HEIGHT)
        self.setAccessibleName(tr("Filmstrip"))
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, theme.surface)
        self.setPalette(palette)
        self.clicked.connect(lambda index: self.photo_chosen.emit(self._frames.frames()[index.row()]))
        self.horizontalScrollBar().valueChanged.connect(lambda _value: self._ask_soon.start())
        thumbnails.picture_changed.connect(self._repaint_photo)
        thumbnails.previews_added.connect(self._repaint_all)

    def toggle(self) -> None:
        """Show or hide the strip, as the user wants it."""
        self._is_wanted = not self._is_wanted
        self.setVisible(self._is_wanted and self._is_needed)

    def set_needed(self, needed: bool) -> None:
        """Give its room up to a view that names the frames itself."""
        self._is_needed = needed
        self.setVisible(self._is_wanted and self._is_needed)

    def set_shoot(self, shoot: Shoot) -> None:
        """Look frames up in another shoot; show none until told which."""
        self._frames.set_shoot(shoot)

    def show_frames(self, photo_ids: Sequence[PhotoId], current: PhotoId | None) -> None:
        """Show frames in this order and bring the active one to the middle.

        Args:
            photo_ids: all of them are shown, whatever the filter; those of another shoot are not.
            current: the active one, None for none.
        """
        self._frames.set_frames(photo_ids)
        shown = self._frames.frames()
        row = shown.index(current) if current in shown else -1
        self.setCurrentIndex(self._frames.index(row) if row >= 0 else QModelIndex())
        self._centre()
        self.viewport().update()
        self._ask_soon.start()

    def current_photo(self) -> PhotoId | None:
        """Return the frame marked as active."""
        row = self.currentIndex().row()
        return self._frames.frames()[row] if row >= 0 else None

    def refresh(self) -> None:
        """Show that decisions or measures of what is shown changed."""
        self._frames.refresh()

    def sizeHint(self) -> QSize:
        """Return a size as wide as there is room, of fixed height."""
        return QSize(6 * self._cell.width(), HEIGHT)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll sideways by a common wheel: there is no other way to go."""
        delta = event.angleDelta()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - (delta.x() or delta.y()) * self._cell.width() // 120)
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a click or a drag."""
        left = event.button() is Qt.MouseButton.LeftButton
        self._pressed_at = event.position().toPoint() if left else None
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Have the frame under the press dragged out; nothing else is done by moving the mouse."""
        start = self._pressed_at
        if start is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        way = (event.position().toPoint() - start).manhattanLength()
        if way >= QApplication.startDragDistance():
            self._pressed_at = None
            row = self.indexAt(start).row()
            if row >= 0:
                self.carried.emit(self._frames.frames()[row])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the active frame in the middle."""
        super().resizeEvent(event)
        self._centre()
        self._ask_soon.start()

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for pictures: only while the strip is seen."""
        super().showEvent(event)
        self._centre()
        self._ask_soon.start()

    def _centre(self) -> None:
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex(), QAbstractItemView.ScrollHint.PositionAtCenter)

    def _ask_for_pictures(self) -> None:
        """Ask for the active frame first, then by distance from it: all of a burst, however long."""
        if not self.isVisible():
            return
        frames, current = self._frames.frames(), self.currentIndex().row()
        nearest_first = sorted(range(len(frames)), key=lambda row: abs(row - current))
        side = round(self._delegate.picture_side(self._cell.width()) * self.devicePixelRatioF())
        self._thumbnails.request([frames[row] for row in nearest_first], side, wanted_by="filmstrip")

    def _repaint_all(self) -> None:
        self.viewport().update()

    def _repaint_photo(self, photo_id: PhotoId) -> None:
        if photo_id in self._frames.frames():
            self.update(self._frames.index(self._frames.frames().index(photo_id)))


def _width_for(height: int) -> int:
    """Return the widest cell that is no higher than this."""
    return max(width for width in range(1, 2 * height) if cell_height(width) <= height)
