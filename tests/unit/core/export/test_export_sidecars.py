"""Exporting decisions as sidecars: what a dry run says is what an export does."""

import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.export.carry_out import ExportResult, carry_out
from core.export.planned import Action, PlannedFile
from core.export.sidecars import PlannedSidecar
from core.export.xmp import USUAL, XmpChoices, plan_xmp
from core.sidecar.backups import BACKUP_SUFFIX
from core.sidecar.label_names import LABEL_SETS
from core.sidecar.profiles import DARKTABLE, LIGHTROOM, Profile
from core.sidecar.xmp_edit import XmpEdit, new_packet
from core.sidecar.xmp_writer import read_sidecar
from core.types import Decision, DecisionSource, Flag, Label, Photo, PhotoId

THEIRS = new_packet(XmpEdit(rating=2)).replace(b"Shortlist", b"Adobe XMP Core 7.0")


def photo(folder: Path, name: str, *companions: str) -> Photo:
    folder.mkdir(parents=True, exist_ok=True)
    for file in (name, *companions):
        (folder / file).write_bytes(file.encode())
    return Photo(PhotoId(str(folder / name)), folder / name, tuple(folder / other for other in companions))


def decide(*photos: Photo, flag: Flag | None = Flag.PICK, rating: int | None = 4) -> dict[PhotoId, Decision]:
    return {one.id: Decision(one.id, flag, rating) for one in photos}


def plan_of(
    photos: Sequence[Photo],
    decisions: Mapping[PhotoId, Decision],
    out: Path | None = None,
    choices: XmpChoices = USUAL,
) -> tuple[PlannedFile, ...]:
    return tuple(plan_xmp(photos, photos, decisions, out, choices))


def lines(plan: tuple[PlannedFile, ...]) -> list[str]:
    return [str(one) for one in plan]


