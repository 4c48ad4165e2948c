"""Where cells and headers are: sections one under the other, each a flow of uniform cells. Plain geometry.

Cells fill the width edge to edge, with no dead gaps between them; what air there is, the delegate leaves
inside. All coordinates are logical pixels of the whole content, y = 0 at its top.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect


def columns_for(width: int, cell: int) -> int:
    """How many cells of at least ``cell`` pixels stand side by side; at least one."""
    return max(1, width // max(1, cell))


@dataclass(frozen=True, slots=True)
class Measure:
    """The sizes a layout is made from.

    Attributes:
        width: of the content.
        columns: cells side by side.
        line: height of a line of cells.
        header: height of a section's header.
        margin: left and right of the cells.
    """

    width: int
    columns: int
    line: int
    header: int
    margin: int = 0


class FlowLayout:
    """Finds rectangles by row, and rows by place, in time logarithmic in the number of sections.

    Args:
        counts: rows of each section, all at least 1; rows are numbered through.
        measure: sizes.
    """

    def __init__(self, counts: Sequence[int], measure: Measure) -> None:
        self._measure = measure
        self._firsts: list[int] = []
        self._tops: list[int] = []
        row = top = 0
        for count in counts:
            self._firsts.append(row)
            self._tops.append(top)
            row += count
            top += measure.header + -(-count // measure.columns) * measure.line
        self.rows = row
        self.height = top

    @property
    def measure(self) -> Measure:
        """The sizes it was made from."""
        return self._measure

    def section_of(self, row: int) -> int:
        """The section a row is in."""
        return bisect_right(self._firsts, row) - 1

    def section_at(self, y: int) -> int:
        """The section at a height, the nearest one above or below all of them; -1 where there is none."""
        return min(max(0, bisect_right(self._tops, y) - 1), len(self._tops) - 1)

    def sections_between(self, top: int, bottom: int) -> range:
        """The sections of which something lies between two heights."""
        if not self._tops or bottom < 0 or top >= self.height:
            return range(0)
        return range(self.section_at(top), self.section_at(bottom) + 1)

    def header_rect(self, section: int) -> QRect:
        """Where a section's header is."""
        return QRect(0, self._tops[section], self._measure.width, self._measure.header)

    def section_bottom(self, section: int) -> int:
        """The first height below a section."""
        return self._tops[section + 1] if section + 1 < len(self._tops) else self.height

    def rect(self, row: int) -> QRect:
        """Where a row's cell is."""
        section = self.section_of(row)
        line, column = divmod(row - self._firsts[section], self._measure.columns)
        left, right = self._column_x(column), self._column_x(column + 1)
        top = self._tops[section] + self._measure.header + line * self._measure.line
        return QRect(left, top, right - left, self._measure.line)

    def row_at(self, point: QPoint) -> int:
        """The row whose cell holds a point; -1 between and beside them."""
        if not 0 <= point.y() < self.height:
            return -1
        row = self.nearest(point.x(), point.y())
        return row if row >= 0 and self.rect(row).contains(point) else -1

    def nearest(self, x: int, y: int) -> int:
        """The row nearest to a place: of the line at that height, the cell at x or the last; -1 if none."""
        section = self.section_at(y)
        if section < 0:
            return -1
        below_header = y - self._tops[section] - self._measure.header
        line = min(max(0, below_header // self._measure.line), self._last_line(section))
        return self._in_line(section, line, x)

    def above(self, row: int, x: int) -> int:
        """The row one line up, at x or as near as that line reaches; the same row on the first line."""
        section, line = self._place(row)
        if line > 0:
            return self._in_line(section, line - 1, x)
        return self._in_line(section - 1, self._last_line(section - 1), x) if section > 0 else row

    def below(self, row: int, x: int) -> int:
        """The row one line down, at x or as near as that line reaches; the same row on the last line."""
        section, line = self._place(row)
        if line < self._last_line(section):
            return self._in_line(section, line + 1, x)
        return self._in_line(section + 1, 0, x) if section + 1 < len(self._firsts) else row

    def rows_between(self, top: int, bottom: int) -> range:
        """The rows of which something lies between two heights, both included."""
        if not self.rows or bottom < 0 or top >= self.height:
            return range(0)
        first = self.nearest(0, max(0, top))
        last = self.nearest(self._measure.width, min(bottom, self.height - 1))
        return range(first, last + 1)

    def rows_in(self, area: QRect) -> list[int]:
        """The rows whose cells touch a rectangle."""
        between = self.rows_between(area.top(), area.bottom())
        return [row for row in between if self.rect(row).intersects(area)]

    def _place(self, row: int) -> tuple[int, int]:
        section = self.section_of(row)
        return section, (row - self._firsts[section]) // self._measure.columns

    def _count(self, section: int) -> int:
        following = self._firsts[section + 1] if section + 1 < len(self._firsts) else self.rows
        return following - self._firsts[section]

    def _last_line(self, section: int) -> int:
        return (self._count(section) - 1) // self._measure.columns

    def _in_line(self, section: int, line: int, x: int) -> int:
        column = self._column_at(x)
        within = min(line * self._measure.columns + column, self._count(section) - 1)
        return self._firsts[section] + within

    def _column_x(self, column: int) -> int:
        inner = self._measure.width - 2 * self._measure.margin
        return self._measure.margin + column * inner // self._measure.columns

    def _column_at(self, x: int) -> int:
        inner = max(1, self._measure.width - 2 * self._measure.margin)
        column = (x - self._measure.margin) * self._measure.columns // inner
        # Widths are rounded down, so the estimate may be one short at a cell's left edge.
        column = min(max(0, column), self._measure.columns - 1)
        if column + 1 < self._measure.columns and x >= self._column_x(column + 1):
            column += 1
        return column
