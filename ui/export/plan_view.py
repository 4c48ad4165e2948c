"""What an export would do, file by file, and inside the first of them property by property."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from core.export.planned import Action, Difference, PlannedFile
from core.export.space import Space
from core.language import numeral, tr
from ui.text_size import scaled
from ui.theme import SPACING, Theme
from ui.widgets.as_written import AsWritten
from ui.widgets.style import css

ROWS_SHOWN = 500
"""Nobody reads further; the summary counts them all."""


@dataclass(frozen=True, slots=True)
class Preview:
    """A plan, and what was looked up of it to be shown.

    Attributes:
        plan: all of it.
        differences: of the first files, by their place in the plan.
        space: what the copies take, None where there are none.
        unread: how many photos the program will not see decisions of; see ``unread_without_embedding``.
    """

    plan: Sequence[PlannedFile]
    differences: Mapping[int, tuple[Difference, ...]] = field(default_factory=dict)
    space: Space | None = None
    unread: int = 0

    @property
    def is_work(self) -> bool:
        """Whether carrying it out would change anything."""
        return any(planned.is_work for planned in self.plan)


def header_style(theme: Theme) -> str:
    """Style the words above the columns as quiet ones."""
    return f"""
        QHeaderView::section {{
            background: {css(theme.surface)}; color: {css(theme.text_dim)}; border: none;
            border-bottom: 1px solid {css(theme.outline)}; padding: 4px {SPACING // 2}px;
        }}
    """


class PlanView(QTreeWidget):
    """A tree: files, and below them the properties before and after. Refused files come first, then remarks.

    Args:
        theme: colours.
        parent: the dialog.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setHeaderLabels([tr("File"), tr("What"), ""])
        self.setAccessibleName(tr("What would be done"))
        self.setItemDelegate(AsWritten(self))
        self.setUniformRowHeights(True)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # both ends of a path are informative
        self.setSelectionMode(QTreeWidget.SelectionMode.NoSelection)
        self.setIndentation(2 * SPACING)
        self.setStyleSheet(header_style(theme))
        header = self.header()
        header.setStretchLastSection(True)
        header.setSectionsMovable(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.resizeSection(0, scaled(28 * SPACING))
        header.resizeSection(1, scaled(14 * SPACING))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_preview(self, preview: Preview, root: Path | None) -> None:
        """Show a plan.

        Args:
            preview: the plan.
            root: paths are shown from here on where they lie below it.
        """
        self.clear()
        columns = (tr("Before"), tr("After")) if preview.differences else (tr("What"), "")
        self.setHeaderLabels([tr("File"), *columns])
        told = [(at, one) for at, one in enumerate(preview.plan) if one.action is not Action.UNCHANGED]
        told.sort(key=lambda pair: (pair[1].action is not Action.REFUSED, not pair[1].remark))
        items = [self._file(one, preview.differences.get(at, ()), root) for at, one in told[:ROWS_SHOWN]]
        self.addTopLevelItems(items)
        for item in items:
            item.setExpanded(True)
        if len(told) > ROWS_SHOWN:
            more = tr("… and {count} more").format(count=numeral(len(told) - ROWS_SHOWN))
            self.addTopLevelItem(self._dim(QTreeWidgetItem([more])))

    def lines(self) -> list[str]:
        """Return what is shown, a line a row, columns apart by " | "."""
        rows: list[str] = []
        for at in range(self.topLevelItemCount()):
            item = self.topLevelItem(at)
            if item is not None:
                below = (item.child(row) for row in range(item.childCount()))
                rows += [_line(one) for one in (item, *below) if one is not None]
        return rows

    def _file(
        self, planned: PlannedFile, differences: Sequence[Difference], root: Path | None
    ) -> QTreeWidgetItem:
        name = planned.path
        if root is not None and name.is_relative_to(root):
            name = name.relative_to(root)
        item = QTreeWidgetItem([str(name), tr(planned.action.value), planned.remark])
        item.setToolTip(0, str(planned.path))
        item.setToolTip(2, planned.remark)
        _colour(item, 1, self._theme.warning if planned.action is Action.REFUSED else self._theme.text_dim)
        for difference in differences:
            row = QTreeWidgetItem([difference.name, difference.before or "–", difference.after or "–"])
            for column, text in ((1, difference.before), (2, difference.after)):
                row.setToolTip(column, text)
            item.addChild(self._dim(row, columns=(0, 1)))
        return item

    def _dim(self, item: QTreeWidgetItem, columns: Sequence[int] = (0,)) -> QTreeWidgetItem:
        for column in columns:
            _colour(item, column, self._theme.text_dim)
        return item


def _colour(item: QTreeWidgetItem, column: int, colour: QColor) -> None:
    item.setForeground(column, QBrush(colour))


def _line(item: QTreeWidgetItem) -> str:
    return " | ".join(text for text in (item.text(column) for column in range(3)) if text)
