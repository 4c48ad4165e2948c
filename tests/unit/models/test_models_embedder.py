"""Pictures that look alike are near each other."""

import numpy as np
import pytest
from numpy.typing import NDArray
from skimage import data

from core.protocols import Embedder
from models.local import LocalModels


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return LocalModels()().embedder


def cosine(a: NDArray[np.float32], b: NDArray[np.float32]) -> float:
    return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))


def test_a_shifted_brighter_frame_is_nearer_than_another_picture(embedder: Embedder) -> None:
    cat, coffee = data.cat(), data.coffee()
    first = embedder.embed(np.ascontiguousarray(cat[:, :-30]))
    shifted = np.clip(cat[:, 30:].astype(np.float32) * 1.2 + 8, 0, 255).astype(np.uint8)
    alike = cosine(first, embedder.embed(shifted))
    assert alike > 0.8
    assert cosine(first, embedder.embed(coffee)) < alike - 0.4


def test_size_hardly_matters(embedder: Embedder) -> None:
    coffee = data.coffee()
    assert cosine(embedder.embed(coffee), embedder.embed(np.ascontiguousarray(coffee[::2, ::2]))) > 0.85


@pytest.mark.parametrize("size", [(1, 1), (1, 900), (20, 20), (2000, 3)])
def test_any_size_gives_a_finite_vector(embedder: Embedder, size: tuple[int, int]) -> None:
    vector = embedder.embed(np.full((*size, 3), 90, np.uint8))
    assert vector.shape == (1280,)
    assert vector.dtype == np.float32
    assert np.isfinite(vector).all()


def test_the_same_picture_gives_the_same_vector(embedder: Embedder) -> None:
    coffee = data.coffee()
    assert np.array_equal(embedder.embed(coffee), embedder.embed(coffee))


def test_the_vector_names_its_weights(embedder: Embedder) -> None:
    assert len(embedder.sha256) == 64
