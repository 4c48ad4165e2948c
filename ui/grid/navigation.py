"""Where the keys of the grid lead."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView

from ui.grid.flow_layout import FlowLayout
from ui.grid.sections import Section

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
    """Return the row a move leads to.

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


def section_starts(sections: Sequence[Section], *, hours: bool) -> list[int]:
    """Return the first rows of scenes, or only of those that begin another hour than the scene before."""
    if not hours:
        return [section.first_row for section in sections]
    starts: list[int] = []
    hour = None
    for section in sections:
        begins = _hour(section.starts_at)
        if begins != hour:
            starts.append(section.first_row)
        hour = begins
    return starts


def beyond(starts: Sequence[int], row: int, by: int) -> int | None:
    """Return the first start after a row, or where ``by`` is negative the last before it; None where there is none."""
    at = bisect_right(starts, row) if by > 0 else bisect_left(starts, row) - 1
    return starts[at] if 0 <= at < len(starts) else None


def _hour(moment: datetime | None) -> datetime | None:
    return moment.replace(minute=0, second=0, microsecond=0) if moment else None
