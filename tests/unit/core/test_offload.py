"""Copying from cards: what is planned, what is copied and proven, what is left alone, and what is said of it."""

import os
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import BinaryIO

import pytest

from core.cancelling import Stopped
from core.errors import OffloadError
from core.ingest.scanner import photo_id
from core.naming.names import NewName
from core.offload import carry_out, proof
from core.offload.cards import CardFile, CardFrame, read_card
from core.offload.carry_out import offload
from core.offload.manifest import MANIFEST, Manifest
from core.offload.parts import Count, Part
from core.offload.plan import Step, ToCopy, plan_offload
from core.offload.progress import OffloadProgress
from core.offload.proof import Unproven
from core.offload.words import (
    offload_result_words,
    offload_words,
    progress_words,
    room_words,
    target_words,
)
from fixtures.cards import (
    copies_in,
    copy_cards,
    photos_on,
    picks,
    plan_of_cards,
    wanted_of,
    write,
    write_card,
)
from fixtures.disks import small_disk, write_protected
from fixtures.exports import contents
from fixtures.frames import photo


@pytest.fixture
def card(tmp_path: Path) -> Path:
    return write_card(tmp_path / "card")


@pytest.fixture
def targets(tmp_path: Path) -> list[Path]:
    return [tmp_path / "out", tmp_path / "backup"]


def steps(card: Path, targets: list[Path]) -> list[Step]:
    return [place.step for file in plan_of_cards([card], targets).files for place in file.places]


def test_all_that_belongs_to_photos_and_films_goes_to_both_folders(card: Path, targets: list[Path]) -> None:
    before = contents(card)
    result = copy_cards([card], targets)
    for target in targets:
        assert sorted(copies_in(target).values()) == wanted_of(card)
        assert Manifest.read(target).sums.keys() == copies_in(target).keys()
    assert copies_in(targets[0]) == copies_in(targets[1])
    assert contents(card) == before
    assert (result.copied, result.missing, result.plan.left) == (17, 0, 1)
    assert offload_result_words(result) == (
        "17 files (42 KB) were copied, read again and compared. Nothing is missing. "
        "1 other file on the card is neither a photo nor a film, and stays there."
    )


def test_copies_have_the_times_of_their_originals(card: Path, targets: list[Path]) -> None:
    copy_cards([card], targets)
    original = card / "DCIM/100CANON/IMG_0001.CR3"
    assert (targets[1] / "IMG_0001.CR3").stat().st_mtime_ns == original.stat().st_mtime_ns


def test_frames_of_one_name_get_a_number_with_all_their_files(card: Path, targets: list[Path]) -> None:
    copy_cards([card], targets)
    second = card / "DCIM/101CANON"
    for name in ("IMG_0002.JPG", "IMG_0002.CR3", "IMG_0002.xmp"):
        copy = targets[0] / name.replace("IMG_0002", "IMG_0002-2")
        assert copy.read_bytes() == (second / name).read_bytes()


@pytest.mark.skipif(shutil.which("b2sum") is None, reason="b2sum is not installed")
def test_the_list_is_checked_by_b2sum(card: Path, targets: list[Path]) -> None:
    write(card / "DCIM/100CANON/back\\slash.JPG", b"an odd name")
    write(card / "DCIM/100CANON/two\nlines.JPG", b"an odder name")
    copy_cards([card], targets)
    for target in targets:
        checked = subprocess.run(["b2sum", "-c", MANIFEST], cwd=target, capture_output=True, check=False)
        assert checked.returncode == 0, checked.stderr
        assert checked.stdout.count(b": OK") == len(copies_in(target)) == 19


def test_picks_alone(card: Path, targets: list[Path]) -> None:
    result = copy_cards([card], targets, ToCopy.PICKS)
    picked = photos_on(card)[1::2]
    stems = {photo.path.stem for photo in picked}
    assert result.copied == len(copies_in(targets[0])) == 9  # three frames: RAW, JPEG, sidecar
    assert all(PurePosixPath(name).stem.removesuffix("-2") in stems for name in copies_in(targets[0]))


def test_picks_come_first(card: Path, targets: list[Path]) -> None:
    chosen = {photo.path.with_suffix("") for photo in photos_on(card)[1::2]}
    plan = plan_of_cards([card], targets, ToCopy.PICKS_FIRST)
    is_picked = [file.source.path.with_suffix("") in chosen for file in plan.files]
    assert is_picked == sorted(is_picked, reverse=True)
    assert sum(is_picked) == 9
    assert len(plan.files) == 17


