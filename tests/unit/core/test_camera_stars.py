"""Stars that cameras and Windows write: shown as theirs, never a decision, and never left to contradict one."""

import io
import random
import shutil
import struct
import subprocess
import zlib
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from core.errors import SidecarError
from core.export.carry_out import export
from core.export.kinds import Choice, Selection
from core.export.store import ExportStore
from core.export.undo import undo
from core.export.xmp import XmpChoices, plan_xmp
from core.persistence.documents import read_facts, write_facts
from core.persistence.session_store import SessionStore
from core.review.marks import find_conflict, with_marks
from core.review.review import Review
from core.shoot.shoot import Shoot
from core.sidecar.atomic_file import FileStamp
from core.sidecar.exif_stars import camera_stars
from core.sidecar.file_marks import embedded_marks
from core.sidecar.percent import percent_of_stars, stars_of_percent
from core.sidecar.photo_embed import plan_embed, write_embed
from core.sidecar.xmp_edit import XmpEdit, edit_packet
from core.sidecar.xmp_reader import read_packet
from core.sidecar.xmp_writer import read_sidecar
from core.types import Decision, FileMarks, Flag, Marks, Photo, PhotoId
from fixtures.exports import contents
from fixtures.photo_files import (
    XMP,
    fuji_note,
    jpeg_with,
    noted_exif,
    packet,
    png,
    raf,
    sony_note,
    tiff,
    windows_exif,
)
from fixtures.referees import exiftool_tags

EXIF = b"Exif\0\0"
MICROSOFT = 'xmlns:MicrosoftPhoto="http://ns.microsoft.com/photo/1.0/" MicrosoftPhoto:Rating="{}"'
BARE = MICROSOFT.replace("1.0/", "1.0")
ACDSEE = 'xmlns:acdsee="http://ns.acdsee.com/iptc/1.0/" acdsee:rating="{}"'
LATER = datetime.now(UTC) + timedelta(hours=1)


def of_exif(block: bytes) -> bytes:
    return jpeg_with(EXIF + block)


def png_of_exif(block: bytes) -> bytes:
    data = png()
    chunk = struct.pack(">I", len(block)) + b"eXIf" + block + struct.pack(">I", zlib.crc32(b"eXIf" + block))
    at = data.index(b"IDAT") - 4
    return data[:at] + chunk + data[at:]


def rated_tiff(stars: int, order: str = "<", xmp: bytes | None = None) -> bytes:
    """A TIFF whose directory ends with Windows's two tags."""
    bare = tiff(xmp, order)
    (at,) = struct.unpack(f"{order}I", bare[4:8])
    (count,) = struct.unpack_from(f"{order}H", bare, at)
    entries = bare[at + 2 : at + 2 + 12 * count]
    added = b"".join(
        struct.pack(f"{order}HHIHH", tag, 3, 1, value, 0)
        for tag, value in ((0x4746, stars), (0x4749, percent_of_stars(stars)))
    )
    return bare[:at] + struct.pack(f"{order}H", count + 2) + entries + added + bytes(4)


def photo_at(path: Path, data: bytes) -> Photo:
    path.write_bytes(data)
    return Photo(PhotoId(path.name), path, mtime_ns=path.stat().st_mtime_ns, marks=embedded_marks(path))


