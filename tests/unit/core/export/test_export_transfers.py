"""Copies and links of the picks: complete, verified, and never over anything."""

import hashlib
import os
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from core.export import transfers
from core.export.carry_out import carry_out
from core.export.planned import Action
from core.export.space import Space, space_of
from core.export.transfers import Transfer
from core.types import TimeSource
from fixtures.transfers import lines, names, photo, plan_of


def test_a_pick_goes_with_all_its_files_and_the_others_stay(shoot: Path, out: Path) -> None:
    one, other = photo(shoot, "IMG_1.JPG", "IMG_1.CR2"), photo(shoot, "IMG_2.JPG")
    (shoot / "IMG_1.xmp").write_text("sidecar")
    (shoot / "IMG_1.xmp.shortlist-backup").write_text("stays with the original")
    os.utime(one.path, ns=(10**18, 10**18))
    plan = plan_of((one,), out, others=(other,))
    assert not out.exists()
    result = carry_out(plan)
    assert names(out) == ["IMG_1.CR2", "IMG_1.JPG", "IMG_1.xmp"]
    assert len(result.written) == 3
    assert (out / "IMG_1.JPG").read_bytes() == one.path.read_bytes()
    assert (out / "IMG_1.JPG").stat().st_mtime_ns == 10**18


def test_twice_the_same_export_copies_nothing_again(shoot: Path, out: Path) -> None:
    one = photo(shoot, "IMG_1.JPG")
    carry_out(plan_of((one,), out))
    again = plan_of((one,), out)
    assert [step.action for step in again] == [Action.UNCHANGED]
    assert carry_out(again).unchanged == [out / "IMG_1.JPG"]


def test_a_frame_whose_name_is_taken_is_numbered_as_a_whole(shoot: Path, out: Path) -> None:
    one = photo(shoot / "a", "IMG_1.JPG", "IMG_1.CR2", content="first")
    other = photo(shoot / "b", "IMG_1.JPG", "IMG_1.CR2", content="second")
    for folder in ("a", "b"):
        (shoot / folder / "IMG_1.CR2.xmp").write_text(folder)
    carry_out(plan_of((one, other), out))
    assert names(out) == [
        "IMG_1-2.CR2",
        "IMG_1-2.CR2.xmp",
        "IMG_1-2.JPG",
        "IMG_1.CR2",
        "IMG_1.CR2.xmp",
        "IMG_1.JPG",
    ]
    assert (out / "IMG_1-2.CR2.xmp").read_text() == "b"
    again = plan_of((one, other), out)
    assert {step.action for step in again} == {Action.UNCHANGED}


def test_what_lies_in_the_folder_is_never_written_over(shoot: Path, out: Path) -> None:
    out.mkdir(parents=True)
    (out / "img_1.jpg").write_text("another picture")
    (out / "IMG_1.JPG").write_text("another picture")
    one = photo(shoot, "IMG_1.JPG")
    carry_out(plan_of((one,), out))
    assert (out / "IMG_1.JPG").read_text() == "another picture"
    assert (out / "IMG_1-2.JPG").read_bytes() == one.path.read_bytes()


def test_another_version_of_a_sidecar_is_left_and_said(shoot: Path, out: Path) -> None:
    one = photo(shoot, "IMG_1.JPG")
    (shoot / "IMG_1.xmp").write_text("old")
    carry_out(plan_of((one,), out))
    (shoot / "IMG_1.xmp").write_text("new")
    plan = plan_of((one,), out)
    assert lines(plan) == [
        "unchanged: IMG_1.JPG",
        "refused: IMG_1.xmp (The folder has another version of this sidecar; it was left as it is.)",
    ]
    assert (out / "IMG_1.xmp").read_text() == "old"


def test_the_same_picture_twice_is_copied_once(shoot: Path, out: Path) -> None:
    one, other = photo(shoot / "a", "IMG_1.JPG"), photo(shoot / "b", "IMG_1.JPG")
    plan = plan_of((one, other), out)
    assert [step.action for step in plan] == [Action.CREATE, Action.UNCHANGED]


