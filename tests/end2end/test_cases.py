"""Situations that photographers reported of programs like this one, each with what is right.

The files belong to others and are no part of this repository: each check skips where its folder is absent. Each
works on a copy, through the same doors as a person: a folder is opened, commands are typed.
"""

import json
import os
import shutil
import subprocess
import unicodedata
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

from app.exit_codes import EXIT_OK, EXIT_SOME_FAILED
from core.analysis import exposure, sharpness
from core.errors import PhotoError
from core.ingest import jpeg_xl
from core.ingest.decoder import decode
from core.ingest.frame import frame_reduced
from core.sidecar.xmp_writer import read_sidecar
from core.types import Flag, Label, TimeSource
from fixtures.exports import THEIRS, contents
from fixtures.openings import command, decide, names_shown, photo_named, shown, write_raw
from fixtures.shoots import scene, write_photo

pytestmark = pytest.mark.usefixtures("measured_here")

CASES = Path(os.environ.get("SHORTLIST_TEST_CASES") or Path(__file__).parents[2].parent / "shared" / "cases")

Check = Callable[[Path, Path], None]
"""Given a copy of the case's files, and an empty folder."""

CHECKS: dict[str, Check] = {}


def check(name: str) -> Callable[[Check], Check]:
    """Registers what is right in a case; a name may stand for several checks with a word behind a slash."""

    def register(function: Check) -> Check:
        assert name not in CHECKS
        CHECKS[name] = function
        return function

    return register


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Once the whole file is read, so that each block of checks can stand where it likes."""
    if "name" in metafunc.fixturenames:
        metafunc.parametrize("name", sorted(CHECKS))


def test_case(name: str, tmp_path: Path) -> None:
    source = CASES / name.split("/")[0]
    if not source.is_dir():
        pytest.skip("the cases are not on this machine")
    shoot, out = tmp_path / "shoot", tmp_path / "out"
    out.mkdir()
    if (source / "in").is_dir():
        shutil.copytree(source / "in", shoot, copy_function=shutil.copyfile)
    else:  # the case says how to make it
        shoot.mkdir()
    for folder in (shoot, *(path for path in shoot.rglob("*") if path.is_dir())):
        folder.chmod(0o755)
    CHECKS[name](shoot, out)


@pytest.fixture(autouse=True)
def trash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A trash of the test's own."""
    folder = tmp_path / "trash"
    folder.mkdir()
    monkeypatch.setattr(
        "core.export.trash.send2trash", lambda path: Path(path).rename(folder / Path(path).name)
    )
    return folder


# What belongs to a photo


@check("02-darktable-duplicates")
def duplicates_go_along(shoot: Path, out: Path) -> None:
    decide(shoot, {"IMG_0001.dng": Flag.REJECT, "IMG_0002.dng": Flag.PICK})
    assert command("export", shoot, "--as", "trash", "--confirm", 1) == EXIT_OK
    assert not list(shoot.glob("IMG_0001*"))
    assert command("export", shoot, "--as", "move", "--out", out) == EXIT_OK
    names = ["IMG_0002.dng", "IMG_0002.dng.xmp", "IMG_0002_01.dng.xmp", "IMG_0002_02.dng.xmp"]
    assert sorted(contents(out)) == names
    assert contents(shoot) == {}
    assert command("export", "--undo") == EXIT_OK
    assert sorted(contents(shoot)) == names


@check("03-nfc-nfd-sidecar")
def one_sidecar_in_either_form(shoot: Path, out: Path) -> None:
    before = sorted(contents(shoot))
    (photo,) = shown(shoot).photos.values()
    (sidecar,) = shoot.glob("*.xmp")
    assert photo.path.stem != sidecar.stem
    assert unicodedata.normalize("NFC", photo.path.stem) == unicodedata.normalize("NFC", sidecar.stem)
    said = read_sidecar(sidecar).rating
    assert said is not None
    assert shown(shoot).decision(photo.id).rating == said
    decide(shoot, {photo.path.name: Flag.PICK}, rating=1)
    assert command("export", shoot) == EXIT_OK
    assert sorted(name for name in contents(shoot) if not name.endswith("-backup")) == before
    assert read_sidecar(sidecar).rating == 1
    assert command("export", shoot, "--as", "move", "--out", out) == EXIT_OK
    assert contents(shoot) == {}


