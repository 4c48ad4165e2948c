"""The geometry of the grid: every row has one place, found again from any point in it."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect

from ui.grid.cell_layout import cell_height, cell_layout, fitted, picture_side, unbarred
from ui.grid.flow_layout import FlowLayout, Measure, columns_for

COUNTS = st.lists(st.integers(1, 40), min_size=1, max_size=12)
WIDTHS = st.integers(100, 2000)
CELLS = st.integers(96, 400)


def layout(counts: list[int], width: int, cell: int) -> FlowLayout:
    return FlowLayout(counts, Measure(width, columns_for(width - 8, cell), 150, 32, 4))


@given(COUNTS, WIDTHS, CELLS)
def test_each_row_is_found_at_each_corner_of_its_cell(counts: list[int], width: int, cell: int) -> None:
    flow = layout(counts, width, cell)
    for row in range(flow.rows):
        rect = flow.rect(row)
        for corner in (rect.topLeft(), rect.topRight(), rect.bottomLeft(), rect.bottomRight()):
            assert flow.row_at(corner) == row


@given(COUNTS, WIDTHS, CELLS)
def test_full_lines_reach_from_margin_to_margin(counts: list[int], width: int, cell: int) -> None:
    flow = layout(counts, width, cell)
    columns = flow.measure.columns
    if counts[0] >= columns:
        assert flow.rect(0).left() == 4
        assert flow.rect(columns - 1).right() == width - 4 - 1
    assert columns == 1 or flow.rect(0).width() >= cell


@given(COUNTS, WIDTHS, CELLS, st.integers(0, 5000), st.integers(0, 1500))
def test_rows_between_are_those_that_touch(
    counts: list[int], width: int, cell: int, top: int, height: int
) -> None:
    flow = layout(counts, width, cell)
    band = QRect(0, top, width, height + 1)
    touching = [row for row in range(flow.rows) if flow.rect(row).intersects(band)]
    assert set(touching) <= set(flow.rows_between(top, top + height))
    assert flow.rows_in(band) == touching


@given(COUNTS, WIDTHS, CELLS)
def test_up_and_down_go_one_line_in_the_same_column(counts: list[int], width: int, cell: int) -> None:
    flow = layout(counts, width, cell)
    for row in range(flow.rows):
        rect = flow.rect(row)
        below = flow.below(row, rect.center().x())
        if below == row:
            assert rect.bottom() + 1 == flow.height
            continue
        assert 0 < flow.rect(below).top() - rect.top() <= 150 + 32
        assert flow.rect(below).left() <= rect.left()
        if flow.rect(below).left() == rect.left():
            assert flow.above(below, rect.center().x()) == row


def test_headers_and_margins_are_no_cells() -> None:
    flow = layout([3, 2], 808, 200)
    assert flow.row_at(QPoint(100, 10)) == -1
    assert flow.row_at(QPoint(790, 100)) == -1  # right of the third of four columns' cells
    assert flow.row_at(flow.header_rect(1).center()) == -1
    assert flow.row_at(QPoint(100, flow.height + 5)) == -1


def test_short_sections_share_a_line_each_under_its_own_header() -> None:
    flow = layout([2, 1, 3, 7, 1], 1208, 200)  # six columns
    assert [flow.rect(row).top() for row in range(6)] == [32] * 6
    assert [flow.rect(row).left() for row in (0, 2, 3)] == [4, 404, 604]
    assert [flow.header_rect(section).left() for section in (0, 1, 2)] == [0, 400, 600]
    assert flow.header_rect(2).right() == 1208 - 1
    assert flow.band_at(100) == range(3)
    assert flow.header_rect(3).top() == 32 + 150
    assert flow.header_rect(4).top() == flow.rect(12).bottom() + 1  # a long section shares with none
    assert flow.band_bottom(1) == flow.header_rect(3).top()


@given(COUNTS, WIDTHS, CELLS)
def test_headers_stand_above_their_first_cells_and_apart(counts: list[int], width: int, cell: int) -> None:
    flow = layout(counts, width, cell)
    headers = [flow.header_rect(section) for section in range(len(counts))]
    first = 0
    for section, count in enumerate(counts):
        assert headers[section].bottom() + 1 == flow.rect(first).top()
        assert headers[section].left() <= flow.rect(first).left() < headers[section].right()
        assert section in flow.sections_between(headers[section].top(), headers[section].top())
        first += count
    assert not any(a.intersects(b) for a, b in pairwise(headers))


def test_an_empty_grid_has_no_places() -> None:
    flow = FlowLayout((), Measure(800, 4, 150, 32))
    assert flow.height == 0
    assert flow.row_at(QPoint(5, 5)) == -1
    assert not flow.rows_between(0, 1000)
    assert not flow.sections_between(0, 1000)


@given(st.integers(96, 400))
def test_the_parts_of_a_cell_lie_in_it_and_apart(width: int) -> None:
    cell = cell_layout(QRect(10, 20, width, cell_height(width)))
    assert cell.slot.contains(cell.box)
    for part in (cell.area, cell.strip, cell.caption):
        assert cell.box.contains(part)
    assert not cell.area.intersects(cell.strip)
    assert not cell.strip.intersects(cell.caption)
    assert cell.area.width() == picture_side(width)


@given(st.floats(0.05, 20.0), st.integers(60, 400), st.integers(50, 300))
def test_a_picture_is_fitted_whole(aspect: float, width: int, height: int) -> None:
    area = QRect(7, 9, width, height)
    picture = fitted(aspect, area)
    assert area.contains(picture)
    assert picture.width() == width or picture.height() == height
    if min(picture.width(), picture.height()) > 20:
        assert abs(picture.width() / picture.height() / aspect - 1) < 0.05


def test_black_bars_of_a_preview_are_left_out() -> None:
    part = unbarred(160, 120, 1.5)
    assert (round(part.width()), round(part.height())) == (160, 107)
    assert part.center().y() == 60
    upright = unbarred(120, 160, 2 / 3)
    assert (round(upright.width()), round(upright.height())) == (107, 160)


def test_a_preview_of_quite_another_shape_is_left_whole() -> None:
    assert unbarred(107, 160, 1.5).size().toSize().toTuple() == (107, 160)
    assert unbarred(160, 107, 1.5).size().toSize().toTuple() == (160, 107)
