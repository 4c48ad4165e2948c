"""Decisions embedded into photos by an export: only where asked for, foreseen, and undone to the last byte."""

from dataclasses import replace
from pathlib import Path

import pytest

from core.export.carry_out import carry_out, export
from core.export.journal import Journal
from core.export.planned import Action, PlannedFile
from core.export.recovery import interrupted, settle
from core.export.store import ExportStore
from core.export.touched import Rewrite, Touched
from core.export.undo import plan_undo, undo
from core.export.xmp import XmpChoices, plan_xmp
from core.sidecar.profiles import DARKTABLE, EVERYWHERE, LIGHTROOM, Profile
from core.sidecar.xmp_edit import XmpEdit
from core.types import (
    Cluster,
    ClusterId,
    ClusterKind,
    Decision,
    Fact,
    Flag,
    FrameScore,
    Photo,
    PhotoId,
    Reason,
    SceneId,
)
from fixtures.exports import contents
from fixtures.photo_files import packet, picture, png, rich_jpeg, tiff

EMBED = XmpChoices(embed=True)
PHOTOS = {
    "room.jpg": rich_jpeg(packet(padding=2048))[0],
    "tight.jpg": rich_jpeg(packet())[0],
    "bare.jpg": picture(),
    "one.png": png(packet()),
    "one.tif": tiff(packet(padding=2048)),
    "bare.tif": tiff(),
}


def write(folder: Path) -> tuple[Photo, ...]:
    folder.mkdir()
    for name, content in PHOTOS.items():
        (folder / name).write_bytes(content)
    return tuple(Photo(PhotoId(name), folder / name) for name in PHOTOS)


def plan_of(photos: tuple[Photo, ...], choices: XmpChoices = EMBED, rating: int = 5) -> list[PlannedFile]:
    decisions = {photo.id: Decision(photo.id, Flag.PICK, rating) for photo in photos}
    return list(plan_xmp(photos, photos, decisions, choices=choices))


def test_only_on_demand_and_only_where_the_program_looks_there(tmp_path: Path) -> None:
    photos = write(tmp_path / "shoot")
    names = {one.path.name for one in plan_of(photos, XmpChoices())}
    assert not names & set(PHOTOS)
    assert {one.path.name for one in plan_of(photos)} == set(PHOTOS)
    assert not {one.path.name for one in plan_of(photos, XmpChoices(DARKTABLE, embed=True))} & set(PHOTOS)
    both = {one.path.name for one in plan_of(photos, XmpChoices(EVERYWHERE, embed=True))}
    assert set(PHOTOS) < both
    assert "room.xmp" in both


def test_a_folder_of_its_own_means_sidecars_and_no_photo_is_written_into(tmp_path: Path) -> None:
    photos = write(tmp_path / "shoot")
    decisions = {photo.id: Decision(photo.id, Flag.PICK) for photo in photos}
    plan = list(plan_xmp(photos, photos, decisions, tmp_path / "out", EMBED))
    assert {one.path.suffix for one in plan} == {".xmp"}


@pytest.mark.parametrize("profile", [LIGHTROOM, EVERYWHERE])
def test_embedded_decisions_are_foreseen_and_undone_to_the_last_byte(
    store: ExportStore, tmp_path: Path, profile: Profile
) -> None:
    photos = write(tmp_path / "shoot")
    before = contents(tmp_path / "shoot")
    choices = replace(EMBED, profile=profile)
    plan = plan_of(photos, choices)
    told = {one.path.name: [str(difference) for difference in one.differences()] for one in plan}
    assert "xmp:Rating: 2 → 5" in told["room.jpg"]
    assert "xmp:Rating: none → 5" in told["bare.jpg"]
    assert not export(plan, store, "embedded").refused
    assert {one.action for one in plan_of(photos, choices)} == {Action.UNCHANGED}
    record = store.last()
    assert record is not None
    assert not undo(store, record).refused
    assert contents(tmp_path / "shoot") == before


def test_a_photo_written_since_is_refused_by_name(store: ExportStore, tmp_path: Path) -> None:
    photos = write(tmp_path / "shoot")
    export(plan_of(photos), store, "embedded")
    carry_out(plan_of(photos[:1], rating=3))
    (tmp_path / "shoot" / "tight.jpg").write_bytes(b"another picture")
    record = store.last()
    assert record is not None
    result = undo(store, record)
    assert [refused.path.name for refused in result.refused] == ["tight.jpg", "room.jpg"]
    assert (tmp_path / "shoot" / "tight.jpg").read_bytes() == b"another picture"
    assert (tmp_path / "shoot" / "one.png").read_bytes() == PHOTOS["one.png"]


def test_a_photo_changed_after_the_dry_run_is_left(tmp_path: Path) -> None:
    photos = write(tmp_path / "shoot")
    plan = plan_of(photos)
    photos[0].path.write_bytes(PHOTOS["tight.jpg"] + b"!")
    result = carry_out(plan)
    assert [refused.path.name for refused in result.refused] == ["room.jpg"]
    assert "changed after" in result.refused[0].reason


def test_a_photo_killed_half_way_in_place_gets_its_former_bytes(store: ExportStore, tmp_path: Path) -> None:
    photos = write(tmp_path / "shoot")
    (planned,) = plan_of(photos[:1])
    (touched,) = planned.prepare().touched
    middle = 2
    in_two = tuple(
        half
        for one in touched.rewrites
        for half in (
            Rewrite(one.start, one.former[:middle], one.written[:middle]),
            Rewrite(one.start + middle, one.former[middle:], one.written[middle:]),
        )
    )
    Journal(store, "embedded", 1).note((replace(touched, rewrites=in_two),))
    with photos[0].path.open("r+b") as file:
        file.seek(in_two[0].start)
        file.write(in_two[0].written)
    assert photos[0].path.read_bytes() != PHOTOS["room.jpg"]
    record = interrupted(store)
    assert record is not None
    settle(store, record)
    assert photos[0].path.read_bytes() == PHOTOS["room.jpg"]
    assert [one.action for one in plan_undo(store.touched(record.id))] == [Action.UNCHANGED]


def test_reading_the_journal_again_gives_what_was_noted(store: ExportStore, tmp_path: Path) -> None:
    photos = write(tmp_path / "shoot")
    noted: list[Touched] = [one for planned in plan_of(photos) for one in planned.prepare().touched]
    Journal(store, "embedded", len(noted)).note(noted)
    record = store.last()
    assert record is not None
    assert list(store.touched(record.id)) == noted


def test_advice_goes_along_only_when_asked_for(tmp_path: Path) -> None:
    photo = Photo(PhotoId("1"), tmp_path / "1.CR2")
    cluster = Cluster(
        ClusterId("c"),
        ClusterKind.BURST,
        (photo.id,),
        SceneId("s"),
        suggested_pick=photo.id,
        reasons=(Reason(Fact.ALL_EYES_OPEN, 1),),
        scores=(FrameScore(photo.id, 0.75, ()),),
    )
    decisions = {photo.id: Decision(photo.id, Flag.PICK)}
    for advice in (False, True):
        choices = XmpChoices(advice=advice)
        (planned,) = plan_xmp((photo,), (photo,), decisions, choices=choices, clusters=(cluster,))
        told = " ".join(map(str, planned.differences()))
        assert ("0.75" in told) is advice
    assert XmpEdit.of(decisions[photo.id]).advice is None
