"""Sidecars on disk: whole or not at all, never over another program's work."""

import errno
import os
import stat
from pathlib import Path

import pytest

from core.errors import SidecarError
from core.sidecar import atomic_file
from core.sidecar.atomic_file import target_of
from core.sidecar.backups import BACKUP_SUFFIX, backup_of
from core.sidecar.xmp_edit import XmpEdit, edit_packet, new_packet
from core.sidecar.xmp_reader import XmpFacts
from core.sidecar.xmp_writer import load_sidecar, read_sidecar, write_sidecar
from core.types import Flag

OURS = new_packet(XmpEdit(rating=1))
THEIRS = OURS.replace(b"Shortlist", b"Adobe XMP Core 7.0")


@pytest.fixture
def sidecar(tmp_path: Path) -> Path:
    return tmp_path / "IMG_1.xmp"


def rate(path: Path, rating: int) -> None:
    before = load_sidecar(path)
    write_sidecar(path, edit_packet(before.data, XmpEdit(rating=rating)), before)


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


def test_a_new_sidecar_is_written_and_read(sidecar: Path) -> None:
    write_sidecar(sidecar, new_packet(XmpEdit(Flag.PICK, 4)), None)
    assert read_sidecar(sidecar) == XmpFacts(rating=4, flag=Flag.PICK)
    assert names(sidecar.parent) == {"IMG_1.xmp"}


def test_the_first_touch_of_a_foreign_sidecar_keeps_a_copy_for_ever(sidecar: Path) -> None:
    sidecar.write_bytes(THEIRS)
    rate(sidecar, 2)
    rate(sidecar, 3)
    assert read_sidecar(sidecar).rating == 3
    assert names(sidecar.parent) == {"IMG_1.xmp", "IMG_1.xmp" + BACKUP_SUFFIX}
    assert sidecar.with_name("IMG_1.xmp" + BACKUP_SUFFIX).read_bytes() == THEIRS


def test_a_name_without_room_for_the_copys_suffix_gets_a_copy_all_the_same(tmp_path: Path) -> None:
    """Names that begin alike have copies of their own."""
    sidecars = [tmp_path / f"{'ä' * 120}{letter}.xmp" for letter in "ab"]
    for sidecar in sidecars:
        sidecar.write_bytes(THEIRS)
        rate(sidecar, 2)
        assert backup_of(sidecar).read_bytes() == THEIRS
        assert len(os.fsencode(backup_of(sidecar).name)) <= 255
        assert backup_of(sidecar).name.endswith(BACKUP_SUFFIX)
    assert len(names(tmp_path)) == 4


