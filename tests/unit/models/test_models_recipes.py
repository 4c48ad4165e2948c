"""Each family of embedders gets its picture prepared as its makers did, and gives the part they compare by."""

import numpy as np
import pytest

from fixtures import tiny_models
from models.catalogue import catalogue
from models.embedder import RECIPES, Dinov2Embedder, SscdEmbedder


@pytest.fixture(scope="module")
def dinov2() -> Dinov2Embedder:
    return Dinov2Embedder(tiny_models.InMemory(tiny_models.dinov2()), 224)


@pytest.mark.parametrize("size", [(224, 224), (1, 1), (300, 451)])
def test_dinov2_gets_imagenet_normalised_pixels_and_gives_the_class_token(
    dinov2: Dinov2Embedder, size: tuple[int, int]
) -> None:
    colour = np.array([200, 100, 50], np.uint8)
    expected = (colour / 255 - [0.485, 0.456, 0.406]) / [0.229, 0.224, 0.225]
    vector = dinov2.embed(np.tile(colour, (*size, 1)))
    assert vector == pytest.approx(expected / np.linalg.norm(expected), abs=1e-4)
    assert vector.dtype == np.float32


def test_dinov2_of_a_picture_of_exactly_the_mean_is_finite() -> None:
    class Silent(Dinov2Embedder):
        _MEAN = np.full(3, 0.2, np.float32)

    vector = Silent(tiny_models.InMemory(tiny_models.dinov2()), 224).embed(np.full((9, 9, 3), 51, np.uint8))
    assert np.abs(vector).max() <= 1


def test_sscd_gets_whole_frame_as_it_is() -> None:
    picture = np.zeros((200, 400, 3), np.uint8)
    picture[:100, 200:, 0] = 240  # red, in the upper right quarter
    vector = SscdEmbedder(tiny_models.InMemory(tiny_models.sscd()), 224).embed(picture)
    assert vector.argmax() == 1
    assert vector[1] == pytest.approx(240, abs=8)
    assert vector[4:].max() == 0


def test_an_embedder_names_its_weights(dinov2: Dinov2Embedder) -> None:
    assert dinov2.sha256 == tiny_models.InMemory(tiny_models.dinov2()).sha256


def test_every_embedder_has_a_recipe_and_one_place_to_come_from() -> None:
    for entry in catalogue():
        assert entry.recipe in RECIPES
        places = [entry.bundled, entry.download, entry.package]
        assert sum(place is not None for place in places) == 1, entry.name
        if entry.download is not None:
            assert entry.download.url.startswith("https://")
            assert len(bytes.fromhex(entry.download.sha256)) == 32
