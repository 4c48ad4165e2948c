"""A table of lines to read and to choose from, such as of files."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableWidget, QTableWidgetItem

from ui.widgets.as_written import AsWritten


class LineTable(QTableWidget):
    """A line a thing; nothing in it is written to, and Tab leads out of it.

    Args:
        name: for screen readers.
        columns: their headings.
    """

    def __init__(self, name: str, columns: Sequence[str]) -> None:
        super().__init__(0, len(columns))
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(columns)
        self.setItemDelegate(AsWritten(self))
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setAlternatingRowColors(True)
        self.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self.verticalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)

    def add_line(self, cells: Sequence[tuple[str, str]]) -> None:
        """Add a line at the end.

        Args:
            cells: what each says, and what more the pointer is told; "" for nothing.
        """
        row = self.rowCount()
        self.insertRow(row)
        for column, (text, tip) in enumerate(cells):
            item = QTableWidgetItem(text)
            item.setToolTip(tip)
            self.setItem(row, column, item)
