"""People are told apart by their faces' signatures."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from core.grouping import identities
from core.grouping.identities import find_people
from core.types import Box, Face, PhotoId


def signature(person: int, wobble: float, seed: int) -> bytes:
    """What a face model says of a person, give or take a look."""
    base = np.random.default_rng(person).normal(size=128)
    other = np.random.default_rng(10_000 + seed).normal(size=128)
    vector = (1 - wobble) * base + wobble * other
    return (vector / np.linalg.norm(vector)).astype("<f2").tobytes()


def face(person: int, seed: int = 0, confidence: float = 0.9) -> Face:
    return Face(Box(0.4, 0.4, 0.1, 0.1), confidence, signature=signature(person, 0.3, seed))


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


def test_what_has_no_signature_or_is_hardly_a_face_is_nobody() -> None:
    frames = {PhotoId("a"): (face(1), Face(Box(0, 0, 0.1, 0.1), 0.9), face(1, 5, confidence=0.61))}
    assert find_people(frames) == {PhotoId("a"): (0, None, None)}
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
