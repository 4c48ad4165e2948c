"""The cache of facts and measures: gives back what was put in, and never anything stale or broken."""

import logging
import sqlite3
import tempfile
from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import fields, replace
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.ingest.scanner import ScannedFile
from core.persistence import database
from core.persistence.analysis_cache import AnalysisCache
from core.persistence.connections import connect
from core.persistence.database import Database
from core.persistence.made_by import MadeBy
from core.persistence.measures_schema import MEASURES
from core.types import (
    NO_AIM,
    NO_EMBEDDING,
    Aim,
    Analysis,
    Box,
    Damage,
    Embedding,
    Exposure,
    EyeState,
    Face,
    FaceRegion,
    Flag,
    Label,
    Layout,
    Marks,
    Photo,
    PhotoId,
    Sharpness,
    Shot,
    TimeSource,
    WrittenWords,
)
from fixtures.frames import analysis, look

_T = TypeVar("_T")

MADE_BY = MadeBy("models/1", "weights")
WITH_PEOPLE = MADE_BY._replace(identity_sha256="people")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "measures.sqlite"


@pytest.fixture
def cache(path: Path) -> Iterator[AnalysisCache]:
    with closing(AnalysisCache.open(path)) as opened:
        yield opened


def photo(name: str) -> Photo:
    return Photo(PhotoId(name), Path("/shoot") / f"{name}.jpg", size_bytes=1000, mtime_ns=10**18)


def file_of(photo: Photo) -> ScannedFile:
    return ScannedFile(photo.path, photo.size_bytes, photo.mtime_ns)


def as_plain(measured: Analysis) -> tuple[object, ...]:
    """An analysis as values that compare; embeddings do not."""
    vector, model = measured.embedding.vector, measured.embedding.model_sha256
    blank = replace(measured, embedding=Embedding(np.zeros(1, np.float32), ""))
    rest = tuple(getattr(blank, name) for name in blank.__slots__ if name not in ("embedding", "layout"))
    arrays = (vector, measured.layout.points, measured.layout.descriptors, measured.layout.focus)
    signatures = tuple(face.signature for face in measured.faces)
    return (*rest, signatures, model, *((array.tobytes(), array.shape, str(array.dtype)) for array in arrays))


def some_layout(corners: int, parts: int) -> Layout:
    """A layout of so many corners, its focus told apart in ``parts`` x ``parts`` places."""
    random = np.random.default_rng(corners)
    return Layout(
        random.integers(0, 65536, (corners, 2)).astype(np.uint16),
        random.integers(0, 256, (corners, 32)).astype(np.uint8),
        random.random((parts, parts)).astype(np.float16),
    )


def every(
    kind: type[_T], *, without: Collection[str] = (), **values: st.SearchStrategy[Any]
) -> st.SearchStrategy[_T]:
    """Build a kind from all its fields, so that one that is added to it and not kept fails here."""
    names = {each.name for each in fields(kind)}  # type: ignore[arg-type]
    assert names - set(without) == set(values), f"{kind.__name__}: {names ^ set(values)}"
    return st.builds(kind, **values)


