"""A small shoot out of nothing, in every format that can be written here: what the self-test analyses."""

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from PIL import Image

from core.protocols import RgbImage

_MODEL, _EXIF_IFD, _TAKEN = 0x0110, 0x8769, 0x9003  # EXIF 2.32, 4.6
_SIZE = (1200, 800)
_BURST = ("burst-1.jpg", "burst-2.jpg", "burst-3.jpg")
_OTHERS = ("one.png", "two.tif", "three.webp", "four.heic", "five.avif")
_BEGINNING = datetime(2025, 6, 14, 10)

MADE_UP = (*_BURST, *_OTHERS)
"""The file names; the first three are one burst."""


def write_made_up_shoot(folder: Path) -> None:
    """Write the photos of ``MADE_UP`` into a folder that is there. Needs the decoders' writing side as well."""
    moment = made_up_picture(0)
    for index, name in enumerate(_BURST):
        _write(folder / name, np.roll(moment, 5 * index, axis=1), _BEGINNING + timedelta(seconds=index))
    for index, name in enumerate(_OTHERS, start=1):
        _write(folder / name, made_up_picture(index), _BEGINNING + timedelta(minutes=20 * index))


def made_up_picture(seed: int) -> RgbImage:
    """Make soft colours under fine grain, so that there is something to embed, to hash and to be sharp."""
    random = np.random.default_rng(seed)
    coarse = Image.fromarray(random.integers(0, 256, (8, 12, 3), dtype=np.uint8))
    soft = np.asarray(coarse.resize(_SIZE, Image.Resampling.BICUBIC), np.int16)
    grain = random.integers(-16, 17, (_SIZE[1], _SIZE[0], 1), dtype=np.int16)
    picture: RgbImage = np.clip(soft + grain, 0, 255).astype(np.uint8)
    return picture


def _write(path: Path, picture: RgbImage, taken_at: datetime) -> None:
    exif = Image.Exif()
    exif[_MODEL] = "Made up"
    exif.get_ifd(_EXIF_IFD)[_TAKEN] = taken_at.strftime("%Y:%m:%d %H:%M:%S")
    Image.fromarray(picture).save(path, exif=exif, quality=90)
