"""Pictures that are there twice are found whatever was made of them; frames of a burst are not taken for such."""

import tracemalloc
from dataclasses import replace
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from skimage import data

from benchmarks.library.made import WAYS
from core.analysis import layout
from core.analysis.fingerprint import perceptual_hash
from core.analysis.sharpness import SharpnessMap
from core.ingest.thumbnail import small_copy, thumbnail
from core.library.candidates import candidates, mirrored_hashes, turned_hashes
from core.library.drives import volume_of
from core.library.duplicates import Alteration, Duplicate, find_duplicates
from core.library.same_picture import Glimpse, same_picture
from core.persistence.library_rows import KnownFrame
from core.scaling import Pyramid
from core.types import Layout, Photo, PhotoId, Shot, TimeSource
from fixtures.shoots import Picture

MOMENT = datetime(2025, 6, 14, 10, 0, 0)
TOLD = {
    "recompressed to 40": Alteration.SAVED,
    "halved": Alteration.RESIZED,
    "cropped by a tenth": Alteration.CROPPED,
    "turned by 3 degrees": Alteration.TURNED,
    "turned by 90 degrees": Alteration.TURNED,
    "a stop brighter": Alteration.TONED,
    "grey": Alteration.DECOLOURED,
    "mirrored": Alteration.MIRRORED,
    "mirrored and cropped": Alteration.MIRRORED,
    "that, halved and a stop brighter": Alteration.MIRRORED,
}


