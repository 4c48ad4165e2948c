"""The sheet of keys: the table of commands, and what the marks on photos mean, laid over the window."""

from collections.abc import Iterable, Sequence
from itertools import combinations, groupby, pairwise, product

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from core.language import tr
from ui.commands.command import Command, Group
from ui.commands.keymap import key_names
from ui.commands.table import COMMANDS
from ui.theme import SPACING, Theme
from ui.widgets.legend import Legend
from ui.widgets.style import css, scroll_style

_MOST_COLUMNS = 3
_CLOSING = (Qt.Key.Key_Escape, Qt.Key.Key_Question, Qt.Key.Key_F1)


class ShortcutOverlay(QWidget):
    """Covers its host while it is open; ?, Esc or a click closes it. It scrolls where it does not fit.

    Args:
        theme: colours.
        host: the window.
        commands: the table.
    """

    SPOKEN_AS = QAccessible.Role.HelpBalloon

    def __init__(self, theme: Theme, host: QWidget, commands: Iterable[Command] = COMMANDS) -> None:
        super().__init__(host)
        self._host = host
        self._theme = theme
        self._commands: list[Command] = []
        self._laid_for = 0  # width of the window
        self._before: QWidget | None = None
        self._scroll = QScrollArea(self)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setStyleSheet(
            scroll_style(theme) + "QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; }"
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*(2 * SPACING,) * 4)
        layout.setSpacing(SPACING)
        heading = QLabel(tr("Keys  ·  Esc or a click closes"))
        heading.setStyleSheet(f"color: {css(theme.text)};")
        layout.addWidget(heading, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(Legend(theme, self))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Keys"))
        host.installEventFilter(self)
        self.set_keys(commands)
        self.hide()

    def set_keys(self, commands: Iterable[Command]) -> None:
        """Show another table from the next opening on."""
        self._commands = [command for command in commands if command.keys]
        self._laid_for = 0  # width of the window

    def toggle(self) -> None:
        """Open the sheet, or close it and give the keys back."""
        if self.isVisible():
            self.close_sheet()
            return
        self._before = self._host.window().focusWidget()
        self._cover()
        self.show()
        self.raise_()
        self.setFocus()

    def close_sheet(self) -> None:
        """Close the sheet; the widget that had the focus before has it again."""
        self.hide()
        if self._before is not None:
            self._before.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep covering the host."""
        if watched is self._host and event.type() is QEvent.Type.Resize and self.isVisible():
            self._cover()
        return False

    def event(self, event: QEvent) -> bool:
        """Take every key before it becomes a command: nothing behind the sheet may be decided."""
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close, or scroll."""
        bar = self._scroll.verticalScrollBar()
        if event.key() in _CLOSING:
            self.close_sheet()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_PageDown):
            bar.setValue(bar.value() + bar.pageStep() // 2)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_PageUp):
            bar.setValue(bar.value() - bar.pageStep() // 2)

    def focusNextPrevChild(self, _forward: bool) -> bool:
        """Keep the focus: Tab would lead behind the sheet."""
        return True

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """Close at a click anywhere."""
        self.close_sheet()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a veil over what is behind."""
        QPainter(self).fillRect(self.rect(), self._theme.veil)

    def _cover(self) -> None:
        self.setGeometry(self._host.rect())
        if self.width() == self._laid_for:
            return
        self._laid_for = self.width()
        room = self.width() - 4 * SPACING
        ways = product(range(_MOST_COLUMNS, 0, -1), (4 * SPACING, 2 * SPACING))
        sheets = (self._sheet(columns, between) for columns, between in ways)
        # Languages differ in the length of their words: as many columns as fit.
        fitting = (sheet for sheet in sheets if sheet.sizeHint().width() <= room)
        self._scroll.setWidget(next(fitting, None) or self._sheet(1, 0))

    def _sheet(self, columns: int, between: int) -> QWidget:
        """Lay out all groups, in their order, in columns of about the same length with room between them."""
        sheet = QWidget()
        row = QHBoxLayout(sheet)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(between)
        row.addStretch(1)
        for groups in _spread(self._groups(), columns):
            row.addLayout(self._column(groups))
        row.addStretch(1)
        return sheet

    def _groups(self) -> list[tuple[Group, list[Command]]]:
        members = ((group, [each for each in self._commands if each.group is group]) for group in Group)
        return [(group, commands) for group, commands in members if commands]

    def _column(self, groups: list[tuple[Group, list[Command]]]) -> QVBoxLayout:
        """Lay groups one below the other: words on the left and keys on the right, as menus have them.

        So a column is as wide as its longest line, not as its longest words beside its longest keys.
        """
        column = QVBoxLayout()
        column.setSpacing(1)  # all of it in sight is worth more than air
        for at, (group, commands) in enumerate(groups):
            heading = QLabel(tr(group.value))
            heading.setStyleSheet(f"color: {css(self._theme.text_dim)}; font-weight: bold;")
            column.addSpacing(SPACING if at else 0)
            column.addWidget(heading)
            for line in _lines(commands):
                title = QLabel(tr(line[0].family if len(line) > 1 else line[0].title))
                title.setToolTip("\n".join(tr(command.help) for command in line))
                title.setStyleSheet(f"color: {css(self._theme.text)};")
                row = QHBoxLayout()
                row.setSpacing(2 * SPACING)
                row.addWidget(title)
                row.addStretch(1)
                row.addWidget(self._keys(line))
                column.addLayout(row)
        column.addStretch(1)
        return column

    def _keys(self, line: Sequence[Command]) -> QWidget:
        """Show all keys of one command, or the main keys of a family, from the first to the last."""
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACING // 2)
        names = key_names(line[0]) if len(line) == 1 else [key_names(command)[0] for command in line]
        if len(line) > 2:
            row.addWidget(self._cap(names[0]))
            row.addWidget(QLabel("–"))
            row.addWidget(self._cap(names[-1]))
        else:
            for name in names:
                row.addWidget(self._cap(name))
        return holder

    def _cap(self, name: str) -> QLabel:
        """Show one key, never squeezed."""
        cap = QLabel(name)
        cap.setAlignment(Qt.AlignmentFlag.AlignCenter)
        cap.setStyleSheet(
            f"color: {css(self._theme.active)}; background: {css(self._theme.raised)};"
            f"border: 1px solid {css(self._theme.outline)}; border-radius: 3px; padding: 0 5px;"
        )
        cap.setFixedWidth(max(2 * SPACING, cap.sizeHint().width()))
        return cap


def _lines(commands: Sequence[Command]) -> list[list[Command]]:
    """Return the commands as lines of the sheet: neighbours of one family share a line."""
    return [
        list(members) for _, members in groupby(commands, key=lambda command: command.family or command.id)
    ]


def _spread(
    groups: list[tuple[Group, list[Command]]], columns: int
) -> list[list[tuple[Group, list[Command]]]]:
    """Cut the groups into columns, the longest as short as can be, without changing their order."""

    def length(column: Sequence[tuple[Group, list[Command]]]) -> int:
        return sum(len(_lines(commands)) + 2 for _, commands in column)  # a heading counts as two lines

    ways = (
        [groups[start:end] for start, end in pairwise((0, *cuts, len(groups)))]
        for cuts in combinations(range(1, len(groups)), min(columns, len(groups)) - 1)
    )
    return min(ways, key=lambda way: max(map(length, way)), default=[])
