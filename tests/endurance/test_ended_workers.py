"""A system that ends workers at its own discretion costs time, and no photo."""

import os
import random
import signal
import sys
import threading
from pathlib import Path
from typing import Any

import psutil
import pytest

from app.bootstrap import open_services
from app.paths import places
from core.cancelling import never
from core.errors import WorkersError
from core.pipeline.events import Event, Finished, PhotosAnalyzed
from core.pipeline.runner import run
from core.settings import Settings
from core.shoot.shoot import Shoot
from fixtures.runs import write_scenes
from fixtures.seeds import seed

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="ends processes by signals")

FROM_OUTSIDE = (signal.SIGKILL, signal.SIGTERM)


def workers() -> list[psutil.Process]:
    """The worker processes of this test, started or about to."""
    return [each for each in psutil.Process().children() if "spawn_main" in " ".join(_words(each))]


def _words(process: psutil.Process) -> list[str]:
    try:
        return list(process.cmdline())
    except psutil.Error:  # it is gone already
        return []


class Reaper(threading.Thread):
    """Ends a worker now and then, from the moment it is told to begin until it is told to stop."""

    def __init__(self, chance: random.Random, most: int, pause: tuple[float, float]) -> None:
        super().__init__()
        self._chance, self._most, self._pause = chance, most, pause
        self.begin, self.stop = threading.Event(), threading.Event()
        self.ended = 0

    def run(self) -> None:
        self.begin.wait()
        while self.ended < self._most and not self.stop.wait(self._chance.uniform(*self._pause)):
            if found := workers():
                os.kill(self._chance.choice(found).pid, self._chance.choice(FROM_OUTSIDE))
                self.ended += 1


def seeded() -> random.Random:
    return random.Random(seed())


def test_workers_that_are_ended_now_and_then_cost_no_photo(
    tmp_path: Path, is_long: bool, counts: Any
) -> None:
    photos = write_scenes(tmp_path / "shoot", 400 if is_long else 60)
    reaper = Reaper(seeded(), 80 if is_long else 3, (0.5, 3.0) if is_long else (0.05, 0.3))
    shoot = Shoot()

    def take(event: Event) -> None:
        shoot.apply(event)
        if isinstance(event, PhotosAnalyzed):
            reaper.begin.set()

    reaper.start()
    with open_services(places()) as services:
        settings = Settings(identity=False)
        try:
            run([tmp_path / "shoot"], settings, services.dependencies(settings), never, take)
        finally:
            reaper.begin.set()
            reaper.stop.set()
            reaper.join()
    assert [str(failure.reason) for failure in shoot.failures] == []
    assert len(shoot.analyses) == len(photos)
    assert reaper.ended
    counts.add(tried=len(photos), survived=len(shoot.analyses), workers_ended=reaper.ended)


def test_where_all_are_ended_again_and_again_the_run_gives_up_and_blames_no_photo(tmp_path: Path) -> None:
    write_scenes(tmp_path / "shoot", 12)
    reaper = Reaper(seeded(), 1000, (0.01, 0.02))
    reaper.begin.set()
    shoot, finished = Shoot(), []

    def take(event: Event) -> None:
        shoot.apply(event)
        if isinstance(event, Finished):
            finished.append(event)

    reaper.start()
    with open_services(places()) as services:
        settings = Settings(identity=False)
        try:
            with pytest.raises(WorkersError):
                run([tmp_path / "shoot"], settings, services.dependencies(settings), never, take)
        finally:
            reaper.stop.set()
            reaper.join()
    assert not shoot.failures
    assert len(shoot.photos) == 12
    assert [event.cancelled for event in finished] == [True]
