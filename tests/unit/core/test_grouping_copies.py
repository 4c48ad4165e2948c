"""Copies far from their original are found, and told from frames that only look alike."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image

from core.grouping.evidence import Alignments
from core.grouping.group import Grouper
from core.types import Photo, PhotoId
from fixtures.frames import look, photo
from fixtures.measured import measured
from fixtures.shoots import Picture, blurred, scene, shifted

VIEW = scene(11)


def copies(
    photos: Sequence[Photo], pictures: Sequence[Picture], looks: Sequence[np.ndarray]
) -> dict[str, str]:
    analyses = {
        frame.id: measured(frame.id, picture, vector)
        for frame, picture, vector in zip(photos, pictures, looks, strict=True)
    }
    found = Grouper(photos, analyses, Alignments()).copies()
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
