"""In a window from right to left, what is listed reads as it is written."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
)
from pytestqt.qtbot import QtBot

from fixtures.dialogs import WINDOWS
from fixtures.windows import there
from ui.widgets.line_table import LineTable
from ui.widgets.picture_list import PictureList


@pytest.fixture
def from_right_to_left(qapp: QApplication) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def drawn(view: QAbstractItemView, index: QModelIndex) -> str:
    """The words of an item as they are drawn, from left to right."""
    option = QStyleOptionViewItem()
    view.initViewItemOption(option)
    delegate = view.itemDelegateForIndex(index)
    assert isinstance(delegate, QStyledItemDelegate)
    delegate.initStyleOption(option, index)
    words = option.text.split("\N{LINE SEPARATOR}")[0]
    layout = QTextLayout(words, view.font())
    how = QTextOption()
    how.setTextDirection(option.direction)  # as Qt's styles do
    layout.setTextOption(how)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    places: dict[int, float] = {}
    for run in layout.glyphRuns(-1, -1, QTextLayout.GlyphRunRetrievalFlag.RetrieveAll):
        places |= {at: place.x() for at, place in zip(run.stringIndexes(), run.positions(), strict=True)}
    return "".join(words[at] for at in sorted(places, key=lambda at: places[at]) if words[at].isprintable())


def test_a_value_keeps_its_sign_before_it(qtbot: QtBot, from_right_to_left: None) -> None:
    dialog = WINDOWS["metadata template"]()
    qtbot.addWidget(dialog)
    dialog.show()
    there(dialog.findChild(QLineEdit)).setText("-1")
    written = there(dialog.findChild(QTreeWidget))
    index = written.model().index(0, 1)
    assert index.data() == "-1", "it is only drawn otherwise"
    assert drawn(written, index) == "-1"


@pytest.mark.parametrize(
    ("name", "kind"), [("found", PictureList), ("looks", PictureList), ("problems", LineTable)]
)
def test_names_and_counts_read_as_they_are_written(
    qtbot: QtBot, from_right_to_left: None, name: str, kind: type[QAbstractItemView]
) -> None:
    dialog = WINDOWS[name]()
    qtbot.addWidget(dialog)
    dialog.show()
    view = there(dialog.findChild(kind))
    index = view.model().index(0, 0)
    assert drawn(view, index) == str(index.data()).split("\n")[0]
