"""How soon a taste is learned, and that it does no harm: ``python -m benchmarks.taste [FOLDER...] [--people N]``.

Simulated photographers decide over made-up bursts and, where folders with tables of verdicts are given, over the bursts
of those: one half teaches, the other tries. What the people who judged those shoots liked is learned as one person's
taste, in order of time. Last come the speeds.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import numpy as np
from rich.console import Console
from rich.table import Table

from app.bootstrap import open_services
from app.paths import places
from benchmarks.taste.bursts import Values, labelled, made_up, told_apart
from benchmarks.taste.photographers import KINDS, Course, follow, photographers
from benchmarks.taste.speed import speeds
from core.taste.comparisons import LessonColumns, compare
from core.taste.fit import STANDARD, fit
from core.taste.lessons import Lesson
from core.taste.verdict import judge

STEPS = (10, 30, 100, 300, 1000, 3000)
"""Decided bursts after which is looked."""

_SEED = 7


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.taste", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--people", type=int, default=16, help="simulated photographers of each kind")
    arguments = parser.parse_args()
    console = Console(width=110)
    lessons, bursts = _labelled(arguments.folders)
    _simulate("made-up bursts", made_up(600), arguments.people, console)
    if bursts:
        _simulate(f"{len(bursts)} bursts of labelled shoots", bursts, arguments.people, console)
        _in_time(lessons, console)
    table = Table("speed", "seconds", "of processor", box=None)
    for what, took in speeds():
        table.add_row(what, f"{took.seconds:.3f}", f"{took.processor:.3f}")
    console.print(table)


def _labelled(folders: Sequence[Path]) -> tuple[list[Lesson], list[Values]]:
    lessons: list[Lesson] = []
    bursts: list[Values] = []
    if not folders:
        return lessons, bursts
    with open_services(places()) as services:
        for folder in folders:
            taught, values = labelled(folder.resolve(), services)
            lessons += taught
            bursts += values
    return lessons, told_apart(bursts)


def _simulate(title: str, bursts: Sequence[Values], people: int, console: Console) -> None:
    """Print how each kind of photographer is learned: means over them, and the worst of them."""
    order = np.random.default_rng(_SEED).permutation(len(bursts))
    mixed = [bursts[at] for at in order]
    half = len(mixed) // 2
    table = Table(title, *map(str, STEPS), "best", "worst", "enough", "never", box=None, title=None)
    for kind in KINDS:
        courses = [
            follow(each, mixed[:half], mixed[half:], STEPS, _SEED + number)
            for number, each in enumerate(photographers(kind, people))
        ]
        table.add_row(f"{kind}: standard", *_means([each.standard for each in courses]))
        table.add_row("   learned", *_means([each.learned for each in courses]), *_end(courses))
        table.add_row("   what ranks", *_means([each.shown for each in courses]))
        table.add_row("   share in whom the taste ranks", *_means([each.acts for each in courses]))
    console.print(table)


def _means(rows: Sequence[Sequence[float]]) -> list[str]:
    return [f"{mean:.3f}" for mean in np.mean(np.array(rows, float), axis=0)]


def _end(courses: Sequence[Course]) -> list[str]:
    """Return the best possible at last, how far what ranks was behind the standard at worst, and when it was enough."""
    worst = min(
        shown - standard
        for each in courses
        for shown, standard in zip(each.shown, each.standard, strict=True)
    )
    enough = [each.enough() for each in courses]
    there = [count for count in enough if count is not None]
    return [
        f"{np.mean([each.best[-1] for each in courses]):.3f}",
        f"{worst:+.3f}",
        f"{median(there):.0f}" if there else "",
        f"{sum(count is None for count in enough)} of {len(enough)}",
    ]


def _in_time(lessons: Sequence[Lesson], console: Console) -> None:
    """Print how the labelled shoots are learned one after the other, as if one person had judged them all."""
    by_shoot: dict[Path, list[Lesson]] = {}
    for lesson in sorted(lessons, key=lambda each: each.moment):
        by_shoot.setdefault(lesson.folder, []).append(lesson)
    table = Table(
        "as one person's taste, in order of time", "bursts", "standard", "learned", "what ranks", box=None
    )
    known: list[Lesson] = []
    total = np.zeros(4)
    for folder, taught in by_shoot.items():
        before, unseen = compare(LessonColumns.of(known)), compare(LessonColumns.of(taught))
        standard = unseen.agreement(STANDARD)
        learned = unseen.agreement(fit(before).points)
        shown = learned if judge(before).acts else standard
        total += [len(unseen), standard.sum(), learned.sum(), shown.sum()]
        rates = (f"{each.mean():.3f}" for each in (standard, learned, shown))
        table.add_row(folder.name, str(len(unseen)), *rates)
        known += taught
    table.add_row("all", f"{total[0]:.0f}", *(f"{each / total[0]:.3f}" for each in total[1:]))
    console.print(table)
    verdict = judge(compare(LessonColumns.of(known)))
    console.print(
        f"Each shoot by the others: {verdict.agreed} of {verdict.bursts}, the standard {verdict.standard_agreed} "
        f"(it was fitted on these shoots); only one agrees in {verdict.better} and {verdict.worse}."
    )


if __name__ == "__main__":
    main()
