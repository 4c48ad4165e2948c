"""Large JPEGs as cameras write them, with EXIF times and a preview inside, made fast enough to make thousands."""

import io
import struct
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter

from benchmarks.tiff import ASCII, HEADER, LONG, SHORT, directory

_START = datetime(2025, 6, 14, 9, 0, 0)
_PREVIEW = (160, 107)
_LOOKS = 6  # pictures that differ; the files repeat them in turn


def write_shoot(folder: Path, count: int, large: int) -> None:
    """Write photos in bursts of four, ten seconds apart.

    Args:
        folder: made where it is missing.
        count: of files in all.
        large: how many of the first ones have 24 MP; the others have 2 MP, so that making them ends.
    """
    folder.mkdir(parents=True, exist_ok=True)
    sizes = {True: (6000, 4000), False: (1800, 1200)}
    looks = {is_large: [_picture(seed, size) for seed in range(_LOOKS)] for is_large, size in sizes.items()}
    for number, taken_at in zip(range(count), _times(), strict=False):
        picture, preview = looks[number < large][number // 4 % _LOOKS]
        data = b"\xff\xd8" + _exif(taken_at, preview) + picture[2:]
        (folder / f"IMG_{number:05}.JPG").write_bytes(data)


def _times() -> Iterator[datetime]:
    at = _START
    while True:
        for _ in range(4):
            yield at
            at += timedelta(milliseconds=300)
        at += timedelta(seconds=9)


def _picture(seed: int, size: tuple[int, int]) -> tuple[bytes, bytes]:
    """Make a JPEG of about as many bytes as a photo has, and its preview."""
    random = np.random.default_rng(seed)
    shapes = Image.fromarray(random.integers(0, 256, (40, 60, 3), np.uint8)).resize(
        size, Image.Resampling.BICUBIC
    )
    grain = Image.fromarray(random.integers(0, 256, (size[1], size[0]), np.uint8))
    grain = grain.filter(ImageFilter.GaussianBlur(1.0)).convert("RGB")
    image = Image.blend(shapes, grain, 0.25)
    return _jpeg(image, 90), _jpeg(image.resize(_PREVIEW), 80)


def _jpeg(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, subsampling=2)
    return out.getvalue()


def _exif(taken_at: datetime, preview: bytes) -> bytes:
    """Make an APP1 segment (CIPA DC-008): camera and time, and the preview in the second directory."""
    date = taken_at.strftime("%Y:%m:%d %H:%M:%S").encode() + b"\0"
    fraction = f"{taken_at.microsecond // 1000:03}".encode() + b"\0"
    model = b"Benchcam\0"
    times = [(0x9003, ASCII, date), (0x9291, ASCII, fraction)]
    first = directory(8, [(0x0110, ASCII, model), (0x8769, LONG, 0)], 0)
    exif_at = 8 + len(first)
    exif = directory(exif_at, times, 0)
    second_at = exif_at + len(exif)
    inside = [(0x0103, SHORT, 6), (0x0201, LONG, 0), (0x0202, LONG, len(preview))]
    preview_at = second_at + len(directory(second_at, inside, 0))
    inside[1] = (0x0201, LONG, preview_at)
    first = directory(8, [(0x0110, ASCII, model), (0x8769, LONG, exif_at)], second_at)
    tiff = HEADER + first + exif + directory(second_at, inside, 0) + preview
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
