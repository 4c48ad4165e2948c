"""The page of the settings where keys are changed: the table of commands, a field for a key, a conflict check."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from core.language import mark, tr
from ui.commands.command import Command, Group
from ui.commands.keymap import key_names
from ui.commands.presets import Preset, with_keys, without_effect
from ui.theme import DARK, SPACING, Theme
from ui.widgets.choices import ChoiceBox, keep, kept
from ui.widgets.style import css

_PRESETS = (
    (Preset.LIGHTROOM, mark("As in Lightroom")),
    (Preset.PHOTO_MECHANIC, mark("As in Photo Mechanic")),
)


class _KeyField(QKeySequenceEdit):
    """Takes the keys that are pressed in it."""

    SPOKEN_AS = QAccessible.Role.HotkeyField


class KeyEditor(QWidget):
    """Every change is signalled at once. A taken key is shown with its command, and given away only when asked."""

    keys_chosen = Signal(object, object)  # Preset, dict of a command's id and its keys

    def __init__(
        self,
        preset: Preset,
        own: Mapping[str, tuple[str, ...]],
        theme: Theme = DARK,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._own = dict(own)
        self._presets = ChoiceBox((each, tr(words)) for each, words in _PRESETS)
        self._presets.setAccessibleName(tr("Keys to start from"))
        self._presets.set_value(preset)
        self._presets.activated.connect(self._preset_chosen)
        self._list = _key_list()
        self._list.currentItemChanged.connect(lambda _now, _before: self._show_command())
        self._field = _KeyField()
        self._field.setMaximumSequenceLength(1)
        self._field.setClearButtonEnabled(True)
        self._field.setAccessibleName(tr("New key"))
        self._field.keySequenceChanged.connect(lambda _keys: self._check())
        self._set = QPushButton(tr("Set key"))
        self._set.clicked.connect(self._set_key)
        self._none = QPushButton(tr("No key"))
        self._none.clicked.connect(lambda: self._give(()))
        self._reset = QPushButton(tr("Reset all"))
        self._reset.clicked.connect(self._forget_own)
        self._word = QLabel(wordWrap=True)
        self._word.setStyleSheet(f"color: {css(theme.warning)};")
        self._word.setMinimumHeight(2 * self._word.fontMetrics().lineSpacing())
        self._lay_out()
        self._fill()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(QLabel(tr("Keys")))
        top.addWidget(self._presets)
        top.addStretch(1)
        top.addWidget(self._reset)
        foot = QHBoxLayout()
        foot.addWidget(QLabel(tr("New key")))
        foot.addWidget(self._field, 1)
        for button in (self._set, self._none):
            foot.addWidget(button)
        for button in (self._set, self._none, self._reset):
            button.setAutoDefault(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACING)
        layout.addLayout(top)
        layout.addWidget(self._list, 1)
        layout.addWidget(self._word)
        layout.addLayout(foot)

    def text(self) -> str:
        """Return what is said about the key in the field."""
        return self._word.text()

    def choose(self, command_id: str) -> None:
        """Make a command the one whose key is changed."""
        for item in self._items():
            if kept(item, str) == command_id:
                self._list.setCurrentItem(item)

    # Inside

    def _preset(self) -> Preset:
        return self._presets.value()

    def _table(self) -> tuple[Command, ...]:
        return with_keys(self._preset(), self._own)

    def _current(self) -> Command | None:
        item = self._list.currentItem()
        wanted = kept(item, str) if item is not None else None
        return next((command for command in self._table() if command.id == wanted), None)

    def _items(self) -> list[QTreeWidgetItem]:
        root = self._list.invisibleRootItem()
        groups = [root.child(at) for at in range(root.childCount())]
        items = (group.child(at) for group in groups if group for at in range(group.childCount()))
        return [item for item in items if item is not None]

    def _fill(self) -> None:
        """Show the table as it is now; the chosen command stays chosen."""
        chosen = self._current()
        self._list.clear()
        for group in Group:
            members = [command for command in self._table() if command.group is group and not command.by_view]
            if not members:
                continue
            heading = QTreeWidgetItem(self._list, [tr(group.value)])
            heading.setFlags(Qt.ItemFlag.ItemIsEnabled)
            heading.setFirstColumnSpanned(True)
            font = heading.font(0)
            font.setBold(True)
            heading.setFont(0, font)
            for command in members:
                item = QTreeWidgetItem(heading, [tr(command.title), "   ".join(key_names(command))])
                item.setToolTip(0, tr(command.help))
                keep(item, command.id)
            heading.setExpanded(True)
        self.choose(chosen.id if chosen else kept(self._items()[0], str) or "")
        self._reset.setEnabled(len(self._own) > len(without_effect(self._own)))

    def _show_command(self) -> None:
        self._field.clear()
        self._check()

    def _entered(self) -> str:
        return self._field.keySequence().toString(QKeySequence.SequenceFormat.PortableText)

    def _owners(self, command: Command, key: str) -> list[Command]:
        """Return the commands that have a key already, on a screen that the command works on too."""
        return [
            other
            for other in self._table()
            if other.id != command.id and key in other.keys and other.where & command.where
        ]

    def _check(self) -> None:
        """Say whose the key is already, before it is taken."""
        command, key = self._current(), self._entered()
        owners = self._owners(command, key) if command and key else []
        fixed = any(owner.by_view for owner in owners)
        names = ", ".join(f"“{tr(owner.title)}”" for owner in owners)
        if fixed:
            self._word.setText(
                tr("{key} always is {names}: choose another key.").format(key=key, names=names)
            )
        elif owners:
            words = tr("{key} is the key of {names} now. Setting it takes it from there.")
            self._word.setText(words.format(key=key, names=names))
        else:
            self._word.clear()
        self._set.setEnabled(command is not None and bool(key) and not fixed)
        self._none.setEnabled(command is not None and bool(command.keys))

    def _set_key(self) -> None:
        command, key = self._current(), self._entered()
        if command is None:
            return
        for owner in self._owners(command, key):
            self._own[owner.id] = tuple(other for other in owner.keys if other != key)
        self._give((key,))

    def _give(self, keys: tuple[str, ...]) -> None:
        if command := self._current():
            self._own[command.id] = keys
            self._tell()

    def _preset_chosen(self) -> None:
        self._tell()

    def _forget_own(self) -> None:
        self._own = {name: self._own[name] for name in without_effect(self._own)}  # another Shortlist's
        self._tell()

    def _tell(self) -> None:
        self._field.clear()
        self._fill()
        self.keys_chosen.emit(self._preset(), dict(self._own))


def _key_list() -> QTreeWidget:
    tree = QTreeWidget()
    tree.setColumnCount(2)
    tree.setHeaderHidden(True)
    tree.setRootIsDecorated(False)
    tree.setUniformRowHeights(True)
    tree.setAccessibleName(tr("Commands and their keys"))
    tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
    tree.header().setStretchLastSection(False)
    return tree
