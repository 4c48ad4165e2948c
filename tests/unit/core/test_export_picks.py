"""Copies and links of the picks: complete, verified, and never over anything."""

import hashlib
import os
from pathlib import Path

import pytest

from core.export import picks
from core.export.picks import PlannedCopy, plan_picks
from core.export.planned import Action, carry_out
from core.types import Decision, Flag, Photo, PhotoId


def photo(folder: Path, name: str, *companions: str, content: str = "") -> Photo:
    folder.mkdir(parents=True, exist_ok=True)
    for file in (name, *companions):
        (folder / file).write_text(f"{file} {content}")
    return Photo(PhotoId(str(folder / name)), folder / name, tuple(folder / other for other in companions))


def picked(*photos: Photo) -> dict[PhotoId, Decision]:
    return {one.id: Decision(one.id, Flag.PICK) for one in photos}


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def lines(plan: tuple[PlannedCopy, ...]) -> list[str]:
    return [str(one) for one in plan]


@pytest.fixture
def shoot(tmp_path: Path) -> Path:
    return tmp_path / "shoot"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "picks" / "today"


def test_a_pick_goes_with_all_its_files_and_the_others_stay(shoot: Path, out: Path) -> None:
    one, other = photo(shoot, "IMG_1.JPG", "IMG_1.CR2"), photo(shoot, "IMG_2.JPG")
    (shoot / "IMG_1.xmp").write_text("sidecar")
    os.utime(one.path, ns=(10**18, 10**18))
    decisions = picked(one) | {other.id: Decision(other.id, Flag.REJECT)}
    plan = plan_picks((one, other), decisions, out)
    assert not out.exists()
    result = carry_out(plan)
    assert names(out) == ["IMG_1.CR2", "IMG_1.JPG", "IMG_1.xmp"]
    assert len(result.written) == 3
    assert (out / "IMG_1.JPG").read_bytes() == one.path.read_bytes()
    assert (out / "IMG_1.JPG").stat().st_mtime_ns == 10**18


def test_twice_the_same_export_copies_nothing_again(shoot: Path, out: Path) -> None:
    one = photo(shoot, "IMG_1.JPG")
    carry_out(plan_picks((one,), picked(one), out))
    again = plan_picks((one,), picked(one), out)
    assert [step.action for step in again] == [Action.UNCHANGED]
    assert carry_out(again).unchanged == [out / "IMG_1.JPG"]


def test_a_frame_whose_name_is_taken_is_numbered_as_a_whole(shoot: Path, out: Path) -> None:
    one = photo(shoot / "a", "IMG_1.JPG", "IMG_1.CR2", content="first")
    other = photo(shoot / "b", "IMG_1.JPG", "IMG_1.CR2", content="second")
    for folder in ("a", "b"):
        (shoot / folder / "IMG_1.CR2.xmp").write_text(folder)
    carry_out(plan_picks((one, other), picked(one, other), out))
    assert names(out) == [
        "IMG_1-2.CR2",
        "IMG_1-2.CR2.xmp",
        "IMG_1-2.JPG",
        "IMG_1.CR2",
        "IMG_1.CR2.xmp",
        "IMG_1.JPG",
    ]
    assert (out / "IMG_1-2.CR2.xmp").read_text() == "b"
    again = plan_picks((one, other), picked(one, other), out)
    assert {step.action for step in again} == {Action.UNCHANGED}


def test_what_lies_in_the_folder_is_never_written_over(shoot: Path, out: Path) -> None:
    out.mkdir(parents=True)
    (out / "img_1.jpg").write_text("another picture")
    (out / "IMG_1.JPG").write_text("another picture")
    one = photo(shoot, "IMG_1.JPG")
    carry_out(plan_picks((one,), picked(one), out))
    assert (out / "IMG_1.JPG").read_text() == "another picture"
    assert (out / "IMG_1-2.JPG").read_bytes() == one.path.read_bytes()


