"""What a scan finds, what it leaves out, and what it says about the rest."""

import os
import sys
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.cancelling import never
from core.errors import SourceError
from core.ingest.natural_order import natural_key
from core.ingest.scanner import ScanResult, photo_id, scan

needs_links = pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")


def touch(*paths: Path) -> None:
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def look(*sources: Path, recursive: bool = True) -> ScanResult:
    return scan(sources, recursive, never)


def names(result: ScanResult) -> list[str]:
    return [file.path.name for file in result.files]


def test_photos_come_in_natural_order_own_files_before_subfolders(tmp_path: Path) -> None:
    touch(*(tmp_path / name for name in ("IMG_10.JPG", "img_9.jpg", "b/1.nef", "a10/1.heic", "a9/1.cr3")))
    found = [file.path.relative_to(tmp_path).as_posix() for file in look(tmp_path).files]
    assert found == ["img_9.jpg", "IMG_10.JPG", "a9/1.cr3", "a10/1.heic", "b/1.nef"]


def test_what_is_left_out_is_counted_by_reason(tmp_path: Path) -> None:
    touch(*(tmp_path / name for name in ("a.jpg", "b.xmp", "c.txt", "clip.mov", ".DS_Store", "._a.jpg")))
    touch(tmp_path / "@eaDir" / "a.jpg", tmp_path / ".shortlist" / "a.jpg", tmp_path / "L.lrdata" / "a.jpg")
    result = look(tmp_path)
    assert names(result) == ["a.jpg", "clip.mov"]
    assert result.skipped == {"sidecar": 1, "not a photo": 1, "hidden": 3, "system folder": 2}


@pytest.mark.parametrize(
    "folder",
    [
        *(
            "@Recycle",
            "#recycle",
            "@eaDir/IMG_1.jpg",
            "@Recently-Snapshot",
            ".@__thumb",
            "$RECYCLE.BIN/S-1-5-21",
        ),
        *(
            "[Originals]",
            "Corel Auto-Preserve",
            "PRIVATE/M4ROOT/THMBNL",
            "THMBNL",
            "__MACOSX",
            "FOUND.000",
            "LOST.DIR",
            "lost+found",
        ),
        *(
            "Photos Library.photoslibrary/originals/0",
            "iPhoto Library.photolibrary/Masters",
            ".Trash-1000/files",
        ),
        *(
            "Lr Catalog Smart Previews.lrdata/x",
            "Catalog.cocatalog/Cache",
            "System Volume Information",
            "RECYCLER",
        ),
    ],
)
def test_what_programs_drives_and_systems_leave_is_no_photo(tmp_path: Path, folder: str) -> None:
    touch(tmp_path / "IMG_1.jpg", tmp_path / folder / "IMG_2.jpg", tmp_path / folder.lower() / "IMG_3.jpg")
    assert names(look(tmp_path)) == ["IMG_1.jpg"]
    assert "IMG_2.jpg" in names(look(tmp_path / folder))  # named outright, it is what the user wants


@pytest.mark.parametrize(
    "folder", ["Originals", "Trash", "Thumbs", "Recycling", "@home", "lrdata", "CaptureOne"]
)
def test_a_folder_that_users_name_so_themselves_is_theirs(tmp_path: Path, folder: str) -> None:
    touch(tmp_path / folder / "IMG_1.jpg")
    assert names(look(tmp_path)) == ["IMG_1.jpg"]


def test_films_are_found_beside_a_picture_and_alone(tmp_path: Path) -> None:
    touch(tmp_path / "IMG_1.HEIC", tmp_path / "img_1.mov", tmp_path / "IMG_2.MOV")
    result = look(tmp_path)
    assert [(file.path.name, file.is_film) for file in result.files] == [
        ("IMG_1.HEIC", False),
        ("img_1.mov", True),
        ("IMG_2.MOV", True),
    ]
    assert result.skipped == {}


def test_without_recursion_subfolders_are_left_alone(tmp_path: Path) -> None:
    touch(tmp_path / "a.jpg", tmp_path / "sub" / "b.jpg")
    assert names(look(tmp_path, recursive=False)) == ["a.jpg"]


def test_overlapping_sources_count_each_file_once(tmp_path: Path) -> None:
    touch(tmp_path / "a.jpg", tmp_path / "sub" / "b.jpg")
    sources = (tmp_path / "sub", tmp_path, tmp_path, tmp_path / "a.jpg", tmp_path / "sub" / ".." / "a.jpg")
    assert sorted(names(look(*sources))) == ["a.jpg", "b.jpg"]


