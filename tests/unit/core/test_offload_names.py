"""Under which names frames are copied: two that are not one never share a name, and none is copied twice."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path, PurePosixPath

import pytest

from core.ingest.scanner import photo_id
from core.naming.names import NewName
from core.offload.cards import Card, CardFile, CardFrame, read_card
from core.offload.carry_out import offload
from core.offload.names import as_on_card
from core.offload.plan import Step, plan_offload
from core.types import Photo, TimeSource
from fixtures.cards import (
    TIME_NS,
    copies_in,
    copy_cards,
    write,
    write_card,
)


def dated(path: Path, minute: int, camera: str = "R5") -> Photo:
    """A photo that a camera dated."""
    when = datetime(2024, 6, 10, 8, minute, 13)
    return Photo(photo_id(path), path, taken_at=when, time_source=TimeSource.EXIF, camera=camera)


def names_of_copies(
    card: Path, out: Path, photos: Sequence[Photo], name: Callable[[CardFrame], NewName] = as_on_card
) -> dict[str, str]:
    """Copies them; returns the new names by the old."""
    plan = plan_offload([read_card(card, photos)], [out], {}, naming=name)
    assert not offload(plan, out.parent / "lock").missing
    folder = PurePosixPath(card.as_posix())
    return {
        PurePosixPath(file.source.path.as_posix()).relative_to(folder).as_posix(): file.places[0].name
        for file in plan.files
    }


@pytest.mark.parametrize("naming", [as_on_card, lambda _frame: NewName((), "IMG_1")])
def test_a_jpeg_never_lies_beside_the_raw_of_another_frame(
    tmp_path: Path, naming: Callable[[CardFrame], NewName]
) -> None:
    card, out = tmp_path / "card", tmp_path / "out"
    jpeg = write(card / "100/IMG_1.JPG", b"jpeg" * 900)
    raw = write(card / "101/IMG_1.CR3", b"raw" * 900)
    film = write(card / "102/IMG_1.MOV", b"film" * 900)
    sidecar = write(card / "103/IMG_1.xmp", b"<x:xmpmeta/>")
    photos = [dated(jpeg, 1), dated(raw, 50), replace(dated(film, 59), is_film=True)]
    copied = names_of_copies(card, out, photos, naming)
    assert len({PurePosixPath(name).stem for name in copied.values()}) == 4, sidecar
    assert names_of_copies(card, out, photos, naming) == copied, "asked again, all of them are known"
    other = tmp_path / "other"
    write(other / "IMG_1.JPG", b"mine" * 700, TIME_NS + 10**12)
    assert "IMG_1" not in {
        PurePosixPath(name).stem for name in names_of_copies(card, other, photos, naming).values()
    }


def test_raws_of_one_card_and_jpegs_of_another_stay_together(tmp_path: Path) -> None:
    card, out = tmp_path / "cards", tmp_path / "out"
    jpeg, raw = write(card / "sd/IMG_1.JPG", b"j" * 900), write(card / "cf/IMG_1.CR3", b"r" * 900)
    photos = [dated(jpeg, 1), dated(raw, 1)]
    assert set(names_of_copies(card, out, photos).values()) == {"IMG_1.JPG", "IMG_1.CR3"}
    later = tmp_path / "one after the other"
    for slot, one in zip(("sd", "cf"), photos, strict=True):
        names_of_copies(card / slot, later, [one])
    assert sorted(copies_in(later)) == ["IMG_1.CR3", "IMG_1.JPG"]
    of_another_camera = [photos[0], dated(raw, 1, "R6")]
    apart = names_of_copies(card, tmp_path / "apart", of_another_camera)
    assert set(apart.values()) == {"IMG_1.JPG", "IMG_1-2.CR3"} or set(apart.values()) == {
        "IMG_1-2.JPG",
        "IMG_1.CR3",
    }


def test_raw_and_jpeg_stay_together_where_only_one_tells_the_number_of_the_body(tmp_path: Path) -> None:
    card = tmp_path / "cards"
    jpeg, raw = write(card / "sd/IMG_1.JPG", b"j" * 900), write(card / "cf/IMG_1.RAF", b"r" * 900)
    numbered = replace(dated(jpeg, 1), camera="0123", camera_name="X-T5")
    photos = [numbered, replace(dated(raw, 1), camera="X-T5", camera_name="X-T5")]
    assert set(names_of_copies(card, tmp_path / "out", photos).values()) == {"IMG_1.JPG", "IMG_1.RAF"}
    photos[1] = replace(photos[1], camera="4567")
    assert len({name.split(".")[0] for name in names_of_copies(card, tmp_path / "2", photos).values()}) == 2


def test_thousands_of_frames_of_one_name_are_planned_in_a_moment(tmp_path: Path) -> None:
    files = [
        CardFile(tmp_path / f"card/{at}/IMG_{at}.JPG", 1000 + at, TIME_NS + at * 10**10) for at in range(3000)
    ]
    frames = [
        CardFrame(replace(dated(file.path, 1), camera=str(file.size_bytes)), file, (file,)) for file in files
    ]
    plan = plan_offload(
        [Card(tmp_path / "card", tuple(frames))],
        [tmp_path / "out"],
        {},
        naming=lambda _frame: NewName((), "A"),
    )
    names = [file.places[0].name for file in plan.files]
    assert names == ["A.JPG", *(f"A-{number}.JPG" for number in range(2, 3001))]


def test_what_lies_in_a_target_under_a_number_is_found_there_again(tmp_path: Path) -> None:
    card, out = tmp_path / "card", tmp_path / "out"
    photos = [
        dated(write(card / f"{at}/IMG_{at}.JPG", bytes([at]) * 900, TIME_NS + at * 10**10), at)
        for at in range(9)
    ]
    copied = names_of_copies(card, out, photos, lambda _frame: NewName((), "A"))
    plan = plan_offload([read_card(card, photos)], [out], {}, naming=lambda _frame: NewName((), "A"))
    assert [file.places[0].name for file in plan.files] == [*copied.values()]
    assert {(file.places[0].step, file.remark) for file in plan.files} == {(Step.KEEP, "")}
    photos.append(dated(write(card / "9/IMG_9.JPG", b"new" * 900, TIME_NS), 9))
    assert names_of_copies(card, out, photos, lambda _frame: NewName((), "A"))["9/IMG_9.JPG"] == "A-10.JPG"


def test_pictures_that_lie_together_on_the_card_keep_their_names(tmp_path: Path) -> None:
    card = tmp_path / "card"
    photos = [dated(write(card / name, name.encode() * 300), 1) for name in ("IMG_1.JPG", "IMG_1.PNG")]
    assert names_of_copies(card, tmp_path / "out", photos) == {
        name: name for name in ("IMG_1.JPG", "IMG_1.PNG")
    }


def test_a_torn_copy_is_passed_by_under_a_number_that_no_raw_has(tmp_path: Path) -> None:
    size = 200_000
    card, out = write_card(tmp_path / "card", frames=1, size=size), tmp_path / "out"
    original = (card / "DCIM/101CANON/IMG_0000.JPG").read_bytes()
    write(out / "IMG_0000.JPG", original[: size // 2] + bytes(len(original) - size // 2))
    write(out / "IMG_0000-2.CR3", b"somebody's")
    assert copy_cards([card], [out]).missing == 0
    assert (out / "IMG_0000-3.JPG").read_bytes() == original
