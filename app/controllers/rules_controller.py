"""What the open shoot is ranked and grouped by, changed while it is open."""

from dataclasses import replace
from typing import Protocol

from app.bootstrap import Services
from app.ranking_in_force import RankingInForce
from core.errors import StoreError
from core.settings import GroupingRules, Weights
from core.shoot.shoot import Shoot
from core.taste.comparisons import Points
from core.types import FlawKind
from ui.main_window import MainWindow


class OpenShoot(Protocol):
    """The session, as far as rules concern it."""

    shoot: Shoot

    def cancel(self) -> None:
        """Ask the running analysis to stop."""

    def open_again(self) -> None:
        """Open what is open once more."""


class RulesController:
    """Takes what the user sets of the runs, and has the open shoot follow.

    Args:
        session: holds the open shoot.
        window: shows it.
        services: what is kept on disk.
        by: the rules in force, which the session's runs begin with.
    """

    def __init__(
        self, session: OpenShoot, window: MainWindow, services: Services, by: RankingInForce
    ) -> None:
        self._session = session
        self._window = window
        self._services = services
        self._by = by

    @property
    def points(self) -> Points:
        """What ranks under the sliders."""
        return self._by.points

    def set_weights(self, weights: Weights) -> None:
        """Rank by other sliders from now on; the open shoot at once, from what was measured."""
        self._by.settings = replace(self._by.settings, weights=weights)
        self._rank()

    def rank_by(self, points: Points) -> None:
        """Rank by other points under the sliders, such as learned ones; the open shoot at once."""
        self._by.points = points
        self._rank()

    def set_grouping(self, rules: GroupingRules) -> None:
        """Group more tightly or loosely from now on; the open shoot at once, from what was measured."""
        self._by.settings = replace(self._by.settings, grouping=rules)
        self._session.shoot.regroup(rules)
        self._window.space.photos_changed()

    def let_pass(self, flaws: frozenset[FlawKind]) -> None:
        """Let what is meant so in this shoot be no likely reject."""
        if flaws != self._session.shoot.forgiven:
            self._session.shoot.forgiven = flaws
            self._window.space.photos_changed()

    def set_pairing(self, *, wanted: bool) -> None:
        """Pair RAWs and JPEGs that lie in two folders, from the next opening on, or do so no more."""
        self._by.settings = replace(self._by.settings, pair_folders=wanted)

    def set_identity(self, *, wanted: bool) -> None:
        """Tell people apart from now on, or no more: then all that was kept of their faces is deleted."""
        self._by.settings = replace(self._by.settings, identity=wanted)
        if not wanted:
            self._session.cancel()
            try:
                self._services.measures.forget_people()
            except StoreError as error:
                self._window.messages.show_error(str(error))
        self._session.open_again()

    def set_embedder(self, name: str) -> None:
        """Let another model judge what looks alike from now on; it looks at the open shoot at once."""
        self._by.settings = replace(self._by.settings, embedder=name)
        self._session.open_again()

    def _rank(self) -> None:
        if self._by.rank(self._session.shoot):
            self._window.space.photos_changed()
