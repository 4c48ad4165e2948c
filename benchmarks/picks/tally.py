"""Counts how often what was picked was best, fine or bad."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from benchmarks.picks.truth import Labelled, Verdict
from core.types import Sureness

Figures = dict[str, object]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one judged burst.

    Attributes:
        burst: as people judged it.
        pick: path of the suggested frame; None where nothing was suggested.
        sureness: of the suggestion.
        chosen: the frame that comes first where exactly the judged frames are ranked, whatever is suggested.
        sharpest: the frame that our sharpness alone would take.
        laplacian: the frame with the highest variance of the Laplacian.
        has_people: somebody's face is to be read in it.
    """

    burst: Labelled
    pick: str | None
    sureness: Sureness
    chosen: str
    sharpest: str
    laplacian: str
    has_people: bool


def figures(outcomes: Iterable[Outcome]) -> Figures:
    """Return all figures of some bursts: counts, and rates over the decisive ones."""
    outcomes = list(outcomes)
    found = suggestions(outcomes)
    decisive = [outcome for outcome in outcomes if outcome.burst.is_decisive]
    found["chance"] = _chance(decisive)
    for name in ("chosen", "sharpest", "laplacian"):
        found[name] = _rates([(each.burst, getattr(each, name)) for each in decisive])
    for sureness in Sureness:
        found[sureness.value] = suggestions(
            each for each in outcomes if each.pick is not None and each.sureness is sureness
        )
    for name, has_people in (("people", True), ("no people", False)):
        found[name] = suggestions(each for each in outcomes if each.has_people is has_people)
    return found


def suggestions(outcomes: Iterable[Outcome]) -> Figures:
    """Return how many bursts there are, of how many a frame is suggested, and what those suggestions are worth."""
    outcomes = list(outcomes)
    decisive = [outcome for outcome in outcomes if outcome.burst.is_decisive]
    given = sum(outcome.pick is not None for outcome in outcomes)
    return {
        "bursts": len(outcomes),
        "decisive": len(decisive),
        "given": given / max(1, len(outcomes)),
        **_rates([(each.burst, each.pick) for each in decisive]),
    }


def _rates(picks: list[tuple[Labelled, str | None]]) -> dict[str, float]:
    """Return the share of bursts by the verdict on the pick; ``outside`` is a frame of another moment."""
    counts: Counter[str] = Counter()
    for burst, pick in picks:
        if pick is not None:
            counts[burst.verdicts[pick].value if pick in burst.verdicts else "outside"] += 1
    names = (*(verdict.value for verdict in Verdict), "outside")
    return {name: counts[name] / max(1, len(picks)) for name in names}


def _chance(decisive: list[Outcome]) -> dict[str, float]:
    """Return what a blind pick would get."""
    shares = dict.fromkeys((verdict.value for verdict in Verdict), 0.0)
    for outcome in decisive:
        verdicts = list(outcome.burst.verdicts.values())
        for verdict in Verdict:
            shares[verdict.value] += verdicts.count(verdict) / len(verdicts) / len(decisive)
    return shares
