"""What is known from an earlier run is there before the first grouping; what cannot be known does not undo it."""

import os
import shutil
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from app.bootstrap import Services, open_services
from app.paths import places
from core.analysis.eyes import chance_open
from core.cancelling import never
from core.errors import ModelError
from core.grouping import evidence
from core.pipeline import runner
from core.pipeline.events import (
    ClustersUpdated,
    Event,
    Finished,
    GrouperReady,
    PeopleFound,
    PhotosAnalyzed,
    PhotosFound,
)
from core.pipeline.group_finder import GroupFinder
from core.pipeline.runner import run
from core.pipeline.workers import Measured, measure_photo
from core.protocols import ModelsFactory
from core.settings import GroupingRules, Settings, Weights
from core.shoot.shoot import Shoot
from core.types import Decision, EyeState, Photo
from fixtures.frames import face


@pytest.fixture
def services() -> Iterator[Services]:
    with open_services(places()) as opened:
        yield opened


_measured: dict[bytes, Measured] = {}


@pytest.fixture(autouse=True)
def measured_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test measures the same pictures; that they are measured is tested elsewhere."""

    def measure(photo: Photo, factory: ModelsFactory) -> Measured:
        content = photo.path.read_bytes()
        if content not in _measured:
            _measured[content] = measure_photo(photo, factory)
        known = _measured[content]
        return replace(known, analysis=replace(known.analysis, photo_id=photo.id))

    monkeypatch.setattr(runner, "measure_photo", measure)


def events_of(folder: Path, services: Services, settings: Settings) -> list[Event]:
    """One run, measured in a thread of this process: what is tested here is not the workers."""
    seen: list[Event] = []
    dependencies = replace(services.dependencies(settings), pool=lambda: ThreadPoolExecutor(1))
    run([folder], settings, dependencies, never, seen.append)
    return seen


def last_groups(seen: list[Event]) -> ClustersUpdated:
    return [event for event in seen if isinstance(event, ClustersUpdated)][-1]


def shoot_of(seen: list[Event]) -> Shoot:
    shoot = Shoot()
    for event in seen:
        shoot.apply(event)
    return shoot


def test_a_second_opening_shows_what_the_first_found_without_grouping(
    shoot_folder: Path, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = events_of(shoot_folder, services, Settings())
    monkeypatch.setattr(GroupFinder, "find", None)
    second = events_of(shoot_folder, services, Settings())
    ended = last_groups(first)
    (grouped,) = [event for event in second if isinstance(event, ClustersUpdated)]
    assert (grouped.clusters, grouped.scenes, grouped.copies) == (ended.clusters, ended.scenes, ended.copies)
    assert grouped.grouper is None
    kinds = [type(event) for event in second]
    assert kinds.index(PhotosAnalyzed) < kinds.index(ClustersUpdated)
    assert kinds[-2:] == [Finished, GrouperReady]
    finished = second[-2]
    assert isinstance(finished, Finished)
    assert finished.computed == 0
    before, now = shoot_of(first), shoot_of(second)
    assert now.people.photos() == before.people.photos()
    assert {one: each.faces for one, each in now.analyses.items()} == {
        one: tuple(replace(face, signature=b"") for face in each.faces)
        for one, each in before.analyses.items()
    }
    looser = GroupingRules(0.9, 0.9)
    for shoot in (before, now):
        shoot.regroup(looser)
    assert now.clusters == before.clusters


@pytest.mark.parametrize("touch", ["changed", "added", "removed", "other weights"])
def test_groups_are_found_anew_where_anything_changed(
    shoot_folder: Path, services: Services, touch: str
) -> None:
    events_of(shoot_folder, services, Settings())
    settings = Settings()
    if touch == "changed":
        os.utime(shoot_folder / "A.jpg", ns=(1, 1))
    elif touch == "added":
        shutil.copy(shoot_folder / "A.jpg", shoot_folder / "Z.jpg")
    elif touch == "removed":
        (shoot_folder / "B.jpg").unlink()
    else:
        settings = Settings(weights=Weights(sharpness=0.9))
    again = events_of(shoot_folder, services, settings)
    assert last_groups(again).grouper is not None
    afresh = shoot_of(again)
    recalled = shoot_of(events_of(shoot_folder, services, settings))
    assert recalled.clusters == afresh.clusters
    assert sum(len(cluster.photo_ids) for cluster in recalled.clusters.values()) == len(afresh.photos)


def test_photos_that_came_stand_alone_in_the_former_groups_until_they_are_measured(
    shoot_folder: Path, services: Services
) -> None:
    first = shoot_of(events_of(shoot_folder, services, Settings()))
    shutil.copy(shoot_folder / "A.jpg", shoot_folder / "Z.jpg")
    seen = events_of(shoot_folder, services, Settings())
    early = next(event for event in seen if isinstance(event, ClustersUpdated))
    former = {cluster.photo_ids: cluster for cluster in first.clusters.values()}
    (came,) = [cluster for cluster in early.clusters if cluster.photo_ids not in former]
    assert len(came.photo_ids) == 1
    assert [former[each.photo_ids] for each in early.clusters if each is not came] == list(
        first.clusters_in_order()
    )
    finished = [event for event in seen if isinstance(event, Finished)][-1]
    assert finished.computed == 1
    burst = shoot_of(seen).cluster_of(came.photo_ids[0])
    assert len(burst.photo_ids) == 4, "measured, it has joined its burst"


def test_kept_groups_that_cannot_be_read_are_found_anew(shoot_folder: Path, services: Services) -> None:
    first = events_of(shoot_folder, services, Settings())
    with services.measures.groups._database.writing() as connection:
        connection.execute("UPDATE grouping SET document = x'00'")
    again = events_of(shoot_folder, services, Settings())
    assert last_groups(again).grouper is not None
    assert last_groups(again).clusters == last_groups(first).clusters


def test_frames_laid_over_each_other_once_are_not_laid_again(
    shoot_folder: Path, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    events_of(shoot_folder, services, Settings())
    laid: list[object] = []
    monkeypatch.setattr(evidence, "align", lambda one, other: laid.append((one, other)))
    settings = Settings(weights=Weights(sharpness=0.9))
    assert last_groups(events_of(shoot_folder, services, settings)).clusters
    assert laid == []


def test_groups_made_by_hand_are_there_before_anything_can_be_grouped_anew(
    shoot_folder: Path, services: Services
) -> None:
    events_of(shoot_folder, services, Settings())
    seen = events_of(shoot_folder, services, Settings())
    shoot = Shoot()
    together = {photo.id: "mine" for photo in seen_photos(seen) if photo.path.stem in "AL"}
    grouped = seen.index(last_groups(seen))
    for event in seen[: grouped + 1]:
        shoot.apply(event)
        if isinstance(event, PhotosFound):
            shoot.set_decisions({one: Decision(one, group=name) for one, name in together.items()})
    assert set(together) in [set(cluster.photo_ids) for cluster in shoot.clusters.values()]
    waited = shoot.waits_for_grouper
    assert waited
    early = {cluster.photo_ids for cluster in shoot.clusters.values()}
    for event in seen[grouped + 1 :]:
        shoot.apply(event)
    assert not shoot.waits_for_grouper
    assert {cluster.photo_ids for cluster in shoot.clusters.values()} == early


def test_a_slider_moved_before_anything_can_be_grouped_anew_takes_effect_then(
    shoot_folder: Path, services: Services
) -> None:
    first = shoot_of(events_of(shoot_folder, services, Settings()))
    seen = events_of(shoot_folder, services, Settings())
    shoot = Shoot()
    tightest = GroupingRules(0.0, 0.0)
    for event in seen:
        if isinstance(event, GrouperReady):
            shoot.regroup(tightest)
        shoot.apply(event)
    first.regroup(tightest)
    assert shoot.clusters == first.clusters
    assert not shoot.waits_for_grouper


def seen_photos(seen: list[Event]) -> tuple[Photo, ...]:
    return next(event for event in seen if isinstance(event, PhotosFound)).photos


def test_a_missing_model_leaves_the_groups_by_time(shoot_folder: Path, services: Services) -> None:
    settings = Settings(embedder="dinov2-small")
    seen: list[Event] = []
    with pytest.raises(ModelError, match="models install dinov2-small"):
        run([shoot_folder], settings, services.dependencies(settings), never, seen.append)
    (grouped,) = [event for event in seen if isinstance(event, ClustersUpdated)]
    assert sum(len(cluster.photo_ids) for cluster in grouped.clusters) == 13
    assert any(len(cluster.photo_ids) > 1 for cluster in grouped.clusters)


@pytest.mark.parametrize("seen_last", [PeopleFound, GrouperReady])
def test_a_run_that_is_stopped_while_it_groups_keeps_nothing_half_done(
    shoot_folder: Path, services: Services, seen_last: type[Event]
) -> None:
    events_of(shoot_folder, services, Settings())
    settings = Settings(weights=Weights(sharpness=0.9))  # measured, to be grouped anew
    cancel, seen = threading.Event(), []

    def take(event: Event) -> None:
        seen.append(event)
        if isinstance(event, seen_last):
            cancel.set()

    if seen_last is GrouperReady:
        events_of(shoot_folder, services, settings)
    run([shoot_folder], settings, services.dependencies(settings), cancel.is_set, take)
    stopped = [event for event in seen if isinstance(event, ClustersUpdated)]
    assert len(stopped) == (seen_last is GrouperReady)
    (finished,) = [event for event in seen if isinstance(event, Finished)]
    assert finished.cancelled == (seen_last is PeopleFound)
    again = last_groups(events_of(shoot_folder, services, settings))
    assert (again.grouper is None) == (seen_last is GrouperReady), (
        "a grouping that was stopped is no grouping"
    )
    services.measures.clear()
    assert last_groups(events_of(shoot_folder, services, settings)).clusters == again.clusters


def test_eyes_that_may_be_narrow_are_called_closed_in_no_run(
    shoot_folder: Path, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrow = replace(
        face(EyeState.CLOSED, gaze=0.8),
        right_eye=EyeState.CLOSED,
        left_eye=EyeState.CLOSED,
        eyes_open=chance_open(0.5),
    )

    def measure(photo: Photo, factory: ModelsFactory) -> Measured:
        measured = _measured.get(photo.path.read_bytes()) or measure_photo(photo, factory)
        return replace(measured, analysis=replace(measured.analysis, photo_id=photo.id, faces=(narrow,)))

    monkeypatch.setattr(runner, "measure_photo", measure)
    settings = Settings(identity=False)
    for _ in ("measured", "kept"):
        shown = [
            each
            for event in events_of(shoot_folder, services, settings)
            if isinstance(event, PhotosAnalyzed)
            for each in event.analyses
        ]
        assert shown
        for analysis in shown:
            assert analysis.faces[0].eyes is EyeState.CANT_TELL
            assert analysis.faces[0].right_eye is EyeState.CLOSED
