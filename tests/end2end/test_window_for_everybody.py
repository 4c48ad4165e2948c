"""Every screen of the real window by keyboard, by ear and from right to left."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.paths import places
from app.window import Program, kept_choices
from core.pipeline.events import Progress, Stage
from core.shoot.criteria import Criteria
from fixtures.legible import cut_words, overlaps
from fixtures.spoken import badly_spoken
from fixtures.tabbing import left_out, out_of_order, round_by_tab, shows_focus
from fixtures.windows import in_front, photo_id, press, running, there
from ui import spoken
from ui.grid.timeline import Timeline
from ui.main_window import MainWindow
from ui.marks.roles import Role
from ui.recent_shoot import RecentShoot
from ui.theme import THEMES, Theme, apply_theme
from ui.widgets.focus_edge import FocusEdge

pytestmark = [
    pytest.mark.usefixtures("measured_here"),
    pytest.mark.qt_log_ignore(r"propagateSizeHints\(\)", r"raise\(\)", r"grabbing the keyboard"),
]

SCREENS = ("grid", "loupe", "compare", "survey", "face_panel")


@pytest.fixture
def program(program: Program) -> Program:
    program.window.space.go_to(photo_id(program, "A.jpg"))
    return program


def show(qtbot: QtBot, program: Program, screen: str) -> MainWindow:
    if screen != "grid":
        press(program, screen)
    QCoreApplication.processEvents()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is program.window.space.views.front)
    return program.window


@pytest.fixture(params=list(THEMES))
def theme(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Theme]:
    palette = qapp.palette()
    kept_choices(places()).setValue("theme", request.param.value)
    apply_theme(qapp, THEMES[request.param])
    yield THEMES[request.param]
    qapp.setPalette(palette)


@pytest.mark.parametrize("screen", SCREENS)
def test_every_control_is_named_and_reached_once_in_order(
    qtbot: QtBot, program: Program, screen: str
) -> None:
    window = show(qtbot, program, screen)
    assert not badly_spoken(window)
    walked = round_by_tab(qtbot, window)
    assert not left_out(window, walked)
    assert not out_of_order(window, walked)


@pytest.mark.parametrize("screen", SCREENS)
def test_what_has_the_keyboard_is_seen(qtbot: QtBot, theme: Theme, program: Program, screen: str) -> None:
    window = show(qtbot, program, screen)
    assert window.theme is theme
    walked = round_by_tab(qtbot, window)
    for each in walked:
        other = next(one for one in walked if one is not each and one is not window.space.views.front)
        other.setFocus(Qt.FocusReason.TabFocusReason)
        each.setFocus(Qt.FocusReason.TabFocusReason)
        assert shows_focus(each, other.setFocus), f"{each.accessibleName()} {each}"


def test_the_frame_round_the_photos_goes_with_the_next_key(qtbot: QtBot, program: Program) -> None:
    grid = show(qtbot, program, "grid").space.grid
    edge = there(program.window.findChild(FocusEdge))
    assert not edge.isVisible(), "it hides nothing while one works"
    qtbot.keyClick(grid, Qt.Key.Key_Tab)
    qtbot.keyClick(there(QApplication.focusWidget()), Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is grid
    assert edge.isVisible()
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    assert not edge.isVisible()


def test_a_screen_reader_finds_every_photo_with_its_decision(qtbot: QtBot, program: Program) -> None:
    window = show(qtbot, program, "grid")
    grid = there(QAccessible.queryAccessibleInterface(window.space.grid))
    assert grid.childCount() == window.space.model.rowCount() >= 5
    row = window.space.grid.currentIndex().row()
    press(program, "pick")
    said = [there(grid.child(at)).text(QAccessible.Text.Name) for at in range(grid.childCount())]
    name = window.space.model.index(row, 0).data()
    assert said[row].startswith(f"{name}, picked")
    assert all(words.strip() for words in said)
    assert there(grid.child(row)).state().selected
    place = there(grid.child(row)).rect()
    assert window.geometry().contains(place.center())


@pytest.mark.parametrize("screen", ["loupe", "compare", "survey"])
def test_a_screen_reader_hears_which_photo_is_large_and_what_is_decided(
    qtbot: QtBot, program: Program, screen: str
) -> None:
    window = show(qtbot, program, screen)
    press(program, "pick")
    view = there(QAccessible.queryAccessibleInterface(window.space.views.front))
    assert view.role() is QAccessible.Role.Graphic
    current = program.session.shoot.photos[there(window.space.current_photo())]
    assert view.text(QAccessible.Text.Description).startswith(f"{current.path.name}, picked")


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is read out without being asked for."""
    words: list[str] = []

    def listen(event: QAccessibleEvent) -> None:
        if isinstance(event, QAccessibleAnnouncementEvent):
            words.append(event.message())

    monkeypatch.setattr(spoken, "_send", listen)
    return words


