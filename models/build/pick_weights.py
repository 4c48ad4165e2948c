"""Fits the weights of the ranking: ``python -m models.build.pick_weights FOLDER...``.

Each folder needs a table of verdicts (``benchmarks.picks.truth``); with more of them the weights get better by this
one command. It writes ``core/learned.toml``, and beside ``benchmarks.picks`` what is learned where each shoot is left
out, so that no shoot is ever judged by what was learned from it.

The model is Bradley and Terry's ("Rank analysis of incomplete block designs", 1952): the chance that one frame is
liked better than another of its burst is the logistic function of the difference of their sums. What a term has is
worth having: no weight is negative, which tells more than many labels (of forty measures without that bound, less was
learned than of one). A ridge keeps small what few bursts speak for.
"""

import argparse
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from app.bootstrap import Services, open_services
from app.paths import places
from benchmarks.grouping.shoots import analysed
from benchmarks.picks.judged import ids_by_name
from benchmarks.picks.truth import Labelled, Verdict, labelled_bursts
from core.grouping.time_gaps import gap_seconds
from core.learned import Learned
from core.ranking.burst import Burst
from core.ranking.score import score
from core.ranking.sureness import is_contradicted, runs_on
from core.ranking.terms.table import TERMS
from core.settings import Weights
from core.types import Grounds, GroupedBy, Photo, TermName

_WORTH = {Verdict.BEST: 1.0, Verdict.FINE: 0.0, Verdict.BAD: -1.0}
_RIDGE = 0.02  # a tenth to three times of it changes the result by less than chance
_NAMES = [name for name in TERMS if name is not TermName.ORIGINAL]

# So many of all suggestions are to be clear, and of the decisive ones among them so many may be bad. A bound of how
# many are the best, too, moved from .006 to .03 of lead with the shoots that were learned from: too few tell.
_CLEAR_SHARE, _CLEAR_BAD = 0.5, 0.011
# Share of suggestions that are better than the runner-up, under which a lead means nothing.
_CLOSE_BETTER = 1 / 3
_FEWEST = 25  # bursts under which a rate is no rate

_AGREEMENT = 0.06  # see ``core.learned.Learned.agreement``: a slight blur makes more


@dataclass(frozen=True, slots=True)
class Example:
    """One judged burst, measured.

    Attributes:
        labelled: what people said.
        burst: its frames.
        worth: of each frame, shape (frames,).
        lacks: what each frame lacks in each learned term, 0 to -1, shape (frames, terms).
        grounds: how long it took.
        photos: the frames' photos.
    """

    labelled: Labelled
    burst: Burst
    worth: NDArray[np.float64]
    lacks: NDArray[np.float64]
    grounds: Grounds
    photos: Sequence[Photo] = ()


def examples(folder: Path, services: Services) -> Iterable[Example]:
    """Measure the judged bursts of a folder."""
    bursts = labelled_bursts(folder)
    if not bursts:
        return
    shoot = analysed(folder, services)
    ids = ids_by_name(shoot, folder)
    for labelled in bursts:
        known = [name for name in labelled.verdicts if ids.get(name) in shoot.analyses]
        burst = Burst.of([shoot.analyses[ids[name]] for name in known], {})
        columns = [TERMS[name].value(burst) or [1.0] * len(known) for name in _NAMES]
        worth = np.array([_WORTH[labelled.verdicts[name]] for name in known])
        photos = [shoot.photos[ids[name]] for name in known]
        grounds = Grounds(GroupedBy.LOOK, gap_seconds(photos[0], photos[-1]))
        yield Example(labelled, burst, worth, np.array(columns).T - 1, grounds, photos)


def fit(learn_from: Sequence[Example], ridge: float = _RIDGE) -> dict[str, float]:
    """Return points by term."""
    found = points(learn_from, ridge)
    return {name.value: round(float(each), 2) for name, each in zip(_NAMES, found, strict=True)}


def points(learn_from: Sequence[Example], ridge: float = _RIDGE) -> NDArray[np.float64]:
    """Return what each column of ``Example.lacks`` is worth, 0 and more, shape (terms,)."""
    rows, counts = [], []
    for example in learn_from:
        for one, other in itertools.permutations(range(len(example.worth)), 2):
            if example.worth[one] > example.worth[other]:
                rows.append(example.lacks[one] - example.lacks[other])
                counts.append((example.worth[one] - example.worth[other]) / len(example.worth))
    differences, count = np.array(rows), np.array(counts)

    def loss(tried: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        lead = differences @ tried
        wrong = 1 / (1 + np.exp(np.clip(lead, -50, 50)))
        value = float(count @ np.logaddexp(0, -lead) + ridge * tried @ tried)
        return value, 2 * ridge * tried - differences.T @ (count * wrong)

    start, bounds = np.ones(differences.shape[1]), [(0, None)] * differences.shape[1]
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x)


