"""Photos whose only date is the time of their file: embedding does not date them anew, nor does its undoing."""

import io
import os
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from core.export.carry_out import export
from core.export.journal import Journal
from core.export.recovery import interrupted, settle
from core.export.store import ExportStore
from core.export.undo import undo
from core.export.xmp import XmpChoices, plan_xmp
from core.ingest.exif_reader import read_metadata
from core.ingest.scanner import ScannedFile
from core.persistence.analysis_cache import AnalysisCache
from core.sidecar.photo_embed import plan_embed, write_embed
from core.sidecar.xmp_edit import XmpEdit
from core.types import Decision, Flag, Photo, TimeSource
from fixtures.photo_files import packet, picture, png, rich_jpeg, tiff
from fixtures.shoots import DATE_TIME_ORIGINAL, EXIF_IFD

LONG_AGO = 1_000_000_000_123_456_789
EMBED = XmpChoices(embed=True)
UNDATED = {
    "room.jpg": rich_jpeg(packet(padding=4096))[0],
    "tight.jpg": rich_jpeg(packet())[0],
    "bare.jpg": picture(),
    "one.png": png(packet()),
    "room.tif": tiff(packet(padding=4096)),
    "bare.dng": tiff(),
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ExportStore]:
    with closing(ExportStore.open(tmp_path / "exports.sqlite")) as store:
        yield store


def read(path: Path) -> Photo:
    status = path.stat()
    return read_metadata(ScannedFile(path, status.st_size, status.st_mtime_ns)).photo


def write(path: Path, data: bytes) -> Photo:
    path.write_bytes(data)
    os.utime(path, ns=(LONG_AGO, LONG_AGO))
    return read(path)


def dated() -> bytes:
    """A JPEG that says itself when it was taken."""
    exif = Image.Exif()
    exif.get_ifd(EXIF_IFD)[DATE_TIME_ORIGINAL] = "2020:02:02 02:02:02"
    out = io.BytesIO()
    Image.new("RGB", (64, 48)).save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.mark.parametrize("name", UNDATED)
def test_a_photo_without_a_date_keeps_that_of_its_file(name: str, store: ExportStore, tmp_path: Path) -> None:
    photo = write(tmp_path / name, UNDATED[name])
    assert photo.time_source is TimeSource.FILE
    plan = list(plan_xmp([photo], [photo], {photo.id: Decision(photo.id, Flag.PICK, 3)}, choices=EMBED))
    assert export(plan, store, "embedded").written == [photo.path]
    assert photo.path.read_bytes() != UNDATED[name]
    assert photo.path.stat().st_mtime_ns == LONG_AGO
    assert read(photo.path).taken_at == photo.taken_at

    os.utime(photo.path)  # whatever else happens to it
    record = store.last()
    assert record is not None
    undo(store, record)
    assert photo.path.read_bytes() == UNDATED[name]
    assert photo.path.stat().st_mtime_ns == LONG_AGO


def test_other_programs_notice_a_change_of_a_photo_that_has_a_date(
    store: ExportStore, tmp_path: Path
) -> None:
    photo = write(tmp_path / "1.jpg", dated())
    assert photo.time_source is TimeSource.EXIF
    plan = list(plan_xmp([photo], [photo], {photo.id: Decision(photo.id, Flag.PICK, 3)}, choices=EMBED))
    export(plan, store, "embedded")
    assert photo.path.stat().st_mtime_ns > LONG_AGO


def test_each_file_of_a_pair_is_asked_for_its_own_date(store: ExportStore, tmp_path: Path) -> None:
    photo = write(tmp_path / "1.jpg", dated())
    raw = write(tmp_path / "1.dng", tiff()).path
    pair = replace(photo, companions=(raw,))
    plan = list(plan_xmp([pair], [pair], {pair.id: Decision(pair.id, Flag.PICK, 3)}, choices=EMBED))
    assert {one.path for one in plan} == {photo.path, raw}
    export(plan, store, "embedded")
    assert photo.path.stat().st_mtime_ns > LONG_AGO
    assert raw.stat().st_mtime_ns == LONG_AGO


def test_a_program_killed_before_the_time_was_put_back_does_so_later(
    store: ExportStore, tmp_path: Path
) -> None:
    photo = write(tmp_path / "room.jpg", UNDATED["room.jpg"])
    (planned,) = plan_xmp([photo], [photo], {photo.id: Decision(photo.id, Flag.PICK, 3)}, choices=EMBED)
    ready = planned.prepare()
    Journal(store, "killed", 1).note(ready.touched)
    ready.write()
    os.utime(photo.path)  # as it is before the last step
    record = interrupted(store)
    assert record is not None
    settle(store, record)
    assert photo.path.stat().st_mtime_ns == LONG_AGO


def test_a_write_that_fails_leaves_the_time_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    photo = write(tmp_path / "room.jpg", UNDATED["room.jpg"])
    edit = plan_embed(photo.path, XmpEdit(rating=4), keeps_time=True)
    calls = []

    def fail_once(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == 1:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("core.sidecar.photo_embed.os.fsync", fail_once)
    with pytest.raises(Exception, match="disk is full"):
        write_embed(edit)
    assert photo.path.read_bytes() == UNDATED["room.jpg"]
    assert photo.path.stat().st_mtime_ns == LONG_AGO


def test_what_such_a_photo_says_is_read_again_though_time_and_size_are_the_same(tmp_path: Path) -> None:
    photo = write(tmp_path / "room.jpg", UNDATED["room.jpg"])
    with closing(AnalysisCache.open(tmp_path / "measures.sqlite")) as cache:
        cache.facts.put([photo])
        assert cache.facts.photos([photo])
        edit = plan_embed(photo.path, XmpEdit(rating=4), keeps_time=True)
        assert edit.in_place
        write_embed(edit)
        now = read(photo.path)
        assert (now.mtime_ns, now.size_bytes) == (photo.mtime_ns, photo.size_bytes)
        cache.restamp([(photo, now)])
        assert not cache.facts.photos([now])
