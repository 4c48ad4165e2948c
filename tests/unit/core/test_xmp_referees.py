"""What we wrote, read by other people's programs; into real photos too, where they are on this machine."""

from pathlib import Path

import pytest

from core.errors import SidecarError
from core.sidecar.label_names import LABEL_SETS
from core.sidecar.photo_embed import plan_embed, write_embed
from core.sidecar.profiles import DARKTABLE, DIGIKAM, EVERYWHERE, Container, container_of
from core.sidecar.xmp_edit import XmpEdit, new_packet
from core.types import Flag, Label
from fixtures.photo_files import from_scan, packet, picture, png, rich_jpeg, tiff
from fixtures.referees import darktable_import, exiftool_tags, exiv2_xmp

EDIT = XmpEdit(Flag.REJECT, 4, Label.BLUE)
MADE = {
    "none.jpg": rich_jpeg()[0],
    "room.jpg": rich_jpeg(packet(padding=2000))[0],
    "full.jpg": rich_jpeg(packet())[0],
    "none.png": png(),
    "full.png": png(packet()),
    "none.tif": tiff(),
    "full.tif": tiff(packet(), ">"),
}


@pytest.mark.parametrize("name", MADE)
def test_exiv2_reads_what_we_wrote_and_exiftool_misses_nothing(name: str, tmp_path: Path) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    for folder in (before, after):
        folder.mkdir()
        (folder / name).write_bytes(MADE[name])
    write_embed(plan_embed(after / name, EDIT, profile=EVERYWHERE))
    found = exiv2_xmp(after / name)
    assert found["Xmp.xmp.Rating"] == "-1"
    assert found["Xmp.xmp.Label"] == "Blue"
    assert found["Xmp.xmpDM.good"].casefold() == "false"
    assert found["Xmp.digiKam.PickLabel"] == "1"
    assert exiftool_tags(before) == exiftool_tags(after)


def test_exiv2_reads_our_sidecars(tmp_path: Path) -> None:
    (tmp_path / "1.xmp").write_bytes(new_packet(XmpEdit(Flag.PICK, 3, Label.GREEN), profile=DIGIKAM))
    found = exiv2_xmp(tmp_path / "1.xmp")
    assert (found["Xmp.xmp.Rating"], found["Xmp.xmp.Label"]) == ("3", "Green")
    assert (found["Xmp.digiKam.PickLabel"], found["Xmp.digiKam.ColorLabel"]) == ("3", "4")


@pytest.mark.parametrize(
    ("edit", "stars", "rejected", "colors"),
    [
        (XmpEdit(Flag.PICK, 3, Label.GREEN), 3, False, [2]),
        (XmpEdit(Flag.REJECT, 4, Label.PURPLE), 0, True, [4]),
    ],
)
def test_darktable_imports_our_sidecars(
    edit: XmpEdit, stars: int, rejected: bool, colors: list[int], tmp_path: Path
) -> None:
    (tmp_path / "1.jpg").write_bytes(picture())
    (tmp_path / "1.jpg.xmp").write_bytes(new_packet(edit, LABEL_SETS["de"], profile=DARKTABLE))
    imported = darktable_import(tmp_path / "1.jpg")
    assert (imported.is_rejected, imported.colors) == (rejected, colors)
    if not rejected:
        assert imported.stars == stars


@pytest.mark.photos
def test_real_photos_keep_every_tag_and_every_byte_of_the_picture(
    photos_folder: Path, tmp_path: Path
) -> None:
    before, after = tmp_path / "before", tmp_path / "after"
    before.mkdir()
    after.mkdir()
    sources = [
        file
        for folder in ("formats", "teamday_originals")
        for file in sorted((photos_folder / folder).rglob("*"))
        if container_of(file) is not None
    ]
    refused = 0
    for number, source in enumerate(sources):
        data = source.read_bytes()
        path = after / f"{number}{source.suffix}"
        path.write_bytes(data)
        try:
            write_embed(plan_embed(path, EDIT, profile=EVERYWHERE))
        except SidecarError:
            assert path.read_bytes() == data
            path.unlink()
            refused += 1
            continue
        (before / path.name).write_bytes(data)
        if container_of(path) is Container.JPEG:
            assert from_scan(path.read_bytes()) == from_scan(data)
    assert refused < 0.25 * len(sources)  # many of them are broken on purpose
    assert exiftool_tags(before) == exiftool_tags(after)
