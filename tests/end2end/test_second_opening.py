"""What is known from an earlier run is there before the first grouping; what cannot be known does not undo it."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.bootstrap import Services, open_services
from app.paths import places
from core.errors import ModelError
from core.pipeline.events import ClustersUpdated, Event, Finished, PhotosAnalyzed
from core.pipeline.runner import run
from core.settings import Settings


@pytest.fixture
def services() -> Iterator[Services]:
    with open_services(places()) as opened:
        yield opened


def events_of(folder: Path, services: Services, settings: Settings) -> list[Event]:
    seen: list[Event] = []
    run([folder], settings, services.dependencies(settings), threading.Event(), seen.append)
    return seen


def test_a_second_opening_groups_once_and_as_the_first_ended(shoot_folder: Path, services: Services) -> None:
    first = events_of(shoot_folder, services, Settings())
    second = events_of(shoot_folder, services, Settings())
    ended = [event for event in first if isinstance(event, ClustersUpdated)][-1]
    (grouped,) = [event for event in second if isinstance(event, ClustersUpdated)]
    assert (grouped.clusters, grouped.scenes) == (ended.clusters, ended.scenes)
    kinds = [type(event) for event in second]
    assert kinds.index(PhotosAnalyzed) < kinds.index(ClustersUpdated)
    assert isinstance(second[-1], Finished)
    assert second[-1].computed == 0


def test_a_missing_model_leaves_the_groups_by_time(shoot_folder: Path, services: Services) -> None:
    settings, seen = Settings(embedder="dinov2-small"), []
    with pytest.raises(ModelError, match="models install dinov2-small"):
        run([shoot_folder], settings, services.dependencies(settings), threading.Event(), seen.append)
    (grouped,) = [event for event in seen if isinstance(event, ClustersUpdated)]
    assert sum(len(cluster.photo_ids) for cluster in grouped.clusters) == 13
    assert any(len(cluster.photo_ids) > 1 for cluster in grouped.clusters)
