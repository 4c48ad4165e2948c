"""Which small files belong to which photo, whoever asks: each to one at most, and none to the wrong one."""

import os
import sys
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.exit_codes import EXIT_OK
from core.ingest.frame_names import folded, frame_key, numbered
from core.sidecar.belongings import Belongings
from core.sidecar.xmp_edit import XmpEdit, new_packet
from core.sidecar.xmp_writer import read_sidecar
from core.types import Flag, Photo, PhotoId
from fixtures.exports import THEIRS, contents
from fixtures.openings import command, decide, opened, photo_named, shown, write_raw

NOON = datetime(2025, 6, 14, 12)
KAETHE = {form: unicodedata.normalize(form, "Käthe_1") for form in ("NFC", "NFD")}

only_linux = pytest.mark.skipif(sys.platform != "linux", reason="the system makes one form of all names")


def belongings(folder: Path, photos: Mapping[str, tuple[str, ...]], *others: str) -> dict[str, list[str]]:
    """The small files of each photo in a folder of these files; ``photos`` with their companions."""
    folder.mkdir(exist_ok=True)
    for name in (*photos, *(name for names in photos.values() for name in names), *others):
        (folder / name).write_bytes(b"x")
    frames = [
        Photo(PhotoId(name), folder / name, tuple(folder / one for one in companions))
        for name, companions in photos.items()
    ]
    found = Belongings(frames)
    return {photo.path.name: [file.name for file in found.sidecars(photo)] for photo in frames}


@pytest.mark.parametrize(
    ("photos", "theirs"),
    [
        ({"IMG_1.CR2": ()}, {"IMG_1.CR2": ["IMG_1.xmp", "IMG_1.CR2.xmp", "IMG_1.CR2.pp3", "IMG_1.dop"]}),
        ({"IMG_1.JPG": ("IMG_1.MOV",)}, {"IMG_1.JPG": ["IMG_1.AAE", "IMG_1.MOV.xmp", "IMG_1.THM"]}),
        # darktable's duplicates, unless a photo has that very name
        ({"A_1.dng": ()}, {"A_1.dng": ["A_1.dng.xmp", "A_1_01.dng.xmp", "A_1_12.dng.xmp"]}),
        (
            {"A_1.jpg": ("A_1.cr2",), "A_1_01.jpg": (), "A_1_1.jpg": ()},
            {
                "A_1.jpg": ["A_1_01.cr2.xmp", "A_1_02.jpg.xmp"],
                "A_1_01.jpg": ["A_1_01.jpg.xmp", "A_1_01_01.jpg.xmp", "A_1_01.xmp"],
                "A_1_1.jpg": ["A_1_1.jpg.xmp", "A_1_1.xmp"],
            },
        ),
        # Apple's edits
        (
            {"IMG_0001.HEIC": (), "IMG_E0001.JPG": ()},
            {"IMG_0001.HEIC": ["IMG_0001.AAE", "IMG_O0001.AAE"], "IMG_E0001.JPG": ["IMG_E0001.AAE"]},
        ),
        ({"IMG_E0001.HEIC": ()}, {"IMG_E0001.HEIC": ["IMG_0001.AAE", "IMG_O0001.AAE"]}),
        # Google's export
        (
            {"a.jpg": (), "a(1).jpg": (), "b.srw": ()},
            {
                "a.jpg": ["a.jpg.supplemental-metadata.json"],
                "a(1).jpg": ["a.jpg.supplemental-metadata(1).json", "a.jpg(1).json"],
                "b.srw": ["b.srw.json", "b.srw.suppl.json"],
            },
        ),
        # Google's camera: either file's name counts
        (
            {"PXL_20240501_100000123.RAW-01.COVER.jpg": ("PXL_20240501_100000123.RAW-02.ORIGINAL.dng",)},
            {
                "PXL_20240501_100000123.RAW-01.COVER.jpg": [
                    "PXL_20240501_100000123.RAW-01.COVER.xmp",
                    "PXL_20240501_100000123.RAW-02.ORIGINAL.dng.xmp",
                    "PXL_20240501_100000123.RAW-02.ORIGINAL.xmp",
                ]
            },
        ),
        # what was kept of a sidecar that is gone, and of one whose name leaves no room for the usual suffix
        ({"IMG_1.CR2": ()}, {"IMG_1.CR2": ["IMG_1.xmp.shortlist-backup"]}),
    ],
)
def test_each_custom_of_naming_is_known(
    tmp_path: Path, photos: dict[str, tuple[str, ...]], theirs: dict[str, list[str]]
) -> None:
    small = [name for names in theirs.values() for name in names]
    found = belongings(tmp_path / "shoot", photos, *small, "unrelated.xmp", "IMG_10.xmp", "A_1_1.tif.xmp")
    assert {name: sorted(files) for name, files in found.items()} == {
        name: sorted(files) for name, files in theirs.items()
    }


def test_a_photo_that_is_not_in_the_shoot_keeps_what_is_its_own(tmp_path: Path) -> None:
    strangers = ("A_1_01.dng", "IMG_1.NEF")
    small = ("A_1_01.dng.xmp", "A_1_01.xmp", "IMG_1.xmp", "IMG_1.NEF.xmp", "IMG_1.JPG.xmp")
    found = belongings(tmp_path / "shoot", {"A_1.dng": (), "IMG_1.JPG": ()}, *strangers, *small)
    assert found == {"A_1.dng": [], "IMG_1.JPG": ["IMG_1.JPG.xmp"]}


