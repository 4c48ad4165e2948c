"""Every dialog by keyboard and by ear, and from right to left: named, reached, seen, in the order it is read."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QTabWidget,
    QTreeWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from fixtures.dialogs import WINDOWS
from fixtures.legible import cut_words, overlaps
from fixtures.spoken import badly_spoken, reached_by_tab
from fixtures.tabbing import left_out, out_of_order, round_by_tab, shows_focus
from fixtures.windows import there
from ui.dialogs.looks_dialog import LooksDialog, LookTile
from ui.theme import CONTRAST, THEMES, Theme, apply_theme, contrast
from ui.widgets.choices import ChoiceBox, kept
from ui.widgets.number_box import NumberBox
from ui.widgets.picture_list import PictureList
from ui.widgets.style import form_style

pytestmark = pytest.mark.qt_log_ignore(r"propagateSizeHints\(\)", r"raise\(\)", r"grabbing the keyboard")


@pytest.fixture
def from_right_to_left(qapp: QApplication) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def opened(qtbot: QtBot, make: Callable[[], QWidget]) -> QWidget:
    window = make()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return window


def pages(window: QWidget) -> Iterator[int]:
    """Bring each page of a window to the front; one for a window without."""
    tabs = window.findChild(QTabWidget)
    for page in range(tabs.count() if tabs is not None else 1):
        if tabs is not None:
            tabs.setCurrentIndex(page)
        QCoreApplication.processEvents()
        yield page


def begin(window: QWidget) -> None:
    """Put the keyboard where the window puts it, else on the first there is."""
    focus = QApplication.focusWidget()
    if focus is None or not window.isAncestorOf(focus):
        reached_by_tab(window)[0].setFocus()


@pytest.mark.parametrize("name", WINDOWS)
def test_every_control_has_a_name_and_says_what_it_is(qtbot: QtBot, name: str) -> None:
    window = opened(qtbot, WINDOWS[name])
    for page in pages(window):
        assert not badly_spoken(window), f"page {page}"


@pytest.mark.parametrize("name", WINDOWS)
def test_tab_comes_to_every_control_once_in_the_order_of_reading(qtbot: QtBot, name: str) -> None:
    window = opened(qtbot, WINDOWS[name])
    for page in pages(window):
        begin(window)
        walked = round_by_tab(qtbot, window)
        assert not left_out(window, walked), f"page {page}"
        assert not out_of_order(window, walked), f"page {page}"


@pytest.mark.parametrize("name", WINDOWS)
def test_every_field_to_choose_or_count_in_wears_the_theme(qtbot: QtBot, name: str) -> None:
    window = opened(qtbot, WINDOWS[name])
    fields = [each for each in window.findChildren(QWidget) if isinstance(each, (QComboBox, QSpinBox))]
    assert all(isinstance(each, (ChoiceBox, NumberBox)) for each in fields)
    assert not fields or "QComboBox, QSpinBox" in window.styleSheet()


@pytest.mark.parametrize("make", [NumberBox, ChoiceBox, QLineEdit, QPushButton, QPlainTextEdit, QTreeWidget])
def test_with_high_contrast_the_edge_of_every_field_is_seen(
    qtbot: QtBot, qapp: QApplication, make: Callable[[], QWidget]
) -> None:
    palette = qapp.palette()
    apply_theme(qapp, CONTRAST)
    try:
        window = QWidget()
        qtbot.addWidget(window)
        window.setStyleSheet(form_style(CONTRAST))
        layout = QVBoxLayout(window)
        field = make()
        for each in (QLineEdit(), field):  # the first has the keyboard
            layout.addWidget(each)
        window.show()
        middle = field.geometry().center()
        seen = window.grab().toImage()
        for x, y in (
            (field.x(), middle.y()),
            (middle.x(), field.y()),
            (field.geometry().right(), middle.y()),
        ):
            assert contrast(seen.pixelColor(x, y), CONTRAST.window) >= 3
    finally:
        qapp.setPalette(palette)


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
@pytest.mark.parametrize("name", WINDOWS)
def test_what_has_the_keyboard_is_seen(qtbot: QtBot, qapp: QApplication, name: str, theme: Theme) -> None:
    palette = qapp.palette()
    apply_theme(qapp, theme)
    try:
        window = opened(qtbot, WINDOWS[name])
        for page in pages(window):
            begin(window)
            for each in round_by_tab(qtbot, window):
                each.setFocus(Qt.FocusReason.TabFocusReason)
                assert shows_focus(each, each.clearFocus), f"page {page}: {each.accessibleName()} {each}"
    finally:
        qapp.setPalette(palette)


@pytest.mark.parametrize("name", WINDOWS)
def test_from_right_to_left_nothing_is_cut_or_lies_over_another(
    qtbot: QtBot, from_right_to_left: None, name: str
) -> None:
    window = opened(qtbot, WINDOWS[name])
    for page in pages(window):
        begin(window)
        assert not cut_words(window), f"page {page}"
        assert not overlaps(window), f"page {page}"
        assert not out_of_order(window, round_by_tab(qtbot, window)), f"page {page}"


# That these tests would find what they look for


def test_a_nameless_field_a_wrong_order_and_an_unseen_focus_are_found(qtbot: QtBot) -> None:
    window = QWidget()
    layout = QVBoxLayout(window)
    below, above, plain = QLineEdit(), QPushButton("Above"), QPushButton("Plain")
    layout.addWidget(above)
    layout.addWidget(plain)
    layout.addWidget(below)
    plain.setStyleSheet("QPushButton { border: none; outline: none; }")
    QWidget.setTabOrder(below, plain)
    QWidget.setTabOrder(plain, above)
    opened(qtbot, lambda: window)
    below.setFocus()
    walked = round_by_tab(qtbot, window)
    assert any("QLineEdit" in found for found in badly_spoken(window))
    assert out_of_order(window, walked)
    plain.setFocus(Qt.FocusReason.TabFocusReason)
    assert not shows_focus(plain, plain.clearFocus)


def test_a_cut_word_and_an_overlap_are_found(qtbot: QtBot) -> None:
    window = QWidget()
    first, second = QLabel("A long word that is cut", window), QLabel("Another", window)
    first.setGeometry(0, 0, 40, 20)
    second.setGeometry(30, 5, 200, 20)
    opened(qtbot, lambda: window)
    assert cut_words(window)
    assert overlaps(window)


def test_a_look_is_chosen_and_opened_by_the_keyboard(qtbot: QtBot) -> None:
    dialog = WINDOWS["looks"]()
    assert isinstance(dialog, LooksDialog)
    qtbot.addWidget(dialog)
    opened: list[LookTile] = []
    dialog.opened.connect(opened.append)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(lambda: isinstance(dialog.focusWidget(), PictureList))
    tiles = there(dialog.findChild(PictureList))
    qtbot.keyClick(tiles, Qt.Key.Key_Right)
    chosen = kept(there(tiles.item(1)), LookTile)
    qtbot.keyClick(tiles, Qt.Key.Key_Return)
    assert opened == [chosen]


@pytest.mark.parametrize("name", ["problems", "help", "about", "settings"])
def test_enter_closes_what_is_only_to_be_read(qtbot: QtBot, name: str) -> None:
    dialog = WINDOWS[name]()
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert not dialog.isVisible()
