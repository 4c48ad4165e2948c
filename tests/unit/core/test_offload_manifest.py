"""The list of checksums: whatever the names, whatever tears it, and copies checked against it."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.errors import SourceError
from core.offload.manifest import MANIFEST, Manifest, hasher
from core.offload.verify import verify
from fixtures.cards import copies_in, copy_cards, write_card

DIGESTS = st.integers(0, 2**512 - 1).map(lambda number: f"{number:0128x}")
NAMES = st.text(st.characters(exclude_characters="\0/", exclude_categories=["Cs"]), min_size=1, max_size=20)


def digest(content: bytes) -> str:
    return type(hasher())(content).hexdigest()


@settings(max_examples=12)
@given(
    sums=st.lists(st.dictionaries(NAMES, DIGESTS, max_size=5), max_size=4),
    foreign=st.sampled_from([b"", b"# a comment\n", b"no checksum\n", b"\n"]),
    torn=st.integers(0, 200),
)
def test_all_that_was_written_is_read_again_whatever_was_torn_off(
    tmp_path_factory: pytest.TempPathFactory, sums: list[dict[str, str]], foreign: bytes, torn: int
) -> None:
    folder = tmp_path_factory.mktemp("target")
    path = folder / MANIFEST
    path.write_bytes(foreign)
    expected: dict[str, str] = {}
    for some in sums:
        Manifest.read(folder).add(some)
        expected |= some
        assert Manifest.read(folder).sums == expected
    assert path.read_bytes().startswith(foreign), "lines of others stay"
    whole = path.read_bytes()
    path.write_bytes(whole[: max(len(whole) - torn, len(foreign))])
    left = Manifest.read(folder)
    assert left.sums.keys() <= expected.keys()
    left.add({"new": "0" * 128, **expected})
    assert Manifest.read(folder).sums == {**expected, "new": "0" * 128, **expected}


def test_names_that_are_no_text_are_kept(tmp_path: Path) -> None:
    name = os.fsdecode(b"\xff\xfe.JPG")
    Manifest.read(tmp_path).add({name: "a" * 128})
    assert Manifest.read(tmp_path).sums == {name: "a" * 128}
    assert b"  \xff\xfe.JPG\n" in (tmp_path / MANIFEST).read_bytes()


def test_copies_that_changed_are_gone_or_cannot_be_read_are_named(tmp_path: Path) -> None:
    card, out = write_card(tmp_path / "card"), tmp_path / "out"
    copy_cards([card], [out])
    assert verify(tmp_path).sound == len(copies_in(out)) == 17
    flipped = bytearray((out / "IMG_0000.CR3").read_bytes())
    flipped[1234] ^= 1
    (out / "IMG_0000.CR3").write_bytes(flipped)
    (out / "IMG_0001.JPG").unlink()
    (out / "IMG_0001.xmp").write_bytes(b"stars")
    (out / "IMG_0002.JPG").unlink()
    (out / "IMG_0002.JPG").mkdir()
    with (out / MANIFEST).open("ab") as file:
        file.write(b"what is this\n")
    told: list[tuple[int, int]] = []
    found = verify(out, lambda done, of: told.append((done, of)))
    assert not found.is_sound
    assert found.changed == [out / "IMG_0000.CR3"]
    assert found.missing == [out / "IMG_0001.JPG"]
    assert found.edited == [out / "IMG_0001.xmp"]
    assert list(found.unreadable) == [out / "IMG_0002.JPG"]
    assert (found.sound, found.not_understood) == (13, 1)
    assert told[-1] == (17, 17)


def test_a_folder_without_a_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="has no list of checksums"):
        verify(tmp_path)


def test_checking_can_be_stopped(tmp_path: Path) -> None:
    copy_cards([write_card(tmp_path / "card")], [tmp_path / "out"])
    found = verify(tmp_path / "out", cancelled=lambda: True)
    assert found.cancelled
    assert not found.is_sound
    assert found.sound == 0