@dataclass(frozen=True, slots=True)
class Judgement:
    """A burst judged by weights that never saw its shoot.

    Attributes:
        lead: of the suggestion over the runner-up.
        agrees: nothing speaks against it.
        worth: of the suggestion.
        is_better: it is worth more than the runner-up.
        is_decisive: it matters which frame is taken.
    """

    lead: float
    agrees: bool
    worth: float
    is_better: bool
    is_decisive: bool


def left_out(all_examples: Sequence[Example], without: Iterable[str] = ()) -> list[Judgement]:
    """Judge each burst by weights fitted on the other shoots.

    Args:
        all_examples: of all shoots.
        without: shoots that are neither learned from nor judged.
    """
    without = set(without)
    known = [example for example in all_examples if example.labelled.folder not in without]
    found = []
    for folder in sorted({example.labelled.folder for example in known}):
        weights = fit([example for example in known if example.labelled.folder != folder])
        learned = Learned(weights, 0.0, 0.0, 0.0)
        for example in known:
            if example.labelled.folder == folder and len(example.worth) > 1:
                scores = score(example.burst, Weights(), learned)
                place = {frame.photo_id: at for at, frame in enumerate(example.burst.frames)}
                first, second = (float(example.worth[place[each.photo_id]]) for each in scores[:2])
                agrees = not (runs_on(example.grounds) or is_contradicted(scores, example.burst, _AGREEMENT))
                lead = scores[0].total - scores[1].total
                found.append(Judgement(lead, agrees, first, first > second, example.labelled.is_decisive))
    return found


def thresholds(judgements: Sequence[Judgement]) -> dict[str, float]:
    """Choose the leads from which a suggestion is clear, and under which it is close."""
    clear = sorted((each for each in judgements if each.agrees), key=lambda each: -each.lead)
    clear_lead = max((each.lead for each in judgements), default=0.0)
    for count in range(min(len(clear), round(_CLEAR_SHARE * len(judgements))), 0, -1):
        decisive = [each.worth for each in clear[:count] if each.is_decisive]
        if len(decisive) < _FEWEST:
            break
        if sum(worth < 0 for worth in decisive) <= _CLEAR_BAD * len(decisive):
            clear_lead = clear[count - 1].lead
            break
    ordered = sorted(judgements, key=lambda each: each.lead)
    close_lead = 0.0
    for count in range(_FEWEST, len(ordered) + 1):
        if sum(each.is_better for each in ordered[:count]) < _CLOSE_BETTER * count:
            close_lead = ordered[count - 1].lead
    return {
        "clear_lead": round(clear_lead, 4),
        "close_lead": round(min(clear_lead, close_lead), 4),
        "agreement": _AGREEMENT,
    }


def table(name: str, weights: dict[str, float], sureness: dict[str, float]) -> str:
    """Return weights and thresholds as TOML, under a name or, with "", at the top."""
    prefix = f"{name}." if name else ""
    lines = [f"[{prefix}weights]", *(f"{term} = {worth}" for term, worth in weights.items()), ""]
    lines += [f"[{prefix}sureness]", *(f"{key} = {value}" for key, value in sureness.items()), ""]
    return "\n".join(lines)


def main() -> None:
    """Fit, judge, and write both files."""
    parser = argparse.ArgumentParser(prog="python -m models.build.pick_weights", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    folders = parser.parse_args().folders
    with open_services(places()) as services:
        found = [each for folder in folders for each in examples(folder.resolve(), services)]
    head = "# Written by `python -m models.build.pick_weights FOLDER...`: do not edit by hand.\n\n"
    judged = left_out(found)
    everything = table("", fit(found), thresholds(judged))
    Path(str(files("core") / "learned.toml")).write_text(head + everything, encoding="utf-8")
    parts = []
    for folder in sorted({example.labelled.folder for example in found}):
        rest = [example for example in found if example.labelled.folder != folder]
        parts.append(table(folder, fit(rest), thresholds(left_out(found, [folder]))))
    Path(str(files("benchmarks.picks") / "left_out.toml")).write_text(
        head + "\n".join(parts), encoding="utf-8"
    )
    print(everything)


if __name__ == "__main__":
    main()
