"""The grid: scenes with headers, cells that fill the width, one active photo that stays where it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum

from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QWidget

from core.language import tr
from core.types import PhotoId
from ui.grid.cell_facts import Index
from ui.grid.flow_layout import columns_for
from ui.grid.flow_view import FlowView
from ui.grid.navigation import KEEPS_COLUMN, KEYS, Move, beyond, section_starts, target
from ui.grid.photo_list_model import PhotoListModel
from ui.grid.place import Place
from ui.grid.rubber_band import RubberBand, edge_scroll
from ui.grid.section_header import HEADER_HEIGHT

LEAST_CELL, MOST_CELL = 96, 400  # logical pixels of a cell's width, before cells stretch to fill the line
_ZOOM_STEP = 10
_NOTCH = 120  # angle of one notch of a mouse wheel, in eighths of a degree
_EDGE_TICK_MS = 20

_Select = QItemSelectionModel.SelectionFlag


class CellSize(IntEnum):
    """Sizes to choose from; any between ``LEAST_CELL`` and ``MOST_CELL`` will do."""

    SMALL = 120
    MEDIUM = 200
    LARGE = 320


class ClusterGridView(FlowView):
    """The grid as hands know it.

    Keys: arrows, Home, End, Page Up and Down move, Shift extends the selection, Ctrl+A selects all; any other
    key is left to the window. Whenever the photos are arranged anew (grouping, filter, size of cells or
    window), the active photo stays active and keeps its place on screen; where it is filtered out, the next
    one shown takes over.
    """

    activated_photo = Signal(object)  # PhotoId, by double click
    current_photo_changed = Signal(object)  # PhotoId, or None in an empty grid
    toggle_expand_requested = Signal(object)  # ClusterId, by a click on the count chip
    cell_size_changed = Signal(int)  # logical pixels

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._announced: PhotoId | None = None
        self._kept: Place | None = None
        self._pivot: PhotoId | None = None  # where a selection by Shift starts
        self._goal_x: int | None = None  # the column that Up and Down keep to across short lines
        self._band: RubberBand | None = None
        self._pressed_chip: PhotoId | None = None
        self._wheel = 0
        self._edge_timer = QTimer(self, interval=_EDGE_TICK_MS)
        self._edge_timer.timeout.connect(self._scroll_at_edge)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setMouseTracking(True)
        self.setAccessibleName(tr("Photos"))

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Takes a ``PhotoListModel``."""
        assert isinstance(model, PhotoListModel)
        self._photos = model
        super().setModel(model)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._follow_reset)
        model.dataChanged.connect(lambda *_: self._cells_changed())
        self.lay_out()

    # What is active

    def current_photo(self) -> PhotoId | None:
        """The active photo: a frame, or the cover of a stack; None where nothing is shown."""
        row = self.currentIndex().row()
        return self._photos.photo_at(row) if self._photos is not None and row >= 0 else None

    def set_current_photo(self, photo_id: PhotoId) -> None:
        """Makes a photo, or the stack it is in, the active one, alone selected, and scrolls to it.

        Nothing happens where the filter hides it.
        """
        row = self._photos.row_of(photo_id) if self._photos is not None else -1
        if row >= 0:
            self._goal_x = None
            self._go_to(row)

    def selected_photos(self) -> list[PhotoId]:
        """The selected photos in order; the active one is among them unless Ctrl took it out."""
        if self._photos is None:
            return []
        rows = sorted(index.row() for index in self.selectionModel().selectedIndexes())
        return [self._photos.photo_at(row) for row in rows]

    def step(self, by: int) -> None:
        """Goes so many cells on, or back where negative; stays at either end."""
        if self._flow.rows and self.currentIndex().isValid():
            self._goal_x = None
            self._go_to(min(max(0, self.currentIndex().row() + by), self._flow.rows - 1))

    def jump(self, by: int, *, hours: bool) -> None:
        """Goes to the next scene, or back where negative; or to the next one of another hour."""
        sections = self._photos.sections() if self._photos is not None else ()
        row = beyond(section_starts(sections, hours=hours), self.currentIndex().row(), by)
        if row is not None:
            self._goal_x = None
            self._go_to(row)
            self.verticalScrollBar().setValue(self._flow.header_rect(self._flow.section_of(row)).top())

    # Size of cells

    def cell_size(self) -> int:
        """Least width of a cell, in logical pixels; cells stretch from there to fill the line."""
        return self._cell_size

    def set_cell_size(self, size: int) -> None:
        """Sets the least width of a cell, within ``LEAST_CELL`` and ``MOST_CELL``."""
        size = min(max(LEAST_CELL, size), MOST_CELL)
        if size != self._cell_size:
            with self._in_place():
                self._cell_size = size
                self.lay_out()
            self.cell_size_changed.emit(size)

    def zoom_cells(self, by: int) -> None:
        """Larger cells by so many steps, or smaller where negative; each step is seen."""
        direction = 1 if by > 0 else -1
        for _ in range(abs(by)):
            size, width = self._cell_size, self.viewport().width()
            while LEAST_CELL <= (size := size + direction * _ZOOM_STEP) <= MOST_CELL:
                if columns_for(width, size) != columns_for(width, self._cell_size):
                    break
            self.set_cell_size(size)

    # Staying in place

    def _follow_reset(self) -> None:
        """Follows the model to its new rows, after the selection model forgot the former ones."""
        place = self._kept
        self._kept = None
        self.lay_out()
        if place is not None:
            self._restore(place)
        self._announce()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fills the new width."""
        with self._in_place():
            super().resizeEvent(event)
            self.lay_out()

    def showEvent(self, event: QShowEvent) -> None:
        """The active photo may have changed while another view was in front."""
        super().showEvent(event)
        self.scrollTo(self.currentIndex())

    @contextmanager
    def _in_place(self) -> Iterator[None]:
        place = self._place()
        yield
        self._scroll_back(place)

    def _remember(self) -> None:
        self._kept = self._place()

    def _place(self) -> Place:
        photos = self._photos
        if photos is None or not self._flow.rows:
            return Place(None, frozenset(), None, 0)
        shown, current = self.rows_on_screen(), self.currentIndex().row()
        anchor = current if current in shown else shown.start if shown else 0
        return Place(
            self.current_photo(),
            frozenset(self.selected_photos()),
            photos.photo_at(anchor),
            self._flow.rect(anchor).top() - self.verticalOffset(),
        )

    def _restore(self, place: Place) -> None:
        photos = self._photos
        if photos is None or place.current is None:
            return
        row = photos.nearest_row(place.current)
        if row < 0:
            return
        rows = sorted({photos.row_of(photo_id) for photo_id in place.selected} - {-1}) or [row]
        selection = self.selectionModel()
        selection.setCurrentIndex(photos.index(row), _Select.NoUpdate)
        selection.select(self.selection_of(rows), _Select.ClearAndSelect)
        self._scroll_back(place)
        if photos.row_of(place.current) < 0:
            self.scrollTo(self.currentIndex())  # another photo took over: show which

    def _scroll_back(self, place: Place) -> None:
        """Scrolls so that the anchor is where it was, as far as the content reaches."""
        if self._photos is None or place.anchor is None:
            return
        row = self._photos.nearest_row(place.anchor)
        if 0 <= row < self._flow.rows:
            self.verticalScrollBar().setValue(self._flow.rect(row).top() - place.anchor_top)
            if self._photos.photo_at(row) == self.current_photo():
                self.scrollTo(self.currentIndex())  # a cell that was whole on screen, and grew, stays whole

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tells which photo is active now."""
        super().currentChanged(current, previous)
        if self._kept is None:
            self._announce()

    def _cells_changed(self) -> None:
        self._ask_soon.start()
        self._announce()  # a stack may have another cover

    def _announce(self) -> None:
        photo_id = self.current_photo()
        if photo_id != self._announced:
            self._announced = photo_id
            self.current_photo_changed.emit(photo_id)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Moves; leaves every other key to the window."""
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.selectAll()
            return
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        action = KEYS.get(Qt.Key(event.key()))
        plain = modifiers in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if action is None or not plain:
            event.ignore()
            return
        index = self.moveCursor(action, modifiers)
        if index.isValid():
            self._go_to(index.row(), extend=modifiers == Qt.KeyboardModifier.ShiftModifier)

    def moveCursor(self, cursorAction: Move, _modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Where a key leads to from the active cell; the first cell where none is active."""
        row = self.currentIndex().row()
        if not self._flow.rows:
            return QModelIndex()
        if row < 0:
            return self.model().index(0, 0)
        middle = self._flow.rect(row).center().x()
        if cursorAction not in KEEPS_COLUMN:
            self._goal_x = None
        elif self._goal_x is None:
            self._goal_x = middle
        page = self.viewport().height() - HEADER_HEIGHT
        x = middle if self._goal_x is None else self._goal_x
        return self.model().index(target(self._flow, cursorAction, row, x, page), 0)

    def _go_to(self, row: int, *, extend: bool = False) -> None:
        """Makes a row active; alone selected, or with all from where Shift was first held."""
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

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Selects, or starts a rubber band; on a count chip, waits for the release."""
        point, modifiers = event.position().toPoint(), event.modifiers()
        index = self.indexAt(point)
        self._pressed_chip = None
        self._goal_x = None
        left = event.button() == Qt.MouseButton.LeftButton
        control = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
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
        """Draws the rubber band; shows what can be clicked."""
        point = event.position().toPoint()
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
        """Ends the rubber band; toggles the stack whose chip was clicked."""
        self._edge_timer.stop()
        if self._band is not None:
            self._band = None
            self.viewport().update()
        point = event.position().toPoint()
        index = self.indexAt(point)
        pressed, self._pressed_chip = self._pressed_chip, None
        if self._photos is None or not self._on_chip(index, point):
            return
        if self._photos.photo_at(index.row()) == pressed:
            self.toggle_expand_requested.emit(self._photos.cluster_at(index.row()).id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Activates the photo; a second click on a chip is just that."""
        point = event.position().toPoint()
        index = self.indexAt(point)
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        if self._on_chip(index, point):
            self.mousePressEvent(event)
        else:
            self.activated_photo.emit(self.current_photo())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolls; with Ctrl, changes the size of cells."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        self._wheel += event.angleDelta().y()
        notches = int(self._wheel / _NOTCH)
        self._wheel -= notches * _NOTCH
        self.zoom_cells(notches)
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rubber band lies over all."""
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
