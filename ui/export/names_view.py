"""What the first photos of a plan would be called, and what of their names had to be changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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
from ui.widgets.as_written import AsWritten

NAMES_SHOWN = 10


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A line.

    Attributes:
        before: what the file is called now.
        name: what it would be called, with the folders above.
        remark: why not just as the template says; "" mostly.
        is_refused: nothing is done with it, and the remark says why.
    """

    before: str
    name: str
    remark: str = ""
    is_refused: bool = False


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
        self.setItemDelegate(AsWritten(self))
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
        named = (one for one in plan if isinstance(one, PlannedTransfer) and one.is_picture)
        self.show_names(
            NamedFile(
                one.source.name, _below(root, one.path), one.remark, is_refused=one.action is Action.REFUSED
            )
            for one in named
        )

    def show_names(self, files: Iterable[NamedFile]) -> None:
        """Show the names of the first of some files; nothing where there are none."""
        self.clear()
        self.setEnabled(True)
        for one in islice(files, NAMES_SHOWN):
            self.addTopLevelItem(self._line(one))
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

    def _line(self, file: NamedFile) -> QTreeWidgetItem:
        item = QTreeWidgetItem([file.before, file.name, file.remark])
        for column in range(3):
            item.setToolTip(column, item.text(column))
        item.setForeground(0, QBrush(self._theme.text_dim))
        item.setForeground(2, QBrush(self._theme.warning if file.is_refused else self._theme.text_dim))
        return item


def _below(root: Path | None, path: Path) -> str:
    return str(path.relative_to(root) if root is not None and path.is_relative_to(root) else path)
