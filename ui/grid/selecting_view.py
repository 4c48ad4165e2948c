"""An item view of cells in which one photo is active and any are selected, by the mouse as hands know it."""

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from core.types import PhotoId
from ui.grid.flow_view import FlowView
from ui.grid.rubber_band import RubberBand, edge_scroll

_EDGE_TICK_MS = 20

_Select = QItemSelectionModel.SelectionFlag


class SelectingView(FlowView):
    """A click makes a cell the active one, Shift and Ctrl select several, a drag draws a rubber band.

    A drag that begins on a selected cell carries the selected photos away instead. The chip with a group's count is a
    button of its own. ``ClusterGridView`` adds the keyboard.
    """

    activated_photo = Signal(object)  # PhotoId, by double click
    toggle_expand_requested = Signal(object)  # ClusterId, by a click on the count chip
    carried = Signal()  # the selected photos are dragged out
    selection_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pivot: PhotoId | None = None  # where a selection by Shift starts
        self._band: RubberBand | None = None
        self._pressed_chip: PhotoId | None = None
        self._carried_from: QPoint | None = None  # where a selected cell was pressed
        self._edge_timer = QTimer(self, interval=_EDGE_TICK_MS)
        self._edge_timer.timeout.connect(self._scroll_at_edge)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setMouseTracking(True)

    def current_photo(self) -> PhotoId | None:
        """Return the active photo: a frame, or the cover of a stack; None where nothing is shown."""
        row = self.currentIndex().row()
        return self._photos.photo_at(row) if self._photos is not None and row >= 0 else None

    def selected_photos(self) -> list[PhotoId]:
        """Return the selected photos in order; the active one is among them unless Ctrl took it out."""
        if self._photos is None:
            return []
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [self._photos.photo_at(row) for row in rows]

    def select_active_only(self) -> None:
        """Let go of every selected photo but the active one."""
        if len(self.selectionModel().selectedIndexes()) > 1:
            self._go_to(self.currentIndex().row())

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Paint what is selected, and tell of it."""
        super().selectionChanged(selected, deselected)
        self.selection_changed.emit()

    def _go_to(self, row: int, *, extend: bool = False) -> None:
        """Make a row active; alone selected, or with all from where Shift was first held."""
        index, selection = self.model().index(row, 0), self.selectionModel()
        if extend:
            pivot = self._pivot_row()
            rows = list(range(min(pivot, row), max(pivot, row) + 1))
            selection.setCurrentIndex(index, _Select.NoUpdate)
            selection.select(self.selection_of(rows), _Select.ClearAndSelect)
        else:
            selection.setCurrentIndex(index, _Select.ClearAndSelect)
            self._pivot = self.current_photo()
        self.scrollTo(index)

    def _pivot_row(self) -> int:
        row = self._photos.row_of(self._pivot) if self._photos is not None and self._pivot else -1
        return row if row >= 0 else max(0, self.currentIndex().row())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select, or start a rubber band; on a count chip, wait for the release."""
        point, modifiers = event.position().toPoint(), event.modifiers()
        index = self.indexAt(point)
        self._pressed_chip = self._carried_from = None
        left = event.button() == Qt.MouseButton.LeftButton
        control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        if left and not modifiers and self._is_selected(index) and not self._on_chip(index, point):
            self._carried_from = point  # what the press means is known at the release, or once it is a drag
            return
        if left:
            before = {i.row() for i in self.selectionModel().selectedIndexes()} if control else set()
            start = self._to_content(point)
            self._band = RubberBand(start, start, frozenset(before))
        if not index.isValid():
            return
        if left and control:
            self.selectionModel().setCurrentIndex(index, _Select.Toggle)
            self._pivot = self.current_photo()
        elif left or not self.selectionModel().isSelected(index):
            self._go_to(index.row(), extend=bool(modifiers & Qt.KeyboardModifier.ShiftModifier))
        if left and self._on_chip(index, point):
            self._band = None
            self._pressed_chip = self.current_photo()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Draw the rubber band; show what can be clicked."""
        point = event.position().toPoint()
        if self._carried_from is not None:
            self._carry(point)
            return
        if self._band is None:
            hand = self._on_chip(self.indexAt(point), point)
            shape = Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
            return
        self._draw_band(point)
        if self._band.is_drawn and edge_scroll(point.y(), self.viewport().height()):
            if not self._edge_timer.isActive():
                self._edge_timer.start()
        else:
            self._edge_timer.stop()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the rubber band; toggle the stack whose chip was clicked."""
        self._edge_timer.stop()
        if self._band is not None:
            self._band = None
            self.viewport().update()
        point = event.position().toPoint()
        index = self.indexAt(point)
        if self._carried_from is not None:
            pressed_at, self._carried_from = self.indexAt(self._carried_from), None
            if pressed_at.isValid():
                self._go_to(pressed_at.row())
        pressed, self._pressed_chip = self._pressed_chip, None
        if self._photos is None or not self._on_chip(index, point):
            return
        if self._photos.photo_at(index.row()) == pressed:
            self.toggle_expand_requested.emit(self._photos.cluster_at(index.row()).id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Activate the photo; a second click on a chip is just that."""
        point = event.position().toPoint()
        index = self.indexAt(point)
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        if self._on_chip(index, point):
            self.mousePressEvent(event)
        else:
            self.activated_photo.emit(self.current_photo())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rubber band over all."""
        super().paintEvent(event)
        if self._band is None or not self._band.is_drawn or self._cells is None:
            return
        painter = QPainter(self.viewport())
        colour = self._cells.theme.active
        painter.setPen(colour)
        ground = type(colour)(colour)
        ground.setAlpha(30)
        painter.setBrush(ground)
        painter.drawRect(self._band.rect.translated(0, -self.verticalOffset()))

    def _on_chip(self, index: QModelIndex, point: QPoint) -> bool:
        if not index.isValid() or self._cells is None:
            return False
        return self._cells.stack_chip_rect(index, self.visualRect(index), self.font()).contains(point)

    def _is_selected(self, index: QModelIndex) -> bool:
        return index.isValid() and self.selectionModel().isSelected(index)

    def _carry(self, point: QPoint) -> None:
        """Have the selected photos dragged out, once the pointer went far enough."""
        if self._carried_from is not None and RubberBand(self._carried_from, point, frozenset()).is_drawn:
            self._carried_from = None
            self.carried.emit()

    def _draw_band(self, point: QPoint) -> None:
        if self._band is None:
            return
        self._band.end = self._to_content(point)
        if self._band.is_drawn:
            rows = sorted(self._band.before.union(self._flow.rows_in(self._band.rect)))
            self.selectionModel().select(self.selection_of(rows), _Select.ClearAndSelect)
            self.viewport().update()

    def _scroll_at_edge(self) -> None:
        point = self.viewport().mapFromGlobal(self.cursor().pos())
        by = edge_scroll(point.y(), self.viewport().height())
        self.verticalScrollBar().setValue(self.verticalOffset() + by)
        self._draw_band(point)
