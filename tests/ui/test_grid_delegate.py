"""What a cell looks like: every state paints, and states that matter differ on screen."""

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem
from pytestqt.qtbot import QtBot

from core.types import ClusterKind, Decision, Flag, Label, PhotoId
from fixtures.patience import PATIENCE
from ui.grid.cell_layout import cell_height
from ui.grid.photo_delegate import PhotoDelegate, name_in
from ui.imaging.thumbnail_loader import ThumbnailLoader
from ui.marks.cell_facts import Advice, GroupFacts, Light, MeasureFacts
from ui.marks.roles import Role
from ui.theme import DARK

SINGLE = GroupFacts(ClusterKind.SINGLE, 1, Advice.NONE)
FRAME = GroupFacts(ClusterKind.BURST, 7, Advice.NONE)
PHOTO = PhotoId("A")
ACTIVE, SELECTED = QStyle.StateFlag.State_HasFocus, QStyle.StateFlag.State_Selected
GREY = 128


class OneCell(QAbstractListModel):
    """A model of one cell that answers what it is told."""

    def __init__(self, **facts: Any) -> None:
        super().__init__()
        self.facts: dict[int, object] = {
            Role.PHOTO_ID: facts.get("photo_id", PHOTO),
            Role.ASPECT: facts.get("aspect", 1.5),
            Role.GROUP: facts.get("group", SINGLE),
            Role.DECISION: facts.get("decision", Decision(PHOTO)),
            Role.MEASURES: facts.get("measures", MeasureFacts()),
            Qt.ItemDataRole.DisplayRole: "IMG_1234.JPG",
        }

    def rowCount(self, _parent: Any = None) -> int:
        return 1

    def data(self, _index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # type: ignore[override]
        return self.facts.get(role)


class GreySource:
    def load(self, photo_id: PhotoId) -> bytes | None:
        if photo_id == "broken":
            return None
        out = io.BytesIO()
        Image.new("RGB", (512, 341), (GREY, GREY, GREY)).save(out, "JPEG", quality=95)
        return out.getvalue()


@pytest.fixture
def delegate(qtbot: QtBot) -> Iterator[PhotoDelegate]:
    loader = ThumbnailLoader(GreySource())
    loader.request([PHOTO, PhotoId("broken")], side=300)
    qtbot.waitUntil(lambda: loader.failed(PhotoId("broken")) and loader.pixmap(PHOTO) is not None)
    yield PhotoDelegate(loader)
    assert loader.shutdown(PATIENCE)


def painted(
    delegate: PhotoDelegate,
    width: int = 200,
    ratio: float = 1.0,
    state: QStyle.StateFlag = QStyle.StateFlag.State_None,
    **facts: Any,
) -> NDArray[np.int16]:
    """A cell on the window's grey: int16, shape (height, width, 3), in device pixels."""
    model = OneCell(**facts)
    height = cell_height(width)
    image = QImage(round(width * ratio), round(height * ratio), QImage.Format.Format_RGB888)
    image.setDevicePixelRatio(ratio)
    image.fill(DARK.window)
    option = QStyleOptionViewItem()
    option.rect = QRect(0, 0, width, height)
    option.state = state
    painter = QPainter(image)
    delegate.paint(painter, option, model.index(0))
    painter.end()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : image.width() * 3].reshape(image.height(), image.width(), 3).astype(np.int16)


def count(pixels: NDArray[np.int16], colour: QColor, tolerance: int = 12) -> int:
    """Pixels of about a colour."""
    wanted = np.array([colour.red(), colour.green(), colour.blue()])
    return int((np.abs(pixels - wanted).max(axis=2) <= tolerance).sum())


STATES: list[dict[str, Any]] = [
    {},
    {"photo_id": PhotoId("missing"), "aspect": None},
    {"photo_id": PhotoId("broken")},
    {"aspect": 0.66},
    {"group": replace(FRAME, stacked=True, advice=Advice.SUGGESTED)},
    {"group": replace(FRAME, stacked=True, advice=Advice.CLOSE, count=128)},
    {"group": replace(FRAME, kind=ClusterKind.BRACKET, stacked=True)},
    {"group": replace(FRAME, spread=True, starts=True)},
    {"group": replace(FRAME, spread=True)},
    {"group": replace(FRAME, spread=True, starts=True, ends=True)},
    {"decision": Decision(PHOTO, Flag.PICK, 5, Label.RED)},
    {"decision": Decision(PHOTO, Flag.REJECT, 0, Label.NONE)},
    {"decision": Decision(PHOTO, Flag.UNFLAGGED, 3, Label.PURPLE)},
    {"measures": MeasureFacts(1, Light.OVER, 3, 3, 1)},
    {"measures": MeasureFacts(3, Light.UNDER, 2, 0, 0)},
    {"measures": MeasureFacts(blurred=True)},
    {"measures": MeasureFacts(empty=True)},
]