def test_links_take_no_space_but_sidecars_are_copied(shoot: Path, out: Path) -> None:
    one = photo(shoot, "IMG_1.JPG", "IMG_1.CR2")
    (shoot / "IMG_1.xmp").write_text("sidecar")
    carry_out(plan_of((one,), out, Transfer.LINK))
    assert (out / "IMG_1.JPG").samefile(one.path)
    assert (out / "IMG_1.CR2").samefile(shoot / "IMG_1.CR2")
    assert not (out / "IMG_1.xmp").samefile(shoot / "IMG_1.xmp")


def test_across_disks_links_become_copies_and_the_dry_run_says_so(
    shoot: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = photo(shoot, "IMG_1.JPG")
    monkeypatch.setattr(transfers, "_device_of", lambda path: hash(path))
    plan = plan_of((one,), out, Transfer.LINK)
    assert plan[0].how is Transfer.COPY
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
    result = carry_out(plan_of((one,), out, Transfer.LINK))
    assert "Export copies instead." in result.refused[0].reason
    assert names(out) == []


def test_a_copy_that_differs_is_not_kept(shoot: Path, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = photo(shoot, "IMG_1.JPG")
    monkeypatch.setattr(hashlib, "file_digest", lambda file, kind: hashlib.blake2b(b"rotten"))
    result = carry_out(plan_of((one,), out))
    assert "differs from the original" in result.refused[0].reason
    assert names(out) == []


def test_an_original_that_changed_or_went_is_refused_and_the_rest_goes_on(shoot: Path, out: Path) -> None:
    gone, changed, fine = (photo(shoot, f"IMG_{number}.JPG") for number in range(3))
    plan = plan_of((gone, changed, fine), out)
    gone.path.unlink()
    changed.path.write_text("retouched meanwhile")
    result = carry_out(plan)
    assert [refused.path.name for refused in result.refused] == ["IMG_0.JPG", "IMG_1.JPG"]
    assert names(out) == ["IMG_2.JPG"]


@pytest.mark.parametrize("how", Transfer)
def test_a_name_taken_after_the_dry_run_is_left(shoot: Path, out: Path, how: Transfer) -> None:
    one = photo(shoot, "IMG_1.JPG")
    plan = plan_of((one,), out, how)
    out.mkdir(parents=True)
    (out / "IMG_1.JPG").write_text("someone else's")
    assert "taken meanwhile" in carry_out(plan).refused[0].reason
    assert names(out) == ["IMG_1.JPG"]
    assert (out / "IMG_1.JPG").read_text() == "someone else's"
    assert one.path.exists()


def test_a_missing_original_is_told_in_the_dry_run(shoot: Path, out: Path) -> None:
    one = photo(shoot, "IMG_1.JPG")
    one.path.unlink()
    assert lines(plan_of((one,), out)) == ["refused: IMG_1.JPG (The original is not there any more.)"]


def test_picks_put_into_their_own_folder_are_there_already(shoot: Path) -> None:
    one = photo(shoot, "IMG_1.JPG")
    assert lines(plan_of((one,), shoot)) == ["unchanged: IMG_1.JPG"]


SCRIPTS = [
    "Grün",
    "Żółć",
    "写真",
    "사진",
    "тень",
    "صورة",
    "תמונה",
    "फोटो",
    "ภาพ",
    "🌅",
    "e\u0301",
    "with space & 'quotes'",
]


def test_names_in_every_script_arrive(shoot: Path, out: Path) -> None:
    photos = tuple(photo(shoot, f"{name}.JPG", f"{name}.CR2") for name in SCRIPTS)
    carry_out(plan_of(photos, out))
    assert names(out) == sorted(f"{name}.{suffix}" for name in SCRIPTS for suffix in ("JPG", "CR2"))


def test_names_that_differ_in_case_alone_do_not_meet(shoot: Path, out: Path) -> None:
    """On a disk that ignores case the second would replace the first."""
    one = photo(shoot / "a", "IMG_1.JPG", content="first")
    other = photo(shoot / "b", "img_1.jpg", content="second")
    carry_out(plan_of((one, other), out))
    assert names(out) == ["IMG_1.JPG", "img_1-2.jpg"]


def test_a_very_long_path_is_no_obstacle_and_a_very_long_name_is_cut_for_its_number(
    shoot: Path, tmp_path: Path
) -> None:
    deep = tmp_path.joinpath(*["folder-of-thirty-characters-xx"] * 10)
    assert len(str(deep)) > 300
    one = photo(shoot, "IMG_1.JPG")
    carry_out(plan_of((one,), deep))
    assert names(deep) == ["IMG_1.JPG"]
    long = photo(shoot, f"{'n' * 250}.JPG")
    (deep / long.path.name).write_text("another")  # so that a number is wanted, for which there is no room
    assert carry_out(plan_of((long,), deep)).refused == []
    assert names(deep) == sorted(["IMG_1.JPG", long.path.name, f"{'n' * 223}-2.JPG"])


# Room


def test_the_room_that_copies_take_is_known_before_the_first(shoot: Path, out: Path) -> None:
    one = photo(shoot, "IMG_1.JPG", "IMG_1.CR2")
    space = space_of(plan_of((one,), out))
    assert space is not None
    assert space.needed == sum(file.stat().st_size for file in shoot.iterdir())
    assert space.is_enough
    assert not Space(10**12, 10**9).is_enough
    assert str(Space(12_340_000_000, 850_000_000)) == "12.3 GB; 850 MB are free"


@pytest.mark.parametrize("how", [Transfer.LINK, Transfer.MOVE])
def test_links_and_moves_on_one_disk_take_none(shoot: Path, out: Path, how: Transfer) -> None:
    assert space_of(plan_of((photo(shoot, "IMG_1.JPG"),), out, how)) is None


def test_a_jpeg_is_not_exported_beside_the_raw_of_another_frame(shoot: Path, out: Path) -> None:
    jpeg, raw = photo(shoot / "100", "IMG_1.JPG"), photo(shoot / "101", "IMG_1.CR3")
    carry_out(plan_of((jpeg, raw), out))
    assert names(out) == ["IMG_1-2.CR3", "IMG_1.JPG"]
    assert [step.action for step in plan_of((jpeg, raw), out)] == [Action.UNCHANGED] * 2
    os.utime(jpeg.path, ns=(10**18, 10**18))
    later = out.parent / "later"
    carry_out(plan_of((replace(jpeg, mtime_ns=10**18),), later))
    carry_out(plan_of((raw,), later))
    assert names(later) == ["IMG_1-2.CR3", "IMG_1.JPG"]


def test_raw_and_jpeg_of_two_folders_are_exported_as_one_where_their_camera_says_so(
    shoot: Path, out: Path
) -> None:
    jpeg, raw = (
        replace(
            photo(shoot / folder, name),
            taken_at=datetime(2024, 6, 10, 8),
            time_source=TimeSource.EXIF,
            camera="R5",
        )
        for folder, name in (("JPG", "IMG_1.JPG"), ("RAW", "IMG_1.CR3"))
    )
    carry_out(plan_of((jpeg, raw), out))
    assert names(out) == ["IMG_1.CR3", "IMG_1.JPG"]
    assert [step.action for step in plan_of((jpeg, raw), out)] == [Action.UNCHANGED] * 2

    foreign = out.parent / "foreign"
    carry_out(plan_of((jpeg,), foreign))
    for name in ("IMG_1.NEF", "IMG_1.HEIC"):
        (foreign / name).write_text("of another camera")
        os.utime(foreign / name, ns=(10**18, 10**18))
    carry_out(plan_of((jpeg, raw), foreign))
    assert names(foreign) == ["IMG_1-2.CR3", "IMG_1.HEIC", "IMG_1.JPG", "IMG_1.NEF"], (
        "not beside another's RAW"
    )
    assert (foreign / "IMG_1.NEF").read_text() == "of another camera"
    (foreign / "IMG_1.NEF").unlink()
    (foreign / "IMG_1-2.CR3").unlink()
    carry_out(plan_of((jpeg, raw), foreign))
    assert names(foreign) == ["IMG_1.CR3", "IMG_1.HEIC", "IMG_1.JPG"], "another picture takes no RAW away"
