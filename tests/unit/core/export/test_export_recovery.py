"""An export or an undo that was killed: what it left over is cleared away, and it can still be undone."""

import os
from pathlib import Path

import pytest

from core.export.carry_out import carry_out, export
from core.export.journal import Journal, exporting
from core.export.kinds import ExportKind
from core.export.recovery import interrupted, settle, settle_all
from core.export.store import ExportStore
from core.export.touched import Touch, Touched
from fixtures.exports import contents, planned, undo_last


def test_an_export_that_ended_is_not_called_interrupted(store: ExportStore, shoot: Path) -> None:
    export(planned(shoot, ExportKind.XMP), store, "sidecars")
    assert interrupted(store) is None


def test_one_that_runs_in_another_window_is_not_either(store: ExportStore) -> None:
    with exporting(store):
        Journal(store, "sidecars", 3).note((Touched(touch=Touch.FOLDER, path=Path("somewhere")),))
        assert interrupted(store) is None
    assert interrupted(store) is not None


def test_what_a_killed_export_left_over_is_cleared_away(store: ExportStore, shoot: Path) -> None:
    plan = planned(shoot, ExportKind.XMP)
    Journal(store, "sidecars", 6).note(plan[0].prepare().touched)  # and then the power went
    (shoot / ".0123456789ab.shortlist-tmp").write_text("half")
    (shoot / ".of another program").write_text("stays")
    record = interrupted(store)
    assert record is not None
    settle(store, record)
    assert not (shoot / ".0123456789ab.shortlist-tmp").exists()
    assert (shoot / ".of another program").exists()
    assert interrupted(store) is None
    assert store.last() is not None, "it can still be undone"


def begun(path: Path) -> Path:
    """A file that was just being written when the program was killed."""
    leftover = path.with_name(".0123456789ab.shortlist-tmp")
    leftover.write_bytes(b"half of it")
    return leftover


def test_what_a_killed_undo_left_over_is_cleared_away(
    store: ExportStore, shoot: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = planned(shoot, ExportKind.XMP)
    before = contents(shoot)
    export(plan, store, "killed while it is undone")
    leftover: list[Path] = []

    def killed(path: Path, *_: object) -> None:
        leftover.append(begun(path))
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("core.export.rewrites.write_whole", killed)
        with pytest.raises(KeyboardInterrupt):
            undo_last(store)
    assert leftover[0].exists()
    record = settle_all(store)
    assert record is not None
    assert record.undoing
    assert not leftover[0].exists()
    assert settle_all(store) is None, "told once"
    assert not undo_last(store).refused
    assert contents(shoot) == before


def test_leftovers_of_an_export_before_the_last_are_cleared_away_too(
    store: ExportStore, shoot: Path, tmp_path: Path
) -> None:
    photos = planned(shoot, ExportKind.COPY, tmp_path / "out")
    carry_out(photos[:2], journal=Journal(store, "killed", 2))
    with store._database.writing() as connection:
        connection.execute("UPDATE export SET finished = 0")
    leftover = begun(photos[0].path)
    export(planned(tmp_path / "other", ExportKind.XMP), store, "the one after it")
    assert settle_all(store) is not None
    assert not leftover.exists()


def test_only_our_own_leftovers_are_cleared_away(store: ExportStore, shoot: Path) -> None:
    plan = planned(shoot, ExportKind.XMP)
    theirs = [shoot / name for name in (".notes.shortlist-tmp", "0123456789ab.shortlist-tmp", ".a.tmp")]
    for path in theirs:
        path.write_text("somebody else's")
    Journal(store, "killed", 1).note([Touched.write(plan[0].path, None, b"new")])
    ours = begun(plan[0].path)
    settle_all(store)
    assert not ours.exists()
    assert all(path.exists() for path in theirs)


@pytest.mark.parametrize("to_another_disk", [False, True])
def test_a_move_back_leaves_nothing_beside_the_photo(
    store: ExportStore, shoot: Path, tmp_path: Path, to_another_disk: bool
) -> None:
    """A move back to another disk is a copy, and begins in the folder of the original."""
    export(planned(shoot, ExportKind.MOVE, tmp_path / "out"), store, "moved")
    record = store.last()
    assert record is not None
    store.begin_undo(record.id)
    leftover = begun((shoot if to_another_disk else tmp_path / "out") / "IMG_0001.CR2")
    settle_all(store)
    assert not leftover.exists()


def test_a_copy_whose_content_was_not_noted_any_more_is_known_by_its_original(
    store: ExportStore, shoot: Path, tmp_path: Path
) -> None:
    plan = planned(shoot, ExportKind.COPY, tmp_path / "out")
    journal = Journal(store, "copies", len(plan))
    for one in plan:
        ready = one.prepare()
        journal.note(ready.touched)
        ready.write()
    (tmp_path / "out" / "IMG_0001.CR2").write_text("retouched")
    result = undo_last(store)
    assert [refused.path.name for refused in result.refused] == ["IMG_0001.CR2"]
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["IMG_0001.CR2"]


@pytest.mark.parametrize("halves", ["linked", "copied"])
def test_a_move_killed_between_its_halves_is_undone(
    store: ExportStore, shoot: Path, tmp_path: Path, halves: str
) -> None:
    plan = planned(shoot, ExportKind.MOVE, tmp_path / "out")
    before = contents(shoot)
    Journal(store, "moves", 1).note(plan[0].prepare().touched)
    (tmp_path / "out").mkdir()
    source, path = shoot / plan[0].path.name, plan[0].path
    if halves == "linked":
        os.link(source, path)
    else:
        path.write_bytes(source.read_bytes())
    assert not undo_last(store).refused
    assert contents(shoot) == before
    assert not (tmp_path / "out").exists()
