"""The best of the shoot: how many of them, and what is to be done with them once they were looked at."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QLabel, QPushButton, QWidget

from core.language import ntr, tr
from core.types import Flag, Label
from ui.dialogs.foot import foot
from ui.marks.photo_words import LABEL_WORDS
from ui.theme import DARK, SPACING, Theme
from ui.widgets.choices import ChoiceBox
from ui.widgets.dialog_column import dialog_column, keep_width
from ui.widgets.note import Note
from ui.widgets.number_box import NumberBox
from ui.widgets.style import form_style

USUAL_COUNT = 30
"""Photos of a preview."""

_MOST = 9999

AfterBest = int | Label | Flag | None
"""What the proposed photos get on request: so many stars, a label, a pick; None for nothing."""


class BestDialog(QDialog):
    """One question; Enter shows the proposal, which changes nothing yet.

    Args:
        parent: the window.
        theme: colours.
    """

    asked = Signal(int, object)  # how many, AfterBest

    def __init__(self, parent: QWidget | None = None, theme: Theme = DARK) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Best of the shoot"))
        what = QLabel(
            tr(
                "Chooses so many photos, spread over scenes, people and kinds of picture: your own picks first, never "
                "two of a burst, never a reject."
            ),
            wordWrap=True,
        )
        self._count = NumberBox()
        self._count.setRange(1, _MOST)
        self._count.setValue(USUAL_COUNT)
        self._then = ChoiceBox[AfterBest](
            [
                (None, tr("only show them")),
                (Flag.PICK, tr("pick them")),
                *((stars, _star_words(stars)) for stars in range(5, 0, -1)),
                *((label, tr(words)) for label, words in LABEL_WORDS.items()),
            ]
        )
        form = QFormLayout()
        form.setSpacing(SPACING)
        for name, field in ((tr("How many photos"), self._count), (tr("And then"), self._then)):
            field.setAccessibleName(name)
            form.addRow(QLabel(name), field)
        note = Note(
            theme,
            tr("They are shown first, each with why it was chosen. Nothing is decided before you say so."),
        )
        layout = dialog_column(self)
        layout.addWidget(what)
        layout.addLayout(form)
        layout.addWidget(note)
        layout.addLayout(foot(self, tr("Cancel"), QPushButton(tr("Show the proposal"))))
        self.accepted.connect(lambda: self.asked.emit(self._count.value(), self._then.value()))
        self.setStyleSheet(form_style(theme))
        keep_width(self, 56 * SPACING)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._count.selectAll()


def _star_words(stars: int) -> str:
    return ntr("give them {count} star", "give them {count} stars", stars).format(count=stars)
