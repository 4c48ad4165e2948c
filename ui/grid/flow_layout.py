"""Where cells and headers are: lines of uniform cells, cut into sections. Plain geometry.

Cells fill the width edge to edge, with no dead gaps between them; the delegate leaves what space there is
inside them. Sections too short for a line of their own share one, each under its own header, so that a day of
many small scenes is as dense as one long one. All coordinates are logical pixels of the whole content,
y = 0 at its top.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect


def columns_for(width: int, cell: int) -> int:
    """Return how many cells of at least ``cell`` pixels stand side by side; at least one."""
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
    """Finds rectangles by row, and rows by place, in time logarithmic in the number of lines.

    A band is what stands under one line of headers: one section, or several short ones side by side.

    Args:
        counts: rows of each section, all at least 1; rows are numbered through.
        measure: sizes.
    """

    def __init__(self, counts: Sequence[int], measure: Measure) -> None:
        self._measure = measure
        self._firsts: list[int] = []  # of each section, its first row
        self._bands: list[int] = []  # of each band, its first section
        self._band_tops: list[int] = []
        self._lines: list[int] = []  # of each line, its first row
        self._line_tops: list[int] = []
        row = top = room = 0
        for section, count in enumerate(counts):
            self._firsts.append(row)
            if count > room:
                self._bands.append(section)
                self._band_tops.append(top)
                top += measure.header
                for line in range(-(-count // measure.columns)):
                    self._lines.append(row + line * measure.columns)
                    self._line_tops.append(top)
                    top += measure.line
                # Only after a section that leaves most of one line free: a long one keeps its last line.
                room = measure.columns - count
            else:
                room -= count
            row += count
        self.rows = row
        self.height = top

    @property
    def measure(self) -> Measure:
        """The sizes it was made from."""
        return self._measure

    def section_of(self, row: int) -> int:
        """Return the section a row is in."""
        return bisect_right(self._firsts, row) - 1

    def band_at(self, y: int) -> range:
        """Return the sections side by side at a height, the nearest above or below all of them; empty if none."""
        band = min(max(0, bisect_right(self._band_tops, y) - 1), len(self._bands) - 1)
        return self._sections_of(band) if band >= 0 else range(0)

    def band_bottom(self, section: int) -> int:
        """Return the first height below a section and those beside it."""
        band = self._band_of(section)
        return self._band_tops[band + 1] if band + 1 < len(self._bands) else self.height

    def sections_between(self, top: int, bottom: int) -> range:
        """Return the sections of which something lies between two heights."""
        if not self._bands or bottom < 0 or top >= self.height:
            return range(0)
        return range(self.band_at(top).start, self.band_at(bottom).stop)

    def header_rect(self, section: int) -> QRect:
        """Return where a section's header is: above its cells, the last of a line with all the room that is left."""
        band = self._band_of(section)
        beside = self._sections_of(band)
        first, begin = self._firsts[beside.start], self._firsts[section]
        left = self._column_x(begin - first) - self._measure.margin if section > beside.start else 0
        last = section + 1 == beside.stop
        right = self._measure.width if last else self._column_x(self._firsts[section + 1] - first)
        if not last:
            right -= self._measure.margin
        return QRect(left, self._band_tops[band], right - left, self._measure.header)

    def rect(self, row: int) -> QRect:
        """Return where a row's cell is."""
        line = self._line_of(row)
        column = row - self._lines[line]
        left, right = self._column_x(column), self._column_x(column + 1)
        return QRect(left, self._line_tops[line], right - left, self._measure.line)

    def row_at(self, point: QPoint) -> int:
        """Return the row whose cell holds a point; -1 between and beside them."""
        if not 0 <= point.y() < self.height:
            return -1
        row = self.nearest(point.x(), point.y())
        return row if row >= 0 and self.rect(row).contains(point) else -1

    def nearest(self, x: int, y: int) -> int:
        """Return the row nearest to a place: of the line at that height, the cell at x or the last; -1 if none."""
        if not self._lines:
            return -1
        line = bisect_right(self._line_tops, y) - 1
        beneath_header = (
            line + 1 < len(self._lines) and y >= self._line_tops[max(0, line)] + self._measure.line
        )
        return self._in_line(line + 1 if line < 0 or beneath_header else line, x)

    def above(self, row: int, x: int) -> int:
        """Return the row one line up, at x or as near as that line reaches; the same row on the first line."""
        line = self._line_of(row)
        return self._in_line(line - 1, x) if line > 0 else row

    def below(self, row: int, x: int) -> int:
        """Return the row one line down, at x or as near as that line reaches; the same row on the last line."""
        line = self._line_of(row)
        return self._in_line(line + 1, x) if line + 1 < len(self._lines) else row

    def rows_between(self, top: int, bottom: int) -> range:
        """Return the rows of which something lies between two heights, both included."""
        if not self.rows or bottom < 0 or top >= self.height:
            return range(0)
        first = self.nearest(0, max(0, top))
        last = self.nearest(self._measure.width, min(bottom, self.height - 1))
        return range(first, last + 1)

    def rows_in(self, area: QRect) -> list[int]:
        """Return the rows whose cells touch a rectangle."""
        between = self.rows_between(area.top(), area.bottom())
        return [row for row in between if self.rect(row).intersects(area)]

    def _band_of(self, section: int) -> int:
        return bisect_right(self._bands, section) - 1

    def _sections_of(self, band: int) -> range:
        following = self._bands[band + 1] if band + 1 < len(self._bands) else len(self._firsts)
        return range(self._bands[band], following)

    def _line_of(self, row: int) -> int:
        return bisect_right(self._lines, row) - 1

    def _in_line(self, line: int, x: int) -> int:
        following = self._lines[line + 1] if line + 1 < len(self._lines) else self.rows
        return min(self._lines[line] + self._column_at(x), following - 1)

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
