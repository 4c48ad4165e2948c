"""When a photo was taken: every form cameras and programs write it in, and every place in a file they put it."""

import struct
import zlib
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.cancelling import never
from core.ingest.camera_time import CameraTime, parse_time
from core.ingest.exif_reader import MetadataRead
from core.ingest.scanner import scan
from core.pipeline.stages import metadata
from core.types import Photo, TimeSource
from fixtures.old_raws import crw, x3f
from fixtures.openings import shown
from fixtures.photo_files import PNG_KEYWORD, packet, picture, png, segment

TAKEN = datetime(2012, 3, 4, 5, 6, 7)
EXIF_NAMESPACE = 'xmlns:exif="http://ns.adobe.com/exif/1.0/"'
PHOTOSHOP_NAMESPACE = 'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"'


def month(t: datetime) -> str:
    """Its name, whatever the language of the system."""
    return ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")[t.month - 1]


FORMS: dict[str, Callable[[datetime], str]] = {
    "Exif": lambda t: f"{t:%Y:%m:%d %H:%M:%S}",
    "hours padded with blanks": lambda t: f"{t:%Y:%m:%d} {t.hour:2}:{t:%M:%S}",
    "all padded with blanks": lambda t: f"{t.year}:{t.month:2}:{t.day:2} {t.hour:2}:{t.minute:2}:{t.second:2}",
    "an hour that counts from one": lambda t: f"{t:%Y:%m:%d} {t.hour or 24}:{t:%M:%S}",
    "slashes": lambda t: f"{t:%Y/%m/%d %H:%M:%S}",
    "dashes": lambda t: f"{t:%Y-%m-%d %H:%M:%S}",
    "dots": lambda t: f"{t:%Y.%m.%d %H.%M.%S}",
    "no padding": lambda t: f"{t.year}/{t.month}/{t.day} {t.hour}:{t:%M:%S}",
    "ISO 8601": lambda t: f"{t:%Y-%m-%dT%H:%M:%S}",
    "ISO 8601, basic": lambda t: f"{t:%Y%m%dT%H%M%S}",
    "IPTC": lambda t: f"{t:%Y%m%d %H%M%S}",
    "morning and afternoon": lambda t: f"{t:%Y:%m:%d} {t:%I:%M:%S} {'PM' if t.hour > 11 else 'am'}",
    "Chinese": lambda t: f"{t:%Y:%m:%d} {'下午' if t.hour > 11 else '上午'}{t:%I:%M:%S}",
    "Japanese": lambda t: f"{t.year}年{t.month}月{t.day}日 {t:%H:%M:%S}",
    "German": lambda t: f"{t:%d.%m.%Y %H:%M:%S}",
    "Buddhist": lambda t: f"{t.year + 543}:{t:%m:%d %H:%M:%S}",
    "Buddhist, ISO 8601": lambda t: f"{t.year + 543}-{t:%m-%dT%H:%M:%S}",
    "nothing between day and hour": lambda t: f"{t:%Y:%m:%d%H:%M:%S}",
    "American": lambda t: f"{month(t)} {t.day}, {t:%Y %I:%M:%S} {'PM' if t.hour > 11 else 'AM'}",
    "RFC 1123": lambda t: f"Sun, {t.day} {month(t)} {t:%Y %H:%M:%S}",
    "asctime": lambda t: f"Sun {month(t)} {t.day:2} {t:%H:%M:%S} {t.year}",
    "Eastern digits": lambda t: f"{t:%Y:%m:%d %H:%M:%S}".translate({ord(str(n)): chr(0x660 + n) for n in range(10)}),
}  # fmt: skip
SINCE_REIWA = st.datetimes(datetime(2019, 5, 1), datetime(2037, 12, 31)).map(
    lambda t: t.replace(microsecond=0)
)


@pytest.mark.parametrize("form", FORMS)
@given(st.datetimes(datetime(1981, 1, 1), datetime(2098, 1, 1)))
def test_every_form_of_a_date_is_understood(form: str, moment: datetime) -> None:
    whole = moment.replace(microsecond=0)
    assert parse_time(FORMS[form](whole)) == CameraTime(whole)
    assert parse_time(FORMS[form](whole), f"{moment.microsecond:06d}") == CameraTime(moment)


