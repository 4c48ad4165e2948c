"""Nobody forgotten: who and what is named as without a keeper, and who is not."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from core.ranking.worth import worth
from core.review.forgotten import Forgotten, forgotten
from core.types import (
    Accepted,
    Analysis,
    Box,
    Cluster,
    ClusterId,
    ClusterKind,
    Decision,
    EyeState,
    Face,
    Flag,
    FlawKind,
    Photo,
    PhotoId,
    Scene,
    SceneId,
    Sharpness,
    TimeSource,
)
from fixtures.frames import START, analysis, face, photo


def signature(axis: int, like: int | None = None) -> bytes:
    """A person's signature; ``like`` mixes in another's, so that they may be one."""
    vector = np.eye(8)[axis] + (np.eye(8)[like] if like is not None else 0)
    return bytes(vector.astype("<f2"))


def person(identity: int, side: float = 0.15, like: int | None = None, smile: float = 0.5) -> Face:
    return replace(
        face(smile=smile),
        box=Box(0.4, 0.4, side, side),
        confidence=0.95,
        identity=identity,
        signature=signature(identity, like),
    )


class Told:
    """A shoot told frame by frame: each in a group of its own unless it goes on with the last one."""

    def __init__(self) -> None:
        self.photos: dict[PhotoId, Photo] = {}
        self.analyses: dict[PhotoId, Analysis] = {}
        self.groups: list[list[PhotoId]] = []
        self.scene_of: list[str] = []
        self.decisions: dict[PhotoId, Decision] = {}
        self.forgiven: frozenset[FlawKind] = frozenset()

    def frame(
        self,
        *people: Face,
        minute: float = 0.0,
        scene: str = "scene",
        goes_on: bool = False,
        flag: Flag | None = None,
        in_focus: float = 0.9,
    ) -> PhotoId:
        name = PhotoId(f"f{len(self.photos):03d}")
        self.photos[name] = replace(photo(name, 60 * minute), id=name)
        faces = tuple(replace(one, box=replace(one.box, x=0.2 * at)) for at, one in enumerate(people))
        self.analyses[name] = replace(analysis(name, faces=faces), sharpness=Sharpness(0.5, in_focus))
        if goes_on:
            self.groups[-1].append(name)
        else:
            self.groups.append([name])
            self.scene_of.append(scene)
        if flag is not None:
            self.decisions[name] = Decision(name, flag)
        return name

    def without_keepers(self) -> Forgotten:
        clusters = [
            Cluster(
                ClusterId(group[0]),
                ClusterKind.BURST if len(group) > 1 else ClusterKind.SINGLE,
                tuple(group),
                SceneId(scene),
            )
            for group, scene in zip(self.groups, self.scene_of, strict=True)
        ]
        scenes = [
            Scene(SceneId(name), tuple(c.id for c in clusters if c.scene_id == name), None, None)
            for name in dict.fromkeys(self.scene_of)
        ]
        return forgotten(self.photos, self.analyses, clusters, scenes, self.decisions, self.forgiven)


@pytest.fixture
def told() -> Told:
    """A shoot with one keeper, of somebody who is in no other frame."""
    shoot = Told()
    shoot.frame(person(0), scene="kept", flag=Flag.PICK)
    return shoot


def identities(found: Forgotten) -> list[int]:
    return [one.identity for one in found.people]


def test_somebody_in_several_frames_without_a_keeper_is_named_with_the_best_frames_first(told: Told) -> None:
    dull, shut, glad, blurred = (
        told.frame(person(1, smile=0.1)),
        told.frame(replace(person(1), eyes=EyeState.CLOSED), person(2)),
        told.frame(person(1, smile=0.9)),
        told.frame(person(1), in_focus=0.01),
    )
    found = told.without_keepers()
    assert [(one.identity, one.seen_in) for one in found.people] == [(1, 4)]
    assert found.people[0].candidates == (glad, dull, shut)
    assert blurred not in found.people[0].candidates


def test_what_a_profile_takes_for_meant_is_no_reason_to_forget_anybody(told: Told) -> None:
    """A panned shot of somebody who is in nothing else is offered where blur is meant, as in sport."""
    panned = [told.frame(person(1), in_focus=0.01) for _ in range(4)]
    assert told.without_keepers().people == ()
    told.forgiven = frozenset({FlawKind.BLURRED})
    assert [set(one.candidates) for one in told.without_keepers().people] == [set(panned)]


def test_each_frame_is_judged_once_however_many_it_could_stand_for(
    told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A frame of somebody forgotten, in a forgotten scene and forgotten hours, is offered for all three."""
    judged: list[PhotoId] = []

    def counted(measured: Analysis) -> float:
        judged.append(measured.photo_id)
        return worth(measured)

    monkeypatch.setattr("core.review.forgotten.worth", counted)
    frames = [told.frame(person(1), minute=1 + 5 * at, scene="lost") for at in range(9)]
    found = told.without_keepers()
    assert (len(found.people), len(found.scenes), len(found.hours)) == (1, 1, 1)
    assert sorted(judged) == frames


