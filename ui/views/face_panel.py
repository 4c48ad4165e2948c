"""The face panel: every face of a burst, one row a person, one column a frame, all of one size."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from core.language import tr
from core.shoot.shoot import Shoot
from core.subject.people import Person, people
from core.types import Analysis, Face, PhotoId
from ui.imaging.face_crops import FaceCrops
from ui.marks.face_cells import Column, paint_column_head, paint_face, paint_words
from ui.marks.face_marks import EYE_WORDS
from ui.theme import DARK, SPACING, Theme
from ui.widgets.style import scroll_style

_CELL = (88, 208)  # least and most logical pixels of a cell's side
_HEAD = 6 * SPACING  # height of the line that names the frames
_BETWEEN = 3 * SPACING  # between the parts of a long table
_SMALLEST = 0.04  # of the area of the burst's largest face: smaller ones are passers-by far behind


class FacePanel(QWidget):
    """The faces of the active photo's burst, as a table that scrolls where it does not fit.

    Args:
        crops: the faces; belongs to whoever made it.
        theme: colours.
        parent: the window.
    """

    step_requested = Signal(int)  # frames to go on by
    photo_chosen = Signal(object)  # PhotoId: make it the active one
    look_requested = Signal(object, object)  # PhotoId, Face: look at it at 1:1

    def __init__(self, crops: FaceCrops, theme: Theme = DARK, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = _Table(crops, theme)
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
        crops.ready.connect(lambda _photo_id: self._table.update())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Faces"))

    def show_current(self, photo_id: PhotoId, shoot: Shoot, _order: Sequence[PhotoId]) -> None:
        """Shows the faces of a photo's burst and marks the photo's column."""
        self._table.show_burst(photo_id, shoot)
        self._fit()
        self._bring_into_view()
        self.setAccessibleDescription(self._table.description())

    def frames(self) -> Sequence[PhotoId]:
        """What the arrow keys step through: the frames of the burst."""
        return self._table.frames

    def refresh(self) -> None:
        """Decisions, measures or the grouping changed."""
        if self._table.active is not None and self._table.active in self._table.shoot.photos:
            self._table.show_burst(self._table.active, self._table.shoot)
            self._fit()

    def clear(self) -> None:
        """Shows nothing."""
        self._table.clear()

    def current_face(self) -> Face | None:
        """The face marked in the active frame; None where the person is not in it."""
        return self._table.current_face()

    def look(self) -> None:
        """Asks for the marked face at 1:1."""
        if (face := self.current_face()) is not None:
            self.look_requested.emit(self._table.active, face)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right step through frames, up and down through people."""
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
        """Faces as large as there is room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._table.fit(self._scroll.viewport().size())

    def _go_to_row(self, by: int) -> None:
        self._table.move_row(by)
        self._bring_into_view()
        self.setAccessibleDescription(self._table.description())

    def _bring_into_view(self) -> None:
        cell = self._table.current_cell()
        self._scroll.ensureVisible(cell.center().x(), cell.center().y(), cell.width(), cell.height())

    def _pressed(self, photo_id: PhotoId) -> None:
        self.photo_chosen.emit(photo_id)
        self.look()


class _Table(QWidget):
    """The table itself, painted."""

    pressed = Signal(object)  # PhotoId of the column that was clicked; the row is marked already

    def __init__(self, crops: FaceCrops, theme: Theme) -> None:
        super().__init__()
        self._crops = crops
        self._theme = theme
        self._cell = _CELL[1]
        self._block_rows = 1
        self._row = 0
        self._analyses: list[Analysis | None] = []
        self._rows: tuple[Person, ...] = ()
        self.shoot = Shoot()
        self.active: PhotoId | None = None
        self.frames: tuple[PhotoId, ...] = ()
        self.setMouseTracking(True)

    def show_burst(self, photo_id: PhotoId, shoot: Shoot) -> None:
        self.shoot, self.active = shoot, photo_id
        frames = shoot.cluster_of(photo_id).photo_ids
        analyses = [shoot.analyses.get(frame) for frame in frames]
        if frames != self.frames or analyses != self._analyses:
            self.frames, self._analyses = frames, analyses
            self._rows = _main_people([analysis for analysis in analyses if analysis is not None])
            self._row = min(self._row, max(0, len(self._rows) - 1))
        at = frames.index(photo_id)
        nearest = sorted(range(len(frames)), key=lambda column: abs(column - at))
        with_faces = [found for column in nearest if (found := analyses[column]) is not None and found.faces]
        self._crops.want([(each.photo_id, [face.box for face in each.faces]) for each in with_faces])
        self.update()

    def clear(self) -> None:
        self.active, self.frames, self._analyses, self._rows, self._row = None, (), [], (), 0
        self.update()

    def fit(self, room: QSize) -> None:
        """Takes the largest cells of which there is room, within limits: a long table goes on beside itself."""
        if not self._rows:
            self.resize(room)
            return
        people, frames = len(self._rows), len(self.frames)

        def side(blocks: int) -> int:
            across = (room.width() - (blocks - 1) * _BETWEEN) // (blocks * frames)
            return min(across, (room.height() - _HEAD) // math.ceil(people / blocks), _CELL[1])

        blocks = max(range(1, people + 1), key=lambda count: (side(count), -count))
        if side(blocks) < _CELL[0]:  # it scrolls, and does so downwards
            blocks = max(1, (room.width() + _BETWEEN) // (frames * _CELL[0] + _BETWEEN))
        self._cell = max(side(blocks), _CELL[0])
        self._block_rows = math.ceil(people / blocks)
        blocks = math.ceil(people / self._block_rows)
        width = blocks * frames * self._cell + (blocks - 1) * _BETWEEN
        self.resize(width, _HEAD + self._block_rows * self._cell)

    def move_row(self, by: int) -> None:
        self._row = min(max(self._row + by, 0), max(0, len(self._rows) - 1))
        self.update()

    def current_cell(self) -> QRect:
        column = self.frames.index(self.active) if self.active in self.frames else 0
        return self._place(self._row, column)

    def current_face(self) -> Face | None:
        if self.active is None or not self._rows:
            return None
        return self._face(self._row, self.frames.index(self.active))

    def description(self) -> str:
        """The marked cell for a screen reader."""
        if self.active is None or not self._rows:
            return tr("No faces")
        face = self.current_face()
        said = tr("not in this frame") if face is None else tr(EYE_WORDS[face.eyes])
        name = self.shoot.photos[self.active].path.name
        place = tr("person {number} of {count}").format(number=self._row + 1, count=len(self._rows))
        return f"{name}, {place}, {said}"

    def _face(self, row: int, column: int) -> Face | None:
        analysis = self._analyses[column]
        index = self._rows[row].faces.get(self.frames[column])
        return analysis.faces[index] if analysis is not None and index is not None else None

    def _place(self, row: int, column: int) -> QRect:
        block, row = divmod(row, self._block_rows)
        left = block * (len(self.frames) * self._cell + _BETWEEN) + column * self._cell
        return QRect(left, _HEAD + row * self._cell, self._cell, self._cell)

    def _cell_at(self, point: QPoint) -> tuple[int, int] | None:
        cells = ((row, column) for row in range(len(self._rows)) for column in range(len(self.frames)))
        return next((cell for cell in cells if self._place(*cell).contains(point)), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Goes to the face that is clicked."""
        if (cell := self._cell_at(event.position().toPoint())) is not None:
            self._row = cell[0]
            self.pressed.emit(self.frames[cell[1]])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Shows what can be clicked."""
        cell = self._cell_at(event.position().toPoint())
        face = self._face(*cell) if cell is not None else None
        self.setCursor(Qt.CursorShape.PointingHandCursor if face else Qt.CursorShape.ArrowCursor)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Heads of the columns, then a face a cell."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.window)
        if self.active is None:
            return
        if not self._rows:
            paint_words(painter, QRectF(self.rect()), self._theme, self._why_empty())
            return
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        for column, photo_id in enumerate(self.frames):
            faces = [face for row in range(len(self._rows)) if (face := self._face(row, column)) is not None]
            facts = Column(photo_id, self.shoot, faces, is_active=photo_id == self.active)
            for first in range(0, len(self._rows), self._block_rows):
                head = QRectF(self._place(first, column).left(), 0, self._cell, _HEAD)
                paint_column_head(painter, head, self._theme, facts)
        for row, person in enumerate(self._rows):
            sharpest = max((self._sharpness(row, column) for column in range(len(self.frames))), default=0.0)
            for column, photo_id in enumerate(self.frames):
                face, index = self._face(row, column), person.faces.get(photo_id)
                analysis = self._analyses[column]
                boxes = [each.box for each in analysis.faces] if analysis is not None else []
                cut_out = self._crops.faces(photo_id, boxes)
                picture = cut_out[index] if cut_out and index is not None else None
                marked = row == self._row and photo_id == self.active
                place = QRectF(self._place(row, column))
                paint_face(painter, place, self._theme, face, picture, sharpest=sharpest, marked=marked)

    def _sharpness(self, row: int, column: int) -> float:
        face = self._face(row, column)
        return face.sharpness or 0.0 if face is not None else 0.0

    def _why_empty(self) -> str:
        if any(analysis is None for analysis in self._analyses):
            return tr("The faces of this group are still being looked for.")
        return tr("No faces in this group.")


def _main_people(analyses: Sequence[Analysis]) -> tuple[Person, ...]:
    """The people of a burst without those far in the background."""
    by_id = {analysis.photo_id: analysis for analysis in analyses}

    def area(person: Person) -> float:
        boxes = [by_id[photo_id].faces[index].box for photo_id, index in person.faces.items()]
        return max(box.width * box.height for box in boxes)

    found = people(analyses)
    largest = max(map(area, found), default=0.0)
    return tuple(person for person in found if area(person) >= _SMALLEST * largest)
