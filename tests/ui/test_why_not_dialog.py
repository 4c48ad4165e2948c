"""Why not this one: the dialog names what decided and who, and leads from term to term and person to person."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from core.types import TermName
from fixtures.patience import PATIENCE
from fixtures.why_not import argued, frame, why_not
from ui.dialogs.why_not_dialog import WhyNotDialog, verdict_words

pytestmark = pytest.mark.qt_log_ignore(r"propagateSizeHints\(\)", r"raise\(\)")

BEST = frame("b", (0.9, 0.9, 0.9))
BLINKS = frame("a", (0.8, 0.1, 0.9), smile=0.4)


@pytest.fixture
def dialog(qtbot: QtBot) -> Iterator[WhyNotDialog]:
    dialog, crops, registrations = why_not(BLINKS, BEST)
    qtbot.addWidget(dialog)
    dialog.show()
    yield dialog
    assert crops.shutdown(PATIENCE)
    assert registrations.shutdown(PATIENCE)


def test_it_names_what_decided_and_whose_it_was(dialog: WhyNotDialog) -> None:
    first = dialog.text().splitlines()[0]
    assert first.startswith("a.jpg loses to b.jpg by 0.")
    assert first.endswith(": eyes of the one in the middle")
    assert "For a.jpg speaks: smile" in dialog.text()


def test_arrows_lead_from_person_to_person_and_from_term_to_term(qtbot: QtBot, dialog: WhyNotDialog) -> None:
    assert "eyes of the one in the middle  ·  −0." in dialog.text()
    assert "← → person" in dialog.text()
    qtbot.keyClick(dialog.table, Qt.Key.Key_Right)
    assert "eyes of the one on the left  ·  −0." in dialog.text()
    qtbot.keyClick(dialog.table, Qt.Key.Key_Left)
    assert "eyes of the one in the middle  ·  −0." in dialog.text()
    rows = [part.term for part in dialog.table.parts]
    while rows[dialog.table.row] is not TermName.SMILE:
        qtbot.keyClick(dialog.table, Qt.Key.Key_Down)
    assert "smile of " in dialog.text()


def test_sharpness_is_seen_in_single_pixels_and_z_changes_that(qtbot: QtBot, dialog: WhyNotDialog) -> None:
    assert not dialog.crops.single_pixels
    while dialog.table.row > 0:
        qtbot.keyClick(dialog.table, Qt.Key.Key_Up)
    assert dialog.table.parts[0].term is TermName.SHARPNESS
    seen = [dialog.crops.single_pixels]
    qtbot.keyClick(dialog.table, Qt.Key.Key_Z)
    assert [*seen, dialog.crops.single_pixels] == [True, False]


def test_stepping_through_the_terms_waits_for_no_picture(qtbot: QtBot, dialog: WhyNotDialog) -> None:
    """All that decided is cut out of a photo at once."""

    def colours() -> set[str]:
        image = dialog.crops.grab().toImage()
        return {image.pixelColor(image.width() // 4, y).name() for y in range(0, image.height(), 4)}

    plain = "#1e28dc"
    qtbot.waitUntil(lambda: plain in colours(), timeout=30_000)
    rows = range(len(dialog.table.parts))
    seen = []
    for row in rows:
        dialog.table.choose(row)
        seen.append(plain in colours())  # no event was handled since
    assert all(seen)


def test_a_click_chooses_a_term(qtbot: QtBot, dialog: WhyNotDialog) -> None:
    height = dialog.table.height() // len(dialog.table.parts)
    at = dialog.table.rect().topLeft()
    at.setY(height // 2 + height * (len(dialog.table.parts) - 1))
    at.setX(20)
    qtbot.mouseClick(dialog.table, Qt.MouseButton.LeftButton, pos=at)
    assert dialog.table.row == len(dialog.table.parts) - 1
    assert dialog.table.row_words(dialog.table.row) == dialog.table.accessibleDescription()


def test_frames_that_are_alike_are_called_so() -> None:
    one, other = frame("a", (0.5,) * 3), frame("b", (0.5,) * 3)
    argument = argued(one, other).between(one.photo_id, other.photo_id)
    assert verdict_words(argument, "a.jpg", "b.jpg") == (
        "a.jpg and b.jpg are as good in sum: the one taken first comes first."
    )