def test_decisions_messages_and_filters_are_read_out(
    qtbot: QtBot, program: Program, heard: list[str]
) -> None:
    window = show(qtbot, program, "grid")
    qtbot.keyClick(window.space.grid, Qt.Key.Key_P)
    assert heard.pop() == "A.jpg, picked"
    qtbot.keySequence(window.space.grid, "Ctrl+Z")
    assert heard.pop() == "A.jpg, undecided"
    press(program, "accept_suggestion")
    assert heard.pop() == "A.jpg, rejected; B.jpg, picked; C.jpg, rejected"
    press(program, "undo")
    assert heard.pop() == "A.jpg, undecided; B.jpg, undecided; C.jpg, undecided"
    window.space.grid.selectAll()
    press(program, "reject")
    count = len(window.space.targets())
    assert heard.pop().startswith(f"Reject {count} frames: done."), "what the foot offers to undo, last"
    assert heard.pop() == f"{count} photos, rejected: {count}"
    window.messages.show_error("The disk is full.")
    assert heard.pop() == "The disk is full."
    window.space.set_criteria(Criteria(text="no such photo"))
    assert heard.pop() == f"0 of {len(program.session.shoot.photos)} photos"


def test_what_an_export_did_is_read_out_and_the_keyboard_is_where_it_is_seen(
    qtbot: QtBot, program: Program, heard: list[str]
) -> None:
    show(qtbot, program, "grid")
    press(program, "pick")
    press(program, "export")
    dialog = program.export.dialog
    (export,) = (each for each in dialog.findChildren(QPushButton) if each.isDefault())
    qtbot.waitUntil(export.isEnabled)
    heard.clear()
    qtbot.keyClick(there(QApplication.focusWidget()), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["XMP metadata: 1 file done"]
    close = there(QApplication.focusWidget())
    assert close.isVisible()
    assert not left_out(dialog, round_by_tab(qtbot, dialog))
    qtbot.keyClick(close, Qt.Key.Key_Return)
    assert not dialog.isVisible()


def test_how_far_the_measuring_is_is_read_out_once_a_stage(
    qtbot: QtBot, program: Program, heard: list[str]
) -> None:
    strip = program.window.progress
    for stage, done in ((Stage.SCAN, 1), (Stage.SCAN, 2), (Stage.ANALYSIS, 1), (Stage.ANALYSIS, 9)):
        strip.show_progress(Progress(1, stage, done, 10))
    assert heard == ["Looking for photos", "Measuring photos"]
    strip.show_finished(there(program.session.shoot.finished))
    assert heard[2:] == [strip.text()]


@pytest.mark.parametrize("screen", ["loupe", "compare", "survey", "face_panel"])
def test_the_next_large_photo_is_read_out_with_what_is_decided(
    qtbot: QtBot, program: Program, heard: list[str], screen: str
) -> None:
    space = show(qtbot, program, screen).space
    heard.clear()
    press(program, "pick")
    assert heard[0] == "A.jpg, picked"
    heard.clear()
    qtbot.keyClick(space.views.front, Qt.Key.Key_Right)
    name = program.session.shoot.photos[there(space.current_photo())].path.name
    assert {words.split(",")[0] for words in heard} == {name}


def test_grid_filmstrip_and_timeline_agree_on_the_active_photo(qtbot: QtBot, program: Program) -> None:
    window = show(qtbot, program, "grid")
    space, grid = window.space, window.space.grid
    timeline = there(grid.findChild(Timeline))
    rows = grid.model().rowCount()
    for key in (Qt.Key.Key_Home, *[Qt.Key.Key_Right] * (rows - 1), Qt.Key.Key_Up):
        qtbot.keyClick(grid, key)
        current = space.current_photo()
        assert space.filmstrip.currentIndex().data(Role.PHOTO_ID) == current
        cell = grid.visualRect(grid.currentIndex()).translated(0, grid.verticalOffset()).center().y()
        bar = grid.verticalScrollBar()
        share = cell / (bar.maximum() + bar.pageStep())
        assert abs(timeline.here().center().y() / timeline.height() - share) < 0.05
    space.set_criteria(Criteria(text="no such photo"))
    assert timeline.here().isEmpty()


@pytest.mark.parametrize("screen", ["compare", "survey"])
def test_filmstrip_and_foot_agree_with_a_large_view_that_chooses_the_photo_itself(
    qtbot: QtBot, program: Program, screen: str
) -> None:
    window = show(qtbot, program, screen)
    space = window.space
    for command in ("keep_winners", "undo", "next_undecided", "keep_winners", "undo"):
        press(program, command)
        current = there(space.current_photo())
        assert space.filmstrip.currentIndex().data(Role.PHOTO_ID) == current
        name = program.session.shoot.photos[current].path.name
        assert space.why_line.text().startswith(name)


# From right to left


@pytest.fixture
def from_right_to_left(qapp: QApplication) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.mark.parametrize("screen", SCREENS)
def test_from_right_to_left_nothing_is_cut_and_tab_follows_reading(
    qtbot: QtBot, from_right_to_left: None, program: Program, screen: str
) -> None:
    window = show(qtbot, program, screen)
    qtbot.waitUntil(lambda: not cut_words(window))  # when Qt has laid it out
    assert not overlaps(window)
    assert not out_of_order(window, round_by_tab(qtbot, window))


@pytest.mark.parametrize("screen", SCREENS)
def test_what_is_painted_reads_the_same_from_either_side(
    qtbot: QtBot, qapp: QApplication, from_right_to_left: None, program: Program, screen: str
) -> None:
    """Words would be pushed over one another where only their alignment were mirrored, and not their places."""
    space = show(qtbot, program, screen).space
    parts = (space.why_line, space.filmstrip, space.views.front)
    qtbot.waitUntil(lambda: all(part.grab().toImage() == part.grab().toImage() for part in parts))
    painted = [part.grab().toImage() for part in parts]
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    for part, before in zip(parts, painted, strict=True):
        assert part.grab().toImage() == before, part.accessibleName()


def test_from_right_to_left_arrows_move_to_what_is_seen_there(
    qtbot: QtBot, from_right_to_left: None, program: Program
) -> None:
    grid = show(qtbot, program, "grid").space.grid
    for key, right in ((Qt.Key.Key_Left, False), (Qt.Key.Key_Right, True)):
        qtbot.keyClick(grid, Qt.Key.Key_Home)
        for _ in range(grid.model().rowCount()):
            before = grid.visualRect(grid.currentIndex()).translated(0, grid.verticalOffset())
            qtbot.keyClick(grid, key)
            after = grid.visualRect(grid.currentIndex()).translated(0, grid.verticalOffset())
            if before.top() == after.top() and before != after:
                assert (after.left() > before.left()) is right
    timeline = there(grid.findChild(Timeline))
    cells = [grid.visualRect(grid.model().index(row, 0)) for row in range(grid.model().rowCount())]
    assert not any(timeline.geometry().intersects(cell) for cell in cells)


# The start


@pytest.mark.parametrize("direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_the_start_is_for_everybody_too(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, direction: Qt.LayoutDirection
) -> None:
    qapp.setLayoutDirection(direction)
    try:
        with running() as program:
            window = program.window
            window.show_welcome([RecentShoot(tmp_path, 1380, 412, 34), RecentShoot(tmp_path / "gone")])
            in_front(qtbot, window)
            window.welcome.setFocus()
            assert not badly_spoken(window)
            walked = round_by_tab(qtbot, window)
            assert len(walked) == 4, "the folder, the subfolders, the demo shoot, the shoot that is there"
            assert not left_out(window, walked)
            assert not out_of_order(window, walked)
            qtbot.waitUntil(lambda: not cut_words(window))
            for each in walked:
                each.setFocus(Qt.FocusReason.TabFocusReason)
                other = next(one for one in walked if one is not each)
                assert shows_focus(each, other.setFocus)
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_a_message_and_what_narrows_are_reached_and_named(qtbot: QtBot, program: Program) -> None:
    window = show(qtbot, program, "grid")
    window.messages.show_error("The disk is full.")
    window.space.set_criteria(Criteria(doubtful=True, text="jpg"))
    QCoreApplication.processEvents()
    assert not badly_spoken(window)
    window.space.grid.setFocus()
    walked = round_by_tab(qtbot, window)
    assert not left_out(window, walked)
    assert not out_of_order(window, walked)
    names = {each.accessibleName() for each in walked}
    assert {"Take off: Reasons to doubt", "Take off: “jpg”", "Close message"} <= names
