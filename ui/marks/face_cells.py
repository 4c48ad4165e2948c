"""How the face panel paints: the head of a frame's column, and one face with what was measured in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter

from core.language import tr
from core.shoot.shoot import Shoot
from core.types import EyeState, Face, PhotoId
from ui.marks.badges import Badge, badge_width, open_eye, paint_badge, paint_glyph, shut_eye, spark
from ui.marks.cell_facts import Advice, advice_on
from ui.marks.face_words import face_badges
from ui.marks.icons import paint_flag
from ui.marks.plates import outline, plate, whole_text
from ui.theme import ON_PHOTO, SPACING, Theme, flag_colour

_GAP = 2.0  # between faces
_BADGE = 14.0  # side of a glyph
_LARGEST_BADGE = 22.0
_SMALL_CELL = 120.0  # width under which there are two marks at most: more would cover the mouth
_TINY_CELL = 72.0  # width under which there is one
_NO_MARK = 48.0  # width under which there is none; shut eyes are framed all the same
_BADGE_SHARE = 0.055  # of a large cell's width
_WRAPPED = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
_INSET = 3.0  # of the marks' plate from the picture's edges


@dataclass(frozen=True, slots=True)
class Column:
    """What the head of a frame's column says.

    Attributes:
        faces: of the people in the table.
    """

    photo_id: PhotoId
    shoot: Shoot
    faces: Sequence[Face]
    is_active: bool


def paint_column_head(painter: QPainter, rect: QRectF, theme: Theme, column: Column) -> None:
    """Paint the frame's name in the middle, below it how many eyes are open, and its decision as a line."""
    inner = rect.adjusted(_GAP, 0, -_GAP, -_GAP)
    painter.fillRect(inner, theme.raised if column.is_active else theme.window)
    flag = flag_colour(theme, column.shoot.decision(column.photo_id).flag)
    if flag is not None:
        painter.fillRect(QRectF(inner.left(), inner.bottom() - 3, inner.width(), 3), flag)
        sign = QRectF(inner.right() - _BADGE - SPACING / 2, inner.bottom() - _BADGE - SPACING, _BADGE, _BADGE)
        paint_flag(painter, sign, column.shoot.decision(column.photo_id).flag, flag)
    words = inner.adjusted(SPACING / 2, SPACING / 2, -SPACING / 2, -SPACING / 2)
    name, counts = QRectF(words), QRectF(words)
    name.setHeight(words.height() / 2)
    counts.setTop(name.bottom())
    advice = advice_on(column.photo_id, column.shoot)
    metrics = QFontMetricsF(painter.font())
    if advice is not Advice.NONE:
        spot = QRectF(name.left(), counts.center().y() - _BADGE / 2, _BADGE, _BADGE)
        paint_glyph(painter, spark, spot, theme.suggestion, filled=advice is Advice.SUGGESTED)
    colour = theme.text if column.is_active else theme.text_dim
    whole_text(painter, name, colour, column.shoot.photos[column.photo_id].path.stem)
    told = [face.eyes for face in column.faces if face.eyes is not EyeState.CANT_TELL]
    shut = told.count(EyeState.CLOSED)
    if told:
        badge = Badge(
            shut_eye if shut else open_eye, text=f"{len(told) - shut}/{len(told)}", warns=bool(shut)
        )
        width = badge_width(badge, _BADGE, metrics)
        box = QRectF(counts.center().x() - width / 2, counts.center().y() - _BADGE / 2, width, _BADGE)
        paint_badge(painter, badge, box, theme)


def paint_face(
    painter: QPainter,
    rect: QRectF,
    theme: Theme,
    face: Face | None,
    picture: QImage | None,
    *,
    sharpest: float,
    marked: bool,
) -> None:
    """Paint one face with its eyes and sharpness marked; shut eyes can be seen from across the room.

    Args:
        painter: with the font to be used.
        rect: of the cell.
        theme: colours.
        face: None where the person is not in the frame.
        picture: cut out; None while it is not.
        sharpest: the highest ``Face.sharpness`` of this person in the burst.
        marked: whether the keys are at this face.
    """
    inner = rect.adjusted(_GAP, _GAP, -_GAP, -_GAP)
    painter.fillRect(inner, theme.surface)
    if face is None:
        words = tr("not in this frame")
        across = QFontMetricsF(painter.font()).boundingRect(inner, _WRAPPED, words)
        paint_words(painter, inner, theme, words if inner.contains(across) else "–")
    else:
        if picture is not None and not picture.isNull():
            paint_picture(painter, inner, picture)
        _paint_measures(painter, inner, face, sharpest)
        if face.eyes is EyeState.CLOSED:
            outline(painter, inner, ON_PHOTO.warning, 3)
    if marked:
        outline(painter, inner.adjusted(-1, -1, 1, 1), theme.active, 2.5)


def paint_subject(
    painter: QPainter, rect: QRectF, theme: Theme, picture: QImage | None, *, marked: bool
) -> None:
    """Paint the close-up of a subject, which is no face; ``picture`` is None while it is not cut out."""
    inner = rect.adjusted(_GAP, _GAP, -_GAP, -_GAP)
    painter.fillRect(inner, theme.surface)
    if picture is not None and not picture.isNull():
        paint_picture(painter, inner, picture)
    if marked:
        outline(painter, inner.adjusted(-1, -1, 1, 1), theme.active, 2.5)


def paint_words(painter: QPainter, rect: QRectF, theme: Theme, words: str) -> None:
    """Paint a sentence where there is nothing to show."""
    painter.setPen(theme.text_dim)
    painter.drawText(rect, _WRAPPED, words)


def paint_picture(painter: QPainter, rect: QRectF, picture: QImage) -> None:
    """Paint a cut-out that fills a rectangle."""
    size = QSizeF(picture.size()).scaled(rect.size(), Qt.AspectRatioMode.KeepAspectRatioByExpanding)
    place = QRectF(rect.topLeft(), size)
    place.moveCenter(rect.center())
    painter.save()
    painter.setClipRect(rect)
    painter.drawImage(place, picture)
    painter.restore()


def _paint_measures(painter: QPainter, rect: QRectF, face: Face, sharpest: float) -> None:
    """Paint the marks on one plate, as many as there is room for, those that decide most first."""
    side = min(max(_BADGE, rect.width() * _BADGE_SHARE), _LARGEST_BADGE)
    metrics = QFontMetricsF(painter.font())
    shown: list[tuple[Badge, float]] = []
    width = SPACING / 2
    limits = ((_NO_MARK, 0), (_TINY_CELL, 1), (_SMALL_CELL, 2))
    few = next((marks for least, marks in limits if rect.width() < least), None)
    for badge in face_badges(face, sharpest)[:few]:
        wide = badge_width(badge, side, metrics)
        if width + wide + SPACING / 2 > rect.width() - 2 * _INSET:
            break
        shown.append((badge, wide))
        width += wide + SPACING
    if not shown:
        return
    height = side + SPACING
    ground = QRectF(rect.left() + _INSET, rect.bottom() - height - _INSET, width - SPACING / 2, height)
    plate(painter, ground)
    left = ground.left() + SPACING / 2
    for badge, wide in shown:
        paint_badge(painter, badge, QRectF(left, ground.top() + SPACING / 2, wide, side), ON_PHOTO)
        left += wide + SPACING
