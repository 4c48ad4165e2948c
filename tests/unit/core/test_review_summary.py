"""The summary of a shoot: every photo counted once, pauses left out of the time."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.review.summary import Outcome, summarise
from core.types import Decision, DecisionSource, Flag, Photo
from fixtures.frames import photo

EVENING = datetime(2025, 6, 15, 20, 0, tzinfo=UTC)


def decided(frame: Photo, flag: Flag | None, seconds: float = 0, **others: object) -> Decision:
    return Decision(frame.id, flag, decided_at=EVENING + timedelta(seconds=seconds), **others)  # type: ignore[arg-type]


def test_each_photo_is_counted_in_all_and_in_its_hour() -> None:
    photos = [photo("a"), photo("b", 10), photo("c", 4000), photo("d", 4001), photo("e", None)]
    flags = (Flag.PICK, Flag.REJECT, Flag.PICK, Flag.UNFLAGGED, None)
    decisions = {one.id: decided(one, flag) for one, flag in zip(photos, flags, strict=True)}
    summary = summarise(photos, decisions)
    assert summary.tally == Outcome(kept=2, rejected=1, undecided=2)
    assert [(hour.hour, tally) for hour, tally in summary.hours] == [
        (10, Outcome(kept=1, rejected=1)),
        (11, Outcome(kept=1, undecided=1)),
    ]


@pytest.mark.parametrize(
    ("seconds", "minutes"),
    [([], 0), ([0], 0), ([0, 60, 120], 2), ([120, 0, 60], 2), ([0, 60, 3600, 3660], 2)],
)
def test_time_is_counted_from_decision_to_decision_without_the_pauses(
    seconds: Sequence[float], minutes: float
) -> None:
    photos = [photo(str(number)) for number in range(len(seconds))]
    decisions = {one.id: decided(one, Flag.PICK, second) for one, second in zip(photos, seconds, strict=True)}
    assert summarise(photos, decisions).minutes == pytest.approx(minutes)


def test_what_the_program_suggested_took_nobody_any_time() -> None:
    photos = [photo("a"), photo("b")]
    decisions = {
        one.id: decided(one, Flag.PICK, 60 * number, source=DecisionSource.SUGGESTED)
        for number, one in enumerate(photos)
    }
    summary = summarise(photos, decisions)
    assert (summary.minutes, summary.tally.kept) == (0, 2)


@given(st.lists(st.tuples(st.sampled_from([*Flag, None]), st.none() | st.integers(0, 200_000))))
def test_nothing_is_lost_or_counted_twice(frames: list[tuple[Flag | None, int | None]]) -> None:
    photos = [photo(str(number), seconds) for number, (_, seconds) in enumerate(frames)]
    decisions = {one.id: decided(one, flag) for one, (flag, _) in zip(photos, frames, strict=True)}
    summary = summarise(photos, decisions)
    assert summary.tally.total == len(frames)
    assert sum(tally.total for _, tally in summary.hours) == sum(seconds is not None for _, seconds in frames)
