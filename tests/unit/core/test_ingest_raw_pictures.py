"""The pictures in a RAW: laid out as the makers do, the small one is found by little reading; damaged, nothing is."""

import io
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from benchmarks.pipeline.made_up_raw import raw
from benchmarks.tiff import HEADER, LONG, SHORT, Entry, directory, numbers, one_after_another
from core.ingest.exif_reader import read_metadata
from core.ingest.raw_pictures import raw_pictures, small_picture
from core.ingest.scanner import ScannedFile
from fixtures.photo_files import lossless

UNDEFINED = 7
MADE = raw(
    np.random.default_rng(3).integers(0, 256, (96, 144, 3), np.uint8), b"", "Made Up 1", datetime(2025, 6, 14)
)


def jpeg(size: tuple[int, int], exif: bytes = b"") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (90, 120, 60)).save(out, "JPEG", exif=exif)
    return out.getvalue()


def shown(path: Path, data: bytes) -> Image.Image | None:
    """What the first screen is given of a file."""
    path.write_bytes(data)
    preview = read_metadata(ScannedFile(path, len(data), path.stat().st_mtime_ns)).preview
    return Image.open(io.BytesIO(preview)) if preview else None


def jpeg_at(offset: int, data: bytes) -> list[Entry]:
    return [(0x0201, LONG, offset), (0x0202, LONG, len(data))]


def strip_at(offset: int, length: int, size: tuple[int, int], colours: int, compression: int) -> list[Entry]:
    return [
        (0x0100, LONG, size[0]),
        (0x0101, LONG, size[1]),
        (0x0103, SHORT, compression),
        (0x0106, SHORT, colours),
        (0x0111, LONG, offset),
        (0x0117, LONG, length),
    ]


def as_nikon(orientation: int) -> bytes:
    """A NEF: bare RGB with black bars in front, the full-size JPEG and the sensor's data below it."""
    small = np.full((120, 160, 3), 130, np.uint8)
    small[:7] = small[-7:] = 0
    pictures = small.tobytes(), jpeg((6016, 4016)), bytes(9)

    def directories(sub: int, sensor: int, small_at: int, large_at: int) -> list[bytes]:
        front = strip_at(small_at, small.size, (160, 120), 2, 1)
        front.insert(5, (0x0112, SHORT, orientation))
        front.append((0x014A, LONG, numbers(LONG, sub, sensor)))
        return [
            directory(len(HEADER), front),
            directory(sub, jpeg_at(large_at, pictures[1])),
            directory(sensor, strip_at(0, 9, (6034, 4028), 32803, 34713)),
        ]

    places = one_after_another(
        len(HEADER), [*map(len, directories(0, 0, 0, 0)), len(pictures[0]), len(pictures[1])]
    )
    return HEADER + b"".join(directories(*places[1:5])) + b"".join(pictures)


@pytest.mark.parametrize(("orientation", "size"), [(1, (160, 106)), (8, (106, 160))])
def test_of_nikons_bare_picture_the_bars_are_cropped(
    tmp_path: Path, orientation: int, size: tuple[int, int]
) -> None:
    picture = shown(tmp_path / "a.nef", as_nikon(orientation))
    assert picture is not None
    assert picture.size == size
    assert np.asarray(picture).min() > 100  # nothing black is left


def test_the_smallest_that_is_worth_showing_is_chosen(tmp_path: Path) -> None:
    large, small, tiny = jpeg((1600, 1067)), jpeg((160, 107)), jpeg((60, 40))

    def directories(second: int, third: int, *places: int) -> list[bytes]:
        return [
            directory(len(HEADER), jpeg_at(places[0], large), second),
            directory(second, jpeg_at(places[1], tiny), third),
            directory(third, jpeg_at(places[2], small)),
        ]

    pictures = large, tiny, small
    places = one_after_another(len(HEADER), map(len, [*directories(0, 0, 0, 0, 0), *pictures]))
    data = bytearray(places[-1])
    for at, part in zip(places, [*directories(*places[1:6]), *pictures], strict=False):
        data[at : at + len(part)] = part
    picture = shown(tmp_path / "a.arw", HEADER + bytes(data[len(HEADER) :]))
    assert picture is not None
    assert picture.size == (160, 107)


