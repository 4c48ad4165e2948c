"""The bound of an audit against every outcome: all samples of small shoots, each with its own exact chance."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import combinations
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import betaincinv

from core.review.audit.bound import Bound, bound_of, in_words, most_keepers
from core.review.audit.sample import Chance, draw, pivotal
from core.types import PhotoId

CONFIDENCES = [0.95, 0.8, 0.5]

Sample = frozenset[int]


class Script:
    """Lets chances fall as it is told, then as they happen to; keeps how likely that was, and what else may fall."""

    def __init__(self, told: tuple[bool, ...]) -> None:
        self._told = told
        self._fallen: tuple[bool, ...] = ()
        self.weight = Fraction(1)
        self.others: list[tuple[bool, ...]] = []

    def happens(self, so: int, of: int) -> bool:
        chance = Fraction(so, of)
        if len(self._fallen) < len(self._told):
            falls = self._told[len(self._fallen)]
        else:
            falls = chance > 0
            if 0 < chance < 1:
                self.others.append((*self._fallen, False))
        self._fallen += (falls,)
        self.weight *= chance if falls else 1 - chance
        return falls


def every_outcome(run: Callable[[Chance], list[int]]) -> Iterator[tuple[Sample, Fraction]]:
    """Runs something that asks for chances once for every way in which they can fall."""
    waiting: list[tuple[bool, ...]] = [()]
    while waiting:
        script = Script(waiting.pop())
        yield frozenset(run(script.happens)), script.weight
        waiting += script.others


@cache
def samples(rejects: int, size: int, looked_at: int) -> dict[Sample, Fraction]:
    """The chance of each set of frames that was looked at, by who stops after the first ``looked_at`` of a sample."""
    found: defaultdict[Sample, Fraction] = defaultdict(Fraction)
    for sample, weight in every_outcome(lambda happens: pivotal(rejects, size, happens)):
        for part in combinations(sorted(sample), looked_at):
            found[frozenset(part)] += weight / comb(size, looked_at)
    return dict(found)


SIZES = [
    (rejects, size, looked_at)
    for rejects in range(1, 9)
    for size in range(1, rejects + 1)
    for looked_at in range(size + 1)
]


@pytest.mark.parametrize(("rejects", "size"), [(n, k) for n in range(1, 11) for k in range(n + 1)])
def test_every_reject_is_as_likely_to_be_drawn_as_any_other(rejects: int, size: int) -> None:
    chances: defaultdict[int, Fraction] = defaultdict(Fraction)
    total = Fraction(0)
    for sample, weight in every_outcome(lambda happens: pivotal(rejects, size, happens)):
        assert len(sample) == size
        total += weight
        for place in sample:
            chances[place] += weight
    assert total == 1
    assert [chances[place] for place in range(rejects)] == [Fraction(size, rejects)] * rejects


def test_every_stretch_gives_its_share_of_the_sample() -> None:
    """Of any run of rejects the sample holds what is due to it, give or take less than two."""
    rejects, size = 9, 3
    for sample, _ in every_outcome(lambda happens: pivotal(rejects, size, happens)):
        for start in range(rejects):
            for end in range(start + 1, rejects + 1):
                share = Fraction((end - start) * size, rejects)
                assert abs(sum(start <= place < end for place in sample) - share) < 2


@pytest.mark.parametrize("confidence", CONFIDENCES)
def test_the_bound_is_true_as_often_as_it_says_wherever_the_keepers_are(confidence: float) -> None:
    tried = 0
    for rejects, size, looked_at in SIZES:
        chances = samples(rejects, size, looked_at)
        most = [most_keepers(rejects, looked_at, found, confidence) for found in range(looked_at + 1)]
        for count in range(rejects + 1):
            for keepers in combinations(range(rejects), count):
                true = sum(
                    weight
                    for sample, weight in chances.items()
                    if most[len(sample.intersection(keepers))] >= count
                )
                assert true >= confidence, (rejects, size, looked_at, keepers)
                tried += 1
    assert tried > 10_000


@pytest.mark.parametrize("confidence", CONFIDENCES)
@pytest.mark.parametrize("size", [3, 6, 11])
def test_the_bound_is_true_where_keepers_lie_together_or_as_far_apart_as_they_can(
    size: int, confidence: float
) -> None:
    """The worst for a sample that spreads, in a shoot too large to try all: a heap of keepers, and one in each part."""
    rejects = 14
    chances = samples(rejects, size, size)
    most = [most_keepers(rejects, size, found, confidence) for found in range(size + 1)]
    for count in range(rejects + 1):
        heap = set(range(count))
        apart = {at * rejects // count for at in range(count)}
        for keepers in (heap, apart):
            true = sum(
                weight for sample, weight in chances.items() if most[len(sample & keepers)] >= len(keepers)
            )
            assert true >= confidence


@given(st.integers(1, 3000), st.data())
def test_the_bound_is_what_can_be_and_moves_with_what_is_found(rejects: int, data: st.DataObject) -> None:
    looked_at = data.draw(st.integers(0, min(rejects, 200)))
    keepers = data.draw(st.integers(0, looked_at))
    most = most_keepers(rejects, looked_at, keepers)
    assert keepers <= most <= rejects - (looked_at - keepers)
    if keepers < looked_at:
        assert most <= most_keepers(rejects, looked_at, keepers + 1)
    if not keepers and looked_at < rejects:
        assert most_keepers(rejects, looked_at + 1, 0) <= most


def test_the_figures_are_those_of_the_tables() -> None:
    """Of a shoot without end the bound is Clopper and Pearson's one-sided one, by the inverse of the beta function."""
    many = 10_000_000
    for found in (0, 1, 3, 30, 50):
        expected = betaincinv(found + 1, 60 - found, 0.95)
        assert most_keepers(many, 60, found) / many == pytest.approx(expected, abs=1e-6)
    assert most_keepers(1_000_000, 60, 0) == 48_702
    assert most_keepers(100, 60, 0) == 3, "most of them were seen: .4 ** 4 is less than one in twenty"
    assert most_keepers(60, 60, 2) == 2
    assert most_keepers(60, 0, 0) == 60


@pytest.mark.parametrize(
    ("bound", "words"),
    [
        (
            Bound(1200, 60, 0, 58),
            "0 of 60: with 95% confidence fewer than 5% of your 1,200 rejects are keepers",
        ),
        (
            Bound(1200, 60, 3, 60),
            "3 of 60: with 95% confidence fewer than 6% of your 1,200 rejects are keepers",
        ),
        (Bound(12, 12, 1, 1), "1 of 12 worth keeping: you looked at all of your 12 rejects"),
        (Bound(1, 1, 0, 0), "0 of 1 worth keeping: you looked at your only reject"),
        (Bound(50, 0, 0, 50), "0 of 0: that says nothing yet about your 50 rejects"),
    ],
)
def test_the_sentence_never_says_more_than_the_figures(bound: Bound, words: str) -> None:
    assert in_words(bound) == words
    assert bound.share * 100 < bound.fewer_than_percent


def test_who_skips_a_frame_does_not_come_out_better_for_it() -> None:
    audit = draw([PhotoId(f"{number}") for number in range(300)], 30, seed=1)
    answers = dict.fromkeys(audit.drawn[:20], False)
    clean = bound_of(replace(audit, answers=answers))
    assert (clean.looked_at, clean.keepers) == (20, 0)
    del answers[audit.drawn[4]]
    skipped = bound_of(replace(audit, answers=answers))
    assert (skipped.looked_at, skipped.keepers) == (20, 1)
    assert skipped.most > clean.most
