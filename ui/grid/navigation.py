"""Where the keys of the grid lead."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView

from ui.grid.flow_layout import FlowLayout

Move = QAbstractItemView.CursorAction

KEYS = {
    Qt.Key.Key_Left: Move.MoveLeft,
    Qt.Key.Key_Right: Move.MoveRight,
    Qt.Key.Key_Up: Move.MoveUp,
    Qt.Key.Key_Down: Move.MoveDown,
    Qt.Key.Key_Home: Move.MoveHome,
    Qt.Key.Key_End: Move.MoveEnd,
    Qt.Key.Key_PageUp: Move.MovePageUp,
    Qt.Key.Key_PageDown: Move.MovePageDown,
}
KEEPS_COLUMN = frozenset({Move.MoveUp, Move.MoveDown, Move.MovePageUp, Move.MovePageDown})


def target(flow: FlowLayout, move: Move, row: int, x: int, page: int) -> int:
    """The row a move leads to.

    Args:
        flow: where cells are; holds at least ``row``.
        move: what was asked for.
        row: the active one.
        x: where the column is that vertical moves keep to, across lines too short for it.
        page: pixels of a page.
    """
    middle, line, last = flow.rect(row).center().y(), flow.measure.line, flow.rows - 1
    page = max(line, page // line * line)  # whole lines, so that nothing is skipped unseen
    match move:
        case Move.MoveLeft | Move.MovePrevious:
            return max(0, row - 1)
        case Move.MoveRight | Move.MoveNext:
            return min(last, row + 1)
        case Move.MoveUp:
            return flow.above(row, x)
        case Move.MoveDown:
            return flow.below(row, x)
        case Move.MovePageUp:
            return min(flow.nearest(x, middle - page), flow.above(row, x))
        case Move.MovePageDown:
            return max(flow.nearest(x, middle + page), flow.below(row, x))
        case Move.MoveHome:
            return 0
        case Move.MoveEnd:
            return last