fractions = st.floats(0, 1)
maybe_fractions = st.none() | fractions
boxes = every(Box, x=fractions, y=fractions, width=fractions, height=fractions)
faces = every(
    Face,
    without=["identity", "key_name"],  # found anew in each shoot
    box=boxes,
    confidence=fractions,
    landmarks=st.lists(st.tuples(fractions, fractions), max_size=5).map(tuple),
    eyes=st.sampled_from(EyeState),
    eyes_open=maybe_fractions,
    smile=maybe_fractions,
    gaze=maybe_fractions,
    sharpness=maybe_fractions,
    right_eye=st.sampled_from(EyeState),
    left_eye=st.sampled_from(EyeState),
    signature=st.binary(max_size=8),
)
measures = every(
    Analysis,
    photo_id=st.just(PhotoId("a")),
    width=st.integers(1, 20_000),
    height=st.integers(1, 20_000),
    sharpness=every(
        Sharpness,
        score=st.floats(0, 1e6),
        in_focus=maybe_fractions,
        subject=st.none() | boxes,
        detail=maybe_fractions,
    ),
    exposure=every(
        Exposure,
        mean=fractions,
        clipped_high=fractions,
        clipped_low=fractions,
        score=fractions,
        burnt=fractions,
        likeliness=st.floats(-100, 100),
    ),
    faces=st.lists(faces, max_size=3).map(tuple),
    embedding=st.lists(st.floats(-100, 100, width=32), min_size=1, max_size=8).map(
        lambda values: Embedding(np.array(values, np.float32), "sha")
    ),
    phash=st.integers(0, 2**64 - 1),
    layout=st.builds(some_layout, st.integers(0, 5), st.integers(0, 3)),
    compression=st.floats(0, 255),
    damage=st.none() | st.sampled_from(Damage),
    stand_in=st.booleans(),
)
words = st.lists(st.text(max_size=8), max_size=2).map(tuple)
photos = every(
    Photo,
    aim=st.just(NO_AIM)
    | every(
        Aim,
        areas=st.lists(boxes, min_size=1, max_size=3).map(tuple),
        in_focus=st.booleans(),
        aspect=fractions,
    ),
    words=every(
        WrittenWords,
        keywords=words,
        titles=words,
        places=words,
        faces=st.lists(every(FaceRegion, name=st.text(max_size=8), box=boxes), max_size=2).map(tuple),
    ),
    # A matter of the folder, of the user, or of sidecars.
    without=["companions", "clock_shift", "zone", "turn"],
    id=st.just(PhotoId("a")),
    path=st.just(Path("/shoot/a.jpg")),
    taken_at=st.none() | st.datetimes(),
    time_source=st.sampled_from(TimeSource),
    utc_offset_minutes=st.none() | st.integers(-840, 840),
    camera=st.text(max_size=8),
    camera_name=st.text(max_size=8),
    orientation=st.integers(1, 8),
    width=st.integers(0, 20_000),
    height=st.integers(0, 20_000),
    is_film=st.booleans(),
    size_bytes=st.integers(0, 2**40),
    mtime_ns=st.integers(0, 2**62),
    content=st.text(max_size=8),
    marks=every(
        Marks,
        flag=st.none() | st.sampled_from(Flag),
        rating=st.none() | st.integers(1, 5),
        label=st.none() | st.sampled_from(Label),
        camera_rating=st.none() | st.integers(1, 5),
    ),
    shot=every(
        Shot,
        exposure_time=st.none() | st.floats(1e-5, 3600),
        f_number=st.none() | st.floats(0.5, 64),
        iso=st.none() | st.integers(1, 10**6),
        focal_length=st.none() | st.floats(1, 3000),
        exposure_bias=st.none() | st.floats(-5, 5),
        burst_id=st.text(max_size=8),
        auto_bracket=st.booleans(),
        lens=st.text(max_size=8),
        focus_bracket=st.booleans(),
    ),
)


@settings(max_examples=50, deadline=None)
@given(photo=photos, measured=measures)
def test_what_is_put_in_comes_out_the_same(photo: Photo, measured: Analysis) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "measures.sqlite"
        with closing(AnalysisCache.open(path)) as cache:
            cache.facts.put([photo])
            cache.put_analyses([(photo, measured)], WITH_PEOPLE)
        with closing(AnalysisCache.open(path)) as cache:
            assert cache.facts.photos([file_of(photo)]) == {photo.path: photo}
            made_by = WITH_PEOPLE._replace(embedder_sha256="sha")
            kept = cache.analyses([photo], made_by).whole[photo.id]
            assert not len(kept.layout.points), "corners stay on disk until they are asked for"
            layout = cache.layout(photo, made_by)
            assert layout is not None
            assert as_plain(replace(kept, layout=layout)) == as_plain(measured)


def test_companions_are_a_matter_of_the_folder(cache: AnalysisCache) -> None:
    paired = replace(photo("a"), companions=(Path("/shoot/a.cr2"),))
    cache.facts.put([paired])
    assert cache.facts.photos([file_of(paired)]) == {paired.path: photo("a")}


@pytest.mark.parametrize("change", [{"mtime_ns": 5}, {"size_bytes": 5}, {"path": Path("/other/a.jpg")}])
def test_a_changed_file_is_read_and_measured_again(cache: AnalysisCache, change: dict[str, Any]) -> None:
    cache.facts.put([photo("a")])
    cache.put_analyses([(photo("a"), analysis("a"))], MADE_BY)
    changed = replace(photo("a"), **change)
    assert cache.facts.photos([file_of(changed)]) == {}
    assert cache.analyses([changed], MADE_BY) == ({}, {})


def test_measures_of_other_models_do_not_count(cache: AnalysisCache) -> None:
    newer = MADE_BY._replace(measures="models/2")
    cache.put_analyses([(photo("a"), analysis("a"))], MADE_BY)
    assert cache.analyses([photo("a")], newer) == ({}, {})
    cache.put_analyses([(photo("a"), analysis("a", sharpness=9))], newer)
    assert cache.analyses([photo("a")], newer).whole[PhotoId("a")].sharpness.score == 9