def files(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def test_photos_without_a_decision_are_left_out(tmp_path: Path) -> None:
    one, other, third = (photo(tmp_path, name) for name in ("1.JPG", "2.JPG", "3.JPG"))
    decisions = decide(one) | {other.id: Decision(other.id)}
    assert lines(plan_of((one, other, third), decisions)) == ["create: 1.xmp"]


def test_a_dry_run_touches_nothing(tmp_path: Path) -> None:
    one = photo(tmp_path, "1.CR2")
    (tmp_path / "1.xmp").write_bytes(THEIRS)
    before = files(tmp_path)
    plan_of((one,), decide(one), tmp_path / "out")
    plan_of((one,), decide(one))
    assert files(tmp_path) == before


def test_creating_updating_and_leaving_alone(tmp_path: Path) -> None:
    new, old, same = (photo(tmp_path, name) for name in ("new.CR2", "old.CR2", "same.CR2"))
    (tmp_path / "old.xmp").write_bytes(THEIRS)
    (tmp_path / "same.xmp").write_bytes(THEIRS)
    decisions = decide(new, old) | decide(same, flag=None, rating=2)
    plan = plan_of((new, old, same), decisions)
    assert lines(plan) == ["create: new.xmp", "update: old.xmp", "unchanged: same.xmp"]
    result = carry_out(plan)
    assert result == ExportResult(
        written=[tmp_path / "new.xmp", tmp_path / "old.xmp"], unchanged=[tmp_path / "same.xmp"]
    )
    assert files(tmp_path)["same.xmp"] == THEIRS
    assert files(tmp_path)["old.xmp" + BACKUP_SUFFIX] == THEIRS
    assert read_sidecar(tmp_path / "new.xmp").flag is Flag.PICK
    assert b'SidecarForExtension="CR2"' in files(tmp_path)["new.xmp"]
    again = plan_of((new, old, same), decisions)
    assert {one.action for one in again} == {Action.UNCHANGED}


def test_the_properties_that_change_are_told_beforehand(tmp_path: Path) -> None:
    new, old = photo(tmp_path, "new.CR2"), photo(tmp_path, "old.CR2")
    (tmp_path / "old.xmp").write_bytes(THEIRS)
    plan = plan_of((new, old), decide(new) | decide(old, flag=None, rating=5))
    assert [str(one) for one in plan[0].differences()] == [
        "photoshop:SidecarForExtension: none → CR2",
        "xmp:Rating: none → 4",
        "xmpDM:pick: none → 1",
        "xmpDM:good: none → true",
    ]
    assert [str(one) for one in plan[1].differences()] == ["xmp:Rating: 2 → 5"]
    carry_out(plan)
    assert plan[1].differences() == ()


def test_another_programs_later_decision_is_not_written_over_without_a_word(tmp_path: Path) -> None:
    photos = [photo(tmp_path, f"{name}.CR2") for name in ("earlier", "later", "silent")]
    for one in photos:
        one.path.with_suffix(".xmp").write_bytes(THEIRS)
    photos[2].path.with_suffix(".xmp").write_bytes(new_packet(XmpEdit(Flag.UNFLAGGED, 0)))
    os.utime(photos[0].path.with_suffix(".xmp"), (1000, 1000))
    decided = datetime(2026, 1, 1, tzinfo=UTC)
    decisions = {one.id: Decision(one.id, Flag.PICK, 4, decided_at=decided) for one in photos}
    earlier, later, silent = plan_of(photos, decisions)
    assert (earlier.action, later.action, silent.action) == (Action.UPDATE,) * 3
    assert (earlier.remark, silent.remark) == ("", "")
    assert later.remark == "Decided differently in another program since then."


def test_what_only_files_say_is_carried_to_silent_files_and_over_nothing(tmp_path: Path) -> None:
    changed, silent = photo(tmp_path, "changed.CR2"), photo(tmp_path, "silent.CR2")
    for one in (changed, silent):
        one.path.with_suffix(".xmp").write_bytes(THEIRS)  # since it was read in as 5 stars
    silent.path.with_suffix(".xmp").write_bytes(new_packet(XmpEdit(Flag.UNFLAGGED, 0)))
    decisions = {
        one.id: Decision(one.id, Flag.PICK, 5, source=DecisionSource.FILE) for one in (changed, silent)
    }
    carry_out(plan_of([changed, silent], decisions))
    facts = [read_sidecar(one.path.with_suffix(".xmp")) for one in (changed, silent)]
    assert [(one.flag, one.rating) for one in facts] == [(Flag.PICK, 2), (Flag.PICK, 5)]


def test_a_broken_sidecar_is_refused_and_the_rest_goes_on(tmp_path: Path) -> None:
    bad, good = photo(tmp_path, "bad.CR2"), photo(tmp_path, "good.CR2")
    (tmp_path / "bad.xmp").write_bytes(b"<x:xmpmeta")
    plan = plan_of((bad, good), decide(bad, good))
    assert [one.action for one in plan] == [Action.REFUSED, Action.CREATE]
    result = carry_out(plan)
    assert result.written == [tmp_path / "good.xmp"]
    assert [str(one) for one in result.refused] == [f"bad.xmp: {plan[0].remark}"]
    assert files(tmp_path)["bad.xmp"] == b"<x:xmpmeta"


def test_a_sidecar_changed_after_the_dry_run_is_refused(tmp_path: Path) -> None:
    one, other = photo(tmp_path, "1.CR2"), photo(tmp_path, "2.CR2")
    (tmp_path / "1.xmp").write_bytes(THEIRS)
    plan = plan_of((one, other), decide(one, other))
    (tmp_path / "1.xmp").write_bytes(THEIRS + b"\n")
    (tmp_path / "2.xmp").write_bytes(THEIRS)
    before = files(tmp_path)
    result = carry_out(plan)
    assert [one.path.name for one in result.refused] == ["1.xmp", "2.xmp"]
    assert files(tmp_path) == before


def test_in_a_folder_of_their_own_subfolders_are_kept_and_nothing_is_lost(tmp_path: Path) -> None:
    shoot, out = tmp_path / "shoot", tmp_path / "out"
    one, other = photo(shoot / "a", "1.CR2"), photo(shoot / "b", "1.CR2")
    theirs = THEIRS.replace(b"xmp:Rating", b'xmp:CreatorTool="Mine" xmp:Rating')
    (shoot / "a" / "1.xmp").write_bytes(theirs)
    before = files(shoot)
    plan = plan_of((one, other), decide(one, other), out)
    assert [str(one.path.relative_to(out)) for one in plan] == [str(Path("a/1.xmp")), str(Path("b/1.xmp"))]
    carry_out(plan)
    assert files(shoot) == before
    assert b'xmp:CreatorTool="Mine"' in files(out)["a/1.xmp"]
    assert read_sidecar(out / "b" / "1.xmp").rating == 4


def test_a_sidecar_already_in_that_folder_is_edited_not_replaced(tmp_path: Path) -> None:
    one = photo(tmp_path / "shoot", "1.CR2")
    (tmp_path / "1.xmp").write_bytes(THEIRS.replace(b"xmp:Rating", b'xmp:CreatorTool="Mine" xmp:Rating'))
    plan = plan_of((one,), decide(one), tmp_path)
    assert lines(plan) == ["update: 1.xmp"]
    carry_out(plan)
    assert b'xmp:CreatorTool="Mine"' in files(tmp_path)["1.xmp"]


def test_two_photos_of_one_name_never_share_a_sidecar(tmp_path: Path) -> None:
    jpeg, png = photo(tmp_path, "IMG_1.JPG"), photo(tmp_path, "IMG_1.PNG")
    decisions = decide(jpeg) | decide(png, flag=Flag.REJECT, rating=None)
    carry_out(plan_of((jpeg, png), decisions))
    assert read_sidecar(tmp_path / "IMG_1.xmp").flag is Flag.PICK
    assert read_sidecar(tmp_path / "IMG_1.PNG.xmp").flag is Flag.REJECT


def test_a_sidecar_name_that_two_photos_come_to_is_written_once(tmp_path: Path) -> None:
    raw, odd = photo(tmp_path, "1.CR2"), photo(tmp_path, "1.CR2.jpg")
    (tmp_path / "1.CR2.xmp").write_bytes(THEIRS)
    plan = plan_of((raw, odd), decide(raw, odd))
    assert lines(plan) == [
        "create: 1.xmp",
        "update: 1.CR2.xmp",
        "refused: 1.CR2.xmp (It already holds the decision about 1.CR2.)",
    ]


def test_the_program_and_the_users_labels_count(tmp_path: Path) -> None:
    one = photo(tmp_path, "1.CR2")
    decisions = {one.id: Decision(one.id, label=Label.RED)}
    carry_out(plan_of((one,), decisions, choices=XmpChoices(labels=LABEL_SETS["de"])))
    assert read_sidecar(tmp_path / "1.xmp").label_text == "Rot"
    carry_out(plan_of((one,), decisions, choices=XmpChoices(DARKTABLE, LABEL_SETS["de"])))
    assert read_sidecar(tmp_path / "1.CR2.xmp").label_text == "Red", "darktable knows English names only"


def test_a_folder_that_cannot_be_written_is_told_in_the_dry_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = photo(tmp_path, "1.CR2")
    monkeypatch.setattr("os.access", lambda path, mode: False)
    plan = plan_of((one,), decide(one))
    assert plan[0].action is Action.REFUSED
    assert "cannot be written to" in plan[0].remark
    assert [refused.path for refused in carry_out(plan).refused] == [tmp_path / "1.xmp"]


def test_progress_is_told_and_cancelling_stops_between_files(tmp_path: Path) -> None:
    photos = [photo(tmp_path, f"{number}.CR2") for number in range(3)]
    told: list[tuple[int, int]] = []
    result = carry_out(
        plan_of(photos, decide(*photos)), lambda *progress: told.append(progress), lambda: len(told) == 2
    )
    assert told == [(1, 3), (2, 3)]
    assert result.cancelled
    assert [path.name for path in result.written] == ["0.xmp", "1.xmp"]


kinds_of_sidecar = {
    "none": None,
    "theirs": THEIRS,
    "ours": new_packet(XmpEdit(Flag.PICK, 4)),
    "broken": b"<rdf",
    "wide": THEIRS.decode().encode("utf-16"),
}
decisions_to_make = st.builds(
    lambda flag, rating, label: (flag, rating, label),
    st.none() | st.sampled_from(Flag),
    st.none() | st.integers(0, 5),
    st.none() | st.sampled_from(Label),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    shoot=st.lists(st.tuples(st.sampled_from(sorted(kinds_of_sidecar)), decisions_to_make), max_size=4),
    profile=st.sampled_from((LIGHTROOM, DARKTABLE)),
    elsewhere=st.booleans(),
)
def test_an_export_does_what_the_dry_run_said(
    shoot: list[tuple[str, tuple[Flag | None, int | None, Label | None]]],
    profile: Profile,
    elsewhere: bool,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("shoot")
    photos = [photo(folder, f"{number}.CR2") for number in range(len(shoot))]
    decisions: Mapping[PhotoId, Decision] = {
        one.id: Decision(one.id, *decided) for one, (_, decided) in zip(photos, shoot, strict=True)
    }
    for one, (kind, _) in zip(photos, shoot, strict=True):
        if content := kinds_of_sidecar[kind]:
            one.path.with_suffix(".xmp").write_bytes(content)
    before = files(folder)
    plan = plan_of(photos, decisions, folder / "out" if elsewhere else None, XmpChoices(profile))
    result = carry_out(plan)
    after = files(folder)
    changed = {folder / name for name in after if after[name] != before.get(name)}
    foreseen = {one.path for one in plan if one.action in (Action.CREATE, Action.UPDATE)}
    assert {path for path in changed if path.suffix == ".xmp"} == foreseen == set(result.written)
    assert {one.path for one in plan if one.action is Action.CREATE} == {
        path for path in foreseen if path.relative_to(folder).as_posix() not in before
    }
    assert set(result.unchanged) == {one.path for one in plan if one.action is Action.UNCHANGED}
    assert {(one.path, one.reason) for one in result.refused} == {
        (one.path, one.remark) for one in plan if one.action is Action.REFUSED
    }
    for planned in plan:
        assert isinstance(planned, PlannedSidecar)
        if planned.action is not Action.REFUSED:
            facts, edit = read_sidecar(planned.path), planned.content.edit
            assert edit.flag in (None, facts.flag)
            assert edit.rating in (None, facts.rating)
            assert edit.label in (None, facts.label or Label.NONE)
