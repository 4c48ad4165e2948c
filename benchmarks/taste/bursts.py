"""Bursts to choose from, as the values of their frames: those of labelled shoots, or made-up ones."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.bootstrap import Services
from benchmarks.grouping.shoots import analysed
from benchmarks.picks.judged import ids_by_name
from benchmarks.picks.truth import Verdict, labelled_bursts
from core.ranking.burst import Burst
from core.ranking.terms.table import TERMS
from core.taste.lessons import LEARNED_TERMS, HowDecided, Lesson

Values = NDArray[np.float32]
"""Of the frames of one burst in each learned term, shape (frames, terms)."""


def labelled(folder: Path, services: Services) -> tuple[list[Lesson], list[Values]]:
    """Return what a folder's table of verdicts teaches, in order of time, and the values of all its judged bursts."""
    bursts = labelled_bursts(folder)
    if not bursts:
        return [], []
    shoot = analysed(folder, services)
    ids = ids_by_name(shoot, folder)
    lessons, values = [], []
    for number, burst in enumerate(bursts):
        names = [name for name in burst.verdicts if ids.get(name) in shoot.analyses]
        told = values_of(Burst.of([shoot.analyses[ids[name]] for name in names], {}))
        liked = np.array([burst.verdicts[name] is Verdict.BEST for name in names])
        values.append(told)
        if liked.any() and not liked.all():
            taken = shoot.photos[ids[names[0]]].taken_at
            moment = taken.timestamp() if taken is not None else float(number)
            frames = tuple(hash((folder.name, name)) for name in names)
            lessons.append(Lesson(folder, "", frames, liked, told, HowDecided.BY_HAND, moment))
    return sorted(lessons, key=lambda lesson: lesson.moment), values


def values_of(burst: Burst) -> Values:
    """Return the values of a burst's frames; where a term cannot be told, all have the best."""
    columns = [TERMS[name].value(burst) or [1.0] * len(burst.frames) for name in LEARNED_TERMS]
    return np.array(columns, np.float32).T


def made_up(count: int, seed: int = 0) -> list[Values]:
    """Make bursts up: of two to six frames, half of them with people; each frame lacks little of most terms."""
    chance = np.random.default_rng(seed)
    found = []
    for _ in range(count):
        frames = int(chance.integers(2, 7))
        lost = chance.exponential((0.15, 0.2, 0.1, 0.15, 0.2, 0.05), (frames, len(LEARNED_TERMS)))
        lost *= chance.random((frames, len(LEARNED_TERMS))) < (0.9, 0.3, 0.15, 0.8, 0.8, 0.3)
        if chance.random() < 0.5:
            lost[:, 1:5] = 0.0  # nobody is seen
        lost -= lost.min(axis=0)
        found.append((1 - np.minimum(lost, 1.0)).astype(np.float32))
    return [each for each in found if np.ptp(each, axis=0).any()]


def told_apart(bursts: Sequence[Values]) -> list[Values]:
    """Return the bursts of which anything can be learned."""
    return [values for values in bursts if len(values) > 1 and np.ptp(values, axis=0).any()]
