"""JPEG 2000 and JPEG XL are photos like all others, and half of one is named for what it is."""

import io
import struct
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from benchmarks.pipeline import made_up_raw
from benchmarks.pipeline.made_up import picture
from core.cancelling import never
from core.errors import PhotoError
from core.ingest import jpeg_xl
from core.ingest.damage import SENTENCES
from core.ingest.decoder import decode
from core.ingest.exif_reader import read_metadata
from core.ingest.formats import Content, content_of
from core.ingest.scanner import ScannedFile, scan
from core.sidecar.embedded_reader import read_embedded
from core.types import Damage, Photo

RGB = np.ascontiguousarray(picture(2, 1)[:400, :600])
DATE_TIME_ORIGINAL, ORIENTATION, EXIF_IFD = 0x9003, 0x0112, 0x8769
EXIF_UUID, XMP_UUID = b"JpgTiffExif->JP2", bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
PACKET = b"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmp:Rating="4"/></rdf:RDF></x:xmpmeta>"""


def exif(orientation: int = 1) -> bytes:
    found = Image.Exif()
    found[ORIENTATION] = orientation
    found.get_ifd(EXIF_IFD)[DATE_TIME_ORIGINAL] = "2025:06:14 10:00:00"
    return found.tobytes().removeprefix(b"Exif\0\0")


def saved(kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    Image.fromarray(RGB).save(out, kind, **options)
    return out.getvalue()


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", 8 + len(content)) + kind + content


def jpeg_2000(orientation: int = 1) -> bytes:
    """As some programs write it: metadata in boxes before the picture."""
    plain = saved("JPEG2000", irreversible=True, quality_mode="rates", quality_layers=[8])
    at = plain.index(b"jp2h") - 4
    metadata = box(b"uuid", EXIF_UUID + exif(orientation)) + box(b"uuid", XMP_UUID + PACKET)
    return plain[:at] + metadata + plain[at:]


def told(path: Path) -> Photo:
    return read_metadata(ScannedFile(path, path.stat().st_size, 1)).photo


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", ["a.jp2", "a.JPX", "a.j2k", "a.jxl"])
def test_they_are_found_as_photos(tmp_path: Path, name: str) -> None:
    written(tmp_path / name, jpeg_2000())
    assert [file.path.name for file in scan([tmp_path], True, never).files] == [name]


def test_a_jpeg_2000_is_shown_with_its_time_its_stars_and_the_right_way_up(tmp_path: Path) -> None:
    path = written(tmp_path / "a.jp2", jpeg_2000(orientation=6))
    photo = told(path)
    assert photo.taken_at is not None
    assert photo.taken_at.isoformat() == "2025-06-14T10:00:00"
    facts = read_embedded(path)
    assert facts is not None
    assert facts.rating == 4
    shown = decode(path, photo.orientation).rgb
    assert shown.shape == (RGB.shape[1], RGB.shape[0], 3)
    assert np.abs(shown.astype(int) - np.rot90(RGB, -1)).mean() < 12


def test_a_bare_codestream_is_shown(tmp_path: Path) -> None:
    plain = saved("JPEG2000")
    bare = plain[plain.index(b"jp2c") + 4 :]
    assert content_of(bare) is Content.JPEG_2000
    assert np.array_equal(decode(written(tmp_path / "a.j2k", bare)).rgb, RGB)


@pytest.mark.parametrize("share", [0.01, 0.3, 0.6, 0.99])
def test_half_a_jpeg_2000_is_said_to_end_too_early(tmp_path: Path, share: float) -> None:
    whole = jpeg_2000()
    path = written(tmp_path / "a.jp2", whole[: int(len(whole) * share)])
    with pytest.raises(PhotoError) as refused:
        decode(path)
    assert refused.value.sentence == SENTENCES[Damage.CUT_OFF]
    told(path)  # what it says of itself costs nobody more


def test_a_jpeg_2000_of_nonsense_is_refused(tmp_path: Path) -> None:
    whole = bytearray(jpeg_2000())
    at = whole.index(b"\xff\x4f\xff\x51")
    whole[at + 2 : at + 60] = bytes(58)
    with pytest.raises(PhotoError):
        decode(written(tmp_path / "a.jp2", bytes(whole)))


def test_boxes_that_lead_nowhere_or_around_in_circles_end(tmp_path: Path) -> None:
    start = b"\0\0\0\x0cjP  \r\n\x87\n"
    for tail in (
        b"\0\0\0\x02uuid",
        b"\0\0\0\x01uuid" + bytes(8),
        b"\xff\xff\xff\xffuuid",
        b"\0\0\0\x08free" * 5000,
    ):
        path = written(tmp_path / "a.jp2", start + tail)
        assert told(path).taken_at is not None  # that of the file
        assert read_embedded(path) is None


def test_without_the_plugin_a_jpeg_xl_says_what_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jpeg_xl, "can_be_read", lambda: False)
    for head in (b"\xff\x0a", b"\0\0\0\x0cJXL \r\n\x87\n"):
        with pytest.raises(PhotoError, match=r"JPEG XL.*pillow-jxl-plugin"):
            decode(written(tmp_path / "a.jxl", head + bytes(500)))


def test_what_a_jpeg_xl_says_of_itself_needs_no_plugin(tmp_path: Path) -> None:
    start = b"\0\0\0\x0cJXL \r\n\x87\n" + box(b"ftyp", b"jxl \0\0\0\0jxl ")
    data = (
        start
        + box(b"Exif", bytes(4) + exif(6))
        + box(b"xml ", PACKET)
        + box(b"jxlc", b"\xff\x0a" + bytes(90))
    )
    path = written(tmp_path / "a.jxl", data)
    photo = told(path)
    assert photo.taken_at is not None
    assert (photo.taken_at.hour, photo.orientation) == (10, 1)  # its codestream turns itself
    facts = read_embedded(path)
    assert facts is not None
    assert facts.rating == 4


def test_a_jpeg_xl_is_shown_where_it_can_be_read_and_half_of_one_is_named(tmp_path: Path) -> None:
    pytest.importorskip("pillow_jxl", reason="the plugin for Pillow is not installed")
    assert jpeg_xl.can_be_read()
    whole = saved("JXL", exif=exif())
    path = written(tmp_path / "a.jxl", whole)
    assert np.abs(decode(path).rgb.astype(int) - RGB).mean() < 5
    for kept in (40, len(whole) // 2):
        with pytest.raises(PhotoError) as refused:
            decode(written(path, whole[:kept]))
        assert refused.value.sentence == SENTENCES[Damage.CUT_OFF]


def test_a_gopro_raw_is_shown_by_its_preview(tmp_path: Path) -> None:
    rgb, preview = picture(2, 1), io.BytesIO()
    Image.fromarray(rgb).save(preview, "JPEG")
    made = made_up_raw.raw(rgb, preview.getvalue(), "HERO12 Black", datetime(2025, 6, 14))
    small = made.index(struct.pack("<HHIHH", 0x0103, 3, 1, 1, 0))
    sensor = made.index(struct.pack("<HHIHH", 0x0103, 3, 1, 1, 0), small + 1)
    vc5 = made[:sensor] + struct.pack("<HHIHH", 0x0103, 3, 1, 9, 0) + made[sensor + 12 :]
    path = written(tmp_path / "a.gpr", vc5)
    assert decode(path).rgb.shape == rgb.shape
    assert told(path).camera_name == "HERO12 Black"