def test_of_panasonics_large_jpeg_the_one_within_is_taken(tmp_path: Path) -> None:
    small = jpeg((160, 107))
    inside = directory(len(HEADER), [], following=len(HEADER) + 6)
    at = len(HEADER) + len(inside) + len(directory(0, jpeg_at(0, small)))
    exif = b"Exif\0\0" + HEADER + inside + directory(len(HEADER) + len(inside), jpeg_at(at, small)) + small
    large = jpeg((1920, 1280), exif)
    large += bytes(2**18 - len(large) + 1)
    entry = (0x002E, UNDEFINED, large)
    head = HEADER + directory_of_panasonic(entry, len(HEADER) + 18)
    picture = shown(tmp_path / "a.rw2", b"IIU\0" + head[4:] + large)
    assert picture is not None
    assert picture.size == (160, 107)


def directory_of_panasonic(entry: tuple[int, int, bytes], at: int) -> bytes:
    """One entry whose value lies behind the directory."""
    tag, kind, value = entry
    return b"\1\0" + numbers(SHORT, tag, kind) + numbers(LONG, len(value), at, 0)


def test_sensor_data_are_never_shown(tmp_path: Path) -> None:
    data = lossless()
    size = len(HEADER) + len(directory(0, strip_at(0, 0, (0, 0), 0, 0)))
    for colours, compression in ((32803, 7), (34892, 7), (0, 6)):  # DNG's, DNG's, CR2's
        front = directory(len(HEADER), strip_at(size, len(data), (640, 480), colours, compression))
        assert shown(tmp_path / "a.cr2", HEADER + front + data) is None


def test_pages_of_a_tiff_picture_are_no_previews(tmp_path: Path) -> None:
    assert shown(tmp_path / "a.nef", as_nikon(1)) is not None
    assert shown(tmp_path / "a.tif", as_nikon(1)) is None


def test_little_is_read_of_a_large_file(tmp_path: Path) -> None:
    class Counted(io.BytesIO):
        total = 0

        def read(self, size: int | None = -1) -> bytes:
            data = super().read(size)
            self.total += len(data)
            return data

    stream = Counted(as_nikon(1))
    assert small_picture(stream, raw_pictures(stream))
    assert stream.total < 65_000  # 57,600 of them the picture's


def test_directories_in_a_circle_end() -> None:
    below = numbers(LONG, 8, 8, 8, 40)
    circle = HEADER + directory(8, [(0x0100, LONG, 30), (0x0101, LONG, 20), (0x014A, LONG, below)], 8)
    assert raw_pictures(io.BytesIO(circle)).size == (30, 20)


@pytest.mark.parametrize("size", [(70_000, 1), (0, 200), (119, 80)])
def test_bare_pictures_of_no_use_are_left_out(size: tuple[int, int]) -> None:
    length = 3 * size[0] * size[1]
    front = directory(8, strip_at(100, length, size, 2, 1))
    stream = io.BytesIO((HEADER + front).ljust(100, b"\0") + bytes(length))
    assert small_picture(stream, raw_pictures(stream)) == b""


@given(st.data())
def test_damaged_files_have_pictures_or_none(data: st.DataObject) -> None:
    damaged = bytearray(MADE[:4096])
    for _ in range(data.draw(st.integers(0, 8))):
        damaged[data.draw(st.integers(0, 700))] = data.draw(st.integers(0, 255))
    stream = io.BytesIO(bytes(damaged[: data.draw(st.integers(0, 4096))]) + MADE[4096:])
    small = small_picture(stream, raw_pictures(stream))
    assert small == b"" or small[:2] == b"\xff\xd8"
