"""What the open shoot is ranked and grouped by: the user's sliders, and what was learned under them."""

from core.settings import Settings, Weights
from core.shoot.shoot import Shoot
from core.taste.comparisons import Points
from core.taste.fit import STANDARD
from core.taste.taste import with_points


class RankingInForce:
    """The settings of now, which may be others than a run began with.

    Attributes:
        settings: of the runs; the weights are the sliders' alone.
        points: what ranks under the sliders.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.points: Points = STANDARD
        self._of_run = settings

    @property
    def weights(self) -> Weights:
        """The sliders' weights, with what ranks under them."""
        return with_points(self.settings.weights, self.points)

    def run_begins(self, settings: Settings) -> None:
        """Note what the run that begins ranks and groups by."""
        self._of_run = settings

    def rank(self, shoot: Shoot) -> bool:
        """Rank a shoot by the weights of now; one without groups is ranked when it has some.

        Returns:
            Whether it has to be shown again.
        """
        if self.weights == shoot.weights:
            return False
        if shoot.clusters:
            shoot.rank(self.weights)
            return True
        shoot.weights = self.weights
        return False

    def catch_up(self, shoot: Shoot) -> None:
        """Rank and group what a run found by the settings of now, where they were changed since it began."""
        if self.weights != self._of_run.weights:
            shoot.rank(self.weights)
        if self.settings.grouping != self._of_run.grouping:
            shoot.regroup(self.settings.grouping)