STARRED = [
    ("exif.jpg", of_exif(windows_exif(3)), 3),
    ("order.jpg", of_exif(windows_exif(4, order=">")), 4),
    ("percent.jpg", of_exif(windows_exif(None, 75)), 4),
    ("rating-counts.jpg", of_exif(windows_exif(2, 99)), 2),
    ("rating-none.jpg", of_exif(windows_exif(0, 50)), 3),
    ("fuji.jpg", of_exif(noted_exif(fuji_note(5))), 5),
    ("sony.jpg", of_exif(noted_exif(sony_note(2))), 2),
    ("microsoft.jpg", jpeg_with(XMP + packet(MICROSOFT.format(75))), 4),
    ("bare.jpg", jpeg_with(XMP + packet(BARE.format(1))), 1),
    ("camera-writes-0.jpg", jpeg_with(EXIF + windows_exif(3), XMP + packet('xmp:Rating="0"')), 3),
    ("damaged-packet.jpg", jpeg_with(EXIF + windows_exif(3), XMP + b"<x:xmpmeta"), 3),
    ("within.raf", raf(jpeg_with(XMP + packet('xmp:Rating="4"'))), 4),
    ("within-exif.raf", raf(of_exif(noted_exif(fuji_note(1)))), 1),
    ("exif.png", png_of_exif(windows_exif(5)), 5),
    ("prefixed.png", png_of_exif(EXIF + windows_exif(5)), 5),
    ("exif.tif", rated_tiff(2), 2),
    ("exif.nef", rated_tiff(2, ">"), 2),
]
SILENT = [
    ("zero.jpg", of_exif(windows_exif(0, 0))),
    ("six.jpg", of_exif(windows_exif(6, 101))),
    ("note.jpg", of_exif(noted_exif(b"NIKON" + bytes(40)))),
    ("sony-none.jpg", of_exif(noted_exif(sony_note(2**32 - 1)))),
    ("cut.jpg", of_exif(windows_exif(3)[:15])),
    ("circle.jpg", of_exif(b"II*\0" + struct.pack("<IHHHII", 8, 1, 0x8769, 4, 1, 8))),
]


@pytest.mark.parametrize(("name", "data", "stars"), STARRED)
def test_stars_of_cameras_and_windows_are_read_as_theirs(
    name: str, data: bytes, stars: int, tmp_path: Path
) -> None:
    photo = photo_at(tmp_path / name, data)
    assert photo.marks == Marks(camera_rating=stars)
    assert read_facts(write_facts(photo), photo).marks == photo.marks


@pytest.mark.parametrize(("name", "data"), SILENT)
def test_what_says_no_number_of_stars_says_nothing(name: str, data: bytes, tmp_path: Path) -> None:
    assert photo_at(tmp_path / name, data).marks.is_empty


