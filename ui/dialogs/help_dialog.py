"""A page of help beside the photos: Markdown that comes with the program."""

from importlib.resources import files

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QTextBrowser, QVBoxLayout, QWidget

from core.language import tr
from ui.theme import DARK, SPACING, Theme
from ui.widgets.first_size import open_within_screen
from ui.widgets.style import css, form_style


class HelpDialog(QDialog):
    """Stays open while you work in the other program.

    Args:
        page: the name of a file in ``resources/help``, without suffix.
        title: of the window.
        parent: the window.
        theme: colours.
    """

    def __init__(self, page: str, title: str, parent: QWidget | None = None, theme: Theme = DARK) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._text = QTextBrowser()
        self._text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self._text.document().setDocumentMargin(2 * SPACING)
        self._text.setAccessibleName(title)
        self._text.setMarkdown((files("resources") / "help" / f"{page}.md").read_text("utf-8"))
        close = QPushButton(tr("Close"))
        close.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(2 * SPACING,) * 4)
        layout.addWidget(self._text, 1)
        layout.addLayout(foot)
        self.setStyleSheet(form_style(theme) + f"QTextBrowser {{ background: {css(theme.surface)}; }}")
        open_within_screen(self, QSize(86 * SPACING, 84 * SPACING))
