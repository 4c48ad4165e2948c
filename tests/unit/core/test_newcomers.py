"""A shoot to which photos came is grouped exactly as if it had been grouped from nothing."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from itertools import count

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.ingest.pairing import in_order
from core.persistence.analysis_cache import AnalysisCache
from core.persistence.made_by import MadeBy
from core.pipeline.events import ClustersUpdated, Event, PeopleFound
from core.pipeline.group_finder import GroupFinder, Recalled
from core.settings import Settings
from core.types import Analysis, EyeState, Face, Photo, PhotoId
from fixtures.contexts import grouping_only
from fixtures.frames import analysis, face, look, photo

Frame = tuple[float | None, str, int, tuple[tuple[int, bool], ...], bool]

FRAMES = st.tuples(
    st.one_of(st.none(), st.sampled_from([0.0, 0.4, 1.0, 30.0, 4000.0]), st.floats(0, 600)),
    st.sampled_from(["one body", "another"]),
    st.integers(0, 3),  # subject
    st.lists(st.tuples(st.integers(0, 2), st.booleans()), max_size=2).map(tuple),  # who, with eyes closed
    st.booleans(),  # came later
)
_example = count()


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AnalysisCache]:
    with closing(AnalysisCache.open(tmp_path_factory.mktemp("cache") / "measures.sqlite")) as opened:
        yield opened


def person(who: int, seed: int, *, closed: bool) -> Face:
    base = np.random.default_rng(500 + who).normal(size=16)
    own = base + np.random.default_rng(seed).normal(scale=0.2, size=16)
    signature = (own / np.linalg.norm(own)).astype("<f2").tobytes()
    seen = face(EyeState.CLOSED if closed else EyeState.OPEN)
    return replace(seen, eyes_open=0.3 if closed else 0.9, signature=signature)


def shoot(frames: list[Frame]) -> tuple[tuple[Photo, ...], dict[PhotoId, Analysis], set[PhotoId]]:
    """Photos in order, their measures, and which of them came later."""
    photos, analyses, later = [], {}, set()
    for at, (seconds, camera, subject, faces, came) in enumerate(frames):
        frame = photo(f"{at:03d}", seconds, camera=camera)
        people = tuple(person(who, 10 * at + n, closed=closed) for n, (who, closed) in enumerate(faces))
        photos.append(frame)
        analyses[frame.id] = analysis(
            frame.id, look(subject, 0.3, seed=at), sharpness=(at % 5) / 5, faces=people
        )
        if came:
            later.add(frame.id)
    return in_order(photos), analyses, later


class Found:
    """What one run said about groups, last of all."""

    def __init__(self) -> None:
        self.groups: ClustersUpdated | None = None
        self.people: dict[PhotoId, Analysis] = {}

    def __call__(self, event: Event) -> None:
        if isinstance(event, ClustersUpdated):
            self.groups = event
        elif isinstance(event, PeopleFound):
            self.people.update((each.photo_id, each) for each in event.analyses)

    def all(self) -> tuple[object, ...]:
        assert self.groups is not None
        return self.groups.clusters, self.groups.scenes, self.groups.copies, self.groups.clocks, self.people


def finder(
    photos: tuple[Photo, ...], made_by: MadeBy | None, cache: AnalysisCache, emit: Found
) -> GroupFinder:
    return GroupFinder(grouping_only(cache, emit, Settings()), photos, {}, made_by)


def without_signatures(analyses: Mapping[PhotoId, Analysis]) -> dict[PhotoId, Analysis]:
    """As they are recalled at a second opening."""
    return {
        one: replace(each, faces=tuple(replace(face, signature=b"") for face in each.faces))
        for one, each in analyses.items()
    }


@settings(deadline=None)
@given(st.lists(FRAMES, min_size=2, max_size=24))
def test_newcomers_are_grouped_as_from_nothing(cache: AnalysisCache, frames: list[Frame]) -> None:
    photos, analyses, later = shoot(frames)
    former = tuple(frame for frame in photos if frame.id not in later)
    measured = {frame.id: analyses[frame.id] for frame in former}
    made_by = MadeBy(f"example {next(_example)}", "weights", 1, "people")
    first = finder(former, made_by, cache, Found())
    first.find(measured, set())
    first.keep(measured)

    known, afresh = Found(), Found()
    again = finder(photos, made_by, cache, known)
    recalled = again.recall(without_signatures(measured))
    if not measured:
        assert recalled is Recalled.NOTHING
    else:
        assert recalled is (Recalled.SOME if later else Recalled.ALL)
    again.find(analyses, set())
    finder(photos, None, cache, afresh).find(analyses, set())
    assert known.all() == afresh.all()

    again.keep(analyses)
    kept = Found()
    assert finder(photos, made_by, cache, kept).recall(analyses) is Recalled.ALL
    assert kept.groups is not None
    assert known.groups is not None
    assert kept.groups == replace(known.groups, grouper=None)