@pytest.mark.parametrize(("name", "data"), [(name, data) for name, data, _ in STARRED])
def test_random_damage_costs_the_stars_at_most(name: str, data: bytes, tmp_path: Path) -> None:
    chance = random.Random(name)
    for _ in range(60):
        damaged = bytearray(data)
        for _ in range(chance.randrange(1, 6)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        path = tmp_path / name
        path.write_bytes(damaged[: chance.choice([len(data), chance.randrange(len(data))])])
        found = embedded_marks(path)
        assert found.camera_rating in (None, 1, 2, 3, 4, 5)
        try:
            edit = plan_embed(path, XmpEdit(rating=2))
        except SidecarError:
            continue
        before = path.read_bytes()
        write_embed(edit)
        status = path.stat()
        write_embed(edit.undone(FileStamp(status.st_mtime_ns, status.st_size)))
        assert path.read_bytes() == before


def test_directories_that_multiply_are_not_all_followed() -> None:
    def directory(tag: int, at: int) -> bytes:
        return struct.pack(">H", 1024) + struct.pack(">HHII", tag, 7, 60_000, at) * 1024

    first, second, third = 8, 8 + 2 + 12 * 1024, 8 + 2 * (2 + 12 * 1024)
    block = b"MM\0*" + struct.pack(">I", first) + directory(0x8769, second) + directory(0x927C, third)
    reads = []

    class Counted(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            reads.append(size)
            return super().read(size)

    assert camera_stars(Counted(block + b"SONY DSC \0\0\0" + directory(0x2002, 0))) is None
    assert len(reads) < 20


def test_what_a_program_says_comes_first(tmp_path: Path) -> None:
    data = jpeg_with(EXIF + windows_exif(3, 50), XMP + packet('xmp:Rating="1" ' + MICROSOFT.format(99)))
    photo = photo_at(tmp_path / "1.jpg", data)
    files = [FileMarks(photo.path, LATER, photo.marks)]
    assert with_marks(Decision(photo.id), files).rating == 1
    older = FileMarks(tmp_path / "1.xmp", LATER - timedelta(days=1), Marks(rating=2))
    camera = FileMarks(photo.path, LATER, Marks(camera_rating=5))
    assert with_marks(Decision(photo.id), [camera, older]) == with_marks(Decision(photo.id), [older])


def test_percentages_are_those_of_windows() -> None:
    assert [stars_of_percent(percent_of_stars(stars)) for stars in range(6)] == [None, 1, 2, 3, 4, 5]
    found = [stars_of_percent(percent) for percent in range(1, 101)]
    assert found == sorted(found, key=lambda stars: stars or 0)
    assert [stars_of_percent(percent) for percent in (12, 13, 37, 38, 62, 63, 87, 88)] == [
        1,
        2,
        2,
        3,
        3,
        4,
        4,
        5,
    ]
    assert stars_of_percent(101) is stars_of_percent(-1) is stars_of_percent(None) is None


def test_a_cameras_stars_are_shown_and_are_no_decision(tmp_path: Path) -> None:
    photo = photo_at(tmp_path / "1.jpg", of_exif(windows_exif(4)))
    files = [FileMarks(photo.path, LATER, photo.marks)]
    with closing(SessionStore.open(tmp_path / "decisions.sqlite")) as store:
        review = Review(store, (tmp_path,), Shoot())
        review.load([photo])
        (shown,) = review.take_marks({photo.id: files}).values()
        assert shown.rating == 4
        assert shown.is_empty
        assert not Selection(Choice.DECIDED).of([photo], {photo.id: shown})
        assert Selection(Choice.ALL, least_stars=4).of([photo], {photo.id: shown})

        picked = review.set_flag([photo.id], Flag.PICK)
        assert picked is not None
        assert picked.after[0].rating == 4  # as it is seen
        kept = store.load_decisions([photo])[photo.id]
        assert (kept.flag, kept.rating) == (Flag.PICK, None)

        review.set_rating([photo.id], 0)
        assert store.load_decisions([photo])[photo.id].rating == 0
        assert not review.conflicts()
        review.set_rating([photo.id], 4)  # the same number, but now it is the user's
        assert store.load_decisions([photo])[photo.id].rating == 4


def test_a_cameras_stars_never_contradict_a_decision() -> None:
    decision = Decision(PhotoId("a"), rating=2, decided_at=LATER - timedelta(days=9))
    assert find_conflict(decision, [FileMarks(Path("/a.jpg"), LATER, Marks(camera_rating=5))]) is None


def test_nothing_is_written_for_a_cameras_stars_alone_but_a_new_sidecar_keeps_them(tmp_path: Path) -> None:
    photo = photo_at(tmp_path / "1.raf", raf(jpeg_with(XMP + packet('xmp:Rating="4"'))))
    jpeg = photo_at(tmp_path / "2.jpg", of_exif(windows_exif(3)))
    photos = [photo, jpeg]
    files = {one.id: [FileMarks(one.path, LATER, one.marks)] for one in photos}

    def plan(**decided: Any) -> list[str]:
        seen = {one.id: with_marks(Decision(one.id, **decided), files[one.id]) for one in photos}
        planned = plan_xmp(photos, photos, seen, choices=XmpChoices(embed=True))
        return [f"{one.path.name} {difference}" for one in planned for difference in one.differences()]

    assert plan() == []
    said = plan(flag=Flag.PICK)
    # Programs that find a sidecar do not look into the RAW any more.
    assert "1.xmp xmp:Rating: none → 4" in said
    assert not [one for one in said if one.startswith("2.jpg") and "Rating" in one]
    (tmp_path / "1.xmp").write_bytes(packet('xmp:Label="Red"'))
    assert not [one for one in plan(flag=Flag.PICK) if "Rating" in one]


STALE = {
    "windows.jpg": jpeg_with(
        EXIF + windows_exif(5, 99), XMP + packet('xmp:Rating="5" ' + MICROSOFT.format(99), padding=2048)
    ),
    "motorola.jpg": jpeg_with(EXIF + windows_exif(5, 99, ">")),
    "percent.jpg": of_exif(windows_exif(None, 99)),
    "windows.png": png_of_exif(windows_exif(5, 99)),
    "prefixed.png": png_of_exif(EXIF + windows_exif(5, 99)),
    "no-packet.tif": rated_tiff(5),
    "packet.dng": rated_tiff(5, ">", packet('xmp:Rating="5"')),
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ExportStore]:
    with closing(ExportStore.open(tmp_path / "exports.sqlite")) as store:
        yield store


@pytest.mark.parametrize("stars", range(5))
@pytest.mark.parametrize("name", STALE)
def test_no_stale_stars_stay_where_others_are_written(
    name: str, stars: int, store: ExportStore, tmp_path: Path
) -> None:
    (tmp_path / "shoot").mkdir()
    photo = photo_at(tmp_path / "shoot" / name, STALE[name])
    before = contents(tmp_path / "shoot")
    decisions = {photo.id: Decision(photo.id, rating=stars)}
    plan = list(plan_xmp([photo], [photo], decisions, choices=XmpChoices(embed=True)))
    foreseen = [str(difference) for difference in plan[0].differences()]
    assert any(one.startswith("Exif Rating") for one in foreseen)
    export(plan, store, "stars")
    assert embedded_marks(photo.path) == Marks(rating=stars or None, camera_rating=stars or None)
    assert not next(plan_xmp([photo], [photo], decisions, choices=XmpChoices(embed=True))).is_work
    record = store.last()
    assert record is not None
    undo(store, record)
    assert contents(tmp_path / "shoot") == before


@pytest.mark.parametrize("name", STALE)
def test_exiftool_finds_the_new_stars_alone_and_nothing_damaged(name: str, tmp_path: Path) -> None:
    for folder in ("before", "after"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_bytes(STALE[name])
    path = tmp_path / "after" / name
    write_embed(plan_embed(path, XmpEdit(rating=2)))
    assert exiftool_tags(tmp_path / "before") == exiftool_tags(tmp_path / "after")
    command = ["exiftool", "-a", "-n", "-s3", "-Rating", "-RatingPercent", str(path)]
    said = subprocess.run(command, capture_output=True, check=True, timeout=60).stdout.split()
    assert set(said) <= {b"2", b"25"}
    if shutil.which("exiv2") is not None and name != "prefixed.png":  # which it cannot read at all
        query = ["exiv2", "-Pkv", "-g", "Rating", str(path)]
        lines = (
            subprocess.run(query, capture_output=True, check=False, timeout=60).stdout.decode().splitlines()
        )
        assert {line.split()[-1] for line in lines} <= {"2", "25"}
        assert "Xmp.xmp.Rating" in {line.split()[0] for line in lines}


def test_tags_of_windows_are_never_made(tmp_path: Path) -> None:
    path = tmp_path / "1.jpg"
    path.write_bytes(of_exif(windows_exif()))
    write_embed(plan_embed(path, XmpEdit(rating=2)))
    assert windows_exif() in path.read_bytes()
    assert embedded_marks(path) == Marks(rating=2)


def test_a_flag_alone_changes_no_stars(tmp_path: Path) -> None:
    path = tmp_path / "1.jpg"
    path.write_bytes(STALE["windows.jpg"])
    write_embed(plan_embed(path, XmpEdit(Flag.PICK)))
    assert embedded_marks(path) == Marks(Flag.PICK, 5, camera_rating=5)


@pytest.mark.parametrize("attribute", [MICROSOFT, BARE, ACDSEE])
def test_other_programs_stars_in_a_sidecar_follow(attribute: str) -> None:
    former = 5 if attribute is ACDSEE else 99
    edited = edit_packet(packet('xmp:Rating="5" ' + attribute.format(former)), XmpEdit(rating=2))
    assert attribute.format(2 if attribute is ACDSEE else 25).encode() in edited
    assert read_packet(edited).rating == 2


def test_the_stars_of_the_first_of_two_packets_are_shown_and_writing_is_refused(
    store: ExportStore, tmp_path: Path
) -> None:
    photo = photo_at(
        tmp_path / "2.jpg", jpeg_with(*(XMP + packet(f'xmp:Rating="{stars}"') for stars in (4, 1)))
    )
    assert photo.marks == Marks(rating=4)
    decisions = {photo.id: Decision(photo.id, rating=4)}  # what the first says already
    (planned,) = plan_xmp([photo], [photo], decisions, choices=XmpChoices(embed=True))
    assert "more than one XMP packet" in planned.remark
    assert not planned.is_work
    assert export(list(plan_xmp([photo], [photo], decisions)), store, "beside").written
    assert read_sidecar(tmp_path / "2.xmp").rating == 4
