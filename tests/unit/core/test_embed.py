"""Decisions in the photo itself: they are there afterwards, and every other byte is where it has to be."""

import contextlib
import io
import os
import random
import tempfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from core.errors import SidecarError
from core.sidecar.atomic_file import stamp_of
from core.sidecar.jpeg_slot import LARGEST_PACKET, JpegSlot
from core.sidecar.packet_slot import PacketSlot, fit, put_edited, wrapped
from core.sidecar.photo_embed import PhotoEdit, plan_embed, write_embed
from core.sidecar.png_slot import PngSlot
from core.sidecar.profiles import PROFILES, Profile
from core.sidecar.splices import apply
from core.sidecar.tiff_slot import TiffSlot
from core.sidecar.xmp_edit import XmpEdit, edit_packet, new_packet
from core.sidecar.xmp_packet import PacketError
from core.sidecar.xmp_reader import XmpFacts, read_packet
from core.types import Flag, Label
from fixtures.photo_files import (
    from_scan,
    packet,
    picture,
    png,
    rich_jpeg,
    second_picture_by_index,
    segment,
    tiff,
)

EDIT = XmpEdit(Flag.PICK, 4, Label.BLUE)
SLOTS: dict[str, Callable[[BinaryIO], PacketSlot]] = {
    ".jpg": JpegSlot,
    ".png": PngSlot,
    ".tif": TiffSlot,
    ".dng": TiffSlot,
}
PADDED = packet(padding=1000)

FILES = {
    "no packet.jpg": rich_jpeg()[0],
    "bare.jpg": picture(),
    "room.jpg": rich_jpeg(PADDED)[0],
    "no room.jpg": rich_jpeg(packet())[0],
    "no packet.png": png(),
    "room.png": png(PADDED),
    "no room.png": png(packet()),
    "no packet.tif": tiff(),
    "no packet, Motorola.tif": tiff(order=">"),
    "room.tif": tiff(PADDED, ">"),
    "no room.dng": tiff(packet()),
}


edits = st.builds(
    XmpEdit,
    st.none() | st.sampled_from(Flag),
    st.none() | st.integers(0, 5),
    st.none() | st.sampled_from(Label),
)


def slot_of(name: str, data: bytes) -> PacketSlot:
    return SLOTS[Path(name).suffix](io.BytesIO(data))


def pixels(data: bytes) -> bytes:
    with Image.open(io.BytesIO(data)) as image:
        return image.tobytes()


def written(path: Path, data: bytes, edit: XmpEdit = EDIT) -> PhotoEdit:
    path.write_bytes(data)
    planned = plan_embed(path, edit)
    write_embed(planned)
    return planned


@pytest.mark.parametrize("name", FILES)
def test_the_decision_is_in_the_photo_and_can_be_taken_out_again(name: str, tmp_path: Path) -> None:
    path, data = tmp_path / name, FILES[name]
    planned = written(path, data)
    result = path.read_bytes()
    found = slot_of(name, result).packet
    assert found is not None
    facts = read_packet(found)
    assert (facts.flag, facts.rating, facts.label) == (Flag.PICK, 4, Label.BLUE)
    assert pixels(result) == pixels(data)
    assert planned.in_place == ("room" in name and "no room" not in name)
    assert (len(result) == len(data)) == planned.in_place
    assert apply(data, planned.splices) == result
    stamp = stamp_of(path)
    assert stamp is not None
    write_embed(planned.undone(stamp))
    assert path.read_bytes() == data


@pytest.mark.parametrize("name", FILES)
def test_what_is_there_already_is_not_written(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    written(path, FILES[name])
    before = path.stat()
    again = plan_embed(path, EDIT)
    write_embed(again)
    assert again.splices == ()
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@pytest.mark.parametrize("name", FILES)
def test_nothing_decided_changes_nothing(name: str, tmp_path: Path) -> None:
    assert written(tmp_path / name, FILES[name], XmpEdit()).splices == ()
    assert (tmp_path / name).read_bytes() == FILES[name]


@pytest.mark.parametrize("name", FILES)
def test_the_second_edit_fits_in_place(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    written(path, FILES[name])
    assert plan_embed(path, XmpEdit(Flag.REJECT, 1, Label.PURPLE)).in_place


@pytest.mark.parametrize("xmp", [None, packet(), PADDED])
def test_a_camera_jpeg_keeps_all_it_has(xmp: bytes | None, tmp_path: Path) -> None:
    data, second = rich_jpeg(xmp)
    assert second_picture_by_index(data) == second
    written(tmp_path / "1.jpg", data)
    result = (tmp_path / "1.jpg").read_bytes()
    assert from_scan(result) == from_scan(data)
    assert pixels(result[second_picture_by_index(result) :]) == pixels(picture("blue"))
    own = segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + (JpegSlot(io.BytesIO(result)).packet or b""))
    former = b"" if xmp is None else segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp)
    assert result.count(own) == 1
    assert result.replace(own, b"") == data.replace(former, b"")
    assert result.index(own) < result.index(b"MPF\0")
    assert result.index(b"Exif\0\0") < result.index(own)