@check("33-iphone-edited")
def nothing_of_an_edited_photo_stays_behind(shoot: Path, out: Path) -> None:
    films = {"IMG_0001.HEIC": ["IMG_0001.MOV"], "IMG_E0001.HEIC": ["IMG_E0001.MOV"]}
    assert names_shown(shown(shoot)) == films
    decide(shoot, dict.fromkeys(films, Flag.REJECT))
    assert command("export", shoot, "--as", "trash", "--confirm", 2) == EXIT_OK
    assert contents(shoot) == {}


@check("01-pixel-raw-cover")
def raw_and_cover_are_one_photo(shoot: Path, out: Path) -> None:
    both = {
        "PXL_20240501_100000123.RAW-01.COVER.jpg": ["PXL_20240501_100000123.RAW-02.ORIGINAL.dng"],
        "PXL_20240501_110000123.MP.jpg": ["PXL_20240501_110000123.dng"],
    }
    assert names_shown(shown(shoot)) == both
    decide(shoot, dict.fromkeys(both, Flag.PICK), rating=4)
    assert command("export", shoot) == EXIT_OK
    raws = [Path(name) for names in both.values() for name in names]
    assert {path.name for path in shoot.glob("*.xmp")} == {raw.with_suffix(".xmp").name for raw in raws}


@check("01b-pixel-seconds-apart")
def times_of_one_name_may_differ(shoot: Path, out: Path) -> None:
    for stem in ("PXL_20240501_100000123", "IMG_0001"):
        write_photo(shoot / f"{stem}.jpg", scene(1), datetime(2024, 5, 1, 10, 0, 4))
        write_raw(shoot / f"{stem}.dng", datetime(2024, 5, 1, 10))
    assert names_shown(shown(shoot)) == {
        "IMG_0001.jpg": ["IMG_0001.dng"],
        "PXL_20240501_100000123.jpg": ["PXL_20240501_100000123.dng"],
    }


@check("19-junk-folders")
def leftovers_are_no_photos(shoot: Path, out: Path) -> None:
    assert [photo.path for photo in shown(shoot).photos.values()] == [shoot / "IMG_1.jpg"]


@check("27-same-second-order")
def frames_of_one_second_stand_by_number(shoot: Path, out: Path) -> None:
    for at, path in enumerate(sorted(shoot.iterdir(), reverse=True)):
        os.utime(path, (1_700_000_000 + at, 1_700_000_000 + at))
    names = [photo.path.stem for photo in shown(shoot).photos.values()]
    assert names == [
        *(f"IMG_20210314_120000_BURST{number}" for number in (1, 2, 3, 10, 11, 12)),
        *(f"IMG_20231115_170431{copy}" for copy in ("", " (1)", " (2)")),
        *(f"IMG_{number}" for number in ("9997", "9998", "9999", "0001", "0002", "0003")),
    ]


@check("28-long-names")
def stars_are_written_beside_a_backup_with_a_shorter_name(shoot: Path, out: Path) -> None:
    raw = write_raw(shoot / f"{'n' * 246}.dng")
    sidecar = raw.with_suffix(".xmp")
    sidecar.write_bytes(THEIRS)
    before = contents(shoot)
    decide(shoot, {raw.name: Flag.PICK}, rating=5)
    assert command("export", shoot) == EXIT_OK
    assert read_sidecar(sidecar).rating == 5
    assert THEIRS in [content for name, content in contents(shoot).items() if name not in before]
    assert command("export", shoot, "--as", "move", "--out", out) == EXIT_OK
    assert len(contents(out)) == 3
    assert command("export", "--undo") == EXIT_OK
    assert command("export", "--undo") == EXIT_OK
    assert contents(shoot) == before


