"""Compare and survey: who competes, who stays, and that all panes look at the same place."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Generic, TypeVar

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QSizeF, Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.pipeline.events import ClustersUpdated, PhotosAnalyzed, PhotosFound
from core.shoot.shoot import Shoot
from core.types import Box, Cluster, ClusterId, ClusterKind, Decision, Face, Flag, PhotoId, Scene, SceneId
from fixtures.frames import analysis, photo
from fixtures.patience import PATIENCE
from fixtures.windows import there
from ui.imaging.pictures import Pixels
from ui.imaging.prefetcher import Prefetcher
from ui.views.big_view import BigView
from ui.views.compare_view import CompareView, favourite
from ui.views.pane_sources import PaneSources
from ui.views.photo_pane import PhotoPane
from ui.views.survey_view import MOST, SurveyView
from ui.views.zoom import Place, picture_rect

WIDTH, HEIGHT = 1200, 800
COUNT = 14
PHOTOS = tuple(
    replace(photo(f"{number:02}", number), width=WIDTH, height=HEIGHT) for number in range(COUNT + 1)
)
IDS = [each.id for each in PHOTOS[:COUNT]]
ALONE = PHOTOS[-1].id


class Source:
    def load(self, _photo_id: PhotoId, box: tuple[int, int] | None) -> Pixels:
        size = (HEIGHT, WIDTH) if box is None else (HEIGHT // 4, WIDTH // 4)
        return Pixels(np.full((*size, 3), 128, np.uint8))


@pytest.fixture
def prefetcher(qapp: object) -> Iterator[Prefetcher]:
    prefetcher = Prefetcher(Source(), threads=1)
    yield prefetcher
    assert prefetcher.shutdown(PATIENCE)


@pytest.fixture
def shoot() -> Shoot:
    shoot = Shoot()
    shoot.apply(PhotosFound(1, PHOTOS))
    scene = SceneId("s")
    burst = Cluster(ClusterId("burst"), ClusterKind.BURST, tuple(IDS), scene, suggested_pick=IDS[3])
    single = Cluster(ClusterId("single"), ClusterKind.SINGLE, (ALONE,), scene)
    shoot.apply(ClustersUpdated(1, (burst, single), (Scene(scene, (burst.id, single.id), None, None),)))
    faces = {number: Face(Box(0.2 + 0.01 * number, 0.4, 0.1, 0.1), 0.9) for number in range(COUNT)}
    measured = (
        replace(analysis(f"{number:02}", faces=(face,)), width=WIDTH, height=HEIGHT)
        for number, face in faces.items()
    )
    shoot.apply(PhotosAnalyzed(1, tuple(measured)))
    return shoot


View = TypeVar("View", CompareView, SurveyView)


class Follower(Generic[View]):
    """Makes the photo a view asks for the active one, as the review space does."""

    def __init__(self, view: View, shoot: Shoot) -> None:
        self.view: View = view
        self.shoot = shoot
        self.current = IDS[0]
        view.photo_chosen.connect(self.go_to)
        view.step_requested.connect(self.step)

    def go_to(self, photo_id: PhotoId) -> None:
        self.current = photo_id
        self.view.show_current(photo_id, self.shoot, IDS)

    def step(self, by: int) -> None:
        frames = list(self.view.frames())
        at = frames.index(self.current) + by
        if 0 <= at < len(frames):
            self.go_to(frames[at])

    def shown(self) -> list[int]:
        return [IDS.index(there(pane.photo_id)) for pane in self.view.panes()]


def shown(qtbot: QtBot, view: BigView) -> None:
    qtbot.addWidget(view)
    view.resize(1200, 800)
    view.show()
    view.activateWindow()
    view.setFocus()


@pytest.fixture
def compare(qtbot: QtBot, prefetcher: Prefetcher, shoot: Shoot) -> Follower[CompareView]:
    view = CompareView(PaneSources(prefetcher, lambda _: None))
    shown(qtbot, view)
    follower = Follower(view, shoot)
    follower.go_to(view.open(IDS[:5], champion=IDS[3], current=IDS[0]))
    return follower


@pytest.fixture
def survey(qtbot: QtBot, prefetcher: Prefetcher, shoot: Shoot) -> Follower[SurveyView]:
    view = SurveyView(PaneSources(prefetcher, lambda _: None))
    shown(qtbot, view)
    return Follower(view, shoot)


# Compare


def on_screen(pane: PhotoPane, x: float, y: float) -> tuple[int, int]:
    """Where in its pane a place of a photo is painted."""
    view = QSizeF(pane.size()) * pane.devicePixelRatioF()
    where = picture_rect(pane.place, QSizeF(WIDTH, HEIGHT), view)
    return round(where.left() + x * where.width()), round(where.top() + y * where.height())


@pytest.mark.parametrize("x", [0.1, 0.25, 0.4])  # the first is too near to the edge to be in the middle
def test_the_same_face_stands_in_the_same_place_of_both_panes_even_near_an_edge(
    compare: Follower[CompareView], x: float
) -> None:
    compare.view.look_at(Place(1.0, x, 0.45))

    def faces() -> list[tuple[int, int]]:
        found = ((pane, IDS.index(there(pane.photo_id))) for pane in compare.view.panes())
        return [on_screen(pane, 0.25 + 0.01 * number, 0.45) for pane, number in found]

    before = faces()
    assert before[0] == pytest.approx(before[1], abs=1)
    compare.go_to(IDS[3])  # the champion becomes the active one, and nothing jumps
    assert faces() == before


def test_the_active_frame_challenges_the_champion(compare: Follower[CompareView]) -> None:
    assert compare.shown() == [3, 0]
    assert compare.view.winners() == (IDS[3],)


def test_where_the_champion_is_the_active_frame_the_next_one_challenges_it(
    compare: Follower[CompareView],
) -> None:
    assert compare.view.open(IDS[:5], champion=IDS[3], current=IDS[3]) == IDS[4]
    assert compare.view.open(IDS[:5], champion=IDS[4], current=IDS[4]) == IDS[0]
    assert compare.view.open(IDS[:1], champion=IDS[0], current=IDS[0]) == IDS[0]


def test_the_first_champion_is_the_users_pick_then_the_suggestion_and_never_a_reject_of_several(
    shoot: Shoot,
) -> None:
    frames = IDS[1:5]
    assert favourite(frames, shoot) == IDS[3]
    shoot.set_decisions({IDS[3]: Decision(IDS[3], Flag.REJECT), IDS[1]: Decision(IDS[1], Flag.REJECT)})
    assert favourite(frames, shoot) == IDS[2]
    shoot.set_decisions({IDS[4]: Decision(IDS[4], Flag.PICK)})
    assert favourite(frames, shoot) == IDS[4]
    shoot.set_decisions({each: Decision(each, Flag.REJECT) for each in frames})
    assert favourite(frames, shoot) == IDS[3]


def test_arrows_step_the_challenger_past_the_champion_which_stays(
    qtbot: QtBot, compare: Follower[CompareView]
) -> None:
    seen = []
    for _ in range(5):
        qtbot.keyClick(compare.view, Qt.Key.Key_Right)
        seen.append(compare.shown())
    assert seen == [[3, 1], [3, 2], [3, 4], [3, 4], [3, 4]]
    qtbot.keyClick(compare.view, Qt.Key.Key_Left)
    assert compare.shown() == [3, 2]


def test_a_click_freezes_the_other_pane_and_arrows_step_the_champion(
    qtbot: QtBot, compare: Follower[CompareView]
) -> None:
    qtbot.mouseClick(compare.view.panes()[0], Qt.MouseButton.LeftButton, pos=QPoint(300, 300))
    assert compare.current == IDS[3]
    assert not compare.view.is_zoomed, "the first click only makes the pane active"
    qtbot.keyClick(compare.view, Qt.Key.Key_Left)
    assert compare.shown() == [2, 0]
    qtbot.keyClick(compare.view, Qt.Key.Key_Left)
    qtbot.keyClick(compare.view, Qt.Key.Key_Left)
    assert compare.shown() == [1, 0]


def test_the_winner_stays_and_the_next_frame_challenges_it(compare: Follower[CompareView]) -> None:
    compare.view.challenger_wins()
    assert compare.shown() == [0, 1]
    assert compare.current == IDS[1]
    compare.view.challenger_wins()
    assert compare.shown() == [1, 2]


def test_after_the_last_challenger_the_beaten_frame_stands_beside_the_winner(
    compare: Follower[CompareView],
) -> None:
    compare.go_to(IDS[4])
    compare.view.challenger_wins()
    assert compare.shown() == [4, 3]
    assert compare.view.winners() == (IDS[4],)


def test_the_two_change_places(compare: Follower[CompareView]) -> None:
    compare.view.swap()
    assert compare.shown() == [0, 3]
    assert compare.current == IDS[0]


def test_a_frame_of_another_group_begins_its_comparison(compare: Follower[CompareView]) -> None:
    compare.go_to(ALONE)
    assert [pane.photo_id for pane in compare.view.panes()] == [ALONE]
    compare.go_to(IDS[7])
    assert compare.shown() == [3, 7]


# Survey


def test_up_to_twelve_frames_are_seen_without_overlap(survey: Follower[SurveyView]) -> None:
    survey.view.open(IDS)
    survey.go_to(IDS[0])
    assert survey.shown() == list(range(MOST))
    places = [pane.geometry() for pane in survey.view.panes()]
    assert all(survey.view.rect().contains(place) for place in places)
    assert not any(a.intersects(b) for n, a in enumerate(places) for b in places[:n])


def test_frames_without_room_are_told_of_and_counted_until_they_were_shown(
    survey: Follower[SurveyView],
) -> None:
    survey.view.open(IDS)
    survey.go_to(IDS[0])
    assert survey.view.note() == f"Frames 1 to {MOST} of {COUNT}: the arrow keys bring the others."
    assert survey.view.unseen() == tuple(IDS[MOST:])
    note = next(each for each in survey.view.findChildren(QLabel) if each.text() == survey.view.note())
    assert survey.view.rect().contains(note.geometry())
    assert not any(pane.geometry().intersects(note.geometry()) for pane in survey.view.panes())
    for _ in range(COUNT - 1):
        survey.step(1)
    assert (
        survey.view.note()
        == f"Frames {COUNT - MOST + 1} to {COUNT} of {COUNT}: the arrow keys bring the others."
    )
    assert survey.view.unseen() == ()
    for _ in range(COUNT - MOST):
        survey.view.put_aside()
    assert survey.view.note() == ""


def test_what_drops_out_makes_room_for_the_next_frame(survey: Follower[SurveyView]) -> None:
    survey.view.open(IDS)
    survey.go_to(IDS[2])
    survey.view.put_aside()
    assert survey.shown() == [0, 1, *range(3, MOST + 1)]
    assert survey.current == IDS[3]


def test_losers_drop_out_one_by_one_and_the_last_stays(survey: Follower[SurveyView]) -> None:
    survey.view.open(IDS[:3])
    survey.go_to(IDS[0])
    for _ in range(4):
        survey.view.put_aside()
    assert survey.shown() == [2]
    assert survey.view.winners() == (IDS[2],)
    assert survey.view.competitors() == tuple(IDS[:3])


def test_a_rejected_frame_drops_out_and_undo_brings_it_back(
    survey: Follower[SurveyView], shoot: Shoot
) -> None:
    survey.view.open(IDS[:4])
    survey.go_to(IDS[1])
    shoot.set_decisions({IDS[1]: Decision(IDS[1], Flag.REJECT)})
    survey.view.refresh()
    assert survey.shown() == [0, 2, 3]
    assert survey.current == IDS[2]
    shoot.set_decisions({IDS[1]: Decision(IDS[1], Flag.UNFLAGGED)})
    survey.view.refresh()
    assert survey.shown() == [0, 1, 2, 3]


def test_a_burst_that_was_decided_before_is_shown_whole(survey: Follower[SurveyView], shoot: Shoot) -> None:
    shoot.set_decisions({each: Decision(each, Flag.REJECT) for each in IDS[:2]})
    survey.view.open(IDS[:4])
    survey.go_to(IDS[2])
    assert survey.shown() == [2, 3]
    survey.view.open(IDS[:3])
    survey.go_to(IDS[2])
    assert survey.shown() == [0, 1, 2]


def test_where_all_are_rejected_all_are_shown(survey: Follower[SurveyView], shoot: Shoot) -> None:
    shoot.set_decisions({each: Decision(each, Flag.REJECT) for each in IDS[:3]})
    survey.view.open(IDS[:3])
    survey.go_to(IDS[1])
    assert survey.shown() == [0, 1, 2]


def test_a_frame_beyond_the_first_twelve_is_brought_into_view(survey: Follower[SurveyView]) -> None:
    survey.view.open(IDS)
    survey.go_to(IDS[13])
    assert survey.shown() == list(range(2, 14))


# The same place in all panes


def test_all_panes_zoom_and_move_together(qtbot: QtBot, survey: Follower[SurveyView]) -> None:
    survey.view.open(IDS[:3])
    survey.go_to(IDS[0])
    first, second, third = survey.view.panes()
    first.zoom(1.0, QPointF(first.width() * 0.9, first.height() * 0.9))  # far from any face
    assert second.place == third.place == first.place
    qtbot.mousePress(second, Qt.MouseButton.LeftButton, pos=QPoint(100, 100))
    for x in (130, 160):
        qtbot.mouseMove(second, QPoint(x, 100))
    qtbot.mouseRelease(second, Qt.MouseButton.LeftButton, pos=QPoint(160, 100))
    assert second.place.scale == 1.0
    assert first.place.x == pytest.approx(second.place.x)
    survey.view.toggle_zoom()
    assert not any(pane.is_zoomed for pane in survey.view.panes())


def test_a_face_is_in_the_same_spot_of_all_panes(survey: Follower[SurveyView], shoot: Shoot) -> None:
    survey.view.open(IDS[:4])
    survey.go_to(IDS[0])
    first = survey.view.panes()[0]
    first.zoom(2.0, QPointF(first.width() * 0.25, first.height() * 0.45))
    for pane in survey.view.panes():
        face = shoot.analyses[there(pane.photo_id)].faces[0]
        assert pane.place.x - face.box.x == pytest.approx(first.place.x - 0.2)


def test_a_decision_shows_the_survey_anew_once(
    qtbot: QtBot, prefetcher: Prefetcher, shoot: Shoot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[BigView] = []
    before = BigView._shown

    def counted(view: BigView) -> None:
        shown.append(view)
        before(view)

    monkeypatch.setattr(BigView, "_shown", counted)
    survey = SurveyView(PaneSources(prefetcher, lambda _photo_id: None))
    qtbot.addWidget(survey)
    survey.resize(900, 600)
    survey.show()
    survey.show_current(IDS[0], shoot, IDS)
    shown.clear()
    shoot.set_decisions({IDS[0]: Decision(IDS[0], Flag.PICK)})
    survey.refresh()
    assert len(shown) == 1
