"""A run and the window that shows it group and rank alike, to the last bit; nothing that counts is forgotten."""

import dataclasses
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import fields, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import count
from pathlib import Path
from threading import Thread
from typing import Any, get_args, get_type_hints

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.ingest.pairing import in_order
from core.language import ENGLISH, set_language
from core.persistence.analysis_cache import AnalysisCache
from core.persistence.group_documents import write_groups
from core.persistence.made_by import MadeBy
from core.pipeline.events import Event, Finished, PhotosAnalyzed, PhotosFound
from core.pipeline.group_finder import GroupFinder, Recalled
from core.ranking import group_ranker
from core.ranking.sameness import LEFT_OUT, same_frames
from core.settings import GroupingRules, Settings, Weights
from core.shoot.shoot import Shoot
from core.types import (
    Analysis,
    Box,
    Face,
    Layout,
    Photo,
    PhotoId,
    Sharpness,
    Zone,
)
from fixtures.contexts import grouping_only
from fixtures.frames import analysis, face, look, photo

Frame = tuple[float, int, int, bool, int]

FRAMES = st.lists(
    st.tuples(
        st.one_of(st.sampled_from([0.0, 0.4, 1.0, 30.0, 4000.0]), st.floats(0, 90)),
        st.integers(0, 2),  # subject
        st.integers(1, 9),  # how sharp, and where
        st.booleans(),  # somebody is in it
        st.integers(0, 2),  # folder: of one moment in several they may be copies
    ),
    min_size=2,
    max_size=16,
)
RULES = st.builds(GroupingRules, st.sampled_from([0.0, 0.5, 1.0]), st.sampled_from([0.0, 0.5, 1.0]))
WEIGHTS = st.builds(Weights, st.sampled_from([0.0, 0.5, 1.0]), exposure=st.sampled_from([0.0, 1.0]))
_example = count()


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AnalysisCache]:
    with closing(AnalysisCache.open(tmp_path_factory.mktemp("cache") / "measures.sqlite")) as opened:
        yield opened


@pytest.fixture(autouse=True)
def back_to_english() -> Iterator[None]:
    yield
    set_language(ENGLISH)


def person(at: int) -> Face:
    own = np.random.default_rng(500).normal(size=16) + np.random.default_rng(at).normal(scale=0.2, size=16)
    signature = (own / np.linalg.norm(own)).astype("<f2").tobytes()
    return replace(face(smile=at % 3 / 3), eyes_open=0.3 + at % 4 / 5, signature=signature)


def measured(frames: list[Frame]) -> tuple[tuple[Photo, ...], dict[PhotoId, Analysis]]:
    photos, analyses = [], {}
    for at, (seconds, subject, sharp, has_face, folder) in enumerate(frames):
        frame = photo(f"{at:03d}", seconds)
        photos.append(replace(frame, path=Path(f"/shoot/{folder}/{at}.jpg"), width=600 + at % 2, height=400))
        focus = np.random.default_rng(sharp).random((3, 4)).astype(np.float16) * sharp
        measures = analysis(
            frame.id, look(subject, 0.2, seed=at), sharpness=sharp / 10, faces=(person(at),) * has_face
        )
        analyses[frame.id] = replace(measures, layout=Layout(focus=focus))
    return in_order(photos), analyses


def summaries(analyses: Mapping[PhotoId, Analysis]) -> dict[PhotoId, Analysis]:
    """As a second opening shows them at once."""
    return {
        one: replace(
            each, layout=Layout(), faces=tuple(replace(person, signature=b"") for person in each.faces)
        )
        for one, each in analyses.items()
    }


class Opened:
    """A shoot as a window has it open, and the run behind it."""

    def __init__(
        self, photos: tuple[Photo, ...], cache: AnalysisCache, made_by: MadeBy | None, of: Settings
    ) -> None:
        self.shoot = Shoot(of.grouping, of.weights)
        self.events: list[Event] = []
        self.run = GroupFinder(grouping_only(cache, self._emit, of), photos, {}, made_by)
        self._photos = photos
        self.shoot.apply(PhotosFound(0, photos))

    def find(self, analyses: Mapping[PhotoId, Analysis]) -> None:
        self._emit(PhotosAnalyzed(0, tuple(analyses.values())))
        self.run.find(analyses, {photo.id for photo in self._photos} - analyses.keys())

    def finish(self) -> None:
        self._emit(Finished(0, len(self._photos), 0, 0, cancelled=False, seconds=0.0))

    def groups(self) -> tuple[object, ...]:
        return self.shoot.clusters, self.shoot.scenes

    def _emit(self, event: Event) -> None:
        self.events.append(event)
        self.shoot.apply(event)


def afresh(
    photos: tuple[Photo, ...], analyses: Mapping[PhotoId, Analysis], cache: AnalysisCache, of: Settings
) -> Opened:
    opened = Opened(photos, cache, None, of)
    opened.find(analyses)
    opened.finish()
    return opened