@pytest.mark.parametrize("how", ["pick", "accepted", "stars"])
def test_who_is_in_any_keeper_is_not_forgotten(told: Told, how: str) -> None:
    frames = [told.frame(person(1)) for _ in range(6)]
    told.decisions[frames[3]] = {
        "pick": Decision(frames[3], Flag.PICK),
        "accepted": Decision(frames[3], Flag.PICK, accepted=Accepted.MANY),
        "stars": Decision(frames[3], rating=2),
    }[how]
    assert told.without_keepers().people == ()
    told.decisions[frames[3]] = Decision(frames[3], Flag.REJECT, rating=2)
    assert identities(told.without_keepers()) == [1]


def test_a_passer_by_is_not_forgotten(told: Told) -> None:
    for _ in range(6):
        told.frame(person(0), person(1, side=0.03))  # far behind somebody
    for number in range(9):
        told.frame(person(2), goes_on=number > 0)  # one moment, however many frames
    for _ in range(3):
        told.frame(person(3))  # hardly ever there
    for _ in range(6):
        told.frame(replace(person(4), smile=None))  # turned away
    assert told.without_keepers().people == ()


def test_who_may_be_somebody_with_a_keeper_under_another_number_is_not_named(told: Told) -> None:
    for _ in range(6):
        told.frame(person(1, like=0))
    assert told.without_keepers().people == ()


def test_who_goes_by_two_numbers_is_named_once(told: Told) -> None:
    for _ in range(5):
        told.frame(person(1))
    for _ in range(4):
        told.frame(person(2, like=1))
    assert identities(told.without_keepers()) == [1]


def test_who_is_rejected_by_hand_in_every_frame_is_decided_and_by_the_program_forgotten(told: Told) -> None:
    frames = [told.frame(person(1), flag=Flag.REJECT) for _ in range(6)]
    assert told.without_keepers().people == ()
    told.decisions.update({one: Decision(one, Flag.REJECT, accepted=Accepted.MANY) for one in frames})
    assert identities(told.without_keepers()) == [1]


def test_people_who_cannot_be_told_apart_are_not_named(told: Told) -> None:
    for _ in range(6):
        told.frame(replace(person(1), identity=None, signature=b""))
    assert told.without_keepers().people == ()


def test_a_scene_without_a_keeper_is_named_unless_it_holds_nothing_worth_keeping(told: Told) -> None:
    soft, best, good = (told.frame(scene="cake", in_focus=focus) for focus in (0.5, 0.95, 0.8))
    for _ in range(4):
        told.frame(scene="tests", in_focus=0.01)
    for _ in range(2):
        told.frame(scene="two")
    for _ in range(3):
        told.frame(scene="decided", flag=Flag.REJECT)
    found = told.without_keepers().scenes
    assert [(one.scene_id, one.frames, one.candidates) for one in found] == [("cake", 3, (best, good, soft))]


def test_hours_without_a_keeper_are_told_from_first_to_last_frame(told: Told) -> None:
    for minute in range(10, 51, 4):
        told.frame(minute=minute)
    told.frame(minute=55, flag=Flag.PICK)
    for minute in range(60, 70):
        told.frame(minute=minute)  # too short to be missed
    (hours,) = told.without_keepers().hours
    assert hours.starts_at == START + timedelta(minutes=10)
    assert hours.ends_at == START + timedelta(minutes=50)
    assert (hours.frames, len(hours.candidates)) == (11, 11)


def test_a_pause_parts_hours_and_a_files_own_time_makes_none(told: Told) -> None:
    for minute in (*range(10, 34, 3), *range(100, 124, 3)):
        told.frame(minute=minute)
    found = told.without_keepers().hours
    assert [hours.frames for hours in found] == [8, 8]
    told.photos = {name: replace(one, time_source=TimeSource.FILE) for name, one in told.photos.items()}
    assert told.without_keepers().hours == ()


def test_nothing_stands_out_while_nothing_is_kept(told: Told) -> None:
    for minute in range(60):
        told.frame(person(1), minute=minute, scene=f"s{minute // 10}")
    assert told.without_keepers() != Forgotten()
    told.decisions.clear()
    assert told.without_keepers() == Forgotten()


def test_a_shoot_that_is_not_measured_yet_forgets_nobody(told: Told) -> None:
    told.frame(person(1))
    measures: Mapping[PhotoId, Analysis] = {}
    nothing: Sequence[Cluster] = ()
    assert forgotten(told.photos, measures, nothing, (), told.decisions, ()) == Forgotten()
