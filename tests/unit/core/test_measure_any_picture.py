"""Whatever a file holds, its measures are numbers, or say that it cannot be measured."""

import math
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from skimage import data

from core.ingest.scanner import photo_id
from core.pipeline.workers import measure_photo
from core.types import Analysis, Photo
from models.local import LocalModels

RANDOM = np.random.default_rng(0)
NOISE = RANDOM.integers(0, 256, (300, 400, 3), dtype=np.uint8)
ASTRONAUT = Image.fromarray(data.astronaut())


def crowd() -> Image.Image:
    """Two hundred faces."""
    picture = Image.new("RGB", (2000, 1000), "grey")
    head = ASTRONAUT.crop((160, 20, 300, 210)).resize((70, 95), Image.Resampling.LANCZOS)
    for index in range(200):
        picture.paste(head, (index % 20 * 100, index // 20 * 100))
    return picture


PICTURES = {
    "black.png": Image.new("RGB", (400, 300)),
    "white.jpg": Image.new("RGB", (400, 300), "white"),
    "one colour.jpg": Image.new("RGB", (400, 300), (200, 30, 60)),
    "one pixel.png": Image.new("RGB", (1, 1), "red"),
    "20 wide.png": Image.fromarray(NOISE[:, :20].copy()),
    "40000 wide.jpg": Image.new("RGB", (40_000, 30), (90, 120, 90)),
    "cmyk.jpg": Image.fromarray(NOISE).convert("CMYK"),
    "grey.jpg": Image.fromarray(NOISE).convert("L"),
    "16 bit.png": Image.fromarray(NOISE[:, :, 0].astype(np.uint16) << 8),
    "alpha.png": Image.fromarray(np.dstack([NOISE, NOISE[:, :, 0]])),
    "palette.png": Image.fromarray(NOISE).convert("P"),
    "noise.jpg": Image.fromarray(NOISE),
    "face.jpg": ASTRONAUT.crop((170, 60, 290, 200)),
    "crowd.jpg": crowd(),
}


def measured(file: Path) -> Analysis:
    status = file.stat()
    photo = Photo(photo_id(file), file, size_bytes=status.st_size, mtime_ns=status.st_mtime_ns)
    return measure_photo(photo, LocalModels()).analysis


@pytest.mark.parametrize("name", PICTURES)
def test_no_picture_has_a_measure_that_is_no_number(name: str, tmp_path: Path) -> None:
    PICTURES[name].save(tmp_path / name)
    analysis = measured(tmp_path / name)
    assert math.isfinite(analysis.sharpness.score)
    assert analysis.sharpness.score >= 0
    assert analysis.sharpness.in_focus is None or 0 <= analysis.sharpness.in_focus <= 1
    light = analysis.exposure
    assert all(math.isfinite(value) for value in (light.mean, light.clipped_high, light.clipped_low))
    assert 0 <= light.score <= 1
    assert math.isfinite(light.likeliness)
    assert np.isfinite(analysis.embedding.vector).all()
    for face in analysis.faces:
        assert face.smile is None or 0 <= face.smile <= 1
        assert face.eyes_open is None or 0 <= face.eyes_open <= 1
        assert face.sharpness is None or math.isfinite(face.sharpness)


def test_nothing_to_measure_is_said_as_such(tmp_path: Path) -> None:
    PICTURES["one colour.jpg"].save(tmp_path / "one colour.jpg")
    sharpness = measured(tmp_path / "one colour.jpg").sharpness
    assert (sharpness.score, sharpness.in_focus, sharpness.subject) == (0.0, None, None)


def test_a_crowd_is_counted_and_its_compression_known(tmp_path: Path) -> None:
    PICTURES["crowd.jpg"].save(tmp_path / "fine.jpg", quality=95)
    PICTURES["crowd.jpg"].save(tmp_path / "coarse.jpg", quality=30)
    fine, coarse = measured(tmp_path / "fine.jpg"), measured(tmp_path / "coarse.jpg")
    assert len(fine.faces) >= 150
    assert 1 < fine.compression < coarse.compression
