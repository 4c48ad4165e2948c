"""The column in which the fields of a form begin, the same for all parts of it that come and go."""

from PySide6.QtWidgets import QGridLayout, QLabel, QLayout

from ui.theme import SPACING

LABEL_WIDTH = 7 * SPACING
"""Least width of the words before the fields, in logical pixels."""


def begin_alike(*forms: QLayout | None) -> None:
    """Give the words before the fields of all these grids the room that the longest of them take, in any language."""
    grids = [form for form in forms if isinstance(form, QGridLayout)]
    before = (grid.itemAtPosition(row, 0) for grid in grids for row in range(grid.rowCount()))
    words = [
        item.sizeHint().width() for item in before if item is not None and isinstance(item.widget(), QLabel)
    ]
    for grid in grids:
        grid.setColumnMinimumWidth(0, max(LABEL_WIDTH, *words))
