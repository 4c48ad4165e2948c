"""What stands in a dialog from top to bottom, with as much room around and between as in every other one."""

from PySide6.QtWidgets import QDialog, QVBoxLayout

from ui.theme import SPACING


def dialog_column(dialog: QDialog, *, narrow: bool = False) -> QVBoxLayout:
    """Make the layout of a dialog.

    Args:
        dialog: what it is of.
        narrow: it needs its room for what it holds, as one that is about as large as the window does.
    """
    layout = QVBoxLayout(dialog)
    layout.setContentsMargins(*((2 if narrow else 3) * SPACING,) * 4)
    layout.setSpacing(2 * SPACING)
    return layout


def keep_width(dialog: QDialog, width: int) -> None:
    """Keep a dialog at least so wide, in pixels, and wider where its words need it.

    A least width of the window itself would stand above what its layout asks for, and cut words off.
    """
    layout = dialog.layout()
    assert isinstance(layout, QVBoxLayout), "what stands from top to bottom"
    margins = layout.contentsMargins()
    layout.addStrut(width - margins.left() - margins.right())
