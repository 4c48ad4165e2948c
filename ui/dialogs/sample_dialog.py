"""Before an audit: how many rejects are to be looked at, and how far the last sample was checked."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QWidget

from core.language import ntr, tr
from ui.dialogs.foot import foot
from ui.theme import DARK, SPACING, Theme
from ui.widgets.dialog_column import dialog_column, keep_width
from ui.widgets.note import Note
from ui.widgets.number_box import NumberBox
from ui.widgets.style import form_style

USUAL_SIZE = 60
"""Frames of a sample: a minute's work, and enough to say that fewer than one in twenty is a keeper."""


class SampleDialog(QDialog):
    """One question; Enter goes on with the last sample where it is not finished, else draws one.

    Args:
        rejects: how many the program alone rejected by now.
        last: what is to be said of the last sample, in sentences; none where there is none.
        go_on: the word on the button that leads to the last sample; "" where there is none.
        is_open: whether frames of the last sample are still to be looked at.
        parent: the window.
        theme: colours.
    """

    draw_requested = Signal(int)  # how many frames
    go_on_requested = Signal()

    def __init__(
        self,
        rejects: int,
        last: Sequence[str] = (),
        go_on: str = "",
        is_open: bool = False,
        parent: QWidget | None = None,
        theme: Theme = DARK,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Check a sample"))
        self._size = NumberBox()
        self._size.setRange(min(1, rejects), rejects)
        self._size.setValue(min(USUAL_SIZE, rejects))
        self._size.setAccessibleName(tr("How many frames"))
        self._size.selectAll()  # a number typed takes its place
        words = ntr(
            "Shortlist alone rejected {count:,} frame. Look at it, one key is the answer.",
            "Shortlist alone rejected {count:,} frames. Look at some of them, drawn at random, one by one; "
            "one key is the answer. At the end it says how many of the rejects can be keepers.",
            rejects,
        )
        what = QLabel(words.format(count=rejects), wordWrap=True)
        row = QHBoxLayout()
        row.addWidget(QLabel(tr("How many frames")))
        row.addWidget(self._size)
        row.addStretch(1)
        before = QLabel("\n".join(last), wordWrap=True)
        before.setVisible(bool(last))
        note = Note(theme, tr("The answers change no flag by themselves."))
        layout = dialog_column(self)
        layout.addWidget(what)
        layout.addWidget(before)
        layout.addLayout(row)
        layout.addWidget(note)
        draw = QPushButton(tr("Draw a sample"))
        draw.setEnabled(rejects > 0)
        layout.addLayout(self._foot(draw, go_on, is_open=is_open))
        self.setStyleSheet(form_style(theme))
        keep_width(self, 60 * SPACING)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def _foot(self, draw: QPushButton, go_on: str, *, is_open: bool) -> QHBoxLayout:
        """Make the row of buttons; what is begun comes first."""
        going_on = QPushButton(go_on)
        first, second = (going_on, draw) if is_open else (draw, going_on)
        row = foot(self, tr("Cancel"), first)
        self.accepted.connect(self.go_on_requested if is_open else self._draw)
        if go_on:
            second.setAutoDefault(False)
            second.clicked.connect(self.reject)
            second.clicked.connect(self._draw if is_open else self.go_on_requested)
            row.insertWidget(row.count() - 1, second)
        return row

    def _draw(self) -> None:
        self.draw_requested.emit(self._size.value())
