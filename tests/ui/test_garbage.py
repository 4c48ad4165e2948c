"""Garbage is collected in the window's thread, and what a shoot keeps for long is not looked at each time."""

import gc
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.garbage import GuiThreadCollector, free_what_was_let_go, set_aside


class Knot:
    """Refers to itself, so that only the collector can free it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def collector(qapp: QObject) -> Iterator[GuiThreadCollector]:
    collector = GuiThreadCollector(qapp)
    yield collector
    collector.stop()
    gc.unfreeze()


def collect_fully(collector: GuiThreadCollector, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gc, "get_count", lambda: (0, 0, 10**6))
    collector._collect()


def test_python_leaves_collecting_to_the_window_while_it_lives(
    qtbot: QtBot, collector: GuiThreadCollector
) -> None:
    assert not gc.isenabled()
    collector.stop()
    assert gc.isenabled()


def test_what_outlives_a_full_collection_is_set_aside_until_a_shoot_is_let_go(
    collector: GuiThreadCollector, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, gone = Knot(), Knot()
    kept_ref, gone_ref = weakref.ref(kept), weakref.ref(gone)
    del gone
    collect_fully(collector, monkeypatch)
    assert gone_ref() is None
    del kept
    collect_fully(collector, monkeypatch)
    assert kept_ref() is not None
    free_what_was_let_go()
    assert kept_ref() is None


def test_a_shoot_that_has_just_come_is_set_aside_at_once(
    collector: GuiThreadCollector, monkeypatch: pytest.MonkeyPatch
) -> None:
    come = Knot()
    ref = weakref.ref(come)
    set_aside()
    del come
    collect_fully(collector, monkeypatch)
    assert ref() is not None


def test_an_idle_window_is_looked_at_ever_more_rarely_until_something_is_made(
    collector: GuiThreadCollector,
) -> None:
    busy = collector._timer.interval()
    for _ in range(10):
        collector._look()
    assert collector._timer.interval() >= 4 * busy
    made = [Knot() for _ in range(300)]
    collector._look()
    assert collector._timer.interval() == busy
    assert len(made) == 300


def test_a_window_at_work_is_looked_at_as_often_as_ever_for_as_long_as_it_works(
    collector: GuiThreadCollector,
) -> None:
    busy = collector._timer.interval()
    for _ in range(5):
        made = [Knot() for _ in range(2 * gc.get_threshold()[0])]
        del made
        collector._look()
        assert collector._timer.interval() == busy