@pytest.mark.parametrize("form", [form for form in FORMS if "asctime" not in form])
@given(st.datetimes(datetime(1981, 1, 1), datetime(2098, 1, 1)), st.integers(-48, 56))
def test_a_zone_behind_any_form_is_understood(form: str, moment: datetime, quarters: int) -> None:
    whole, minutes = moment.replace(microsecond=0), 15 * quarters
    zone = f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
    for written in (zone, f" {zone}", zone.replace(":", "")):
        assert parse_time(FORMS[form](whole) + written) == CameraTime(whole, minutes)


@given(
    st.datetimes(datetime(1981, 1, 1), datetime(2098, 1, 1)), st.sampled_from(["Z", " UTC", "+00:00", "GMT"])
)
def test_a_fraction_and_the_zone_zero_are_understood(moment: datetime, zone: str) -> None:
    assert parse_time(f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond:06d}{zone}") == CameraTime(moment, 0)


@given(SINCE_REIWA)
def test_years_of_other_calendars_become_ours(moment: datetime) -> None:
    rest = f"{moment:%m:%d %H:%M:%S}"
    written = [f"{moment.year - 2018:04}:{rest}", f"R{moment.year - 2018:02}.{moment:%m.%d %H:%M:%S}"]
    written += [f"令和{moment.year - 2018}年{moment.month}月{moment.day}日 {moment:%H:%M:%S}"]
    written += [f"{moment.year - 1911}/{moment:%m/%d %H:%M:%S}"]
    assert {parse_time(text) for text in written} == {CameraTime(moment)}


@pytest.mark.parametrize(
    ("persian", "ours"),
    [
        ("1380:01:01", (2001, 3, 21)),
        ("1399:12:30", (2021, 3, 20)),
        ("1403:01:01", (2024, 3, 20)),
        ("1404:07:01", (2025, 9, 23)),
    ],
)
def test_dates_of_the_persian_calendar_become_ours(persian: str, ours: tuple[int, int, int]) -> None:
    assert parse_time(f"{persian} 12:00:00") == CameraTime(datetime(*ours, 12))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "0000:00:00 00:00:00",
        "    :  :     :  :  ",
        "1970:01:01 00:00:12",
        "1904:01:01 00:00:00",
        "0001:01:01 00:00:00",
        "2012:03:04",
        "2012:03:04 25:00:00",
        "2012:02:30 05:06:07",
        "2012:03:04 05:66:07",
        "03/04/2012 05:06:07",
        "9" * 5000,
    ],
)
def test_what_is_no_moment_is_none(text: str) -> None:
    assert parse_time(text) is None


def test_midnight_of_phones_that_count_hours_from_one_is_that_of_the_same_day() -> None:
    assert parse_time("2015:08:22 24:08:19") == CameraTime(datetime(2015, 8, 22, 0, 8, 19))


def read(folder: Path, name: str, data: bytes) -> Photo:
    """A photo as the pipeline reads it."""
    (folder / name).write_bytes(data)
    files = scan([folder / name], recursive=False, cancelled=never).files
    (found,) = metadata(files, never)
    assert isinstance(found, MetadataRead)
    return found.photo


def taken(folder: Path, name: str, data: bytes) -> tuple[datetime | None, int | None]:
    photo = read(folder, name, data)
    assert photo.time_source is TimeSource.EXIF
    return photo.taken_at, photo.utc_offset_minutes


def iptc(zone: str = "+0100") -> bytes:
    return b"".join(
        b"\x1c\x02" + struct.pack(">BH", number, len(value)) + value.encode()
        for number, value in ((5, "a title"), (55, "20120304"), (60, f"050607{zone}"))
    )


def resources(records: bytes) -> bytes:
    """Photoshop's, the records behind another of odd length with a name."""
    other = b"8BIM" + struct.pack(">H", 0x03ED) + b"\x03abc" + struct.pack(">I", 3) + b"xyz\0"
    return other + b"8BIM" + struct.pack(">HHI", 0x0404, 0, len(records)) + records


def with_xmp(attributes: str) -> bytes:
    data = picture()
    return data[:2] + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet(attributes)) + data[2:]


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def with_chunk(kind: bytes, content: bytes) -> bytes:
    data = png()
    return data[:-12] + chunk(kind, content) + data[-12:]


