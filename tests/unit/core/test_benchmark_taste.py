"""The simulated photographers of the benchmark: a taste is learned, and one that is none does no harm."""

import numpy as np
import pytest

from benchmarks.taste.bursts import made_up
from benchmarks.taste.photographers import KINDS, Course, Photographer, follow, photographers
from core.taste.fit import STANDARD

BURSTS = made_up(300)
STEPS = (30, 300, 1500)


def courses(kind: str, people: int = 3) -> list[Course]:
    return [
        follow(each, BURSTS[:150], BURSTS[150:], STEPS, number)
        for number, each in enumerate(photographers(kind, people))
    ]


def test_a_taste_of_ones_own_is_learned() -> None:
    for each in courses("own taste"):
        assert each.learned[-1] >= each.best[-1] - 0.02
        assert each.learned[-1] > each.learned[0] - 0.005


@pytest.mark.parametrize("kind", KINDS)
def test_what_ranks_is_on_the_whole_never_behind_the_standard(kind: str) -> None:
    found = courses(kind)
    behind = np.array([each.standard for each in found]) - np.array([each.shown for each in found])
    assert behind.mean(axis=0).max() <= 0.01


def test_enough_is_where_it_stays_near_the_best() -> None:
    course = Course((10, 30, 100), (0.7, 0.5, 0.69), (0, 0, 0), (0.5, 0.5, 0.5), (0.7, 0.7, 0.7), (True,) * 3)
    assert course.enough() == 100
    assert course.enough(0.005) is None


def test_a_photographer_without_noise_takes_the_best_by_his_points() -> None:
    smile = Photographer(STANDARD * [0, 0, 0, 0, 1, 0], noise=0.0)
    for lesson in smile.decide(BURSTS[:50], np.random.default_rng(0)):
        assert lesson.values[lesson.liked, 4] == lesson.values[:, 4].max()
