"""Files that come into a watched folder: taken once they are whole, and not before."""

from pathlib import Path

import pytest

from core.ingest.arrivals import PATIENCE, STILL, Arrivals, ArrivalsSeen, is_whole
from core.ingest.scanner import ScannedFile
from fixtures.photo_files import picture, rich_jpeg, tiff


def file(name: str, size: int, time: int = 1) -> ScannedFile:
    return ScannedFile(Path("/in") / name, size, time)


def always(_path: Path) -> bool:
    return True


def names(paths: frozenset[Path]) -> set[str]:
    return {path.name for path in paths}


def test_a_file_is_taken_once_it_was_the_same_for_a_moment() -> None:
    arrivals = Arrivals([file("known.jpg", 9)], always)
    growing = [file("known.jpg", 9), file("new.jpg", 5)]
    assert names(arrivals.look(growing, 0.0).unfinished) == {"new.jpg"}
    growing[1] = file("new.jpg", 10, 2)
    assert names(arrivals.look(growing, STILL).unfinished) == {"new.jpg"}, "it grew"
    seen = arrivals.look(growing, 2 * STILL)
    assert names(seen.fresh) == {"new.jpg"}
    assert not seen.unfinished
    arrivals.take(growing, seen)
    assert not arrivals.look(growing, 9 * STILL).fresh


def test_a_file_that_changes_after_it_was_taken_is_taken_again() -> None:
    arrivals = Arrivals([file("a.jpg", 9)], always)
    changed = [file("a.jpg", 12, 2)]
    assert names(arrivals.look(changed, 0.0).unfinished) == {"a.jpg"}
    assert names(arrivals.look(changed, STILL).fresh) == {"a.jpg"}


def test_one_that_does_not_end_is_waited_for_but_not_for_ever() -> None:
    arrivals = Arrivals(whole=lambda _path: False)
    arrivals.look([file("a.jpg", 5)], 0.0)
    assert names(arrivals.look([file("a.jpg", 5)], PATIENCE / 2).unfinished) == {"a.jpg"}
    assert names(arrivals.look([file("a.jpg", 5)], PATIENCE).fresh) == {"a.jpg"}


def test_one_that_is_gone_is_forgotten() -> None:
    arrivals = Arrivals(whole=always)
    arrivals.look([file("a.jpg", 5)], 0.0)
    assert arrivals.look([], 0.5).unfinished == frozenset()
    assert names(arrivals.look([file("a.jpg", 5)], STILL).unfinished) == {"a.jpg"}, "it begins anew"


def test_one_that_was_taken_went_and_came_back_is_taken_again() -> None:
    arrivals = Arrivals([file("a.jpg", 5)], always)
    assert names(arrivals.look([], 0.0).leaving) == {"a.jpg"}
    gone = arrivals.look([], STILL)
    assert names(gone.gone) == {"a.jpg"}
    arrivals.take([], gone)
    assert arrivals.look([], 2 * STILL) == ArrivalsSeen(), "it is told once"
    arrivals.look([file("a.jpg", 5)], 3 * STILL)
    assert names(arrivals.look([file("a.jpg", 5)], 4 * STILL).fresh) == {"a.jpg"}


def test_one_that_a_program_writes_anew_under_its_name_does_not_go() -> None:
    arrivals = Arrivals([file("a.jpg", 5)], always)
    assert names(arrivals.look([], 0.0).leaving) == {"a.jpg"}
    arrivals.look([file("a.jpg", 9, 2)], STILL / 2)
    seen = arrivals.look([file("a.jpg", 9, 2)], 2 * STILL)
    assert not seen.gone
    assert names(seen.fresh) == names(seen.changed) == {"a.jpg"}


def test_what_cannot_be_looked_at_is_not_gone() -> None:
    arrivals = Arrivals([file("a.jpg", 5)], always)
    for now in (0.0, 9.0):
        seen = arrivals.look([], now, lambda path: path.name == "a.jpg")
        assert not seen.gone | seen.leaving
        assert seen.unseen == (file("a.jpg", 5),)
    assert arrivals.look([file("a.jpg", 5)], 10.0) == ArrivalsSeen()


def test_a_companion_counts_as_it_is_first_seen_and_changes_later() -> None:
    arrivals = Arrivals([], always, also=[Path("/in/a.dng")])
    assert arrivals.look([file("a.dng", 5)], 0.0) == ArrivalsSeen()
    arrivals.look([file("a.dng", 9, 2)], 1.0)
    assert names(arrivals.look([file("a.dng", 9, 2)], 1.0 + STILL).changed) == {"a.dng"}


@pytest.mark.parametrize("content", [picture(), rich_jpeg()[0], tiff()], ids=["plain", "rich", "tiff"])
def test_a_whole_file_is_known_as_one(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a"
    path.write_bytes(content)
    assert is_whole(path)
    path.unlink()
    assert not is_whole(path)


def test_a_photo_that_is_cut_anywhere_is_not_whole(tmp_path: Path) -> None:
    path, content = tmp_path / "a.jpg", picture("teal", (400, 300))
    for cut in range(0, len(content) - 1, max(1, len(content) // 60)):
        path.write_bytes(content[:cut])
        assert not is_whole(path), f"cut at {cut} of {len(content)}"


def test_the_end_of_a_thumbnail_in_the_head_is_not_the_end_of_the_picture(tmp_path: Path) -> None:
    thumbnail = picture()
    segment = b"\xff\xe1" + (len(thumbnail) + 2).to_bytes(2, "big") + thumbnail
    whole = picture("teal", (400, 300))
    path = tmp_path / "a.jpg"
    path.write_bytes((whole[:2] + segment + whole[2:])[:-40])
    assert not is_whole(path)
