"""Marks are legible on white photos and on black ones, and in a crowd only the main people carry words."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from core.ingest.raw_truth import RawTruth
from core.pipeline.events import ClustersUpdated, Finished, PhotosAnalyzed, PhotosFound
from core.shoot.asked import eyes_of
from core.shoot.shoot import Shoot
from core.types import (
    Box,
    Cluster,
    ClusterId,
    ClusterKind,
    Decision,
    EyeState,
    Face,
    Flag,
    Label,
    PhotoId,
    Scene,
    SceneId,
)
from fixtures.frames import analysis, photo
from fixtures.pixels import rgb
from ui.imaging.overlays import Overlays
from ui.marks.cell_facts import Advice, GroupFacts, MeasureFacts, advice_on, cell_data
from ui.marks.cell_words import tooltip
from ui.marks.chips import paint_advice, paint_stack_chip
from ui.marks.chips import paint_decision as paint_chips
from ui.marks.face_marks import paint_boxes
from ui.marks.focus_marks import paint_focus_areas
from ui.marks.loupe_marks import paint_active, paint_caption, paint_decision, paint_edge, paint_note
from ui.marks.raw_plate import paint_raw_histogram, raw_histogram_place
from ui.marks.roles import Role
from ui.theme import DARK, LIGHT, ON_PHOTO
from ui.views.pane_marks import PaneFacts, paint_marks

SIZE = QRect(0, 0, 320, 200)
PHOTOS = {"white": QColor(255, 255, 255), "black": QColor(0, 0, 0), "grey": QColor(128, 128, 128)}
PICKED = Decision(PhotoId("a"), Flag.PICK, rating=4, label=Label.RED)
REJECTED = Decision(PhotoId("a"), Flag.REJECT, rating=1)
FACE = Face(Box(0.2, 0.2, 0.3, 0.4), 0.9, eyes=EyeState.CLOSED, smile=0.9, sharpness=2.0)
AREA, DOT = Box(0.4, 0.4, 0.1, 0.2), Box(0.5, 0.5, 0.001, 0.001)
CORNERS = QRect(20, 20, 280, 160)
BURST = GroupFacts(ClusterKind.BURST, 7, Advice.SUGGESTED, stacked=True)

NOTHING = Decision(PhotoId("a"))
STARS = Decision(PhotoId("a"), rating=4)


def decided(
    decision: Decision, advice: Advice = Advice.NONE, room: float = 280
) -> Callable[[QPainter], object]:
    return lambda p: paint_decision(p, QPointF(20, 180), ON_PHOTO, decision, advice, room)


ON_PLATES: dict[str, tuple[Callable[[QPainter], object], float]] = {
    "zoom": (lambda p: paint_note(p, QPointF(300, 20), ON_PHOTO.text, "1:1"), 4.5),
    "loading": (lambda p: paint_note(p, QPointF(300, 20), ON_PHOTO.warning, "1:1  loading…"), 4.5),
    "caption": (lambda p: paint_caption(p, QPointF(20, 20), ON_PHOTO, "Champion", 200), 4.5),
    "picked": (decided(PICKED), 4.5),
    "rejected": (decided(REJECTED), 4.5),
    "pick without words": (decided(Decision(PhotoId("a"), Flag.PICK), room=20), 3),
    "reject without words": (decided(Decision(PhotoId("a"), Flag.REJECT), room=20), 3),
    "stars": (decided(STARS), 4.5),
    "advice": (decided(NOTHING, Advice.SO_FAR), 4.5),
    "chips": (lambda p: paint_chips(p, CORNERS, 18, PICKED, ON_PHOTO, narrow=False), 3),
    "chips of a reject": (lambda p: paint_chips(p, CORNERS, 18, REJECTED, ON_PHOTO, narrow=True), 3),
    "advice of a cell": (lambda p: paint_advice(p, CORNERS, 18, Advice.CLOSE, ON_PHOTO, wordless=False), 4.5),
    "count of a stack": (lambda p: paint_stack_chip(p, QRect(200, 20, 44, 18), BURST, ON_PHOTO), 4.5),
}
TRUTH = RawTruth(np.ones((3, 112)) / 112, np.array([0.2, 0.01, 0.0]), 0.123, 0.01, np.zeros((4, 6), np.uint8))
ON_PLATES["histogram of a RAW"] = (
    lambda p: paint_raw_histogram(p, raw_histogram_place(QRectF(CORNERS), p.fontMetrics()), ON_PHOTO, TRUTH),
    4.5,
)
LINES: dict[str, Callable[[QPainter], object]] = {
    "edge of a pick": lambda p: paint_edge(p, QRectF(SIZE), ON_PHOTO, Flag.PICK),
    "edge of a reject": lambda p: paint_edge(p, QRectF(SIZE), ON_PHOTO, Flag.REJECT),
    "ring": lambda p: paint_active(p, QRectF(SIZE), DARK),
    "ring of the light theme": lambda p: paint_active(p, QRectF(SIZE), LIGHT),
    "face": lambda p: paint_boxes(p, QRectF(SIZE), ON_PHOTO, [FACE], {0}),
    "corner of a face": lambda p: paint_boxes(p, QRectF(SIZE), ON_PHOTO, [FACE], ()),
    "focus area": lambda p: paint_focus_areas(p, QRectF(SIZE), ON_PHOTO, [AREA], in_focus=True),
    "focus area without focus": lambda p: paint_focus_areas(
        p, QRectF(SIZE), ON_PHOTO, [AREA], in_focus=False
    ),
    "a dot of a focus area": lambda p: paint_focus_areas(p, QRectF(SIZE), ON_PHOTO, [DOT], in_focus=True),
    "zoom's plate": lambda p: paint_note(p, QPointF(300, 20), ON_PHOTO.text, "1:1"),
}


def contrast(one: float, other: float) -> float:
    """Of two luminances, as WCAG defines it."""
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def luminance(colour: QColor) -> float:
    return float(_luminances(np.array(rgb(colour))))


def _luminances(colours: NDArray[np.integer]) -> NDArray[np.float64]:
    """Luminances of red, green and blue in the last dimension, 0 to 255."""
    shares = colours / 255.0
    linear = np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)
    found: NDArray[np.float64] = linear @ (0.2126, 0.7152, 0.0722)
    return found


def painted(paint: Callable[[QPainter], object], ground: QColor) -> QImage:
    image = QImage(SIZE.size(), QImage.Format.Format_RGB32)
    image.fill(ground)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint(painter)
    painter.end()
    return image


def lights(image: QImage) -> NDArray[np.float64]:
    """Luminances, shape (height, width)."""
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)
    return _luminances(pixels[..., 2::-1])


def within(image: QImage, ground: QColor) -> NDArray[np.bool_]:
    """The pixels of marks that are away from their outlines, shape (height, width)."""
    marked = lights(image) != luminance(ground)
    height, width = marked.shape
    padded = np.pad(marked, 2)
    moved = [padded[y : y + height, x : x + width] for y in range(5) for x in range(5)]
    inside: NDArray[np.bool_] = np.logical_and.reduce(moved)
    return inside


@pytest.mark.parametrize("ground", PHOTOS.values(), ids=PHOTOS)
@pytest.mark.parametrize(("paint", "least"), ON_PLATES.values(), ids=ON_PLATES)
def test_what_stands_on_a_plate_is_legible_on_any_photo(
    qtbot: QtBot, paint: Callable[[QPainter], object], least: float, ground: QColor
) -> None:
    image = painted(paint, ground)
    found = lights(image)[within(image, ground)]
    assert contrast(float(found.max()), float(found.min())) >= least


@pytest.mark.parametrize("ground", PHOTOS.values(), ids=PHOTOS)
@pytest.mark.parametrize("paint", LINES.values(), ids=LINES)
def test_a_line_is_seen_on_any_photo(
    qtbot: QtBot, paint: Callable[[QPainter], object], ground: QColor
) -> None:
    found = lights(painted(paint, ground))
    assert max(contrast(float(light), luminance(ground)) for light in (found.max(), found.min())) >= 1.4
    assert contrast(float(found.max()), float(found.min())) >= 3


def crowd(main: int, others: int) -> Shoot:
    """One photo with some large faces and many small ones, all eyes shut."""
    large = [
        Face(Box(0.05 + 0.3 * n, 0.3, 0.2, 0.3), 0.95, eyes=EyeState.CLOSED, smile=0.1) for n in range(main)
    ]
    small = [
        Face(Box(0.02 + 0.03 * n, 0.05, 0.02, 0.03), 0.95, eyes=EyeState.CLOSED, smile=0.1)
        for n in range(others)
    ]
    taken = photo("a")
    shoot = Shoot()
    shoot.apply(PhotosFound(1, (taken,)))
    cluster = Cluster(ClusterId("c"), ClusterKind.BURST, (taken.id,), SceneId("s"), suggested_pick=taken.id)
    shoot.apply(ClustersUpdated(1, (cluster,), (Scene(SceneId("s"), (cluster.id,), None, None),)))
    shoot.apply(PhotosAnalyzed(1, (analysis("a", faces=(*small, *large)),)))
    return shoot


def words_of(shoot: Shoot, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is written on the photo."""
    said: list[str] = []
    monkeypatch.setattr(
        "ui.marks.face_marks.text_in", lambda _painter, _rect, _colour, text, *_align: said.append(text)
    )
    facts = PaneFacts(
        next(iter(shoot.photos.values())),
        shoot,
        Overlays(faces=True),
        main=None,
        picture=QSizeF(1200, 800),
        seen=None,
        target=QRectF(0, 0, 1200, 800),
        view=QRectF(0, 0, 1200, 800),
        scale=None,
        is_loading=False,
        caption="",
        ring=False,
    )
    image = QImage(1200, 800, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.black)
    painter = QPainter(image)
    paint_marks(painter, facts, DARK)
    painter.end()
    return said


