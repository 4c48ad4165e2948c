"""The face strip: the main people of a photo beside it, upright and large; or one of them through the whole burst."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from core.language import tr
from core.shoot.shoot import Shoot
from core.subject.cast import Cast
from core.subject.people import Person
from core.subject.spots import Spot, spots_of, subject_spot
from core.types import Analysis, Face, PhotoId
from ui.marks.face_cells import paint_face, paint_picture
from ui.marks.face_words import face_in_words
from ui.marks.plates import outline, whole_text
from ui.painting import painter_on
from ui.theme import SPACING, Theme
from ui.views.finders import Finders
from ui.views.strip_room import cells

_GAP = SPACING // 2
_PAUSE_MS = 60  # somebody who leafs through photos does not look at the faces of those in between
_MARKED = 2.5  # pixels
_AHEAD = 3  # photos whose faces are cut out before they are looked at


@dataclass(frozen=True, slots=True)
class _Cell:
    """One place of the strip.

    Attributes:
        photo_id: whose picture is cut out.
        person: place in the cast's main people; None for the close-up of a subject.
        face: as measured; None for the close-up, and where the person is not in the frame.
        at: place among the photo's spots.
    """

    photo_id: PhotoId
    person: int | None
    face: Face | None
    at: int | None


class FaceStrip(QWidget):
    """Shows the faces of one photo; where nobody is in it, the close-up of its subject.

    Args:
        finders: of people and faces.
        theme: colours.
        parent: the view whose photo it is about.
    """

    SPOKEN_AS = QAccessible.Role.Graphic

    face_chosen = Signal(object, object)  # PhotoId, place in the cast's main people or None for the subject

    def __init__(self, finders: Finders, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._crops, self._casts = finders.crops, finders.casts
        self._theme = theme
        self._name = f"strip-{id(self)}"
        self._shoot = Shoot()
        self._photo_id: PhotoId | None = None
        self._ahead: tuple[PhotoId, ...] = ()
        self._cast: Cast | None = None  # of the photo's burst; None as long as it is not found
        self._analyses: dict[PhotoId, Analysis] = {}  # those the cast was found in
        self._person: int | None = None
        self._through_burst = False
        self._beside: tuple[PhotoId, ...] = ()
        self._ask_soon = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._ask_soon.timeout.connect(self._ask)
        finders.crops.ready.connect(self._arrived)
        finders.casts.ready.connect(self._look_up)
        self.setAccessibleName(tr("Face strip"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @property
    def photo_id(self) -> PhotoId | None:
        """The photo whose faces are shown."""
        return self._photo_id

    def show_photo(
        self,
        photo_id: PhotoId | None,
        shoot: Shoot,
        ahead: Sequence[PhotoId],
        person: int | None,
        *,
        through_burst: bool,
        beside: Sequence[PhotoId] = (),
    ) -> None:
        """Show the faces of a photo.

        Args:
            photo_id: None for nothing.
            shoot: which it is of.
            ahead: photos that are looked at next; the view that shows the strip has the people of all of them found.
            person: the one that is marked, as place in the cast's main people.
            through_burst: that person's faces in all frames of the burst, rather than all people of the photo; the
                largest person's where none is marked, and the subject in all frames where there is nobody.
            beside: photos whose strips stand beside this one: who is in one of them has a place here too, so that
                everybody stands at the same place in all strips of a burst.
        """
        self._photo_id, self._shoot, self._person = photo_id, shoot, person
        self._ahead = tuple(each for each in ahead if each != photo_id)[:_AHEAD]
        self._through_burst = through_burst
        self._beside = tuple(beside)
        self._look_up()

    @property
    def _frames(self) -> Sequence[PhotoId]:
        """The frames of the photo's burst."""
        return self._shoot.cluster_of(self._photo_id).photo_ids if self._photo_id is not None else ()

    # What is in it

    def _cells(self) -> list[_Cell]:
        found = self._cast
        if self._photo_id is None or found is None:
            return []
        if not found.main:
            frames = self._frames if self._through_burst else [self._photo_id]
            there = [frame for frame in frames if _spots(frame, self._analyses, found)]
            return [_Cell(frame, None, None, 0) for frame in there]
        if self._through_burst:
            who = self._person if self._person is not None else found.largest(self._analyses)
            who = min(who, len(found.main) - 1)
            frames = self._frames
            return [self._cell(frame, who, found.main) for frame in frames]
        cells = [self._cell(self._photo_id, who, found.main) for who in range(len(found.main))]
        # People are missed only where they belong: somebody who walked through one frame is not.
        return [
            cell for cell in cells if cell.face is not None or self._belongs(found.main[cell.person or 0])
        ]

    def _belongs(self, person: Person) -> bool:
        is_beside = any(photo_id in person.faces for photo_id in self._beside)
        return is_beside or 2 * len(person.faces) > len(self._analyses)

    def _cell(self, photo_id: PhotoId, who: int, main: Sequence[Person]) -> _Cell:
        analysis, index = self._analyses.get(photo_id), main[who].faces.get(photo_id)
        if analysis is None or index is None:
            return _Cell(photo_id, who, None, None)
        at = sum(photo_id in person.faces for person in main[:who])
        return _Cell(photo_id, who, analysis.faces[index], at)

    def _places(self, count: int) -> list[QRect]:
        line = self.fontMetrics().height() + 2 if self._through_burst else 0
        room = self.rect().adjusted(_GAP, _GAP, -_GAP, -_GAP)
        return cells(room, max(1, count), _GAP, line)

    def _shown(self) -> list[tuple[_Cell, QRect]]:
        """Return the cells for which there is room, those around the marked one where there are too many."""
        everything = self._cells()
        places = self._places(len(everything))
        marked = next((at for at, cell in enumerate(everything) if self._is_marked(cell)), 0)
        first = max(0, min(marked - len(places) // 2, len(everything) - len(places)))
        return list(zip(everything[first:], places, strict=False))

    def _is_marked(self, cell: _Cell) -> bool:
        if self._through_burst:
            return cell.photo_id == self._photo_id
        return cell.person is not None and cell.person == self._person

    # Cutting out

    def _ask(self) -> None:
        if not self.isVisible() or self._photo_id is None:
            return
        casts = {self._photo_id: self._cast}
        if self._through_burst:
            casts |= dict.fromkeys(self._frames, self._cast)
        asked = [
            *((frame, _spots(frame, self._analyses, found)) for frame, found in casts.items()),
            *(
                (frame, _spots(frame, self._shoot.analyses, self._casts.of(frame, self._shoot)))
                for frame in self._ahead
            ),
        ]
        self._crops.want([each for each in asked if each[1]], self._side(), wanted_by=self._name)

    def _side(self) -> int:
        """Return the side of a cell, in pixels of the screen."""
        return round(self._places(len(self._cells()))[0].width() * self.devicePixelRatioF())

    def _arrived(self, photo_id: str) -> None:
        if photo_id == self._photo_id or self._through_burst:
            self.update()

    def _look_up(self) -> None:
        self._cast, self._analyses = None, {}
        if self._photo_id is not None:
            self._cast = self._casts.of(self._photo_id, self._shoot)
            frames = self._frames
            analyses = self._shoot.analyses
            self._analyses = {frame: analyses[frame] for frame in frames if frame in analyses}
        self._ask_soon.start()
        self._describe()
        self.update()

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a face a cell."""
        painter = painter_on(self)
        painter.fillRect(self.rect(), self._theme.window)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        side = self._side()
        shown = self._shown()
        pictures = {
            photo_id: self._crops.cut_out(photo_id, _spots(photo_id, self._analyses, self._cast), side)
            for photo_id in {cell.photo_id for cell, _ in shown}
        }
        for cell, place in shown:
            cut_out = pictures[cell.photo_id]
            picture = cut_out[cell.at] if cell.at is not None and cell.at < len(cut_out) else None
            if cell.person is None:
                painter.fillRect(place, self._theme.surface)
                if picture is not None:
                    paint_picture(painter, QRectF(place), picture)
                if self._through_burst and self._is_marked(cell):
                    outline(painter, QRectF(place), self._theme.active, _MARKED)
            else:
                paint_face(
                    painter,
                    QRectF(place),
                    self._theme,
                    cell.face,
                    picture,
                    sharpest=self._sharpest(cell.person),
                    marked=self._is_marked(cell),
                )
            if self._through_burst:
                name = QRectF(
                    place.left(), place.bottom() + 1, place.width(), self.fontMetrics().height() + 2
                )
                colour = self._theme.text if self._is_marked(cell) else self._theme.text_dim
                whole_text(painter, name, colour, self._shoot.photos[cell.photo_id].path.stem)

    def _sharpest(self, who: int) -> float:
        return self._cast.main[who].sharpest(self._analyses) if self._cast is not None else 0.0

    # For the pointer and for screen readers

    def words(self, cell: _Cell) -> str:
        """Say what is to be said of a cell."""
        if cell.person is None:
            name = self._shoot.photos[cell.photo_id].name if self._through_burst else ""
            return ", ".join(filter(None, (name, tr("The sharpest part of the photo"))))
        found = self._cast
        count = len(found.main) if found is not None else 0
        who = tr("person {number} of {count}").format(number=cell.person + 1, count=count)
        said = (
            tr("not in this frame")
            if cell.face is None
            else face_in_words(cell.face, self._sharpest(cell.person))
        )
        name = f"{self._shoot.photos[cell.photo_id].name}, " if self._through_burst else ""
        return f"{name}{who}, {said}"

    def _describe(self) -> None:
        marked = [cell for cell in self._cells() if self._is_marked(cell)]
        self.setAccessibleDescription(self.words(marked[0]) if marked else "")

    def _at(self, point: QPoint) -> _Cell | None:
        return next((cell for cell, place in self._shown() if place.contains(point)), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the face that is clicked."""
        cell = self._at(event.position().toPoint())
        if cell is not None:
            self.face_chosen.emit(cell.photo_id, cell.person)

    def event(self, event: QEvent) -> bool:
        """Say of a face what its marks mean."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            cell = self._at(event.pos())
            if cell is not None:
                QToolTip.showText(event.globalPos(), self.words(cell), self)
            else:
                QToolTip.hideText()
            return True
        if event.type() is QEvent.Type.Hide:
            self._crops.want((), wanted_by=self._name)
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._ask_soon.start()
        return super().event(event)


def _spots(photo_id: PhotoId, analyses: Mapping[PhotoId, Analysis], found: Cast | None) -> list[Spot]:
    """Return what is cut out of a photo: its main people from left to right, else its subject."""
    analysis = analyses.get(photo_id)
    if analysis is None or found is None:
        return []
    if found.main:
        return spots_of(found.main, analysis)
    spot = subject_spot(analysis)
    return [spot] if spot is not None else []
