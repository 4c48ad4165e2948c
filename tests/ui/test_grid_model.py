"""What the grid shows of a shoot: covers, opened stacks, filters; nothing vanishes under the hand."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy
from pytestqt.qtbot import QtBot

from core.pipeline.events import ClustersUpdated, Finished, PhotosAnalyzed, PhotosFound
from core.shoot.asked import EyesAsked, eyes_of
from core.shoot.criteria import Criteria
from core.shoot.shoot import Filter, Shoot
from core.types import (
    Cluster,
    ClusterId,
    ClusterKind,
    Decision,
    EyeState,
    Fact,
    Flag,
    FrameScore,
    Grounds,
    GroupedBy,
    Label,
    PhotoId,
    Reason,
    Scene,
    SceneId,
    Sureness,
    Term,
    TermName,
)
from fixtures.frames import START, analysis, face, photo
from ui.grid.photo_list_model import PhotoListModel
from ui.marks.cell_facts import Advice, Light
from ui.marks.roles import DECISION_ROLES, Role

BURST, BRACKET = ClusterId("burst"), ClusterId("bracket")


def clusters() -> dict[str, Cluster]:
    """Scene one: single S, burst A B C (B suggested); scene two: bracket X Y, single T."""
    one, two = SceneId("one"), SceneId("two")
    scores = tuple(
        FrameScore(PhotoId(name), value, (Term(TermName.SHARPNESS, value, 1.0),))
        for name, value in (("B", 1.0), ("A", 0.7), ("C", 0.3))
    )
    burst = Cluster(
        BURST,
        ClusterKind.BURST,
        tuple(map(PhotoId, "ABC")),
        one,
        suggested_pick=PhotoId("B"),
        margin=0.2,
        sureness=Sureness.CLEAR,
        reasons=(Reason(Fact.SHARPEST, 3),),
        scores=scores,
        grounds=Grounds(GroupedBy.LOOK, 1.2),
    )
    return {
        "S": Cluster(ClusterId("s"), ClusterKind.SINGLE, (PhotoId("S"),), one),
        "burst": burst,
        "bracket": Cluster(BRACKET, ClusterKind.BRACKET, tuple(map(PhotoId, "XY")), two),
        "T": Cluster(ClusterId("t"), ClusterKind.SINGLE, (PhotoId("T"),), two),
    }


@pytest.fixture
def shoot() -> Shoot:
    shoot = Shoot()
    shoot.apply(PhotosFound(1, tuple(photo(name, 60.0 * i) for i, name in enumerate("SABCXYT"))))
    groups = tuple(clusters().values())
    scenes = (
        Scene(SceneId("one"), (groups[0].id, groups[1].id), START, START + timedelta(minutes=9)),
        Scene(SceneId("two"), (groups[2].id, groups[3].id), START + timedelta(hours=1), None),
    )
    shoot.apply(ClustersUpdated(1, groups, scenes))
    shoot.apply(Finished(1, photos=7, computed=7, failed=0, cancelled=False, seconds=1.0))
    return shoot


@pytest.fixture
def model(shoot: Shoot, qtbot: QtBot) -> PhotoListModel:
    model = PhotoListModel(shoot)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    return model


def shown(model: PhotoListModel) -> str:
    return "".join(model.photo_at(row) for row in range(model.rowCount()))


def decide(shoot: Shoot, model: PhotoListModel, **flags: Flag | None) -> None:
    shoot.set_decisions({PhotoId(name): Decision(PhotoId(name), flag) for name, flag in flags.items()})
    model.decisions_changed([PhotoId(name) for name in flags])


def test_a_closed_burst_is_one_cell_shown_by_the_suggested_frame(model: PhotoListModel) -> None:
    assert shown(model) == "SBXT"
    facts = model.index(1).data(Role.GROUP)
    assert (facts.stacked, facts.count, facts.advice) == (True, 3, Advice.SUGGESTED)
    assert model.index(2).data(Role.GROUP).kind is ClusterKind.BRACKET


def test_the_users_pick_becomes_the_cover_at_once(shoot: Shoot, model: PhotoListModel) -> None:
    changes = QSignalSpy(model.dataChanged)
    decide(shoot, model, C=Flag.PICK)
    assert shown(model) == "SCXT"
    assert model.index(1).data(Role.GROUP).advice is Advice.NONE
    assert [changes.at(i)[0].row() for i in range(changes.count())] == [1]
    decide(shoot, model, C=None)
    assert shown(model) == "SBXT"


def test_without_suggestion_the_first_frame_is_the_cover(shoot: Shoot, model: PhotoListModel) -> None:
    assert model.photo_at(model.row_of(PhotoId("Y"))) == "X"


def test_an_opened_burst_shows_each_frame_as_one_connected_run(model: PhotoListModel) -> None:
    model.set_expanded(BURST, True)
    assert shown(model) == "SABCXT"
    facts = [model.index(row).data(Role.GROUP) for row in (1, 2, 3)]
    assert all(f.spread and not f.stacked for f in facts)
    assert [(f.starts, f.ends) for f in facts] == [(True, False), (False, False), (False, True)]
    assert model.is_expanded(BURST)
    assert not model.is_expanded(BRACKET)
    model.set_expanded(BURST, False)
    assert shown(model) == "SBXT"


def test_all_stacks_open_and_close_together(model: PhotoListModel) -> None:
    model.expand_all(True)
    assert shown(model) == "SABCXYT"
    assert model.any_expanded()
    model.set_expanded(BRACKET, False)
    assert shown(model) == "SABCXT"
    model.expand_all(False)
    assert not model.any_expanded()


def test_opened_stacks_stay_open_when_photos_are_grouped_anew(shoot: Shoot, model: PhotoListModel) -> None:
    model.set_expanded(BURST, True)
    groups, one = clusters(), SceneId("one")
    parted = Cluster(BRACKET, ClusterKind.SINGLE, (PhotoId("X"),), one)
    rest = Cluster(ClusterId("y"), ClusterKind.SINGLE, (PhotoId("Y"),), one)
    everything = (groups["S"], groups["burst"], parted, rest, groups["T"])
    shoot.apply(ClustersUpdated(1, everything, (Scene(one, tuple(c.id for c in everything), START, START),)))
    model.refresh()
    assert shown(model) == "SABCXYT"
    assert len(model.sections()) == 1


def test_a_refresh_that_changes_no_cell_does_not_reset(model: PhotoListModel) -> None:
    resets, changes = QSignalSpy(model.modelReset), QSignalSpy(model.dataChanged)
    model.refresh()
    assert resets.count() == 0
    assert changes.count() == 1


def test_row_of_finds_frames_hidden_in_a_stack(model: PhotoListModel) -> None:
    assert [model.row_of(PhotoId(name)) for name in "SABCXYT"] == [0, 1, 1, 1, 2, 2, 3]
    assert model.row_of(PhotoId("unknown")) == -1
    assert model.cluster_at(1).id == BURST


def test_sections_tell_time_and_count(model: PhotoListModel) -> None:
    sections = model.sections()
    assert [(s.first_row, s.count) for s in sections] == [(0, 2), (2, 2)]
    assert sections[0].words == "10:00 – 10:09 · 4 frames"
    assert sections[1].words == "3 frames"  # a scene of which the end is not known has no times


def test_a_filter_shows_a_stack_if_any_frame_passes_with_such_a_cover(
    shoot: Shoot, model: PhotoListModel
) -> None:
    decide(shoot, model, A=Flag.REJECT, C=Flag.REJECT, T=Flag.REJECT)
    model.set_criteria(Criteria(Filter.REJECTS))
    assert shown(model) == "AT"  # B is suggested, but passes not
    assert model.sections()[0].detail == "2 of 4 frames"
    model.set_expanded(BURST, True)
    assert shown(model) == "ACT"
    facts = [model.index(row).data(Role.GROUP) for row in (0, 1)]
    assert [(f.starts, f.ends) for f in facts] == [(True, False), (False, True)]


def test_groups_are_bursts_and_brackets(model: PhotoListModel) -> None:
    model.set_criteria(Criteria(Filter.GROUPS))
    assert shown(model) == "BX"


def test_a_decided_cell_stays_until_the_filter_is_chosen_anew(shoot: Shoot, model: PhotoListModel) -> None:
    model.set_criteria(Criteria(Filter.UNDECIDED))
    resets = QSignalSpy(model.modelReset)
    decide(shoot, model, S=Flag.PICK, T=Flag.REJECT)
    assert shown(model) == "SBXT"
    assert resets.count() == 0
    model.set_criteria(Criteria(Filter.UNDECIDED))
    assert shown(model) == "BX"


def test_a_decided_cell_survives_a_regrouping_too(shoot: Shoot, model: PhotoListModel) -> None:
    model.set_criteria(Criteria(Filter.UNDECIDED))
    decide(shoot, model, S=Flag.PICK)
    model.set_expanded(BURST, True)
    assert shown(model) == "SABCXT"


def test_an_undo_brings_a_filtered_photo_back(shoot: Shoot, model: PhotoListModel) -> None:
    decide(shoot, model, S=Flag.PICK, A=Flag.REJECT)
    model.set_criteria(Criteria(Filter.UNDECIDED))
    model.set_expanded(BURST, True)
    assert shown(model) == "BCXT"
    decide(shoot, model, S=None, A=None)
    assert shown(model) == "SABCXT"


def test_nearest_row_of_a_hidden_photo_is_the_next_shown(shoot: Shoot, model: PhotoListModel) -> None:
    decide(shoot, model, S=Flag.PICK, X=Flag.PICK, Y=Flag.PICK)
    model.set_criteria(Criteria(Filter.PICKS))
    assert shown(model) == "SX"
    assert model.nearest_row(PhotoId("A")) == 1
    assert model.nearest_row(PhotoId("T")) == 1
    assert model.nearest_row(PhotoId("S")) == 0
    model.set_criteria(Criteria(Filter.REJECTS))
    assert model.nearest_row(PhotoId("S")) == -1


def test_decisions_are_told_in_runs_of_neighbours_and_only_those(shoot: Shoot, model: PhotoListModel) -> None:
    model.expand_all(True)
    changes = QSignalSpy(model.dataChanged)
    decide(shoot, model, A=Flag.REJECT, B=Flag.PICK, Y=Flag.REJECT)
    told = [changes.at(i) for i in range(changes.count())]
    assert [(first.row(), last.row()) for first, last, _ in told] == [(1, 2), (5, 5)]
    assert all(tuple(roles) == DECISION_ROLES for *_, roles in told)


def test_measures_become_marks(shoot: Shoot, model: PhotoListModel) -> None:
    eyes = (face(EyeState.OPEN), face(EyeState.CLOSED), face(EyeState.CANT_TELL))
    shoot.apply(PhotosAnalyzed(1, (analysis("B", faces=eyes), analysis("S", exposure=0.2))))
    model.analyses_changed([PhotoId("B"), PhotoId("S")])
    marks = model.index(1).data(Role.MEASURES)
    assert (marks.sharpness, marks.faces, marks.eyes_told, marks.eyes_open) == (3, 3, 2, 1)
    assert model.index(0).data(Role.MEASURES).light is Light.UNDER
    assert model.index(0).data(Role.MEASURES).sharpness is None
    assert model.index(0).data(Role.ASPECT) == 1.5
    assert model.index(3).data(Role.ASPECT) is None


def test_the_eyes_of_passers_by_are_not_counted(shoot: Shoot, model: PhotoListModel) -> None:
    behind = tuple(face(EyeState.CLOSED, size=0.02) for _ in range(5))
    shoot.apply(PhotosAnalyzed(1, (analysis("B", faces=(face(EyeState.OPEN), *behind)),)))
    marks = model.index(1).data(Role.MEASURES)
    assert (marks.faces, marks.eyes_told, marks.eyes_open) == (6, 1, 1)
    assert eyes_of(shoot.analyses[PhotoId("B")]) is EyesAsked.ALL_OPEN  # and a filter goes by what is shown


def test_the_steps_of_sharpness_follow_the_burst(shoot: Shoot, model: PhotoListModel) -> None:
    shoot.apply(PhotosAnalyzed(1, tuple(analysis(name) for name in "ABC")))
    model.expand_all(True)
    assert [model.index(row).data(Role.MEASURES).sharpness for row in (1, 2, 3)] == [2, 3, 1]


def test_words_for_pointer_and_screen_reader(shoot: Shoot, model: PhotoListModel) -> None:
    shoot.apply(PhotosAnalyzed(1, (analysis("B", faces=(face(), face(EyeState.CLOSED))),)))
    shoot.set_decisions({PhotoId("B"): Decision(PhotoId("B"), Flag.PICK, 4, Label.RED)})
    tip = model.index(1).data(Qt.ItemDataRole.ToolTipRole)
    for part in ("<b>B.jpg</b>", "harpest of 3", "3 frames in 1.2 s", "picked, 4 stars, red label"):
        assert part in tip
    assert "Reasons to doubt: Closed eyes in the best frame" in tip
    spoken = model.index(1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == (
        "B.jpg, picked, 4 stars, red label, stack of 3, burst, suggested, "
        "2 faces, eyes open in 1, eyes closed in 1"
    )


def test_another_shoot_starts_with_closed_stacks(shoot: Shoot, model: PhotoListModel) -> None:
    model.expand_all(True)
    model.set_shoot(Shoot())
    assert model.rowCount() == 0
    model.set_shoot(shoot)
    assert shown(model) == "SBXT"
