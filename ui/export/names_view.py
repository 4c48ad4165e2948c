"""What the first photos of a plan would be called, and what of their names had to be changed."""

from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeWidget, QTreeWidgetItem

from core.export.planned import Action, PlannedFile
from core.export.transfers import PlannedTransfer
from core.language import tr
from ui.export.plan_view import header_style
from ui.text_size import scaled
from ui.theme import SPACING, Theme

NAMES_SHOWN = 10


class NamesView(QTreeWidget):
    """A line a photo: what it is called, what it would be called, and why not just as the template says.

    Args:
        theme: colours.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setColumnCount(3)
        self.setHeaderLabels([tr("Photo"), tr("New name"), tr("What was changed for it")])
        self.setAccessibleName(tr("New names of the first photos"))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setStyleSheet(header_style(theme))
        header = self.header()
        header.setStretchLastSection(True)
        header.setSectionsMovable(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.resizeSection(0, scaled(16 * SPACING))
        header.resizeSection(1, scaled(34 * SPACING))
        self.hide()

    def show_plan(self, plan: Sequence[PlannedFile], root: Path | None = None) -> None:
        """Show the names of its first photos; nothing where there are none.

        Args:
            plan: what would be done.
            root: names are shown from this folder on where they lie below it.
        """
        self.clear()
        self.setEnabled(True)
        named = (one for one in plan if isinstance(one, PlannedTransfer) and one.is_picture)
        for one in islice(named, NAMES_SHOWN):
            self.addTopLevelItem(self._line(one, root))
        rows = self.topLevelItemCount()
        self.setVisible(bool(rows))
        if rows:
            row = self.sizeHintForRow(0)
            self.setFixedHeight(self.header().sizeHint().height() + rows * row + 3 * SPACING)

    def lines(self) -> list[str]:
        """Return what is shown, a line a row, columns apart by " | "."""
        items = (self.topLevelItem(at) for at in range(self.topLevelItemCount()))
        return [
            " | ".join(text for text in (item.text(column) for column in range(3)) if text)
            for item in items
            if item is not None
        ]

    def _line(self, planned: PlannedTransfer, root: Path | None) -> QTreeWidgetItem:
        name = planned.path
        if root is not None and name.is_relative_to(root):
            name = name.relative_to(root)
        item = QTreeWidgetItem([planned.source.name, str(name), planned.remark])
        for column in range(3):
            item.setToolTip(column, item.text(column))
        item.setForeground(0, QBrush(self._theme.text_dim))
        refused = planned.action is Action.REFUSED
        item.setForeground(2, QBrush(self._theme.warning if refused else self._theme.text_dim))
        return item
