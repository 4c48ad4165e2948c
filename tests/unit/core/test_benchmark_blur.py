"""What tells a blurred frame is fitted so that hardly a sharp one is lost."""

import numpy as np

from benchmarks.quality.blur_fit import fit
from core.analysis.blur import BIAS, WEIGHTS, chance_of_focus
from core.ranking.likely_rejects import BLURRED


def test_figures_lose_few_sharp_ones_and_find_most_blurred_ones_they_never_saw() -> None:
    draw = np.random.default_rng(7)
    sharp, blurred = (draw.normal(mean, 0.25, (3000, 2)) for mean in (0.5, -0.6))
    found = fit(sharp[:1500], blurred[:1500])
    assert np.mean([found.chance(one) < BLURRED for one in sharp[1500:]]) < 0.01
    assert np.mean([found.chance(one) < BLURRED for one in blurred[1500:]]) > 0.85
    assert min(found.weights) > 0


def test_the_figures_that_ship_call_steep_edges_sharp_and_flat_ones_blurred_at_either_pair_of_sizes() -> None:
    assert len(WEIGHTS) == 2
    assert BIAS < 0
    assert chance_of_focus((0.6, 0.5)) > 0.9
    assert chance_of_focus((-0.3, 0.5)) < chance_of_focus((0.0, 0.5)) < chance_of_focus((0.3, 0.5))
    assert chance_of_focus((0.2, -0.6)) < BLURRED
    assert chance_of_focus((-0.6, 0.2)) < BLURRED
