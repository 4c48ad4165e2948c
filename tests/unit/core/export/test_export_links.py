"""Links among photos, sidecars and folders: nothing elsewhere is touched unseen, and undo knows what was touched."""

import os
from pathlib import Path

import pytest

from core.export.carry_out import ExportResult, export
from core.export.kinds import Choice, ExportKind, Selection
from core.export.planned import Action, PlannedFile
from core.export.request import ExportRequest, Material, plan_export
from core.export.store import ExportStore
from core.export.undo import plan_undo, undo
from core.export.xmp import XmpChoices
from core.sidecar.xmp_edit import XmpEdit, new_packet
from core.sidecar.xmp_writer import read_sidecar
from core.types import Decision, Flag, Photo, PhotoId
from fixtures.exports import THEIRS
from fixtures.photo_files import packet, picture, rich_jpeg
from fixtures.trees import lies

XMP = ExportRequest(ExportKind.XMP)
EMBED = ExportRequest(ExportKind.XMP, xmp=XmpChoices(embed=True))


@pytest.fixture
def shoot(tmp_path: Path) -> Path:
    for name in ("shoot", "elsewhere"):
        (tmp_path / name).mkdir()
    (tmp_path / "shoot" / "a.cr2").write_bytes(b"raw")
    return tmp_path / "shoot"


@pytest.fixture
def elsewhere(shoot: Path) -> Path:
    return shoot.parent / "elsewhere"


def plan(
    request: ExportRequest, *paths: Path, flag: Flag = Flag.PICK, opened: Path | None = None
) -> list[PlannedFile]:
    photos = [Photo(PhotoId(str(path)), path) for path in paths]
    decisions = {photo.id: Decision(photo.id, flag, 3) for photo in photos}
    folders = [opened] if opened is not None else []
    return list(plan_export(request, Material(photos, decisions, folders=folders)))


def undone(store: ExportStore) -> ExportResult:
    record = store.last()
    assert record is not None
    return undo(store, record)


@pytest.mark.parametrize("leads_to", ["../elsewhere/new.xmp", "nowhere/at/all.xmp", "a.xmp", "b.xmp"])
def test_nothing_is_written_through_a_link_that_leads_nowhere(
    leads_to: str, store: ExportStore, shoot: Path, elsewhere: Path
) -> None:
    (shoot / "a.xmp").symlink_to(leads_to)
    (shoot / "b.xmp").symlink_to("a.xmp")  # so that the last case leads in a circle
    before = lies(shoot, elsewhere)
    (planned,) = plan(XMP, shoot / "a.cr2")
    assert planned.action is Action.REFUSED
    assert "It is a link that leads" in planned.remark
    assert not export([planned], store, "metadata").written
    assert lies(shoot, elsewhere) == before


def test_a_link_that_breaks_after_the_plan_is_not_written_through(
    store: ExportStore, shoot: Path, elsewhere: Path
) -> None:
    (elsewhere / "real.xmp").write_bytes(THEIRS)
    (shoot / "a.xmp").symlink_to(elsewhere / "real.xmp")
    planned = plan(XMP, shoot / "a.cr2")
    (elsewhere / "real.xmp").rename(elsewhere / "gone.xmp")
    (refused,) = export(planned, store, "metadata").refused
    assert "leads nowhere" in refused.reason
    (shoot / "a.xmp").unlink()
    (shoot / "a.xmp").symlink_to(elsewhere / "gone.xmp")
    (refused,) = export(planned, store, "metadata").refused
    assert "after the export was planned" in refused.reason
    assert (elsewhere / "gone.xmp").read_bytes() == THEIRS


def test_a_new_sidecar_does_not_take_the_place_of_a_link_made_meanwhile(
    store: ExportStore, shoot: Path, elsewhere: Path
) -> None:
    planned = plan(XMP, shoot / "a.cr2")
    (shoot / "a.xmp").symlink_to(elsewhere / "new.xmp")
    before = lies(shoot, elsewhere)
    assert export(planned, store, "metadata").refused
    assert lies(shoot, elsewhere) == before


@pytest.mark.parametrize("kind", ["sidecar", "photo", "document"])
def test_what_a_link_leads_to_is_shown_written_and_put_back(
    kind: str, store: ExportStore, shoot: Path, elsewhere: Path
) -> None:
    match kind:
        case "sidecar":
            request, link, data = XMP, shoot / "a.xmp", THEIRS
        case "photo":
            request, link, data = EMBED, shoot / "b.jpg", rich_jpeg(packet(padding=2048))[0]
        case _:
            request, link, data = ExportRequest(ExportKind.CSV), shoot / "shortlist.csv", b"former"
    real = elsewhere / f"real{link.suffix}"
    real.write_bytes(data)
    (elsewhere / "hop").symlink_to(real.name)
    link.symlink_to(elsewhere / "hop")
    before = lies(shoot, elsewhere)
    photo = link if kind == "photo" else shoot / "a.cr2"
    (planned,) = (one for one in plan(request, photo) if one.path == link)
    assert planned.action is Action.UPDATE
    assert str(real) in planned.remark

    assert export([planned], store, kind).written == [link]
    assert link.is_symlink()
    assert real.read_bytes() != data
    record = store.last()
    assert record is not None
    touched = store.touched(record.id)
    assert (touched[-1].path, touched[-1].shown) == (real, link)
    assert [str(real) in one.remark for one in plan_undo(touched) if one.path == link] == [True]
    assert undone(store).written[0] == link
    assert lies(shoot, elsewhere) == before


