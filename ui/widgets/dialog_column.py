"""What stands in a dialog from top to bottom, with as much room around and between as in every other one."""

from PySide6.QtWidgets import QDialog, QVBoxLayout

from ui.theme import SPACING


def dialog_column(dialog: QDialog) -> QVBoxLayout:
    """Make the layout of a dialog."""
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(*(3 * SPACING,) * 4)
    layout.setSpacing(2 * SPACING)
    return layout
