"""An item view that lays sections of cells out, paints what is on screen, and asks for its pictures."""

import time
from collections import deque
from collections.abc import Sequence

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QRegion, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QFrame,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from core.types import PhotoId
from ui.grid.flow_layout import FlowLayout, Measure, columns_for
from ui.grid.photo_delegate import PhotoDelegate
from ui.grid.photo_list_model import PhotoListModel
from ui.grid.section_header import HEADER_HEIGHT, paint_header, paint_nothing, why_nothing
from ui.grid.timeline import Timeline, marks_of, place_beside, timeline_width
from ui.marks.cell_facts import Index
from ui.painting import painter_on
from ui.spoken import SpokenItemView
from ui.theme import SPACING

_MARGIN = SPACING // 2  # left and right of the cells
_DRAWING_SECONDS = 0.008  # of the processor, for cells drawn ahead in one turn of the event loop
_ASK_DELAY_MS = 15  # a frame: while scrolling, pictures are asked for once a frame


class FlowView(SpokenItemView):
    """The geometry and the painting of the grid; ``SelectingView`` adds what hands can do.

    Takes a ``PhotoListModel`` and a ``PhotoDelegate``. Scrolls by pixels. A timeline in the right margin stands
    in for the scroll bar; it never goes away, since cells would change their width with it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cell_size = 200
        self._flow = FlowLayout((), Measure(1, 1, 1, HEADER_HEIGHT))
        self._photos: PhotoListModel | None = None
        self._cells: PhotoDelegate | None = None
        self._forward = True  # the way it was scrolled last: pictures are fetched ahead there
        self._key_to_all = ""
        self._timeline = Timeline(self.verticalScrollBar(), self)
        self.setViewportMargins(0, 0, timeline_width(), 0)
        self._ask_soon = QTimer(self, singleShot=True, interval=_ASK_DELAY_MS)
        self._ask_soon.timeout.connect(self._ask_for_pictures)
        self._undrawn: deque[int] | None = None  # rows; None where it is still to be found out which
        self._draw_soon = QTimer(self, singleShot=True, interval=0)
        self._draw_soon.timeout.connect(self._draw_some)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # as it is painted, and as its keys go
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAutoScroll(False)

    def photos(self) -> PhotoListModel | None:
        """Return the model."""
        return self._photos

    def setItemDelegate(self, delegate: QAbstractItemDelegate) -> None:
        """Take the painter of cells, a ``PhotoDelegate``; its pictures are shown as they come."""
        assert isinstance(delegate, PhotoDelegate)
        if self._cells is not None:
            self._cells.thumbnails.picture_changed.disconnect(self._repaint_photo)
            self._cells.thumbnails.previews_added.disconnect(self._repaint_all)
        super().setItemDelegate(delegate)
        self._cells = delegate
        delegate.thumbnails.picture_changed.connect(self._repaint_photo)
        delegate.thumbnails.previews_added.connect(self._repaint_all)
        self._timeline.set_theme(delegate.theme)
        self.lay_out()

    def set_key_to_all(self, key: str) -> None:
        """Set the name of the key that shows all photos again; "" for none."""
        self._key_to_all = key

    def why_empty(self) -> str:
        """Say why no photo is shown; "" where some are."""
        if self._photos is None or self._photos.rowCount():
            return ""
        return why_nothing(self._photos.criteria, self._key_to_all)

    # Geometry

    def lay_out(self) -> None:
        """Compute where everything is, for the width and the model as they are now."""
        if self._photos is None or self._cells is None:
            return
        width, height = self.viewport().width(), self.viewport().height()
        columns = columns_for(width - 2 * _MARGIN, self._cell_size)
        line = self._cells.cell_height((width - 2 * _MARGIN) // columns)
        counts = [section.count for section in self._photos.sections()]
        self._flow = FlowLayout(counts, Measure(width, columns, line, HEADER_HEIGHT, _MARGIN))
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, self._flow.height + SPACING - height))
        bar.setPageStep(height)
        bar.setSingleStep(max(SPACING, line // 5))
        whole = max(1, self._flow.height)
        tops = [self._flow.header_rect(number).top() / whole for number in range(len(counts))]
        self._timeline.set_marks(marks_of(self._photos.sections(), tops))
        self._mark_active()
        self.viewport().update()
        self._ask_soon.start()

    def _mark_active(self) -> None:
        """Have the timeline show where the active photo is."""
        row = self.currentIndex().row()
        known = 0 <= row < self._flow.rows
        self._timeline.set_here(
            self._flow.rect(row).center().y() / max(1, self._flow.height) if known else None
        )

    def visualRect(self, index: Index) -> QRect:
        """Return where a cell is in the viewport; it may lie outside."""
        if not index.isValid() or index.row() >= self._flow.rows:
            return QRect()
        return self._flow.rect(index.row()).translated(0, -self.verticalOffset())

    def indexAt(self, point: QPoint) -> QModelIndex:
        """Return the cell at a place of the viewport; none behind a floating header."""
        row = -1 if point.y() < self._floating_height() else self._flow.row_at(self._to_content(point))
        return self.model().index(row, 0) if row >= 0 else QModelIndex()

    def scrollTo(
        self, index: Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        """Scroll as little as will show the whole cell, below the floating header; or centre it."""
        if not index.isValid() or index.row() >= self._flow.rows:
            return
        rect = self._flow.rect(index.row())
        height, top = self.viewport().height(), self.verticalOffset()
        bar = self.verticalScrollBar()
        if hint == QAbstractItemView.ScrollHint.PositionAtCenter:
            bar.setValue(rect.center().y() - height // 2)
        elif rect.top() - HEADER_HEIGHT < top or rect.height() + HEADER_HEIGHT > height:
            bar.setValue(rect.top() - HEADER_HEIGHT)
        elif rect.bottom() + _MARGIN >= top + height:
            bar.setValue(rect.bottom() + 1 + _MARGIN - height)

    def horizontalOffset(self) -> int:
        """Return 0: the grid never scrolls sideways."""
        return 0

    def verticalOffset(self) -> int:
        """Return the pixels of the content above the viewport."""
        return self.verticalScrollBar().value()

    def isIndexHidden(self, _index: Index) -> bool:
        """Return False: what is filtered out has no row."""
        return False

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Select the cells that touch a rectangle of the viewport."""
        rows = self._flow.rows_in(rect.translated(0, self.verticalOffset()))
        self.selectionModel().select(self.selection_of(rows), command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Return what to repaint for a selection: its cells on screen."""
        shown = self.rows_on_screen()
        region = QRegion()
        for number in range(selection.count()):
            part = selection.at(number)
            for row in range(max(part.top(), shown.start), min(part.bottom() + 1, shown.stop)):
                region += self._flow.rect(row).translated(0, -self.verticalOffset())
        return region

    def selection_of(self, rows: list[int]) -> QItemSelection:
        """Return a selection of rows, in as few ranges as there are gaps."""
        selection = QItemSelection()
        model = self.model()
        start = 0
        for end in range(1, len(rows) + 1):
            if end == len(rows) or rows[end] != rows[end - 1] + 1:
                selection.select(model.index(rows[start], 0), model.index(rows[end - 1], 0))
                start = end
        return selection

    def rows_on_screen(self) -> range:
        """Return the rows of which something is in the viewport."""
        top = self.verticalOffset()
        return self._flow.rows_between(top, top + self.viewport().height() - 1)

    def _to_content(self, point: QPoint) -> QPoint:
        return QPoint(point.x(), point.y() + self.verticalOffset())

    def _floating_height(self) -> int:
        """Return the height that floating headers cover at the top of the viewport."""
        return max((rect.bottom() + 1 for _, rect in self._floating_headers()), default=0)

    def _floating_headers(self) -> list[tuple[int, QRect]]:
        """Return the sections at the top whose own headers scrolled away, and where these float.

        The headers of the next line push them out.
        """
        top = self.verticalOffset()
        sections = self._flow.band_at(top)
        if not sections or top <= self._flow.header_rect(sections.start).top():
            return []
        pushed = min(0, self._flow.band_bottom(sections.start) - top - HEADER_HEIGHT)
        headers = [(section, self._flow.header_rect(section)) for section in sections]
        for _, rect in headers:
            rect.moveTop(pushed)
        return headers

    # Events

    def scrollContentsBy(self, _dx: int, dy: int) -> None:
        """Move what is painted and paint only what came into sight, and the floating header."""
        if dy:
            self._forward = dy < 0
            self.viewport().scroll(0, dy)
            self.viewport().update(0, 0, self.viewport().width(), HEADER_HEIGHT + max(0, dy))
            self._ask_soon.start()

    def timeline(self) -> Timeline:
        """Return what stands in the right margin."""
        return self._timeline

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the timeline in the margin."""
        super().resizeEvent(event)
        place_beside(self._timeline, self)

    def showEvent(self, event: QShowEvent) -> None:
        """Ask for pictures: only while the grid is seen."""
        super().showEvent(event)
        self._ask_soon.start()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is to be painted of cells and headers on screen."""
        model, cells = self._photos, self._cells
        if model is None or cells is None:
            return
        painter = painter_on(self.viewport())
        painter.fillRect(event.rect(), cells.theme.window)
        if not self._flow.rows:
            paint_nothing(painter, self.viewport().rect(), self.why_empty(), cells.theme)
            return
        top = self.verticalOffset()
        area = event.rect()
        rows = self._flow.rows_between(top + area.top(), top + area.bottom())
        self._paint_cells(painter, rows, event.region())
        sections = model.sections()
        for number in self._flow.sections_between(top + area.top(), top + area.bottom()):
            header = self._flow.header_rect(number).translated(0, -top)
            if header.intersects(area):
                paint_header(painter, header, sections[number], cells.theme, floating=False)
        for number, header in self._floating_headers():
            if header.intersects(area):
                paint_header(painter, header, sections[number], cells.theme, floating=True)

    def _paint_cells(self, painter: QPainter, rows: Sequence[int], region: QRegion) -> None:
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        plain = option.state & ~(QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_Selected)
        current, selection = self.currentIndex().row(), self.selectionModel()
        for row in rows:
            index = self.model().index(row, 0)
            option.rect = self.visualRect(index)
            if not region.intersects(option.rect):
                continue
            option.state = plain
            if selection.isSelected(index):
                option.state |= QStyle.StateFlag.State_Selected
            if row == current:
                option.state |= QStyle.StateFlag.State_HasFocus
            self.itemDelegate().paint(painter, option, index)

    # Many cells at once

    def paint_in_turns(self) -> None:
        """Paint all cells that are seen, and hold nobody up for it: what is on screen stays until all are drawn.

        They are drawn where nobody sees them, some in each turn of the event loop; painting finds them in the cache.
        """
        self.viewport().setUpdatesEnabled(False)
        self._undrawn = None
        self._draw_soon.start()

    def _draw_some(self) -> None:
        if self._undrawn is None:
            self._undrawn = deque(self.rows_on_screen() if self._draws_ahead() else ())
        if not self._undrawn:
            self.viewport().setUpdatesEnabled(True)
            return
        nowhere = QPixmap(1, 1)
        nowhere.setDevicePixelRatio(self.devicePixelRatioF())
        painter = painter_on(nowhere)
        until = time.thread_time() + _DRAWING_SECONDS
        while self._undrawn:
            self._paint_cells(painter, (self._undrawn.popleft(),), QRegion(self.viewport().rect()))
            if time.thread_time() > until:
                break
        painter.end()
        self._draw_soon.start()

    def _draws_ahead(self) -> bool:
        """Say whether cells that are drawn ahead are seen, and kept until they are painted."""
        ratio = self.devicePixelRatioF()
        return self.isVisible() and self._cells is not None and ratio == int(ratio)

    # Pictures

    def _ask_for_pictures(self) -> None:
        """Ask for what is on screen first, then the next screen the way it scrolls, then half of one behind."""
        if self._photos is None or self._cells is None or not self.isVisible():
            return
        top, height = self.verticalOffset(), self.viewport().height()
        ahead, behind = (height, height // 2) if self._forward else (height // 2, height)
        shown = self._flow.rows_between(top, top + height - 1)
        below = self._flow.rows_between(top + height, top + height + ahead - 1)
        above = self._flow.rows_between(top - behind, top - 1) if top else range(0)
        around = [*below, *reversed(above)] if self._forward else [*reversed(above), *below]
        rows = dict.fromkeys([*shown, *around])
        width = self._flow.rect(0).width() if self._flow.rows else self._cell_size
        side = round(self._cells.picture_side(width) * self.devicePixelRatioF())
        self._cells.thumbnails.request([self._photos.photo_at(row) for row in rows], side, wanted_by="grid")

    def _repaint_all(self) -> None:
        self.paint_in_turns()

    def _repaint_photo(self, photo_id: PhotoId) -> None:
        if self._photos is None:
            return
        row = self._photos.row_of(photo_id)
        if row in self.rows_on_screen():
            self.viewport().update(self._flow.rect(row).translated(0, -self.verticalOffset()))
