"""What other programs left in sidecars and photos is found on import, whatever the format."""

import io
import os
import random
import threading
from datetime import UTC, datetime
from pathlib import Path

import pillow_heif
import pytest
from PIL import Image

from core.cancelling import never
from core.errors import PhotoError
from core.ingest.scanner import photo_id
from core.pipeline.marks import found_marks
from core.sidecar.file_marks import embedded_marks
from core.sidecar.xmp_edit import XmpEdit, new_packet
from core.types import FileMarks, Flag, Label, Marks, Photo
from fixtures.photo_files import packet, picture, png, rich_jpeg, tiff

LIGHTROOM = new_packet(XmpEdit(Flag.PICK, 3, Label.GREEN)).replace(b"Shortlist", b"Adobe XMP Core 7.0")
THEIRS = Marks(Flag.PICK, 3, Label.GREEN)


def by_pillow(format_name: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (64, 64), "red").save(out, format_name, xmp=LIGHTROOM)
    return out.getvalue()


def heic() -> bytes:
    out = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (64, 64), "red")).save(out, xmp=LIGHTROOM, quality=50)
    return out.getvalue()


def cr3() -> bytes:
    """As much of a CR3 as names it one, with the box of its XMP."""
    brand = b"ftypcrx \0\0\0\1crx isom"
    uuid = b"uuid" + bytes.fromhex("be7acfcb97a942e89c71999491e3afac") + LIGHTROOM
    return b"".join((len(box) + 4).to_bytes(4, "big") + box for box in (brand, uuid))


MARKED = [
    ("1.jpg", rich_jpeg(LIGHTROOM)[0]),
    ("1.jpg", rich_jpeg(LIGHTROOM + b"\0")[0]),
    ("1.png", png(LIGHTROOM)),
    ("1.tif", tiff(LIGHTROOM)),
    ("1.dng", tiff(LIGHTROOM, ">")),
    ("1.rw2", b"IIU\0" + tiff(LIGHTROOM)[4:]),
    ("1.webp", by_pillow("WEBP")),
    ("1.avif", by_pillow("AVIF")),
    ("1.heic", heic()),
    ("1.cr3", cr3()),
]


@pytest.mark.parametrize(("name", "data"), MARKED)
def test_random_damage_costs_the_marks_at_most(name: str, data: bytes, tmp_path: Path) -> None:
    chance = random.Random(3)
    for _ in range(100):
        damaged = bytearray(data)
        for _ in range(chance.randint(1, 8)):
            damaged[chance.randrange(min(len(data), 600))] = chance.randrange(256)
        (tmp_path / name).write_bytes(damaged[: chance.randint(1, len(data))])
        assert isinstance(embedded_marks(tmp_path / name), Marks)


@pytest.mark.parametrize(("name", "data"), MARKED)
def test_marks_embedded_in_a_photo_are_read(name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    assert embedded_marks(tmp_path / name) == THEIRS


@pytest.mark.parametrize(
    "data",
    [
        picture(),
        b"",
        b"\xff\xd8\xff",
        rich_jpeg(b"<torn")[0],
        cr3()[:300],
        heic()[:200],
        rich_jpeg(packet('xmp:Rating="0"'))[0],  # as cameras write it
    ],
)
def test_a_photo_that_says_nothing_or_nonsense_has_no_marks(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "1.jpg").write_bytes(data)
    assert embedded_marks(tmp_path / "1.jpg").is_empty
    assert embedded_marks(tmp_path / "missing.jpg").is_empty


def frame(path: Path, *companions: Path, marks: Marks | None = None) -> Photo:
    for file in (path, *companions):
        file.touch()
    return Photo(photo_id(path), path, companions, mtime_ns=0, marks=marks or Marks())


def read(*photos: Photo) -> dict[str, tuple[FileMarks, ...]]:
    names = {photo.id: photo.path.name for photo in photos}
    found = list(found_marks(photos, never))
    return {names[one[0]]: one[1] for one in found if not isinstance(one, PhotoError)}


def test_sidecars_of_both_customs_are_found_the_one_written_last_first(tmp_path: Path) -> None:
    photo = frame(tmp_path / "IMG_1.CR2", marks=Marks(rating=1))
    (tmp_path / "IMG_1.xmp").write_bytes(LIGHTROOM)
    (tmp_path / "IMG_1.CR2.xmp").write_bytes(new_packet(XmpEdit(Flag.REJECT)))
    os.utime(tmp_path / "IMG_1.xmp", (2000, 2000))
    os.utime(tmp_path / "IMG_1.CR2.xmp", (1000, 1000))
    assert read(photo) == {
        "IMG_1.CR2": (
            FileMarks(tmp_path / "IMG_1.xmp", datetime.fromtimestamp(2000, UTC), THEIRS),
            FileMarks(
                tmp_path / "IMG_1.CR2.xmp",
                datetime.fromtimestamp(1000, UTC),
                Marks(Flag.REJECT),
                is_ours=True,
            ),
            FileMarks(photo.path, datetime.fromtimestamp(0, UTC), Marks(rating=1)),
        )
    }


def test_a_raws_sidecar_is_not_taken_for_another_photos(tmp_path: Path) -> None:
    pair = frame(tmp_path / "1.JPG", tmp_path / "1.CR2")
    alone = frame(tmp_path / "1.PNG")
    (tmp_path / "1.xmp").write_bytes(new_packet(XmpEdit(rating=2)))
    assert list(read(pair, alone)) == ["1.JPG"]


def test_unflagged_and_no_stars_are_nobodys_decision(tmp_path: Path) -> None:
    photo = frame(tmp_path / "1.CR2")
    (tmp_path / "1.xmp").write_bytes(new_packet(XmpEdit(Flag.UNFLAGGED, 0, Label.NONE)))
    assert read(photo) == {}


def test_a_sidecar_that_cannot_be_understood_is_named_and_the_rest_goes_on(tmp_path: Path) -> None:
    photos = [frame(tmp_path / f"{number}.CR2") for number in range(3)]
    (tmp_path / "0.xmp").write_bytes(b"<!DOCTYPE x><x/>")
    (tmp_path / "1.xmp").mkdir()
    (tmp_path / "2.xmp").write_bytes(LIGHTROOM)
    problems = [one for one in found_marks(photos, never) if isinstance(one, PhotoError)]
    assert [str(one).split(": ")[0] for one in problems] == ["0.xmp", "1.xmp"]
    assert list(read(*photos)) == ["2.CR2"]


def test_cancelling_ends_it(tmp_path: Path) -> None:
    photo = frame(tmp_path / "1.CR2", marks=Marks(rating=1))
    cancel = threading.Event()
    cancel.set()
    assert list(found_marks([photo], cancel.is_set)) == []
