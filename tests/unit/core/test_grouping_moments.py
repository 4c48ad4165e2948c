"""A burst ends where its moment ends: another person, another view, a longer pause; and earlier on the tight side."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from core.grouping.group import group
from core.settings import GroupingRules
from core.types import Analysis, Box, Face, Photo
from fixtures.frames import analysis, look, photo
from fixtures.measured import measured, window
from fixtures.shoots import scene

GUEST = 10
"""Number of the first person who is handed something; 0 hands it over."""


def signature(person: int) -> bytes:
    return np.random.default_rng(person).normal(size=128).astype("<f2").tobytes()


def somebody(person: int | None, left: float = 0.4, confidence: float = 0.95, side: float = 0.15) -> Face:
    told = b"" if person is None else signature(person)
    return Face(Box(left, 0.3, side, side), confidence, signature=told)


def bursts(photos: Sequence[Photo], analyses: Sequence[Analysis], looseness: float = 0.5) -> list[str]:
    known = {each.photo_id: each for each in analyses}
    grouping = group(photos, known, GroupingRules(burst_looseness=looseness))
    return ["".join(cluster.photo_ids) for cluster in grouping.clusters]


def on_stage(people: Sequence[Sequence[Face]]) -> tuple[list[Photo], list[Analysis]]:
    """The same stage every four seconds, with whoever is on it."""
    names = "abcdefghijklmn"[: len(people)]
    photos = [photo(name, 4.0 * at) for at, name in enumerate(names)]
    analyses = [
        replace(analysis(name, look(1, 0.05, seed=at)), faces=tuple(faces))
        for at, (name, faces) in enumerate(zip(names, people, strict=True))
    ]
    return photos, analyses


def test_a_ceremony_is_a_burst_for_each_recipient() -> None:
    people = [(somebody(0, 0.2), somebody(GUEST + at // 2, 0.6)) for at in range(6)]
    assert bursts(*on_stage(people)) == ["ab", "cd", "ef"]


def test_the_same_people_stay_one_burst_as_they_change_places() -> None:
    people = [(somebody(0, 0.2 + 0.4 * (at % 2)), somebody(1, 0.6 - 0.4 * (at % 2))) for at in range(4)]
    assert bursts(*on_stage(people)) == ["abcd"]


@pytest.mark.parametrize(
    "people",
    [
        [(somebody(0),), (), (somebody(0),)],  # who turned away
        [(somebody(0),), (somebody(0), somebody(1, 0.7)), (somebody(0), somebody(1, 0.7))],  # who came to it
        [(somebody(0), somebody(at + 5, 0.8, side=0.06)) for at in range(3)],  # who pass behind
        [(somebody(0, confidence=0.95 - 0.2 * (at % 2)),) for at in range(3)],
        [(somebody(at, confidence=0.8),) for at in range(3)],  # perhaps no faces at all
        [(somebody(None),)] * 3,  # nobody is to be recognised
    ],
    ids=["turned away", "joined", "passers-by", "in doubt", "dolls", "unknown"],
)
def test_a_burst_goes_on_while_nobody_has_taken_anybodys_place(people: list[tuple[Face, ...]]) -> None:
    assert bursts(*on_stage(people)) == ["abc"]


@pytest.mark.parametrize(("turned", "found"), [(0, ["ab"]), (320, ["a", "b"])])
def test_frames_of_another_view_have_to_be_more_alike(turned: int, found: list[str]) -> None:
    wide = scene(9, (1600, 640))
    photos = [photo("a", 0.0), photo("b", 6.0)]
    analyses = [
        measured(name, window(wide, at, 960), look(1, 0.45, seed=at))
        for name, at in (("a", 0), ("b", turned))
    ]
    assert bursts(photos, analyses) == found


def test_two_frames_bear_a_pause_that_ends_a_quick_burst() -> None:
    slow = [photo("a", 0.0), photo("b", 12.0)]
    assert bursts(slow, [analysis(name, look(1, 0.3, seed=at)) for at, name in enumerate("ab")]) == ["ab"]
    quick = [photo("a", 0.0), photo("b", 0.2), photo("c", 12.2)]
    looks = [analysis(name, look(1, 0.3, seed=at)) for at, name in enumerate("abc")]
    assert bursts(quick, looks) == ["ab", "c"]


def after_a_pause(seconds: float, wobble: float) -> tuple[list[Photo], list[Analysis]]:
    """Two frames six seconds apart and, after a pause, two more; 0 is the same look again."""
    photos = [
        photo(name, at) for name, at in zip("abcd", (0.0, 6.0, 6.0 + seconds, 12.0 + seconds), strict=True)
    ]
    looks = [look(1), look(1, 0.05, seed=1), look(1, wobble, seed=2), look(1, wobble, seed=2)]
    return photos, [measured(name, scene(7), vector) for name, vector in zip("abcd", looks, strict=True)]


@pytest.mark.parametrize(
    ("seconds", "wobble", "found"),
    [
        (16.0, 0.3, ["ab", "cd"]),
        (16.0, 0.0, ["abcd"]),  # the photographer only waited
        (8.0, 0.3, ["abcd"]),  # the subject only moved
    ],
)
def test_a_burst_ends_at_a_long_pause_after_which_the_frames_look_different(
    seconds: float, wobble: float, found: list[str]
) -> None:
    photos, analyses = after_a_pause(seconds, wobble)
    assert bursts(photos, analyses) == found


def test_the_loose_end_of_the_slider_keeps_what_a_pause_divides_in_one() -> None:
    photos, analyses = after_a_pause(16.0, 0.3)
    assert bursts(photos, analyses, looseness=1.0) == ["abcd"]


def test_frames_of_one_burst_of_the_cameras_own_are_never_divided() -> None:
    photos, analyses = after_a_pause(16.0, 0.3)
    photos = [replace(each, shot=replace(each.shot, burst_id="B1")) for each in photos]
    assert bursts(photos, analyses) == ["abcd"]


@pytest.mark.parametrize(
    ("pause", "wobble", "found"),
    [(0.3, 0.05, ["ab"]), (1.8, 0.05, ["ab"]), (2.5, 0.05, ["a", "b"]), (0.3, 0.5, ["a", "b"])],
)
def test_at_the_tight_end_only_nearly_the_same_picture_of_the_same_second_or_two_is_a_burst(
    pause: float, wobble: float, found: list[str]
) -> None:
    picture = scene(7)
    photos = [photo("a", 0.0), photo("b", pause)]
    analyses = [measured(name, picture, look(1, wobble, seed=at)) for at, name in enumerate("ab")]
    assert bursts(photos, analyses, looseness=0.0) == found
    assert bursts(photos, analyses) == ["ab"]
