"""Copies far from their original are found, and told from frames that only look alike."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from core.analysis.fingerprint import perceptual_hash
from core.grouping.evidence import Alignments
from core.grouping.geometry import Alignment
from core.grouping.group import Grouper
from core.types import Analysis, Photo, PhotoId
from fixtures.frames import look, photo
from fixtures.measured import measured
from fixtures.shoots import Picture, blurred, scene, shifted

VIEW = scene(11)


class Counted(Alignments):
    """Writes down which frames were laid over each other."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[frozenset[PhotoId]] = []

    def between(self, one: Analysis, other: Analysis) -> Alignment | None:
        self.asked.append(frozenset((one.photo_id, other.photo_id)))
        return super().between(one, other)


def copies(
    photos: Sequence[Photo],
    pictures: Sequence[Picture],
    looks: Sequence[np.ndarray],
    alignments: Alignments | None = None,
) -> dict[str, str]:
    analyses = {
        frame.id: replace(measured(frame.id, picture, vector), phash=perceptual_hash(picture))
        for frame, picture, vector in zip(photos, pictures, looks, strict=True)
    }
    found = Grouper(photos, analyses, Alignments() if alignments is None else alignments).copies()
    return {str(copy): str(original) for copy, original in found.items()}


def export(name: str, *, dated: bool = True, days: float = 0.0) -> Photo:
    """A file in another folder, smaller than the original, with or without the camera's time."""
    made = photo(name, days * 86_400 if dated else None)
    return replace(made, path=Path("/shoot/web") / f"{name}.jpg", size_bytes=100)


def original(name: str, seconds: float = 0.0) -> Photo:
    return replace(photo(name, seconds), size_bytes=1_000)


def smaller(picture: Picture) -> Picture:
    return np.asarray(Image.fromarray(picture).resize((480, 320), Image.Resampling.LANCZOS))


def test_an_export_in_another_folder_is_a_copy_of_the_larger_file() -> None:
    photos = [export("web"), original("raw"), original("other", 900)]
    pictures = [smaller(VIEW), VIEW, scene(12)]
    assert copies(photos, pictures, [look(1, 0.05), look(1), look(2)]) == {"web": "raw"}


def test_a_crop_without_any_date_is_a_copy_of_the_one_with_the_cameras_time() -> None:
    photos = [original("raw"), export("crop", dated=False), original("other", 900)]
    plain = blurred(VIEW, 2)  # without the fine noise, which no crop of a real photo looks like either
    pictures = [plain, np.ascontiguousarray(plain[40:600, 60:900]), scene(12)]
    assert copies(photos, pictures, [look(1), look(1, 0.15), look(2)]) == {"crop": "raw"}


def test_the_crop_of_an_export_is_a_copy_of_the_original() -> None:
    """The crop is most like the export it was made of; both lead to what the camera wrote."""
    web, crop = export("web"), replace(export("crop"), path=Path("/shoot/crops/crop.jpg"), size_bytes=50)
    plain = blurred(VIEW, 2)
    small = smaller(plain)
    pictures = [plain, small, np.ascontiguousarray(small[20:300, 30:450])]
    found = copies([original("raw"), web, crop], pictures, [look(1), look(1, 0.02), look(1, 0.15)])
    assert found == {"web": "raw", "crop": "raw"}


@pytest.fixture
def huge(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any shoot is one in which not every photo can be compared with all others."""
    monkeypatch.setattr("core.grouping.copies._ALL_PAIRS", 0)


@pytest.mark.usefixtures("huge")
def test_in_a_huge_shoot_copies_without_a_date_are_found_by_their_hashes() -> None:
    photos = [
        original("raw"),
        export("web", dated=False),
        original("other", 900),
        export("alone", dated=False),
    ]
    pictures, alignments = [VIEW, smaller(VIEW), scene(12), scene(13)], Counted()
    looks = [look(1), look(1, 0.05), look(2), look(3)]
    assert copies(photos, pictures, looks, alignments) == {"web": "raw"}
    assert alignments.asked == [{"raw", "web"}], "once, though several parts of their hashes agree"


@pytest.mark.usefixtures("huge")
def test_in_a_huge_shoot_a_crop_without_a_date_is_not_looked_for() -> None:
    """Its hash is another; what has a date is still compared with all of its moment."""
    plain = blurred(VIEW, 2)
    crop = np.ascontiguousarray(plain[40:600, 60:900])
    assert (perceptual_hash(plain) ^ perceptual_hash(crop)).bit_count() > 6
    looks = [look(1), look(1, 0.15)]
    assert copies([original("raw"), export("crop", dated=False)], [plain, crop], looks) == {}
    assert copies([original("raw"), export("crop")], [plain, crop], looks) == {"crop": "raw"}


def test_frames_of_a_burst_are_not_copies_of_each_other() -> None:
    photos = [original("a"), original("b", 0.3), original("c", 0.6)]
    pictures = [VIEW, shifted(VIEW, 1), VIEW]
    assert copies(photos, pictures, [look(1)] * 3) == {}


def test_another_day_at_the_same_place_is_no_copy_even_in_another_folder() -> None:
    photos = [original("a"), export("b", days=1)]
    assert copies(photos, [VIEW, VIEW], [look(1), look(1)]) == {}


def test_a_look_alike_that_shows_something_else_is_no_copy() -> None:
    photos = [original("a"), export("b", dated=False)]
    assert copies(photos, [VIEW, scene(13)], [look(1), look(1, 0.05)]) == {}


def test_of_several_copies_each_points_at_the_original() -> None:
    photos = [original("raw"), export("one"), replace(export("two"), path=Path("/shoot/print/two.jpg"))]
    found = copies(photos, [VIEW, smaller(VIEW), smaller(VIEW)], [look(1), look(1, 0.02), look(1, 0.03)])
    assert found == {PhotoId("one"): "raw", PhotoId("two"): "raw"}