def test_what_was_proven_is_not_read_again(
    card: Path, targets: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_cards([card], targets)

    def refuse(*_: object, **__: object) -> str:
        raise AssertionError("nothing has to be read")

    monkeypatch.setattr(carry_out, "write_parts", refuse)
    monkeypatch.setattr(carry_out, "digest_of", refuse)
    result = copy_cards([card], targets)
    assert (result.copied, result.there, result.missing) == (0, 17, 0)
    assert "17 were there already." in offload_result_words(result)


def test_what_was_copied_by_others_is_compared_and_listed(card: Path, targets: list[Path]) -> None:
    targets[0].mkdir()
    shutil.copy(card / "DCIM/100CANON/IMG_0000.JPG", targets[0] / "IMG_0000.JPG")
    shutil.copy(card / "DCIM/100CANON/IMG_0000.CR3", targets[0] / "renamed by somebody.CR3")
    assert steps(card, targets[:1]).count(Step.COMPARE) == 2
    result = copy_cards([card], targets[:1])
    assert (result.copied, result.there, result.missing) == (15, 2, 0)
    assert "IMG_0000.CR3" not in copies_in(targets[0]), "its content is there under another name"
    assert "renamed by somebody.CR3" in Manifest.read(targets[0]).sums


def test_a_torn_copy_of_the_same_size_is_left_and_the_photo_copied_beside_it(tmp_path: Path) -> None:
    size = 200_000
    card, out = write_card(tmp_path / "card", size=size), tmp_path / "out"
    original = (card / "DCIM/100CANON/IMG_0000.JPG").read_bytes()
    torn = original[: size // 2] + bytes(len(original) - size // 2)
    write(out / "IMG_0000.JPG", torn)
    result = copy_cards([card], [out])
    assert (out / "IMG_0000.JPG").read_bytes() == torn
    assert (out / "IMG_0000-3.JPG").read_bytes() == original  # -2 is the other folder's
    assert result.missing == 0
    assert Manifest.read(out).sums.keys() == copies_in(out).keys() - {"IMG_0000.JPG"}


def test_a_changed_copy_is_compared_and_the_original_copied_again(card: Path, targets: list[Path]) -> None:
    copy_cards([card], targets)
    copy = targets[0] / "IMG_0001.JPG"
    copy.write_bytes(copy.read_bytes() + b"edited")
    result = copy_cards([card], targets)
    assert result.missing == 0
    assert copy.read_bytes().endswith(b"edited")
    assert (targets[0] / "IMG_0001-3.JPG").read_bytes() == (card / "DCIM/100CANON/IMG_0001.JPG").read_bytes()


def test_a_sidecar_that_was_written_since_is_left(card: Path, targets: list[Path]) -> None:
    copy_cards([card], targets)
    (targets[0] / "IMG_0001.xmp").write_bytes(b"stars")
    result = copy_cards([card], targets)
    assert (targets[0] / "IMG_0001.xmp").read_bytes() == b"stars"
    assert (result.copied, result.left, result.missing) == (0, 1, 0)
    assert "Of 1 small file another version is there, which was left." in offload_result_words(result)


def test_a_companion_that_grew_on_the_card_since_is_copied_beside_the_former_one(
    card: Path, targets: list[Path]
) -> None:
    folder = card / "DCIM/100CANON"
    memo = write(folder / "IMG_0001.WAV", b"RIFF half of what was said")
    copy_cards([card], targets)
    before = copies_in(targets[0])
    write(memo, b"RIFF half of what was said, and the rest", memo.stat().st_mtime_ns + 10**10)
    raw = folder / "IMG_0000.CR3"
    write(raw, raw.read_bytes() + b"written to its end", raw.stat().st_mtime_ns + 10**10)
    for again in (False, True):
        result = copy_cards([card], targets)
        assert (result.copied, result.left, result.missing) == (0 if again else 2, 0, 0)
    for target in targets:
        there = copies_in(target)
        assert before.items() <= there.items(), "nothing is written over"
        assert {memo.read_bytes(), raw.read_bytes()} <= {(target / name).read_bytes() for name in there}
        assert not (target / "IMG_0001-2.WAV").exists(), "it would be taken for the other folder's"


def test_many_files_of_one_name_size_and_time_all_arrive(tmp_path: Path) -> None:
    """As uncompressed RAWs of several bodies do: whether they are one is only known once the first is there."""
    card, out = tmp_path / "card", tmp_path / "out"
    sources = [
        write(card / f"DCIM/10{number}CANON" / "IMG_1.JPG", b"picture %d" % number) for number in range(9)
    ]
    write(card / "DCIM/200CANON" / "IMG_1.JPG", b"picture 0")
    result = copy_cards([card], [out])
    assert result.refused == []
    assert sorted(copies_in(out).values()) == sorted(set(wanted_of(card)))
    assert {path.read_bytes() for path in out.glob("*.JPG")} == {path.read_bytes() for path in sources}


def test_a_name_as_long_as_a_disk_takes_has_room_for_a_number(tmp_path: Path) -> None:
    card, out = tmp_path / "card", tmp_path / "out"
    for number in range(3):
        for suffix in (".JPG", ".CR3"):
            write(
                card / f"10{number}" / f"{'x' * 251}{suffix}",
                b"%d%b" % (number, suffix.encode()),
                number * 10**12,
            )
    assert copy_cards([card], [out]).missing == 0
    pairs = {path.stem for path in out.glob("*.JPG")}
    assert len(pairs) == 3
    assert pairs == {path.stem for path in out.glob("*.CR3")}


def test_two_cards_one_after_another_or_together(tmp_path: Path) -> None:
    cards = [write_card(tmp_path / f"card{seed}", seed=seed) for seed in (1, 2)]
    for together in (False, True):
        out = tmp_path / f"out {together}"
        result = copy_cards(cards, [out], together=together)
        wanted = sorted({*wanted_of(cards[0]), *wanted_of(cards[1])})
        assert sorted(set(copies_in(out).values())) == wanted
        assert result.missing == 0


def test_the_same_photo_on_two_cards_is_copied_once(tmp_path: Path) -> None:
    cards = [write_card(tmp_path / name, seed=1) for name in ("card", "its copy")]
    for together in (False, True):
        out = tmp_path / f"out {together}"
        result = copy_cards(cards, [out], together=together)
        assert sorted(copies_in(out).values()) == wanted_of(cards[0])
        assert (result.copied, result.there, result.missing) == (17, 17, 0)


def test_a_card_that_cannot_be_written_is_copied(card: Path, targets: list[Path]) -> None:
    with write_protected(card):
        assert copy_cards([card], targets).missing == 0


@pytest.mark.parametrize(
    "target", [lambda card: card / "copies", lambda card: card.parent, lambda card: card]
)
def test_a_target_on_the_card_or_around_it_is_refused(card: Path, target: Callable[[Path], Path]) -> None:
    with pytest.raises(OffloadError, match="not on the card"):
        plan_of_cards([card], [target(card)])


def test_two_copies_in_one_folder_are_refused(card: Path, tmp_path: Path) -> None:
    with pytest.raises(OffloadError, match="another one, at best on another disk"):
        plan_of_cards([card], [tmp_path / "out", tmp_path / "out"])


@pytest.mark.parametrize("most_kept", [0, 2**27])
@pytest.mark.parametrize("harm", ["a byte", "cut short"])
def test_a_copy_that_reads_otherwise_gets_no_name(
    card: Path, targets: list[Path], monkeypatch: pytest.MonkeyPatch, most_kept: int, harm: str
) -> None:
    def read_from_a_failing_disk(file: BinaryIO) -> None:
        path = Path(str(file.name))
        if path.parent == targets[1] and path.stat().st_size > 5000:
            content = bytearray(path.read_bytes())
            content[-1] ^= harm == "a byte"
            path.write_bytes(content[:-1] if harm == "cut short" else content)

    monkeypatch.setattr(carry_out, "_MOST_KEPT", most_kept)
    monkeypatch.setattr(proof, "forget_pages", read_from_a_failing_disk)
    result = copy_cards([card], targets)
    assert [refused.path for refused in result.refused] == [targets[1] / "MVI_9000.MP4"]
    assert "read again" in result.refused[0].reason
    assert (targets[0] / "MVI_9000.MP4").exists()
    assert not (targets[1] / "MVI_9000.MP4").exists()
    assert not list(targets[1].glob(".*"))
    assert result.missing == 1
    assert "1 file is not in every folder; keep the card as it is." in offload_result_words(result)


def test_a_name_that_was_taken_meanwhile_is_not_written_over(card: Path, targets: list[Path]) -> None:
    plan = plan_of_cards([card], targets)
    write(targets[0] / "IMG_0000.JPG", b"mine")
    result = offload(plan, targets[0].parent / "lock")
    assert (targets[0] / "IMG_0000.JPG").read_bytes() == b"mine"
    assert result.missing == 1
    assert copy_cards([card], targets).missing == 0, "the next plan knows"


def test_a_photo_that_changed_since_it_was_planned_is_refused(card: Path, targets: list[Path]) -> None:
    plan = plan_of_cards([card], targets)
    path = card / "DCIM/100CANON/IMG_0000.JPG"
    path.write_bytes(b"another")
    result = offload(plan, targets[0].parent / "lock")
    assert [(refused.path, refused.reason) for refused in result.refused] == [
        (path, "It changed while it was copied.")
    ]


def test_a_full_backup_does_not_stop_the_first_copy(card: Path, tmp_path: Path) -> None:
    with small_disk(tmp_path / "stick", 24_000) as backup:
        plan = plan_of_cards([card], [tmp_path / "out", backup])
        assert "has too little room" in room_words(plan)[0]
        result = copy_cards([card], [tmp_path / "out", backup])
        assert sorted(copies_in(tmp_path / "out").values()) == wanted_of(card)
        assert {refused.reason for refused in result.refused} == {"The disk is full."}
        assert result.missing == len(result.refused)
        assert not list(backup.glob(".*"))
        wanted = copies_in(tmp_path / "out")
        assert all(wanted[name] == content for name, content in copies_in(backup).items())


def test_targets_that_may_not_be_meant_are_told(card: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    assert target_words(plan_of_cards([card], [out])) == []
    assert target_words(plan_of_cards([card], [out, tmp_path / "backup"])) == [
        f"“{tmp_path / 'backup'}” is not there yet and will be made.",
        "Both copies go to the same disk; if it fails, both are gone.",
    ]
    with small_disk(tmp_path / "stick", 100_000) as stick:
        assert target_words(plan_of_cards([card], [out, stick])) == []


def test_what_was_cancelled_goes_on_where_it_stopped(card: Path, targets: list[Path]) -> None:
    stopped: list[OffloadProgress] = []
    plan = plan_of_cards([card], targets)
    result = offload(plan, targets[0].parent / "lock", stopped.append, lambda: bool(stopped))
    assert result.cancelled
    assert result.missing
    assert "Copy once more, and it goes on where it stopped." in offload_result_words(result)
    assert not [path for target in targets for path in target.glob(".*")]
    assert copy_cards([card], targets).missing == 0
    assert sorted(copies_in(targets[1]).values()) == wanted_of(card)


def test_of_two_copies_the_one_that_has_its_name_is_listed_though_the_other_was_stopped(
    card: Path, targets: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    really = proof.prove

    def prove(source: CardFile, place: Path, part: Part, unproven: Unproven, count: Count) -> None:
        if place.is_relative_to(targets[0]):
            raise Stopped
        really(source, place, part, unproven, count)

    monkeypatch.setattr(carry_out, "prove", prove)
    copy_cards([card], targets)
    stopped, named = (Manifest.read(target).sums for target in targets)
    assert not stopped
    assert len(named) == len(copies_in(targets[1])) == len(wanted_of(card))


def test_two_do_not_copy_at_once(card: Path, targets: list[Path]) -> None:
    plan = plan_of_cards([card], targets)
    busy: list[str] = []

    def again(_: OffloadProgress) -> None:
        if not busy:
            with pytest.raises(OffloadError) as refused:
                offload(plan, targets[0].parent / "lock")
            busy.append(str(refused.value))

    offload(plan, targets[0].parent / "lock", again)
    assert busy == ["Photos are being copied from a card already; wait until that is done."]


def test_progress_ends_with_all_of_it(card: Path, targets: list[Path]) -> None:
    told: list[OffloadProgress] = []
    plan = plan_of_cards([card], targets)
    offload(plan, targets[0].parent / "lock", told.append)
    last = told[-1]
    assert (last.files, last.size_bytes, last.share) == (17, plan.size_bytes, 1.0)
    assert progress_words(last).startswith("17 of 17 files, 42 KB of 42 KB")
    assert offload_words(plan) == "17 files (42 KB) to copy"


@pytest.mark.parametrize(("later", "name"), [(0, "0001.JPG"), (3600, "0001-2.JPG")])
def test_a_jpeg_gets_no_place_beside_the_raw_of_another_moment(
    tmp_path: Path, targets: list[Path], later: int, name: str
) -> None:
    """Cards of which one got the RAW and one the JPEG of each frame are put together; other frames never are."""
    raw, jpeg = tmp_path / "raw" / "0001.CR3", tmp_path / "jpeg" / "0001.JPG"
    write(raw, b"R" * 3000, 0)
    write(jpeg, b"J" * 2000, 0)
    photos = [
        replace(photo(path.stem, at), id=photo_id(path), path=path) for path, at in ((raw, 0), (jpeg, later))
    ]
    plan = plan_offload([read_card(one.path.parent, [one]) for one in photos], targets, {})
    assert [[place.name for place in file.places] for file in plan.files] == [["0001.CR3"] * 2, [name] * 2]


def test_names_by_a_template_hold_a_frame_together(card: Path, targets: list[Path]) -> None:
    def naming(frame: CardFrame) -> NewName:
        return NewName(("2024", "06"), "photo" if frame.photo else "film")

    photos = photos_on(card)
    found = [read_card(card, photos)]
    result = offload(plan_offload(found, targets, picks(photos), naming=naming), targets[0].parent / "lock")
    names = set(copies_in(targets[0]))
    assert {"2024/06/photo.JPG", "2024/06/photo.CR3", "2024/06/photo-6.JPG", "2024/06/photo-6.CR3"} <= names
    assert {"2024/06/film.MP4", "2024/06/film.THM", "2024/06/photo-2.xmp"} <= names
    assert Manifest.read(targets[0]).sums.keys() == names
    assert result.missing == 0
    again = plan_offload(found, targets, {}, naming=lambda frame: NewName(("other",), frame.main.path.stem))
    pictures = [
        file
        for file in again.files
        if file.source.path.suffix != ".xmp" and file.source.path.suffix != ".THM"
    ]
    assert all(place.step is Step.KEEP for file in pictures for place in file.places), "by content"


def test_what_belongs_to_a_photo_goes_where_its_copy_lies_under_whatever_name(tmp_path: Path) -> None:
    card, out = tmp_path / "card", tmp_path / "out"
    for letter in "ABC":
        write(card / f"{letter}.JPG", letter.encode() * 3000)
        write(card / f"{letter}.CR3", letter.encode() * 5000)
        if letter == "C":
            write(card / f"{letter}.xmp", b"of C")

    def counted() -> None:
        photos = photos_on(card)
        names = {photo.path: NewName(("day",), f"n{at}") for at, photo in enumerate(photos)}
        plan = plan_offload([read_card(card, photos)], [out], {}, naming=lambda frame: names[frame.main.path])
        assert not offload(plan, tmp_path / "lock").missing

    counted()
    for suffix in (".JPG", ".CR3"):
        (card / f"A{suffix}").unlink()  # thrown away in the camera: the others count one less
    (out / "day/n2.xmp").unlink()
    (out / "day/n2.CR3").unlink()
    before = copies_in(out)
    counted()
    assert copies_in(out) == {**before, "day/n2.CR3": b"C" * 5000, "day/n2.xmp": b"of C"}
    counted()
    assert len(copies_in(out)) == 7


def test_what_lies_in_a_bin_is_no_copy(card: Path, targets: list[Path]) -> None:
    for bin_of in (".Trash-1000/files", "$RECYCLE.BIN/S-1-5", "@eaDir"):
        shutil.copytree(card / "DCIM/100CANON", targets[0] / bin_of)
    assert copy_cards([card], targets[:1]).copied == 17
    assert (
        len(
            [path for path in targets[0].iterdir() if path.suffix in (".JPG", ".CR3", ".xmp", ".MP4", ".THM")]
        )
        == 17
    )


def test_links_are_no_copies(card: Path, targets: list[Path]) -> None:
    targets[0].mkdir()
    (targets[0] / "a.JPG").symlink_to(card / "DCIM/100CANON/IMG_0000.JPG")
    os.link(card / "DCIM/100CANON/IMG_0001.JPG", targets[0] / "b.JPG")
    copy_cards([card], targets[:1])
    copy = targets[0] / "IMG_0000.JPG"
    assert copy.read_bytes() == (card / "DCIM/100CANON/IMG_0000.JPG").read_bytes()
    assert not (targets[0] / "IMG_0001.JPG").samefile(card / "DCIM/100CANON/IMG_0001.JPG")
