"""Grouping a large shoot can be given up at any moment, and what was laid over each other by then still holds."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.cancelling import Stopped, cancellable
from core.grouping.evidence import Alignments
from core.grouping.group import Grouper, Grouping
from core.grouping.identities import with_people
from core.settings import GroupingRules
from core.types import Analysis, Photo, PhotoId
from fixtures.frames import analysis, look, photo

RULES = GroupingRules()
COUNT = 60


def shoot() -> tuple[list[Photo], dict[PhotoId, Analysis]]:
    """Two cameras, bursts of three, a copy without a date for every tenth frame."""
    photos = [
        photo(f"{at:03d}", None if at % 10 == 9 else at // 3 * 20.0 + at % 3, camera=f"body {at % 2}")
        for at in range(COUNT)
    ]
    return photos, {each.id: analysis(each.id, look(at // 6, 0.2, seed=at)) for at, each in enumerate(photos)}


PHOTOS, ANALYSES = shoot()


class StopsAt:
    """Says that it is over when it is asked for so many times."""

    def __init__(self, last: int) -> None:
        self.last = last
        self.asked = 0

    def __call__(self) -> bool:
        self.asked += 1
        return self.asked >= self.last


def all_of_it(alignments: Alignments) -> tuple[object, ...]:
    grouper = Grouper(PHOTOS, with_people(ANALYSES) or ANALYSES, alignments)
    return grouper.group(RULES), grouper.copies(), grouper.clock_offsets({})


def asked_in_all() -> int:
    stop = StopsAt(10**9)
    with cancellable(stop):
        all_of_it(Alignments())
    return stop.asked


ASKED = asked_in_all()
WHOLE = all_of_it(Alignments())


def test_every_photo_is_a_chance_to_stop() -> None:
    assert ASKED >= 2 * COUNT


@given(st.integers(1, ASKED))
def test_given_up_at_any_moment_it_raises_and_leaves_only_what_is_true(at: int) -> None:
    alignments, stop = Alignments(), StopsAt(at)
    with pytest.raises(Stopped), cancellable(stop):
        all_of_it(alignments)
    assert stop.asked == at, "nothing was begun after it was over"
    assert all_of_it(alignments) == WHOLE


@pytest.mark.parametrize("looseness", [0.2, 0.8])
def test_a_grouper_that_was_stopped_between_sliders_groups_as_before(looseness: float) -> None:
    grouper, rules = Grouper(PHOTOS, ANALYSES, Alignments()), GroupingRules(burst_looseness=looseness)
    with pytest.raises(Stopped), cancellable(StopsAt(COUNT // 2)):
        grouper.prepare()
    assert grouper.group(rules) == Grouper(PHOTOS, ANALYSES, Alignments()).group(rules)


def test_a_stopped_run_does_not_stop_the_window_that_groups_in_another_thread() -> None:
    grouper = Grouper(PHOTOS, ANALYSES, Alignments())
    with ThreadPoolExecutor(1) as window, cancellable(lambda: True):
        grouped: Grouping = window.submit(grouper.group, RULES).result()
        with pytest.raises(Stopped):
            grouper.group(RULES)
    assert grouped == grouper.group(RULES)
