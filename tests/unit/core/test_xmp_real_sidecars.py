"""Sidecars of real programs, with ExifTool as the referee: nothing may be lost."""

import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest

from core.sidecar.profiles import EVERYWHERE, LIGHTROOM, Profile
from core.sidecar.xmp_edit import XmpEdit, edit_packet
from core.sidecar.xmp_packet import PacketError
from core.sidecar.xmp_reader import read_packet
from core.types import Flag, Label
from fixtures.referees import exiftool_tags

EDIT = XmpEdit(Flag.REJECT, 4, Label.BLUE)


@pytest.fixture(scope="module")
def sidecars(photos_folder: Path) -> dict[str, bytes]:
    files = sorted((photos_folder / "xmp_sidecars").glob("*.xmp"))
    if not files:
        pytest.skip("the development sidecars are not on this machine")
    return {file.name: file.read_bytes() for file in files}


@pytest.mark.photos
@pytest.mark.parametrize("profile", [LIGHTROOM, EVERYWHERE])
def test_each_is_edited_as_meant_or_refused_with_a_sentence(
    sidecars: dict[str, bytes], profile: Profile
) -> None:
    refused = {}
    for name, data in sidecars.items():
        try:
            result = edit_packet(data, EDIT, profile=profile)
        except PacketError as error:
            refused[name] = str(error)
        else:
            found = read_packet(result)
            said = found.rating, found.flag, found.label, found.label_text
            assert said == (4, Flag.REJECT, Label.BLUE, "Blue")
            assert edit_packet(result, EDIT, profile=profile) is result
            ElementTree.fromstring(result)  # the standard library's own reader takes it
    assert all(reason.endswith(".") for reason in refused.values())
    assert len(refused) < 0.05 * len(sidecars), refused


@pytest.mark.photos
@pytest.mark.parametrize("profile", [LIGHTROOM, EVERYWHERE])
def test_exiftool_finds_every_other_tag_as_it_was(
    sidecars: dict[str, bytes], profile: Profile, tmp_path: Path
) -> None:
    for folder in ("before", "after"):
        (tmp_path / folder).mkdir()
    for name, data in sidecars.items():
        try:
            result = edit_packet(data, EDIT, profile=profile)
        except PacketError:
            continue
        (tmp_path / "before" / name).write_bytes(data)
        (tmp_path / "after" / name).write_bytes(result)
    before, after = (exiftool_tags(tmp_path / folder, "-ext", "xmp") for folder in ("before", "after"))
    assert before.keys() == after.keys()
    assert [name for name in before if before[name] != after[name]] == []