@settings(deadline=None)
@given(FRAMES, RULES, RULES, WEIGHTS, WEIGHTS, st.integers(0, 15))
def test_sliders_and_weights_in_the_window_give_what_a_run_by_them_gives(
    cache: AnalysisCache,
    frames: list[Frame],
    first: GroupingRules,
    then: GroupingRules,
    light: Weights,
    heavy: Weights,
    part: int,
) -> None:
    photos, analyses = measured(frames)
    window = Opened(photos, cache, None, Settings(grouping=first, weights=light))
    window.find(dict(list(analyses.items())[:part]))
    window.find(analyses)
    assert (
        window.groups() == afresh(photos, analyses, cache, Settings(grouping=first, weights=light)).groups()
    )
    window.shoot.regroup(then)
    window.finish()
    window.shoot.rank(heavy)
    expected = afresh(photos, analyses, cache, Settings(grouping=then, weights=heavy))
    assert window.groups() == expected.groups()
    window.shoot.rank(light)
    window.shoot.regroup(first)
    window.find(analyses)
    assert (
        window.groups() == afresh(photos, analyses, cache, Settings(grouping=first, weights=light)).groups()
    )


@settings(deadline=None)
@given(FRAMES, RULES, WEIGHTS, st.booleans(), st.booleans())
def test_a_second_opening_gives_what_a_first_one_gives_whatever_is_asked_of_it_and_when(
    cache: AnalysisCache,
    frames: list[Frame],
    rules: GroupingRules,
    weights: Weights,
    early: bool,
    measures_more: bool,
) -> None:
    photos, analyses = measured(frames)
    made_by = MadeBy(f"example {next(_example)}", "weights", 1, "people")
    first = Opened(photos, cache, made_by, Settings())
    first.find(analyses)
    first.run.keep(analyses)
    second = Opened(photos, cache, made_by, Settings())
    assert second.run.recall(summaries(analyses)) is Recalled.ALL
    assert second.groups() == first.groups()
    if early:
        second.shoot.rank(weights)
        second.shoot.regroup(rules)
    if measures_more:
        second.run.find(analyses, set())
    second.finish()
    second.run.prepare(analyses)
    if not early or measures_more:
        second.shoot.rank(weights)
        second.shoot.regroup(rules)
    expected = afresh(photos, analyses, cache, Settings(grouping=rules, weights=weights))
    assert second.groups() == expected.groups()


