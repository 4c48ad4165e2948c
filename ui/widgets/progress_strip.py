"""The strip that tells how far the analysis is, and what came of it. Always the same height."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from core.language import mark, ntr, tr
from core.pipeline.events import Finished, Progress, Stage
from ui.theme import DARK, SPACING, Theme
from ui.widgets.style import button_style, css, link_style

_BAR = 3  # logical pixels

_STAGES = {
    Stage.SCAN: mark("Looking for photos"),
    Stage.METADATA: mark("Reading dates"),
    Stage.ANALYSIS: mark("Measuring photos"),
    Stage.GROUPING: mark("Grouping"),
}


def time_left(seconds: float) -> str:
    """A duration in words no more exact than the guess is."""
    if seconds < 5:
        return tr("a few seconds left")
    if seconds < 55:
        return tr("about {seconds} seconds left").format(seconds=max(10, round(seconds / 10) * 10))
    minutes = round(seconds / 60)
    if minutes < 60:
        return (
            tr("about a minute left")
            if minutes <= 1
            else tr("about {minutes} minutes left").format(minutes=minutes)
        )
    return tr("about {hours} h {minutes} min left").format(hours=minutes // 60, minutes=minutes % 60)


def progress_words(progress: Progress) -> str:
    """Stage, how many of how many, how fast, how long still; what is not known is left out."""
    parts = [tr(_STAGES[progress.stage])]
    if progress.total:
        parts.append(tr("{done:,} of {total:,}").format(done=progress.done, total=progress.total))
    elif progress.done:
        parts.append(tr("{done:,} so far").format(done=progress.done))
    if progress.rate > 0:
        parts.append(tr("{rate:.1f} photos/s").format(rate=progress.rate))
    if progress.seconds_left is not None and progress.done < progress.total:
        parts.append(time_left(progress.seconds_left))
    return "  ·  ".join(parts)


def finished_words(finished: Finished, groups: int) -> str:
    """The run in one line, without its problems."""
    photos = ntr("{count:,} photo", "{count:,} photos", finished.photos).format(count=finished.photos)
    grouped = ntr("{count:,} group", "{count:,} groups", groups).format(count=groups)
    seconds = f"{finished.seconds:.1f} s" if finished.seconds < 60 else f"{finished.seconds / 60:.1f} min"
    parts = [photos, grouped, seconds]
    if finished.cancelled:
        parts.insert(0, tr("Stopped early"))
    return "  ·  ".join(parts)


def left_words(undecided: int, open_bursts: int) -> str:
    """What is left to do, such as "34 bursts open  ·  141 photos undecided"."""
    if not undecided and not open_bursts:
        return tr("Everything is decided")
    bursts = ntr("{count:,} burst open", "{count:,} bursts open", open_bursts).format(count=open_bursts)
    photos = ntr("{count:,} photo undecided", "{count:,} photos undecided", undecided).format(count=undecided)
    return f"{bursts}  ·  {photos}" if open_bursts else photos


class ProgressStrip(QWidget):
    """What is left to decide, and how far the analysis is: one line of words under a thin bar.

    With Cancel while a run goes on, and a link to the problems.
    """

    cancel_requested = Signal()
    problems_requested = Signal()

    def __init__(self, theme: Theme = DARK, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._share: float | None = None
        self._text = ""
        self._left = QLabel()
        self._left.setAccessibleName(tr("Left to decide"))
        self._words = QLabel()
        self._words.setStyleSheet(f"color: {css(theme.text_dim)};")
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._problems = QPushButton()
        self._problems.setStyleSheet(link_style(theme))
        self._problems.clicked.connect(self.problems_requested)
        self._cancel = QPushButton(tr("Cancel"))
        self._cancel.setStyleSheet(button_style(theme))
        self._cancel.clicked.connect(self._cancelled)
        for button in (self._problems, self._cancel):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click must not take the keys from the photos
            policy = button.sizePolicy()
            policy.setRetainSizeWhenHidden(button is self._cancel)
            button.setSizePolicy(policy)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * SPACING, _BAR + SPACING // 2, 2 * SPACING, SPACING // 2)
        layout.setSpacing(3 * SPACING)
        layout.addWidget(self._left)
        layout.addWidget(self._words, 1)
        layout.addWidget(self._problems)
        layout.addWidget(self._cancel)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.reset()

    def show_progress(self, progress: Progress) -> None:
        """Shows a run under way; once Cancel was pressed, only that it is stopping."""
        if not self._cancel.isEnabled():
            return
        self._share = progress.done / progress.total if progress.total else 0.0
        self._cancel.show()
        self._say(progress_words(progress))

    def show_finished(self, finished: Finished, groups: int) -> None:
        """Shows a run that is over.

        Args:
            finished: the run.
            groups: how many bursts and brackets there are.
        """
        self._end_run()
        self._say(finished_words(finished, groups))
        self.set_problems(finished.failed)

    def set_left(self, undecided: int, open_bursts: int) -> None:
        """Shows how many photos and bursts wait for a decision."""
        self._left.setText(left_words(undecided, open_bursts))

    def set_problems(self, count: int) -> None:
        """Shows how many files cannot be used; the number is a button that asks for the list."""
        self._problems.setText(ntr("{count:,} problem", "{count:,} problems", count).format(count=count))
        self._problems.setVisible(count > 0)

    def reset(self) -> None:
        """Shows an empty strip of the same height, ready for another run."""
        self._end_run()
        self._problems.hide()
        self._left.clear()
        self._say("")

    def text(self) -> str:
        """The words shown, not elided."""
        return self._text

    def sizeHint(self) -> QSize:
        """The height with all its buttons, whether they show or not."""
        return QSize(480, self._cancel.sizeHint().height() + SPACING + _BAR)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The bar along the upper edge."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.surface)
        if self._share is not None:
            painter.fillRect(QRectF(0, 0, self.width(), _BAR), self._theme.outline)
            painter.fillRect(QRectF(0, 0, self.width() * self._share, _BAR), self._theme.suggestion)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Elides the words anew."""
        super().resizeEvent(event)
        self._elide()

    def _end_run(self) -> None:
        self._share = None
        self._cancel.hide()
        self._cancel.setEnabled(True)

    def _cancelled(self) -> None:
        self._cancel.setEnabled(False)
        self._say(tr("Stopping…"))
        self.cancel_requested.emit()

    def _say(self, text: str) -> None:
        self._text = text
        self._words.setAccessibleName(text)
        self._elide()
        self.update()

    def _elide(self) -> None:
        metrics = QFontMetrics(self._words.font())
        self._words.setText(
            metrics.elidedText(self._text, Qt.TextElideMode.ElideRight, max(0, self._words.width()))
        )
