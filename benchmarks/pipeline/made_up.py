"""Shoots made from nothing, as heavy to decode as a camera's: for people who have no folder to give."""

import io
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from skimage import data

from benchmarks.pipeline import made_up_raw
from benchmarks.tiff import ASCII, HEADER, LONG, SHORT, directory, one_after_another

_CAMERA = "Made Up 1"
_START = datetime(2025, 6, 14, 9, 0, 0)
_GRAIN = 7.0  # standard deviation in grey levels; makes a 24 MP JPEG about 8 MB at quality 92
_QUALITY = 92
_TIME = "%Y:%m:%d %H:%M:%S"
_PAUSE = 90  # seconds between bursts


def picture(megapixels: float, seed: int) -> NDArray[np.uint8]:
    """Make a frame of 3:2: soft colours, film grain, and in every third one a face (NASA, public domain)."""
    random = np.random.default_rng(seed)
    height = round((megapixels * 1e6 / 1.5) ** 0.5) // 8 * 8
    width = height * 3 // 2
    coarse = random.integers(20, 236, (8, 12, 3), dtype=np.uint8)
    base = np.asarray(Image.fromarray(coarse).resize((width, height), Image.Resampling.BICUBIC)).copy()
    if seed % 3 == 0:
        side = height // 2
        face = Image.fromarray(data.astronaut()).resize((side, side), Image.Resampling.BICUBIC)
        base[side // 2 : side // 2 + side, side : 2 * side] = np.asarray(face)
    grain = random.normal(0, _GRAIN, (512, 512, 1)).astype(np.int16)
    for top in range(0, height, 512):
        for left in range(0, width, 512):
            tile = base[top : top + 512, left : left + 512]
            noisy = tile + grain[: tile.shape[0], : tile.shape[1]]
            base[top : top + 512, left : left + 512] = np.clip(noisy, 0, 255)
    return base


def exif(taken_at: datetime, small: bytes) -> bytes:
    """Make a camera's EXIF block: model, time, and the small picture every camera adds; Pillow writes none."""

    def directories(details: int, second: int, picture: int) -> list[bytes]:
        model, when = _CAMERA.encode() + b"\0", taken_at.strftime(_TIME).encode() + b"\0"
        return [
            directory(
                len(HEADER), [(0x0110, ASCII, model), (0x0112, SHORT, 1), (0x8769, LONG, details)], second
            ),
            directory(details, [(0x9003, ASCII, when)]),
            directory(second, [(0x0201, LONG, picture), (0x0202, LONG, len(small))]),
        ]

    places = one_after_another(len(HEADER), map(len, directories(0, 0, 0)))
    return b"Exif\0\0" + HEADER + b"".join(directories(*places[1:])) + small


def write_shoot(folder: Path, count: int, megapixels: float, suffix: str = ".jpg", first: int = 0) -> Path:
    """Write bursts of four, 0.5 s from frame to frame; ``first`` numbers the first frame."""
    folder.mkdir(parents=True, exist_ok=True)
    for burst in range(first // 4, -(-(first + count) // 4)):
        encoded = _encoded(picture(megapixels, burst), suffix)
        for frame in range(max(4 * burst, first), min(4 * burst + 4, first + count)):
            taken_at = _START + timedelta(seconds=_PAUSE * burst + 0.5 * (frame % 4))
            when = taken_at.strftime(_TIME).encode()
            stamp = _START.strftime(_TIME).encode()
            (folder / f"MADE{frame:06}{suffix}").write_bytes(encoded.replace(stamp, when, 1))
    return folder


def _encoded(rgb: NDArray[np.uint8], suffix: str) -> bytes:
    """Encode a file of the kind that its suffix tells, taken at the start."""
    image, out = Image.fromarray(rgb), io.BytesIO()
    if suffix == ".dng":
        return made_up_raw.raw(rgb, _jpeg(image, _QUALITY), _CAMERA, _START)
    block = exif(_START, _jpeg(image.resize((160, 107), Image.Resampling.BOX), 75))
    if suffix != ".heic":
        return _jpeg(image, _QUALITY, block)
    from pillow_heif import register_heif_opener

    register_heif_opener()
    image.save(out, "HEIF", quality=60, exif=block)
    return out.getvalue()


def _jpeg(image: Image.Image, quality: int, block: bytes = b"") -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, subsampling="4:2:2", exif=block)
    return out.getvalue()
