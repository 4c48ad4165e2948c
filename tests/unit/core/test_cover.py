"""The cover set: the fewest frames in which everybody is good, against every choice there is."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.ranking.cover import cover, fewest
from core.subject.appearances import may_be_one
from core.types import Analysis, Box, EyeState, Face, PhotoId
from fixtures.frames import analysis, face

Values = Mapping[PhotoId, Mapping[int, float]]

frames = st.dictionaries(st.integers(0, 7), st.sampled_from([0.25, 0.5, 0.75, 1.0]), max_size=8)


def named(made: list[dict[int, float]]) -> Values:
    return {PhotoId(f"f{number:02d}"): people for number, people in enumerate(made)}


def sizes_that_do(values: Values) -> Iterator[tuple[PhotoId, ...]]:
    """All choices that have everybody, the smallest first."""
    wanted = {person for people in values.values() for person in people}
    for size in range(len(values) + 1):
        for choice in combinations(values, size):
            if wanted == {person for one in choice for person in values[one]}:
                yield choice


def goodness(choice: tuple[PhotoId, ...], values: Values) -> float:
    wanted = {person for people in values.values() for person in people}
    return sum(max(values[one].get(person, 0.0) for one in choice) for person in wanted)


@given(st.lists(frames, max_size=8).map(named))
def test_it_is_the_fewest_and_of_as_many_the_best(values: Values) -> None:
    chosen = fewest(values)
    every = list(sizes_that_do(values))
    smallest = [choice for choice in every if len(choice) == len(every[0])]
    assert set(chosen) in [set(choice) for choice in smallest]
    assert goodness(chosen, values) == pytest.approx(max(goodness(choice, values) for choice in smallest))


@settings(max_examples=40, deadline=None)
@given(st.lists(frames, min_size=17, max_size=40).map(named))
def test_of_many_frames_it_has_everybody_needs_each_and_is_hardly_ever_more_than_the_fewest(
    values: Values,
) -> None:
    chosen = fewest(values)
    wanted = {person for people in values.values() for person in people}
    assert {person for one in chosen for person in values[one]} == wanted
    for left_out in chosen:
        rest = {person for one in chosen if one != left_out for person in values[one]}
        assert rest != wanted
    smallest = len(next(sizes_that_do(values)))
    assert len(chosen) <= smallest + 1


def test_greedy_choice_is_not_taken_where_all_can_be_tried() -> None:
    """The frame with most people leads greedy choice astray: two others have all six."""
    values = named([{0: 1.0, 1: 1.0, 2: 1.0}, {3: 1.0, 4: 1.0, 5: 1.0}, {1: 1.0, 2: 1.0, 3: 1.0, 4: 1.0}])
    assert fewest(values) == ("f00", "f01")


def frame(name: str, *people: Face | None) -> Analysis:
    """People side by side, each in a place of their own; None where somebody is missing."""
    placed = tuple(
        replace(one, box=Box(0.05 + 0.3 * place, 0.4, 0.15, 0.15)) for place, one in enumerate(people) if one
    )
    return analysis(name, faces=placed)


GOOD = face()
SHUT = face(EyeState.CLOSED)
SOFT = face(sharpness=0.1)
HIDDEN = replace(face(), smile=None)


@pytest.mark.parametrize("flaw", [SHUT, SOFT, HIDDEN, None])
def test_somebody_is_good_where_seen_sharp_and_with_open_eyes(flaw: Face | None) -> None:
    found = cover([[frame("a", GOOD, flaw, GOOD), frame("b", flaw, GOOD, GOOD)]])
    assert set(found.frames) == {"a", "b"}
    assert [person.good_in for person in found.people] == [("a",), ("b",), ("a", "b")]
    assert [found.frame_for(person) for person in found.people] == ["a", "b", "a"]
    assert cover([[frame("a", GOOD, flaw, GOOD), frame("b", GOOD, GOOD, GOOD)]]).frames == ("b",)


def test_who_wears_sunglasses_all_along_and_who_is_good_in_none() -> None:
    glasses = face(EyeState.CANT_TELL)
    found = cover([[frame("a", glasses, SHUT), frame("b", glasses, SHUT)]])
    dark, shut = found.people
    assert len(found.frames) == 1
    assert set(dark.good_in) == {"a", "b"}
    assert (shut.good_in, found.frame_for(shut)) == ((), None)
    assert shut.best in {"a", "b"}
    opened = cover([[frame("a", GOOD), frame("b", glasses)]])
    assert opened.people[0].good_in == ("a",), "who has open eyes elsewhere is asked for them"


def test_for_each_person_the_best_frame_is_told() -> None:
    shots = [frame("a", face(smile=0.1), face(smile=0.9)), frame("b", face(smile=0.9), face(smile=0.1))]
    found = cover([shots])
    assert len(found.frames) == 1
    assert [person.best for person in found.people] == ["b", "a"]


def test_people_are_followed_from_group_to_group_by_who_they_are() -> None:
    one, two = replace(GOOD, identity=1), replace(GOOD, identity=2)
    found = cover([[frame("a", one)], [frame("b", two, one)], [frame("c", two)]])
    assert len(found.people) == 2
    assert found.frames == ("b",)


def test_people_who_walk_past_one_another_are_told_apart() -> None:
    """They stand where the other had been: by their places they would change faces."""
    one = replace(GOOD, identity=1, signature=_signature(0))
    two = replace(GOOD, identity=2, signature=_signature(1))
    shut = replace(one, eyes=EyeState.CLOSED)
    found = cover([[frame("a", one, two), frame("b", two, shut)]])
    by_identity = {person.identity: person for person in found.people}
    assert by_identity.keys() == {1, 2}
    assert by_identity[1].good_in == ("a",)
    assert set(by_identity[2].good_in) == {"a", "b"}


def test_nobody_needs_no_frame() -> None:
    assert cover([]).frames == cover([[analysis("a")]]).frames == ()
    assert fewest({}) == ()


def _signature(axis: int) -> bytes:
    return bytes(np.eye(8, dtype="<f2")[axis])


@pytest.mark.parametrize(
    ("one", "other", "may_be"),
    [(None, None, False), (3, 3, True), (None, 3, False)],
    ids=["nobody is numbered", "one number", "one is not numbered"],
)
def test_unlike_faces_are_two_people_unless_they_have_one_number(
    one: int | None, other: int | None, may_be: bool
) -> None:
    unlike = [np.eye(16, dtype="<f2")[at].tobytes() for at in (0, 1)]
    first, second = (
        replace(face(), identity=who, signature=s) for who, s in zip((one, other), unlike, strict=True)
    )
    assert may_be_one(first, second) is may_be
    assert may_be_one(replace(first, signature=b""), second), "without a signature nothing speaks against it"
