"""What is read before decoding: times, camera, exposure, preview; and from files gone wrong."""

import io
import os
import struct
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from core.cancelling import never
from core.errors import PhotoError
from core.ingest.camera_time import parse_offset, parse_sub_second, parse_time
from core.ingest.exif_reader import MetadataRead, read_metadata
from core.ingest.scanner import ScannedFile, scan
from core.pipeline.stages import metadata
from core.types import TimeSource
from fixtures.photo_files import TIFF_NAMESPACE, packet

MAKE, MODEL, ORIENTATION, DATE_TIME = 0x010F, 0x0110, 0x0112, 0x0132
EXPOSURE_TIME, F_NUMBER, ISO, FOCAL_LENGTH, BIAS = 0x829A, 0x829D, 0x8827, 0x920A, 0x9204
ORIGINAL, DIGITIZED, SUBSEC_ORIGINAL, OFFSET_ORIGINAL = 0x9003, 0x9004, 0x9291, 0x9011
MAKER_NOTE, SERIAL, LENS, EXIF_IFD = 0x927C, 0xA431, 0xA434, 0x8769

Tags = dict[int, object]


def jpeg(size: tuple[int, int] = (90, 60)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (90, 120, 60)).save(out, "JPEG")
    return out.getvalue()


def exif_block(main: Tags | None = None, details: Tags | None = None) -> bytes:
    exif = Image.Exif()
    exif.update(main or {})
    exif.get_ifd(EXIF_IFD).update(details or {})
    return exif.tobytes().removeprefix(b"Exif\0\0")


def with_exif(picture: bytes, block: bytes) -> bytes:
    payload = b"Exif\0\0" + block
    return picture[:2] + b"\xff\xe1" + struct.pack(">H", len(payload) + 2) + payload + picture[2:]


def block_with_thumbnail(thumbnail: bytes, orientation: int = 1) -> bytes:
    """Two directories by hand, for Pillow writes no thumbnail: the orientation, then where the JPEG is."""
    first = struct.pack("<HHHIHHI", 1, ORIENTATION, 3, 1, orientation, 0, 26)
    second = struct.pack("<HHHIIHHIII", 2, 0x0201, 4, 1, 56, 0x0202, 4, 1, len(thumbnail), 0)
    return b"II*\0" + struct.pack("<I", 8) + first + second + thumbnail


def read(path: Path, data: bytes) -> MetadataRead:
    path.write_bytes(data)
    os.utime(path, ns=(0, 1_600_000_000_000_000_000))
    return read_metadata(ScannedFile(path, len(data), path.stat().st_mtime_ns))


def read_tagged(path: Path, main: Tags | None = None, details: Tags | None = None) -> MetadataRead:
    return read(path, with_exif(jpeg(), exif_block(main, details)))


def test_a_complete_frame(tmp_path: Path) -> None:
    photo = read_tagged(
        tmp_path / "a.jpg",
        {MAKE: "Canon", MODEL: "Canon EOS R5", ORIENTATION: 6},
        {
            ORIGINAL: "2025:06:14 10:20:30",
            SUBSEC_ORIGINAL: "5",
            OFFSET_ORIGINAL: "-03:30",
            SERIAL: "0123",
            EXPOSURE_TIME: 0.004,
            F_NUMBER: 2.8,
            ISO: 400,
            FOCAL_LENGTH: 85.0,
            BIAS: -0.5,
            LENS: "RF85mm F2 MACRO IS STM",
        },
    ).photo
    assert photo.taken_at == datetime(2025, 6, 14, 10, 20, 30, 500_000)
    assert (photo.time_source, photo.utc_offset_minutes) == (TimeSource.EXIF, -210)
    assert (photo.camera, photo.camera_name, photo.orientation) == ("0123", "Canon EOS R5", 6)
    assert (photo.width, photo.height) == (90, 60)
    shot = photo.shot
    assert shot.exposure_time == pytest.approx(0.004)
    assert (shot.f_number, shot.iso, shot.focal_length, shot.exposure_bias) == (2.8, 400, 85.0, -0.5)
    assert shot.lens == "RF85mm F2 MACRO IS STM"


def test_cameras_without_a_serial_are_told_by_their_name(tmp_path: Path) -> None:
    photo = read_tagged(tmp_path / "a.jpg", {MAKE: "NIKON", MODEL: "D90 "}, {SERIAL: "0000000"}).photo
    assert photo.camera == photo.camera_name == "NIKON D90"


@pytest.mark.parametrize(
    ("written", "lens"), [("----", ""), ("  50mm F1.8 ", "50mm F1.8"), ("x" * 500, "x" * 80)]
)
def test_a_lens_without_a_name_is_none(tmp_path: Path, written: str, lens: str) -> None:
    assert read_tagged(tmp_path / "a.jpg", {}, {LENS: written}).photo.shot.lens == lens


