"""What is dropped on the window, the welcome page, and that words can be read on every ground."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QRect, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from core.shoot.listed import Listed
from core.types import PhotoId
from fixtures.buttons import button
from ui.recent_shoot import RecentShoot
from ui.theme import DARK, THEMES, Theme
from ui.welcome_view import WelcomeView
from ui.widgets.drop_overlay import DropOverlay, drop_words, dropped_paths
from ui.widgets.listed_bar import ListedBar

# The offscreen screen has no window manager for least sizes and stacking, and says so.
pytestmark = pytest.mark.qt_log_ignore(r"propagateSizeHints\(\)", r"raise\(\)")


# What is dropped


def mime(*urls: QUrl) -> QMimeData:
    data = QMimeData()
    data.setUrls(list(urls))
    return data


def test_only_files_and_folders_of_this_machine_are_taken(tmp_path: Path) -> None:
    local, remote = QUrl.fromLocalFile(str(tmp_path)), QUrl("https://example.org/a.jpg")
    assert dropped_paths(mime(local, remote)) == [tmp_path]
    assert dropped_paths(QMimeData()) == []
    assert dropped_paths(mime(QUrl("file:"))) == [], (
        "a program that ended has nothing to give; it is not this folder"
    )


def test_the_overlay_says_what_a_drop_would_do(qtbot: QtBot) -> None:
    host = QWidget()
    host.resize(640, 480)
    qtbot.addWidget(host)
    overlay = DropOverlay(DARK, host)
    overlay.present([Path("/photos/Teamday")])
    assert overlay.text() == "Drop to open Teamday"
    assert overlay.geometry() == host.rect()
    assert drop_words([Path("a"), Path("b")]) == "Drop to open these 2 items"


# The start


@pytest.fixture
def welcome(qtbot: QtBot) -> WelcomeView:
    view = WelcomeView()
    qtbot.addWidget(view)
    view.resize(1280, 800)
    view.show()
    return view


def test_a_recent_folder_opens_and_a_missing_one_says_why_not(
    qtbot: QtBot, welcome: WelcomeView, tmp_path: Path
) -> None:
    missing = tmp_path / "card"
    welcome.set_recent([RecentShoot(tmp_path), RecentShoot(missing)])
    there, gone = (
        next(each for each in welcome.findChildren(QPushButton) if each.toolTip() == str(folder))
        for folder in (tmp_path, missing)
    )
    assert not gone.isEnabled()
    assert "disk" in gone.accessibleName()
    with qtbot.waitSignal(welcome.open_requested) as opened:
        qtbot.keyClick(there, Qt.Key.Key_Space)
    assert opened.args == [[tmp_path]]


def test_why_a_shoot_cannot_be_opened_is_said_whole_however_long_its_name_is(
    welcome: WelcomeView, tmp_path: Path
) -> None:
    name = "Wedding of Anna and Bernd-Christian, registry office and garden party, 14 June 2026, first camera"
    welcome.set_recent([RecentShoot(tmp_path / name, 412, 100, 7)])
    QApplication.processEvents()
    (gone,) = (each for each in welcome.findChildren(QPushButton) if each.toolTip().endswith(name))
    words = [each for each in gone.findChildren(QLabel) if each.text()]
    assert "not there now: is its disk connected?" in [each.text() for each in words]
    for each in words:
        assert each.fontMetrics().horizontalAdvance(each.text()) <= each.width()
        assert gone.rect().contains(QRect(each.mapTo(gone, QPoint(0, 0)), each.size()))
    assert "100 of 412 decided" in gone.accessibleName()


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
def test_what_tab_reaches_has_one_frame_and_no_colour_within_it(qtbot: QtBot, theme: Theme) -> None:
    view = WelcomeView(theme)
    qtbot.addWidget(view)
    view.resize(1280, 800)
    view.set_recent([RecentShoot(Path("/"), 12, 3, 1), RecentShoot(Path.home(), 12, 12)])
    view.show()
    view.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is view)
    view.setFocus()
    reached = []
    for _ in range(5):
        focused = QApplication.focusWidget()
        assert focused is not None
        reached.append(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert len(set(reached)) == 5  # the button, the box, the link, two shoots
    for widget in reversed(reached):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
        assert QApplication.focusWidget() is widget
        image = widget.grab().toImage()
        frame = 5  # its corners are round
        inside = image.rect().adjusted(
            frame + (20 if isinstance(widget, QCheckBox) else 0), frame, -frame, -frame
        )
        colours = (
            image.pixelColor(x, y)
            for x in range(inside.left(), inside.right())
            for y in range(inside.top(), inside.bottom())
        )
        assert all(colour.hsvSaturation() <= 4 for colour in colours), widget


def test_the_button_asks_for_a_folder(qtbot: QtBot, welcome: WelcomeView) -> None:
    with qtbot.waitSignal(welcome.choose_requested):
        qtbot.mouseClick(button(welcome, "Open folder…"), Qt.MouseButton.LeftButton)


def test_a_folder_dropped_is_opened_as_a_copy_so_that_nothing_is_moved(
    qtbot: QtBot, welcome: WelcomeView, tmp_path: Path
) -> None:
    data = mime(QUrl.fromLocalFile(str(tmp_path)))
    offered = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
    drop = QDropEvent(QPointF(9, 9), offered, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    drop.setDropAction(Qt.DropAction.MoveAction)
    with qtbot.waitSignal(welcome.open_requested) as opened:
        welcome.dropEvent(drop)
    assert opened.args == [[tmp_path]]
    assert drop.dropAction() is Qt.DropAction.CopyAction


def test_subfolders_are_part_of_the_shoot_unless_told_otherwise(welcome: WelcomeView) -> None:
    assert welcome.include_subfolders
    welcome.set_include_subfolders(False)
    assert not welcome.include_subfolders


def contrast(one: QColor, other: QColor) -> float:
    """WCAG 2 contrast ratio, 1 to 21."""

    def luminance(colour: QColor) -> float:
        parts = [
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in (colour.redF(), colour.greenF(), colour.blueF())
        ]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("ground", [DARK.window, DARK.surface, DARK.raised])
def test_text_can_be_read_on_every_ground(ground: QColor) -> None:
    for text in (DARK.text, DARK.text_dim, DARK.suggestion, DARK.warning):
        assert contrast(text, ground) >= 4.5, (text.name(), ground.name())


def test_why_a_listed_photo_is_one_is_cut_short_where_a_button_takes_the_room(qtbot: QtBot) -> None:
    bar = ListedBar()
    qtbot.addWidget(bar)
    bar.resize(480, 40)
    bar.show()
    why = "the first chosen of its scene, the first with 3 of the people, unlike those chosen before it"
    bar.show_listed(Listed("Proposal: 1 photo", frozenset({PhotoId("a")}), {PhotoId("a"): why}))
    bar.show_photo(PhotoId("a"))
    bar.offer("4 stars for 30 photos", lambda: None)
    qtbot.waitUntil(lambda: bar._why.fontMetrics().horizontalAdvance(bar._why.text()) <= bar._why.width())
    assert bar._why.text().endswith("…")
    assert bar.text().endswith(why)
