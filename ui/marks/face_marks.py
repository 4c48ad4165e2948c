"""Faces marked on a photo: main people's framed, with the state of their eyes; of all others a thin corner."""

from collections.abc import Collection, Iterable, Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from core.language import tr
from core.types import Box, EyeState, Face
from ui.marks.face_words import EYE_WORDS
from ui.marks.plates import BEHIND, plate, text_in
from ui.theme import SPACING, Theme

_GAP = 3.0  # logical pixels between a face and its words
_ROUNDING = 4
_LEAST_ARM = 4.0  # logical pixels of a corner's arm
_WIDEST = 1.6  # of a face's width: of smaller faces only what is unusual is said


def box_in(picture: QRectF, box: Box) -> QRectF:
    """Return where a box in fractions of the picture lies on the screen."""
    return QRectF(
        picture.left() + box.x * picture.width(),
        picture.top() + box.y * picture.height(),
        box.width * picture.width(),
        box.height * picture.height(),
    )


def paint_boxes(
    painter: QPainter, picture: QRectF, theme: Theme, faces: Sequence[Face], main: Collection[int]
) -> None:
    """Paint a frame around each main face in the colour of its eyes, and a thin corner of each other.

    Args:
        painter: paints.
        picture: where the whole picture lies.
        theme: colours.
        faces: in fractions of the picture.
        main: which of them are main people's.
    """
    painter.save()
    painter.setClipRect(picture)
    for at, face in enumerate(faces):
        box = box_in(picture, face.box)
        if at in main:
            _frame(painter, box, _colour(theme, face), 1.5)
        else:
            _corner(painter, box, theme.text_dim)
    painter.restore()


def paint_person(
    painter: QPainter, picture: QRectF, theme: Theme, faces: Iterable[Face], person: int
) -> None:
    """Paint a heavier frame a little around the face of the person that the photos are narrowed to."""
    for face in faces:
        if face.identity == person:
            around = box_in(picture, face.box).adjusted(-_GAP, -_GAP, _GAP, _GAP)
            _frame(painter, around, theme.suggestion, 2.5)


def paint_words(
    painter: QPainter,
    picture: QRectF,
    view: QRectF,
    theme: Theme,
    faces: Sequence[Face],
    main: Collection[int],
    taken: Iterable[QRectF],
) -> None:
    """Say of the main people how their eyes are, as far as that can be told and there is room.

    Args:
        painter: with the font to be used.
        picture: where the whole picture lies.
        view: what is seen of it.
        theme: colours.
        faces: in fractions of the picture.
        main: which of them are main people's.
        taken: where other words stand.
    """
    metrics = painter.fontMetrics()
    words = {
        state: (text := tr(said), QSizeF(metrics.horizontalAdvance(text) + SPACING, metrics.height() + 2))
        for state, said in EYE_WORDS.items()
    }
    told = [at for at, face in enumerate(faces) if at in main and face.eyes is not EyeState.CANT_TELL]
    boxes = [box_in(picture, face.box) for face in faces]
    places = word_places(
        [(boxes[at], words[faces[at].eyes][1], faces[at].eyes is EyeState.CLOSED) for at in told],
        picture.intersected(view),
        [*taken, *(box for at, box in enumerate(boxes) if at not in told)],
    )
    for at, place in zip(told, places, strict=True):
        if place is not None:
            colour, text = _colour(theme, faces[at]), words[faces[at].eyes][0]
            text_in(painter, plate(painter, place), colour, text, Qt.AlignmentFlag.AlignCenter)


def word_places(
    faces: Sequence[tuple[QRectF, QSizeF, bool]], area: QRectF, taken: Iterable[QRectF] = ()
) -> list[QRectF | None]:
    """Find places for the words about faces: within the area, and none on another or on somebody else's face.

    Closed eyes are placed first, then large faces. What is usual (open eyes, or that one cannot tell) is only
    said of faces that are about as wide as the words: a crowd of forty would be nothing but words.

    Args:
        faces: the box of each, the size of its words, and whether they are news.
        area: what is seen of the picture.
        taken: where other words stand already.

    Returns:
        A place for each face, None where there is none.
    """
    places: list[QRectF | None] = [None] * len(faces)
    placed = list(taken)
    for index in sorted(range(len(faces)), key=lambda each: (not faces[each][2], -faces[each][0].width())):
        box, size, is_news = faces[index]
        seen = box.intersected(area)
        if seen.isEmpty() or not (is_news or size.width() <= _WIDEST * box.width()):
            continue
        others = [other for number, (other, _, _) in enumerate(faces) if number != index]
        for top in (seen.bottom() + _GAP, seen.top() - _GAP - size.height(), seen.bottom() - size.height()):
            place = _moved_within(
                QRectF(seen.center().x() - size.width() / 2, top, size.width(), size.height()), area
            )
            if area.contains(place) and not any(place.intersects(each) for each in (*placed, *others)):
                places[index] = place
                placed.append(place)
                break
    return places


def _moved_within(place: QRectF, area: QRectF) -> QRectF:
    """Move a place sideways only: above or below its face it still belongs to it."""
    left = max(area.left(), min(place.left(), area.right() - place.width()))
    return QRectF(left, place.top(), place.width(), place.height())


def _frame(painter: QPainter, box: QRectF, colour: QColor, width: float) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in (QPen(BEHIND, width + 2), QPen(colour, width)):  # dark beneath: seen on bright skin too
        painter.setPen(pen)
        painter.drawRoundedRect(box, _ROUNDING, _ROUNDING)


def _corner(painter: QPainter, box: QRectF, colour: QColor) -> None:
    """Paint the upper left corner of a frame, no longer than it takes to be seen."""
    arm = min(max(box.width() / 4, _LEAST_ARM), box.width())
    points = [box.topLeft() + QPointF(0, arm), box.topLeft(), box.topLeft() + QPointF(arm, 0)]
    for pen in (QPen(BEHIND, 2.5), QPen(colour, 1)):
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.drawPolyline(points)


def _colour(theme: Theme, face: Face) -> QColor:
    match face.eyes:
        case EyeState.OPEN:
            return theme.text
        case EyeState.CLOSED:
            return theme.warning
    return theme.text_dim