@pytest.mark.parametrize(
    "unusable",
    ["0000:00:00 00:00:00", "    :  :     :  :  ", "1970:01:01 00:00:12", "2099:01:01 00:00:00", "?"],
)
def test_an_unusable_date_makes_way_for_the_next(tmp_path: Path, unusable: str) -> None:
    digitized: Tags = {ORIGINAL: unusable, DIGITIZED: "2024:01:02 03:04:05"}
    assert read_tagged(tmp_path / "a.jpg", {}, digitized).photo.taken_at == datetime(2024, 1, 2, 3, 4, 5)
    changed: Tags = {DATE_TIME: "2023:01:02 03:04:05"}
    assert read_tagged(tmp_path / "b.jpg", changed, {ORIGINAL: unusable}).photo.taken_at == datetime(
        2023, 1, 2, 3, 4, 5
    )
    photo = read_tagged(tmp_path / "c.jpg", {}, {ORIGINAL: unusable}).photo
    assert photo.time_source is TimeSource.FILE
    assert photo.taken_at == datetime.fromtimestamp(1_600_000_000)


def test_zero_denominators_are_not_known(tmp_path: Path) -> None:
    block = b"II*\0" + struct.pack("<IHHHII", 8, 1, EXPOSURE_TIME, 5, 1, 26) + struct.pack("<III", 0, 1, 0)
    assert read(tmp_path / "a.jpg", with_exif(jpeg(), block)).photo.shot.exposure_time is None


@pytest.mark.parametrize("suffix", ["png", "webp", "tif"])
def test_other_formats_tell_their_time_too(tmp_path: Path, suffix: str) -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 8
    exif[DATE_TIME] = "2025:06:14 10:20:30"
    path = tmp_path / f"a.{suffix}"
    Image.new("RGB", (30, 20)).save(path, exif=exif)
    photo = read(path, path.read_bytes()).photo
    assert photo.taken_at == datetime(2025, 6, 14, 10, 20, 30)
    assert photo.orientation == 8


@pytest.mark.parametrize("brand", [b"heic", b"heix"])
def test_heif_keeps_its_orientation_to_itself(tmp_path: Path, brand: bytes) -> None:
    pillow_heif = pytest.importorskip("pillow_heif")
    exif = exif_block({ORIENTATION: 6}, {ORIGINAL: "2025:06:14 10:20:30"})
    path = tmp_path / "a.hif"
    pillow_heif.from_pillow(Image.new("RGB", (64, 48))).save(path, exif=b"Exif\0\0" + exif)
    data = path.read_bytes().replace(b"ftypheic", b"ftyp" + brand)
    photo = read(path, data).photo
    assert photo.taken_at == datetime(2025, 6, 14, 10, 20, 30)
    assert photo.orientation == 1


def test_raf_and_cr3_are_read_from_where_they_keep_it(tmp_path: Path) -> None:
    details: Tags = {ORIGINAL: "2025:06:14 10:20:30", SUBSEC_ORIGINAL: "25"}
    inner = with_exif(jpeg(), exif_block({MODEL: "X-T5"}, details))
    raf = b"FUJIFILMCCD-RAW ".ljust(84, b"\0") + struct.pack(">II", 148, len(inner))
    fuji = read(tmp_path / "a.raf", raf.ljust(148, b"\0") + inner)

    def box(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content) + 8) + name + content

    main, exif = exif_block({MODEL: "EOS R5", ORIENTATION: 8}), exif_block({**details})
    cr3 = box(b"ftyp", b"crx \0\0\0\1crx isom") + box(b"CMT1", main) + box(b"CMT2", exif)
    cr3 += box(b"THMB", bytes(16) + jpeg((160, 120)))
    canon = read(tmp_path / "a.cr3", cr3)

    for found in (fuji.photo, canon.photo):
        assert found.taken_at == datetime(2025, 6, 14, 10, 20, 30, 250_000)
    assert (fuji.photo.camera, canon.photo.camera, canon.photo.orientation) == ("X-T5", "EOS R5", 8)
    assert canon.preview is not None
    assert Image.open(io.BytesIO(canon.preview)).size == (120, 160)


def test_a_phones_burst_is_recognised(tmp_path: Path) -> None:
    uuid = b"0A1B2C3D-0000-1111-2222-333344445555\0"
    note = b"Apple iOS\0\0\1MM" + struct.pack(">HHHII", 1, 0x000B, 2, len(uuid), 32) + bytes(4) + uuid
    photo = read_tagged(tmp_path / "a.jpg", {MAKE: "Apple"}, {MAKER_NOTE: note}).photo
    assert photo.shot.burst_id == uuid[:-1].decode()


def test_a_png_is_read_without_decoding_it(tmp_path: Path) -> None:
    block = exif_block({MODEL: "Scanner", ORIENTATION: 3})
    out = io.BytesIO()
    Image.new("RGB", (90, 60)).save(out, "PNG", exif=b"Exif\0\0" + block)
    whole = out.getvalue()
    assert read(tmp_path / "a.png", whole).photo.camera_name == "Scanner"
    at = whole.index(b"IDAT")
    behind = whole[: at - 4] + whole[at - 4 :].replace(b"IDAT", b"IdAT")  # its pixels are nowhere to be found
    assert read(tmp_path / "b.png", behind).photo.orientation == 3


