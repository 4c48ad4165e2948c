"""What came of the shoot, on one quiet page: the numbers, and a bar for each hour."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QBrush, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from core.language import ntr, numeral, tr
from core.moments import moment_in_figures, time_in_figures
from core.review.summary import Outcome, Summary
from ui.dialogs.foot import foot
from ui.theme import DARK, SPACING, Theme
from ui.widgets.dialog_column import dialog_column
from ui.widgets.note import Note
from ui.widgets.sized_dialog import SizedDialog
from ui.widgets.style import css, form_style


class SummaryDialog(SizedDialog):
    """Shows a summary; from here it goes on to the export.

    Args:
        summary: what to show.
        title: of the shoot.
        parent: the window.
        theme: colours.
    """

    export_requested = Signal()

    def __init__(
        self, summary: Summary, title: str, parent: QWidget | None = None, theme: Theme = DARK
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Summary of {shoot}").format(shoot=title))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self._theme = theme
        layout = dialog_column(self)
        layout.addLayout(self._numbers(summary.tally))
        pace = Note(theme, pace_words(summary))
        layout.addWidget(pace)
        layout.addWidget(self._hours(summary.hours), 1)
        layout.addLayout(foot(self, tr("Close"), QPushButton(tr("Export…"))))
        self.accepted.connect(self.export_requested)
        self.setStyleSheet(
            form_style(theme)
            + f"_Hours {{ border: {theme.ring}px solid transparent; }}"
            + f"_Hours:focus {{ border: {theme.ring}px solid {css(theme.suggestion)}; }}"
        )
        rows = min(12, len(summary.hours))
        self.open_at(QSize(72 * SPACING, (27 + 3 * rows) * SPACING))

    def _numbers(self, tally: Outcome) -> QHBoxLayout:
        row = QHBoxLayout()
        for count, word, colour in (
            (tally.kept, tr("kept"), self._theme.pick),
            (tally.rejected, tr("rejected"), self._theme.reject),
            (tally.undecided, tr("undecided"), self._theme.text_dim),
        ):
            number, named = QLabel(numeral(count)), Note(self._theme, word, wraps=False)
            font = number.font()
            font.setPointSizeF(font.pointSizeF() * 2.4)
            number.setFont(font)
            number.setStyleSheet(f"color: {css(colour)};")
            number.setAccessibleName(f"{numeral(count)} {word}")
            column = QVBoxLayout()
            column.setSpacing(0)
            column.addWidget(number)
            column.addWidget(named)
            row.addLayout(column, 1)
        return row

    def _hours(self, hours: Sequence[tuple[datetime, Outcome]]) -> QScrollArea:
        rows = QWidget()
        grid = QGridLayout(rows)
        grid.setContentsMargins(SPACING // 2, SPACING // 2, SPACING, SPACING // 2)
        grid.setHorizontalSpacing(2 * SPACING)
        grid.setVerticalSpacing(SPACING // 2)
        grid.setColumnStretch(1, 1)
        several_days = len({hour.date() for hour, _ in hours}) > 1
        most = max((tally.total for _, tally in hours), default=1)
        for row, (hour, tally) in enumerate(hours):
            when = Note(
                self._theme, (moment_in_figures if several_days else time_in_figures)(hour), wraps=False
            )
            count = QLabel(f"{numeral(tally.kept)} / {numeral(tally.total)}")
            count.setAlignment(Qt.AlignmentFlag.AlignRight)
            count.setToolTip(tr("kept of all"))
            grid.addWidget(when, row, 0)
            grid.addWidget(TallyBar(tally, most, self._theme), row, 1)
            grid.addWidget(count, row, 2)
        grid.setRowStretch(len(hours), 1)
        area = _Hours()
        area.setWidget(rows)
        area.setWidgetResizable(True)
        area.setAccessibleName(tr("By the hour of the shoot"))
        return area


class _Hours(QScrollArea):
    """Scrolled by the keys of arrows and pages."""

    SPOKEN_AS = QAccessible.Role.Chart


class TallyBar(QWidget):
    """One hour: kept, rejected and undecided side by side, as long as the hour had photos.

    Args:
        tally: of the hour.
        most: photos of the fullest hour, whose bar takes all the room.
        theme: colours.
    """

    SPOKEN_AS = QAccessible.Role.Graphic

    def __init__(self, tally: Outcome, most: int, theme: Theme) -> None:
        super().__init__()
        self._tally = tally
        self._most = most
        self._theme = theme
        self.setMinimumHeight(2 * SPACING)
        words = tr("{kept} kept, {rejected} rejected, {undecided} undecided")
        self.setToolTip(words.format(kept=tally.kept, rejected=tally.rejected, undecided=tally.undecided))
        self.setAccessibleName(self.toolTip())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the three stretches."""
        painter = QPainter(self)
        unit = self.width() / max(1, self._most)
        top, height = (self.height() - SPACING) / 2, SPACING
        left = 0.0
        for count, colour in (
            (self._tally.kept, self._theme.pick),
            (self._tally.rejected, self._theme.reject),
            (self._tally.undecided, self._theme.faint),
        ):
            stretch = QRectF(left, top, count * unit, height)
            painter.fillRect(stretch, colour)
            if colour is self._theme.reject:  # told from what is kept without its colour, too
                painter.fillRect(stretch, QBrush(self._theme.window, Qt.BrushStyle.BDiagPattern))
            left += count * unit


def pace_words(summary: Summary) -> str:
    """Say how long it took, such as "400 photos, 24 minutes of deciding: 17 a minute."."""
    total, decided = summary.tally.total, summary.tally.kept + summary.tally.rejected
    photos = ntr("{count} photo", "{count} photos", total).format(count=numeral(total))
    if summary.minutes < 1:
        return tr("{photos}, less than a minute of deciding.").format(photos=photos)
    minutes = round(summary.minutes)
    spent = ntr("{count} minute of deciding", "{count} minutes of deciding", minutes).format(count=minutes)
    pace = round(decided / summary.minutes)
    if pace < 1:
        return f"{photos}, {spent}."
    return tr("{photos}, {spent}: {pace} a minute.").format(photos=photos, spent=spent, pace=pace)