@lru_cache(maxsize=16)
def photograph(number: int) -> Picture:
    """One of four public-domain photographs, at the size of a small camera's."""
    shipped: list[Any] = [data.astronaut, data.coffee, data.chelsea, data.rocket]
    picture = Image.fromarray(shipped[number % 4]())
    width = 1000
    return np.asarray(
        picture.resize((width, width * picture.height // picture.width), Image.Resampling.LANCZOS)
    )


def with_somebody(picture: Picture, left: int) -> Picture:
    """The same view while somebody walks through it."""
    changed = picture.copy()
    changed[180:480, left : left + 120] = (40, 60, 140)
    changed[120:180, left + 30 : left + 90] = (220, 180, 150)
    return changed


class Shelf:
    """Frames of a library, with what is kept of their pictures."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.frames: list[KnownFrame] = []
        self._glimpses: dict[int, Glimpse] = {}
        self._heads: list[Any] = []

    def put(self, name: str, picture: Picture, written: bytes = b"", **facts: Any) -> KnownFrame:
        path = self._folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(written or name.encode())
        number = len(self.frames) + 1
        height, width = picture.shape[:2]
        given = {"width": width, "height": height, "size_bytes": path.stat().st_size, **facts}
        photo = Photo(PhotoId(name), path, **given)
        small = small_copy(picture)
        frame = KnownFrame(
            number, photo, path.parent, volume_of(path.parent), width, height, 0.0, perceptual_hash(small), 0
        )
        self.frames.append(frame)
        corners = layout.measure(small, SharpnessMap(Pyramid(picture)))
        self._glimpses[number] = Glimpse(corners, width, height, thumbnail(picture))
        tiny = np.asarray(Image.fromarray(picture).convert("L").resize((8, 8)), np.float32)
        grey = (tiny + tiny[:, ::-1]).ravel()  # an embedder hardly sees which side is left
        grey -= grey.mean()
        self._heads.append(grey / max(float(np.linalg.norm(grey)), 1e-9))
        return frame

    def glimpse(self, frame: KnownFrame) -> Glimpse:
        return self._glimpses[frame.number]

    def lose_corners(self) -> None:
        self._glimpses = {
            number: Glimpse(Layout(), each.width, each.height, each.small)
            for number, each in self._glimpses.items()
        }

    def duplicates(self) -> list[tuple[Duplicate, ...]]:
        numbers = np.array([frame.number for frame in self.frames], np.int64)
        return find_duplicates(self.frames, np.stack(self._heads).astype(np.float32), numbers, self.glimpse)

    def names(self) -> list[list[str]]:
        return [[each.frame.photo.path.name for each in members] for members in self.duplicates()]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


DATED: dict[str, Any] = {"taken_at": MOMENT, "time_source": TimeSource.EXIF, "camera_name": "Testcam"}


def test_whatever_was_made_of_a_picture_it_is_found_and_said(shelf: Shelf) -> None:
    picture = photograph(1)
    shelf.put("shoot/DSC_0001.JPG", picture, **DATED)
    shelf.put("shoot/DSC_0002.JPG", photograph(2), **{**DATED, "taken_at": MOMENT.replace(minute=3)})
    for number, way in enumerate(WAYS):
        shelf.put(
            f"{'web' if number < 8 else way}/{number}.jpg",
            np.asarray(WAYS[way](Image.fromarray(picture)).convert("RGB")),
        )
    (members,) = shelf.duplicates()
    assert members[0].frame.photo.path.name == "DSC_0001.JPG"
    changes = {each.frame.photo.path.stem: each.changes for each in members[1:]}
    assert set(changes) == {str(number) for number in range(len(WAYS))}
    for number, way in enumerate(WAYS):
        assert TOLD[way] in changes[str(number)], way


def test_frames_of_a_burst_are_no_duplicates(shelf: Shelf) -> None:
    """Though nothing moved between two of them, as on a tripod."""
    view = photograph(3)
    for number, picture in enumerate((view, view, with_somebody(view, 300), with_somebody(view, 420))):
        facts = {**DATED, "taken_at": MOMENT.replace(microsecond=200_000 * number)}
        shelf.put(f"shoot/DSC_000{number}.JPG", picture, **facts)
    shelf.put("shoot/DSC_0004.JPG", view, **DATED)  # of the same second, by a camera that tells no fractions
    assert shelf.names() == []


def test_who_moved_is_seen_in_the_pixels_alone(shelf: Shelf) -> None:
    view = photograph(3)
    one, other = (shelf.put(f"{left}.jpg", with_somebody(view, left)) for left in (300, 420))
    again = shelf.put("again.jpg", with_somebody(view, 300))
    assert same_picture(shelf.glimpse(one), shelf.glimpse(other)) is None
    assert same_picture(shelf.glimpse(one), shelf.glimpse(again)) is not None


def test_edits_beside_their_photo_are_told_from_the_next_frame_without_any_date(shelf: Shelf) -> None:
    """A curve makes one of the other; the next frame lies a fraction of a pixel aside, as hands do."""
    picture = Image.fromarray(photograph(1))
    next_frame = picture.transform(
        picture.size, Image.Transform.AFFINE, (1, 0, 0.6, 0, 1, 0.3), Image.Resampling.BICUBIC
    )
    shelf.put("all/one.jpg", np.asarray(picture), b"one")
    shelf.put("all/two.jpg", np.asarray(next_frame), b"two")
    for way in ("a stop brighter", "grey", "recompressed to 40", "mirrored"):
        shelf.put(f"all/{way}.jpg", np.asarray(WAYS[way](picture).convert("RGB")), way.encode())
    (members,) = shelf.duplicates()
    found = {each.frame.photo.path.stem for each in members}
    assert found == {"one", "a stop brighter", "grey", "recompressed to 40", "mirrored"}


@pytest.mark.parametrize(
    "turn", [Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_180, Image.Transpose.TRANSPOSE]
)
def test_turned_and_mirrored_pictures_are_told_with_other_tones_too(
    shelf: Shelf, turn: Image.Transpose
) -> None:
    picture = Image.fromarray(photograph(2))
    one = shelf.put("one.jpg", photograph(2))
    bright = WAYS["a stop brighter"](picture).transpose(turn).reduce(2)
    other = shelf.put("other.jpg", np.asarray(bright.convert("RGB")))
    for first, second in ((one, other), (other, one)):
        same = same_picture(shelf.glimpse(first), shelf.glimpse(second))
        assert same is not None
        assert same.mirrored == (turn is Image.Transpose.TRANSPOSE)
        assert abs(same.turn) in (90, 180)
        assert same.tone


def test_without_corners_what_is_there_as_a_whole_is_found(shelf: Shelf) -> None:
    """As after an update, before a shoot is opened again: thumbnails are kept, corners are of another kind."""
    picture = Image.fromarray(photograph(0))
    shelf.put("shoot/DSC_0001.JPG", photograph(0), **DATED)
    shelf.put("web/bright.jpg", np.asarray(WAYS["a stop brighter"](picture).convert("RGB")))
    shelf.put("web/other.jpg", photograph(1))
    shelf.lose_corners()
    assert shelf.names() == [["DSC_0001.JPG", "bright.jpg"]]


def test_a_copy_without_a_date_goes_to_its_own_frame_of_the_burst(shelf: Shelf) -> None:
    view = photograph(5)
    pictures = [with_somebody(view, left) for left in (300, 310, 320)]
    for number, picture in enumerate(pictures):
        facts = {**DATED, "taken_at": MOMENT.replace(second=number)}
        shelf.put(f"shoot/DSC_000{number}.JPG", picture, **facts)
    shelf.put("web/sent.jpg", np.asarray(Image.fromarray(pictures[1]).reduce(2)))
    assert shelf.names() == [["DSC_0001.JPG", "sent.jpg"]]


def test_copies_of_a_burst_in_another_folder_are_paired_frame_by_frame(shelf: Shelf) -> None:
    view = photograph(6)
    for number in range(3):
        for folder in ("shoot", "backup"):
            shelf.put(
                f"{folder}/DSC_000{number}.JPG",
                view,
                b"frame %d" % number,
                **DATED,
                content=f"digest {number}",
            )
    assert shelf.names() == [[f"DSC_000{number}.JPG"] * 2 for number in range(3)]
    assert all(members[1].changes == (Alteration.NOTHING,) for members in shelf.duplicates())


def test_a_copy_that_rotted_is_not_called_the_same_file(shelf: Shelf) -> None:
    picture = photograph(7)
    shelf.put("shoot/DSC_0001.JPG", picture, b"same head, sound", **DATED, content="digest")
    shelf.put("backup/DSC_0001.JPG", picture, b"same head, wrong", **DATED, content="digest")
    (members,) = shelf.duplicates()
    assert members[1].changes == (Alteration.SAVED,)


def test_first_stands_what_has_most_left_of_the_original(shelf: Shelf) -> None:
    picture = photograph(8)
    half = np.asarray(Image.fromarray(picture).reduce(2))
    shelf.put("a/sent (1).jpg", picture)
    shelf.put("b/half.jpg", half, **DATED)
    best = shelf.put("c/IMG_0042.JPG", picture, b"x" * 50, **DATED, shot=Shot(lens="EF 50mm"))
    worse = shelf.put("d/IMG_0042.JPG", picture, b"x" * 60, **DATED, shot=Shot(lens="EF 50mm"))
    shelf.frames[-1] = replace(worse, compression=12.0)
    assert [each.frame.photo.path.parent.name for each in shelf.duplicates()[0]] == ["c", "d", "a", "b"]
    assert shelf.duplicates()[0][0].frame == best


def test_what_is_gone_is_no_duplicate_and_pictures_without_corners_are_compared_by_bytes(
    shelf: Shelf,
) -> None:
    picture = photograph(9)
    gone = shelf.put("a/one.jpg", picture)
    shelf.put("b/two.jpg", picture)
    gone.photo.path.unlink()
    assert shelf.names() == []
    flat = np.full((400, 600, 3), 120, np.uint8)
    shelf.put("c/flat.jpg", flat, b"flat", content="flat")
    shelf.put("d/flat too.jpg", flat, b"flat", content="flat")
    shelf.put("e/flat as well.jpg", flat, b"else", content="else")
    assert shelf.names() == [["flat.jpg", "flat too.jpg"]]


def test_hashes_of_turned_pictures_are_told_without_them() -> None:
    picture = small_copy(photograph(10))
    own = np.array([perceptual_hash(picture)], np.uint64)
    told, mirrored = turned_hashes(own), mirrored_hashes(own)
    for quarter, hashes in zip((1, 2, 3), told, strict=True):
        turned = perceptual_hash(np.ascontiguousarray(np.rot90(picture, quarter)))
        assert min((int(each[0]) ^ turned).bit_count() for each in told) <= 10
        flipped = perceptual_hash(np.ascontiguousarray(np.rot90(picture[:, ::-1], quarter)))
        assert min((int(each[0]) ^ flipped).bit_count() for each in mirrored) <= 10
        assert (int(hashes[0]) ^ perceptual_hash(picture)).bit_count() > 10


def test_a_long_time_lapse_does_not_fill_the_memory(tmp_path: Path) -> None:
    view = KnownFrame(0, Photo(PhotoId("lapse"), tmp_path), tmp_path, tmp_path, 6000, 4000, 0.0, 0, 0)
    dated = Photo(
        PhotoId("lapse"),
        tmp_path / "IMG_0000.JPG",
        time_source=TimeSource.EXIF,
        camera="One",
        width=6000,
        height=4000,
    )
    frames = [
        replace(
            view,
            number=number,
            photo=replace(
                dated, path=tmp_path / f"IMG_{number:04}.JPG", taken_at=MOMENT + timedelta(seconds=number)
            ),
        )
        for number in range(400)
    ]
    tracemalloc.start()
    try:
        found = list(candidates(frames, np.empty((0, 0), np.float32), np.empty(0, np.int64)))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert not found  # frames of other moments are no copies of each other, however alike
    assert most < 16 * len(frames) ** 2  # bytes: less than a pair of numbers for each pair of frames
