"""Accepting many suggestions: what would happen is said first, in numbers that come true, and undone at once."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QPushButton
from pytestqt.qtbot import QtBot

from core.persistence.session_store import SessionStore
from core.review.changes import Acceptance
from core.review.review import Review
from core.shoot.shoot import Shoot
from core.types import Cluster, ClusterId, ClusterKind, Flag, PhotoId, SceneId
from fixtures.frames import photo, scores
from ui.dialogs.accept_dialog import SCENE, SHOOT, AcceptDialog, acceptance_words

PHOTOS = [photo(name) for name in "abcdefgh"]


def burst(frames: str, suggested: str | None, kind: ClusterKind = ClusterKind.BURST) -> Cluster:
    ids = tuple(map(PhotoId, frames))
    pick = PhotoId(suggested) if suggested else None
    return Cluster(ClusterId(frames), kind, ids, SceneId("scene"), suggested_pick=pick, scores=scores(ids))


CLUSTERS = [burst("abc", "b"), burst("de", "d"), burst("fg", None), burst("h", None, ClusterKind.SINGLE)]


@pytest.fixture
def review(tmp_path: Path) -> Iterator[Review]:
    with closing(SessionStore.open(tmp_path / "decisions.sqlite")) as store:
        review = Review(store, (Path("/shoot"),), Shoot())
        review.load(PHOTOS)
        yield review


def flags(review: Review) -> str:
    marks = {Flag.PICK: "+", Flag.REJECT: "-", Flag.UNFLAGGED: "0", None: "."}
    return "".join(marks[review.decisions[one.id].flag] for one in PHOTOS)


def test_many_bursts_are_accepted_in_one_step(review: Review) -> None:
    assert review.accepting(CLUSTERS) == Acceptance(bursts=2, picks=2, rejects=3)
    assert flags(review) == "........", "asking changes nothing"
    change = review.accept_all(CLUSTERS)
    assert change is not None
    assert (change.title, flags(review)) == ("Accept 2 suggestions", "-+-+-...")
    assert review.accepting(CLUSTERS) == Acceptance(0, 0, 0)
    assert review.accept_all(CLUSTERS) is None
    review.undo()
    assert flags(review) == "........"
    review.redo()
    assert flags(review) == "-+-+-..."


def test_what_the_user_decided_stays(review: Review) -> None:
    review.set_flag([PhotoId("d")], Flag.REJECT)  # the suggestion itself
    review.set_flag([PhotoId("a")], Flag.PICK)
    assert review.accepting(CLUSTERS) == Acceptance(bursts=1, picks=1, rejects=1)
    review.accept_all(CLUSTERS)
    assert flags(review) == "++--...."
    assert review.undo_title == "Accept 1 suggestion"


def test_choosing_another_frame_takes_an_accepted_pick_back(review: Review) -> None:
    review.accept_all(CLUSTERS)
    review.choose(CLUSTERS[0], PhotoId("c"))
    assert flags(review) == "--++-..."


def test_the_words_are_numbers() -> None:
    assert acceptance_words(Acceptance(1, 1, 0)) == "In 1 burst, 1 frame is picked and 0 rejected."
    assert acceptance_words(Acceptance(1200, 1100, 3400)) == (
        "In 1,200 bursts, 1,100 frames are picked and 3,400 rejected."
    )


def test_close_calls_are_accepted_only_when_asked_for(qtbot: QtBot) -> None:
    dialog = AcceptDialog(Acceptance(5, 5, 9), Acceptance(3, 3, 6), SCENE)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    assert "In 3 bursts, 3 frames" in dialog.text()
    box = dialog.findChild(QCheckBox)
    assert box is not None
    box.setChecked(True)
    assert "In 5 bursts, 5 frames" in dialog.text()
    accept = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Accept 5 bursts")
    with qtbot.waitSignal(dialog.confirmed) as confirmed:
        qtbot.mouseClick(accept, Qt.MouseButton.LeftButton)
    assert confirmed.args == [True]


def test_cancel_confirms_nothing(qtbot: QtBot) -> None:
    dialog = AcceptDialog(Acceptance(5, 5, 9), Acceptance(5, 5, 9), SHOOT)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    with qtbot.assertNotEmitted(dialog.confirmed):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
