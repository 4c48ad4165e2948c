"""RAW and JPEG files that somebody sorted into two folders are one photo each, where that is asked for."""

import io
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot
from rich.console import Console

from app.cli.headless import Headless
from app.exit_codes import EXIT_OK
from app.paths import places
from app.run_settings import run_settings
from benchmarks.pipeline.made_up_raw import raw
from core.settings import Settings
from core.sidecar.xmp_writer import read_sidecar
from core.types import Flag
from fixtures.exports import contents
from fixtures.openings import command, decide, opened, photo_named
from fixtures.photo_files import packet
from fixtures.shoots import scene, write_photo
from ui.dialogs.settings_dialog import SettingsDialog
from ui.preferences import Preferences

pytestmark = pytest.mark.usefixtures("measured_here")

START = datetime(2025, 6, 14, 10, 0, 0)


def write_raw(path: Path, taken_at: datetime, seed: int = 1) -> Path:
    preview = io.BytesIO()
    picture = scene(seed)
    Image.fromarray(picture).save(preview, "JPEG")
    path.write_bytes(raw(picture, preview.getvalue(), "Testcam 1", taken_at))
    return path


@pytest.fixture
def shoot(tmp_path: Path) -> Path:
    """Two pairs; one name twice, of two cards; and a RAW without a picture."""
    folder = tmp_path / "shoot"
    for name in ("RAW", "JPG", "other"):
        (folder / name).mkdir(parents=True)
    for second, name in enumerate(("IMG_1", "IMG_2")):
        write_photo(folder / "JPG" / f"{name}.JPG", scene(second), START + timedelta(seconds=60 * second))
        write_raw(folder / "RAW" / f"{name}.DNG", START + timedelta(seconds=60 * second), seed=second)
    write_photo(folder / "JPG" / "IMG_3.JPG", scene(7), START + timedelta(hours=2))
    write_raw(folder / "RAW" / "IMG_3.DNG", START + timedelta(days=3), seed=7)
    write_raw(folder / "RAW" / "IMG_4.DNG", START + timedelta(hours=3), seed=8)
    write_raw(folder / "other" / "IMG_1.DNG", START, seed=9)
    return folder


def shown_paired(folder: Path, *, paired: bool) -> dict[str, list[str]]:
    with opened(folder) as (_, services):
        headless = Headless(services, Event(), Console(stderr=True))
        settings = Settings(pair_folders=paired)
        found = headless.read_shoot([folder], settings, measure=False)
        return {
            photo.path.relative_to(folder).as_posix(): [path.name for path in photo.companions]
            for photo in found.photos.values()
        }


def test_two_folders_pair_only_where_that_is_asked_for(shoot: Path) -> None:
    assert all(not companions for companions in shown_paired(shoot, paired=False).values())
    assert shown_paired(shoot, paired=True) == {
        "JPG/IMG_1.JPG": ["IMG_1.DNG"],
        "JPG/IMG_2.JPG": ["IMG_2.DNG"],
        "JPG/IMG_3.JPG": [],
        "RAW/IMG_3.DNG": [],  # of another day
        "RAW/IMG_4.DNG": [],
        "other/IMG_1.DNG": [],  # in a folder of another kind
    }


def test_the_command_line_pairs_and_both_files_go_with_a_pick(shoot: Path, tmp_path: Path) -> None:
    decide(shoot / "JPG", {"IMG_1.JPG": Flag.PICK})
    out = tmp_path / "out"
    assert command("export", shoot, "--as", "copy", "--out", out, "--pair-folders") == EXIT_OK
    assert {path.name for path in out.rglob("*") if path.is_file()} == {"IMG_1.JPG", "IMG_1.DNG"}


def test_the_sidecar_lies_beside_the_raw_and_is_read_from_there(shoot: Path) -> None:
    decide(shoot / "JPG", {"IMG_2.JPG": Flag.PICK}, rating=4)
    assert command("export", shoot, "--as", "xmp", "--pair-folders") == EXIT_OK
    assert read_sidecar(shoot / "RAW" / "IMG_2.xmp").rating == 4
    with opened(shoot) as (found, services):
        assert services is not None
        marks = found.marks.get(photo_named(found, "IMG_2.DNG").id)
        assert marks  # unpaired again, the RAW has it


def test_the_settings_switch_is_what_a_run_goes_by(qtbot: QtBot) -> None:
    assert not Settings().pair_folders
    for kept, wanted in (("true", True), ("false", False), (None, False)):
        settings, _ = run_settings(places(), {"pair_folders": kept}.get)
        assert settings.pair_folders is wanted
    dialog = SettingsDialog(Preferences())
    qtbot.addWidget(dialog)
    with qtbot.waitSignal(dialog.preferences_chosen) as chosen:
        dialog._pairs.click()
    assert chosen.args is not None
    assert chosen.args[0].pair_folders


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        (["--as", "move", "--out", "OUT"], {"out/IMG_1.JPG", "out/IMG_1.DNG", "out/IMG_1.xmp"}),
        (["--as", "link", "--out", "OUT"], {"out/IMG_1.JPG", "out/IMG_1.DNG", "out/IMG_1.xmp"}),
        (
            ["--as", "copy", "--out", "OUT", "--name", "x/{name}_y"],
            {f"out/x/IMG_1_y.{end}" for end in ("JPG", "DNG", "xmp")},
        ),
        (
            ["--as", "rename", "--name", "{name}_y"],
            {"shoot/JPG/IMG_1_y.JPG", "shoot/RAW/IMG_1_y.DNG", "shoot/RAW/IMG_1_y.xmp"},
        ),
    ],
    ids=["move", "link", "copy", "rename"],
)
def test_a_pair_of_two_folders_goes_and_comes_back_as_one(
    said: list[str], wanted: set[str], shoot: Path, tmp_path: Path
) -> None:
    decide(shoot / "JPG", {"IMG_1.JPG": Flag.PICK})
    (shoot / "RAW" / "IMG_1.xmp").write_bytes(packet())
    before = contents(tmp_path)
    words = [str(tmp_path / "out") if word == "OUT" else word for word in said]
    assert command("export", shoot, *words, "--photos", "picks", "--pair-folders") == EXIT_OK
    after = contents(tmp_path)
    assert {path for path in after.keys() - before.keys() if after[path] is not None} == wanted
    assert command("export", "--undo") == EXIT_OK
    assert contents(tmp_path) == before
