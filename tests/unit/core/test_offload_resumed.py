"""A file in the middle of which the cable came out is gone on with at that byte, and only where that is proven."""

import errno
import os
import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest

from core.files import open_file
from core.offload import parts, proof
from core.offload.outcome import OffloadResult
from core.offload.verify import verify
from core.offload.words import room_words
from fixtures.cards import copies_in, copy_cards, plan_of_cards, wanted_of, write
from fixtures.disks import small_disk

FILM = "DCIM/100CANON/MVI_9000.MP4"
SIZE = 100_000


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if a film were large."""
    monkeypatch.setattr(parts, "_CHUNK", 4096)
    monkeypatch.setattr(parts, "_EVERY", 30_000)


@pytest.fixture
def card(tmp_path: Path) -> Path:
    """A film, and a photo behind it."""
    chance = random.Random(5)
    write(tmp_path / "card" / FILM, chance.randbytes(SIZE))
    write(tmp_path / "card/DCIM/100CANON/IMG_0001.JPG", chance.randbytes(3000))
    return tmp_path / "card"


@pytest.fixture
def targets(tmp_path: Path) -> list[Path]:
    return [tmp_path / "out", tmp_path / "backup"]


class Cable:
    """What is read of the film; it comes out at a byte."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._open = open_file
        self.out_at: int | None = None
        self.read = 0
        monkeypatch.setattr(proof, "open_file", self.open_file)

    def open_file(self, path: Path) -> BinaryIO:
        """Opens a file; that of the film ends with an error."""
        file = self._open(path)
        if path.name != Path(FILM).name or path.parent.name != "100CANON":
            return file
        whole = file.read

        def read(size: int = -1) -> bytes:
            if self.out_at is not None:
                left = self.out_at - file.tell()
                if left <= 0:
                    raise OSError(errno.EIO, os.strerror(errno.EIO))
                size = min(size, left)
            piece = whole(size)
            self.read += len(piece)
            return piece

        file.read = read  # type: ignore[assignment, method-assign]
        return file


def pulled_at(byte: int, cable: Cable, card: Path, targets: list[Path]) -> OffloadResult:
    """The cable comes out at a byte of the film, and is put in again."""
    cable.out_at = byte
    result = copy_cards([card], targets)
    assert result.missing == 1
    assert Path(FILM).name not in {name for target in targets for name in copies_in(target)}
    cable.out_at, cable.read = None, 0
    return result


def assert_all_is_right(card: Path, *targets: Path) -> None:
    for target in targets:
        assert sorted(copies_in(target).values()) == wanted_of(card)
        assert verify(target).is_sound
        assert not list(target.rglob(".*"))


