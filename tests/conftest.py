"""What every test may lean on, and what none may leave behind."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["SHORTLIST_LANGUAGE"] = "en"  # what the tests read, whatever this machine speaks

import multiprocessing
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import hypothesis
import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from app import bootstrap
from app.application import Application
from core.persistence import connections
from core.persistence.database import Database
from core.pipeline import workers
from core.protocols import Models
from fixtures.garbage import TestsGarbage
from fixtures.measured_once import MeasuredOnce
from fixtures.patience import PATIENCE, PatientBot
from fixtures.real_photos import PHOTOS
from fixtures.seeds import LONG
from fixtures.shoots import write_shoot
from models.local import LocalModels
from ui.widgets.sized_dialog import keep_sizes

# A busy machine is no fault of the code: timings live in benchmarks/.
hypothesis.settings.register_profile(
    "shortlist",
    deadline=None,
    max_examples=50,
    derandomize=not LONG,  # what passes here passes there
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("shortlist")


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No test sees the user's own decisions and caches, nor those of another test."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("SHORTLIST_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True, scope="session")
def no_waiting_for_the_disk() -> Iterator[None]:
    """Leaves it to the system when the disk gets what the tests write: of a power cut nothing can be tested."""
    of_database, of_copies = Database._connect, connections.connect

    def at_once(connection: sqlite3.Connection) -> sqlite3.Connection:
        connection.execute("PRAGMA synchronous = OFF")
        return connection

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Database, "_connect", lambda self: at_once(of_database(self)))
        patch.setattr(connections, "connect", lambda path: at_once(of_copies(path)))
        patch.setattr(os, "fsync", lambda _: None)
        yield


@pytest.fixture(autouse=True)
def no_size_left() -> Iterator[None]:
    """Lets no dialog open as another test left one of its kind."""
    yield
    keep_sizes(None)


@pytest.fixture(scope="session")
def garbage() -> TestsGarbage:
    """What all tests leave behind."""
    return TestsGarbage()


@pytest.fixture(autouse=True)
def no_window_left(garbage: TestsGarbage) -> Iterator[None]:
    """Destroys what a test has done with: else whatever concerns all windows takes longer from test to test."""
    yield
    garbage.test_ended()


@pytest.fixture(autouse=True, scope="session")
def nothing_left_on_the_clipboard() -> Iterator[None]:
    """Clears the clipboard: Qt without a screen deletes what is on it after Python has ended, which crashes."""
    yield
    if isinstance(QCoreApplication.instance(), QApplication):
        QApplication.clipboard().clear()


@pytest.fixture(autouse=True)
def nothing_left_running() -> Iterator[None]:
    """Fails a test that leaves a thread or a process behind."""
    before = set(threading.enumerate())
    yield
    left = [t for t in threading.enumerate() if t not in before and t.is_alive() and not _of_qt(t)]
    for thread in left:
        thread.join(timeout=PATIENCE)
    left = [thread for thread in left if thread.is_alive()]
    assert not left, f"threads left running: {[thread.name for thread in left]}"
    children = multiprocessing.active_children()
    assert not children, f"processes left running: {children}"


def _of_qt(thread: threading.Thread) -> bool:
    """Qt's pool threads that once ran Python show up as dummies; they are Qt's to end."""
    return isinstance(thread, threading._DummyThread)


@pytest.fixture(scope="session")
def qapp_cls() -> type[Application]:
    """What pytest-qt starts: the program's own application."""
    return Application


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> PatientBot:
    """pytest-qt's, who waits longer."""
    return PatientBot(request)


@pytest.fixture(scope="session")
def photos_folder() -> Path:
    """The real development photos; skips where they are absent."""
    if not PHOTOS.is_dir():
        pytest.skip("the development photos are not on this machine")
    return PHOTOS


@pytest.fixture
def shoot_folder(tmp_path: Path) -> Path:
    """A small made-up shoot on disk; see ``fixtures.shoots.write_shoot``."""
    folder = tmp_path / "shoot"
    write_shoot(folder)
    return folder


@pytest.fixture
def measured_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Measures photos in a thread of this process: worker processes take long to start, and have tests of their own."""
    monkeypatch.setattr(bootstrap, "local_workers", lambda workers, settings, models: MeasuredOnce())
    monkeypatch.setattr(workers, "_load", lambda factory: _loaded(replace(factory, folder=Path())))


@lru_cache(maxsize=4)
def _loaded(factory: LocalModels) -> Models:
    """The models as they ship, loaded once for all tests."""
    return factory()
