"""What came of a shoot: kept, rejected, undecided, in all and by the hour, and how long the deciding took."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from core.types import Decision, DecisionSource, Flag, Photo, PhotoId

_PAUSE = timedelta(minutes=3)
"""A user who decides nothing for longer than this is doing something else."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many photos were decided which way."""

    kept: int = 0
    rejected: int = 0
    undecided: int = 0

    @property
    def total(self) -> int:
        """The number of all of them."""
        return self.kept + self.rejected + self.undecided


@dataclass(frozen=True, slots=True)
class Summary:
    """The whole of it.

    Attributes:
        tally: of all photos.
        minutes: spent deciding, pauses left out; 0 where nothing was decided by the user.
        hours: by the full hour of the shoot's clock, in order; photos without a time are in none.
    """

    tally: Outcome
    minutes: float
    hours: tuple[tuple[datetime, Outcome], ...]


def summarise(photos: Iterable[Photo], decisions: Mapping[PhotoId, Decision]) -> Summary:
    """Sum up a shoot.

    Args:
        photos: all of them.
        decisions: by photo.
    """
    photos = tuple(photos)
    by_hour: dict[datetime, Counter[Flag]] = {}
    whole: Counter[Flag] = Counter()
    for photo in photos:
        flag = decisions.get(photo.id, Decision(photo.id)).flag or Flag.UNFLAGGED
        whole[flag] += 1
        if photo.moment is not None:
            hour = photo.moment.replace(minute=0, second=0, microsecond=0)
            by_hour.setdefault(hour, Counter())[flag] += 1
    hours = tuple((hour, _tally(by_hour[hour])) for hour in sorted(by_hour))
    of_these = [decisions[photo.id] for photo in photos if photo.id in decisions]
    return Summary(_tally(whole), _minutes(of_these), hours)


def _tally(flags: Counter[Flag]) -> Outcome:
    return Outcome(flags[Flag.PICK], flags[Flag.REJECT], flags[Flag.UNFLAGGED])


def _minutes(decisions: Iterable[Decision]) -> float:
    """Add up the minutes from decision to decision.

    Only the last one on each photo is known, so it is a little less than it was.
    """
    times = sorted(
        decision.decided_at
        for decision in decisions
        if decision.decided_at is not None and decision.source is DecisionSource.USER
    )
    spent = sum(
        (after - before for before, after in pairwise(times) if after - before <= _PAUSE), timedelta()
    )
    return spent.total_seconds() / 60