def test_another_embedder_costs_only_the_embedding(cache: AnalysisCache) -> None:
    other = MADE_BY._replace(embedder_sha256="other weights")
    cache.put_analyses([(photo("a"), analysis("a", sharpness=9))], MADE_BY)
    whole, unembedded = cache.analyses([photo("a")], other)
    assert whole == {}
    assert unembedded[PhotoId("a")].sharpness.score == 9
    assert unembedded[PhotoId("a")].embedding is NO_EMBEDDING

    again = replace(unembedded[PhotoId("a")], embedding=Embedding(np.ones(3, np.float32), "other weights"))
    cache.put_analyses([(photo("a"), again)], other)
    assert cache.analyses([photo("a")], other).whole[PhotoId("a")].embedding.vector.tolist() == [1, 1, 1]
    back = cache.analyses([photo("a")], MADE_BY).whole[PhotoId("a")]
    assert back.embedding.vector.tolist() == look(0).tolist(), "going back costs nothing"


def test_an_embedding_of_an_otherwise_prepared_picture_does_not_count(cache: AnalysisCache) -> None:
    cache.put_analyses([(photo("a"), analysis("a"))], MADE_BY)
    assert set(cache.analyses([photo("a")], MADE_BY._replace(embedding_version=2)).unembedded) == {"a"}


def test_an_embedding_of_a_file_that_changed_does_not_count(cache: AnalysisCache) -> None:
    cache.put_analyses([(photo("a"), analysis("a"))], MADE_BY)
    edited, other = replace(photo("a"), mtime_ns=5), MADE_BY._replace(embedder_sha256="other weights")
    measured = replace(analysis("a"), embedding=Embedding(np.ones(3, np.float32), "other weights"))
    cache.put_analyses([(edited, measured)], other)
    assert set(cache.analyses([edited], MADE_BY).unembedded) == {"a"}


def test_a_file_of_the_first_version_opens_and_is_filled_anew(path: Path) -> None:
    first = replace(MEASURES, migrations=MEASURES.migrations[:1])
    with closing(Database(path, first)) as old, old.writing() as connection:
        connection.execute("INSERT INTO analysis VALUES (x'2f61', 1, 1, 'models/1', '{}', 'weights', x'00')")
    with closing(AnalysisCache.open(path)) as cache:
        cache.put_analyses([(photo("a"), analysis("a"))], MADE_BY)
        assert set(cache.analyses([photo("a")], MADE_BY).whole) == {"a"}


def test_facts_read_by_older_code_do_not_count(cache: AnalysisCache, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.facts.put([photo("a")])
    monkeypatch.setattr("core.persistence.facts_cache.FACTS_VERSION", 10**6)
    assert cache.facts.photos([file_of(photo("a"))]) == {}


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE facts SET document = '{'; UPDATE analysis SET document = '[]'",
        "UPDATE facts SET document = '{}'; UPDATE analysis SET document = '{}'",
        "UPDATE facts SET document = 'null'; UPDATE analysis SET document = 'null'",
        "UPDATE facts SET document = replace(document, 'file', 'fantasy');"
        "UPDATE analysis SET document = replace(document, '\"size\":[6000,4000]', '\"size\":[6000]')",
        "UPDATE facts SET document = x'ff'; UPDATE analysis SET document = 7",
    ],
)
def test_a_row_that_cannot_be_decoded_counts_as_missing(
    path: Path, caplog: pytest.LogCaptureFixture, damage: str
) -> None:
    with closing(AnalysisCache.open(path)) as cache:
        cache.facts.put([photo("a")])
        cache.put_analyses([(photo("a"), analysis("a"))], MADE_BY)
    with closing(sqlite3.connect(path)) as raw:
        raw.executescript(damage)
    with closing(AnalysisCache.open(path)) as cache:
        cache.facts.put([photo("b")])
        cache.put_analyses([(photo("b"), analysis("b"))], MADE_BY)
        both = [photo("a"), photo("b")]
        assert set(cache.facts.photos(map(file_of, both))) == {photo("b").path}
        assert set(cache.analyses(both, MADE_BY).whole) == {"b"}
    assert "damaged" in caplog.text


