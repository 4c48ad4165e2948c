"""The grid's scroll bar as a timeline: the hours of the shoot along its length, and where the screen is."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QScrollBar, QWidget

from core.language import tr
from ui.grid.sections import Section, month_and_year, short_day
from ui.marks.plates import fitting
from ui.painting import painter_on
from ui.text_size import scaled
from ui.theme import DARK, SPACING, Theme

_LEAST_HANDLE = 3 * SPACING  # logical pixels: large enough to hit
_TRACK = 4
_HERE = 3  # height of the mark of the active photo


@dataclass(frozen=True, slots=True)
class Mark:
    """A time along the content.

    Attributes:
        share: of the content's height above it, 0 to 1.
        text: the hour, the day where another one begins, or month and year where another year does.
        day: another day begins here.
        year: another year, in a shoot of several.
    """

    share: float
    text: str
    day: bool
    year: bool = False


def timeline_width() -> int:
    """Return the width of a day's or an hour's text with the handle, in logical pixels."""
    return scaled(8 * SPACING)


def marks_of(sections: Sequence[Section], tops: Sequence[float]) -> tuple[Mark, ...]:
    """Return one mark where an hour begins, one where a day does, and one where a year does in a shoot of several.

    Args:
        sections: in order; those without a time have no mark.
        tops: where each begins, as a share of the content's height.
    """
    marks: list[Mark] = []
    last = None
    several_years = len({section.starts_at.year for section in sections if section.starts_at}) > 1
    for section, top in zip(sections, tops, strict=True):
        start = section.starts_at
        if start is None:
            continue
        if several_years and (last is None or start.year != last.year):
            marks.append(Mark(top, month_and_year(start.date()), day=True, year=True))
        elif last is not None and start.date() != last.date():
            marks.append(Mark(top, short_day(start.date()), day=True))
        elif last is None or start.hour != last.hour:
            marks.append(Mark(top, f"{start.hour:02}:00", day=False))
        last = start
    return tuple(marks)


class Timeline(QWidget):
    """Stands in for a scroll bar it moves: a click jumps, a drag scrolls, the wheel does what it does there.

    Args:
        bar: the scroll bar, in pixels of the content.
        parent: the view.
    """

    SPOKEN_AS = QAccessible.Role.ScrollBar

    def __init__(self, bar: QScrollBar, parent: QWidget) -> None:
        super().__init__(parent)
        self._bar = bar
        self._theme = DARK
        self._marks: tuple[Mark, ...] = ()
        self._here: float | None = None
        self._grabbed: float | None = None  # pixels of the handle above the pointer
        bar.valueChanged.connect(self._repaint)
        bar.rangeChanged.connect(self._repaint)
        self.setFixedWidth(timeline_width())
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(tr("Timeline"))
        self.setToolTip(tr("A click jumps to that time of the shoot"))

    def set_theme(self, theme: Theme) -> None:
        """Take other colours."""
        self._theme = theme
        self.update()

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """Show other times."""
        self._marks = tuple(marks)
        self.update()

    def set_here(self, share: float | None) -> None:
        """Show where the active photo is, as a share of the content's height; None where there is none."""
        if share != self._here:
            self._here = share
            self.update()

    def here(self) -> QRectF:
        """Return the mark of the active photo; empty where there is none."""
        if self._here is None:
            return QRectF()
        handle = self.handle()
        middle = min(max(_HERE, self._here * self.height()), self.height() - _HERE)
        return QRectF(handle.left() - _HERE, middle - _HERE / 2, handle.width() + 2 * _HERE, _HERE)

    def marks(self) -> Sequence[Mark]:
        """Return the times shown."""
        return self._marks

    def handle(self) -> QRectF:
        """Return what of the content is on screen."""
        content = self._content()
        height = max(_LEAST_HANDLE, self.height() * self._bar.pageStep() / content)
        room = max(0.0, self.height() - height)
        top = room * self._bar.value() / self._bar.maximum() if self._bar.maximum() else 0.0
        return QRectF(self.width() - _TRACK - SPACING // 2, top, _TRACK, min(height, self.height()))

    def sizeHint(self) -> QSize:
        """Return the width of an hour's text."""
        return QSize(self.width(), 20 * SPACING)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Grab the handle, or jump to the time under the pointer."""
        handle, y = self.handle(), event.position().y()
        if not handle.top() <= y <= handle.bottom():
            self._bar.setValue(round(y / self.height() * self._content() - SPACING))
            handle = self.handle()
        self._grabbed = y - handle.top()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Scroll as the handle is dragged."""
        room = self.height() - self.handle().height()
        if self._grabbed is not None and room > 0:
            self._bar.setValue(round((event.position().y() - self._grabbed) / room * self._bar.maximum()))

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let the handle go."""
        self._grabbed = None

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll."""
        QApplication.sendEvent(self._bar, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint hours as far as they do not touch each other, years and days before hours, and the handle."""
        painter = painter_on(self)
        painter.fillRect(self.rect(), self._theme.window)
        font = self.font()
        font.setPixelSize(scaled(11))
        painter.setFont(font)
        line = QFontMetrics(font).height()
        for mark, top in self._places(line):
            painter.setPen(self._theme.text if mark.day else self._theme.text_dim)
            words = QRectF(0, top, self.handle().left() - SPACING // 2, line)
            painter.setFont(fitting(font, mark.text, words.width()))
            painter.drawText(words, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, mark.text)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.faint if self._bar.maximum() else self._theme.window)
        painter.drawRoundedRect(self.handle(), _TRACK / 2, _TRACK / 2)
        painter.setBrush(self._theme.active)
        painter.drawRoundedRect(self.here(), _HERE / 2, _HERE / 2)

    def _repaint(self) -> None:
        self.update()

    def _content(self) -> int:
        return max(1, self._bar.maximum() + self._bar.pageStep())

    def _places(self, line: int) -> list[tuple[Mark, float]]:
        """Return where the marks are written; years push days aside, and days hours."""
        taken: list[tuple[Mark, float]] = []
        for mark in sorted(self._marks, key=lambda mark: (not mark.year, not mark.day)):
            top = max(SPACING // 2, min(mark.share * self.height(), self.height() - line))
            if all(abs(top - other) >= line for _, other in taken):
                taken.append((mark, top))
        return taken


def place_beside(timeline: Timeline, view: QWidget) -> None:
    """Put the timeline at the right edge of its view, in whose margin it stands."""
    timeline.move(QPoint(view.width() - timeline_width(), 0))
    timeline.resize(timeline_width(), view.height())
