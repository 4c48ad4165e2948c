"""Sidecars of real programs, with ExifTool as the referee: nothing may be lost."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from core.sidecar.xmp_edit import XmpEdit, edit_packet
from core.sidecar.xmp_packet import PacketError
from core.sidecar.xmp_reader import XmpFacts, read_packet
from core.types import Flag, Label

EDIT = XmpEdit(Flag.PICK, 4, Label.BLUE)
WRITTEN = {
    "Rating",
    "Label",
    "LabelColor",
    "Pick",
    "Good",
    "PickLabel",
    "ColorLabel",
    "Tagged",
    "ColorClass",
    "Prefs",
}
OF_THE_FILE = ("SourceFile", "System:", "ExifTool:", "File:")


@pytest.fixture(scope="module")
def sidecars(photos_folder: Path) -> dict[str, bytes]:
    files = sorted((photos_folder / "xmp_sidecars").glob("*.xmp"))
    if not files:
        pytest.skip("the development sidecars are not on this machine")
    return {file.name: file.read_bytes() for file in files}


@pytest.mark.photos
def test_each_is_edited_as_meant_or_refused_with_a_sentence(sidecars: dict[str, bytes]) -> None:
    refused = {}
    for name, data in sidecars.items():
        try:
            result = edit_packet(data, EDIT)
        except PacketError as error:
            refused[name] = str(error)
        else:
            assert read_packet(result) == XmpFacts(4, Flag.PICK, Label.BLUE, "Blue")
            assert edit_packet(result, EDIT) is result
    assert all(reason.endswith(".") for reason in refused.values())
    assert len(refused) < 0.05 * len(sidecars), refused


@pytest.mark.photos
def test_exiftool_finds_every_other_tag_as_it_was(sidecars: dict[str, bytes], tmp_path: Path) -> None:
    if shutil.which("exiftool") is None:
        pytest.skip("ExifTool, the referee, is not installed")
    for folder in ("before", "after"):
        (tmp_path / folder).mkdir()
    for name, data in sidecars.items():
        try:
            result = edit_packet(data, EDIT)
        except PacketError:
            continue
        (tmp_path / "before" / name).write_bytes(data)
        (tmp_path / "after" / name).write_bytes(result)
    before, after = tags(tmp_path / "before"), tags(tmp_path / "after")
    assert before.keys() == after.keys()
    assert [name for name in before if before[name] != after[name]] == []


def tags(folder: Path) -> dict[str, dict[str, object]]:
    """All tags by file, less those of the edit and of the file system."""
    command = ["exiftool", "-json", "-G1", "-a", "-struct", "-n", "-ext", "xmp", str(folder)]
    output = subprocess.run(command, capture_output=True, check=True, timeout=300).stdout
    return {
        Path(found["SourceFile"]).name: {
            tag: value
            for tag, value in found.items()
            if not tag.startswith(OF_THE_FILE) and tag.rpartition(":")[2] not in WRITTEN
        }
        for found in json.loads(output)
    }
