"""What is said of speed and time left."""

import time

import pytest

from core.pipeline.rate import RateMeter


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    return now


def test_nothing_is_said_before_there_is_something_to_go_by(clock: list[float]) -> None:
    meter = RateMeter()
    assert (meter.per_second(), meter.seconds_left(10)) == (0.0, None)
    clock[0] += 20  # the workers start
    meter.count(1)
    assert (meter.per_second(), meter.seconds_left(10)) == (0.0, None)


def test_the_start_of_the_workers_does_not_count(clock: list[float]) -> None:
    meter = RateMeter()
    clock[0] += 20
    meter.count(1)
    clock[0] += 1
    meter.count(5)
    assert meter.per_second() == 4
    assert meter.seconds_left(40) == 10


def test_only_the_last_seconds_count(clock: list[float]) -> None:
    meter = RateMeter()
    for done in range(100):
        meter.count(done)
        clock[0] += 1
    for done in range(100, 300, 10):
        meter.count(done)
        clock[0] += 1
    assert meter.per_second() == pytest.approx(10, rel=0.2)
