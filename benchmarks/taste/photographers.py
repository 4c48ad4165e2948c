"""Simulated photographers: with weights of their own that nobody sees, with noise, and with none at all."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.taste.bursts import Values
from core.taste.comparisons import Comparisons, LessonColumns, Points, compare
from core.taste.fit import STANDARD, fit
from core.taste.lessons import HowDecided, Lesson
from core.taste.verdict import judge

PER_SHOOT = 25  # bursts a simulated shoot
_UNSEEN = 8000  # bursts decided to measure a rate: it is off by half a percent at most


@dataclass(frozen=True, slots=True)
class Photographer:
    """Somebody who chooses one frame of each burst.

    Attributes:
        points: how much each term counts to them; all 0 for blind choices.
        noise: spread of what else they see in a frame, in points; 1 is what the shipped table supposes.
        later: other points, from the half of the decisions on; None for no change.
        follows: the chance that they take what the standard suggests without a look.
    """

    points: Points
    noise: float = 1.0
    later: Points | None = None
    follows: float = 0.0

    def decide(self, bursts: Sequence[Values], chance: np.random.Generator) -> Iterator[Lesson]:
        """Choose one frame of each, in order."""
        for number, values in enumerate(bursts):
            points = self.later if self.later is not None and number * 2 >= len(bursts) else self.points
            suggested = int(np.argmax(values @ STANDARD))
            sums = values @ points + chance.gumbel(size=len(values)) * self.noise
            best = suggested if chance.random() < self.follows else int(np.argmax(sums))
            liked = np.arange(len(values)) == best
            way = HowDecided.ACCEPTED if best == suggested else HowDecided.BY_HAND
            folder = Path(f"/shoot-{number // PER_SHOOT:05}")
            if np.ptp(values, axis=0).any():
                yield Lesson(folder, "", (number,), liked, values, way, float(number), float(number))


KINDS = ("own taste", "noisy", "as the standard", "blind", "changed mind", "follows")
"""Of photographers: the first two have tastes of their own, the last takes seven of ten suggestions without a look."""


def photographers(kind: str, count: int) -> list[Photographer]:
    """Return some of a kind, the same ones each time."""
    chance = np.random.default_rng(0)
    return [_one(kind, chance) for _ in range(count)]


def _one(kind: str, chance: np.random.Generator) -> Photographer:
    own = STANDARD * np.exp(chance.normal(0.0, 1.0, len(STANDARD))) * (chance.random(len(STANDARD)) > 0.15)
    own *= STANDARD.sum() / max(own.sum(), 1.0)
    match kind:
        case "own taste":
            return Photographer(own, 0.5)
        case "noisy":
            return Photographer(own, 1.5)
        case "as the standard":
            return Photographer(STANDARD, 1.0)
        case "blind":
            return Photographer(np.zeros_like(STANDARD))
        case "changed mind":
            other = STANDARD * np.exp(chance.normal(0.0, 1.0, len(STANDARD)))
            return Photographer(own, 1.0, later=other)
        case "follows":
            return Photographer(own, 1.0, follows=0.7)
    raise ValueError(kind)


@dataclass(frozen=True, slots=True)
class Course:
    """How one photographer was learned.

    Attributes:
        decisions: how many bursts were decided, shape (steps,).
        shown: share of unseen bursts in which what ranks agrees: what was learned where it acts, else the standard.
        learned: the same of what was learned, whether it acts or not.
        standard: the same of the standard.
        best: the same of the points the photographer has by then: more is not possible, for the rest is noise.
        acts: whether what was learned acts.
    """

    decisions: tuple[int, ...]
    shown: tuple[float, ...]
    learned: tuple[float, ...]
    standard: tuple[float, ...]
    best: tuple[float, ...]
    acts: tuple[bool, ...]

    def enough(self, within: float = 0.02) -> int | None:
        """Return after how many decisions it is and stays within so much of the best; None where it never is."""
        ok = [shown >= best - within for shown, best in zip(self.shown, self.best, strict=True)]
        stays = next((at for at in range(len(ok)) if all(ok[at:])), None)
        return None if stays is None else self.decisions[stays]


def follow(
    who: Photographer,
    teach: Sequence[Values],
    try_on: Sequence[Values],
    steps: Sequence[int],
    seed: int,
) -> Course:
    """Let a photographer decide, and see after each step how what was learned does on bursts it has not seen.

    Args:
        who: the photographer.
        teach: bursts to decide, drawn from with replacement.
        try_on: other bursts, which are decided again and again for the rates to be exact.
        steps: numbers of decisions, rising.
        seed: of all chance.
    """
    chance = np.random.default_rng(seed)
    drawn = [teach[at] for at in chance.integers(0, len(teach), steps[-1])]
    lessons = list(who.decide(drawn, chance))
    bursts = [try_on[at] for at in chance.integers(0, len(try_on), _UNSEEN)]
    shown, learned, standard, best, acts = [], [], [], [], []
    minds = [who.points] if who.later is None else [who.points, who.later]
    unseen = [_compared(Photographer(points, who.noise).decide(bursts, chance)) for points in minds]
    for count in steps:
        now = int(who.later is not None and count * 2 > len(drawn))
        known = _compared(lessons[:count])
        learned.append(float(unseen[now].agreement(fit(known).points).mean()))
        standard.append(float(unseen[now].agreement(STANDARD).mean()))
        acts.append(judge(known).acts)
        shown.append(learned[-1] if acts[-1] else standard[-1])
        best.append(max(float(unseen[now].agreement(minds[now]).mean()), standard[-1]))
    return Course(tuple(steps), tuple(shown), tuple(learned), tuple(standard), tuple(best), tuple(acts))


def _compared(lessons: Iterator[Lesson] | Sequence[Lesson]) -> Comparisons:
    return compare(LessonColumns.of(lessons))