def test_undo_finds_the_file_that_was_written_though_the_link_leads_elsewhere_by_now(
    store: ExportStore, shoot: Path, elsewhere: Path
) -> None:
    for name in ("real.xmp", "other.xmp"):
        (elsewhere / name).write_bytes(THEIRS)
    (shoot / "a.xmp").symlink_to(elsewhere / "real.xmp")
    export(plan(XMP, shoot / "a.cr2"), store, "metadata")
    (shoot / "a.xmp").unlink()
    (shoot / "a.xmp").symlink_to(elsewhere / "other.xmp")
    assert undone(store).written
    assert (elsewhere / "real.xmp").read_bytes() == (elsewhere / "other.xmp").read_bytes() == THEIRS
    assert (shoot / "a.xmp").is_symlink()


def test_undo_never_takes_a_link_for_what_was_written(
    store: ExportStore, shoot: Path, elsewhere: Path
) -> None:
    export(plan(XMP, shoot / "a.cr2"), store, "metadata")
    (shoot / "a.xmp").rename(elsewhere / "moved.xmp")
    (shoot / "a.xmp").symlink_to(elsewhere / "moved.xmp")
    before = lies(shoot, elsewhere)
    (refused,) = undone(store).refused
    assert "link" in refused.reason
    assert lies(shoot, elsewhere) == before


def test_two_links_to_one_file_are_not_written_twice(
    store: ExportStore, shoot: Path, elsewhere: Path
) -> None:
    real = elsewhere / "real.jpg"
    real.write_bytes(picture())
    links = [shoot / "1.jpg", shoot / "2.jpg"]
    for link in links:
        link.symlink_to(real)
    one, two = plan(EMBED, *links)
    assert one.is_work
    assert two.action is Action.REFUSED
    assert "1.jpg" in two.remark
    assert export([one, two], store, "embedded").written == [links[0]]


def test_a_link_to_another_photos_sidecar_does_not_decide_about_that_photo(
    store: ExportStore, shoot: Path
) -> None:
    (shoot / "b.cr2").write_bytes(b"raw")
    (shoot / "b.xmp").write_bytes(THEIRS)
    (shoot / "a.xmp").symlink_to("b.xmp")
    one, two = plan(XMP, shoot / "a.cr2", shoot / "b.cr2")
    assert one.action is Action.REFUSED
    assert "sidecar of b.cr2" in one.remark
    assert two.is_work
    photos = [Photo(PhotoId(name), shoot / name) for name in ("a.cr2", "b.cr2")]
    decisions = {photos[0].id: Decision(photos[0].id, Flag.REJECT)}  # and none about the other
    assert not export(list(plan_export(XMP, Material(photos, decisions))), store, "metadata").written
    assert (shoot / "b.xmp").read_bytes() == THEIRS


def test_a_linked_folder_is_named_where_it_leads_out_of_what_was_opened(
    store: ExportStore, shoot: Path, elsewhere: Path
) -> None:
    (elsewhere / "b.cr2").write_bytes(b"raw")
    (shoot / "linked").symlink_to(elsewhere, target_is_directory=True)
    within, behind = plan(XMP, shoot / "a.cr2", shoot / "linked" / "b.cr2", opened=shoot)
    assert within.remark == ""
    assert str(elsewhere) in behind.remark
    rejected = ExportRequest(ExportKind.TRASH, Selection(Choice.REJECTS))
    (thrown,) = plan(rejected, shoot / "linked" / "b.cr2", flag=Flag.REJECT, opened=shoot)
    assert str(elsewhere) in thrown.remark

    # Opened by a link of its own: no surprise.
    (shoot.parent / "way").symlink_to(shoot, target_is_directory=True)
    (planned,) = plan(XMP, shoot.parent / "way" / "a.cr2", opened=shoot.parent / "way")
    assert planned.remark == ""


def test_a_moved_link_leads_to_the_same_file_or_stays(
    store: ExportStore, shoot: Path, elsewhere: Path
) -> None:
    real = elsewhere / "real.jpg"
    real.write_bytes(picture())
    absolute, relative = shoot / "absolute.jpg", shoot / "relative.jpg"
    absolute.symlink_to(real)
    relative.symlink_to("../elsewhere/real.jpg")
    before = lies(shoot, elsewhere)
    out = shoot.parent / "deep" / "er"
    request = ExportRequest(ExportKind.MOVE, out_dir=out)
    moved, refused = plan(request, absolute, relative)
    assert "stays where it is" in moved.remark
    assert refused.action is Action.REFUSED
    assert "nowhere from there" in refused.remark
    export([moved, refused], store, "moved")
    assert (out / "absolute.jpg").samefile(real)
    assert relative.samefile(real)
    undone(store)
    assert lies(shoot, elsewhere) == before
    beside = ExportRequest(ExportKind.MOVE, out_dir=shoot.parent / "beside")
    assert plan(beside, relative)[0].is_work  # from there it leads to the same