@check("37-bad-sidecars")
def a_bad_sidecar_is_named_with_its_cause(shoot: Path, out: Path) -> None:
    before = contents(shoot)
    found = shown(shoot)
    assert sorted(names_shown(found)) == ["a.dng", "b.dng", "c.dng"]
    told = {failure.path.name: str(failure.reason) for failure in found.failures}
    causes = {"a.xmp": "empty", "b.xmp": "nothing but zeros", "c.xmp": "ends before its end"}
    assert told.keys() == causes.keys()
    assert all(cause in told[name] for name, cause in causes.items())
    assert contents(shoot) == before


# When it was taken


def times_shown(shoot: Path) -> dict[str, str]:
    """When each photo was taken, by its own words."""
    photos = shown(shoot).photos.values()
    assert all(photo.time_source is TimeSource.EXIF for photo in photos)
    return {photo.path.name: photo.taken_at.isoformat() if photo.taken_at else "" for photo in photos}


@check("07-exif-behind-128k")
def exif_behind_a_phones_own_data_is_read(shoot: Path, out: Path) -> None:
    photo = photo_named(shown(shoot), "moto.jpg")
    assert photo.taken_at == datetime(2024, 5, 1, 10)
    assert photo.camera_name == "motorola moto g"
    assert (photo.orientation, photo.width, photo.height) == (6, 900, 600)
    assert photo_named(shown(shoot), "empty_gps.jpg").taken_at == datetime(2025, 6, 1, 16, 59, 26, 23460)


@check("15-crw-x3f-date")
def old_raws_tell_their_time(shoot: Path, out: Path) -> None:
    expected = {
        "a.crw": "2003-11-10T17:39:26",
        "b.crw": "2005-04-23T17:54:36",
        "c.x3f": "2001-01-01T00:36:35",
    }
    assert times_shown(shoot) == expected


@check("16-date-only-in-xmp")
def dates_outside_exif_count(shoot: Path, out: Path) -> None:
    assert set(times_shown(shoot).values()) == {"2012-03-04T05:06:07"}


# Colours


