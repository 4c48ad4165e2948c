"""Asks once more, with the count in the question and on the button, before something is taken away or undone."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QWidget

from core.language import tr
from ui.theme import DARK, SPACING, Theme
from ui.widgets.dialog_column import dialog_column
from ui.widgets.note import Note
from ui.widgets.style import form_style


class ConfirmDialog(QDialog):
    """One question. Enter does nothing harmful: the button that does it has to be chosen.

    Args:
        title: of the window.
        question: one sentence with the count.
        explanation: what will happen, and what can be done about it later.
        button: what is done, with the count.
        parent: the window.
        theme: colours.
    """

    def __init__(
        self,
        title: str,
        question: str,
        explanation: str,
        button: str,
        parent: QWidget | None = None,
        theme: Theme = DARK,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        asked = QLabel(question, wordWrap=True)
        font = asked.font()
        font.setBold(True)
        asked.setFont(font)
        explained = Note(theme, explanation)
        cancel, do_it = QPushButton(tr("Cancel")), QPushButton(button)
        cancel.setDefault(True)
        cancel.clicked.connect(self.reject)
        do_it.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(do_it)
        layout = dialog_column(self)
        layout.addWidget(asked)
        layout.addWidget(explained)
        layout.addLayout(buttons)
        self.setStyleSheet(form_style(theme))
        self.setMinimumWidth(56 * SPACING)
        cancel.setFocus()
