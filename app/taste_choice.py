"""What a run goes by of the user's taste: which profile the shoot has, which weights, and what was learned from it.

Commands call it and so does the window: before a run ``ranked_by_taste``, after it ``learn_from``.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from app.bootstrap import Services
from core.errors import StoreError
from core.settings import Settings
from core.shoot.shoot import Shoot
from core.taste.comparisons import Points
from core.taste.fit import STANDARD
from core.taste.taste import with_points
from core.taste.verdict import Verdict
from core.taste.words import verdict_words

_log = logging.getLogger(__name__)


def folders_of(sources: Sequence[Path]) -> list[Path]:
    """Return the folders that a profile is kept under, for what is opened together."""
    return sorted({path if path.is_dir() else path.parent for path in map(Path.absolute, sources)})


@dataclass(frozen=True, slots=True, eq=False)
class RankedByTaste:
    """What a run goes by.

    Attributes:
        settings: with what the user's taste makes of their weights.
        profile: name of the shoot's, "" for none.
        is_on: decisions are learned from, and what was learned may rank.
        by: whose learned points rank: a profile's name, "" for those of all shoots, None where the standard ranks.
        verdict: how often what was learned agrees with the user, of the same; of all shoots where none ranks.
        points: what ranks, under the user's sliders.
    """

    settings: Settings
    profile: str = ""
    is_on: bool = True
    by: str | None = None
    verdict: Verdict = field(default_factory=Verdict)
    points: Points = field(default_factory=STANDARD.copy)

    @property
    def words(self) -> str:
        """That what was learned ranks, and how often it agrees; "" where the standard does."""
        return verdict_words(self.verdict) if self.by is not None else ""


def ranked_by_taste(settings: Settings, services: Services, sources: Sequence[Path]) -> RankedByTaste:
    """Return what a run goes by; where what was learned cannot be read the standard ranks."""
    taste = services.taste
    try:
        profile = taste.profile_of(folders_of(sources))
        ranking = taste.ranking(profile)
    except StoreError as error:
        _log.warning("the standard ranks: %s", error)
        return RankedByTaste(settings)
    weights = with_points(settings.weights, ranking.points)
    return RankedByTaste(
        replace(settings, weights=weights),
        profile,
        ranking.is_on,
        ranking.by,
        ranking.verdict,
        ranking.points,
    )


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
