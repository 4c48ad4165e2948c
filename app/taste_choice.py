"""What a run goes by of the user's taste: which profile the shoot has, which weights, and what was learned from it.

Commands call it, and so may the window: before a run ``ranked_by_taste``, after it ``learn_from``.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from app.bootstrap import Services
from core.errors import StoreError
from core.settings import Settings
from core.shoot.shoot import Shoot
from core.taste.words import verdict_words

_log = logging.getLogger(__name__)


def folders_of(sources: Sequence[Path]) -> list[Path]:
    """Return the folders that a profile is kept under, for what is opened together."""
    return sorted({path if path.is_dir() else path.parent for path in map(Path.absolute, sources)})


@dataclass(frozen=True, slots=True)
class RankedByTaste:
    """What a run goes by.

    Attributes:
        settings: with what the user's taste makes of their weights.
        profile: name of the shoot's, "" for none.
        words: that what was learned ranks, and how often it agrees; "" where the standard does.
    """

    settings: Settings
    profile: str
    words: str


def ranked_by_taste(settings: Settings, services: Services, sources: Sequence[Path]) -> RankedByTaste:
    """Return what a run goes by; where what was learned cannot be read the standard ranks."""
    taste = services.taste
    try:
        profile = taste.profile_of(folders_of(sources))
        weights = taste.weights_for(settings.weights, profile)
        by = taste.ranks_by(profile)
        words = verdict_words(taste.verdict(by)) if by is not None else ""
    except StoreError as error:
        _log.warning("the standard ranks: %s", error)
        return RankedByTaste(settings, "", "")
    return RankedByTaste(replace(settings, weights=weights), profile, words)


def learn_from(shoot: Shoot, services: Services) -> int:
    """Learn from a shoot as it is decided, where all of it is measured; return how many lessons came, changed or went.

    What cannot be kept is not learned, which is no reason to stop.
    """
    if shoot.finished is None:
        return 0
    try:
        # As they are kept: what another program decided is shown with them, and teaches nothing.
        decisions = services.decisions.load_decisions(shoot.photos.values())
        return services.taste.observe(shoot.photos, shoot.clusters.values(), decisions)
    except StoreError as error:
        _log.warning("nothing is learned: %s", error)
        return 0
