"""Paints one cell: the picture first, then what is decided, then what the program has to say."""

from pathlib import PurePath

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from core.types import Decision, Flag, Label
from ui.grid.cell_cache import CellCache, pixel_ratio
from ui.grid.cell_layout import (
    STACK_STEP,
    CellLayout,
    cell_height,
    cell_layout,
    corners,
    fitted,
    picture_place,
    picture_side,
    unbarred,
)
from ui.imaging.thumbnail_loader import ThumbnailLoader
from ui.marks import badges
from ui.marks.cell_facts import GroupFacts, Index, MeasureFacts
from ui.marks.chips import paint_advice, paint_decision, paint_stack_chip, stack_chip_rect
from ui.marks.label_shapes import paint_label
from ui.marks.roles import Role
from ui.text_size import scaled
from ui.theme import DARK, LABEL_COLOURS, ON_PHOTO, Theme

_ROUND = 5.0  # radius of the box
_RING = 3.0  # width of the active ring and of a pick's frame
_REJECTED_OPACITY = 0.28
_USUAL_ASPECT = 1.5  # of the grey stand-in for a picture nothing is known of
_MISSING_SIDE = 32  # largest mark for a picture that cannot be shown
_STATE = QStyle.StateFlag
_SHOWN_STATES = _STATE.State_Selected | _STATE.State_HasFocus


