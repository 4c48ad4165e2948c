"""Disks fill up, go away and refuse; folders move and files change while they are read: no decision is lost."""

import sqlite3
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
from skimage import data

from app.__main__ import main
from app.bootstrap import Services, open_services
from app.paths import Places, places
from core.errors import StoreError
from core.export.carry_out import export
from core.export.kinds import ExportKind, Selection
from core.export.request import ExportRequest, Material, plan_export
from core.export.store import ExportStore
from core.library.library import ShootLibrary
from core.persistence.session_store import SessionStore
from core.types import Decision, Flag, Photo, PhotoId
from fixtures.disks import Drive, fill, small_disk, write_protected
from fixtures.runs import COUNT, run_interrupted, write_scenes
from fixtures.shoots import write_photo

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="Windows does not let go of files that are open"),
    pytest.mark.usefixtures("measured_here"),
]

FLAGS = (Flag.PICK, Flag.REJECT)


@pytest.fixture
def shoot(tmp_path: Path) -> Path:
    write_scenes(tmp_path / "shoot")
    return tmp_path / "shoot"


@pytest.fixture
def services() -> Iterator[Services]:
    with open_services(places()) as opened:
        yield opened


def decide(store: SessionStore, photo: Photo, flag: Flag = Flag.PICK) -> None:
    store.record([photo.path.parent], "Pick", [photo], [Decision(photo.id)], [Decision(photo.id, flag)])


