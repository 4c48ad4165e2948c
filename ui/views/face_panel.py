"""The face panel: the people of a burst, main ones first and large; one row a person, one column a frame.

Where nobody is in it, the one row is its subject.
"""

import math
from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from core.language import tr
from core.shoot.shoot import Shoot
from core.subject.cast import Cast
from core.subject.people import Person
from core.subject.spots import Spot, spots_of, subject_spot
from core.types import Analysis, Box, Face, PhotoId
from ui.marks.face_cells import Column, paint_column_head, paint_face, paint_subject, paint_words
from ui.marks.face_words import face_in_words
from ui.painting import painter_on
from ui.spoken import describe
from ui.theme import DARK, SPACING, Theme
from ui.views.finders import Finders
from ui.widgets.style import scroll_style

_CELL = (88, 520)  # least and most logical pixels of a cell's side
_OTHERS = 0.5  # of that: those beside and behind the main people
_HEAD = 6 * SPACING  # height of the line that names the frames
_BETWEEN = 3 * SPACING  # between the parts of a long table


class FacePanel(QWidget):
    """The faces of the active photo's burst, as a table that scrolls where it does not fit.

    Args:
        finders: of what is shown beside and over photos.
        theme: colours.
        parent: the window.
    """

    SPOKEN_AS = QAccessible.Role.Graphic

    step_requested = Signal(int)  # frames to go on by
    photo_chosen = Signal(object)  # PhotoId: make it the active one
    look_requested = Signal(object, object)  # PhotoId, Box: look at it at 1:1

    def __init__(self, finders: Finders, theme: Theme = DARK, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = _Table(finders, theme)
        self._scroll = QScrollArea()
        self._scroll.setStyleSheet(scroll_style(theme))
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._scroll.setWidget(self._table)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._scroll)
        self._table.pressed.connect(self._pressed)
        finders.crops.ready.connect(self._paint_again)
        finders.casts.ready.connect(self.refresh)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # as its table is painted
        self.setAccessibleName(tr("Faces"))

    def show_current(self, photo_id: PhotoId, shoot: Shoot, _order: Sequence[PhotoId]) -> None:
        """Show the faces of a photo's burst and mark the photo's column."""
        self._table.show_burst(photo_id, shoot)
        self._fit()
        self._bring_into_view()
        describe(self, self._table.description())

    def frames(self) -> Sequence[PhotoId]:
        """Return what the arrow keys step through: the frames of the burst."""
        return self._table.frames

    def refresh(self) -> None:
        """Show that decisions, measures or the grouping changed."""
        if self._table.active is not None and self._table.active in self._table.shoot.photos:
            self._table.show_burst(self._table.active, self._table.shoot)
            self._fit()
            describe(self, self._table.description())

    def clear(self) -> None:
        """Show nothing."""
        self._table.clear()

    def current_face(self) -> Face | None:
        """Return the face marked in the active frame; None where the person is not in it."""
        return self._table.current_face()

    def look(self) -> None:
        """Ask for the marked face at 1:1, or for the subject."""
        if (box := self._table.current_box()) is not None:
            self.look_requested.emit(self._table.active, box)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step through frames by Left and Right, through people by Up and Down."""
        match event.key():
            case Qt.Key.Key_Right:
                self.step_requested.emit(1)
            case Qt.Key.Key_Left:
                self.step_requested.emit(-1)
            case Qt.Key.Key_Down:
                self._go_to_row(1)
            case Qt.Key.Key_Up:
                self._go_to_row(-1)
            case _:
                event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make faces as large as there is room."""
        super().resizeEvent(event)
        self._fit()

    def _paint_again(self) -> None:
        """Show faces that were cut out meanwhile. A widget's method, unlike a lambda, is not called after its end."""
        self._table.update()

    def _fit(self) -> None:
        bar = self._scroll.verticalScrollBar().sizeHint().width()
        self._table.fit(self.size() - QSize(bar, 0))
        if self.isVisible():
            self._table.ask()

    def showEvent(self, event: QShowEvent) -> None:
        """Cut faces out: only while they are seen."""
        super().showEvent(event)
        self._fit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Cut no faces out while nobody looks at them."""
        super().hideEvent(event)
        self._table.call_off()

    def _go_to_row(self, by: int) -> None:
        self._table.move_row(by)
        self._bring_into_view()
        describe(self, self._table.description())

    def _bring_into_view(self) -> None:
        cell = self._table.current_cell()
        if cell.top() == _HEAD:
            cell.setTop(0)  # with the frame's name above it
        self._scroll.ensureVisible(
            cell.center().x(), cell.center().y(), cell.width() // 2, cell.height() // 2 + 1
        )

    def _pressed(self, photo_id: PhotoId) -> None:
        self.photo_chosen.emit(photo_id)
        self.look()


class _Table(QWidget):
    """The table itself, painted."""

    pressed = Signal(object)  # PhotoId of the column that was clicked; the row is marked already

    def __init__(self, finders: Finders, theme: Theme) -> None:
        super().__init__()
        self._crops, self._casts = finders.crops, finders.casts
        self._theme = theme
        self._cell = _CELL[1]
        self._small = _CELL[0]
        self._blocks = self._block_rows = 1
        self._row = 0
        self._cast: Cast | None = None
        self._analyses: dict[PhotoId, Analysis] = {}  # those the cast was found in
        self.shoot = Shoot()
        self.active: PhotoId | None = None
        self.frames: tuple[PhotoId, ...] = ()
        self.setMouseTracking(True)

    @property
    def _rows(self) -> tuple[Person, ...]:
        """Main people, then the others."""
        return (*self._cast.main, *self._cast.others) if self._cast is not None else ()

    @property
    def _main(self) -> int:
        """How many of the rows are large: those of the main people, or the subject's."""
        main = len(self._cast.main) if self._cast is not None else 0
        return main or len(self._rows) or int(self._shows_subject)

    @property
    def _shows_subject(self) -> bool:
        """Whether there is nobody in the whole group, and something that it shows instead."""
        if self._cast is None or self._rows or len(self._analyses) < len(self.frames):
            return False
        return any(subject_spot(each) is not None for each in self._analyses.values())

    @property
    def _count(self) -> int:
        """How many rows there are."""
        return len(self._rows) or int(self._shows_subject)

    def show_burst(self, photo_id: PhotoId, shoot: Shoot) -> None:
        self.shoot, self.active = shoot, photo_id
        self.frames = shoot.cluster_of(photo_id).photo_ids
        self._casts.want([photo_id], shoot)
        self._cast = self._casts.of(photo_id, shoot)
        self._analyses = {frame: shoot.analyses[frame] for frame in self.frames if frame in shoot.analyses}
        self._row = min(self._row, max(0, self._count - 1))
        self.update()

    def clear(self) -> None:
        self.shoot = Shoot()
        self.active, self.frames, self._cast, self._row = None, (), None, 0
        self.update()

    def ask(self) -> None:
        """Have the faces cut out as large as they are shown, those of the active frame first."""
        if self.active is None:
            return
        at = self.frames.index(self.active)
        nearest = sorted(self.frames, key=lambda frame: abs(self.frames.index(frame) - at))
        asked = [(frame, spots) for frame in nearest if (spots := self._spots(frame))]
        self._crops.want(asked, self._pixels(), wanted_by="panel")

    def call_off(self) -> None:
        """Stop wanting any faces."""
        self._crops.want((), wanted_by="panel")

    def _pixels(self) -> int:
        return round(self._cell * self.devicePixelRatioF())

    def _spots(self, photo_id: PhotoId) -> list[Spot]:
        """Return the faces of a frame that are shown, by row; its subject where there is nobody."""
        analysis = self._analyses.get(photo_id)
        if not self._shows_subject or analysis is None:
            return spots_of(self._rows, analysis)
        spot = subject_spot(analysis)
        return [spot] if spot is not None else []

    def fit(self, room: QSize) -> None:
        """Take the largest cells of which there is room: a long table continues beside itself.

        The main people fill the room; the others are below them, and smaller.
        """
        if not self._count:
            self.resize(room)
            return
        people, frames = self._main, len(self.frames)
        foot = _HEAD if self._shows_subject else 0

        def side(blocks: int) -> int:
            across = (room.width() - (blocks - 1) * _BETWEEN) // (blocks * frames)
            return min(across, (room.height() - _HEAD - foot) // math.ceil(people / blocks), _CELL[1])

        blocks = max(range(1, people + 1), key=lambda count: (side(count), -count))
        if side(blocks) < _CELL[0]:  # it scrolls, and does so downwards
            blocks = max(1, (room.width() + _BETWEEN) // (frames * _CELL[0] + _BETWEEN))
        self._cell = max(side(blocks), _CELL[0])
        self._small = max(round(self._cell * _OTHERS), _CELL[0] // 2)
        self._block_rows = math.ceil(people / blocks)
        self._blocks = math.ceil(people / self._block_rows)
        width = self._blocks * frames * self._cell + (self._blocks - 1) * _BETWEEN
        rows_below = math.ceil((self._count - people) / self._blocks)
        below = _BETWEEN + rows_below * self._small if rows_below else foot
        if foot:
            width = max(width, room.width())
        self.resize(width, _HEAD + self._block_rows * self._cell + below)

    def move_row(self, by: int) -> None:
        self._row = min(max(self._row + by, 0), max(0, self._count - 1))
        self.update()

    def current_cell(self) -> QRect:
        column = self.frames.index(self.active) if self.active in self.frames else 0
        return self._place(self._row, column)

    def current_face(self) -> Face | None:
        if self.active is None or not self._rows:
            return None
        return self._face(self._row, self.frames.index(self.active))

    def current_box(self) -> Box | None:
        """Return where what is marked lies in the active frame; None where it is not there."""
        if (face := self.current_face()) is not None:
            return face.box
        spots = self._spots(self.active) if self.active is not None and self._shows_subject else []
        return spots[0].box if spots else None

    def description(self) -> str:
        """Describe the marked cell for a screen reader."""
        if self.active is None:
            return tr("No faces")
        name = self.shoot.photos[self.active].name
        if not self._count:
            return name  # its people are being found
        if self._shows_subject:
            return f"{name}, {_nobody()}"
        face = self.current_face()
        said = (
            tr("not in this frame")
            if face is None
            else face_in_words(face, self._rows[self._row].sharpest(self._analyses))
        )
        place = tr("person {number} of {count}").format(number=self._row + 1, count=len(self._rows))
        return f"{name}, {place}, {said}"

    def _face(self, row: int, column: int) -> Face | None:
        photo_id = self.frames[column]
        analysis, index = self._analyses.get(photo_id), self._rows[row].faces.get(photo_id)
        return analysis.faces[index] if analysis is not None and index is not None else None

    def _place(self, row: int, column: int) -> QRect:
        if row < self._main:
            block, row = divmod(row, self._block_rows)
            top, side = _HEAD + row * self._cell, self._cell
        else:
            row, block = divmod(row - self._main, self._blocks)
            side = self._small
            top = _HEAD + self._block_rows * self._cell + _BETWEEN + row * side
        left = block * (len(self.frames) * self._cell + _BETWEEN) + column * self._cell
        if self._shows_subject:
            left += max(0, self.width() - len(self.frames) * self._cell) // 2
        return QRect(left + (self._cell - side) // 2, top, side, side)

    def _cell_at(self, point: QPoint) -> tuple[int, int] | None:
        cells = ((row, column) for row in range(self._count) for column in range(len(self.frames)))
        return next((cell for cell in cells if self._place(*cell).contains(point)), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the face that is clicked."""
        if (cell := self._cell_at(event.position().toPoint())) is not None:
            self._row = cell[0]
            self.pressed.emit(self.frames[cell[1]])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what can be clicked."""
        cell = self._cell_at(event.position().toPoint())
        leads_on = cell is not None and (self._shows_subject or self._face(*cell) is not None)
        self.setCursor(Qt.CursorShape.PointingHandCursor if leads_on else Qt.CursorShape.ArrowCursor)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the heads of the columns, then a face a cell."""
        painter = painter_on(self)
        painter.fillRect(self.rect(), self._theme.window)
        if self.active is None:
            return
        if not self._count:
            paint_words(painter, QRectF(self.rect()), self._theme, self._why_empty())
            return
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        for column, photo_id in enumerate(self.frames):
            people = range(min(self._main, len(self._rows)))
            faces = [face for row in people if (face := self._face(row, column)) is not None]
            facts = Column(photo_id, self.shoot, faces, is_active=photo_id == self.active)
            for block in range(self._blocks):
                head = QRectF(self._place(block * self._block_rows, column).left(), 0, self._cell, _HEAD)
                paint_column_head(painter, head, self._theme, facts)
        if self._shows_subject:
            self._paint_subjects(painter)
            return
        for column, photo_id in enumerate(self.frames):
            pictures = iter(self._crops.cut_out(photo_id, self._spots(photo_id), self._pixels()))
            for row, person in enumerate(self._rows):
                face = self._face(row, column)
                paint_face(
                    painter,
                    QRectF(self._place(row, column)),
                    self._theme,
                    face,
                    next(pictures, None) if face is not None else None,
                    sharpest=person.sharpest(self._analyses),
                    marked=row == self._row and photo_id == self.active,
                )

    def _paint_subjects(self, painter: QPainter) -> None:
        """Paint what is sharpest in each frame, and below it that there is nobody."""
        for column, photo_id in enumerate(self.frames):
            pictures = self._crops.cut_out(photo_id, self._spots(photo_id), self._pixels())
            place = QRectF(self._place(0, column))
            paint_subject(
                painter, place, self._theme, next(iter(pictures), None), marked=photo_id == self.active
            )
        bottom = self._place(0, 0).bottom() + 1
        paint_words(painter, QRectF(0, bottom, self.width(), _HEAD), self._theme, _nobody())

    def _why_empty(self) -> str:
        unknown = self._cast is None or any(frame not in self._analyses for frame in self.frames)
        if unknown:
            return tr("The faces of this group are still being looked for.")
        return tr("No faces to judge in this group.")


def _nobody() -> str:
    return tr("No faces to judge in this group: this is what is sharpest in each frame.")
