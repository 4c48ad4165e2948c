"""Which sidecar belongs to which photo."""

from pathlib import Path

import pytest

from core.sidecar.sidecar_names import SidecarNames, SidecarNaming
from core.types import Photo, PhotoId


def photo(folder: Path, name: str, *companions: str) -> Photo:
    return Photo(PhotoId(name), folder / name, tuple(folder / other for other in companions))


def written(one: Photo, naming: SidecarNaming = SidecarNaming.ADOBE, *others: Photo) -> list[str]:
    return [path.name for path in SidecarNames((one, *others), naming).to_write(one)]


@pytest.mark.parametrize(
    ("files", "adobe", "full"),
    [
        (("IMG_1.CR2",), ["IMG_1.xmp"], ["IMG_1.CR2.xmp"]),
        (("IMG_1.JPG",), ["IMG_1.xmp"], ["IMG_1.JPG.xmp"]),
        (("IMG_1.JPG", "IMG_1.CR2"), ["IMG_1.xmp"], ["IMG_1.CR2.xmp", "IMG_1.JPG.xmp"]),
        (("IMG_1.HEIC", "IMG_1.MOV"), ["IMG_1.xmp"], ["IMG_1.HEIC.xmp"]),
        (("a.b.JPG",), ["a.b.xmp"], ["a.b.JPG.xmp"]),
    ],
)
def test_both_customs(tmp_path: Path, files: tuple[str, ...], adobe: list[str], full: list[str]) -> None:
    one = photo(tmp_path, *files)
    assert written(one) == adobe
    assert written(one, SidecarNaming.FULL) == full
    assert SidecarNames((one,)).existing(one) == ()


def test_an_existing_sidecar_of_the_other_custom_is_kept_in_step(tmp_path: Path) -> None:
    (tmp_path / "IMG_1.CR2.xmp").touch()
    one = photo(tmp_path, "IMG_1.JPG", "IMG_1.CR2")
    assert written(one) == ["IMG_1.xmp", "IMG_1.CR2.xmp"]
    assert SidecarNames((one,)).existing(one) == (tmp_path / "IMG_1.CR2.xmp",)
    (tmp_path / "IMG_1.xmp").touch()
    assert written(one, SidecarNaming.FULL) == ["IMG_1.CR2.xmp", "IMG_1.JPG.xmp", "IMG_1.xmp"]


def test_an_upper_case_sidecar_is_the_same_sidecar(tmp_path: Path) -> None:
    (tmp_path / "IMG_1.XMP").touch()
    assert written(photo(tmp_path, "IMG_1.CR2")) == ["IMG_1.XMP"]


def test_of_several_photos_of_one_name_the_raw_owns_the_short_sidecar(tmp_path: Path) -> None:
    jpeg, png, raw = (photo(tmp_path, name) for name in ("IMG_1.JPG", "img_1.png", "IMG_1.NEF"))
    assert written(jpeg, SidecarNaming.ADOBE, png) == ["IMG_1.xmp"]
    assert written(png, SidecarNaming.ADOBE) == ["img_1.xmp"]
    names = SidecarNames((jpeg, png, raw))
    assert [path.name for one in (jpeg, png, raw) for path in names.to_write(one)] == [
        "IMG_1.JPG.xmp",
        "img_1.png.xmp",
        "IMG_1.xmp",
    ]


def test_a_short_sidecar_is_never_read_for_two_photos(tmp_path: Path) -> None:
    (tmp_path / "IMG_1.xmp").touch()
    jpeg, raw = photo(tmp_path, "IMG_1.JPG"), photo(tmp_path, "IMG_1.NEF")
    names = SidecarNames((jpeg, raw))
    assert names.existing(jpeg) == ()
    assert names.existing(raw) == (tmp_path / "IMG_1.xmp",)


def test_only_a_raws_short_sidecar_says_whose_it_is(tmp_path: Path) -> None:
    pair, jpeg = photo(tmp_path, "IMG_1.JPG", "IMG_1.CR2"), photo(tmp_path, "IMG_2.JPG")
    names = SidecarNames((pair, jpeg))
    assert names.extension(pair, tmp_path / "IMG_1.xmp") == "CR2"
    assert names.extension(pair, tmp_path / "IMG_1.CR2.xmp") == ""
    assert names.extension(jpeg, tmp_path / "IMG_2.xmp") == ""
