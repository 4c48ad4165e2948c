"""Profiles: what kind of shoot it is, and what is different in it; those that ship, and the user's own beside them."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from core.errors import TasteFileError
from core.language import mark, say, tr
from core.taste.lessons import LEARNED_TERMS
from core.taste.told import FileKind, TasteTextError, read_told
from core.types import FlawKind, TermName

KIND = FileKind("shortlist-profile", 1, say("It is damaged, or no profile of Shortlist."))
"""A file with a profile of the user's."""

_LARGEST_FACTOR = 100.0
_LONGEST = 40
_KEYS = {"kind", "format", "name", "title", "forgives", "weights"}


@dataclass(frozen=True, slots=True)
class ShootProfile:
    """One kind of shoot.

    Attributes:
        name: by which it is chosen and kept: letters, digits and underscores.
        title: for people to read, in the user's own words; "" for those that ship, see ``title_of``.
        factors: by how much a term counts more than in the standard; 1 for those not named.
        forgives: what is meant so, and makes no likely reject.
    """

    name: str
    title: str = ""
    factors: Mapping[TermName, float] = field(default_factory=dict)
    forgives: frozenset[FlawKind] = frozenset()


def title_of(profile: ShootProfile) -> str:
    """Return the profile's name for people to read, in their language."""
    return (
        tr(_TITLES[profile.name])
        if profile.name in _TITLES and not profile.title
        else profile.title or profile.name
    )


def is_shipped(name: object) -> bool:
    """Tell whether a profile of that name ships: the user's own have other ones."""
    return name in _TITLES


def shipped() -> dict[str, ShootProfile]:
    """Return the profiles that ship, by name."""
    table = tomllib.loads((files("core.taste") / "profiles.toml").read_text(encoding="utf-8"))
    return {name: _profile({"name": name, **told}) for name, told in table.items()}


def all_profiles(folder: Path) -> tuple[dict[str, ShootProfile], list[TasteFileError]]:
    """Return the profiles that ship and those in the user's folder, by name, and what was refused there.

    Args:
        folder: of the user's own; it need not be there.
    """
    found, refused = shipped(), []
    try:
        own = sorted(folder.glob("*.toml"))
    except OSError:
        own = []
    for path in own:
        try:
            profile = read_profile(path)
        except TasteFileError as error:
            refused.append(error)
        else:
            found[profile.name] = profile
    return found, refused


def read_profile(path: Path) -> ShootProfile:
    """Return the profile of a file.

    Raises:
        TasteFileError: it cannot be read, is of a newer version, is damaged, has the name of one that ships, or says
            what cannot be.
    """
    return read_told(path, KIND, _own_profile)


def write_profile(profile: ShootProfile, name: str | None = None) -> str:
    """Return the text of a file with this profile, under another name where one is given."""
    lines = [
        "# A profile of Shortlist. To put it to use: shortlist taste import FILE",
        "# weights: how much each term counts beside the standard, 1 as it is there.",
        "# forgives: what is meant so and makes no likely reject: " + ", ".join(FlawKind),
        f'kind = "{KIND.name}"',
        f"format = {KIND.format}",
        f'name = "{name or profile.name}"',
        f'title = "{_escaped(profile.title)}"',
        "forgives = [" + ", ".join(f'"{flaw}"' for flaw in sorted(profile.forgives)) + "]",
        "",
        "[weights]",
        *(f"{term} = {float(profile.factors.get(term, 1.0))}" for term in LEARNED_TERMS),
    ]
    return "\n".join(lines) + "\n"


def _own_profile(told: Mapping[str, Any]) -> ShootProfile:
    if is_shipped(told.get("name")):
        raise TasteTextError(say("“{name}” is the name of a profile that ships.", name=told["name"]))
    return _profile(told)


def _profile(told: Mapping[str, Any]) -> ShootProfile:
    name, title = told.get("name"), told.get("title", "")
    if not isinstance(name, str) or not name.isidentifier() or not name.isascii() or len(name) > _LONGEST:
        raise TasteTextError(say("Its name has to be of letters, digits and underscores."))
    if not isinstance(title, str) or len(title) > _LONGEST or not title.isprintable() or told.keys() - _KEYS:
        raise TasteTextError(KIND.damaged)
    return ShootProfile(name, title, _factors(told.get("weights", {})), _forgiven(told.get("forgives", [])))


def _factors(told: object) -> dict[TermName, float]:
    if not isinstance(told, dict):
        raise TasteTextError(KIND.damaged)
    known = {name.value: name for name in LEARNED_TERMS}
    if others := sorted(told.keys() - known.keys()):
        names = ", ".join(others[:5])
        raise TasteTextError(
            say("It is of other terms than this version of Shortlist has: {terms}.", terms=names)
        )
    for name, factor in told.items():
        is_number = isinstance(factor, int | float) and not isinstance(factor, bool)
        if not is_number or not 0 <= factor <= _LARGEST_FACTOR:
            raise TasteTextError(
                say("“{key}” of “{term}” is no number that can be.", key="weights", term=name)
            )
    factors = {known[name]: float(factor) for name, factor in told.items()}
    if not any(factors.get(name, 1.0) for name in LEARNED_TERMS):
        raise TasteTextError(say("No term counts anything in it."))
    return factors


def _forgiven(told: object) -> frozenset[FlawKind]:
    known = {flaw.value: flaw for flaw in FlawKind}
    if not isinstance(told, list) or any(not isinstance(each, str) or each not in known for each in told):
        raise TasteTextError(say("It forgives what this version of Shortlist does not know."))
    return frozenset(known[each] for each in told)


def _escaped(title: str) -> str:
    return title.replace("\\", "\\\\").replace('"', '\\"')


_TITLES: Mapping[str, str] = {
    "portraits": mark("Portraits"),
    "event": mark("Event"),
    "sport": mark("Sport"),
    "wildlife": mark("Wildlife"),
    "landscape": mark("Landscape"),
    "product": mark("Product"),
}