NAMES = st.lists(
    st.from_regex(r"\A[Aa]_1(_0?1)?\.(jpg|CR2|png)(\.xmp|\.pp3)?\Z|\A[Aa]_1(_0?1)?\.(xmp|XMP|aae|json)\Z"),
    max_size=12,
    unique_by=str.lower,
)


@given(NAMES)
def test_no_small_file_ever_belongs_to_two_photos(
    tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    pictures = {name: () for name in names if name.lower().endswith((".jpg", ".cr2", ".png"))}
    small = [name for name in names if name not in pictures]
    found = belongings(tmp_path_factory.mktemp("names") / "shoot", dict(pictures), *small)
    given_away = [file for files in found.values() for file in files]
    assert len(given_away) == len(set(given_away))
    assert set(given_away) <= set(small)


@only_linux
@pytest.mark.parametrize(("raw", "sidecar"), [("NFC", "NFD"), ("NFD", "NFC")])
@pytest.mark.parametrize("suffix", [".xmp", ".CR2.xmp", ".XMP"])
def test_a_sidecar_in_another_unicode_form_is_shown_edited_and_moved_and_not_doubled(
    tmp_path: Path, raw: str, sidecar: str, suffix: str
) -> None:
    folder, out = tmp_path / "shoot", tmp_path / "out"
    folder.mkdir()
    write_raw(folder / f"{KAETHE[raw]}.CR2", NOON)
    theirs = folder / f"{KAETHE[sidecar]}{suffix}"
    theirs.write_bytes(THEIRS)
    shoot = shown(folder)
    (photo,) = shoot.photos.values()
    assert shoot.decision(photo.id).rating == 2
    decide(folder, {photo.path.name: Flag.PICK}, rating=5)
    assert command("export", folder, "--for", "darktable" if "CR2" in suffix else "lightroom") == EXIT_OK
    assert [file for file in folder.iterdir() if file.suffix.lower() == ".xmp"] == [theirs]
    assert read_sidecar(theirs).rating == 5
    assert command("export", folder, "--as", "move", "--out", out) == EXIT_OK
    assert contents(folder) == {}


@only_linux
def test_photos_whose_names_only_look_alike_keep_each_its_own_sidecar(tmp_path: Path) -> None:
    folder = tmp_path / "shoot"
    folder.mkdir()
    ratings = {KAETHE["NFC"]: 1, KAETHE["NFD"]: 2, "img_1": 3, "IMG_1": 4}
    for seed, (stem, rating) in enumerate(ratings.items()):
        write_raw(folder / f"{stem}.CR2", NOON.replace(hour=seed), seed=seed)
        (folder / f"{stem}.xmp").write_bytes(new_packet(XmpEdit(rating=rating)))
    shoot = shown(folder)
    assert {photo.path.stem: shoot.decision(photo.id).rating for photo in shoot.photos.values()} == ratings
    decide(folder, {f"{stem}.CR2": Flag.PICK for stem in ratings}, rating=5)
    assert command("export", folder) == EXIT_OK
    assert len(list(folder.glob("*.xmp"))) == 4
    assert all(read_sidecar(folder / f"{stem}.xmp").rating == 5 for stem in ratings)


def test_the_stars_of_a_duplicate_are_neither_shown_for_the_photo_nor_changed(tmp_path: Path) -> None:
    folder = tmp_path / "shoot"
    folder.mkdir()
    write_raw(folder / "IMG_1.CR2", NOON)
    duplicate = folder / "IMG_1_01.CR2.xmp"
    duplicate.write_bytes(THEIRS)
    with opened(folder) as (shoot, _):
        assert shoot.decision(photo_named(shoot, "IMG_1.CR2").id).rating is None
    decide(folder, {"IMG_1.CR2": Flag.PICK}, rating=5)
    assert command("export", folder, "--for", "darktable") == EXIT_OK
    assert duplicate.read_bytes() == THEIRS
    assert read_sidecar(folder / "IMG_1.CR2.xmp").rating == 5


@pytest.mark.parametrize(
    ("frame", "name", "expected"),
    [
        ("IMG_1.JPG", "IMG_1.CR2.xmp", "IMG_1-2.CR2.xmp"),
        ("IMG_1.JPG", "img_1.CR2.xmp", "img_1-2.CR2.xmp"),
        ("IMG_1.CR2", "IMG_1_01.CR2.xmp", "IMG_1-2_01.CR2.xmp"),
        (f"{KAETHE['NFC']}.dng", f"{KAETHE['NFD']}.dng.xmp", f"{KAETHE['NFD']}-2.dng.xmp"),
        ("IMG_0001.HEIC", "IMG_O0001.AAE", "IMG_O0001-2.AAE"),
        (
            "PXL_20240501_100000123.RAW-01.COVER.jpg",
            "PXL_20240501_100000123.RAW-02.ORIGINAL.dng",
            "PXL_20240501_100000123-2.RAW-02.ORIGINAL.dng",
        ),
    ],
)
def test_a_number_is_put_where_the_files_of_a_frame_stay_one(frame: str, name: str, expected: str) -> None:
    assert numbered(name, Path(frame), 2) == expected
    assert numbered(name, Path(frame), 1) == name


@given(st.text(st.characters(blacklist_characters="/\0"), max_size=12))
def test_a_name_reads_the_same_in_every_form(name: str) -> None:
    forms = {unicodedata.normalize(form, name) for form in ("NFC", "NFD")} | {name}
    assert len({folded(form) for form in forms}) == 1
    assert len({frame_key(f"{form}.jpg") for form in forms}) == 1
    assert os.fsencode(folded(os.fsdecode(b"caf\xe9"))) == b"caf\xe9"
