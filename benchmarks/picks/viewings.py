"""How far two people agree on the best frame: ``python -m benchmarks.picks.viewings FOLDER... --second DIR``.

Each folder needs a table of verdicts (``benchmarks.picks.truth``), DIR a table of the same form for each, NAME.csv:
what somebody else said who did not know the first. The best of one viewing, judged by the other, is the most that a
program can reach; the program's own choice and the plain measures stand beside it. Where one viewer calls several
frames the best, each counts by its share.
"""

import argparse
import itertools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

from rich.console import Console
from rich.table import Table

from app.bootstrap import open_services
from app.paths import places
from benchmarks.picks.__main__ import LEFT_OUT, learned_without
from benchmarks.picks.judged import judge
from benchmarks.picks.tally import Outcome
from benchmarks.picks.truth import Labelled, Verdict, labelled_in
from core.learned import read_all

_WORTH = {Verdict.BEST: 1, Verdict.FINE: 0, Verdict.BAD: -1}


@dataclass(frozen=True, slots=True)
class Twice:
    """One burst that two people judged.

    Attributes:
        first: what the first said, and what the program made of the burst.
        second: what the second said of the same frames.
    """

    first: Outcome
    second: Labelled

    def turned(self) -> "Twice":
        """Return the burst with the viewings changed round."""
        return Twice(replace(self.first, burst=self.second), self.first.burst)


Choice = Callable[[Twice], Sequence[str]]
"""Frames that are chosen, each by an equal share."""

CHOICES: dict[str, Choice] = {
    "the other viewing": lambda twice: best_of(twice.second),
    "the program": lambda twice: (twice.first.chosen,),
    "sharpness alone": lambda twice: (twice.first.sharpest,),
    "the Laplacian": lambda twice: (twice.first.laplacian,),
    "chance": lambda twice: tuple(twice.first.burst.verdicts),
}


def best_of(burst: Labelled) -> tuple[str, ...]:
    """Return the frames that somebody called the best."""
    return tuple(name for name, verdict in burst.verdicts.items() if verdict is Verdict.BEST)


def rates(bursts: Iterable[Twice], choice: Choice) -> dict[str, float]:
    """Return the shares of each verdict of the first viewing over what was chosen in its decisive bursts."""
    shares = dict.fromkeys((verdict.value for verdict in Verdict), 0.0)
    decisive = [twice for twice in bursts if twice.first.burst.is_decisive and choice(twice)]
    for twice in decisive:
        names = choice(twice)
        for name in names:
            shares[twice.first.burst.verdicts[name].value] += 1 / len(names) / len(decisive)
    return {"bursts": len(decisive), **shares}


def ordered(bursts: Iterable[Twice]) -> dict[str, int]:
    """Count what the second said of pairs of frames that the first tells apart."""
    counts = {"same order": 0, "equal": 0, "the other way round": 0}
    for twice in bursts:
        one, other = twice.first.burst.verdicts, twice.second.verdicts
        for better, worse in itertools.permutations(one, 2):
            if _WORTH[one[better]] > _WORTH[one[worse]]:
                lead = _WORTH[other[better]] - _WORTH[other[worse]]
                counts["same order" if lead > 0 else "equal" if lead == 0 else "the other way round"] += 1
    return counts


def missed(bursts: Iterable[Twice]) -> tuple[int, int]:
    """Return how many choices of the program the first would not sign, and how many of those the second would."""
    unsigned = [
        twice
        for twice in bursts
        if twice.first.burst.is_decisive and twice.first.chosen not in best_of(twice.first.burst)
    ]
    return len(unsigned), sum(twice.first.chosen in best_of(twice.second) for twice in unsigned)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.picks.viewings", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--second", type=Path, required=True, help="folder of the second viewing's tables")
    arguments = parser.parse_args()
    left_out = read_all((files("benchmarks.picks") / LEFT_OUT).read_text(encoding="utf-8"))
    bursts: list[Twice] = []
    with open_services(places()) as services:
        for folder in map(Path.resolve, arguments.folders):
            second = {each.group: each for each in labelled_in(arguments.second / f"{folder.name}.csv")}
            bursts += [
                Twice(outcome, second[outcome.burst.group])
                for outcome in judge(folder, services, learned_without(folder.name, left_out))
                if outcome.burst.group in second
            ]
    console = Console(width=100)
    turned = [twice.turned() for twice in bursts]
    for title, among in (("first", bursts), ("second", turned)):
        table = Table(f"chosen, judged by the {title} viewing", "bursts", "best", "fine", "bad", box=None)
        for name, choice in CHOICES.items():
            _add(table, name, rates(among, choice))
        apart = [twice for twice in among if twice.second.is_decisive]
        _add(
            table,
            "the other viewing, where it tells frames apart",
            rates(apart, CHOICES["the other viewing"]),
        )
        console.print(table)
    pairs = ", ".join(f"{name} {count}" for name, count in ordered(bursts).items())
    console.print(f"pairs of frames that the first tells apart, in the second: {pairs}")
    count, signed = missed(bursts)
    console.print(
        f"choices of the program that the first would not sign: {count}; the second would: {signed}"
    )


def _add(table: Table, name: str, found: dict[str, float]) -> None:
    table.add_row(name, f"{found['bursts']:.0f}", *(f"{found[verdict.value]:.3f}" for verdict in Verdict))


if __name__ == "__main__":
    main()