def test_size_and_time_are_those_on_disk(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(b"12345")
    os.utime(path, ns=(0, 1_700_000_000_123_456_700))
    (file,) = look(tmp_path).files
    assert (file.path, file.size_bytes, file.mtime_ns) == (path, 5, path.stat().st_mtime_ns)


@needs_links
def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    touch(tmp_path / "a" / "1.jpg")
    (tmp_path / "a" / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert names(look(tmp_path)) == ["1.jpg"]


@needs_links
def test_a_link_out_of_the_folder_is_followed_but_not_to_what_the_folder_is_in(tmp_path: Path) -> None:
    shoot, elsewhere = tmp_path / "shoot", tmp_path / "elsewhere"
    for folder in (shoot, elsewhere):
        folder.mkdir()
        (folder / f"{folder.name}.jpg").write_bytes(b"x")
    (shoot / "card").symlink_to(elsewhere, target_is_directory=True)
    (shoot / "disk").symlink_to("/", target_is_directory=True)
    (shoot / "up").symlink_to("..", target_is_directory=True)
    assert [file.path.name for file in scan([shoot], True, never).files] == [
        "shoot.jpg",
        "elsewhere.jpg",
    ]


def test_times_that_no_clock_shows_are_brought_within_bounds(tmp_path: Path) -> None:
    for name, seconds in (("a.jpg", 10**10), ("b.jpg", -(10**10)), ("c.jpg", 0)):
        (tmp_path / name).write_bytes(b"x")
        os.utime(tmp_path / name, (seconds, seconds))
    found = [file.mtime_ns for file in scan([tmp_path], True, never).files]
    assert all(-(2**63) < mtime_ns < 2**63 for mtime_ns in found)
    assert found[2] == 0


@needs_links
def test_broken_links_are_named(tmp_path: Path) -> None:
    touch(tmp_path / "a.jpg")
    (tmp_path / "gone.jpg").symlink_to(tmp_path / "nowhere.jpg")
    (tmp_path / "self.jpg").symlink_to(tmp_path / "self.jpg")
    result = look(tmp_path)
    assert names(result) == ["a.jpg"]
    assert sorted(problem.path.name for problem in result.problems) == ["gone.jpg", "self.jpg"]
    assert all(problem.reason.endswith(".") for problem in result.problems)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_named_like_a_photo_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.jpg")
    assert look(tmp_path).skipped == {"not a photo": 1}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_closed_subfolder_is_a_problem_a_closed_source_an_error(tmp_path: Path) -> None:
    touch(tmp_path / "a.jpg", tmp_path / "closed" / "b.jpg")
    closed = tmp_path / "closed"
    closed.chmod(0)
    try:
        result = look(tmp_path)
        assert names(result) == ["a.jpg"]
        assert [problem.path for problem in result.problems] == [closed]
        with pytest.raises(SourceError, match="permissions"):
            look(closed)
    finally:
        closed.chmod(0o700)


def test_a_missing_source_is_an_error_only_if_nothing_else_is_there(tmp_path: Path) -> None:
    touch(tmp_path / "a.jpg")
    missing = tmp_path / "unplugged"
    with pytest.raises(SourceError, match="“unplugged”: It is not there"):
        look(missing)
    result = look(tmp_path, missing)
    assert names(result) == ["a.jpg"]
    assert [problem.path for problem in result.problems] == [missing]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
def test_odd_names_are_found_and_have_ids(tmp_path: Path) -> None:
    odd = [b"new\nline.jpg", b"latin1-\xe9.jpg", "日本 ü.jpg".encode()]
    for name in odd:
        touch(Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)))
    result = look(tmp_path)
    assert sorted(os.fsencode(name) for name in names(result)) == sorted(odd)
    assert len({photo_id(file.path) for file in result.files}) == 3


def test_a_cancelled_scan_stops_and_keeps_what_it_has(tmp_path: Path) -> None:
    touch(tmp_path / "a.jpg", tmp_path / "sub" / "b.jpg")
    cancel = threading.Event()
    cancel.set()
    assert scan([tmp_path], True, cancel.is_set).files == ()


def test_an_id_names_the_place_not_the_way_there(tmp_path: Path) -> None:
    identity = photo_id(tmp_path / "a.jpg")
    assert len(identity) == 20
    assert photo_id(tmp_path / "sub" / ".." / "a.jpg") == identity
    assert photo_id(tmp_path / "b.jpg") != identity


@given(st.lists(st.text(alphabet="aA0Bb12_. é²", max_size=8), max_size=12))
def test_natural_order_is_total(words: list[str]) -> None:
    shuffled = words[::-1]
    assert sorted(shuffled, key=natural_key) == sorted(words, key=natural_key)
    assert len({natural_key(word) for word in words}) == len(set(words))


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_numbers_in_names_count_as_numbers(one: int, other: int) -> None:
    in_order = natural_key(f"DSC{one}.JPG") < natural_key(f"dsc{other}.jpg")
    assert in_order == (one < other or (one == other and "DSC" < "dsc"))
