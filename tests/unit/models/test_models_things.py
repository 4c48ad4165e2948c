"""What pictures show, from the features that are kept: rather nothing than something wrong."""

import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
from skimage import data

from core.errors import ModelError
from core.language import ENGLISH, languages
from core.typed_words import TypedKind, words_of
from models.build.efficientnet_lite0_classes import quantise
from models.constants import constants_of
from models.embedder import EfficientNetEmbedder
from models.manifest import model_file
from models.runtime import open_session
from models.things import ThingFinder, known_things


def shown(picture: np.ndarray) -> list[str]:
    features = EfficientNetEmbedder(model_file("embedder"), 224).embed(np.ascontiguousarray(picture))
    (found,) = ThingFinder().find(features[np.newaxis])
    return [thing.word for thing in found]


def test_a_cat_is_a_cat_and_a_page_of_text_is_nothing() -> None:
    assert shown(data.chelsea()) == ["cat"]
    assert shown(np.repeat(data.page()[..., np.newaxis], 3, axis=2)) == []
    assert shown(np.zeros((50, 50, 3), np.uint8)) == []


def test_every_photo_has_its_answer_in_its_place() -> None:
    features = np.random.default_rng(0).random((4100, 1280), dtype=np.float32)
    assert len(list(ThingFinder().find(features))) == 4100
    assert list(ThingFinder().find(np.empty((0, 1280), np.float32))) == []


def test_what_a_picture_shows_is_as_sure_as_the_engine_says() -> None:
    features = np.random.default_rng(0).exponential(0.2, (50, 1280)).astype(np.float32)
    by_engine = open_session(model_file("thing_classes"), 1).run(["classes"], {"features": features})[0]
    assert np.abs(ThingFinder()._classes(features) - by_engine).max() < 1e-5


def test_things_are_found_without_an_engine() -> None:
    asked = (
        "import sys, numpy, models.things as things; "
        "list(things.ThingFinder().find(numpy.zeros((1, 1280), numpy.float32))); "
        "print('onnxruntime' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.split() == ["False"]


@pytest.mark.parametrize("length", [1, 100, 5_000])
def test_constants_that_are_cut_off_are_refused(length: int) -> None:
    with pytest.raises(ValueError, match=r"cut off|values"):
        constants_of(model_file("thing_classes").read()[:length])


def test_features_of_another_length_are_refused_in_a_sentence() -> None:
    with pytest.raises(ModelError, match="does not work"):
        list(ThingFinder().find(np.zeros((1, 3), np.float32)))


def test_features_are_read_of_the_embedder_that_ships() -> None:
    assert ThingFinder().embedder_sha256 == model_file("embedder").sha256


@pytest.mark.parametrize("code", [code for code in languages() if code != ENGLISH])
def test_each_language_has_a_word_for_every_thing(code: str) -> None:
    things = known_things()
    assert len(things) > 50
    assert {thing.word for thing in things} == set(words_of(code, TypedKind.THING))


def test_a_word_is_one_thing_in_whatever_language() -> None:
    meant: dict[str, set[str]] = defaultdict(set)
    for thing in known_things():
        for word in (
            *thing.words,
            *(w for code in languages() for w in words_of(code, TypedKind.THING).get(thing.word, ())),
        ):
            meant[word.casefold()].add(thing.word)
    assert {word: things for word, things in meant.items() if len(things) > 1} == {}


def test_eight_bits_are_enough() -> None:
    weights = np.random.default_rng(1).normal(size=(10, 1280)).astype(np.float32)
    numbers, scales = quantise(weights)
    assert np.abs(numbers * scales[:, None] - weights).max() <= scales.max() / 2 + 1e-6


@pytest.mark.photos
def test_dogs_are_found_in_a_dogs_life_and_not_in_a_wedding(photos_folder: Path) -> None:
    from core.ingest.decoder import decode

    def share(folder: str, word: str) -> float:
        paths = sorted((photos_folder / folder).glob("*.[jJ][pP]*[gG]"))[::8]
        if not paths:
            pytest.skip(f"{folder} is not there")
        return sum(word in shown(decode(path, 1).rgb) for path in paths) / len(paths)

    assert share("beagle_leela", "dog") > 0.7
    assert share("wedding_5d", "dog") == 0