@pytest.mark.parametrize("width", [96, 139, 140, 200, 360])
@pytest.mark.parametrize("ratio", [1.0, 2.0])
@pytest.mark.parametrize("state", [QStyle.StateFlag.State_None, ACTIVE, SELECTED])
def test_every_state_paints_inside_its_cell_and_each_differently(
    delegate: PhotoDelegate, width: int, ratio: float, state: QStyle.StateFlag
) -> None:
    pictures = [painted(delegate, width, ratio, state, **facts) for facts in STATES]
    shapes = {picture.shape for picture in pictures}
    assert shapes == {(round(cell_height(width) * ratio), round(width * ratio), 3)}
    seen = {picture.tobytes() for picture in pictures}
    # The shape of a picture follows its pixels once they are there, not what was expected of it.
    assert len(seen) == len(STATES) - 1


def test_a_pick_is_framed_in_green_and_a_reject_dimmed(delegate: PhotoDelegate) -> None:
    plain = painted(delegate)
    pick = painted(delegate, decision=Decision(PHOTO, Flag.PICK))
    reject = painted(delegate, decision=Decision(PHOTO, Flag.REJECT))
    frame = 3 * 2 * (180 + 120)
    assert count(pick, DARK.pick) > 0.9 * frame
    assert count(plain, DARK.pick) == count(reject, DARK.pick) == 0
    grey = QColor(GREY, GREY, GREY)
    assert count(pick, grey) > 0.9 * count(plain, grey)
    assert count(reject, grey) < 0.05 * count(plain, grey)
    assert count(reject, DARK.reject) > 100


def test_once_a_frame_is_decided_its_advice_needs_no_word(delegate: PhotoDelegate) -> None:
    stack = replace(FRAME, stacked=True, advice=Advice.SUGGESTED)
    advised = count(painted(delegate, group=stack), DARK.suggestion)
    for flag in (Flag.PICK, Flag.REJECT):
        decided = count(painted(delegate, group=stack, decision=Decision(PHOTO, flag)), DARK.suggestion)
        assert 20 < decided < 0.8 * advised
    assert (
        count(painted(delegate, group=stack, decision=Decision(PHOTO, None, 3)), DARK.suggestion) == advised
    )


@pytest.mark.parametrize("width", [96, 200])
def test_advice_is_blue_and_quieter_than_any_decision(delegate: PhotoDelegate, width: int) -> None:
    best = painted(delegate, width, group=replace(FRAME, stacked=True, advice=Advice.SUGGESTED))
    close = painted(delegate, width, group=replace(FRAME, stacked=True, advice=Advice.CLOSE))
    none = painted(delegate, width, group=replace(FRAME, stacked=True))
    pick = painted(delegate, width, decision=Decision(PHOTO, Flag.PICK))
    assert count(none, DARK.suggestion) == 0
    assert 20 < count(best, DARK.suggestion) < 0.3 * count(pick, DARK.pick)
    assert count(close, DARK.suggestion) > 20
    assert (best != close).any()


@pytest.mark.parametrize("width", [96, 200])
def test_the_active_ring_outshines_the_selection(delegate: PhotoDelegate, width: int) -> None:
    active, selected = painted(delegate, width, state=ACTIVE), painted(delegate, width, state=SELECTED)
    ring = 2 * (width + cell_height(width))
    assert count(active, DARK.active) > 2 * ring
    assert count(selected, DARK.active) < 0.1 * ring
    assert (selected != painted(delegate, width)).any(axis=2).sum() > ring / 2


def test_small_cells_show_warnings_only(delegate: PhotoDelegate) -> None:
    plain = painted(delegate, 96)
    fine = painted(delegate, 96, measures=MeasureFacts(3, Light.FINE, 2, 2, 2))
    shut = painted(delegate, 96, measures=MeasureFacts(3, Light.FINE, 2, 2, 1))
    assert (fine == plain).all()
    assert count(shut, DARK.warning, 40) > 10
    assert (painted(delegate, 200, measures=MeasureFacts(3)) != painted(delegate, 200)).any()


def test_what_a_frame_shows_is_a_badge_where_there_is_room(delegate: PhotoDelegate) -> None:
    dog, cat = MeasureFacts(thing="dog"), MeasureFacts(thing="cat")
    assert (painted(delegate, 200, measures=dog) != painted(delegate, 200)).any()
    assert (painted(delegate, 200, measures=dog) != painted(delegate, 200, measures=cat)).any()
    assert (painted(delegate, 96, measures=dog) == painted(delegate, 96)).all()


def test_what_a_frame_shows_gives_way_to_its_whole_name(delegate: PhotoDelegate) -> None:
    long = MeasureFacts(thing="a thing of a long name")
    assert (painted(delegate, 200, measures=long) == painted(delegate, 200)).all()


