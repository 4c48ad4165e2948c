"""Two frames term by term: how good each is in it as bars, and by how much that puts one ahead."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from core.language import tr
from core.ranking.argument_words import points_words
from core.ranking.arguments import Argument, TermsPart
from core.ranking.terms.table import TERMS
from ui.painting import painter_on
from ui.theme import DARK, SPACING, Theme

ALIKE = "="

_BAR_HEIGHT = 5  # logical pixels of either bar
_WORTH_SHOWING = 0.005  # points under which frames are alike in a term, where more than that decides
_TOUCH = 6  # logical pixels of the mark beside the chosen row


class ArgumentTable(QWidget):
    """A row a term, of which one is chosen: with ↑ and ↓, or a click. ← and → step through the people in it.

    Args:
        argument: what to show; terms that cannot be told in this burst are left out.
        theme: colours.
        parent: the dialog it is in.
    """

    SPOKEN_AS = QAccessible.Role.Chart

    chosen = Signal(int)  # row
    stepped = Signal(int)  # people to go on by

    def __init__(self, argument: Argument, theme: Theme = DARK, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.parts = [part for part in argument.parts if part.value is not None]
        self._theme = theme
        self._worth = min(_WORTH_SHOWING, max((abs(part.points) for part in self.parts), default=0.0) / 4)
        self._row = self._first(argument.decided)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Term by term"))
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)  # as it is painted
        self._describe()

    @property
    def row(self) -> int:
        """The chosen row."""
        return self._row

    def row_words(self, row: int) -> str:
        """Say a row as it would be read out, such as "eyes: 62 % against 91 %, −.12"."""
        part = self.parts[row]
        words = tr("{term}: {one} % against {other} %").format(
            term=tr(TERMS[part.term].words.name),
            one=round(100 * (part.value or 0.0)),
            other=round(100 * (part.other_value or 0.0)),
        )
        return f"{words}, {self._signed(part.points)}"

    def choose(self, row: int) -> None:
        """Choose a row; there is nothing beyond the first and the last."""
        row = max(0, min(row, len(self.parts) - 1))
        if row != self._row:
            self._row = row
            self._describe()
            self.update()
            self.chosen.emit(row)

    def row_rect(self, row: int) -> QRect:
        """Return where a row is."""
        return QRect(0, row * self._row_height(), self.width(), self._row_height())

    def sizeHint(self) -> QSize:
        """Return room for all rows."""
        return QSize(44 * SPACING, len(self.parts) * self._row_height())

    def minimumSizeHint(self) -> QSize:
        """Return the same height in less width."""
        return QSize(32 * SPACING, self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the row above or below, or step through the people."""
        match event.key():
            case Qt.Key.Key_Up:
                self.choose(self._row - 1)
            case Qt.Key.Key_Down:
                self.choose(self._row + 1)
            case Qt.Key.Key_Left:
                self.stepped.emit(-1)
            case Qt.Key.Key_Right:
                self.stepped.emit(1)
            case _:
                super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the row under the pointer."""
        self.choose(int(event.position().y() // self._row_height()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the rows."""
        painter = painter_on(self)
        for row, part in enumerate(self.parts):
            self._paint_row(painter, part, row)

    def _paint_row(self, painter: QPainter, part: TermsPart, row: int) -> None:
        metrics = self.fontMetrics()
        area = QRectF(self.row_rect(row))
        if row == self._row:
            painter.fillRect(area, self._theme.raised)
            painter.fillRect(QRectF(0, area.top(), _TOUCH / 2, area.height()), self._theme.suggestion)
            if self.hasFocus():
                ring = self._theme.ring
                painter.setPen(QPen(self._theme.suggestion, ring, j=Qt.PenJoinStyle.MiterJoin))
                painter.drawRect(area.adjusted(ring / 2, ring / 2, -ring / 2, -ring / 2))
        line = QRectF(area).adjusted(_TOUCH + SPACING // 2, SPACING // 2, -SPACING, 0)
        line.setHeight(metrics.height())
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        alike = self._signed(part.points) == ALIKE
        painter.setPen(QPen(self._theme.text_dim if alike else self._theme.text))
        words = TERMS[part.term].words
        painter.drawText(
            line, Qt.AlignmentFlag.AlignVCenter, tr(words.title) if words.title else tr(words.name)
        )
        painter.drawText(line, right, self._signed(part.points))
        top = line.bottom() + SPACING // 2
        for value, colour in ((part.value, self._theme.active), (part.other_value, self._theme.suggestion)):
            bar = QRectF(line.left(), top, line.width(), _BAR_HEIGHT)
            painter.fillRect(bar, self._theme.outline)
            filled = QRectF(bar.topLeft(), bar.bottomRight() - QPointF((1 - (value or 0.0)) * bar.width(), 0))
            painter.fillRect(filled, colour)
            top += _BAR_HEIGHT + 2

    def _signed(self, points: float) -> str:
        return ALIKE if abs(points) < self._worth else signed(points)

    def _row_height(self) -> int:
        return self.fontMetrics().height() + 2 * _BAR_HEIGHT + 2 + 2 * SPACING

    def _first(self, decided: Sequence[TermsPart]) -> int:
        """Return the row of what decided."""
        return next((row for row, part in enumerate(self.parts) if decided and part is decided[0]), 0)

    def _describe(self) -> None:
        self.setAccessibleDescription(self.row_words(self._row) if self.parts else "")


def signed(points: float) -> str:
    """Write by how much a frame is ahead, such as "+.04" or "−.04"; ``ALIKE`` where it is as good."""
    if not points:
        return ALIKE
    return f"{'+' if points > 0 else '−'}{points_words(points)}"
