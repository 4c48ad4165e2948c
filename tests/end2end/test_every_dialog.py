"""Every dialog and panel there is: opened by its command, by ear, by Tab, and away again by Esc."""

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

import ui
from app.window import Program
from fixtures.dialogs import WINDOWS
from fixtures.spoken import badly_spoken, reached_by_tab
from fixtures.tabbing import left_out, round_by_tab
from fixtures.windows import in_front, photo_id
from ui.commands import table
from ui.commands.command import Command, Where
from ui.commands.table import COMMANDS

pytestmark = [
    pytest.mark.usefixtures("measured_here"),
    pytest.mark.qt_log_ignore(r"propagateSizeHints\(\)", r"raise\(\)", r"grabbing the keyboard"),
]

ELSEWHERE = (table.QUIT, table.CLOSE_FOLDER, table.DEMO)  # they end the shoot that the others are tried on
SCREENS = {
    Where.GRID: table.GRID,
    Where.LOUPE: table.LOUPE,
    Where.COMPARE: table.COMPARE,
    Where.SURVEY: table.SURVEY,
    Where.FACES: table.FACE_PANEL,
}


@pytest.fixture
def somebody_listens() -> Iterator[None]:
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def beside(program: Program) -> list[QWidget]:
    """What is open beside the window."""
    return [
        each for each in QApplication.topLevelWidgets() if each.isVisible() and each is not program.window
    ]


def takes_keys(window: QWidget) -> bool:
    """Tell a dialog from a window that only shows, such as the second screen's."""
    return not window.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus


def faults(qtbot: QtBot, window: QWidget) -> list[str]:
    """What is wrong with a dialog, by ear and by Tab, on each of its pages."""
    found = []
    tabs = window.findChild(QTabWidget)
    for page in range(tabs.count() if tabs is not None else 1):
        if tabs is not None:
            tabs.setCurrentIndex(page)
        QCoreApplication.processEvents()
        found += badly_spoken(window)
        if not takes_keys(window) or len(reached_by_tab(window)) < 2:
            continue
        in_front(qtbot, window)
        found += left_out(window, round_by_tab(qtbot, window))
    return [f"{type(window).__name__}: {each}" for each in found]


def has_answered(program: Program) -> bool:
    """Whether a command said something, or gave the keyboard to a field of the window."""
    words, window = program.window.messages.text(), program.window
    return bool(words and not words.endswith("…")) or window.focusWidget() is not window.space.views.front


def look_at_what_opens(qtbot: QtBot, program: Program, command: Command) -> tuple[set[type], list[str]]:
    """Give a command, look at all that it opens, and close that by Esc."""
    opened: set[type] = set()
    wrong: list[str] = []

    def look() -> None:
        for window in beside(program):
            opened.add(type(window))
            wrong.extend(faults(qtbot, window))
            qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_Escape)
            if window.isVisible() and takes_keys(window):
                wrong.append(f"{type(window).__name__} stays at Esc")
            window.close()

    program.window.messages.close_message()
    QTimer.singleShot(0, look)  # one that waits for its answer has a loop of its own
    program.window.do(command)
    QCoreApplication.processEvents()
    if command.title.endswith("…"):  # it asks something, or says why not
        qtbot.waitUntil(lambda: bool(opened or beside(program)) or has_answered(program))
        look()
    return opened, wrong


def test_whatever_a_command_opens_is_named_walked_by_tab_and_closed_by_escape(
    qtbot: QtBot, program: Program, monkeypatch: pytest.MonkeyPatch, somebody_listens: None
) -> None:
    asked: list[QWidget] = []

    def ask(parent: QWidget, *_: object) -> str:
        asked.append(parent)
        return ""

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", ask)
    window = program.window
    opened: set[type] = set()
    wrong: list[str] = []
    for command in COMMANDS:
        if command.by_view or command in ELSEWHERE or command.where is Where.AUDIT:
            continue
        window.do(table.GRID)
        window.space.go_to(photo_id(program, "G.jpg"))  # with a face, in a burst
        if command is table.OPEN_FOLDER or command is table.CHECK_COPIES:
            window.do(command)  # the system's own dialog
            assert asked.pop() is window
            continue
        window.do(next(back for screen, back in SCREENS.items() if command.where & screen))
        found, faulty = look_at_what_opens(qtbot, program, command)
        opened |= found
        wrong += [f"{command.id}: {each}" for each in faulty]
    assert not wrong
    assert opened >= {type(popup) for _, popup in window.commands.popups}
    assert len(opened) >= 20


def leaves(kind: type) -> set[type]:
    """The kinds of a kind that have no kinds of their own."""
    below: list[type] = kind.__subclasses__()
    return set().union(*map(leaves, below)) if below else {kind}


def test_no_dialog_is_left_out_of_the_tests_for_everybody(qtbot: QtBot) -> None:
    for module in pkgutil.walk_packages(ui.__path__, "ui."):
        importlib.import_module(module.name)
    looked_at = set()
    for make in WINDOWS.values():
        window = make()
        qtbot.addWidget(window)
        looked_at.add(type(window))
    ours = {each for each in leaves(QDialog) if each.__module__.startswith("ui.")}
    assert ours <= looked_at
