"""Shoots made from nothing, as heavy to decode as a camera's: for whoever has no folder to give."""

import io
import struct
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from skimage import data

_START = datetime(2025, 6, 14, 9, 0, 0)
_GRAIN = 7.0  # standard deviation in grey levels; makes a 24 MP JPEG about 8 MB at quality 92
_QUALITY = 92
_PAUSE = 90  # seconds between bursts


def picture(megapixels: float, seed: int) -> NDArray[np.uint8]:
    """A frame of 3:2: soft colours, film grain, and in every third one a face (NASA, public domain)."""
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
    """A camera's EXIF block: model, time, and the small picture every camera puts in.

    Three directories by hand, as TIFF 6.0 has them, for Pillow writes no thumbnail.
    """
    model, when = b"Made Up 1\0", taken_at.strftime("%Y:%m:%d %H:%M:%S").encode() + b"\0"
    first, details, second = 8, 50, 80
    texts = 120
    block = b"II*\0" + struct.pack("<I", first)
    block += struct.pack(
        "<HHHIIHHIHHHHIII", 3, 0x0110, 2, len(model), texts, 0x0112, 3, 1, 1, 0, 0x8769, 4, 1, details, second
    )
    block = block.ljust(details, b"\0")
    block += struct.pack("<HHHIII", 1, 0x9003, 2, len(when), texts + len(model), 0)
    block = block.ljust(second, b"\0")
    at = texts + len(model) + len(when)
    block += struct.pack("<HHHIIHHIII", 2, 0x0201, 4, 1, at, 0x0202, 4, 1, len(small), 0)
    return b"Exif\0\0" + block.ljust(texts, b"\0") + model + when + small


def write_shoot(folder: Path, count: int, megapixels: float, suffix: str = ".jpg", first: int = 0) -> Path:
    """Writes bursts of four, 0.5 s from frame to frame; ``first`` numbers the first frame."""
    folder.mkdir(parents=True, exist_ok=True)
    for burst in range(first // 4, -(-(first + count) // 4)):
        rgb = picture(megapixels, burst)
        image = Image.fromarray(rgb)
        out = io.BytesIO()
        image.resize((160, 107), Image.Resampling.BOX).save(out, "JPEG")
        encoded = _encoded(image, suffix, exif(_START, out.getvalue()))
        for frame in range(max(4 * burst, first), min(4 * burst + 4, first + count)):
            taken_at = _START + timedelta(seconds=_PAUSE * burst + 0.5 * (frame % 4))
            when = taken_at.strftime("%Y:%m:%d %H:%M:%S").encode()
            stamp = _START.strftime("%Y:%m:%d %H:%M:%S").encode()
            (folder / f"MADE{frame:06}{suffix}").write_bytes(encoded.replace(stamp, when, 1))
    return folder


def _encoded(image: Image.Image, suffix: str, block: bytes) -> bytes:
    out = io.BytesIO()
    if suffix == ".heic":
        from pillow_heif import register_heif_opener

        register_heif_opener()
        image.save(out, "HEIF", quality=60, exif=block)
    else:
        image.save(out, "JPEG", quality=_QUALITY, subsampling="4:2:2", exif=block)
    return out.getvalue()