@check("04-adobergb-r03")
def adobe_rgb_told_by_exif_alone_is_shown_right(shoot: Path, out: Path) -> None:
    small = frame_reduced(photo_named(shown(shoot), "r03.jpg"), 100)
    assert small[small.shape[0] // 2, small.shape[1] // 2].tolist() == pytest.approx([51, 201, 37], abs=6)


@check("09-hif-pq-hlg")
def pictures_for_bright_screens_look_like_their_jpeg(shoot: Path, out: Path) -> None:
    pictures = {path.name: decode(path).rgb for path in sorted(shoot.iterdir())}
    usual = pictures.pop("sdr.jpg")
    wanted = exposure.measure(usual, sharpness.luma(usual))
    assert len(pictures) == 2
    for name, picture in pictures.items():
        found = exposure.measure(picture, sharpness.luma(picture))
        assert abs(found.mean - wanted.mean) < 0.03, name
        assert abs(found.likeliness - wanted.likeliness) < 3, name
        assert np.abs(picture.astype(int) - usual).mean() < 10, name


# Stars of other hands


def stars_shown(shoot: Path) -> dict[str, int | None]:
    """How many stars each photo shows."""
    opened = shown(shoot)
    return {photo.path.name: opened.decision(photo.id).rating for photo in opened.photos.values()}


@check("12-camera-ratings")
def stars_of_cameras_are_shown_and_are_no_decision(shoot: Path, out: Path) -> None:
    assert stars_shown(shoot) == {"_DSF0052.RAF": 4, "exif3.jpg": 3, "fuji5.jpg": 5, "ms75.jpg": 4}
    assert all(decision.is_empty for decision in shown(shoot).decisions.values())
    before = contents(shoot)
    assert command("export", shoot, "--embed") == EXIT_OK
    assert contents(shoot) == before


@check("13-two-xmp-packets")
def the_first_of_two_packets_counts_and_neither_is_written(shoot: Path, out: Path) -> None:
    assert stars_shown(shoot) == {"two.jpg": 4}
    before = contents(shoot)
    decide(shoot, {"two.jpg": Flag.PICK}, rating=2)
    assert command("export", shoot, "--embed") == EXIT_SOME_FAILED
    assert contents(shoot) == before
    assert command("export", shoot) == EXIT_OK
    assert read_sidecar(shoot / "two.xmp").rating == 2


@check("18-xmp-varieties")
def sidecars_of_many_hands_are_understood(shoot: Path, out: Path) -> None:
    opened = shown(shoot)
    assert not opened.failures
    for photo in opened.photos.values():
        decision = opened.decision(photo.id)
        words = photo.path.stem.split("_")[1:]
        stars = [int(word[1:]) for word in words if word[0] == "r" and word[1:].isdigit()]
        assert stars in ([], [decision.rating]), photo.path.name
        assert stars or "winner" in words or not decision.rating, photo.path.name
        flags = {"rej": Flag.REJECT, "pick": Flag.PICK}
        assert [flags[word] for word in words if word in flags] in ([], [decision.flag]), photo.path.name
        assert "red" not in words or decision.label is Label.RED


@check("25-stale-windows-rating")
def no_stale_stars_stay_in_the_photo(shoot: Path, out: Path) -> None:
    if shutil.which("exiftool") is None:
        pytest.skip("ExifTool, the referee, is not installed")
    before = contents(shoot)
    decide(shoot, {"a.jpg": None}, rating=2)
    assert command("export", shoot, "--embed") == EXIT_OK
    query = ["exiftool", "-a", "-n", "-s3", "-Rating", "-RatingPercent", str(shoot / "a.jpg")]
    said = subprocess.run(query, capture_output=True, check=True, timeout=60).stdout.split()
    assert sorted(said) == [b"2", b"2", b"25", b"25"]
    assert command("export", "--undo") == EXIT_OK
    assert contents(shoot) == before


@check("37-bad-sidecars/export")
def broken_sidecars_are_made_anew_or_refused(shoot: Path, out: Path) -> None:
    before = contents(shoot)
    decide(shoot, dict.fromkeys(("a.dng", "b.dng", "c.dng"), Flag.PICK), rating=2)
    assert command("export", shoot) == EXIT_SOME_FAILED
    assert [read_sidecar(shoot / name).rating for name in ("a.xmp", "b.xmp")] == [2, 2]
    assert contents(shoot)["c.xmp"] == before["c.xmp"]
    assert command("export", "--undo") == EXIT_OK
    assert contents(shoot) == before


# Turns


@check("17-orientation-in-sidecar")
def a_turn_that_only_the_sidecar_notes_is_obeyed(shoot: Path, out: Path) -> None:
    photo = photo_named(shown(shoot), "IMG_0001.dng")
    decoded = decode(photo.path, photo.orientation)
    assert (decoded.width, decoded.height) == (800, 1200)
    assert decoded.rgb.shape[1] < decoded.rgb.shape[0]


# Damage


@check("35b-burst-broken-jpeg")
def a_broken_jpeg_is_judged_by_its_raw(shoot: Path, out: Path) -> None:
    assert command("cull", shoot, "--export", "json", "--out", out) == EXIT_SOME_FAILED
    listed = json.loads((out / "shortlist.json").read_text("utf-8"))["photos"]
    assert [Path(record["path"]).name for record in listed if record["suggested"]] == ["IMG_2.JPG"]
    assert command("cull", shoot, "--export", "xmp", "--reject-rest") == EXIT_SOME_FAILED
    assert read_sidecar(shoot / "IMG_2.xmp").flag is Flag.PICK
    (shoot / "IMG_2.DNG").unlink()
    for sidecar in shoot.glob("*.xmp"):
        sidecar.unlink()
    assert command("cull", shoot, "--export", "xmp", "--reject-rest") == EXIT_SOME_FAILED
    assert {path.name for path in shoot.glob("*.xmp")} == {"IMG_0.xmp", "IMG_1.xmp", "IMG_3.xmp"}


@check("10-dng-jxl")
def a_preview_in_jpeg_xl_is_shown_or_the_reason_says_so(shoot: Path, out: Path) -> None:
    (photo,) = shown(shoot).photos.values()
    if jpeg_xl.can_be_read():
        assert decode(photo.path).width == 1200
    else:
        with pytest.raises(PhotoError, match="JPEG XL"):
            decode(photo.path)
