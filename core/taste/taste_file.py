"""What was learned as a small readable file, to be kept or taken to another computer, and back again with distrust.

Nothing of photos or shoots is in it: a number a term, how firmly it is held, and how often it agreed with its owner.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from core.language import say
from core.taste.comparisons import Points
from core.taste.fit import STANDARD, Start
from core.taste.lessons import LEARNED_TERMS
from core.taste.told import FileKind, TasteTextError, read_told, told_in
from core.taste.verdict import Verdict

_KIND = FileKind("shortlist-taste", 1, say("It is damaged, or no taste of Shortlist."))
_LARGEST_WEIGHT, _LARGEST_HELD, _LARGEST_COUNT = 1_000.0, 1e9, 10_000_000
_LEAST_HELD = 0.01
_LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class TasteFile:
    """What such a file says.

    Attributes:
        learner: who learned it: a random number in hexadecimal digits, so that nothing is ever counted twice.
        profile: the profile it was learned in, "" for all.
        start: points and how firmly they are held.
        verdict: how often it agreed.
    """

    learner: str
    profile: str
    start: Start
    verdict: Verdict


def write_taste(taste: TasteFile) -> str:
    """Return the text of the file."""
    lines = [
        "# What Shortlist learned of one photographer's taste: how much each term counts beside the standard.",
        "# To put it to use: shortlist taste import FILE",
        f'kind = "{_KIND.name}"',
        f"format = {_KIND.format}",
        f'learner = "{taste.learner}"',
        f'profile = "{taste.profile}"',
        "",
        "[bursts]",
        *(f"{name} = {count}" for name, count in asdict(taste.verdict).items()),
    ]
    for at, name in enumerate(LEARNED_TERMS):
        lines += [
            "",
            f"[terms.{name}]",
            f"weight = {round(float(taste.start.points[at]), 6)}",
            f"standard = {float(STANDARD[at])}",
            f"held = {round(float(taste.start.held[at]), 6)}",
        ]
    return "\n".join(lines) + "\n"


def read_taste_file(path: Path) -> TasteFile:
    """Return what a file says.

    Raises:
        TasteFileError: it cannot be read, is of a newer version or of other terms, is damaged, or says what cannot be.
    """
    return read_told(path, _KIND, _taste)


def read_taste(content: bytes) -> TasteFile:
    """Return what the content of such a file says.

    Raises:
        TasteTextError: as ``read_taste_file``.
    """
    return _taste(told_in(content, _KIND))


def _taste(told: Mapping[str, Any]) -> TasteFile:
    return TasteFile(
        _name(told.get("learner")), _name(told.get("profile", "")), _start(told), _verdict(told.get("bursts"))
    )


def _start(told: Mapping[str, Any]) -> Start:
    terms = told.get("terms")
    names = set(terms) if isinstance(terms, dict) else set()
    if names != set(LEARNED_TERMS):
        others = ", ".join(sorted(names ^ set(LEARNED_TERMS))[:5])
        raise TasteTextError(
            say("It is of other terms than this version of Shortlist has: {terms}.", terms=others)
        )
    assert isinstance(terms, dict)  # else it had no names
    points = _numbers(terms, "weight", 0.0, _LARGEST_WEIGHT)
    if not points.any():
        raise TasteTextError(say("No term counts anything in it."))
    return Start(points, _numbers(terms, "held", _LEAST_HELD, _LARGEST_HELD))


def _numbers(terms: Mapping[str, Any], key: str, least: float, most: float) -> Points:
    found = []
    for name in LEARNED_TERMS:
        value = terms[name].get(key) if isinstance(terms[name], dict) else None
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            raise TasteTextError(say("“{key}” of “{term}” is no number that can be.", key=key, term=name))
        found.append(float(value))
    return np.array(found)


def _verdict(told: object) -> Verdict:
    names = [each.name for each in fields(Verdict)]
    counts = told if isinstance(told, dict) else {}
    for name in names:
        count = counts.get(name)
        least = -_LARGEST_COUNT if name == "lately" else 0
        if isinstance(count, bool) or not isinstance(count, int) or not least <= count <= _LARGEST_COUNT:
            raise TasteTextError(say("“{key}” of its bursts is no number that can be.", key=name))
    verdict = Verdict(**{name: counts[name] for name in names})
    most = max(verdict.agreed, verdict.standard_agreed, verdict.better + verdict.worse, abs(verdict.lately))
    fits = verdict.agreed - verdict.standard_agreed == verdict.better - verdict.worse
    if most > verdict.bursts or not fits:
        raise TasteTextError(say("The numbers of its bursts contradict each other."))
    return verdict


def _name(value: object) -> str:
    is_name = isinstance(value, str) and len(value) <= _LONGEST_NAME and (value.isidentifier() or not value)
    if not is_name:
        raise TasteTextError(_KIND.damaged)
    return str(value)
