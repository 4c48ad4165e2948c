"""Copies and moves under new names: a frame's files go together, names never meet, and undoing brings all back."""

from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from core.export.carry_out import carry_out, export
from core.export.kinds import Choice, ExportKind, Selection
from core.export.planned import Action
from core.export.request import ExportRequest, Material, plan_export
from core.export.store import ExportStore
from core.export.transfers import PlannedTransfer
from core.naming.names import NameTemplate, Naming
from core.sidecar.belongings import Belongings
from core.types import Cluster, ClusterId, ClusterKind, Decision, Flag, Photo, PhotoId, SceneId, TimeSource
from fixtures.exports import contents, undo_last
from fixtures.transfers import names, photo


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


@pytest.fixture
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ExportStore]:
    with closing(ExportStore.open(tmp_path_factory.mktemp("journal") / "exports.sqlite")) as store:
        yield store


def planned(
    photos: tuple[Photo, ...],
    template: str,
    out: Path | None,
    kind: ExportKind = ExportKind.COPY,
    material: Material | None = None,
) -> list[PlannedTransfer]:
    request = ExportRequest(
        kind, Selection(Choice.ALL), out, naming=Naming(NameTemplate.parse(template), "Fair")
    )
    plan = plan_export(request, material or Material(photos, {}))
    return [one for one in plan if isinstance(one, PlannedTransfer)]


def below(folder: Path) -> list[str]:
    return [path for path, content in contents(folder).items() if content is not None]


def test_all_files_of_a_frame_get_one_name(shoot: Path, out: Path) -> None:
    one = photo(shoot, "IMG_1.JPG", "IMG_1.CR2", "IMG_1_HEVC.MOV")
    for name in ("IMG_1.xmp", "IMG_1.CR2.xmp", "IMG_1_01.CR2.xmp", "IMG_1.CR2.pp3"):
        (shoot / name).write_text(name)
    assert not carry_out(planned((one,), "{shoot}/{counter:03}", out)).refused
    assert below(out) == [
        f"Fair/001{rest}"
        for rest in (".CR2", ".CR2.pp3", ".CR2.xmp", ".JPG", ".xmp", "_01.CR2.xmp", "_HEVC.MOV")
    ]
    there = out / "Fair"
    again = Photo(PhotoId("1"), there / "001.JPG", (there / "001.CR2", there / "001_HEVC.MOV"))
    assert {path.name for path in Belongings((again,)).sidecars(again)} == {
        "001.xmp",
        "001.CR2.xmp",
        "001_01.CR2.xmp",
        "001.CR2.pp3",
    }


def test_what_a_phone_keeps_beside_a_photo_belongs_to_it_under_its_new_name(shoot: Path, out: Path) -> None:
    one = photo(shoot, "IMG_0001.HEIC")
    for name in ("IMG_0001.AAE", "IMG_O0001.AAE"):
        (shoot / name).write_text(name)
    carry_out(planned((one,), "anna", out))
    assert below(out) == ["anna.AAE", "anna.HEIC", "anna_O.AAE"]
    again = Photo(PhotoId("1"), out / "anna.HEIC")
    assert len(Belongings((again,)).sidecars(again)) == 2


def test_frames_that_come_to_one_name_are_numbered_and_it_is_said(shoot: Path, out: Path) -> None:
    photos = (photo(shoot, "IMG_1.JPG", "IMG_1.CR2"), photo(shoot, "IMG_2.PNG"), photo(shoot, "IMG_3.JPG"))
    plan = planned(photos, "fair", out)
    carry_out(plan)
    assert below(out) == ["fair-2.PNG", "fair-3.JPG", "fair.CR2", "fair.JPG"], (
        "no sidecar is that of two photos"
    )
    assert [one.remark for one in plan if one.is_picture] == [
        "",
        *["Another photo has this name, so it was numbered."] * 2,
    ]
    again = planned(photos, "fair", out)
    assert {one.action for one in again} == {Action.UNCHANGED}, "twice the same export copies nothing again"


def test_names_that_only_some_disks_tell_apart_are_numbered(shoot: Path, out: Path) -> None:
    (out).mkdir()
    (out / "FAIR.PNG").write_text("of somebody else")
    upper, lower = (
        photo(shoot / "a", "Caf\u00e9.JPG", content="1"),
        photo(shoot / "b", "CAFE\u0301.JPG", content="2"),
    )
    carry_out(planned((upper, lower), "{name}", out))
    assert below(out) == ["CAF\u00c9-2.JPG", "Caf\u00e9.JPG", "FAIR.PNG"]
    carry_out(planned((photo(shoot, "IMG_9.JPG"),), "fair", out))
    assert "fair-2.JPG" in below(out), "another picture's sidecar would have been fair.xmp too"


