"""The clocks of several cameras: how far each is from the first one's, what speaks for it, and which is to count."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from core.grouping.clock_words import read_typed, span, typed
from core.language import mark, tr
from ui.dialogs.foot import foot
from ui.text_size import scaled
from ui.theme import DARK, SPACING, Theme
from ui.widgets.dialog_column import dialog_column, keep_width
from ui.widgets.note import Note
from ui.widgets.style import field_style, form_style
from ui.widgets.tick_box import TickBox

_DAY = 86_400
_HOW = mark(
    "Days, hours, minutes, seconds: +1:03:12 is ahead, −4018 d 0:00:05 is behind. Or the date and time at which its "
    "first photo was really taken."
)


@dataclass(frozen=True, slots=True)
class CameraClock:
    """One line of the dialog.

    Attributes:
        camera: as ``core.types.Photo.camera``.
        name: for people.
        ahead: seconds by which its clock is ahead of the first camera's; None where it is not to be compared.
        note: what speaks for it, "" for nothing.
        first: what it showed at its first photo, None where that is not known.
    """

    camera: str
    name: str
    ahead: float | None
    note: str
    first: datetime | None = None


class ClocksDialog(QDialog):
    """Sets clocks against that of the first camera; files keep the times the cameras wrote.

    Args:
        clocks: two or more, the one that stays as it is first.
        parent: the window.
        theme: colours.
    """

    chosen = Signal(object)  # dict of camera to seconds ahead, None where it is left alone

    def __init__(
        self, clocks: Sequence[CameraClock], parent: QWidget | None = None, theme: Theme = DARK
    ) -> None:
        super().__init__(parent)
        self._first = clocks[0]
        self._rows: dict[str, _Row] = {}
        self._theme = theme
        self.setWindowTitle(tr("Camera clocks"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        question = QLabel(
            tr("By how much is each clock ahead of that of {camera}?").format(camera=self._first.name),
            wordWrap=True,
        )
        font = question.font()
        font.setBold(True)
        question.setFont(font)
        note = Note(
            theme,
            tr(
                "Cameras with a tick share one timeline and are grouped together. Only Shortlist uses these times: "
                "files and exports keep what the camera wrote."
            ),
        )
        self._use = QPushButton(tr("Use these times"))
        layout = dialog_column(self)
        layout.addWidget(question)
        layout.addLayout(self._lines(clocks[1:]))
        layout.addWidget(note)
        layout.addLayout(foot(self, tr("Cancel"), self._use))
        self.setStyleSheet(form_style(theme) + field_style(theme))
        keep_width(self, 88 * SPACING)
        self.accepted.connect(lambda: self.chosen.emit(self.answer()))
        self._check()

    def answer(self) -> dict[str, float | None]:
        """Return by camera the seconds ahead of the first one, itself 0; None where the clock is left alone."""
        answer: dict[str, float | None] = {self._first.camera: 0.0}
        answer.update((camera, row.ahead) for camera, row in self._rows.items())
        return answer

    def _lines(self, clocks: Sequence[CameraClock]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * SPACING)
        grid.setVerticalSpacing(SPACING)
        grid.setColumnStretch(2, 1)
        for number, clock in enumerate(clocks):
            row = _Row(clock, self._theme)
            row.changed.connect(self._check)
            self._rows[clock.camera] = row
            for column, widget in enumerate((row.compared, row.field, row.meaning)):
                grid.addWidget(widget, number, column)
        return grid

    def _check(self) -> None:
        """Allow nothing to be used while a field cannot be read."""
        self._use.setEnabled(all(row.is_readable for row in self._rows.values()))


class _Row(QObject):
    """One camera: whether it is compared, by how much it is ahead, and that in words."""

    changed = Signal()

    def __init__(self, clock: CameraClock, theme: Theme) -> None:
        super().__init__()
        self._clock = clock
        self.compared = TickBox(clock.name)
        self.compared.setChecked(clock.ahead is not None)
        self.compared.setToolTip(tr("Without the tick its times are compared with its own only."))
        self.field = QLineEdit(typed(clock.ahead or 0.0))
        self.field.setFixedWidth(scaled(20 * SPACING))
        self.field.setToolTip(tr(_HOW))
        self.field.setAccessibleName(tr("By how much {camera} is ahead").format(camera=clock.name))
        self.meaning = Note(theme)
        self.compared.toggled.connect(self._say)
        self.field.textChanged.connect(self._say)
        self._say()

    @property
    def ahead(self) -> float | None:
        """The seconds by which it is ahead; None where it is left alone."""
        typed_in = read_typed(self.field.text(), self._clock.first)
        return typed_in if self.compared.isChecked() else None

    @property
    def is_readable(self) -> bool:
        """Whether what is written can be used."""
        return not self.compared.isChecked() or self.ahead is not None

    def _say(self) -> None:
        self.field.setEnabled(self.compared.isChecked())
        self.meaning.setText(_meaning(self.compared.isChecked(), self.ahead, self._clock))
        self.changed.emit()


def _meaning(compared: bool, ahead: float | None, clock: CameraClock) -> str:
    if not compared:
        return tr("left alone: not compared with other cameras")
    if ahead is None:
        return tr("write +1:03:12, −11 years, or when its first photo was taken: 2020-05-06 14:00")
    seconds = round(abs(ahead))
    if not seconds:
        words = tr("the clocks agree")
    else:
        words = (tr("{time} ahead") if ahead > 0 else tr("{time} behind")).format(time=span(seconds))
    if clock.first is not None and seconds >= _DAY:
        written, really = (f"{time:%Y-%m-%d %H:%M}" for time in (clock.first, _moved(clock.first, -ahead)))
        words += " · " + tr("its first photo, {written}, counts as {really}").format(
            written=written, really=really
        )
    return f"{words} · {clock.note}" if clock.note else words


def _moved(time: datetime, seconds: float) -> datetime:
    try:
        return time + timedelta(seconds=seconds)
    except OverflowError:  # a broken clock near the end of the calendar, which is left as it is
        return time