def test_only_the_bytes_that_change_are_written_in_place(tmp_path: Path) -> None:
    (tmp_path / "1.jpg").write_bytes(rich_jpeg(packet('xmp:Rating="2"'))[0])
    planned = plan_embed(tmp_path / "1.jpg", XmpEdit(rating=5))
    assert planned.in_place
    assert [splice.text for splice in planned.splices] == [b"5"]
    assert [splice.text for splice in planned.undoing] == [b"2"]


def test_the_picture_is_not_read_where_the_packet_has_room() -> None:
    class Counting(io.BytesIO):
        read_bytes = 0

        def read(self, size: int | None = -1, /) -> bytes:
            data = super().read(size)
            Counting.read_bytes += len(data)
            return data

    stream = Counting(rich_jpeg(PADDED)[0] + bytes(8_000_000))
    slot = JpegSlot(stream)
    assert slot.packet is not None
    assert put_edited(slot, edit_packet(slot.packet, EDIT))
    assert Counting.read_bytes < 10_000


def test_a_packet_that_ends_with_a_zero_byte_is_edited(tmp_path: Path) -> None:
    planned = written(tmp_path / "1.jpg", rich_jpeg(packet(padding=900) + b"\0")[0])
    assert planned.in_place


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        (
            "two.jpg",
            rich_jpeg(packet())[0][:20] + segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet()),
            "more",
        ),
        ("index.jpg", rich_jpeg(packet(), xmp_after_index=True)[0], "cannot grow"),
        ("pointer.jpg", rich_jpeg(packet(), pointer_behind=True)[0], "must not be moved"),
        ("doctype.jpg", rich_jpeg(b"<!DOCTYPE x>" + new_packet(EDIT))[0], "document type"),
        ("wide.jpg", rich_jpeg(new_packet(EDIT).decode().encode("utf-16"))[0], "UTF-16"),
        ("torn.jpg", rich_jpeg(packet()[:-80])[0], "well-formed"),
        ("cut.jpg", rich_jpeg()[0][:40], "damaged JPEG"),
        ("marker.jpg", b"\xff\xd8\xff\xe0\0\1" + picture(), "damaged JPEG"),
        ("other.jpg", png(), "not a JPEG"),
        ("other.png", picture(), "not a PNG"),
        ("cut.png", png()[:-20], "damaged PNG"),
        ("compressed.png", png(zlib.compress(packet()), b"XML:com.adobe.xmp\0\1\0\0\0"), "compressed"),
        ("old.png", png(b"\nxmp\n", b"Raw profile type xmp\0\0\0\0\0"), "ImageMagick"),
        ("language.png", png(b"", b"XML:com.adobe.xmp\0\0\0en"), "damaged PNG"),
        ("big.tif", b"II+\0" + tiff()[4:], "no plain TIFF"),
        ("panasonic.dng", b"IIU\0" + tiff()[4:], "no plain TIFF"),
        ("cut.tif", tiff()[:-30], "damaged TIFF"),
        ("beyond.tif", tiff()[:-26] + b"\xff\xff\xff\x7f" + tiff()[-22:], "damaged"),
        ("empty.tif", b"", "no plain TIFF"),
        ("photo.heic", picture(), "never embedded"),
        ("photo.cr2", tiff(), "never embedded"),
    ],
)
def test_what_cannot_be_embedded_without_harm_is_refused_by_name(
    name: str, data: bytes, reason: str, tmp_path: Path
) -> None:
    if name == "two.jpg":
        data = data + rich_jpeg(packet())[0][20:]
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(SidecarError, match=reason) as refusal:
        plan_embed(path, EDIT)
    assert str(refusal.value).startswith(f"{name}: ")
    assert str(refusal.value).endswith(".")
    assert path.read_bytes() == data
    assert [file.name for file in tmp_path.iterdir()] == [name]


def test_a_pointer_behind_the_picture_does_no_harm_where_nothing_moves(tmp_path: Path) -> None:
    assert written(tmp_path / "1.jpg", rich_jpeg(PADDED, pointer_behind=True)[0]).in_place