def test_of_patterns_and_animals_that_look_like_faces_nothing_is_said(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shoot = crowd(main=3, others=30)
    (only,) = shoot.photos
    assert shoot.people.face_count(only) == 33
    doubtful = tuple(replace(face, confidence=0.8) for face in shoot.analyses[only].faces)
    shoot.apply(PhotosAnalyzed(1, (replace(shoot.analyses[only], faces=doubtful),)))
    assert words_of(shoot, monkeypatch) == []
    assert shoot.people.face_count(only) == 0
    alone = GroupFacts(ClusterKind.SINGLE, 1, Advice.NONE)
    facts = cell_data(shoot, only, lambda: alone, Role.MEASURES)
    assert isinstance(facts, MeasureFacts)
    assert (facts.faces, facts.eyes_told) == (0, 0)
    assert "face" not in tooltip(only, shoot)
    assert eyes_of(shoot.analyses[only]) is None


def test_in_a_crowd_only_the_main_people_carry_words(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    assert words_of(crowd(main=3, others=30), monkeypatch) == ["eyes closed"] * 3


def test_a_suggestion_is_provisional_as_long_as_the_shoot_is_measured() -> None:
    shoot = crowd(main=1, others=0)
    only = next(iter(shoot.photos))
    assert advice_on(only, shoot) is Advice.SO_FAR
    shoot.apply(Finished(1, photos=1, computed=1, failed=0, cancelled=False, seconds=1.0))
    assert advice_on(only, shoot) is Advice.CLOSE  # of one there is no clear one
    shoot.begin_run()
    assert advice_on(only, shoot) is Advice.SO_FAR


def test_a_provisional_suggestion_does_not_look_like_one_that_holds(qtbot: QtBot) -> None:
    def chip(advice: Advice) -> QImage:
        return painted(
            lambda p: paint_advice(p, CORNERS, 18, advice, ON_PHOTO, wordless=True), PHOTOS["grey"]
        )

    looks = [chip(advice) for advice in (Advice.SUGGESTED, Advice.CLOSE, Advice.SO_FAR)]
    assert not any(one == other for at, one in enumerate(looks) for other in looks[at + 1 :])
