"""What tells people apart is kept where that is wanted alone, and forgotten to the last byte."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from core.persistence.analysis_cache import AnalysisCache
from core.persistence.made_by import MadeBy
from core.types import Analysis, Photo, PhotoId
from fixtures.frames import analysis, face

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


def signed(name: str) -> Analysis:
    return replace(analysis(name), faces=(replace(face(), signature=b"who"), face()))


def test_people_are_told_apart_only_where_that_is_wanted(cache: AnalysisCache) -> None:
    made_by = WITH_PEOPLE._replace(embedder_sha256="weights")
    cache.put_analyses([(photo("a"), signed("a"))], made_by)
    kept = cache.analyses([photo("a")], made_by).whole[PhotoId("a")]
    assert [each.signature for each in kept.faces] == [b"who", b""]
    unwanted = cache.analyses([photo("a")], made_by._replace(identity_sha256="")).whole[PhotoId("a")]
    assert [each.signature for each in unwanted.faces] == [b"", b""]


def test_measures_without_signatures_are_made_again_once_people_are_wanted(cache: AnalysisCache) -> None:
    cache.put_analyses([(photo("a"), signed("a"))], MADE_BY)
    assert PhotoId("a") in cache.analyses([photo("a")], MADE_BY).whole
    assert PhotoId("a") not in cache.analyses([photo("a")], WITH_PEOPLE).whole


def test_forgetting_people_leaves_nothing_of_them_in_the_file(cache: AnalysisCache, path: Path) -> None:
    signature = bytes(range(7, 90)) * 3
    measured = replace(analysis("a"), faces=(replace(face(), signature=signature),))
    cache.put_analyses([(photo("a"), measured)], WITH_PEOPLE)
    cache.forget_people()
    assert PhotoId("a") in cache.analyses([photo("a")], MADE_BY).whole, "the other measures stay"
    cache.close()
    for file in path.parent.iterdir():
        assert signature not in file.read_bytes(), file.name


def test_a_run_that_is_being_called_off_brings_no_forgotten_faces_back(cache: AnalysisCache) -> None:
    cache.put_analyses([(photo("a"), signed("a"))], WITH_PEOPLE)
    cache.forget_people()
    cache.put_analyses([(photo("b"), signed("b"))], WITH_PEOPLE)  # measured before, written after
    assert not cache.analyses([photo("a"), photo("b")], WITH_PEOPLE).whole
    cache.remembers_people = True
    cache.put_analyses([(photo("b"), signed("b"))], WITH_PEOPLE)
    assert (
        PhotoId("b")
        in cache.summaries(
            [photo("b")], WITH_PEOPLE._replace(embedder_sha256=signed("b").embedding.model_sha256)
        ).whole
    )


def test_people_are_forgotten_by_a_damaged_cache_too(path: Path) -> None:
    signature = bytes(range(7, 90)) * 3
    with closing(AnalysisCache.open(path)) as cache:
        for number in range(300):
            measured = replace(analysis(str(number)), faces=(replace(face(), signature=signature),))
            cache.put_analyses([(photo(str(number)), measured)], WITH_PEOPLE)
    content = bytearray(path.read_bytes())
    with closing(sqlite3.connect(path)) as raw:
        (root,) = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'signature'").fetchone()
    content[4096 * (root - 1) : 4096 * root] = b"\xa5" * 4096
    path.write_bytes(content)
    with closing(AnalysisCache.open(path)) as cache:
        cache.forget_people()
        assert not [file.name for file in path.parent.iterdir() if signature in file.read_bytes()]
