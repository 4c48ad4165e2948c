"""People are told apart by their faces' signatures."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from core.analysis.eyes import chance_open
from core.grouping import identities
from core.grouping.identities import find_people, with_people
from core.types import Analysis, Box, EyeState, Face, PhotoId
from fixtures.frames import analysis


def signature(person: int, wobble: float, seed: int) -> bytes:
    """What a face model says of a person, give or take a look."""
    base = np.random.default_rng(person).normal(size=128)
    other = np.random.default_rng(10_000 + seed).normal(size=128)
    vector = (1 - wobble) * base + wobble * other
    return (vector / np.linalg.norm(vector)).astype("<f2").tobytes()


def face(person: int, seed: int = 0) -> Face:
    return Face(Box(0.4, 0.4, 0.1, 0.1), 0.9, signature=signature(person, 0.3, seed))


def shoot(*frames: tuple[int, ...]) -> dict[PhotoId, tuple[Face, ...]]:
    return {
        PhotoId(str(number)): tuple(face(person, 100 * number + person) for person in frame)
        for number, frame in enumerate(frames)
    }


def test_each_person_has_one_number_and_who_is_seen_most_comes_first() -> None:
    found = find_people(shoot((7, 3), (3,), (3, 7), (5,), (3,)))
    assert found[PhotoId("0")] == (1, 0)
    assert found[PhotoId("2")] == (0, 1)
    assert found[PhotoId("3")] == (2,)


def test_what_has_no_signature_is_nobody() -> None:
    frames = {PhotoId("a"): (face(1), Face(Box(0, 0, 0.1, 0.1), 0.9))}
    assert find_people(frames) == {PhotoId("a"): (0, None)}
    assert find_people({PhotoId("b"): (Face(Box(0, 0, 0.1, 0.1), 0.9),)}) == {PhotoId("b"): (None,)}
    assert find_people({}) == {}


@settings(max_examples=15, deadline=None)
@given(st.lists(st.lists(st.integers(0, 2), max_size=4).map(tuple), max_size=12))
def test_parts_of_a_large_shoot_agree_with_the_whole(frames: list[tuple[int, ...]]) -> None:
    faces = shoot(*frames)
    whole = find_people(faces)
    at_once = identities._AT_ONCE
    identities._AT_ONCE = 12
    try:
        in_parts = find_people(faces)
    finally:
        identities._AT_ONCE = at_once
    assert in_parts == whole


def seen(blinks: list[float], eyes: EyeState, each: EyeState | None = None) -> dict[PhotoId, Analysis]:
    """One person, frame by frame, with both eyes and each of them as measured."""
    one = each or eyes
    return {
        PhotoId(str(at)): analysis(
            str(at),
            faces=(
                replace(face(1, at), eyes=eyes, right_eye=one, left_eye=one, eyes_open=chance_open(blink)),
            ),
        )
        for at, blink in enumerate(blinks)
    }


def states(blinks: list[float], eyes: EyeState = EyeState.CLOSED) -> list[EyeState]:
    return [each.faces[0].eyes for each in with_people(seen(blinks, eyes)).values()]


def test_eyes_that_are_always_narrow_are_not_closed() -> None:
    assert states([0.45, 0.5, 0.48, 0.75]) == [EyeState.CANT_TELL] * 3 + [EyeState.CLOSED]


def test_what_is_usual_takes_three_frames_to_tell_and_opens_no_eye() -> None:
    assert states([0.45, 0.5]) == [EyeState.CLOSED] * 2
    assert states([0.2, 0.2, 0.2, 0.6])[-1] is EyeState.CLOSED
    assert states([0.5] * 4, EyeState.OPEN) == [EyeState.OPEN] * 4


def test_eyes_that_look_closed_are_so_of_somebody_who_has_them_wide_open() -> None:
    def judged(*blinks: float) -> EyeState:
        unsure = seen(list(blinks), EyeState.CANT_TELL, EyeState.CLOSED)
        return list(with_people(unsure).values())[-1].faces[0].eyes

    assert judged(0.1, 0.05, 0.12, 0.5) is EyeState.CLOSED
    assert judged(0.4, 0.3, 0.35, 0.5) is EyeState.CANT_TELL, "somebody whose eyes are narrow"
    assert judged(0.1, 0.5) is EyeState.CLOSED, "one frame tells that they are not narrow"
    assert judged(0.5) is EyeState.CANT_TELL, "never seen open"


def test_everybody_gets_a_number() -> None:
    named = with_people(seen([0.1, 0.1], EyeState.OPEN))
    assert [each.faces[0].identity for each in named.values()] == [0, 0]
