"""Eyes, smiles, focus and people against the labels that lie beside the pictures."""

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import count
from pathlib import Path

from benchmarks.quality.measured import analyse_all, largest_face
from core.analysis.shut_eyes import surely_shut
from core.grouping.identities import find_people
from core.types import EyeState, PhotoId

Figures = dict[str, float]


def area_under_curve(good: Sequence[float], bad: Sequence[float]) -> float:
    """Return the chance that a good one scores above a bad one; equal scores count half."""
    if not good or not bad:
        return float("nan")
    wins = sum((high > low) + 0.5 * (high == low) for high in good for low in bad)
    return wins / (len(good) * len(bad))


def b_cubed(found: Sequence[object], truth: Sequence[object]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of a clustering (Bagga and Baldwin, 1998), averaged over the items."""
    together = Counter(zip(found, truth, strict=True))
    sizes, people = Counter(found), Counter(truth)
    pairs = list(zip(found, truth, strict=True))
    precision = sum(together[pair] / sizes[pair[0]] for pair in pairs) / len(pairs)
    recall = sum(together[pair] / people[pair[1]] for pair in pairs) / len(pairs)
    return precision, recall, 2 * precision * recall / (precision + recall)


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    """Read the lines of a table of labels."""
    with (folder / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def eyes(folder: Path, labels: Iterable[dict[str, str]]) -> Figures:
    """Judge eyes over the decided, and how often nothing is said; ``eyes`` is open or closed."""
    labelled = list(labels)
    tally: Counter[tuple[str, EyeState | None]] = Counter()
    warned: Counter[str] = Counter()
    paths = [folder / row["path"] for row in labelled]
    for row, analysis in zip(labelled, analyse_all(paths), strict=True):
        face = largest_face(analysis)
        tally[row["eyes"], face.eyes if face else None] += 1
        in_shoot = largest_face(surely_shut(analysis)) if analysis else None
        warned[row["eyes"]] += in_shoot is not None and in_shoot.eyes is EyeState.CLOSED
    shares = [
        tally[label, state] / max(1, sum(tally[label, each] for each in _DECIDED))
        for label, state in (("open", EyeState.OPEN), ("closed", EyeState.CLOSED))
    ]
    total, of = tally.total(), Counter(row["eyes"] for row in labelled)
    undecided = total - sum(tally[label, state] for label in ("open", "closed") for state in _DECIDED)
    return {
        "faces": total,
        "right over the decided (balanced)": sum(shares) / 2,
        "can't tell": undecided / total,
        "of which no face found": (tally["open", None] + tally["closed", None]) / total,
        "false closed, of open eyes": tally["open", EyeState.CLOSED] / max(1, of["open"]),
        "warned of in a shoot, of open eyes": warned["open"] / max(1, of["open"]),
        "warned of in a shoot, of closed eyes of which no other frame tells": warned["closed"]
        / max(1, of["closed"]),
    }


_DECIDED = (EyeState.OPEN, EyeState.CLOSED)


def smiles(folder: Path, labels: Iterable[dict[str, str]]) -> Figures:
    """Judge whether smiling faces score above others; ``smile`` is 1 or 0."""
    labelled = list(labels)
    scores: dict[bool, list[float]] = {True: [], False: []}
    for row, analysis in zip(labelled, analyse_all([folder / row["path"] for row in labelled]), strict=True):
        face = largest_face(analysis)
        if face is not None and face.smile is not None:
            scores[row["smile"] in ("1", "true", "smile", "smiling")].append(face.smile)
    return {"faces": len(labelled), "smile AUC": area_under_curve(scores[True], scores[False])}


def focus(folder: Path, labels: Iterable[dict[str, str]]) -> Figures:
    """Judge whether sharp photos score above blurred ones of other subjects.

    ``quality`` is sharp or begins with blurred.
    """
    labelled = list(labels)
    chances: dict[bool, list[float]] = {True: [], False: []}
    energies: dict[bool, list[float]] = {True: [], False: []}
    for row, analysis in zip(labelled, analyse_all([folder / row["path"] for row in labelled]), strict=True):
        if analysis is not None:
            sharp = row["quality"] == "sharp"
            chances[sharp].append(analysis.sharpness.in_focus or 0.0)
            energies[sharp].append(analysis.sharpness.score)
    return {
        "photos": len(labelled),
        "in focus AUC": area_under_curve(chances[True], chances[False]),
        "right at one half": sum(chance > 0.5 for chance in chances[True]) / max(1, len(labelled))
        + sum(chance <= 0.5 for chance in chances[False]) / max(1, len(labelled)),
        "burst sharpness AUC": area_under_curve(energies[True], energies[False]),
    }


def people(folder: Path, labels: Iterable[dict[str, str]]) -> Figures:
    """Judge whether faces of one person come together; ``identity`` names the person of the largest face."""
    labelled = list(labels)
    faces, truth = {}, {}
    for row, analysis in zip(labelled, analyse_all([folder / row["path"] for row in labelled]), strict=True):
        face = largest_face(analysis)
        key = PhotoId(row["path"])
        truth[key] = row["identity"]
        faces[key] = (face,) if face else ()
    alone = (f"alone {number}" for number in count())
    found = {
        key: next(iter(persons), None) if next(iter(persons), None) is not None else next(alone)
        for key, persons in find_people(faces).items()
    }
    keys = list(truth)
    precision, recall, f1 = b_cubed([found[key] for key in keys], [truth[key] for key in keys])
    return {
        "faces": len(keys),
        "people": len(set(truth.values())),
        "B-cubed precision": precision,
        "B-cubed recall": recall,
        "B-cubed F1": f1,
        "not told": sum(str(value).startswith("alone") for value in found.values()) / len(keys),
    }