def test_a_copy_that_cannot_be_made_is_named_as_the_cause(
    sidecar: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some disks take names of 143 bytes only."""
    sidecar.write_bytes(THEIRS)

    def too_long(*_: object, **__: object) -> None:
        raise OSError(errno.ENAMETOOLONG, "File name too long")

    with monkeypatch.context() as disk:
        disk.setattr(Path, "hardlink_to", too_long)
        disk.setattr(Path, "open", too_long)
        with pytest.raises(SidecarError) as refused:
            rate(sidecar, 2)
    assert "“IMG_1.xmp.shortlist-backup”, cannot be made: The name is too long" in str(refused.value)
    assert names(sidecar.parent) == {"IMG_1.xmp"}
    assert sidecar.read_bytes() == THEIRS


def test_our_own_sidecars_need_no_copy(sidecar: Path) -> None:
    sidecar.write_bytes(OURS)
    rate(sidecar, 2)
    assert names(sidecar.parent) == {"IMG_1.xmp"}


def test_a_sidecar_that_says_so_already_is_not_touched(sidecar: Path) -> None:
    sidecar.write_bytes(THEIRS)
    os.utime(sidecar, ns=(0, 0))
    rate(sidecar, 1)
    assert sidecar.stat().st_mtime_ns == 0
    assert names(sidecar.parent) == {"IMG_1.xmp"}


def test_another_programs_change_is_noticed_and_kept(sidecar: Path) -> None:
    sidecar.write_bytes(THEIRS)
    before = load_sidecar(sidecar)
    changed = edit_packet(THEIRS, XmpEdit(rating=5, flag=Flag.PICK))
    sidecar.write_bytes(changed)
    with pytest.raises(SidecarError, match=r"IMG_1\.xmp: Another program"):
        write_sidecar(sidecar, edit_packet(THEIRS, XmpEdit(rating=2)), before)
    assert sidecar.read_bytes() == changed


def test_a_change_at_the_last_moment_is_noticed_too(sidecar: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sidecar.write_bytes(OURS)
    before = load_sidecar(sidecar)
    really_sync = os.fsync

    def sync_and_meddle(descriptor: int) -> None:
        really_sync(descriptor)
        sidecar.write_bytes(OURS + b"\n")

    monkeypatch.setattr(os, "fsync", sync_and_meddle)
    with pytest.raises(SidecarError, match="Another program"):
        write_sidecar(sidecar, edit_packet(OURS, XmpEdit(rating=2)), before)
    assert sidecar.read_bytes() == OURS + b"\n"
    assert names(sidecar.parent) == {"IMG_1.xmp"}


def test_a_sidecar_that_appeared_meanwhile_is_kept(sidecar: Path) -> None:
    sidecar.write_bytes(THEIRS)
    with pytest.raises(SidecarError, match="Another program"):
        write_sidecar(sidecar, OURS, None)
    assert sidecar.read_bytes() == THEIRS


def test_a_full_disk_leaves_everything_as_it_was(sidecar: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sidecar.write_bytes(OURS)
    before = load_sidecar(sidecar)

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SidecarError, match=r"IMG_1\.xmp: The disk is full\."):
        write_sidecar(sidecar, edit_packet(OURS, XmpEdit(rating=2)), before)
    assert sidecar.read_bytes() == OURS
    assert names(sidecar.parent) == {"IMG_1.xmp"}


def test_a_disk_without_hard_links_gets_a_copy(sidecar: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    sidecar.write_bytes(THEIRS)
    rate(sidecar, 2)
    assert sidecar.with_name(sidecar.name + BACKUP_SUFFIX).read_bytes() == THEIRS


def test_no_backup_shares_its_bytes_with_a_sidecar_still_in_use(
    sidecar: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sidecar.write_bytes(THEIRS)
    really_sync = os.fsync

    def sync_and_meddle(descriptor: int) -> None:
        really_sync(descriptor)
        sidecar.write_bytes(THEIRS + b"\n")

    monkeypatch.setattr(os, "fsync", sync_and_meddle)
    with pytest.raises(SidecarError, match="Another program"):
        rate(sidecar, 2)
    assert sidecar.read_bytes() == THEIRS + b"\n"
    assert names(sidecar.parent) == {"IMG_1.xmp"}


def test_a_backup_stays_once_the_sidecar_is_replaced(sidecar: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(folder: Path) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(atomic_file, "sync_folder", failing)
    sidecar.write_bytes(THEIRS)
    with pytest.raises(SidecarError, match="input/output"):
        rate(sidecar, 2)
    assert read_sidecar(sidecar).rating == 2
    assert sidecar.with_name(sidecar.name + BACKUP_SUFFIX).read_bytes() == THEIRS


def test_no_change_without_a_copy(sidecar: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sidecar.write_bytes(THEIRS)

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SidecarError, match="full"):
        rate(sidecar, 2)
    assert sidecar.read_bytes() == THEIRS
    assert names(sidecar.parent) == {"IMG_1.xmp"}


def test_a_read_only_folder_is_refused_by_name(sidecar: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(SidecarError, match=r"IMG_1\.xmp: The folder .* cannot be written to"):
        write_sidecar(sidecar, OURS, None)
    assert names(sidecar.parent) == set()


def test_a_write_protected_sidecar_is_respected(sidecar: Path) -> None:
    sidecar.write_bytes(OURS)
    sidecar.chmod(0o444)
    with pytest.raises(SidecarError, match="write-protected"):
        rate(sidecar, 2)
    assert sidecar.read_bytes() == OURS


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_permissions_and_links_stay(sidecar: Path) -> None:
    real = sidecar.with_name("real.xmp")
    real.write_bytes(OURS)
    real.chmod(0o640)
    sidecar.symlink_to(real)
    with pytest.raises(SidecarError, match="link"):  # whoever writes has to know, and to say, where it leads
        rate(sidecar, 2)
    assert read_sidecar(real).rating == 1
    rate(target_of(sidecar), 2)
    assert sidecar.is_symlink()
    assert read_sidecar(real).rating == 2
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


@pytest.mark.parametrize("data", [b"", b"<x", b"\xff\xfe<\0"])
def test_a_broken_sidecar_is_named_with_its_reason(sidecar: Path, data: bytes) -> None:
    sidecar.write_bytes(data)
    with pytest.raises(SidecarError, match=r"IMG_1\.xmp: (The file|It) is "):
        read_sidecar(sidecar)


def test_a_missing_sidecar_is_named(sidecar: Path) -> None:
    with pytest.raises(SidecarError, match=r"IMG_1\.xmp: It is not there"):
        read_sidecar(sidecar)