def test_only_the_rest_is_read_from_the_card(
    card: Path, targets: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    cable = Cable(monkeypatch)
    for byte in (1, 4096, 50_001, SIZE - 1):
        pulled_at(byte, cable, card, targets)
        assert copy_cards([card], targets).missing == 0
        compared = min(byte, 4096) * 2 * len(targets)  # where it begins, and where it is gone on with
        assert cable.read == SIZE - byte + compared
        assert_all_is_right(card, *targets)
        for target in targets:
            (target / Path(FILM).name).unlink()


def test_a_cable_that_comes_out_again_while_the_film_is_taken_up_costs_nothing_of_it(
    card: Path, targets: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    cable = Cable(monkeypatch)
    pulled_at(60_001, cable, card, targets)
    pulled_at(0, cable, card, targets)
    assert copy_cards([card], targets).missing == 0
    assert cable.read == SIZE - 60_001 + 4096 * 2 * len(targets)
    assert_all_is_right(card, *targets)


def damaged_where_it_was_written(part: Path) -> None:
    with part.open("r+b") as file:
        file.seek(20_000)
        file.write(b"damaged")


def torn(part: Path) -> None:
    os.truncate(part, 20_000)


def torn_behind_a_point(part: Path) -> None:
    os.truncate(part, 40_000)


@pytest.mark.parametrize("harm", [damaged_where_it_was_written, torn, torn_behind_a_point])
def test_what_is_not_proven_of_it_is_not_believed(
    card: Path, targets: list[Path], monkeypatch: pytest.MonkeyPatch, harm: Callable[[Path], None]
) -> None:
    cable = Cable(monkeypatch)
    pulled_at(60_000, cable, card, targets)
    (part,) = targets[1].glob(".*.shortlist-part")
    harm(part)
    assert copy_cards([card], targets).missing == 0
    assert_all_is_right(card, *targets)
    assert (cable.read < SIZE) == (harm is torn_behind_a_point), "a former point is as good"


@pytest.mark.parametrize("link", [os.symlink, os.link])
def test_what_lies_there_under_a_second_name_is_never_gone_on_with(
    card: Path, targets: list[Path], monkeypatch: pytest.MonkeyPatch, link: Callable[[Path, Path], None]
) -> None:
    before = (card / FILM).read_bytes()
    pulled_at(60_000, cable := Cable(monkeypatch), card, targets)
    (part,) = targets[0].glob(".*.shortlist-part")
    (points,) = targets[0].glob(".*-points")
    part.unlink()
    link(card / FILM, part)
    kept = points.rename(card.parent / "points")
    kept_before = kept.read_bytes()
    link(kept, points)
    assert copy_cards([card], targets).missing == 0
    assert cable.read >= SIZE
    assert ((card / FILM).read_bytes(), kept.read_bytes()) == (before, kept_before)
    assert_all_is_right(card, *targets)


def test_a_film_that_is_written_while_it_is_copied_gets_no_name(
    card: Path, targets: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = proof._write_all

    def write_all(file: BinaryIO, chunk: bytes) -> None:
        whole(file, chunk)
        write(card / FILM, bytes(SIZE), time.time_ns())

    monkeypatch.setattr(proof, "_write_all", write_all)
    result = copy_cards([card], targets)
    assert [refusal.path.name for refusal in result.refused] == [Path(FILM).name]
    assert not [path for target in targets for path in target.iterdir() if Path(FILM).stem in path.name]
    assert not [path for target in targets for path in target.rglob(".*")]


def test_another_film_of_that_name_size_and_time_is_copied_from_its_start(
    card: Path, targets: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    pulled_at(60_000, cable := Cable(monkeypatch), card, targets)
    write(card / FILM, random.Random(6).randbytes(SIZE))
    assert copy_cards([card], targets).missing == 0
    assert cable.read >= SIZE
    assert_all_is_right(card, *targets)


def test_a_backup_that_was_pulled_is_gone_on_with_at_its_last_point(
    card: Path, targets: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    cable, whole = Cable(monkeypatch), proof._write_all
    written = 0

    def write_all(file: BinaryIO, chunk: bytes) -> None:
        nonlocal written
        if Path(str(file.name)).parent == targets[1]:
            written += len(chunk)
            if written > 80_000:
                raise OSError(errno.EIO, os.strerror(errno.EIO))
        whole(file, chunk)

    monkeypatch.setattr(proof, "_write_all", write_all)
    assert copy_cards([card], targets).missing
    assert sorted(copies_in(targets[0]).values()) == wanted_of(card)
    monkeypatch.setattr(proof, "_write_all", whole)
    cable.read = 0
    assert copy_cards([card], targets).missing == 0
    assert cable.read < SIZE // 2
    assert_all_is_right(card, *targets)


def test_what_is_left_of_a_film_that_is_not_wanted_any_more_is_cleared_away(
    card: Path, targets: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    pulled_at(60_000, Cable(monkeypatch), card, targets)
    (card / FILM).unlink()
    assert copy_cards([card], targets).missing == 0
    assert_all_is_right(card, *targets)


def test_points_of_a_copy_that_was_killed_right_after_it_got_its_name_are_cleared_away(
    card: Path, targets: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    pulled_at(60_000, Cable(monkeypatch), card, targets)
    points = {path: path.read_bytes() for path in targets[0].glob(".*-points")}
    assert copy_cards([card], targets).missing == 0
    for path, content in points.items():
        path.write_bytes(content)
    (targets[1] / Path(FILM).name).unlink()  # so that the same name is wanted on the other disk
    assert copy_cards([card], targets).missing == 0
    assert_all_is_right(card, *targets)


def test_what_is_there_of_a_film_needs_no_room(
    card: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with small_disk(tmp_path / "stick", 160_000) as stick:
        pulled_at(80_000, Cable(monkeypatch), card, [stick])
        assert room_words(plan_of_cards([card], [stick])) == []
        assert copy_cards([card], [stick]).missing == 0
        assert_all_is_right(card, stick)
