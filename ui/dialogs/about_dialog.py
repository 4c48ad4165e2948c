"""What this program is, and whose work it stands on, each with its licence."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from core.language import tr
from ui.text_size import scaled
from ui.theme import DARK, SPACING, Theme
from ui.widgets.dialog_column import dialog_column
from ui.widgets.note import Note
from ui.widgets.sized_dialog import SizedDialog
from ui.widgets.style import css, form_style

_ICON = 8 * SPACING


@dataclass(frozen=True, slots=True)
class Notice:
    """One part of the program.

    Attributes:
        name: as people call it.
        version: "" where it has none or is not there.
        licence: SPDX expression.
        text: gives the licence's text; asked for only when it is to be read.
    """

    name: str
    version: str
    licence: str
    text: Callable[[], str]

    @property
    def title(self) -> str:
        """Name and version."""
        return f"{self.name} {self.version}".strip()


class AboutDialog(SizedDialog):
    """Name, versions and licences.

    Args:
        version: of the program.
        system: what it runs on, in a line.
        notices: each part that ships with it, models included.
        parent: the window.
        theme: colours.
    """

    def __init__(
        self,
        version: str,
        system: str,
        notices: Sequence[Notice],
        parent: QWidget | None = None,
        theme: Theme = DARK,
    ) -> None:
        super().__init__(parent)
        self._notices = tuple(notices)
        self.setWindowTitle(tr("About Shortlist"))
        self._parts = QListWidget()
        self._parts.setAccessibleName(tr("Parts"))
        self._parts.addItems([notice.title for notice in self._notices])
        names = self._parts.sizeHintForColumn(0) + 4 * SPACING  # with the bar that scrolls them
        self._parts.setFixedWidth(min(names, scaled(44 * SPACING)))
        self._parts.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._text = QPlainTextEdit(readOnly=True)
        self._text.setAccessibleName(tr("Licences"))
        self._parts.currentRowChanged.connect(self._show_licence)
        close = QPushButton(tr("Close"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        both = QHBoxLayout()
        both.setSpacing(SPACING)
        both.addWidget(self._parts)
        both.addWidget(self._text, 1)
        layout = dialog_column(self)
        layout.addLayout(_head(version, system, theme))
        layout.addLayout(both, 1)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        ground = (
            f"background: {css(theme.surface)}; border: 1px solid {css(theme.outline)}; border-radius: 4px;"
        )
        self.setStyleSheet(
            form_style(theme)
            + f"QListWidget, QPlainTextEdit {{ {ground} padding: {SPACING // 2}px; }}"
            + f"QListWidget::item {{ padding: {SPACING // 4}px; }}"
        )
        self._parts.setCurrentRow(0)
        self.open_at(QSize(124 * SPACING, 75 * SPACING), lists=True)

    def _show_licence(self, row: int) -> None:
        notice = self._notices[row]
        self._text.setPlainText(f"{notice.title}\n{notice.licence}\n\n{notice.text()}")


def _head(version: str, system: str, theme: Theme) -> QHBoxLayout:
    icon = QLabel()
    icon.setPixmap(QApplication.windowIcon().pixmap(_ICON, _ICON))
    title = QLabel(f"Shortlist {version}")
    font = title.font()
    font.setPointSizeF(font.pointSizeF() * 1.5)
    title.setFont(font)
    about = Note(
        theme,
        tr(
            "Culls a photo shoot on your own machine. It works without a network and never changes, moves "
            "or deletes a photo unless you ask for it. Free software under the MIT licence."
        ),
    )
    runs_on = Note(theme, system)
    runs_on.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)  # for a report
    words = QVBoxLayout()
    words.setSpacing(SPACING // 2)
    for label in (title, about, runs_on):
        words.addWidget(label)
    head = QHBoxLayout()
    head.setSpacing(2 * SPACING)
    head.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
    head.addLayout(words, 1)
    return head
