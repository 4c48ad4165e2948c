"""The best of a burst is not named before the whole burst is measured, and not later than that."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app.bootstrap import open_services
from app.paths import places
from core.cancelling import never
from core.pipeline import runner
from core.pipeline.events import ClustersUpdated, Event
from core.pipeline.runner import run
from core.settings import Settings
from core.shoot.shoot import Shoot
from core.types import ClusterKind
from fixtures.shoots import blurred, scene, shifted, write_photo

NOON = datetime(2025, 6, 14, 12, 0, 0)


@pytest.fixture
def bursts(tmp_path: Path) -> Path:
    """Two bursts of three; the sharp frame comes last, and a file of the second is cut off in its picture."""
    folder = tmp_path / "shoot"
    folder.mkdir()
    for burst in range(2):
        picture = scene(burst)
        for number in range(3):
            frame = shifted(picture if number == 2 else blurred(picture, 2.0), 4 * number)
            at = NOON + timedelta(minutes=5 * burst, seconds=0.3 * number)
            write_photo(folder / f"{burst}{number}.jpg", frame, at)
    broken = folder / "11.jpg"
    os.truncate(broken, broken.stat().st_size * 2 // 3)
    return folder


def test_nothing_is_suggested_before_a_burst_is_measured_whole(
    bursts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "_BATCH", 1)
    monkeypatch.setattr(runner, "_REGROUP_SECONDS", 0.0)
    shoot = Shoot()
    suggested: list[dict[str, str | None]] = []

    def take(event: Event) -> None:
        shoot.apply(event)
        if isinstance(event, ClustersUpdated):
            names = {photo_id: photo.path.stem for photo_id, photo in shoot.photos.items()}
            now: dict[str, str | None] = {}
            for cluster in shoot.clusters.values():
                if cluster.kind is ClusterKind.BURST:
                    pick = cluster.suggested_pick
                    now[names[cluster.photo_ids[0]][0]] = names[pick] if pick else None
            suggested.append(now)

    settings = Settings(identity=False)
    with open_services(places()) as services:
        dependencies = replace(
            services.dependencies(settings), pool=lambda: ThreadPoolExecutor(1), in_flight=1
        )
        run([bursts], settings, dependencies, never, take)
    seen = [pick for now in suggested for pick in now.values() if pick]
    assert set(seen) == {"02", "12"}
    assert any(now.get("0") == "02" and now.get("1") is None for now in suggested)
    assert suggested[-1] == {"0": "02", "1": "12"}
