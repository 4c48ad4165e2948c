"""Undoing exports: the former bytes come back, and nobody else's work is lost for it."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import ExportBusyError, StoreError
from core.export.carry_out import carry_out, export
from core.export.journal import exporting
from core.export.kinds import Choice, ExportKind, Selection
from core.export.planned import Action
from core.export.request import ExportRequest, Material, plan_export
from core.export.store import ExportStore
from core.export.touched import Rewrite, Touched
from core.export.undo import plan_undo
from core.language import say
from core.types import PhotoId
from fixtures.exports import THEIRS, contents, frames, planned, undo_last

WAYS = [
    (kind, elsewhere)
    for kind in ExportKind
    for elsewhere in (False, True)
    if kind not in (ExportKind.TRASH, ExportKind.PROOFS)  # these frames have no pictures for proofs
    if elsewhere or not kind.needs_folder
    if not elsewhere or kind.takes_folder
]


@pytest.mark.parametrize(("kind", "elsewhere"), WAYS)
def test_every_way_out_can_be_undone_to_the_last_byte(
    store: ExportStore, shoot: Path, tmp_path: Path, kind: ExportKind, elsewhere: bool
) -> None:
    frames(shoot, 6)
    before = contents(tmp_path / "shoot")
    plan = planned(shoot, kind, tmp_path / "out" / "of the way" if elsewhere else None)
    result = export(plan, store, "a test")
    assert result.written
    assert not result.refused
    assert contents(shoot) != before or (tmp_path / "out").exists()
    assert not undo_last(store).refused
    assert contents(shoot) == before
    assert not (tmp_path / "out").exists()
    assert store.last() is None


def test_a_replaced_document_gets_its_former_text_back(store: ExportStore, shoot: Path) -> None:
    shoot.mkdir()
    (shoot / ExportKind.CSV.file_name).write_text("last year's")
    export(planned(shoot, ExportKind.CSV), store, "a list")
    undo_last(store)
    assert (shoot / ExportKind.CSV.file_name).read_text() == "last year's"


def test_what_somebody_changed_since_is_refused_by_name_and_the_rest_is_put_back(
    store: ExportStore, shoot: Path
) -> None:
    plan = planned(shoot, ExportKind.XMP)
    before = contents(shoot)
    export(plan, store, "sidecars")
    (shoot / "IMG_0000.xmp").write_bytes(THEIRS)
    (shoot / "IMG_0001.xmp").write_bytes((shoot / "IMG_0001.xmp").read_bytes() + b"\n")
    (shoot / "IMG_0003.xmp").unlink()
    result = undo_last(store)
    assert sorted(refused.path.name for refused in result.refused) == [
        "IMG_0000.xmp",
        "IMG_0001.xmp",
        "IMG_0003.xmp",
    ]
    after = contents(shoot)
    untouched = {"IMG_0000.xmp", "IMG_0001.xmp", "IMG_0003.xmp"}
    assert {n: c for n, c in after.items() if n not in untouched} == {
        n: c for n, c in before.items() if n not in untouched
    }
    assert after["IMG_0000.xmp"] == THEIRS
    assert store.last() is None, "trying again would be in vain"


def test_an_undo_that_a_disk_prevented_can_be_tried_again(
    store: ExportStore, shoot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = planned(shoot, ExportKind.XMP)
    before = contents(shoot)
    export(plan, store, "sidecars")
    with monkeypatch.context() as patch:

        def full(descriptor: int) -> None:
            raise OSError(28, "No space left on device")

        patch.setattr(os, "fsync", full)
        reasons = {refused.reason for refused in undo_last(store).refused}
        assert "The disk is full." in reasons
    undo_last(store)
    assert contents(shoot) == before


def test_a_disk_that_is_away_does_not_make_the_export_forgotten(store: ExportStore, shoot: Path) -> None:
    plan = planned(shoot, ExportKind.XMP)
    before = contents(shoot)
    export(plan, store, "sidecars")
    shoot.rename(shoot.with_name("away"))
    result = undo_last(store)
    assert {refused.reason for refused in result.refused} == {
        "Its folder is not there; connect its disk and try again."
    }
    shoot.with_name("away").rename(shoot)
    assert not undo_last(store).refused
    assert contents(shoot) == before


def test_a_photo_is_not_moved_back_into_a_folder_that_is_away(
    store: ExportStore, shoot: Path, tmp_path: Path
) -> None:
    export(planned(shoot, ExportKind.MOVE, tmp_path / "out"), store, "moves")
    shoot.rename(shoot.with_name("away"))
    assert all(not refused.for_good for refused in undo_last(store).refused)
    assert not shoot.exists()
    assert (tmp_path / "out" / "IMG_0001.CR2").exists()


def test_undo_is_a_plan_that_can_be_shown(store: ExportStore, shoot: Path) -> None:
    export(planned(shoot, ExportKind.XMP, count=2), store, "sidecars")
    record = store.last()
    assert record is not None
    assert [str(one) for one in plan_undo(store.touched(record.id))] == [
        "put back: IMG_0001.xmp",
        "remove: IMG_0001.xmp.shortlist-backup",
        "remove: IMG_0000.xmp",
    ]


def test_exports_are_undone_one_after_the_other_latest_first(store: ExportStore, shoot: Path) -> None:
    photos, decisions = frames(shoot, 3)
    request = ExportRequest(ExportKind.XMP, Selection())
    states = [contents(shoot)]
    for rating in (3, 5):
        decided = {pid: replace(decision, rating=rating) for pid, decision in decisions.items()}
        export(list(plan_export(request, Material(photos, decided))), store, f"{rating} stars")
        states.append(contents(shoot))
    for state in (states[1], states[0]):
        undo_last(store)
        assert contents(shoot) == state


def test_an_export_that_changes_nothing_leaves_no_trace(store: ExportStore, shoot: Path) -> None:
    export(planned(shoot, ExportKind.XMP), store, "first")
    export(planned(shoot, ExportKind.XMP), store, "and again, over foreign sidecars put back")
    photos, decisions = frames(shoot, 0)
    export(list(plan_export(ExportRequest(ExportKind.XMP), Material(photos, decisions))), store, "nothing")
    record = store.last()
    assert record is not None
    assert record.title == "and again, over foreign sidecars put back"


def test_a_photo_in_the_trash_is_named_not_lost_from_sight(
    store: ExportStore, shoot: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bin_of_the_test = tmp_path / "trash"
    bin_of_the_test.mkdir()
    monkeypatch.setattr(
        "core.export.trash.send2trash", lambda path: Path(path).rename(bin_of_the_test / Path(path).name)
    )
    result = export(planned(shoot, ExportKind.TRASH), store, "rejects")
    assert sorted(path.name for path in result.written) == ["IMG_0000.CR2", "IMG_0003.CR2", "IMG_0003.xmp"]
    (bin_of_the_test / "IMG_0000.CR2").rename(shoot / "IMG_0000.CR2")
    undone = undo_last(store)
    assert undone.unchanged == [shoot / "IMG_0000.CR2"]
    assert {str(refused) for refused in undone.refused} == {
        f"{name}: It is in the system's trash; restore it from there."
        for name in ("IMG_0003.CR2", "IMG_0003.xmp")
    }


def test_only_rejects_go_into_the_trash_whatever_was_chosen(shoot: Path) -> None:
    photos, decisions = frames(shoot, 4)
    request = ExportRequest(ExportKind.TRASH, Selection(Choice.ALL))
    plan = list(plan_export(request, Material(photos, decisions)))
    assert {one.path.name for one in plan if one.action is Action.TRASH} == {
        "IMG_0000.CR2",
        "IMG_0003.CR2",
        "IMG_0003.xmp",
    }
    assert {one.remark for one in plan if one.action is Action.REFUSED} == {
        "It is not rejected, so it was left as it is."
    }


def test_two_exports_never_run_at_once(store: ExportStore, shoot: Path) -> None:
    plan = planned(shoot, ExportKind.XMP)
    before = contents(shoot)
    with exporting(store), pytest.raises(ExportBusyError):
        export(plan, store, "meanwhile")
    assert contents(shoot) == before


def test_nothing_is_touched_that_could_not_be_noted(
    store: ExportStore, shoot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = planned(shoot, ExportKind.XMP)
    before = contents(shoot)

    def full(export_id: int, touched: object) -> None:
        raise StoreError(say("“exports.sqlite” cannot be used. The disk is full. Make room and try again."))

    monkeypatch.setattr(store, "add", full)
    result = export(plan, store, "sidecars")
    assert len(result.refused) == len(plan)
    assert "The disk is full" in result.refused[0].reason
    assert contents(shoot) == before


def test_a_full_disk_costs_the_files_that_do_not_fit_and_leaves_no_halves(
    store: ExportStore, shoot: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = planned(shoot, ExportKind.COPY, tmp_path / "out")
    real, room = os.fsync, 3

    def fill(descriptor: int) -> None:
        nonlocal room
        room -= 1
        if room < 0:
            raise OSError(28, "No space left on device")
        real(descriptor)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fill)
        result = export(plan, store, "copies")
    assert {refused.reason for refused in result.refused} == {"The disk is full."}
    assert len(result.written) + len(result.refused) == len(plan)
    for path in (tmp_path / "out").iterdir():
        assert path.read_bytes() == (shoot / path.name).read_bytes()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_named_and_the_rest_goes_on(store: ExportStore, tmp_path: Path) -> None:
    locked, free = frames(tmp_path / "locked", 1), frames(tmp_path / "free", 1)
    (tmp_path / "locked").chmod(0o500)
    try:
        photos = (*locked[0], replace(free[0][0], id=PhotoId("free")))
        decisions = locked[1] | {PhotoId("free"): free[1][free[0][0].id]}
        plan = list(plan_export(ExportRequest(ExportKind.XMP), Material(photos, decisions)))
        result = export(plan, store, "sidecars")
        assert [path.parent.name for path in result.written] == ["free"]
        assert "locked" in result.refused[0].reason
    finally:
        (tmp_path / "locked").chmod(0o700)


def test_what_is_noted_wrongly_is_never_written(tmp_path: Path) -> None:
    """A journal that was damaged on the disk must not damage a sidecar."""
    path = tmp_path / "IMG_1.xmp"
    path.write_bytes(b"<x>written</x>")
    touched = Touched.write(path, b"<x>former</x>", b"<x>written</x>")
    (rewrite,) = touched.rewrites
    wrong = replace(touched, rewrites=(replace(rewrite, former=b"nonsense"),))
    (refused,) = carry_out(plan_undo([wrong])).refused
    assert "is not right" in refused.reason
    assert path.read_bytes() == b"<x>written</x>"
    assert not carry_out(plan_undo([touched])).refused
    assert path.read_bytes() == b"<x>former</x>"


def test_a_moved_photo_does_not_take_the_place_of_another(
    store: ExportStore, shoot: Path, tmp_path: Path
) -> None:
    export(planned(shoot, ExportKind.MOVE, tmp_path / "out"), store, "moves")
    (shoot / "IMG_0001.CR2").write_text("another picture")
    result = undo_last(store)
    assert [refused.path.name for refused in result.refused] == ["IMG_0001.CR2"]
    assert (shoot / "IMG_0001.CR2").read_text() == "another picture"
    assert (tmp_path / "out" / "IMG_0001.CR2").exists()
    assert (shoot / "IMG_0001.xmp").exists(), "the rest goes on"


# The journal's own arithmetic


@given(st.binary(max_size=40), st.binary(max_size=12), st.binary(max_size=12), st.binary(max_size=40))
def test_a_rewrite_knows_the_way_back(head: bytes, old: bytes, new: bytes, end: bytes) -> None:
    before, after = head + old + end, head + new + end
    rewrite = Rewrite.between(before, after)
    assert rewrite.undone(after) == before
    assert len(rewrite.former) <= len(old)
