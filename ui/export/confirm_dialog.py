"""Asks once more, with the count in the question and on the button, before something is taken away or undone."""

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QWidget

from core.language import tr
from ui.theme import DARK, SPACING, Theme
from ui.widgets.dialog_column import dialog_column, keep_width
from ui.widgets.note import Note
from ui.widgets.style import form_style


class ConfirmDialog(QDialog):
    """One question.

    Enter leaves what cannot be taken back as it is: the button that does it has to be chosen. Where what is asked
    for can be had again, Enter does it, as in all questions about many photos.

    Args:
        title: of the window.
        question: one sentence with the count.
        explanation: what will happen, and what can be done about it later.
        button: what is done, with the count.
        parent: the window.
        theme: colours.
        enter_does_it: whether Enter does it; else Enter leaves all as it is.
        leave: on the button that leaves it so; "" for Cancel.
    """

    def __init__(
        self,
        title: str,
        question: str,
        explanation: str,
        button: str,
        parent: QWidget | None = None,
        theme: Theme = DARK,
        *,
        enter_does_it: bool = False,
        leave: str = "",
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        asked = QLabel(question, wordWrap=True)
        font = asked.font()
        font.setBold(True)
        asked.setFont(font)
        explained = Note(theme, explanation)
        cancel, do_it = QPushButton(leave or tr("Cancel")), QPushButton(button)
        pressed_by_enter = do_it if enter_does_it else cancel
        do_it.setProperty("primary", enter_does_it)
        pressed_by_enter.setDefault(True)
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
        keep_width(self, 56 * SPACING)
        pressed_by_enter.setFocus()
