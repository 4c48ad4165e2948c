"""How long it takes to load, to learn and to judge."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from benchmarks.taste.bursts import Values, made_up
from core.persistence.taste_store import TasteStore
from core.taste.comparisons import LessonColumns, compare
from core.taste.fit import STANDARD, fit
from core.taste.lessons import HowDecided, Lesson
from core.taste.verdict import judge

_DECISIONS, _COMPARISONS = 100_000, 20_000
_PER_SHOOT = 250  # bursts
_TRIES = 5  # of which the quickest counts: the machine does other things as well


@dataclass(frozen=True, slots=True)
class Took:
    """How long something took at best; on a busy machine it is the processor's seconds that tell."""

    seconds: float
    processor: float


def speeds() -> Iterator[tuple[str, Took]]:
    """Yield what was done, and how long it took."""
    lessons = list(_decided(made_up(2000), _DECISIONS))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "taste.sqlite"
        with closing(TasteStore.open(path)) as store:
            yield f"write {_DECISIONS:,} decisions, once", _took(lambda: store.replace([], lessons), tries=1)
            yield f"load {_DECISIONS:,} decisions as comparisons", _took(lambda: compare(store.lessons()))
        opened = _took(lambda: TasteStore.open(path).close())
        yield f"open the file of {_DECISIONS:,}, every row proven sound", opened
    few = compare(LessonColumns.of(_of_comparisons(lessons, _COMPARISONS)))
    yield f"fit {len(few.differences):,} comparisons", _took(lambda: fit(few))
    yield f"judge {len(few.differences):,} comparisons", _took(lambda: judge(few))


def _took(work: Callable[[], object], tries: int = _TRIES) -> Took:
    found = []
    for _ in range(tries):
        started, of_processor = time.perf_counter(), time.process_time()
        work()
        found.append((time.perf_counter() - started, time.process_time() - of_processor))
    return Took(*(min(each) for each in zip(*found, strict=True)))


def _decided(bursts: list[Values], frames: int) -> Iterator[Lesson]:
    chance = np.random.default_rng(0)
    count = number = 0
    while count < frames:
        values = bursts[number % len(bursts)]
        sums = values @ STANDARD + chance.gumbel(size=len(values))
        liked = np.arange(len(values)) == int(np.argmax(sums))
        names = tuple(range(count, count + len(values)))
        folder = Path(f"/shoot-{number // _PER_SHOOT:04}")
        yield Lesson(folder, "", names, liked, values, HowDecided.BY_HAND, float(number), float(number))
        count += len(values)
        number += 1


def _of_comparisons(lessons: list[Lesson], most: int) -> Iterator[Lesson]:
    left = most
    for lesson in lessons:
        left -= len(lesson.liked) - 1
        if left < 0:
            return
        yield lesson
