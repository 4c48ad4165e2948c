"""The size of text: the application's font and what is painted follow it, and nothing else moves."""

import subprocess
import sys
from collections.abc import Iterator
from shutil import which

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel, QProgressBar
from pytestqt.qtbot import QtBot

from app import desktop_motion, dress
from app.desktop_motion import asks_for_less_motion
from app.dress import Dress
from fixtures.dialogs import WINDOWS
from fixtures.patience import PATIENCE
from fixtures.windows import there
from ui.grid.cell_layout import cell_height, cell_layout
from ui.grid.photo_delegate import chip_font
from ui.motion import is_still, show_busy, use_motion
from ui.preferences import Preferences
from ui.text_size import TEXT_SIZES, USUAL, text_size, use_text_size
from ui.theme import SPACING
from ui.widgets.picture_list import PictureList


@pytest.fixture(autouse=True)
def as_it_was(qapp: QApplication) -> Iterator[None]:
    palette, style = qapp.palette(), qapp.style().name()
    yield
    use_text_size(USUAL)
    use_motion(still=False)
    qapp.setPalette(palette)
    qapp.setStyle(style)


@pytest.mark.parametrize("percent", TEXT_SIZES)
def test_labels_chips_and_captions_follow(qtbot: QtBot, percent: int) -> None:
    usual = QApplication.font().pointSizeF()
    chip = chip_font(QApplication.font(), 200).pixelSize()
    caption = cell_layout(QRect(0, 0, 200, cell_height(200))).caption.height()
    use_text_size(percent)
    label = QLabel("Picks")
    qtbot.addWidget(label)
    assert label.font().pointSizeF() == pytest.approx(usual * percent / 100, abs=0.01)
    assert chip_font(QApplication.font(), 200).pixelSize() == round(chip * percent / 100)
    assert cell_layout(QRect(0, 0, 200, cell_height(200))).caption.height() == round(caption * percent / 100)


def test_going_to_and_fro_ends_at_the_usual_size(qtbot: QtBot) -> None:
    before = QApplication.font().pointSizeF()
    for percent in (160, 80, 145, USUAL):
        use_text_size(percent)
    assert QApplication.font().pointSizeF() == before


def test_a_size_nobody_offers_becomes_the_nearest(qtbot: QtBot) -> None:
    use_text_size(1000)
    assert text_size() == max(TEXT_SIZES)


def test_what_is_chosen_is_put_on(qapp: QApplication) -> None:
    Dress(qapp).put_on(Preferences(text_size=130, still=True, language="en"))
    assert text_size() == 130
    assert qapp.cursorFlashTime() == 0
    assert not qapp.isEffectEnabled(Qt.UIEffect.UI_AnimateCombo)


def test_what_the_desktop_asks_for_is_put_on_too(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dress, "asks_for_less_motion", lambda: True)
    Dress(qapp).put_on(Preferences(still=False, language="en"))
    assert is_still()
    assert qapp.cursorFlashTime() == 0


_DESKTOP = """
import sys
from PySide6.QtCore import ClassInfo, QCoreApplication, QObject, QProcess, Slot
from PySide6.QtDBus import QDBusConnection, QDBusVariant

@ClassInfo({"D-Bus Interface": "org.freedesktop.portal.Settings"})
class Settings(QObject):
    @Slot(str, str, result=QDBusVariant)
    def Read(self, space, key):
        return QDBusVariant(False if key == "enable-animations" else 0)

app = QCoreApplication([])
settings, bus = Settings(), QDBusConnection.sessionBus()
bus.registerObject("/org/freedesktop/portal/desktop", settings, QDBusConnection.RegisterOption.ExportAllSlots)
bus.registerService("org.freedesktop.portal.Desktop")
asking = QProcess()
asking.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedChannels)
asking.finished.connect(app.quit)
asking.start(sys.executable, ["-c", "from PySide6.QtCore import QCoreApplication; app = QCoreApplication([]);"
    "from app.desktop_motion import asks_for_less_motion; print(asks_for_less_motion())"])
app.exec()
"""


@pytest.mark.skipif(which("dbus-run-session") is None, reason="there is no D-Bus to ask a desktop by")
def test_a_desktop_without_animations_is_understood() -> None:
    command = ["dbus-run-session", "--", sys.executable, "-c", _DESKTOP]
    told = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=True)
    assert told.stdout.split() == ["True"]


def test_where_no_desktop_answers_nobody_asks_for_less_motion(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desktop_motion, "_PORTAL", "org.freedesktop.portal.Nobody")
    assert not asks_for_less_motion()


def test_a_busy_bar_runs_only_where_things_may_move(qtbot: QtBot) -> None:
    bar = QProgressBar()
    qtbot.addWidget(bar)
    show_busy(bar)
    assert (bar.minimum(), bar.maximum()) == (0, 0), "Qt's sign for a bar that runs to and fro"
    use_motion(still=True)
    show_busy(bar)
    assert bar.maximum() > 0


@pytest.mark.parametrize("percent", [USUAL, max(TEXT_SIZES)])
def test_two_lines_fit_below_a_picture(qtbot: QtBot, percent: int) -> None:
    use_text_size(percent)
    dialog = WINDOWS["looks"]()
    qtbot.addWidget(dialog)
    dialog.show()
    tiles = there(dialog.findChild(PictureList))
    tile = next(tile for tile in map(tiles.item, range(tiles.count())) if "\n" in there(tile).text())
    words = tiles.fontMetrics().size(0, there(tile).text())
    around = 2 * (2 + SPACING // 2)  # edge and padding
    assert tiles.visualItemRect(there(tile)).height() >= tiles.iconSize().height() + words.height() + around