@pytest.mark.parametrize(
    "attributes",
    [
        f'{EXIF_NAMESPACE} exif:DateTimeOriginal="2012-03-04T05:06:07+01:00"',
        f'{PHOTOSHOP_NAMESPACE} photoshop:DateCreated="2012-03-04T05:06:07+01:00"',
        f'{EXIF_NAMESPACE} exif:DateTimeDigitized="2012-03-04T05:06:07+01:00"',
        'xmp:CreateDate="2012-03-04T05:06:07+01:00"',
        f'{EXIF_NAMESPACE} exif:DateTimeOriginal="2012-03-04T05:06:07" xmlns:exifEX="http://cipa.jp/exif/1.0/" '
        'exifEX:OffsetTimeOriginal="+01:00"',
    ],
)
def test_a_date_that_stands_in_xmp_alone_counts(tmp_path: Path, attributes: str) -> None:
    assert taken(tmp_path, "a.jpg", with_xmp(attributes)) == (TAKEN, 60)
    assert taken(tmp_path, "a.png", png(packet(attributes), PNG_KEYWORD)) == (TAKEN, 60)


def test_a_date_that_stands_in_iptc_alone_counts(tmp_path: Path) -> None:
    data = picture()
    app13 = segment(0xED, b"Photoshop 3.0\0" + resources(iptc()))
    assert taken(tmp_path, "a.jpg", data[:2] + app13 + data[2:]) == (TAKEN, 60)
    hexadecimal = f"\niptc\n{len(iptc()):8}\n{resources(iptc()).hex()}\n".encode()
    old = with_chunk(b"zTXt", b"Raw profile type iptc\0\0" + zlib.compress(hexadecimal))
    assert taken(tmp_path, "a.png", old) == (TAKEN, 60)


@pytest.mark.parametrize(("kind", "order"), [(4, "<"), (4, ">"), (7, "<"), (1, ">")])
def test_a_date_in_the_iptc_tag_of_a_tiff_counts(tmp_path: Path, kind: int, order: str) -> None:
    records = iptc() + bytes(-len(iptc()) % 4)
    block = (
        records
        if kind != 4
        else struct.pack(
            f"{order}{len(records) // 4}I", *struct.unpack(f"{order}{len(records) // 4}I", records)
        )
    )
    count = len(records) // 4 if kind == 4 else len(records)
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}I", 8)
    entries = struct.pack(f"{order}HHHIIHHII", 2, 0x0100, 4, 1, 9, 0x83BB, kind, count, 38) + bytes(4)
    assert taken(tmp_path, "a.tif", head + entries + block) == (TAKEN, 60)


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        (b"tEXt", b"Creation Time\0Sun, 04 Mar 2012 05:06:07 +0100"),
        (b"tEXt", b"Creation Time\0002012:03:04 05:06:07+01:00"),
        (b"zTXt", b"Creation Time\0\0" + zlib.compress(b"2012-03-04T05:06:07+01:00")),
        (b"iTXt", b"Creation Time\0\0\0en\0\0" + b"2012-03-04T05:06:07+01:00"),
        (b"iTXt", b"Creation Time\0\1\0\0\0" + zlib.compress(b"2012-03-04T05:06:07+01:00")),
    ],
)
def test_a_date_that_stands_in_the_text_of_a_png_counts(tmp_path: Path, kind: bytes, content: bytes) -> None:
    assert taken(tmp_path, "a.png", with_chunk(kind, content)) == (TAKEN, 60)


