"""Asks before many suggestions are accepted at once: what would happen, in numbers, the clear ones apart."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QWidget

from core.language import mark, ntr, tr
from core.review.changes import Acceptance
from ui.dialogs.foot import foot
from ui.theme import DARK, SPACING, Theme
from ui.widgets.dialog_column import dialog_column, keep_width
from ui.widgets.note import Note
from ui.widgets.style import form_style
from ui.widgets.tick_box import TickBox


@dataclass(frozen=True, slots=True)
class Among:
    """Whose bursts are asked for, in whole sentences: languages decline the names of what they are of.

    Attributes:
        question: before they are accepted.
        nothing: said where there are none.
    """

    question: str
    nothing: str


SCENE = Among(
    mark("Accept the suggestions of this scene?"),
    mark("There is no suggestion left to accept in this scene."),
)
SELECTION = Among(
    mark("Accept the suggestions of the selection?"),
    mark("There is no suggestion left to accept in the selection."),
)
SHOOT = Among(
    mark("Accept the suggestions of the shoot?"),
    mark("There is no suggestion left to accept in the shoot."),
)


class AcceptDialog(QDialog):
    """One question; Enter accepts, Esc does not.

    Args:
        whole: all bursts asked for.
        sure: those whose suggestion is clear.
        among: whose bursts they are.
        parent: the window.
        theme: colours.
    """

    confirmed = Signal(bool)  # whether those that are not clear are accepted too

    def __init__(
        self,
        whole: Acceptance,
        sure: Acceptance,
        among: Among,
        parent: QWidget | None = None,
        theme: Theme = DARK,
    ) -> None:
        super().__init__(parent)
        self._whole, self._sure = whole, sure
        self.setWindowTitle(tr("Accept suggestions"))
        self._question = QLabel(tr(among.question))
        font = self._question.font()
        font.setBold(True)
        self._question.setFont(font)
        self._what = QLabel(wordWrap=True)
        self._what.setMinimumHeight(2 * self._what.fontMetrics().lineSpacing())  # nothing moves as it changes
        others = whole.bursts - sure.bursts
        self._others_too = TickBox(_others_words(others))
        self._others_too.setChecked(not sure.bursts)
        self._others_too.setVisible(bool(others))
        self._others_too.toggled.connect(self._say)
        note = Note(theme, tr("What you decided yourself stays. One undo takes all of it back."))
        self._accept = QPushButton()
        layout = dialog_column(self)
        for widget in (self._question, self._what, self._others_too, note):
            layout.addWidget(widget)
        layout.addLayout(foot(self, tr("Cancel"), self._accept))
        self.setStyleSheet(form_style(theme))
        keep_width(self, 56 * SPACING)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.accepted.connect(lambda: self.confirmed.emit(self._others_too.isChecked()))
        self._say()

    def text(self) -> str:
        """Say what would happen as things are chosen now."""
        return self._what.text()

    def _say(self) -> None:
        chosen = self._whole if self._others_too.isChecked() else self._sure
        self._what.setText(acceptance_words(chosen))
        words = ntr("Accept {count:,} burst", "Accept {count:,} bursts", chosen.bursts)
        self._accept.setText(words.format(count=chosen.bursts))
        self._accept.setEnabled(bool(chosen.bursts))


def acceptance_words(acceptance: Acceptance) -> str:
    """Say in a sentence what accepting would do."""
    bursts = ntr("{count:,} burst", "{count:,} bursts", acceptance.bursts).format(count=acceptance.bursts)
    picks = ntr("{count:,} frame is picked", "{count:,} frames are picked", acceptance.picks)
    return tr("In {bursts}, {picks} and {rejects:,} rejected.").format(
        bursts=bursts, picks=picks.format(count=acceptance.picks), rejects=acceptance.rejects
    )


def _others_words(count: int) -> str:
    words = ntr(
        "Also accept the one that is not clear", "Also accept the {count:,} that are not clear", count
    )
    return words.format(count=count)