def is_whole(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as database:
        return database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def names(shoot: Any) -> set[str]:
    return {failure.path.name for failure in shoot.failures}


def test_a_cache_disk_that_fills_up_ends_nothing(
    shoot: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, counts: Any
) -> None:
    with small_disk(tmp_path / "cache", 2 * 2**20) as cache:
        monkeypatch.delenv("SHORTLIST_HOME")
        monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
        monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
        with open_services(places()) as services:
            found, unkept = run_interrupted(shoot, services, lambda: fill(cache))
            assert len(found.analyses) == COUNT
            assert not found.failures
            assert [event.reason for event in unkept] == [unkept[0].reason], "told once"
            assert "full" in unkept[0].reason
            for photo in found.photos.values():
                decide(services.decisions, photo)
            (cache / "ballast").unlink()
            again, unkept = run_interrupted(shoot, services)
            assert not unkept
            assert len(again.decisions) == len(again.analyses) == COUNT
    counts.add(tried=COUNT, survived=len(again.decisions))


def test_a_full_disk_takes_no_decision_that_was_acknowledged(
    shoot: Path, tmp_path: Path, services: Services, counts: Any
) -> None:
    found, _ = run_interrupted(shoot, services)
    photos = list(found.photos.values())
    acknowledged: dict[PhotoId, Flag] = {}
    refusals: list[str] = []
    with small_disk(tmp_path / "data", 2 * 2**20) as disk:
        path = disk / "decisions.sqlite"
        with closing(SessionStore.open(path)) as store:
            for turn in range(60):
                photo, flag = photos[turn % COUNT], FLAGS[turn // COUNT % 2]
                if turn == 20:
                    fill(disk)
                if turn == 45:
                    (disk / "ballast").unlink()
                try:
                    decide(store, photo, flag)
                    acknowledged[photo.id] = flag
                except StoreError as error:
                    refusals.append(str(error))
        assert is_whole(path)
        with closing(SessionStore.open(path)) as store:
            kept = {one: decision.flag for one, decision in store.load_decisions(photos).items()}
    assert 20 <= len(refusals) <= 25, "from when it is full until there is room again"
    assert all("disk is full" in sentence for sentence in refusals)
    assert kept == acknowledged
    survived = sum(kept.get(one) is flag for one, flag in acknowledged.items())
    counts.add(tried=len(acknowledged) + len(refusals), refused=len(refusals), survived=survived)


def test_copies_onto_a_full_disk_are_whole_or_not_there(
    shoot: Path, tmp_path: Path, services: Services, counts: Any
) -> None:
    found, _ = run_interrupted(shoot, services)
    photos = list(found.photos.values())
    decisions = {photo.id: Decision(photo.id, Flag.PICK) for photo in photos}
    with small_disk(tmp_path / "stick", 300_000) as out:
        request = ExportRequest(ExportKind.COPY, Selection(), out)
        result = export(list(plan_export(request, Material(photos, decisions))), services.exports, "copies")
        assert result.written
        assert result.refused
        assert all(
            refused.reason == "The disk is full." and not refused.for_good for refused in result.refused
        )
        assert sorted(path.name for path in out.iterdir()) == sorted(path.name for path in result.written)
        assert all(path.read_bytes() == (shoot / path.name).read_bytes() for path in result.written)
        counts.add(tried=COUNT, survived=len(result.written), refused=len(result.refused))


def test_an_export_that_cannot_be_noted_touches_nothing(
    shoot: Path, tmp_path: Path, services: Services
) -> None:
    found, _ = run_interrupted(shoot, services)
    photos = list(found.photos.values())
    decisions = {photo.id: Decision(photo.id, Flag.PICK) for photo in photos}
    with ExitStack() as stack:
        disk = stack.enter_context(small_disk(tmp_path / "data", 200_000))
        store = stack.enter_context(closing(ExportStore.open(disk / "exports.sqlite")))
        fill(disk)
        plan = list(plan_export(ExportRequest(ExportKind.XMP), Material(photos, decisions)))
        result = export(plan, store, "sidecars")
        assert not result.written
        assert len(result.refused) == COUNT
        assert all("disk is full" in refused.reason for refused in result.refused)
        assert not list(shoot.glob("*.xmp"))


def test_a_cache_that_cannot_be_written_is_done_without(
    shoot: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    where = places_apart(tmp_path, monkeypatch)
    (tmp_path / "cache" / "shortlist").mkdir(parents=True, exist_ok=True)
    with write_protected(tmp_path / "cache"):
        with open_services(where) as services:
            (trouble,) = services.troubles
            assert "measures.sqlite" in trouble
            found, _ = run_interrupted(shoot, services)
            assert len(found.analyses) == COUNT
            decide(services.decisions, next(iter(found.photos.values())))
        with open_services(where) as services:
            again, _ = run_interrupted(shoot, services)
            assert len(again.decisions) == 1
            stand_in = services.measures._database.path
    assert not stand_in.exists(), "what stood in is cleared away"


def places_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    """Decisions, caches and log in folders of their own, as installed."""
    monkeypatch.delenv("SHORTLIST_HOME")
    for name, folder in (("XDG_CACHE_HOME", "cache"), ("XDG_DATA_HOME", "data"), ("XDG_STATE_HOME", "state")):
        monkeypatch.setenv(name, str(tmp_path / folder))
    return places()


def test_a_cache_deleted_while_it_is_used_is_done_without(
    shoot: Path, services: Services, home: Path
) -> None:
    def delete() -> None:
        for path in home.glob("*"):
            if path.name.startswith(("measures", "thumbnails")):
                path.unlink()

    found, unkept = run_interrupted(shoot, services, delete)
    assert len(found.analyses) == COUNT
    assert len(unkept) == 1
    for photo in found.photos.values():
        decide(services.decisions, photo)
    with open_services(places()) as afresh:
        again, unkept = run_interrupted(shoot, afresh)
    assert not unkept
    assert len(again.decisions) == len(again.analyses) == COUNT


def test_two_windows_on_one_folder_lose_nothing(
    shoot: Path, services: Services, is_long: bool, counts: Any
) -> None:
    rounds = 40 if is_long else 4
    with open_services(places()) as other:
        photos = list(run_interrupted(shoot, services)[0].photos.values())

        def review(store: SessionStore, mine: list[Photo]) -> None:
            for turn in range(rounds):
                for photo in mine:
                    decide(store, photo, FLAGS[turn % 2])

        windows = [
            threading.Thread(target=review, args=(one.decisions, photos[at::2]))
            for at, one in enumerate((services, other))
        ]
        for window in windows:
            window.start()
        run_interrupted(shoot, other)
        for window in windows:
            window.join()
        for store in (services.decisions, other.decisions):
            assert {one.flag for one in store.load_decisions(photos).values()} == {FLAGS[(rounds - 1) % 2]}
            journal = store.journal([shoot])
            assert len(journal) == rounds * COUNT
    counts.add(tried=rounds * COUNT, survived=len(journal))


def test_a_folder_renamed_in_the_middle_and_back(shoot: Path, services: Services) -> None:
    away = shoot.with_name("away")
    found, _ = run_interrupted(shoot, services, lambda: shoot.rename(away))
    assert found.failures
    assert len(found.analyses) + len(found.failures) == COUNT
    assert all("moved or deleted" in failure.reason for failure in found.failures)
    for photo in found.photos.values():
        decide(services.decisions, photo)
    renamed, _ = run_interrupted(away, services)
    assert len(renamed.decisions) == COUNT, "found under its new name"
    away.rename(shoot)
    back, _ = run_interrupted(shoot, services)
    assert len(back.decisions) == len(back.analyses) == COUNT
    assert not back.failures


def test_a_drive_pulled_out_in_the_middle_and_put_back(
    shoot: Path, tmp_path: Path, services: Services
) -> None:
    drive = Drive(tmp_path / "drive", shoot)
    drive.plug_in()
    try:
        found, _ = run_interrupted(tmp_path / "drive", services, drive.pull_out)
        assert found.failures
        assert len(found.analyses) + len(found.failures) == COUNT
        for photo in found.photos.values():
            decide(services.decisions, photo)
        drive.plug_in()
        back, _ = run_interrupted(tmp_path / "drive", services)
        assert len(back.decisions) == len(back.analyses) == COUNT
        assert not back.failures
    finally:
        drive.pull_out()


def test_files_changed_replaced_and_removed_while_they_are_read(shoot: Path, services: Services) -> None:
    files = sorted(shoot.iterdir())
    other = files[0].read_bytes()

    def meddle() -> None:
        files[-1].unlink()
        files[-2].write_bytes(files[-2].read_bytes()[:2000])
        files[-3].write_bytes(other)
        files[-4].write_bytes(b"")
        files[-5].unlink()
        files[-5].mkdir()

    found, _ = run_interrupted(shoot, services, meddle, at=3)
    assert names(found) == {files[at].name for at in (-1, -2, -4, -5)}
    assert len(found.analyses) == COUNT - 3, "of the one cut short, what is left is shown"
    again, _ = run_interrupted(shoot, services)
    assert names(again) == {files[at].name for at in (-2, -4)}
    by_name = {photo.path.name: again.analyses.get(one) for one, photo in again.photos.items()}
    replaced, first = by_name[files[-3].name], by_name[files[0].name]
    assert replaced is not None
    assert first is not None
    assert replaced.phash == first.phash, "measured as it is now"


def test_a_disk_that_is_full_from_the_start_is_said_to_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with small_disk(tmp_path / "home", 2 * 2**20) as home:
        monkeypatch.setenv("SHORTLIST_HOME", str(home))
        with open_services(places()):
            pass
        fill(home)
        assert main(["people", "list"]) == 4
        assert "The disk is full. Make room and try again." in capsys.readouterr().err


def test_a_library_that_a_full_disk_cut_short_says_so_and_is_made_good_once_there_is_room(
    tmp_path: Path, shoot_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    later = tmp_path / "later"
    later.mkdir()
    write_photo(later / "chelsea.jpg", data.chelsea(), None)
    with small_disk(tmp_path / "home", 8 * 2**20) as home:
        monkeypatch.setenv("SHORTLIST_HOME", str(home))
        assert main(["cull", str(shoot_folder)]) == 0
        whole = ShootLibrary.take

        def onto_a_full_disk(*args: Any, **more: Any) -> None:
            ballast = fill(home)
            try:
                whole(*args, **more)
            finally:
                ballast.unlink()  # closing its files makes room as well

        with monkeypatch.context() as meanwhile:
            meanwhile.setattr(ShootLibrary, "take", onto_a_full_disk)
            assert main(["cull", str(later)]) == 0
            assert "The library of all shoots is not kept up" in capsys.readouterr().err
            for said in (["words", "chelsea"], ["duplicates"], ["similar", str(later / "chelsea.jpg")]):
                assert main(["find", *said]) == 3
                told = " ".join(capsys.readouterr().err.split())
                assert "The library of all shoots is incomplete" in told
                assert "The disk is full. Make room and try again." in told
                assert "Nothing was found." not in told
        assert main(["find", "words", "chelsea"]) == 0
        found = capsys.readouterr()
        assert str(later / "chelsea.jpg") in found.out
        assert "incomplete" not in found.err


def test_what_a_run_measured_before_it_was_cut_short_is_found(
    shoot_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["find", "words", "d.jpg"]) == 3, "there is a library, which knows nothing"
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr("core.pipeline.runner.remember", lambda *_: 1 // 0)
        assert main(["cull", str(shoot_folder)]) == 70
    assert main(["find", "words", "d.jpg"]) == 0
    assert str(shoot_folder / "D.jpg") in capsys.readouterr().out