class PhotoDelegate(QStyledItemDelegate):
    """Paints the cells of grid and filmstrip from the roles of ``ui.marks.roles``.

    The cell with ``State_HasFocus`` is the active one; its ring does not depend on the window's focus.

    Args:
        thumbnails: where pictures come from; asked only for what it has.
        theme: colours.
        parent: the view.
    """

    # Some 200 cells of medium size; where a screen has twice the pixels, one full of them.
    cells_bytes = 32 << 20

    def __init__(
        self, thumbnails: ThumbnailLoader, theme: Theme = DARK, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.thumbnails = thumbnails
        self.theme = theme
        self.ground = theme.window  # of the view, behind the cells
        self._cells = CellCache(self.cells_bytes)

    def cell_height(self, width: int) -> int:
        """Return the height of a cell of a width, in logical pixels."""
        return cell_height(width)

    def picture_side(self, width: int) -> int:
        """Return the longer side of the picture in a cell of a width, in logical pixels."""
        return picture_side(width)

    def stack_chip_rect(self, index: Index, rect: QRect, font: QFont) -> QRect:
        """Return where a click opens or closes the group; empty where the cell has no such chip."""
        group: GroupFacts = index.data(Role.GROUP)
        layout = cell_layout(rect)
        pixmap = self.thumbnails.pixmap(index.data(Role.PHOTO_ID))
        place = picture_place(layout, stacked=group.stacked)
        room = corners(place, _within(place, self._part_shown(index, pixmap)), layout.chip)
        return stack_chip_rect(room, layout.chip, group, chip_font(font, rect.width()))

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Return the cell as it is, at the height that goes with its width."""
        width = option.rect.width()
        return QSize(width, cell_height(width))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        photo_id, state, font = index.data(Role.PHOTO_ID), option.state & _SHOWN_STATES, option.font
        group: GroupFacts = index.data(Role.GROUP)
        decision: Decision = index.data(Role.DECISION)
        side = round(picture_side(option.rect.width()) * pixel_ratio(painter))
        pixmap = self.thumbnails.pixmap(photo_id, side)
        facts = (
            photo_id,
            state.value,
            group,
            (decision.flag, decision.rating, decision.label),
            index.data(Role.MEASURES),
            index.data(Role.ASPECT),
            pixmap.cacheKey() if pixmap is not None else self.thumbnails.failed(photo_id),
            self.thumbnails.is_preview(photo_id),
        )
        self._cells.paint(
            painter,
            option.rect,
            facts,
            self.ground,
            lambda inner, rect: self._paint_cell(inner, rect, index, font, state, pixmap),
        )

    def _paint_cell(
        self,
        painter: QPainter,
        rect: QRect,
        index: Index,
        font: QFont,
        state: QStyle.StateFlag,
        pixmap: QPixmap | None,
    ) -> None:
        group: GroupFacts = index.data(Role.GROUP)
        decision: Decision = index.data(Role.DECISION)
        layout = cell_layout(rect)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.setFont(chip_font(font, rect.width()))
        if group.spread:
            self._paint_band(painter, layout, group)
        self._paint_ground(painter, layout, state)
        place = picture_place(layout, stacked=group.stacked)
        picture = self._paint_picture(painter, place, index, pixmap)
        if decision.flag is Flag.PICK:
            _paint_frame(painter, picture, self.theme.pick)
        if decision.label not in (None, Label.NONE):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(LABEL_COLOURS[decision.label])
            painter.drawRoundedRect(layout.strip, 1.5, 1.5)
        room, chip, small = corners(place, picture, layout.chip), layout.chip, layout.small
        decided = decision.flag in (Flag.PICK, Flag.REJECT)  # then the word has done its work
        paint_advice(painter, room, chip, group.advice, ON_PHOTO, wordless=small or decided)
        paint_stack_chip(painter, stack_chip_rect(room, chip, group, painter.font()), group, ON_PHOTO)
        narrow = small or picture.width() < picture.height()
        paint_decision(painter, room, chip, decision, ON_PHOTO, narrow=narrow)
        self._paint_caption(painter, layout, index, font)
        if state & _STATE.State_HasFocus:
            _paint_ring(painter, layout.box, self.theme.active, _RING)
        painter.restore()

    def _paint_ground(self, painter: QPainter, layout: CellLayout, state: QStyle.StateFlag) -> None:
        """Paint the ground: a selected cell is lifted and outlined.

        The active one is lifted as well, and gets its ring last.
        """
        if not state & (_STATE.State_Selected | _STATE.State_HasFocus):
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.raised)
        painter.drawRoundedRect(layout.box, _ROUND, _ROUND)
        if not state & _STATE.State_HasFocus:
            _paint_ring(painter, layout.box, self.theme.text_dim, 1.0)

    def _paint_band(self, painter: QPainter, layout: CellLayout, group: GroupFacts) -> None:
        """Paint the ground that opened frames of a group share, with a bracket over it, open where it goes on."""
        slot = QRectF(layout.slot)
        inset = layout.box.left() - layout.slot.left() - 0.5
        band = slot.adjusted(inset if group.starts else 0, inset, -inset if group.ends else 0, -inset)
        ground = QPainterPath()
        ground.addRoundedRect(band, _ROUND, _ROUND)
        if not group.starts:
            ground.addRect(QRectF(band.left(), band.top(), band.width() / 2, band.height()))
        if not group.ends:
            ground.addRect(QRectF(band.center().x(), band.top(), band.width() / 2, band.height()))
        ground.setFillRule(Qt.FillRule.WindingFill)
        painter.fillPath(ground, self.theme.surface)
        line = QPainterPath(QPointF(band.left(), band.top() + _ROUND if group.starts else band.top()))
        if group.starts:
            line.quadTo(band.topLeft(), QPointF(band.left() + _ROUND, band.top()))
        line.lineTo(band.right() - (_ROUND if group.ends else 0), band.top())
        if group.ends:
            line.quadTo(band.topRight(), QPointF(band.right(), band.top() + _ROUND))
        painter.strokePath(line, QPen(self.theme.faint, 1.5))

    def _paint_picture(self, painter: QPainter, place: QRect, index: Index, pixmap: QPixmap | None) -> QRect:
        """Paint the picture into its place, or a grey sheet of its shape; return where it is."""
        group: GroupFacts = index.data(Role.GROUP)
        decision: Decision = index.data(Role.DECISION)
        source = self._part_shown(index, pixmap)
        target = _within(place, source)
        if group.stacked:
            self._paint_sheets(painter, target)
        if pixmap is None:
            painter.fillRect(target, self.theme.raised)
            if self.thumbnails.failed(index.data(Role.PHOTO_ID)):
                size = min(_MISSING_SIDE, place.height() * 0.3)
                mark = QRectF(0, 0, size, size)
                mark.moveCenter(QRectF(target).center())
                is_film = index.data(Role.MEASURES).film
                glyph = badges.film if is_film else badges.missing
                badges.paint_glyph(painter, glyph, mark, self.theme.text_dim, filled=is_film)
            return target
        if decision.flag is Flag.REJECT:
            painter.fillRect(target, self.theme.window)
            painter.setOpacity(_REJECTED_OPACITY)
        painter.drawPixmap(QRectF(target), pixmap, source)
        painter.setOpacity(1.0)
        return target

    def _part_shown(self, index: Index, pixmap: QPixmap | None) -> QRectF:
        """Return which part of the pixmap is picture; before there is one, of its aspect, so that nothing jumps."""
        known: float | None = index.data(Role.ASPECT)
        if pixmap is None:
            return QRectF(0, 0, known or _USUAL_ASPECT, 1)
        if known and self.thumbnails.is_preview(index.data(Role.PHOTO_ID)):
            return unbarred(pixmap.width(), pixmap.height(), known)
        return QRectF(pixmap.rect())

    def _paint_sheets(self, painter: QPainter, target: QRect) -> None:
        """Paint two sheets looking out behind the picture of a closed group."""
        for step, colour in ((2, self.theme.outline), (1, self.theme.hover)):
            painter.fillRect(target.translated(step * STACK_STEP, -step * STACK_STEP), colour)
            nearer = target.translated((step - 1) * STACK_STEP, (1 - step) * STACK_STEP)
            painter.fillRect(nearer.adjusted(0, -1, 1, 0), self.theme.window)

    def _paint_caption(self, painter: QPainter, layout: CellLayout, index: Index, font: QFont) -> None:
        """Paint the label's shape and the file name on the left where there is room, badges on the right."""
        facts: MeasureFacts = index.data(Role.MEASURES)
        label = index.data(Role.DECISION).label
        text_font = QFont(font)
        text_font.setPixelSize(scaled(10 if layout.small else 11))
        painter.setFont(text_font)
        metrics = QFontMetricsF(text_font)
        side = float(scaled(11 if layout.small else 13))
        left, right = layout.caption.left(), layout.caption.right() + 1.0
        middle = layout.caption.top() + layout.caption.height() / 2
        title = str(index.data(Qt.ItemDataRole.DisplayRole))
        stem = PurePath(title).stem
        if label in LABEL_COLOURS:
            paint_label(painter, label, QRectF(left, round(middle - side / 2), side, side))
            left += round(side * 1.4)
        for badge in reversed(badges.badges_for(facts, room_for_all=not layout.small)):
            width = badges.badge_width(badge, side, metrics)
            if right - width < left:
                break
            if badge.glyph is badges.tag and right - width - side * 0.6 - left < metrics.horizontalAdvance(
                stem
            ):
                break  # what is to be seen anyway gives way to the name
            box = QRectF(right - width, round(middle - side / 2), width, side)
            badges.paint_badge(painter, badge, box, self.theme)
            right -= width + side * 0.6
        room = int(right - left)
        if layout.small or room < 3 * side:
            return
        name = name_in(title, QFontMetrics(text_font), room)
        painter.setPen(self.theme.text_dim)
        words = layout.caption.adjusted(left - layout.caption.left(), 0, 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)


def name_in(name: str, metrics: QFontMetrics, room: int) -> str:
    """Return as much of a file's name as there is room for: first the suffix goes, then the beginning.

    What tells the frames of a shoot apart is the number, which stands at the end.
    """
    if metrics.horizontalAdvance(name) < room:
        return name
    return metrics.elidedText(PurePath(name).stem, Qt.TextElideMode.ElideLeft, room)


def _within(place: QRect, source: QRectF) -> QRect:
    """Return where a picture goes in the place for it."""
    return fitted(source.width() / source.height(), place)


def chip_font(font: QFont, width: int) -> QFont:
    """Return the font of the chips in a cell of a width."""
    chips = QFont(font)
    chips.setPixelSize(scaled(10 if width < 140 else 11 if width < 240 else 12))
    chips.setWeight(QFont.Weight.DemiBold)
    return chips


def _paint_frame(painter: QPainter, picture: QRect, colour: QColor) -> None:
    """Paint a solid frame round the picture; seen from across the room."""
    half = _RING / 2
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(colour, _RING)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    painter.setPen(pen)
    painter.drawRect(QRectF(picture).adjusted(-half, -half, half, half))


def _paint_ring(painter: QPainter, box: QRect, colour: QColor, width: float) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(colour, width))
    half = width / 2
    painter.drawRoundedRect(QRectF(box).adjusted(half, half, -half, -half), _ROUND, _ROUND)
