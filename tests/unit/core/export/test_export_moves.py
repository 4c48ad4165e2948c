"""Moves of photos: all that belongs to a frame goes with it, and nothing goes before its copy is on the disk."""

import errno
import os
from pathlib import Path

import pytest

from core.export.carry_out import carry_out
from core.export.transfers import Transfer, plan_transfers
from fixtures.transfers import lines, names, photo, plan_of


def test_a_move_takes_all_that_belongs_to_the_frame_and_nothing_else(shoot: Path, out: Path) -> None:
    one = photo(shoot, "IMG_1.JPG", "IMG_1.CR2", "IMG_1.MOV")
    other = photo(shoot, "IMG_10.JPG")
    for name in ("IMG_1.xmp", "IMG_1.CR2.xmp", "IMG_1.CR2.pp3", "IMG_1.AAE", "IMG_1.xmp.shortlist-backup"):
        (shoot / name).write_text(name)
    (shoot / "IMG_10.xmp").write_text("of the other")
    before = {name: (shoot / name).read_bytes() for name in names(shoot)}
    carry_out(plan_of((one,), out, Transfer.MOVE, others=(other,)))
    assert names(shoot) == ["IMG_10.JPG", "IMG_10.xmp"]
    assert {name: (out / name).read_bytes() for name in names(out)} == {
        name: content for name, content in before.items() if not name.startswith("IMG_10")
    }


def test_folder_and_name_before_and_after_are_told(shoot: Path, out: Path) -> None:
    one = photo(shoot, "IMG_1.JPG")
    (move,) = plan_of((one,), out, Transfer.MOVE)
    assert [str(told) for told in move.differences()] == [f"folder: {shoot} → {out}"]
    out.mkdir(parents=True)
    (out / "IMG_1.JPG").write_text("another picture")
    (move,) = plan_of((one,), out, Transfer.MOVE)
    assert str(move.differences()[1]) == "name: IMG_1.JPG → IMG_1-2.JPG"
    (copy,) = plan_of((one,), out)
    assert [str(told) for told in copy.differences()] == [f"copy of: none → {one.path}"]


def test_photos_protected_in_the_camera_can_be_moved(shoot: Path, out: Path) -> None:
    one = photo(shoot, "IMG_1.JPG")
    one.path.chmod(0o444)
    assert not carry_out(plan_of((one,), out, Transfer.MOVE)).refused
    assert names(out) == ["IMG_1.JPG"]


def test_what_two_photos_could_own_goes_with_the_first(shoot: Path, out: Path) -> None:
    jpeg, png = photo(shoot, "IMG_1.JPG"), photo(shoot, "IMG_1.PNG")
    (shoot / "IMG_1.dop").write_text("whose?")
    (shoot / "IMG_1.PNG.pp3").write_text("the PNG's")
    carry_out(plan_of((png,), out, Transfer.MOVE, others=()))
    assert names(out) == ["IMG_1.PNG", "IMG_1.PNG.pp3", "IMG_1.dop"]
    (out / "IMG_1.dop").rename(shoot / "IMG_1.dop")
    carry_out(tuple(plan_transfers((jpeg,), (jpeg, png), out, Transfer.MOVE)))
    assert "IMG_1.dop" in names(out)


def test_a_move_to_another_disk_is_a_verified_copy(
    shoot: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = photo(shoot, "IMG_1.JPG")
    content = one.path.read_bytes()

    def far(source: Path, path: Path, follow_symlinks: bool = True) -> None:
        raise OSError(errno.EXDEV, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", far)
    carry_out(plan_of((one,), out, Transfer.MOVE))
    assert not one.path.exists()
    assert (out / "IMG_1.JPG").read_bytes() == content


def test_a_move_to_a_disk_without_links_writes_over_nothing(
    shoot: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = photo(shoot, "IMG_1.JPG"), photo(shoot, "IMG_2.JPG")

    def unable(source: Path, path: Path, follow_symlinks: bool = True) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", unable)
    plan = plan_of((one, other), out, Transfer.MOVE)
    out.mkdir(parents=True)
    (out / "IMG_1.JPG").write_text("someone else's")
    result = carry_out(plan)
    assert "taken meanwhile" in result.refused[0].reason
    assert one.path.exists()
    assert not other.path.exists()
    assert names(out) == ["IMG_1.JPG", "IMG_2.JPG"]


def test_a_move_that_cannot_take_the_original_away_leaves_no_copy(
    shoot: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = photo(shoot, "IMG_1.JPG")
    unlink = Path.unlink

    def locked(path: Path, missing_ok: bool = False) -> None:
        if path == one.path:
            raise PermissionError(errno.EACCES, "Permission denied")
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", locked)
    (refused,) = carry_out(plan_of((one,), out, Transfer.MOVE)).refused
    assert refused.reason == "Permission was denied."
    assert one.path.exists()
    assert names(out) == []


def test_a_photo_the_folder_has_already_is_not_taken_away(shoot: Path, out: Path) -> None:
    one = photo(shoot, "IMG_1.JPG")
    carry_out(plan_of((one,), out))
    plan = plan_of((one,), out, Transfer.MOVE)
    assert lines(plan) == ["unchanged: IMG_1.JPG (The folder has it already, so it was left where it is.)"]
    carry_out(plan)
    assert one.path.exists()


class Witness:
    """Writes down in which order files reach the disk and originals go."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.seen: list[tuple[str, str]] = []
        fsync, unlink, link = os.fsync, Path.unlink, os.link

        def synced(descriptor: int) -> None:
            self.seen.append(("synced", str(Path(f"/proc/self/fd/{descriptor}").readlink())))
            fsync(descriptor)

        def unlinked(path: Path, missing_ok: bool = False) -> None:
            self.seen.append(("gone", str(path)))
            unlink(path, missing_ok)

        def linked(source: Path, path: Path, **how: bool) -> None:
            self.seen.append(("there", str(path)))
            link(source, path, **how)

        monkeypatch.setattr(os, "fsync", synced)
        monkeypatch.setattr(Path, "unlink", unlinked)
        monkeypatch.setattr(os, "link", linked)


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="asks Linux which file it is")  # noqa: PTH112
@pytest.mark.parametrize("way", ["link", "copy to another disk", "no links"])
def test_a_moved_photo_is_on_the_disk_before_its_original_goes(
    shoot: Path, out: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    one = photo(shoot, "IMG_1.JPG")
    plan = plan_of((one,), out, Transfer.MOVE)
    witness = Witness(monkeypatch)
    if way != "link":
        code = errno.EXDEV if way == "copy to another disk" else errno.EPERM

        def refused(*_: object, **__: object) -> None:
            raise OSError(code, os.strerror(code))

        monkeypatch.setattr(os, "link", refused)
    assert not carry_out(plan).refused
    seen, moved = witness.seen, out / one.path.name
    folders = [("synced", str(folder)) for folder in (out.parent.parent, out.parent)]
    assert [entry for entry in seen if entry in folders] == folders, (
        "the folders that were made, outermost first"
    )
    if way == "no links":  # one step, so only the content has to be there before it
        assert seen.index(("synced", str(one.path))) < seen.index(("synced", str(out)))
    else:
        gone = seen.index(("gone", str(one.path)))
        assert ("synced", str(moved)) in seen[:gone]
        assert ("synced", str(out)) in seen[:gone]
        assert ("synced", str(shoot)) in seen[gone:]
    assert moved.read_text() == "IMG_1.JPG "
    assert not one.path.exists()