def test_a_date_that_stands_in_the_sidecar_alone_counts(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(picture())
    sidecar = tmp_path / "a.jpg.xmp"
    sidecar.write_bytes(packet(f'{EXIF_NAMESPACE} exif:DateTimeOriginal="2012-03-04T05:06:07+01:00"'))
    (photo,) = shown(tmp_path).photos.values()
    assert (photo.taken_at, photo.utc_offset_minutes, photo.time_source) == (TAKEN, 60, TimeSource.EXIF)
    sidecar.write_bytes(packet('xmp:CreateDate="2013-01-01T00:00:00"'))
    (photo,) = shown(tmp_path).photos.values()
    assert photo.taken_at == datetime(2013, 1, 1), "nothing of the former sidecar is kept"
    data = picture()
    (tmp_path / "a.jpg").write_bytes(data[:2] + exif_segment("2012:03:04 05:06:07", 1) + data[2:])
    (photo,) = shown(tmp_path).photos.values()
    assert photo.taken_at == TAKEN, "what the photo says itself comes first"


def test_the_offset_may_stand_beside_the_same_time_elsewhere(tmp_path: Path) -> None:
    original = f'{EXIF_NAMESPACE} exif:DateTimeOriginal="2012-03-04T05:06:07"'
    attributes = f'{original} xmp:CreateDate="2012-03-04T05:06:07+02:00"'
    assert taken(tmp_path, "a.jpg", with_xmp(attributes)) == (TAKEN, 120)
    other = attributes.replace("T05:06:07+02:00", "T09:06:07+02:00")
    assert taken(tmp_path, "b.jpg", with_xmp(other)) == (TAKEN, None)


def exif_segment(date: str, orientation: int = 6) -> bytes:
    main = struct.pack("<HHHIHHHHIII", 2, 0x0112, 3, 1, orientation, 0, 0x8769, 4, 1, 38, 0)
    details = struct.pack("<HHHIII", 1, 0x9003, 2, 20, 56, 0) + date.encode() + b"\0"
    return segment(0xE1, b"Exif\0\0II*\0" + struct.pack("<I", 8) + main + details)


@pytest.mark.parametrize("before", [1, 3, 40])
def test_exif_behind_any_amount_of_a_phones_own_data_is_found(tmp_path: Path, before: int) -> None:
    data = picture()
    own = segment(0xE6, bytes(65_000)) * before
    photo = read(tmp_path, "a.jpg", data[:2] + own + exif_segment("2012:03:04 05:06:07") + data[2:])
    assert (photo.taken_at, photo.orientation) == (TAKEN, 6)
    assert (photo.width, photo.height) == (64, 48)


def test_a_header_that_never_ends_is_left_alone(tmp_path: Path) -> None:
    endless = b"\xff\xd8" + segment(0xE6, bytes(65_000)) * 3 + b"\xff\xe6\xff\xff"
    assert read(tmp_path, "a.jpg", endless).time_source is TimeSource.FILE


def test_the_time_of_a_crw_is_read_from_its_own_directory(tmp_path: Path) -> None:
    seconds = int((TAKEN - datetime(1970, 1, 1)) / timedelta(seconds=1))
    photo = read(tmp_path, "a.crw", crw(seconds, zone=3600, turn=90))
    assert (photo.taken_at, photo.utc_offset_minutes, photo.orientation) == (TAKEN, 60, 6)
    assert (photo.camera_name, photo.camera, photo.width) == ("Canon EOS 10D", "777", 3072)
    assert read(tmp_path, "b.crw", crw(seconds)).utc_offset_minutes is None
    assert read(tmp_path, "c.crw", crw(seconds, model="Canon PowerShot G6")).camera == "Canon PowerShot G6"


def test_the_time_of_an_x3f_is_read_from_its_properties(tmp_path: Path) -> None:
    seconds = int((TAKEN - datetime(1970, 1, 1)) / timedelta(seconds=1))
    said = {
        "CAMMANUF": "SIGMA",
        "CAMMODEL": "SIGMA SD10",
        "TIME": str(seconds),
        "EXPTIME": "4000",
        "ISO": "100",
    }
    photo = read(tmp_path, "a.x3f", x3f(said | {"ROTATION": "270"}))
    assert (photo.taken_at, photo.camera_name, photo.orientation) == (TAKEN, "SIGMA SD10", 8)
    assert (photo.shot.exposure_time, photo.shot.iso) == (0.004, 100)


@given(st.data())
def test_damaged_old_raws_never_raise(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    for name, whole in (
        ("a.crw", crw(10**9, zone=3600)),
        ("a.x3f", x3f({"TIME": "1000000000", "ISO": "100"})),
    ):
        block = bytearray(whole)
        for _ in range(data.draw(st.integers(1, 6))):
            block[data.draw(st.integers(0, len(block) - 1))] = data.draw(st.integers(0, 255))
        assert read(tmp_path_factory.getbasetemp(), name, bytes(block)).taken_at is not None
