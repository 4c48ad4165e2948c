"""Several pictures of one frame are copies of each other and never rivals: none is rejected for another."""

import shutil
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image

from app.exit_codes import EXIT_OK
from core.grouping.evidence import Alignments
from core.grouping.group import Grouper
from core.grouping.versions import find_versions
from core.settings import GroupingRules
from core.types import Photo
from fixtures.frames import look, photo
from fixtures.measured import measured
from fixtures.openings import command, shown
from fixtures.shoots import scene, shifted, write_photo

NOON = datetime(2025, 6, 14, 12, 0, 0, 120_000)


def frame(name: str, seconds: float = 0.0, **changes: object) -> Photo:
    return replace(photo(name, seconds), path=Path("/shoot") / name, width=6000, height=4000, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "names",
    [
        ("IMG_1.JPG", "IMG_1.jpeg"),
        ("IMG_1.JPG", "IMG_1.png", "IMG_1.tif"),
        ("IMG_0001.HEIC", "IMG_E0001.HEIC"),
        ("IMG_1.jpg", "IMG_1-edited.jpg"),
        ("PXL_20240501_100000123.MP.jpg", "PXL_20240501_100000123.MP~2.jpg"),
        ("PXL_20240501_100000123.PORTRAIT-01.COVER.jpg", "PXL_20240501_100000123.PORTRAIT-02.ORIGINAL.jpg"),
        ("Grün.jpg", "GRU\u0308N.jpeg"),
    ],
)
def test_pictures_of_one_frame_are_versions_of_one_of_them(names: tuple[str, ...]) -> None:
    photos = [frame(name) for name in names]
    assert find_versions(photos) == {each.id: photos[0].id for each in photos[1:]}


@pytest.mark.parametrize(
    ("nearest", "other"),
    [
        (replace(frame("A.JPG"), companions=(Path("/shoot/A.NEF"),)), frame("A.tif", size_bytes=9)),
        (frame("A.JPG"), frame("A.png", size_bytes=9)),
        (frame("IMG_0001.HEIC"), frame("IMG_E0001.JPG", size_bytes=9)),
        (frame("A.JPG", size_bytes=9), frame("A.jpeg")),
    ],
)
def test_what_is_nearest_to_the_camera_stands_for_the_frame(nearest: Photo, other: Photo) -> None:
    assert find_versions([nearest, other]) == find_versions([other, nearest]) == {other.id: nearest.id}


@pytest.mark.parametrize(
    "photos",
    [
        (frame("IMG_1.jpg"), frame("IMG_2.jpg")),
        (frame("IMG_20231115_170431.jpg"), frame("IMG_20231115_170431 (1).jpg")),  # the next of that second
        (frame("IMG_1.jpg"), frame("IMG_1.jpeg", 86_400)),
        (frame("IMG_1.jpg"), replace(frame("IMG_1.jpeg"), path=Path("/other/IMG_1.jpeg"))),
        (frame("IMG_1.jpg"), frame("IMG_1_1.jpg")),
    ],
)
def test_frames_of_their_own_are_no_versions(photos: tuple[Photo, ...]) -> None:
    assert find_versions(photos) == {}


def test_a_burst_holds_one_version_of_each_frame_whatever_the_rules_say() -> None:
    view = scene(11)
    photos = [frame("A.jpg"), frame("A.jpeg"), frame("B.jpg", 0.3)]
    analyses = {each.id: measured(each.id, shifted(view, at // 2), look(1)) for at, each in enumerate(photos)}
    for known in (analyses, {}):
        grouper = Grouper(photos, known, Alignments())
        for looseness in (0.0, 0.5, 1.0):
            found = grouper.group(GroupingRules(burst_looseness=looseness)).clusters
            assert sorted(len(cluster.photo_ids) for cluster in found) == [1, 2]
            assert not any({"A.jpg", "A.jpeg"} <= set(cluster.photo_ids) for cluster in found)
    grouper = Grouper(photos, analyses, Alignments())
    assert grouper.why_apart(photos[0].id, photos[1].id) == "two versions of the same frame"
    assert grouper.copies() == {photos[1].id: photos[0].id}
    # Worth more among copies, but no original.
    larger = replace(photos[1], path=Path("/shoot/A.png"), size_bytes=9)
    assert Grouper([photos[0], larger], analyses, Alignments()).copies() == {larger.id: photos[0].id}


@pytest.mark.usefixtures("measured_here")
def test_of_two_suffixes_of_one_picture_none_is_rejected(tmp_path: Path) -> None:
    """The whole way: the folder is measured, suggestions are taken, the others of each burst rejected."""
    shoot = tmp_path / "shoot"
    shoot.mkdir()
    for number in range(3):
        write_photo(
            shoot / f"IMG_{number}.JPG", shifted(scene(1), number), NOON + timedelta(seconds=number / 4)
        )
    shutil.copyfile(shoot / "IMG_1.JPG", shoot / "IMG_1.jpeg")
    with Image.open(shoot / "IMG_2.JPG") as picture:
        picture.save(shoot / "IMG_2.jpeg", quality=80, exif=picture.getexif())
    assert command("cull", shoot, "--reject-rest", "--export", "xmp") == EXIT_OK
    found = shown(shoot)
    flags = {photo.path.name: found.decision(photo.id).flag for photo in found.photos.values()}
    left = {name for name, flag in flags.items() if flag is None}
    assert len(left & {"IMG_1.JPG", "IMG_1.jpeg"}) == 1
    assert len(left & {"IMG_2.JPG", "IMG_2.jpeg"}) == 1
    assert sorted(str(flag) for flag in flags.values() if flag) == ["pick", "reject", "reject"]
