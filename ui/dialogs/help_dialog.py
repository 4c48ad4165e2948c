"""The user guide beside the photos: its pages at the left, the page at the right."""

from pathlib import PurePosixPath

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QTextTable
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QPushButton,
    QTextBrowser,
    QWidget,
)

from core.language import tr
from ui.help_pages import help_pages
from ui.theme import DARK, SPACING, Theme
from ui.widgets.dialog_column import dialog_column
from ui.widgets.sized_dialog import SizedDialog
from ui.widgets.style import css, form_style


class HelpDialog(SizedDialog):
    """Stays open while you work, here or in the other program.

    Args:
        page: the page to begin with, by its name.
        parent: the window.
        theme: colours.
    """

    def __init__(self, page: str, parent: QWidget | None = None, theme: Theme = DARK) -> None:
        super().__init__(parent)
        self._pages = help_pages()
        self._hairline = theme.outline
        self.setWindowTitle(tr("User guide"))
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._list = QListWidget()
        self._list.setAccessibleName(tr("Pages"))
        self._list.addItems([one.title for one in self._pages])
        self._list.setFixedWidth(self._list.sizeHintForColumn(0) + 3 * SPACING)
        self._list.currentRowChanged.connect(self._show)
        self._text = QTextBrowser()
        self._text.setAccessibleName(tr("User guide"))
        self._text.setOpenLinks(False)  # between pages only; there are no others
        self._text.anchorClicked.connect(self._follow)
        self._text.document().setDocumentMargin(2 * SPACING)
        self._text.document().setDefaultStyleSheet(f"a {{ color: {css(theme.suggestion)}; }}")
        close = QPushButton(tr("Close"))
        close.clicked.connect(self.close)
        both = QHBoxLayout()
        both.setSpacing(SPACING)
        both.addWidget(self._list)
        both.addWidget(self._text, 1)
        layout = dialog_column(self, narrow=True)
        layout.addLayout(both, 1)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        ground = (
            f"background: {css(theme.surface)}; border: {theme.ring}px solid transparent; border-radius: 4px;"
        )
        self.setStyleSheet(
            form_style(theme)
            + f"QListWidget, QTextBrowser {{ {ground} }}"
            + f"QListWidget:focus, QTextBrowser:focus {{ border: {theme.ring}px solid {css(theme.suggestion)}; }}"
            + f"QListWidget::item {{ padding: {SPACING // 2}px; }}"
        )
        self.go_to(page)
        self.open_at(QSize(116 * SPACING, 84 * SPACING), lists=True)

    def go_to(self, page: str) -> None:
        """Show a page by its name. Raises ValueError where there is none."""
        self._list.setCurrentRow([one.name for one in self._pages].index(page))

    def _show(self, row: int) -> None:
        self._text.setMarkdown(self._pages[row].text)
        for frame in self._text.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                looks = frame.format()
                looks.setBorderBrush(self._hairline)
                looks.setCellPadding(SPACING // 2)
                frame.setFormat(looks)

    def _follow(self, link: QUrl) -> None:
        self.go_to(PurePosixPath(link.path()).stem)
