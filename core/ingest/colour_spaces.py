"""Colour spaces that files name without bringing their profile: Adobe RGB by Exif, others by numbers of ITU-T H.273."""

import struct
from collections.abc import Callable
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.ingest.exif_tags import ExifTags

_Point = tuple[float, float]

_D65: _Point = (0.3127, 0.3290)
_D50 = np.array([0.9642, 1.0, 0.8249])  # the white of profiles (ICC.1:2001-04, 6.3.4.3)
_BRADFORD = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])
_SRGB, _ADOBE_RGB = 1, 2  # of ColorSpace; anything else leaves it to the interoperability index
_CURVE_STEPS = 1024


class ColourCodes(NamedTuple):
    """How a picture's colours are coded, by the numbers of ITU-T H.273."""

    primaries: int
    transfer: int


class TransferCurve(IntEnum):
    """The transfer characteristics of pictures brighter than paper white."""

    PQ = 16
    HLG = 18


class _Primaries(NamedTuple):
    """Red, green and blue as x and y; white is D65."""

    red: _Point
    green: _Point
    blue: _Point


_BT709 = _Primaries((0.640, 0.330), (0.300, 0.600), (0.150, 0.060))
_ADOBE = _Primaries((0.640, 0.330), (0.210, 0.710), (0.150, 0.060))
_WIDE = {
    9: ("BT.2020", _Primaries((0.708, 0.292), (0.170, 0.797), (0.131, 0.046))),
    12: ("Display P3", _Primaries((0.680, 0.320), (0.265, 0.690), (0.150, 0.060))),
}


def says_adobe_rgb(tags: ExifTags) -> bool:
    """Tell whether Exif data name Adobe RGB, which cameras do by "R03" (DCF 2.0, 5.4) or by the number 2."""
    space = tags.integer("ColorSpace", ifd="EXIF")
    is_r03 = tags.text("Interoperability InteroperabilityIndex").startswith("R03")
    return space == _ADOBE_RGB or (space != _SRGB and is_r03)


@lru_cache(maxsize=1)
def adobe_rgb() -> bytes:
    """Make a profile of what Adobe RGB (1998) describes."""
    return _matrix_profile("Compatible with Adobe RGB", _ADOBE, lambda code: code ** (563 / 256))


@lru_cache(maxsize=4)
def wide_profile(primaries: int) -> bytes | None:
    """Make a profile of the wide colours of that number, with the curve of sRGB; None where they are those of sRGB."""
    if primaries not in _WIDE:
        return None
    name, points = _WIDE[primaries]
    return _matrix_profile(name, points, linear_of_srgb)


def to_bt709(primaries: int) -> NDArray[np.float64]:
    """Return the matrix, shape (3, 3), that turns light of the colours of that number into light of sRGB's."""
    points = _WIDE[primaries][1] if primaries in _WIDE else _BT709
    return np.asarray(np.linalg.inv(_to_xyz(_BT709)) @ _to_xyz(points))


def linear_of_srgb(code: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the light, 0 to 1, of codes of sRGB (IEC 61966-2-1)."""
    return np.where(code <= 0.04045, code / 12.92, ((code + 0.055) / 1.055) ** 2.4)


def srgb_of_linear(light: NDArray[np.float64]) -> NDArray[np.float64]:
    """Code light, 0 to 1, as sRGB does (IEC 61966-2-1)."""
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * np.maximum(light, 0.0) ** (1 / 2.4) - 0.055)


def _to_xyz(points: _Primaries) -> NDArray[np.float64]:
    """Return the matrix, shape (3, 3), that turns linear RGB into XYZ (SMPTE RP 177)."""
    columns = np.stack([_xyz(point) for point in points], axis=1)
    return np.asarray(columns * np.linalg.solve(columns, _xyz(_D65)))


def _xyz(point: _Point) -> NDArray[np.float64]:
    x, y = point
    return np.array([x / y, 1.0, (1 - x - y) / y])


def _matrix_profile(
    name: str, points: _Primaries, curve: Callable[[NDArray[np.float64]], NDArray[np.float64]]
) -> bytes:
    """Make a profile of three primaries and one curve (ICC.1:2001-04, 6.3.1.1)."""
    here, there = _BRADFORD @ _xyz(_D65), _BRADFORD @ _D50
    adapted = np.linalg.inv(_BRADFORD) @ np.diag(there / here) @ _BRADFORD @ _to_xyz(points)
    steps = np.round(65535 * curve(np.linspace(0.0, 1.0, _CURVE_STEPS))).astype(">u2")
    text = name.encode("ascii") + b"\0"
    tones = b"curv" + struct.pack(">II", 0, _CURVE_STEPS) + steps.tobytes()
    tags = {
        b"desc": b"desc" + struct.pack(">II", 0, len(text)) + text + bytes(78),
        b"cprt": b"text" + bytes(4) + b"No copyright\0",
        b"wtpt": _xyz_tag(_D50),
        **{b"%cXYZ" % letter: _xyz_tag(adapted[:, number]) for number, letter in enumerate(b"rgb")},
        **{b"%cTRC" % letter: tones for letter in b"rgb"},
    }
    table, body, at = struct.pack(">I", len(tags)), b"", 128 + 4 + 12 * len(tags)
    for tag, data in tags.items():
        table += struct.pack(">4sII", tag, at + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    head = struct.pack(">I4xI4s4s4s", at + len(body), 0x02400000, b"mntr", b"RGB ", b"XYZ ") + bytes(12)
    head += b"acsp" + bytes(28) + _xyz_tag(_D50)[8:]
    return head.ljust(128, b"\0") + table + body


def _xyz_tag(values: NDArray[np.float64]) -> bytes:
    return b"XYZ " + bytes(4) + np.round(values * 65536).astype(">i4").tobytes()
