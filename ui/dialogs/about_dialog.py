"""What this program is, and whose work it stands on."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from core.language import tr
from ui.theme import DARK, SPACING, Theme
from ui.widgets.style import css, form_style


class AboutDialog(QDialog):
    """Name, version and licences.

    Args:
        version: of the program.
        parent: the window.
        notices: name and licence of each part that ships with it, models included.
        theme: colours.
    """

    def __init__(
        self,
        version: str,
        parent: QWidget | None = None,
        notices: Sequence[tuple[str, str]] = (),
        theme: Theme = DARK,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("About Shortlist"))
        title = QLabel(f"Shortlist {version}")
        font = title.font()
        font.setPointSizeF(font.pointSizeF() * 1.5)
        title.setFont(font)
        about = QLabel(
            tr(
                "Culls a photo shoot on your own machine. It works without a network and never changes, moves "
                "or deletes a photo unless you ask for it. Free software under the MIT licence."
            ),
            wordWrap=True,
        )
        about.setStyleSheet(f"color: {css(theme.text_dim)};")
        close = QPushButton(tr("Close"))
        close.setDefault(True)
        close.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(3 * SPACING, 3 * SPACING, 3 * SPACING, 2 * SPACING)
        layout.setSpacing(SPACING)
        layout.addWidget(title)
        layout.addWidget(about)
        if notices:
            parts = QPlainTextEdit("\n".join(f"{name}: {licence}" for name, licence in notices))
            parts.setReadOnly(True)
            parts.setAccessibleName(tr("Licences"))
            layout.addWidget(parts)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        self.setStyleSheet(form_style(theme))
        self.setFixedWidth(60 * SPACING)