def test_a_png_may_keep_its_exif_as_text_or_its_orientation_in_xmp(tmp_path: Path) -> None:
    block = b"Exif\0\0" + exif_block({MODEL: "Old", ORIENTATION: 8})
    text = PngInfo()
    text.add_text("Raw profile type exif", f"\nexif\n{len(block):8}\n{block.hex()}\n", zip=True)
    Image.new("RGB", (9, 6)).save(tmp_path / "text.png", pnginfo=text)
    photo = read(tmp_path / "a.png", (tmp_path / "text.png").read_bytes()).photo
    assert (photo.camera_name, photo.orientation) == ("Old", 8)
    turned = PngInfo()
    turned.add_itxt("XML:com.adobe.xmp", packet(f'{TIFF_NAMESPACE} tiff:Orientation="6"').decode())
    Image.new("RGB", (9, 6)).save(tmp_path / "xmp.png", pnginfo=turned)
    found = scan([tmp_path / "xmp.png"], recursive=False, cancelled=never).files
    (read_whole,) = metadata(found, never)
    assert isinstance(read_whole, MetadataRead)
    assert read_whole.photo.orientation == 6


def test_a_thumbnail_is_handed_on_as_it_is(tmp_path: Path) -> None:
    thumbnail = jpeg((159, 106))
    preview = read(tmp_path / "a.jpg", with_exif(jpeg((900, 600)), block_with_thumbnail(thumbnail))).preview
    assert preview == thumbnail


def barred_thumbnail(bar: tuple[int, int, int]) -> bytes:
    """160 x 120 with bars above and below a 3:2 picture whose top left is red."""
    image = Image.new("RGB", (160, 120), bar)
    image.paste((40, 60, 200), (0, 7, 160, 113))
    image.paste((220, 20, 20), (0, 7, 40, 33))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=95)
    return out.getvalue()


def test_black_bars_are_cropped_and_the_thumbnail_is_turned_upright(tmp_path: Path) -> None:
    data = with_exif(jpeg((900, 600)), block_with_thumbnail(barred_thumbnail((0, 0, 0)), orientation=6))
    preview = read(tmp_path / "a.jpg", data).preview
    assert preview is not None
    pixels = np.asarray(Image.open(io.BytesIO(preview)), np.int16)
    assert pixels.shape[:2] == (160, 106)
    assert pixels[5, -5, 0] > 150  # the red corner, from top left to top right
    assert pixels.sum(axis=2).min() > 60  # nothing black is left


def test_a_thumbnail_of_an_earlier_crop_is_not_shown(tmp_path: Path) -> None:
    data = with_exif(jpeg((900, 600)), block_with_thumbnail(barred_thumbnail((200, 190, 180))))
    assert read(tmp_path / "a.jpg", data).preview is None


def test_a_damaged_thumbnail_is_none(tmp_path: Path) -> None:
    data = with_exif(jpeg((900, 600)), block_with_thumbnail(b"\xff\xd8\xff\xe0 no picture", orientation=3))
    assert read(tmp_path / "a.jpg", data).preview is None


def test_empty_and_vanished_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(PhotoError, match=r"a\.jpg: The file is empty \(0 bytes\)\."):
        read(tmp_path / "a.jpg", b"")
    with pytest.raises(PhotoError, match="moved or deleted"):
        read_metadata(ScannedFile(tmp_path / "gone.jpg", 10, 0))


@given(st.data())
def test_hostile_exif_never_raises(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    block = bytearray(
        exif_block({MAKE: "Canon", ORIENTATION: 6}, {ORIGINAL: "2025:06:14 10:20:30", F_NUMBER: 2.8})
    )
    for _ in range(data.draw(st.integers(1, 6))):
        block[data.draw(st.integers(0, len(block) - 1))] = data.draw(st.integers(0, 255))
    found = read(tmp_path_factory.getbasetemp() / "hostile.jpg", with_exif(jpeg(), bytes(block)))
    assert 1 <= found.photo.orientation <= 8
    assert found.photo.taken_at is not None


@given(st.text("0123456789", min_size=1, max_size=12))
def test_sub_seconds_are_a_decimal_fraction(digits: str) -> None:
    assert parse_sub_second(digits) == int(float(f"0.{digits[:6]}") * 1e6 + 0.5)
    assert 0 <= parse_sub_second(digits + " \0") < 1_000_000


@given(st.text(max_size=30), st.text(max_size=8), st.text(max_size=8))
def test_no_text_upsets_the_clock(date: str, sub_second: str, offset: str) -> None:
    time, minutes = parse_time(date, sub_second, offset), parse_offset(offset)
    assert time is None or 1826 <= time.wall.year <= 2098
    assert minutes is None or abs(minutes) <= 14 * 60