def test_a_warning_differs_in_shape_and_not_by_colour_alone(delegate: PhotoDelegate) -> None:
    def drawn(measures: MeasureFacts) -> NDArray[np.bool_]:
        differing: NDArray[np.bool_] = (painted(delegate, measures=measures) != painted(delegate)).any(axis=2)
        return differing

    pairs = (
        (MeasureFacts(1), MeasureFacts(3)),
        (MeasureFacts(light=Light.OVER), MeasureFacts(light=Light.UNDER)),
        (MeasureFacts(faces=1, eyes_told=1, eyes_open=1), MeasureFacts(faces=1, eyes_told=1)),
    )
    for one, other in pairs:
        assert (drawn(one) != drawn(other)).sum() > 15


def test_a_stack_shows_sheets_behind_its_picture(delegate: PhotoDelegate) -> None:
    stacked = painted(delegate, group=replace(FRAME, stacked=True))
    assert count(stacked[:60], DARK.outline, 2) > 200
    assert count(painted(delegate)[:60], DARK.outline, 2) == 0


@pytest.mark.parametrize("spread", [False, True])
@pytest.mark.parametrize("width", [120, 200, 360])
def test_the_count_of_a_group_lies_within_its_picture_as_far_from_the_edge_as_the_advice(
    delegate: PhotoDelegate, width: int, spread: bool
) -> None:
    group = replace(FRAME, stacked=not spread, spread=spread, starts=spread)
    model = OneCell(group=group)
    chip = delegate.stack_chip_rect(
        model.index(0), QRect(0, 0, width, cell_height(width)), QApplication.font()
    )
    line = painted(delegate, width, group=group)[cell_height(width) // 2]
    picture = np.flatnonzero(np.abs(line - GREY).max(axis=1) <= 2)
    assert picture[-1] - chip.right() == 4


def test_neighbours_of_an_opened_group_touch(delegate: PhotoDelegate) -> None:
    inner = painted(delegate, group=replace(FRAME, spread=True))
    assert count(inner[20:-20, :1], DARK.surface, 2) == count(inner[20:-20, -1:], DARK.surface, 2) > 50
    first = painted(delegate, group=replace(FRAME, spread=True, starts=True))
    assert count(first[20:-20, :1], DARK.window, 2) == inner.shape[0] - 40


def test_the_picture_is_where_the_stand_in_was(delegate: PhotoDelegate) -> None:
    above_the_caption = slice(0, 155)
    waiting = painted(delegate, photo_id=PhotoId("missing"), aspect=512 / 341)[above_the_caption]
    there = painted(delegate)[above_the_caption]
    stand_in = np.argwhere(np.abs(waiting - DARK.raised.red()).max(axis=2) <= 1)
    picture = np.argwhere(np.abs(there - GREY).max(axis=2) <= 6)
    assert (stand_in.min(axis=0) == picture.min(axis=0)).all()
    assert (stand_in.max(axis=0) == picture.max(axis=0)).all()


def test_black_bars_of_a_preview_are_not_shown(delegate: PhotoDelegate) -> None:
    image = Image.new("RGB", (160, 120), "black")
    image.paste((GREY, GREY, GREY), (0, 7, 160, 113))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=95)
    delegate.thumbnails.add_previews([(PhotoId("B"), out.getvalue())])
    cell = painted(delegate, photo_id=PhotoId("B"))
    assert count(cell, QColor("black"), 6) == 0
    grey = QColor(GREY, GREY, GREY)
    assert count(cell, grey, 6) > 0.97 * count(painted(delegate), grey, 6)


def test_a_cell_is_painted_anew_only_where_it_changed(
    delegate: PhotoDelegate, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[tuple[Any, ...]] = []
    draw = delegate._paint_cell

    def noting(*rest: Any) -> None:
        drawn.append(rest)
        draw(*rest)

    monkeypatch.setattr(delegate, "_paint_cell", noting)
    first = painted(delegate)
    assert np.array_equal(painted(delegate), first)
    assert len(drawn) == 1
    picked = painted(delegate, decision=Decision(PHOTO, Flag.PICK))
    assert len(drawn) == 2
    assert not np.array_equal(picked, first)
    assert np.array_equal(painted(delegate), first)
    assert len(drawn) == 2


def test_between_two_pixels_cells_are_painted_straight_onto_the_screen(delegate: PhotoDelegate) -> None:
    assert count(painted(delegate, ratio=1.5, decision=Decision(PHOTO, Flag.PICK)), DARK.pick) > 0


def test_where_a_name_is_too_long_its_number_is_what_stays(qapp: QApplication) -> None:
    metrics = QFontMetrics(qapp.font())
    whole = metrics.horizontalAdvance("DSC_4711.jpg")
    stem = metrics.horizontalAdvance("DSC_4711")
    assert name_in("DSC_4711.jpg", metrics, whole + 1) == "DSC_4711.jpg"
    assert name_in("DSC_4711.jpg", metrics, stem + 2) == "DSC_4711"
    assert name_in("DSC_4711.jpg", metrics, metrics.horizontalAdvance("…_4711") + 2).endswith("4711")
