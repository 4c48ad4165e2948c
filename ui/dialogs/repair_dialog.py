"""Asks what to put in the place of damaged decisions, before any window is there."""

from collections.abc import Sequence

from PySide6.QtWidgets import QButtonGroup, QDialog, QLabel, QPushButton, QRadioButton, QVBoxLayout, QWidget

from core.language import tr
from ui.dialogs.foot import foot
from ui.theme import DARK, SPACING, Theme
from ui.widgets.dialog_column import dialog_column, keep_width
from ui.widgets.note import Note
from ui.widgets.style import form_style


class RepairDialog(QDialog):
    """One of several ways, the best one chosen already; Enter takes it, Esc leaves all as it is.

    Args:
        reason: what is wrong, in a sentence.
        ways: of each what it does, and what that means; "" where there is no more to say.
        parent: a window, if there is one.
        theme: colours.
    """

    def __init__(
        self,
        reason: str,
        ways: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
        theme: Theme = DARK,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Damaged decisions"))
        question = QLabel(
            tr("The file of your decisions cannot be used. What should take its place?"), wordWrap=True
        )
        font = question.font()
        font.setBold(True)
        question.setFont(font)
        layout = dialog_column(self)
        layout.addWidget(question)
        layout.addWidget(Note(theme, reason))
        self._ways = QButtonGroup(self)
        for number, (title, explanation) in enumerate(ways):
            layout.addLayout(self._way(number, title, explanation, theme))
        self._ways.button(0).setChecked(True)
        layout.addWidget(Note(theme, tr("The damaged file is kept as it is, whatever you choose.")))
        layout.addLayout(foot(self, tr("Quit"), QPushButton(tr("Go on"))))
        self.setStyleSheet(form_style(theme))
        keep_width(self, 72 * SPACING)
        self._ways.button(0).setFocus()

    @property
    def chosen(self) -> int:
        """The place of the chosen way, counted from 0."""
        return self._ways.checkedId()

    def _way(self, number: int, title: str, explanation: str, theme: Theme) -> QVBoxLayout:
        button = QRadioButton(title)
        button.setAccessibleDescription(explanation)
        self._ways.addButton(button, number)
        lines = QVBoxLayout()
        lines.setSpacing(0)
        lines.addWidget(button)
        if explanation:
            said = Note(theme, explanation)
            said.setIndent(3 * SPACING)
            lines.addWidget(said)
        return lines
