"""The grid: scenes with headers, cells that fill the width, one active photo that stays where it is."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import IntEnum

from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from core.language import tr
from core.types import PhotoId
from ui.grid.flow_layout import columns_for
from ui.grid.navigation import KEEPS_COLUMN, KEYS, Move, beyond, section_starts, target
from ui.grid.photo_list_model import PhotoListModel
from ui.grid.place import GridPlace
from ui.grid.section_header import HEADER_HEIGHT
from ui.grid.selecting_view import SelectingView
from ui.marks.cell_facts import Index
from ui.spoken import say_active, say_changed

LEAST_CELL, MOST_CELL = 96, 400  # logical pixels of a cell's width, before cells stretch to fill the line
_ZOOM_STEP = 10
_MANY = 8  # cells that may change before they are painted in turns
_NOTCH = 120  # angle of one notch of a mouse wheel, in eighths of a degree

_Select = QItemSelectionModel.SelectionFlag


class CellSize(IntEnum):
    """Sizes to choose from; any between ``LEAST_CELL`` and ``MOST_CELL`` will do."""

    SMALL = 120
    MEDIUM = 200
    LARGE = 320


class ClusterGridView(SelectingView):
    """The grid as hands know it.

    Keys: arrows, Home, End, Page Up and Down move, Shift extends the selection; any other key is left to
    the window. Whenever the photos are arranged anew (grouping, filter, size of cells or
    window), the active photo stays active and keeps its place on screen; where it is filtered out, the next
    one shown takes over.
    """

    current_photo_changed = Signal(object)  # PhotoId, or None in an empty grid
    cell_size_changed = Signal(int)  # logical pixels

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._announced: PhotoId | None = None
        self._kept: GridPlace | None = None
        self._goal_x: int | None = None  # the column that Up and Down keep to across short lines
        self._wheel = 0
        self.setAccessibleName(tr("Photos"))

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Take a ``PhotoListModel``."""
        assert isinstance(model, PhotoListModel)
        self._photos = model
        super().setModel(model)
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._follow_reset)
        model.dataChanged.connect(self._cells_changed)
        self.lay_out()

    # What is active

    def set_current_photo(self, photo_id: PhotoId) -> None:
        """Make a photo, or the stack it is in, the active one, alone selected, and scroll to it.

        Nothing happens where the filter hides it.
        """
        row = self._photos.row_of(photo_id) if self._photos is not None else -1
        if row >= 0:
            self._goal_x = None
            self._go_to(row)

    def step(self, by: int) -> None:
        """Go so many cells on, or back where negative; stay at either end."""
        if self._flow.rows and self.currentIndex().isValid():
            self._goal_x = None
            self._go_to(min(max(0, self.currentIndex().row() + by), self._flow.rows - 1))

    def jump(self, by: int, *, hours: bool) -> None:
        """Go to the next scene, or back where negative; or to the next one of another hour."""
        sections = self._photos.sections() if self._photos is not None else ()
        row = beyond(section_starts(sections, hours=hours), self.currentIndex().row(), by)
        if row is not None:
            self._goal_x = None
            self._go_to(row)
            self.verticalScrollBar().setValue(self._flow.header_rect(self._flow.section_of(row)).top())

    # Size of cells

    def cell_size(self) -> int:
        """Return the least width of a cell, in logical pixels; cells stretch from there to fill the line."""
        return self._cell_size

    def set_cell_size(self, size: int) -> None:
        """Set the least width of a cell, within ``LEAST_CELL`` and ``MOST_CELL``."""
        size = min(max(LEAST_CELL, size), MOST_CELL)
        if size != self._cell_size:
            with self._in_place():
                self._cell_size = size
                self.lay_out()
            self.cell_size_changed.emit(size)

    def zoom_cells(self, by: int) -> None:
        """Make cells larger by so many steps, or smaller where negative; each step is seen."""
        direction = 1 if by > 0 else -1
        for _ in range(abs(by)):
            size, width = self._cell_size, self.viewport().width()
            while LEAST_CELL <= (size := size + direction * _ZOOM_STEP) <= MOST_CELL:
                if columns_for(width, size) != columns_for(width, self._cell_size):
                    break
            self.set_cell_size(size)

    # Staying in place

    def _follow_reset(self) -> None:
        """Follow the model to its new rows, after the selection model forgot the former ones."""
        self.paint_in_turns()  # finding the rows takes half as long already
        place = self._kept
        self._kept = None
        self.lay_out()
        if place is not None:
            self._restore(place)
        self._announce()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill the new width."""
        with self._in_place():
            super().resizeEvent(event)
            self.lay_out()

    def showEvent(self, event: QShowEvent) -> None:
        """Show the active photo, which may have changed while another view was in front."""
        super().showEvent(event)
        self.scrollTo(self.currentIndex())

    @contextmanager
    def _in_place(self) -> Iterator[None]:
        place = self._place()
        yield
        self._scroll_back(place)

    def _remember(self) -> None:
        self._kept = self._place()

    def _place(self) -> GridPlace:
        photos = self._photos
        if photos is None or not self._flow.rows:
            return GridPlace(None, frozenset(), None, 0)
        shown, current = self.rows_on_screen(), self.currentIndex().row()
        anchor = current if current in shown else shown.start if shown else 0
        return GridPlace(
            self.current_photo(),
            frozenset(self.selected_photos()),
            photos.photo_at(anchor),
            self._flow.rect(anchor).top() - self.verticalOffset(),
        )

    def _restore(self, place: GridPlace) -> None:
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

    def _scroll_back(self, place: GridPlace) -> None:
        """Scroll so that the anchor is where it was, as far as the content reaches."""
        if self._photos is None or place.anchor is None:
            return
        row = self._photos.nearest_row(place.anchor)
        if 0 <= row < self._flow.rows:
            self.verticalScrollBar().setValue(self._flow.rect(row).top() - place.anchor_top)
            if self._photos.photo_at(row) == self.current_photo():
                self.scrollTo(self.currentIndex())  # a cell that was whole on screen, and grew, stays whole

    def dataChanged(self, topLeft: Index, bottomRight: Index, roles: Sequence[int] = ()) -> None:
        """Paint the cells that changed; in turns where there are many."""
        if bottomRight.row() - topLeft.row() >= _MANY:
            self.paint_in_turns()
        super().dataChanged(topLeft, bottomRight, roles)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which photo is active now."""
        super().currentChanged(current, previous)
        say_active(self, current)
        self._mark_active()
        if self._kept is None:
            self._announce()

    def _cells_changed(self) -> None:
        self._ask_soon.start()
        self._announce()  # a stack may have another cover
        say_changed(self, self.currentIndex())

    def _announce(self) -> None:
        photo_id = self.current_photo()
        if photo_id != self._announced:
            self._announced = photo_id
            self.current_photo_changed.emit(photo_id)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move; leave every other key to the window."""
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
        """Return where a key leads to from the active cell; the first cell where none is active."""
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

    # Mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose another column to keep to, by a click."""
        self._goal_x = None
        super().mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl, change the size of cells."""
        if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().wheelEvent(event)
            return
        self._wheel += event.angleDelta().y()
        notches = int(self._wheel / _NOTCH)
        self._wheel -= notches * _NOTCH
        self.zoom_cells(notches)
        event.accept()
