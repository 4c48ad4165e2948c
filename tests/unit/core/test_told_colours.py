"""Colours that a file names without bringing their profile: shown and measured as they are meant."""

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pillow_heif
import pytest
from PIL import Image, ImageCms

from app.pictures import LargePictures, Pictures
from core.analysis import exposure, sharpness
from core.ingest.colour_spaces import ColourCodes, adobe_rgb, linear_of_srgb, wide_profile
from core.ingest.decoder import decode
from core.ingest.frame import frame_reduced
from core.ingest.told_colours import colour_codes, told_of_preview
from core.ingest.tone_mapping import to_usual
from core.shoot.shoot import Shoot
from core.types import Photo, PhotoId
from fixtures.photo_files import segment
from fixtures.shoots import scene

PQ, HLG = ColourCodes(9, 16), ColourCodes(9, 18)
GREEN, GREEN_OF_ADOBE = (120, 200, 60), (51, 201, 37)


def interoperable(space: int | None, index: bytes, extra: bytes = b"") -> bytes:
    """A TIFF structure: main directory, Exif directory with the colour space, interoperability directory."""
    count = 1 + (space is not None)
    details = 8 + 2 + 12 * (1 + len(extra) // 12) + 4
    last = details + 2 + 12 * count + 4
    main = struct.pack("<HHHII", 1 + len(extra) // 12, 0x8769, 4, 1, details) + extra + bytes(4)
    body = struct.pack("<H", count)
    if space is not None:
        body += struct.pack("<HHIHH", 0xA001, 3, 1, space, 0)
    body += struct.pack("<HHII", 0xA005, 4, 1, last) + bytes(4)
    index_entry = struct.pack("<HHHI4s", 1, 1, 2, 4, index) + bytes(4)
    return b"II*\0" + struct.pack("<I", 8) + main + body + index_entry


def green_jpeg(space: int | None, index: bytes, icc: bytes | None = None) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (640, 480), GREEN).save(out, "JPEG", quality=97, subsampling=0, icc_profile=icc)
    data = out.getvalue()
    return data[:2] + segment(0xE1, b"Exif\0\0" + interoperable(space, index)) + data[2:]


def shown_colour(path: Path) -> list[int]:
    """In the middle of the picture as the grid shows it."""
    small = frame_reduced(Photo(PhotoId("a"), path), 64)
    return [int(value) for value in small[small.shape[0] // 2, small.shape[1] // 2]]


@pytest.mark.parametrize(("space", "index"), [(65535, b"R03\0"), (None, b"R03\0"), (2, b"R98\0")])
def test_adobe_rgb_that_only_exif_tells_is_shown_in_its_colours(
    tmp_path: Path, space: int | None, index: bytes
) -> None:
    path = tmp_path / "_DSC0001.jpg"
    path.write_bytes(green_jpeg(space, index))
    assert shown_colour(path) == pytest.approx(GREEN_OF_ADOBE, abs=4)
    shoot, pictures = Shoot(), Pictures()
    photo = Photo(PhotoId("a"), path)
    shoot.photos = {photo.id: photo}
    pictures.set_shoot(shoot)
    for box in (None, (320, 240)):
        large = LargePictures(pictures).load(photo.id, box)
        assert large.icc == adobe_rgb(), "the large view converts from there to the screen"


@pytest.mark.parametrize(
    ("space", "index"), [(1, b"R98\0"), (1, b"R03\0"), (65535, b"R98\0"), (65535, b"\0\0\0\0")]
)
def test_what_is_not_said_to_be_adobe_rgb_is_left_as_it_is(tmp_path: Path, space: int, index: bytes) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(green_jpeg(space, index))
    assert shown_colour(path) == pytest.approx(GREEN, abs=4)


def test_a_profile_in_the_file_comes_before_what_exif_says(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    path.write_bytes(green_jpeg(65535, b"R03\0", srgb))
    assert shown_colour(path) == pytest.approx(GREEN, abs=4)


def test_the_preview_of_a_raw_has_the_colours_the_camera_was_set_to() -> None:
    assert told_of_preview(io.BytesIO(interoperable(65535, b"R03\0"))) == adobe_rgb()
    assert told_of_preview(io.BytesIO(interoperable(1, b"R98\0"))) is None
    converted = interoperable(65535, b"R03\0", struct.pack("<HHI4B", 0xC612, 1, 4, 1, 4, 0, 0))
    assert told_of_preview(io.BytesIO(converted)) is None


def coded(rgb: np.ndarray, codes: ColourCodes) -> np.ndarray:
    """A picture in sRGB as a camera would code it: diffuse white at 203 cd/m², at 75 % of the signal in HLG."""
    to_wide = np.array([[0.6274, 0.3293, 0.0433], [0.0691, 0.9195, 0.0114], [0.0164, 0.0880, 0.8956]])
    light = np.clip(linear_of_srgb(rgb / 255.0) @ to_wide.T, 0, None)
    if codes.transfer == 16:
        power = (light * 203 / 10_000) ** 0.1593017578125
        code = ((0.8359375 + 18.8515625 * power) / (1 + 18.6875 * power)) ** 78.84375
    else:
        light = light * 0.265
        bright = 0.17883277 * np.log(np.maximum(12 * light - 0.28466892, 1e-9)) + 0.55991073
        code = np.where(light <= 1 / 12, np.sqrt(3 * light), bright)
    rounded: np.ndarray = np.round(code * 255).astype(np.uint8)
    return rounded


def bright_heif(path: Path, rgb: np.ndarray, codes: ColourCodes) -> Path:
    picture = pillow_heif.from_pillow(Image.fromarray(coded(rgb, codes)))
    picture.save(path, quality=95, color_primaries=codes.primaries, transfer_characteristics=codes.transfer,
                 matrix_coefficients=9, full_range_flag=1, save_nclx_profile=True)  # fmt: skip
    return path


def bright_avif(path: Path, rgb: np.ndarray, codes: ColourCodes) -> Path:
    out = io.BytesIO()
    Image.fromarray(coded(rgb, codes)).save(out, "AVIF", quality=95)
    data = out.getvalue()
    at = data.index(b"colrnclx") + 8
    path.write_bytes(data[:at] + struct.pack(">HH", *codes) + data[at + 4 :])
    return path


def bright_png(path: Path, rgb: np.ndarray, codes: ColourCodes) -> Path:
    out = io.BytesIO()
    Image.fromarray(coded(rgb, codes)).save(out, "PNG")
    data, content = out.getvalue(), b"cICP" + bytes([*codes, 0, 1])
    path.write_bytes(
        data[:33] + struct.pack(">I", 4) + content + struct.pack(">I", zlib.crc32(content)) + data[33:]
    )
    return path


@pytest.mark.parametrize("codes", [PQ, HLG], ids=["PQ", "HLG"])
@pytest.mark.parametrize("write", [bright_heif, bright_avif, bright_png])
def test_a_picture_for_bright_screens_looks_and_measures_like_its_jpeg(
    tmp_path: Path, write: Callable[[Path, np.ndarray, ColourCodes], Path], codes: ColourCodes
) -> None:
    picture = np.asarray(scene(3, (480, 320)))
    decoded = decode(write(tmp_path / "a.hif", picture, codes))
    assert decoded.icc is None
    assert np.abs(decoded.rgb.astype(int) - picture).mean() < 8
    usual, bright = (exposure.measure(each, sharpness.luma(each)) for each in (picture, decoded.rgb))
    assert bright.mean == pytest.approx(usual.mean, abs=0.03)
    assert bright.score == pytest.approx(usual.score, abs=0.1)


def test_wide_colours_without_a_profile_are_shown_as_they_are_meant(tmp_path: Path) -> None:
    path = bright_png(tmp_path / "a.png", np.full((64, 64, 3), 128), PQ)
    data = path.read_bytes()
    at = data.index(b"cICP")
    content = b"cICP" + bytes([12, 13, 0, 1])
    path.write_bytes(data[:at] + content + struct.pack(">I", zlib.crc32(content)) + data[at + 12 :])
    assert decode(path).icc == wide_profile(12)


@pytest.mark.parametrize("codes", [PQ, HLG], ids=["PQ", "HLG"])
def test_tones_for_bright_screens_keep_their_order_and_their_greys(codes: ColourCodes) -> None:
    greys = np.repeat(np.arange(256, dtype=np.uint8)[None, :, None], 3, axis=2)
    mapped = to_usual(greys, codes).astype(int)[0]
    assert np.ptp(mapped, axis=1).max() <= 2, "grey stays grey"
    assert np.diff(mapped[:, 1]).min() >= 0
    assert mapped[0].max() == 0
    assert mapped[-1].min() == 255
    white = to_usual(coded(np.full((1, 1, 3), 255), codes), codes)
    assert 235 <= white.min() <= 250, "paper white is all but white, and leaves room for what shines"


@pytest.mark.parametrize("codes", [PQ, HLG], ids=["PQ", "HLG"])
def test_colours_of_usual_brightness_come_back_as_they_were(codes: ColourCodes) -> None:
    colours = np.stack(np.meshgrid(*[np.arange(40, 201, 8)] * 3), axis=-1).reshape(1, -1, 3)
    off = np.abs(to_usual(coded(colours, codes), codes).astype(int) - colours)
    assert off.mean() < 1.2
    assert off.max() < 24, "eight bits of PQ are coarse in the dark"


def test_colours_in_boxes_that_make_no_sense_are_not_told(tmp_path: Path) -> None:
    data = bright_heif(tmp_path / "a.heic", np.full((64, 64, 3), 90), PQ).read_bytes()
    assert colour_codes(io.BytesIO(data)) == PQ
    at = data.index(b"ipma")
    assert colour_codes(io.BytesIO(data[: at + 8] + b"\xff\xff\xff\xff" + data[at + 12 :])) is None
