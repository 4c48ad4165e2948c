"""The foot of the window: how far the analysis is and what came of it, or a message in the place of these words."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from core.language import mark, ntr, numeral, tr
from core.pipeline.events import Finished, Progress, Stage
from core.shoot.tally import Tally
from ui.spoken import announce
from ui.theme import DARK, SPACING, Theme
from ui.widgets.message_bar import MessageBar
from ui.widgets.note import Note
from ui.widgets.style import button_style, link_style

_BAR = 3  # logical pixels
_ROOMS = 4  # widths of what is left to decide: with less, a message needs that room too
_NOTHING = Tally((), lambda _photo_id: None)

_STAGES = {
    Stage.SCAN: mark("Looking for photos"),
    Stage.METADATA: mark("Reading dates"),
    Stage.ANALYSIS: mark("Measuring photos"),
    Stage.GROUPING: mark("Grouping"),
}


def time_left(seconds: float) -> str:
    """Say a duration in words no more exact than the guess is."""
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
    """Say stage, how many of how many, how fast, how long still; what is not known is left out."""
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


def finished_words(finished: Finished, tally: Tally) -> str:
    """Say the shoot and the run in one line, without its problems."""
    count = tally.photos()
    photos = ntr("{count:,} photo", "{count:,} photos", count).format(count=count)
    seconds = (
        f"{numeral(finished.seconds, '.1f')} s"
        if finished.seconds < 60
        else f"{numeral(finished.seconds / 60, '.1f')} min"
    )
    parts = [photos, groups_words(tally)]
    if finished.computed:
        parts.append(seconds)
    if finished.cancelled:
        parts.insert(0, _stopped_words(finished.unmeasured))
    return "  ·  ".join(parts)


def _stopped_words(unmeasured: int) -> str:
    if not unmeasured:
        return tr("Stopped early")
    words = ntr(
        "Stopped early: {count:,} photo is not measured",
        "Stopped early: {count:,} photos are not measured",
        unmeasured,
    )
    return words.format(count=unmeasured)


def groups_words(tally: Tally) -> str:
    """Say how many photos stand in how many groups, such as "90 photos in 32 groups"."""
    if not tally.groups:
        return tr("no groups")
    inside = tally.photos(groups_only=True)
    words = ntr("{inside:,} photos in {count:,} group", "{inside:,} photos in {count:,} groups", tally.groups)
    return words.format(inside=inside, count=tally.groups)


def left_words(tally: Tally) -> str:
    """Say what is left to do, such as "34 bursts open · 141 photos undecided"."""
    undecided, open_bursts = tally.undecided(), tally.open_bursts
    if not undecided and not open_bursts:
        return tr("Everything is decided")
    bursts = ntr("{count:,} burst open", "{count:,} bursts open", open_bursts).format(count=open_bursts)
    photos = ntr("{count:,} photo undecided", "{count:,} photos undecided", undecided).format(count=undecided)
    return f"{bursts}  ·  {photos}" if open_bursts else photos


class ProgressStrip(QWidget):
    """What is left to decide, and how far the analysis is: one line of words under a thin bar.

    With Cancel while a run goes on, a button to go on after it was cancelled, and a link to the problems. It keeps
    its height, unless a message wants more.

    Args:
        theme: colours.
        parent: the window.
        message: what takes the place of the words while it is shown, so that neither lies over anything.
    """

    cancel_requested = Signal()
    resume_requested = Signal()
    problems_requested = Signal()

    def __init__(
        self, theme: Theme = DARK, parent: QWidget | None = None, message: MessageBar | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._share: float | None = None
        self._text = ""
        self._stage: Stage | None = None  # the last one that was read out
        self._tally = _NOTHING
        self._finished: Finished | None = None
        self._left = QLabel()
        self._left.setAccessibleDescription(tr("Left to decide"))
        self._selected = QLabel()
        self._words = Note(theme, wraps=False)
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._problems = QPushButton()
        self._problems.setStyleSheet(link_style(theme))
        self._problems.clicked.connect(self.problems_requested)
        self._cancel = QPushButton(tr("Cancel"))
        self._cancel.setStyleSheet(button_style(theme))
        self._cancel.clicked.connect(self._cancelled)
        self._resume = QPushButton(tr("Go on measuring"))
        self._resume.setStyleSheet(button_style(theme))
        self._resume.clicked.connect(self.resume_requested)
        for button in (self._problems, self._resume, self._cancel):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click must not take the keys from the photos
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * SPACING, _BAR + SPACING // 2, 2 * SPACING, SPACING // 2)
        layout.setSpacing(3 * SPACING)
        layout.addWidget(self._left)
        layout.addWidget(self._selected)
        layout.addWidget(self._words, 1)
        self._message = message
        if message is not None:
            layout.addWidget(message, 1)
            message.shown_changed.connect(self._make_way)
        layout.addWidget(self._problems)
        layout.addWidget(self._resume)
        layout.addWidget(self._cancel)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        # With its buttons and without.
        self.setMinimumHeight(self._cancel.sizeHint().height() + SPACING + _BAR)
        self.reset()

    def show_progress(self, progress: Progress) -> None:
        """Show a run under way; once Cancel was pressed, only that it is stopping."""
        if not self._cancel.isEnabled():
            return
        if self._finished is not None:
            self.begin()
        self._share = progress.done / progress.total if progress.total else 0.0
        self._cancel.show()
        self._say(progress_words(progress))
        if progress.stage is not self._stage:  # the numbers are there to be asked for
            self._stage = progress.stage
            announce(self, tr(_STAGES[progress.stage]))

    def show_finished(self, finished: Finished) -> None:
        """Show a run that is over, and what came of it as long as nothing else goes on."""
        self._end_run()
        self._finished = finished
        self._say(finished_words(finished, self._tally))
        announce(self, self._text)
        self.set_problems(finished.failed)
        if finished.cancelled:
            self.offer_to_resume()

    def offer_to_resume(self) -> None:
        """Show that the run ended before its time, with a button to go on."""
        self._resume.show()

    def begin(self) -> None:
        """Show that a run begins."""
        self._end_run()
        self._say("")

    def set_tally(self, tally: Tally) -> None:
        """Show how many photos and bursts wait for a decision, and how many there are."""
        self._tally = tally
        self._left.setText(left_words(tally))
        if self._finished is not None:
            self._say(finished_words(self._finished, tally))

    def set_selected(self, count: int) -> None:
        """Show how many photos the next decision is meant for, where that is more than the active one."""
        self._selected.setText(
            ntr("{count:,} photo selected", "{count:,} photos selected", count).format(count=count)
        )
        self._selected.setVisible(count > 1)

    def set_problems(self, count: int) -> None:
        """Show how many files cannot be used; the number is a button that asks for the list."""
        self._problems.setText(ntr("{count:,} problem", "{count:,} problems", count).format(count=count))
        self._problems.setVisible(count > 0)

    def reset(self) -> None:
        """Show an empty strip of the same height, ready for another run."""
        self.begin()
        self._tally = _NOTHING
        self._problems.hide()
        self._selected.hide()
        self._left.clear()

    def text(self) -> str:
        """Return the words shown, not elided."""
        return self._text

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the bar along the upper edge."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.surface)
        if self._share is not None:
            painter.fillRect(QRectF(0, 0, self.width(), _BAR), self._theme.pressed)
            painter.fillRect(QRectF(0, 0, self.width() * self._share, _BAR), self._theme.suggestion)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Elide the words anew."""
        super().resizeEvent(event)
        self._elide()
        self._make_way(self._words.isHidden())

    def minimumSizeHint(self) -> QSize:
        """Return the height with all its buttons and a message of one line, whether they show or not."""
        line = self._message.line_height() if self._message is not None else 0
        highest = max(line, self._cancel.sizeHint().height())
        return super().minimumSizeHint().expandedTo(QSize(0, highest + SPACING + _BAR))

    def sizeHint(self) -> QSize:
        """Return a size as high as it is at least."""
        return super().sizeHint().expandedTo(self.minimumSizeHint())

    def _make_way(self, for_message: bool) -> None:
        """Give the words' place to a message; what is left to decide stays beside it where there is room for both."""
        self._words.setHidden(for_message)
        takes_much = self.width() < _ROOMS * self._left.sizeHint().width()
        self._left.setHidden(for_message and takes_much)

    def _end_run(self) -> None:
        self._share = None
        self._finished = None
        self._stage = None
        self._resume.hide()
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
