"""What was learned as a small readable file, to be kept or taken to another computer, and back again with distrust.

Nothing of photos or shoots is in it: a number a term, how firmly it is held, and how often it agreed with its owner.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from core.errors import TasteFileError
from core.files import RefusedFileError, read_file
from core.language import Sentence, say
from core.taste.comparisons import Points
from core.taste.fit import STANDARD, Start
from core.taste.lessons import LEARNED_TERMS
from core.taste.verdict import Verdict

FORMAT = 1
"""Of the file; raised whenever an older Shortlist would misread it."""

_KIND = "shortlist-taste"
_MOST_BYTES = 65_536
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
        f'kind = "{_KIND}"',
        f"format = {FORMAT}",
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
    try:
        content = read_file(path, _MOST_BYTES)
    except RefusedFileError as error:
        raise TasteFileError(path, error.sentence) from error
    except OSError as error:
        raise TasteFileError(path, say("It could not be read ({cause}).", cause=error.strerror)) from error
    try:
        return read_taste(content)
    except TasteTextError as error:
        raise TasteFileError(path, error.sentence) from error


class TasteTextError(ValueError):
    """A text is no taste; ``sentence`` says why, to a user who knows which file it is."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def read_taste(content: bytes) -> TasteFile:
    """Return what the content of such a file says.

    Raises:
        TasteTextError: as ``read_taste_file``.
    """
    try:
        told = tomllib.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise TasteTextError(say("It is damaged, or no taste of Shortlist.")) from error
    if told.get("kind") != _KIND:
        raise TasteTextError(say("It is damaged, or no taste of Shortlist."))
    version = told.get("format")
    if isinstance(version, int) and version > FORMAT:
        raise TasteTextError(
            say("It was written by a newer version of Shortlist. Update Shortlist to read it.")
        )
    if version != FORMAT or isinstance(version, bool):
        raise TasteTextError(say("It is damaged, or no taste of Shortlist."))
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
        raise TasteTextError(say("It is damaged, or no taste of Shortlist."))
    return str(value)