def test_groups_of_an_earlier_run_are_not_ranked_again(
    cache: AnalysisCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    photos, analyses = measured([(at * 0.4, at // 4, 1 + at % 5, at % 2 == 0, 0) for at in range(12)])
    made_by = MadeBy(f"example {next(_example)}", "weights", 1, "people")
    first = Opened(photos, cache, made_by, Settings())
    first.find(analyses)
    first.run.keep(analyses)
    assert any(cluster.suggested_pick for cluster in first.shoot.clusters.values())
    monkeypatch.setattr("core.ranking.group_ranker.rank", None)
    second = Opened(photos, cache, made_by, Settings())
    assert second.run.recall(summaries(analyses)) is Recalled.ALL
    second.run.prepare(analyses)
    second.finish()
    second.shoot.regroup(GroupingRules())
    second.run.find(analyses, set())
    assert second.groups() == first.groups()


@pytest.mark.parametrize("speaks", ["de", "xx"])
def test_another_language_finds_the_groups_again_and_keeps_the_same_document(
    cache: AnalysisCache, speaks: str
) -> None:
    frames = [(at * 0.4, at // 4, 1 + at % 5, at % 2 == 0, 0) for at in range(12)]
    photos, analyses = measured(frames)
    made_by = MadeBy(f"example {next(_example)}", "weights", 1, "people")
    documents = []
    for language in (ENGLISH, speaks):
        set_language(language)
        opened = Opened(photos, cache, made_by, Settings())
        opened.find(analyses)
        assert opened.run._result is not None
        documents.append(write_groups(opened.run._result))
        opened.run.keep(analyses)
        again = Opened(photos, cache, made_by, Settings())
        set_language(ENGLISH if language == speaks else speaks)
        assert again.run.recall(analyses) is Recalled.ALL
    assert documents[0] == documents[1]


# What is forgotten nowhere


OTHERS: dict[Any, Any] = {
    int: 7,
    float: 0.5,
    Box: Box(0.1, 0.2, 0.3, 0.4),
    timedelta: timedelta(1),
    Zone: Zone(timedelta(1), timedelta(0)),
}


def other(value: object, kind: Any) -> Any:
    """Another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    if isinstance(value, np.ndarray):
        return np.concatenate([value, np.ones((1, *value.shape[1:]), value.dtype)])
    if isinstance(value, bytes):
        return value + b"x"
    if isinstance(value, tuple):
        return (*value, Path("/more"))
    if isinstance(value, Path):
        return value / "more"
    if isinstance(value, datetime):
        return value + timedelta(1)
    if dataclasses.is_dataclass(value):
        first = fields(value)[0]
        return replace(value, **{first.name: other(getattr(value, first.name), first.type)})  # type: ignore[type-var]
    if isinstance(value, StrEnum):
        return next(each for each in type(value) if each is not value)
    if isinstance(value, str):
        return value + "x"
    kinds = [each for each in (get_args(kind) or (kind,)) if each is not type(None)]
    if issubclass(kinds[0], StrEnum):
        return next(iter(kinds[0]))
    return OTHERS[kinds[0]]


def parts(whole: object) -> Iterator[tuple[type, str, Any]]:
    """Every field of measures, whole and of what is in them: a copy of the whole with that one changed."""
    hints = get_type_hints(type(whole))
    for each in fields(whole):  # type: ignore[arg-type]
        value = getattr(whole, each.name)
        inner = value[0] if each.name == "faces" else value
        if dataclasses.is_dataclass(inner) and not isinstance(inner, type):
            for kind, name, changed in parts(inner):
                put = (changed, *value[1:]) if each.name == "faces" else changed
                yield kind, name, replace(whole, **{each.name: put})  # type: ignore[type-var]
        else:
            changed = other(value, hints[each.name])
            yield type(whole), each.name, replace(whole, **{each.name: changed})  # type: ignore[type-var]


def test_every_measure_that_changes_has_its_group_ranked_anew_unless_it_is_left_out_by_name() -> None:
    whole = replace(
        analysis("a", faces=(person(1), person(2))), sharpness=Sharpness(0.5, 0.5, Box(0, 0, 1, 1), 0.5)
    )
    seen = {(kind, name): changed for kind, name, changed in parts(whole)}
    assert {(kind, name) for kind, names in LEFT_OUT.items() for name in names} - {
        (Analysis, "embedding")
    } <= seen.keys()
    for (kind, name), changed in seen.items():
        counts = name not in LEFT_OUT.get(kind, ()) and kind.__name__ != "Embedding"
        if (kind, name) == (Face, "identity"):
            continue
        assert same_frames((whole,), (changed,)) is not counts, (kind, name)
    assert len(seen) > 30


def test_people_who_only_have_other_numbers_are_the_same_people() -> None:
    def two(one: int | None, other: int | None) -> tuple[Analysis, ...]:
        return (
            analysis("a", faces=(replace(person(1), identity=one),)),
            analysis("b", faces=(replace(person(2), identity=other),)),
        )

    assert same_frames(two(0, 1), two(4, 0))
    assert same_frames(two(0, 0), two(3, 3))
    assert not same_frames(two(0, 1), two(2, 2))
    assert not same_frames(two(0, 0), two(1, 2))
    assert not same_frames(two(0, None), two(0, 1))


@pytest.mark.parametrize("name", [each.name for each in fields(Photo)])
def test_whatever_is_known_of_a_photo_decides_whether_groups_are_still_known(
    cache: AnalysisCache, name: str
) -> None:
    photos, analyses = measured([(at * 0.4, 0, 1 + at % 5, False, 0) for at in range(4)])
    made_by = MadeBy(f"example {next(_example)}", "weights", 1, "people")
    first = Opened(photos, cache, made_by, Settings())
    first.find(analyses)
    first.run.keep(analyses)
    changed = replace(photos[0], **{name: other(getattr(photos[0], name), get_type_hints(Photo)[name])})
    assert getattr(changed, name) != getattr(photos[0], name)
    known = {**analyses, changed.id: replace(analyses[photos[0].id], photo_id=changed.id)}
    again = Opened((changed, *photos[1:]), cache, made_by, Settings())
    recalled = again.run.recall({photo.id: known[photo.id] for photo in (changed, *photos[1:])})
    assert (recalled is Recalled.ALL) is (name in {"marks", "content"})


def test_what_another_thread_ranked_ahead_is_only_looked_up(
    cache: AnalysisCache, monkeypatch: pytest.MonkeyPatch
) -> None:
    photos, analyses = measured([(0.3 * at, 0, 1 + at, False, 0) for at in range(4)])
    light, heavy = Weights(), Weights(exposure=1.0)
    window = afresh(photos, analyses, cache, Settings(weights=light))
    assert any(cluster.scores for cluster in window.shoot.clusters.values())
    thread = Thread(target=window.shoot.ranker_ahead(), args=(heavy,))
    thread.start()
    thread.join()
    assert window.shoot.weights == light, "nothing that is shown has changed yet"

    def not_here(*_: object) -> None:
        raise AssertionError("ranked in the thread of the window")

    with monkeypatch.context() as patched:
        patched.setattr(group_ranker, "rank", not_here)
        window.shoot.rank(heavy)
    assert window.groups() == afresh(photos, analyses, cache, Settings(weights=heavy)).groups()
