"""DINOv2 held to its specification, on a small vision transformer of the same interface.

RGB, 224 x 224 by bilinear interpolation, the mean and the deviation of ImageNet, the class token, of length 1; a file
that is not there, one that is no picture and a model that does not work are errors of ours and those of Python.
"""

import pickle
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from PIL import Image, UnidentifiedImageError
from skimage import data

from core.errors import ModelError, PhotoError, ShortlistError
from core.ingest.decoder import decode
from fixtures import tiny_models
from models.catalogue import find_embedder
from models.embedder import RECIPES, Dinov2Embedder

MEAN, DEVIATION = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


@pytest.fixture(scope="module")
def embedder() -> Dinov2Embedder:
    return Dinov2Embedder(tiny_models.InMemory(tiny_models.vit()), 224)


def as_specified(path: Path) -> np.ndarray:
    """The specification word by word, with nothing of ours in it."""
    pixels = np.asarray(
        Image.open(path).convert("RGB").resize((224, 224), Image.Resampling.BILINEAR), np.float32
    )
    planes = ((pixels / 255 - MEAN) / DEVIATION).transpose(2, 0, 1)[np.newaxis].astype(np.float32)
    session = onnxruntime.InferenceSession(tiny_models.vit(), providers=["CPUExecutionProvider"])
    token = session.run(["last_hidden_state"], {"pixel_values": planes})[0][0, 0]
    vector: np.ndarray = token / np.linalg.norm(token)
    return vector


@pytest.mark.parametrize("size", [(512, 341), (1500, 1000), (224, 224), (100, 300)])
def test_a_picture_becomes_what_the_specification_says(
    embedder: Dinov2Embedder, tmp_path: Path, size: tuple[int, int]
) -> None:
    path = tmp_path / "picture.png"
    Image.fromarray(data.coffee()).resize(size).save(path)
    vector = embedder.embed(decode(path, orientation=1).rgb)
    assert vector == pytest.approx(as_specified(path), abs=1e-5)
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-6)
    assert vector.dtype == np.float32


def test_grey_pictures_and_transparent_ones_are_seen_in_rgb(embedder: Dinov2Embedder, tmp_path: Path) -> None:
    grey = tmp_path / "grey.png"
    Image.fromarray(data.camera()).save(grey)
    assert embedder.embed(decode(grey, orientation=1).rgb) == pytest.approx(as_specified(grey), abs=1e-5)


def test_the_catalogue_gives_the_model_this_recipe_and_side() -> None:
    entry = find_embedder("dinov2-small")
    assert RECIPES[entry.recipe] is Dinov2Embedder
    assert entry.side == 224


def test_a_file_that_is_not_there_is_a_file_not_found(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught:
        decode(tmp_path / "gone.jpg", orientation=1)
    assert isinstance(caught.value, PhotoError)
    assert "gone.jpg" in str(caught.value)


def test_a_file_that_is_no_picture_is_an_unidentified_image(tmp_path: Path) -> None:
    path = tmp_path / "text.jpg"
    path.write_text("no picture at all")
    with pytest.raises(UnidentifiedImageError) as caught:
        decode(path, orientation=1)
    assert isinstance(caught.value, PhotoError)
    assert str(caught.value).startswith("text.jpg")


@pytest.mark.parametrize("name", ["gone.jpg", "text.jpg"])
def test_such_an_error_comes_back_whole_from_a_worker(tmp_path: Path, name: str) -> None:
    (tmp_path / "text.jpg").write_text("no picture at all")
    with pytest.raises(PhotoError) as caught:
        decode(tmp_path / name, orientation=1)
    back = pickle.loads(pickle.dumps(caught.value))
    assert type(back) is type(caught.value)
    assert (back.path, str(back), back.reason) == (tmp_path / name, str(caught.value), caught.value.reason)


def test_a_model_that_does_not_load_is_a_runtime_error() -> None:
    with pytest.raises(RuntimeError) as caught:
        Dinov2Embedder(tiny_models.InMemory(b"no model"), 224)
    assert isinstance(caught.value, ModelError)
    assert "tiny.onnx" in str(caught.value)


def test_a_model_of_another_interface_is_a_runtime_error_when_it_is_asked() -> None:
    other = Dinov2Embedder(tiny_models.InMemory(tiny_models.sscd()), 224)
    with pytest.raises(RuntimeError) as caught:
        other.embed(np.zeros((9, 9, 3), np.uint8))
    assert isinstance(caught.value, ShortlistError)
    assert "tiny.onnx" in str(caught.value)
