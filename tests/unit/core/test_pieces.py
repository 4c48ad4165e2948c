"""Photos piece by piece: cut, kept, and the nearest found."""

import logging
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.analysis.pieces import cut_out, cut_pieces
from core.ingest.thumbnail import thumbnail
from core.persistence.analysis_cache import AnalysisCache
from core.persistence.thumbnail_cache import ThumbnailCache
from core.pipeline.piece_finder import find_pieces, nearest, pieces_made_by
from core.protocols import RgbImage
from core.types import Box, Photo, PhotoId, Pieces, PlacedThing
from fixtures import bad_models

RED, GREY = (220, 10, 10), (90, 100, 110)
WHERE = Box(0.7, 0.1, 0.2, 0.3)


class MeanColour:
    sha256 = "colour"

    def __init__(self) -> None:
        self.asked = 0

    def embed(self, image: RgbImage) -> np.ndarray:
        self.asked += 1
        mean: np.ndarray = image.mean(axis=(0, 1)).astype(np.float32)
        return mean


class RedFinder:
    sha256 = "red"

    def detect(self, image: RgbImage, least_confidence: float = 0.3) -> tuple[PlacedThing, ...]:
        found = (image[..., 0] > 180) & (image[..., 1] < 60)
        return (PlacedThing("car", 0.9, WHERE),) if found.mean() > 0.01 else ()


@dataclass(frozen=True)
class Models(bad_models._Models):
    embedder: MeanColour = field(default_factory=MeanColour)  # type: ignore[assignment]
    thing_detector: RedFinder = field(default_factory=RedFinder)  # type: ignore[assignment]


def picture(with_red: bool) -> RgbImage:
    made = np.full((200, 300, 3), GREY, np.uint8)
    if with_red:
        made[20:80, 210:270] = RED
    return made


@pytest.fixture
def models() -> Models:
    return Models()


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[AnalysisCache]:
    with closing(AnalysisCache.open(tmp_path / "measures.sqlite")) as opened:
        yield opened


@pytest.fixture
def photos(tmp_path: Path) -> list[Photo]:
    return [Photo(PhotoId(name), tmp_path / name, size_bytes=1, mtime_ns=1) for name in ("a", "b", "c")]


@pytest.fixture
def thumbnails(tmp_path: Path, photos: list[Photo]) -> Iterator[ThumbnailCache]:
    with closing(ThumbnailCache.open(tmp_path / "thumbnails.sqlite")) as opened:
        opened.put_many([(photos[0], thumbnail(picture(True))), (photos[1], thumbnail(picture(False)))])
        yield opened


def found(
    photos: list[Photo], models: Models, cache: AnalysisCache, thumbnails: ThumbnailCache
) -> dict[PhotoId, tuple[PlacedThing, ...]]:
    return find_pieces(photos, models, cache, thumbnails, lambda: False)


@given(
    st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.floats(0, 1), st.integers(1, 40), st.integers(1, 40)
)
def test_a_piece_is_within_the_picture_and_never_nothing(
    x: float, y: float, width: float, height: float, across: int, down: int
) -> None:
    box = Box(x, y, width * (1 - x), height * (1 - y))
    cut = cut_out(np.zeros((down, across, 3), np.uint8), box)
    assert min(8, down) <= cut.shape[0] <= down
    assert min(8, across) <= cut.shape[1] <= across


def test_things_come_before_the_parts(models: Models) -> None:
    pieces = cut_pieces(picture(True), models)
    assert pieces.boxes[0] == WHERE
    assert len(pieces.boxes) == len(pieces.vectors) == 6
    assert pieces.vectors[0][0] > 150  # the thing is red, the parts are mostly grey


def test_pieces_are_made_once_and_photos_without_a_thumbnail_wait(
    photos: list[Photo], models: Models, cache: AnalysisCache, thumbnails: ThumbnailCache
) -> None:
    first = found(photos, models, cache, thumbnails)
    assert {photo_id: [thing.label for thing in things] for photo_id, things in first.items()} == {
        PhotoId("a"): ["car"],
        PhotoId("b"): [],
    }
    asked = models.embedder.asked
    assert found(photos, models, cache, thumbnails) == first
    assert models.embedder.asked == asked


def test_a_changed_photo_is_taken_to_pieces_again(
    photos: list[Photo], models: Models, cache: AnalysisCache, thumbnails: ThumbnailCache
) -> None:
    found(photos, models, cache, thumbnails)
    changed = replace(photos[0], mtime_ns=2)
    assert cache.pieces.present([changed, photos[1]], pieces_made_by("red", "colour")) == [(photos[1], ())]
    assert cache.pieces.present(photos, "another model") == []


def test_a_cancelled_search_keeps_what_it_has_found(
    photos: list[Photo], models: Models, cache: AnalysisCache, thumbnails: ThumbnailCache
) -> None:
    answers = iter([False, True])
    some = find_pieces(photos, models, cache, thumbnails, lambda: next(answers))
    assert list(some) == ["a"]
    assert [photo.id for photo, _ in cache.pieces.present(photos, pieces_made_by("red", "colour"))] == ["a"]


def test_vectors_come_back_nearly_as_they_were(cache: AnalysisCache, photos: list[Photo]) -> None:
    vectors = np.random.default_rng(0).normal(size=(2, 1280)).astype(np.float32)
    pieces = Pieces((PlacedThing("dog", 0.8, WHERE),), (WHERE, Box(0, 0, 1, 1)), vectors)
    cache.pieces.put([(photos[0], pieces)], "made")
    ((photo, back),) = cache.pieces.pieces(photos, "made")
    assert photo == photos[0]
    assert back.things == pieces.things
    assert back.boxes == pieces.boxes
    cosines = (back.vectors * vectors).sum(axis=1) / np.linalg.norm(back.vectors, axis=1)
    assert cosines / np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize("spoilt", ["things = '[]'", "vectors = x'00'", "things = '{\"things\": [[1]]}'"])
def test_damaged_rows_are_no_pieces(
    cache: AnalysisCache, photos: list[Photo], caplog: pytest.LogCaptureFixture, spoilt: str
) -> None:
    pieces = Pieces((), (WHERE,), np.ones((1, 4), np.float32))
    cache.pieces.put([(photos[0], pieces)], "made")
    with cache.pieces._database.writing() as connection:
        connection.execute(f"UPDATE piece SET {spoilt}")
    with caplog.at_level(logging.WARNING):
        assert list(cache.pieces.pieces(photos, "made")) == []
    assert "damaged" in caplog.text


def test_the_photo_with_the_thing_is_nearest_and_says_where(
    photos: list[Photo], models: Models, cache: AnalysisCache, thumbnails: ThumbnailCache
) -> None:
    found(photos, models, cache, thumbnails)
    whole = {photo.id: models.embedder.embed(picture(at == 0)) for at, photo in enumerate(photos)}
    whole[PhotoId("c")] = np.array([20, 20, 240], np.float32)
    near = nearest(np.array(RED, np.float32), photos, whole, pieces_made_by("red", "colour"), cache)
    assert near[0].photo_id == "a"
    assert near[0].box == WHERE
    assert {each.photo_id for each in near} == {"a", "b", "c"}
    assert near[0].likeness > near[1].likeness
    assert nearest(np.array(RED, np.float32), photos, {}, "made", cache) == []