def test_a_path_that_is_not_what_its_index_says_counts_as_missing(path: Path) -> None:
    """One flipped bit, in the table or in its index: SQLite finds such a row for a path that is not its own."""
    photos = [photo(f"IMG_{number:04}") for number in range(96)]
    with closing(AnalysisCache.open(path)) as cache:
        cache.facts.put(photos)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA journal_mode = DELETE")
    content = path.read_bytes()
    places = [at + len("/IM") for at in range(len(content)) if content.startswith(b"/IMG_", at)]
    assert len(places) == 2 * len(photos)
    for at in places[::12]:
        path.write_bytes(content[:at] + b"W" + content[at + 1 :])
        with closing(AnalysisCache.open(path)) as cache:
            found = cache.facts.photos(map(file_of, photos))
        assert found.keys() <= {each.path for each in photos}, "nothing that was not asked for"


@pytest.mark.parametrize("vector", ["x'010203'", "x''", "7"])
def test_an_embedding_that_cannot_be_read_is_made_again_and_nothing_else(
    path: Path, caplog: pytest.LogCaptureFixture, vector: str
) -> None:
    with closing(AnalysisCache.open(path)) as cache:
        cache.put_analyses([(photo("a"), analysis("a"))], MADE_BY)
    with closing(sqlite3.connect(path)) as raw:
        raw.executescript(f"UPDATE embedding SET vector = {vector}")
    with closing(AnalysisCache.open(path)) as cache:
        whole, unembedded = cache.analyses([photo("a")], MADE_BY)
    assert (set(whole), set(unembedded)) == (set(), {"a"})
    assert "damaged" in caplog.text


def test_a_damaged_cache_is_replaced_and_the_log_says_so(
    path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path.write_bytes(b"not a database, certainly " * 100)
    path.with_name("measures.sqlite.damaged").write_bytes(b"which an earlier version moved aside")
    with caplog.at_level(logging.WARNING), closing(AnalysisCache.open(path)) as cache:
        cache.facts.put([photo("a")])
        assert len(cache.facts.photos([file_of(photo("a"))])) == 1
    assert not list(path.parent.glob("*.damaged*")), "no copy outlives a wish to forget"
    assert "made anew" in caplog.text


def test_a_cache_of_a_newer_version_is_replaced(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    AnalysisCache.open(path).close()
    with closing(sqlite3.connect(path)) as newer:
        newer.execute("PRAGMA user_version = 99")
    with closing(AnalysisCache.open(path)) as cache:
        assert cache.facts.photos([file_of(photo("a"))]) == {}
    assert "newer version" in caplog.text


def test_reading_a_cache_that_fails_is_a_miss(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    cache = AnalysisCache.open(path)
    cache.facts.put([photo("a")])
    cache.close()
    assert cache.facts.photos([file_of(photo("a"))]) == {}
    assert cache.analyses([photo("a")], MADE_BY) == ({}, {})
    assert "closed" in caplog.text


def test_clearing_gives_the_room_back(cache: AnalysisCache) -> None:
    many = [photo(str(number)) for number in range(500)]
    cache.facts.put(many)
    cache.put_analyses([(one, analysis(one.id, np.ones(1280, np.float32))) for one in many], MADE_BY)
    full = cache.size_bytes()
    cache.clear()
    assert cache.facts.photos(map(file_of, many)) == {}
    assert cache.size_bytes() < full / 20


def test_a_shoot_is_opened_by_few_questions_and_not_by_one_a_photo(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def listening(path: Path) -> sqlite3.Connection:
        connection = connect(path)
        connection.set_trace_callback(asked.append)
        return connection

    monkeypatch.setattr(database, "connect", listening)
    taken = datetime(2025, 6, 14, 10)
    many = [replace(photo(str(number)), taken_at=taken, camera="body") for number in range(2000)]
    with closing(AnalysisCache.open(path)) as cache:
        cache.facts.put(many)
        cache.put_analyses(((one, analysis(one.id)) for one in many), MADE_BY)
        asked.clear()
        assert len(cache.facts.photos(map(file_of, many))) == len(many)
        assert len(cache.analyses(many, MADE_BY).whole) == len(many)
    assert sum(one.startswith("SELECT") for one in asked) in range(2, 100)


def test_a_cache_that_is_found_damaged_at_work_is_made_anew(path: Path) -> None:
    """Opening looks at no page but the first: a cache may have gigabytes."""
    many = [photo(str(number)) for number in range(400)]
    with closing(AnalysisCache.open(path)) as cache:
        cache.facts.put(many)
    content = bytearray(path.read_bytes())
    content[4096 * 3 :] = b"\xa5" * (len(content) - 4096 * 3)
    path.write_bytes(content)
    with closing(AnalysisCache.open(path)) as cache:
        assert cache.facts.photos(map(file_of, many)) == {}
        cache.facts.put(many)
        assert len(cache.facts.photos(map(file_of, many))) == len(many)