def test_a_program_s_own_file_of_that_name_is_no_reason_to_copy_again(shoot: Path, out: Path) -> None:
    one = photo(shoot, "IMG_1.JPG")
    carry_out(planned((one,), "fair", out))
    (out / "fair.tif").write_text("edited since")
    assert [step.action for step in planned((one,), "fair", out)] == [Action.UNCHANGED]


def test_numbers_of_scene_burst_and_frame_follow_the_groups(shoot: Path, out: Path) -> None:
    photos = tuple(photo(shoot, f"IMG_{number}.JPG") for number in range(4))
    ids = [one.id for one in photos]
    clusters = (
        Cluster(ClusterId("a"), ClusterKind.SINGLE, (ids[0],), SceneId("1")),
        Cluster(ClusterId("b"), ClusterKind.BURST, (ids[1], ids[2]), SceneId("2")),
        Cluster(ClusterId("c"), ClusterKind.BRACKET, (ids[3],), SceneId("2")),
    )
    decisions = {ids[2]: Decision(ids[2], Flag.PICK, 5)}
    material = Material(photos, decisions, clusters, people={ids[3]: ("2", "7")})
    plan = planned(
        photos, "{scene}-{burst|x}-{frame|x}-{flag}{rating}-{person|x}-{counter:1}", out, material=material
    )
    assert [one.path.stem for one in plan] == [
        "1-x-x-unflagged0-x-1",
        "2-1-1-unflagged0-x-2",
        "2-1-2-pick5-x-3",
        "2-2-1-unflagged0-2-4",
    ]


def test_a_date_that_is_the_file_s_is_said(shoot: Path, out: Path) -> None:
    one = photo(shoot, "IMG_1.JPG")
    dated = Photo(one.id, one.path, taken_at=datetime(2024, 5, 1), time_source=TimeSource.FILE)
    (step,) = planned((dated,), "{date}", out)
    assert (step.path.name, step.remark) == (
        "2024-05-01.JPG",
        "No camera says when it was taken; the date is its file's.",
    )


@pytest.mark.parametrize("kind", [ExportKind.COPY, ExportKind.MOVE, ExportKind.RENAME])
def test_undoing_brings_every_name_back(
    kind: ExportKind, shoot: Path, out: Path, tmp_path: Path, store: ExportStore
) -> None:
    photos = (
        photo(shoot / "a", "IMG_1.JPG", "IMG_1.CR2"),
        photo(shoot / "a", "IMG_2.JPG"),
        photo(shoot / "b", "IMG_3.JPG"),
    )
    (shoot / "a" / "IMG_1.xmp").write_text("sidecar")
    before = contents(tmp_path)
    target = None if kind is ExportKind.RENAME else out
    result = export(planned(photos, "{folder}/IMG_{counter:1}", target, kind), store, "named")
    assert not result.refused
    assert contents(tmp_path) != before
    assert not undo_last(store).refused
    assert contents(tmp_path) == before


def test_photos_renamed_where_they_are_stay_in_their_folders(shoot: Path) -> None:
    photos = (photo(shoot / "a", "IMG_1.JPG", "IMG_1.CR2"), photo(shoot / "b", "IMG_1.JPG"))
    assert not carry_out(planned(photos, "{shoot}_{counter:1}", None, ExportKind.RENAME)).refused
    assert below(shoot) == ["a/Fair_1.CR2", "a/Fair_1.JPG", "b/Fair_2.JPG"]


def test_a_name_that_another_photo_has_just_now_is_not_taken_from_it(shoot: Path) -> None:
    photos = (photo(shoot, "IMG_2.JPG"), photo(shoot, "IMG_1.JPG"))
    before = {(shoot / name).read_text() for name in names(shoot)}
    assert not carry_out(planned(photos, "IMG_{counter:1}", None, ExportKind.RENAME)).refused
    assert {(shoot / name).read_text() for name in names(shoot)} == before
    again = (Photo(PhotoId("1"), shoot / "IMG_1-2.JPG"), Photo(PhotoId("2"), shoot / "IMG_2-2.JPG"))
    assert [step.action for step in planned(again[:1], "IMG_1-2", None, ExportKind.RENAME)] == [
        Action.UNCHANGED
    ]