def test_a_link_to_a_photo_that_is_moved_as_well_stays_and_undo_needs_no_order(
    store: ExportStore, shoot: Path
) -> None:
    real, link = shoot / "b.jpg", shoot / "a.jpg"
    real.write_bytes(picture())
    link.symlink_to(real)
    before = lies(shoot)
    request = ExportRequest(ExportKind.MOVE, out_dir=shoot.parent / "out")
    refused, moved = plan(request, link, real)
    assert refused.action is Action.REFUSED
    assert moved.is_work
    export(plan(request, link), store, "the link")  # alone it may go
    export(plan(request, real), store, "what it leads to")
    undone(store)
    undone(store)
    assert lies(shoot) == before


@pytest.mark.parametrize(
    "kind", [ExportKind.MOVE, ExportKind.COPY, ExportKind.LINK, ExportKind.CSV, ExportKind.XMP]
)
def test_a_folder_to_write_to_that_is_a_link_to_nothing_gets_a_sentence(
    kind: ExportKind, store: ExportStore, shoot: Path, elsewhere: Path
) -> None:
    out = shoot.parent / "out"
    out.symlink_to(elsewhere / "gone")
    before = lies(shoot.parent)
    planned = plan(ExportRequest(kind, out_dir=out), shoot / "a.cr2")
    assert planned
    for one in planned:
        assert one.action is Action.REFUSED
        assert "link that leads nowhere" in one.remark
        assert "out" in one.remark
    assert lies(shoot.parent) == before


def test_of_a_link_in_the_trash_is_said_what_goes(shoot: Path, elsewhere: Path) -> None:
    (elsewhere / "real.jpg").write_bytes(picture())
    for name, leads_to in (("1.jpg", elsewhere / "real.jpg"), ("2.jpg", elsewhere / "gone.jpg")):
        (shoot / name).symlink_to(leads_to)
    request = ExportRequest(ExportKind.TRASH, Selection(Choice.REJECTS))
    thrown, refused = plan(request, shoot / "1.jpg", shoot / "2.jpg", flag=Flag.REJECT)
    assert thrown.action is Action.TRASH
    assert "what it leads to stays" in thrown.remark
    assert refused.action is Action.REFUSED
    assert "leads nowhere" in refused.remark


def test_a_file_in_the_out_folder_that_is_a_link_is_never_written_over(
    store: ExportStore, shoot: Path, elsewhere: Path
) -> None:
    out = shoot.parent / "out"
    out.mkdir()
    (out / "a.cr2").symlink_to(elsewhere / "new.cr2")
    before = lies(out, elsewhere)
    assert export(plan(ExportRequest(ExportKind.COPY, out_dir=out), shoot / "a.cr2"), store, "copies").written
    after = lies(out, elsewhere)
    assert {name: after[name] for name in before} == before
    assert not (elsewhere / "new.cr2").exists()


def test_another_name_of_a_file_is_told_of_and_keeps_its_bytes(
    store: ExportStore, shoot: Path, elsewhere: Path
) -> None:
    (shoot / "a.xmp").write_bytes(THEIRS)
    os.link(shoot / "a.xmp", elsewhere / "same.xmp")
    (planned,) = plan(XMP, shoot / "a.cr2")
    assert "hard link" in planned.remark
    export([planned], store, "metadata")
    assert (elsewhere / "same.xmp").read_bytes() == THEIRS
    assert read_sidecar(shoot / "a.xmp").rating == 3


@pytest.mark.parametrize("data", [b"", bytes(4000), b"\n \n", b"\0" * 10 + b"\n"])
def test_a_sidecar_with_nothing_in_it_is_made_anew_and_that_is_said(
    data: bytes, store: ExportStore, shoot: Path
) -> None:
    (shoot / "a.xmp").write_bytes(data)
    before = lies(shoot)
    (planned,) = plan(XMP, shoot / "a.cr2")
    assert planned.action is Action.UPDATE
    assert "a new one takes its place" in planned.remark
    assert "xmp:Rating: none → 3" in [str(one) for one in planned.differences()]
    export([planned], store, "metadata")
    assert read_sidecar(shoot / "a.xmp").rating == 3
    assert len(lies(shoot)) == len(before)  # nothing worth a backup
    undone(store)
    assert lies(shoot) == before


@pytest.mark.parametrize("data", [THEIRS[:200], THEIRS[:-20], new_packet(XmpEdit(rating=2))[:60]])
def test_a_sidecar_that_was_cut_off_is_left_alone_with_its_cause(
    data: bytes, store: ExportStore, shoot: Path
) -> None:
    (shoot / "a.xmp").write_bytes(data)
    (planned,) = plan(XMP, shoot / "a.cr2")
    assert planned.action is Action.REFUSED
    assert "cut off" in planned.remark
    assert not export([planned], store, "metadata").written
    assert (shoot / "a.xmp").read_bytes() == data