def test_a_packet_too_large_for_a_jpeg_is_refused(tmp_path: Path) -> None:
    room = LARGEST_PACKET - len(packet('xmp:Nickname=""'))
    for name, length in (("nearly.jpg", room - 200), ("full.jpg", room)):
        (tmp_path / name).write_bytes(rich_jpeg(packet(f'xmp:Nickname="{"x" * length}"'))[0])
    assert plan_embed(tmp_path / "nearly.jpg", XmpEdit(rating=1)).splices  # if without fresh padding
    with pytest.raises(SidecarError, match="larger than this format allows"):
        plan_embed(tmp_path / "full.jpg", XmpEdit(rating=1))


def test_a_photo_written_meanwhile_is_left_alone(tmp_path: Path) -> None:
    for name, data in (("room.jpg", FILES["room.jpg"]), ("no room.jpg", FILES["no room.jpg"])):
        path = tmp_path / name
        path.write_bytes(data)
        planned = plan_embed(path, EDIT)
        path.write_bytes(data + b"more")
        with pytest.raises(SidecarError, match="meanwhile"):
            write_embed(planned)
        assert path.read_bytes() == data + b"more"


def test_a_write_in_place_that_fails_half_way_is_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "1.jpg"
    path.write_bytes(FILES["room.jpg"])
    planned = plan_embed(path, EDIT)
    calls: list[int] = []
    really = os.fsync

    def failing(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == 1:
            raise OSError(5, "Input/output error")
        really(descriptor)

    monkeypatch.setattr(os, "fsync", failing)
    with pytest.raises(SidecarError, match="input/output"):
        write_embed(planned)
    assert path.read_bytes() == FILES["room.jpg"]


def test_another_name_of_the_file_keeps_its_bytes(tmp_path: Path) -> None:
    """Somebody's backup of it may be such another name."""
    photo, backup = tmp_path / "1.jpg", tmp_path / "backup.jpg"
    photo.write_bytes(FILES["room.jpg"])
    os.link(photo, backup)
    write_embed(plan_embed(photo, EDIT))
    assert backup.read_bytes() == FILES["room.jpg"]
    assert photo.read_bytes() != FILES["room.jpg"]


def test_a_write_protected_photo_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "1.jpg"
    path.write_bytes(picture())
    path.chmod(0o444)
    with pytest.raises(SidecarError, match="write-protected"):
        write_embed(plan_embed(path, EDIT))


@settings(deadline=None)
@given(
    name=st.sampled_from(list(FILES)),
    steps=st.lists(st.tuples(edits, st.sampled_from(list(PROFILES.values()))), min_size=1, max_size=4),
)
def test_any_series_of_edits_is_read_back_and_undone_to_the_last_byte(
    name: str, steps: list[tuple[XmpEdit, Profile]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(FILES[name])
        done = []
        for edit, profile in steps:
            planned = plan_embed(path, edit, profile=profile)
            write_embed(planned)
            done.append(planned)
            found = slot_of(name, path.read_bytes()).packet
            facts = XmpFacts() if found is None else read_packet(found)
            assert edit.flag is None or facts.flag is edit.flag
            assert edit.rating is None or facts.rating == edit.rating
            assert edit.label is None or (facts.label or Label.NONE) is edit.label
            assert pixels(path.read_bytes()) == pixels(FILES[name])
        for planned in reversed(done):
            stamp = stamp_of(path)
            assert stamp is not None
            write_embed(planned.undone(stamp))
        assert path.read_bytes() == FILES[name]


@given(body=st.binary(max_size=30), padding=st.integers(0, 40), size=st.integers(0, 120), wrap=st.booleans())
def test_padding_is_all_that_fitting_changes(body: bytes, padding: int, size: int, wrap: bool) -> None:
    text = b"<a>" + body.replace(b"<", b"") + b"</a>"
    data = text + b" " * padding
    if wrap:
        data = wrapped(data)
    fitted = fit(data, size)
    if fitted is None:
        assert size < len(data) - padding
    else:
        assert len(fitted) == size
        assert fitted.replace(b" ", b"").replace(b"\n", b"") == data.replace(b" ", b"").replace(b"\n", b"")


@pytest.mark.parametrize("make", [rich_jpeg, png, tiff])
def test_random_damage_ends_in_nothing_but_a_refusal(
    make: Callable[[bytes], bytes | tuple[bytes, int]],
) -> None:
    made = make(packet(padding=20))
    data = made[0] if isinstance(made, tuple) else made
    slot = {rich_jpeg: JpegSlot, png: PngSlot, tiff: TiffSlot}[make]
    chance = random.Random(7)
    for _ in range(300):
        damaged = bytearray(data)
        for _ in range(chance.randint(1, 6)):
            damaged[chance.randrange(len(data))] = chance.randrange(256)
        cut = bytes(damaged[: chance.randint(1, len(data))])
        with contextlib.suppress(PacketError):
            found = slot(io.BytesIO(cut))
            put_edited(found, edit_packet(found.packet, EDIT) if found.packet else wrapped(new_packet(EDIT)))
