"""RAW files made from nothing: DNGs laid out as cameras write them, for people who have no RAWs to give.

Everything a RAW's way through the program depends on is there: a small picture in the first directory, the sensor's
data and a full-size JPEG in directories below it, camera and time as EXIF. The sensor's data are the picture's own
pixels, a colour each, in 8 bits behind a curve, as Leica's M8 wrote them: the files are as large as a camera's
compressed ones (32 MB for 24 MP), LibRaw can develop them, and making them costs no more than writing them.
"""

import io
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from benchmarks.tiff import (
    ASCII,
    BYTE,
    HEADER,
    LONG,
    RATIONAL,
    SHORT,
    SIGNED_RATIONAL,
    Entry,
    directory,
    numbers,
    one_after_another,
)

_THUMBNAIL = 256  # pixels along the longer side, as in Adobe's DNGs
_WHITE = 4095
_GAMMA = 2.2
# From XYZ to the linear colours of sRGB (IEC 61966-2-1): the made-up sensor sees as sRGB does.
_COLOURS = (32406, -15372, -4986, -9689, 18758, 415, 557, -2040, 10570)  # in 1/10000
_DAYLIGHT = 21  # D65, of CalibrationIlluminant (EXIF's LightSource)
_SUBDIRECTORIES, _EXIF = 0x014A, 0x8769


def raw(rgb: NDArray[np.uint8], preview: bytes, camera: str, taken_at: datetime) -> bytes:
    """Make a DNG 1.4 file.

    Args:
        rgb: the picture, shape (H, W, 3), both sides even.
        preview: the same as JPEG, 4:2:2.
        camera: its model.
        taken_at: goes into the file to the second.
    """
    image = Image.fromarray(rgb)
    image.thumbnail((_THUMBNAIL, _THUMBNAIL), Image.Resampling.BOX)
    pictures = (image.tobytes(), preview, _mosaic(rgb).tobytes())

    def head(directories: list[int], offsets: list[int]) -> list[bytes]:
        """Write all directories, with what they point at."""
        sub, exif = numbers(LONG, *directories[1:3]), directories[3]
        return [
            directory(directories[0], _first(image.size, camera, offsets[0], sub, exif)),
            directory(directories[1], _sensor(rgb, offsets[2])),
            directory(directories[2], _preview(rgb, offsets[1], len(preview))),
            directory(directories[3], _details(taken_at)),
        ]

    lengths = [len(each) for each in head([0] * 4, [0] * 3)]  # the same wherever they are placed
    places = one_after_another(len(HEADER), [*lengths, *map(len, pictures)])
    out = io.BytesIO()
    for place, part in zip([0, *places], [HEADER, *head(places[:4], places[4:]), *pictures], strict=False):
        out.seek(place)
        out.write(part)
    return out.getvalue()


def _mosaic(rgb: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Keep one colour a pixel: red and green, green and blue by turns (Bayer)."""
    mosaic = rgb[..., 1].copy()
    mosaic[::2, ::2] = rgb[::2, ::2, 0]
    mosaic[1::2, 1::2] = rgb[1::2, 1::2, 2]
    return mosaic


def _first(size: tuple[int, int], camera: str, offset: int, sub: bytes, exif: int) -> list[Entry]:
    """Return the small picture's directory, which also describes the whole file (DNG 1.4, chapter 4)."""
    model = camera.encode() + b"\0"
    colours = [number for value in _COLOURS for number in (value, 10_000)]
    return [
        *_strip(1, size, 3, 1, 2, offset, 3 * size[0] * size[1], model, sub),
        (_EXIF, LONG, exif),
        (0xC612, BYTE, numbers(BYTE, 1, 4, 0, 0)),  # DNGVersion
        (0xC613, BYTE, numbers(BYTE, 1, 1, 0, 0)),  # DNGBackwardVersion
        (0xC614, ASCII, model),  # UniqueCameraModel
        (0xC621, SIGNED_RATIONAL, numbers(SIGNED_RATIONAL, *colours)),  # ColorMatrix1
        (0xC628, RATIONAL, numbers(RATIONAL, 1, 1, 1, 1, 1, 1)),  # AsShotNeutral
        (0xC65A, SHORT, _DAYLIGHT),  # CalibrationIlluminant1
    ]


def _sensor(rgb: NDArray[np.uint8], offset: int) -> list[Entry]:
    height, width = rgb.shape[:2]
    curve = np.round(_WHITE * np.linspace(0, 1, 256) ** _GAMMA).astype("<u2").tobytes()
    return [
        *_strip(0, (width, height), 1, 1, 32803, offset, width * height),
        (0x828D, SHORT, numbers(SHORT, 2, 2)),  # CFARepeatPatternDim
        (0x828E, BYTE, numbers(BYTE, 0, 1, 1, 2)),  # CFAPattern: RGGB
        (0xC618, SHORT, curve),  # LinearizationTable
        (0xC61D, LONG, _WHITE),  # WhiteLevel
    ]


def _preview(rgb: NDArray[np.uint8], offset: int, length: int) -> list[Entry]:
    height, width = rgb.shape[:2]
    return [
        *_strip(1, (width, height), 3, 7, 6, offset, length),
        (0x0212, SHORT, numbers(SHORT, 2, 1)),  # YCbCrSubSampling
    ]


def _details(taken_at: datetime) -> list[Entry]:
    return [(0x9003, ASCII, taken_at.strftime("%Y:%m:%d %H:%M:%S").encode() + b"\0")]  # DateTimeOriginal


def _strip(
    reduced: int,
    size: tuple[int, int],
    channels: int,
    compression: int,
    colours: int,
    offset: int,
    length: int,
    model: bytes = b"",
    sub: bytes = b"",
) -> list[Entry]:
    """Return what every picture in a TIFF file has, kept in one strip; camera and subdirectories where they belong."""
    return [
        (0x00FE, LONG, reduced),
        (0x0100, LONG, size[0]),
        (0x0101, LONG, size[1]),
        (0x0102, SHORT, numbers(SHORT, *[8] * channels)),
        (0x0103, SHORT, compression),
        (0x0106, SHORT, colours),
        *([(0x010F, ASCII, model), (0x0110, ASCII, model)] if model else []),
        (0x0111, LONG, offset),
        (0x0112, SHORT, 1),
        (0x0115, SHORT, channels),
        (0x0116, LONG, size[1]),
        (0x0117, LONG, length),
        *([(_SUBDIRECTORIES, LONG, sub)] if sub else []),
    ]