def test_another_version_of_a_sidecar_is_left_and_said(shoot: Path, out: Path) -> None:
    one = photo(shoot, "IMG_1.JPG")
    (shoot / "IMG_1.xmp").write_text("old")
    carry_out(plan_picks((one,), picked(one), out))
    (shoot / "IMG_1.xmp").write_text("new")
    plan = plan_picks((one,), picked(one), out)
    assert lines(plan) == [
        "unchanged: IMG_1.JPG",
        "refused: IMG_1.xmp (The folder has another version of this sidecar; it was left as it is.)",
    ]
    assert (out / "IMG_1.xmp").read_text() == "old"


def test_the_same_picture_twice_is_copied_once(shoot: Path, out: Path) -> None:
    one, other = photo(shoot / "a", "IMG_1.JPG"), photo(shoot / "b", "IMG_1.JPG")
    plan = plan_picks((one, other), picked(one, other), out)
    assert [step.action for step in plan] == [Action.CREATE, Action.UNCHANGED]


def test_links_take_no_space_but_sidecars_are_copied(shoot: Path, out: Path) -> None:
    one = photo(shoot, "IMG_1.JPG", "IMG_1.CR2")
    (shoot / "IMG_1.xmp").write_text("sidecar")
    carry_out(plan_picks((one,), picked(one), out, link=True))
    assert (out / "IMG_1.JPG").samefile(one.path)
    assert (out / "IMG_1.CR2").samefile(shoot / "IMG_1.CR2")
    assert not (out / "IMG_1.xmp").samefile(shoot / "IMG_1.xmp")


def test_across_disks_links_become_copies_and_the_dry_run_says_so(
    shoot: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = photo(shoot, "IMG_1.JPG")
    monkeypatch.setattr(picks, "_device_of", lambda path: hash(path))
    plan = plan_picks((one,), picked(one), out, link=True)
    assert not plan[0].link
    assert "another disk" in plan[0].remark
    carry_out(plan)
    assert not (out / "IMG_1.JPG").samefile(one.path)


def test_a_disk_without_hard_links_is_named_as_the_reason(
    shoot: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = photo(shoot, "IMG_1.JPG")

    def unable(source: str, path: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", unable)
    result = carry_out(plan_picks((one,), picked(one), out, link=True))
    assert "Export copies instead." in result.refused[0].reason
    assert names(out) == []


def test_a_copy_that_differs_is_not_kept(shoot: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = photo(shoot, "IMG_1.JPG")
    monkeypatch.setattr(hashlib, "file_digest", lambda file, kind: hashlib.blake2b(b"rotten"))
    result = carry_out(plan_picks((one,), picked(one), out))
    assert "differs from the original" in result.refused[0].reason
    assert names(out) == []


def test_an_original_that_changed_or_went_is_refused_and_the_rest_goes_on(shoot: Path, out: Path) -> None:
    gone, changed, fine = (photo(shoot, f"IMG_{number}.JPG") for number in range(3))
    plan = plan_picks((gone, changed, fine), picked(gone, changed, fine), out)
    gone.path.unlink()
    changed.path.write_text("retouched meanwhile")
    result = carry_out(plan)
    assert [refused.path.name for refused in result.refused] == ["IMG_0.JPG", "IMG_1.JPG"]
    assert names(out) == ["IMG_2.JPG"]


@pytest.mark.parametrize("link", [False, True])
def test_a_name_taken_after_the_dry_run_is_left(shoot: Path, out: Path, link: bool) -> None:
    one = photo(shoot, "IMG_1.JPG")
    plan = plan_picks((one,), picked(one), out, link=link)
    out.mkdir(parents=True)
    (out / "IMG_1.JPG").write_text("someone else's")
    assert "taken meanwhile" in carry_out(plan).refused[0].reason
    assert names(out) == ["IMG_1.JPG"]
    assert (out / "IMG_1.JPG").read_text() == "someone else's"


def test_a_missing_original_is_told_in_the_dry_run(shoot: Path, out: Path) -> None:
    one = photo(shoot, "IMG_1.JPG")
    one.path.unlink()
    assert lines(plan_picks((one,), picked(one), out)) == [
        "refused: IMG_1.JPG (The original is not there any more.)"
    ]


def test_picks_put_into_their_own_folder_are_there_already(shoot: Path) -> None:
    one = photo(shoot, "IMG_1.JPG")
    assert lines(plan_picks((one,), picked(one), shoot)) == ["unchanged: IMG_1.JPG"]
