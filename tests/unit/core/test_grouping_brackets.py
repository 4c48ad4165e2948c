"""Brackets belong together and are never culled to one frame: so nothing is called one without hard evidence."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageFilter

from core.grouping.group import Grouping, group
from core.grouping.words import grounds_in_words
from core.settings import GroupingRules
from core.types import Box, ClusterKind, Face, Photo, Shot
from fixtures.frames import look, photo
from fixtures.measured import measured, window
from fixtures.shoots import Picture, blurred, scene

VIEW = scene(7)


def grouped(
    photos: Sequence[Photo],
    pictures: Sequence[Picture],
    wobble: float = 0.1,
    face_at: Sequence[float] = (),
) -> Grouping:
    """Groups frames; ``face_at`` says how far from the left there is a face in each, where there is any."""
    analyses = {
        frame.id: measured(frame.id, picture, look(1, wobble, seed=index))
        for index, (frame, picture) in enumerate(zip(photos, pictures, strict=True))
    }
    for frame, left in zip(photos, face_at, strict=False):
        face = Face(Box(left, 0.3, 0.1, 0.15), 0.95)
        analyses[frame.id] = replace(analyses[frame.id], faces=(face,))
    return group(photos, analyses, GroupingRules())


def exposed(stops: float) -> Picture:
    picture: Picture = np.clip(VIEW.astype(np.float32) * 2 ** (stops / 2.2), 0, 255).astype(np.uint8)
    return picture


def focused(share: float, width: float = 0.35) -> Picture:
    """Sharp around ``share`` of the way from left to right, soft elsewhere."""
    soft = np.asarray(Image.fromarray(VIEW).filter(ImageFilter.GaussianBlur(4)), np.float32)
    across = np.abs(np.linspace(0, 1, VIEW.shape[1]) - share) / width
    keep = np.clip(1 - across, 0, 1)[None, :, None]
    return (VIEW * keep + soft * (1 - keep)).astype(np.uint8)


def kinds(grouping: Grouping) -> list[ClusterKind]:
    return [cluster.kind for cluster in grouping.clusters]


@pytest.mark.parametrize("written", [True, False])
def test_steps_of_light_on_a_tripod_are_a_bracket_whether_written_or_not(written: bool) -> None:
    photos = []
    for index in range(4):
        shot = Shot(exposure_time=2.0 ** (index - 6) if written else None, iso=100 if written else None)
        photos.append(replace(photo(f"{index}", index * 4.0), shot=shot))
    grouping = grouped(photos, [exposed(index - 2) for index in range(4)])
    assert kinds(grouping) == [ClusterKind.BRACKET]
    assert grounds_in_words(grouping.clusters[0]).startswith("exposure bracket: 4 frames in 12.0 s")


def test_level_brightness_at_changing_shutter_times_is_an_automatic_exposure_not_a_bracket() -> None:
    photos = [
        replace(photo(f"{index}", index * 1.0), shot=Shot(exposure_time=2.0 ** (index - 8), iso=100))
        for index in range(4)
    ]
    assert kinds(grouped(photos, [VIEW] * 4)) == [ClusterKind.BURST]


def test_focus_wandering_through_the_picture_is_a_focus_stack() -> None:
    photos = [photo(f"{index}", index * 2.0) for index in range(5)]
    grouping = grouped(photos, [focused(index / 4) for index in range(5)])
    assert kinds(grouping) == [ClusterKind.BRACKET]
    assert grounds_in_words(grouping.clusters[0]).startswith("focus stack: 5 frames")


def test_frames_soft_by_chance_are_no_focus_stack() -> None:
    soft = np.asarray(Image.fromarray(VIEW).filter(ImageFilter.GaussianBlur(3)))
    photos = [photo(f"{index}", index * 0.5) for index in range(5)]
    assert kinds(grouped(photos, [VIEW, soft, VIEW, soft, VIEW])) == [ClusterKind.BURST]


def test_a_burst_that_comes_into_focus_and_goes_out_of_it_again_is_no_focus_stack() -> None:
    photos = [photo(f"{index}", index * 0.3) for index in range(4)]
    soft = [blurred(VIEW, radius) if radius else VIEW for radius in (3, 0, 0, 2)]
    assert kinds(grouped(photos, soft)) == [ClusterKind.BURST]


def moved(picture: Picture, pixels: int) -> Picture:
    """What a hand does between two frames."""
    return np.ascontiguousarray(np.roll(picture, pixels, axis=1)[:, 40:-40])


@pytest.mark.parametrize("pixels", [0, 24])
def test_two_frames_focused_near_and_far_are_a_burst_from_the_hand_as_from_a_tripod(pixels: int) -> None:
    photos = [photo(f"{index}", index * 1.5) for index in range(2)]
    pictures = [moved(focused(0.15, 0.6), 0), moved(focused(0.85, 0.6), pixels)]
    assert kinds(grouped(photos, pictures)) == [ClusterKind.BURST]


def test_focus_that_wanders_through_frames_from_the_hand_is_no_focus_stack() -> None:
    photos = [photo(f"{index}", index * 2.0) for index in range(5)]
    pictures = [moved(focused(index / 4), 24 * (index % 2)) for index in range(5)]
    assert kinds(grouped(photos, pictures)) == [ClusterKind.BURST]


def test_focus_that_goes_to_and_fro_between_two_places_is_no_focus_stack() -> None:
    photos = [photo(f"{index}", index * 2.0) for index in range(4)]
    assert kinds(grouped(photos, [focused(share) for share in (0, 1, 0, 1)])) == [ClusterKind.BURST]


@pytest.mark.parametrize(("step", "kind"), [(0.0, ClusterKind.BRACKET), (0.03, ClusterKind.BURST)])
def test_people_who_move_before_a_tripod_are_no_focus_stack(step: float, kind: ClusterKind) -> None:
    photos = [photo(f"{index}", index * 2.0) for index in range(5)]
    pictures = [focused(index / 4) for index in range(5)]
    assert kinds(grouped(photos, pictures, face_at=[0.4 + step * index for index in range(5)])) == [kind]


@pytest.mark.parametrize(("step", "kind"), [(0.0, ClusterKind.BRACKET), (0.03, ClusterKind.BURST)])
def test_people_who_move_while_the_light_changes_are_no_exposure_bracket(
    step: float, kind: ClusterKind
) -> None:
    photos = [photo(f"{index}", index * 4.0) for index in range(4)]
    pictures = [exposed(index - 2) for index in range(4)]
    assert kinds(grouped(photos, pictures, face_at=[0.4 + step * index for index in range(4)])) == [kind]


def test_the_cameras_word_makes_a_bracket_even_of_people_who_move() -> None:
    photos = [replace(photo(f"{i}", i * 0.3), shot=Shot(auto_bracket=True)) for i in range(3)]
    assert kinds(grouped(photos, [VIEW] * 3, face_at=(0.2, 0.3, 0.4))) == [ClusterKind.BRACKET]


def test_a_pair_the_camera_says_it_shifted_its_focus_in_is_a_focus_stack() -> None:
    photos = [replace(photo(f"{i}", i * 0.3), shot=Shot(focus_bracket=True)) for i in range(2)]
    grouping = grouped(photos, [moved(VIEW, 0), moved(VIEW, 24)])
    assert kinds(grouping) == [ClusterKind.BRACKET]
    assert grounds_in_words(grouping.clusters[0]).startswith("focus stack: 2 frames")


def test_two_frames_from_the_hand_of_which_one_is_shaken_are_a_burst() -> None:
    photos = [photo(f"{index}", index * 1.5) for index in range(2)]
    assert kinds(grouped(photos, [moved(VIEW, 0), moved(blurred(VIEW, 3), 24)])) == [ClusterKind.BURST]


def test_a_subject_that_moved_before_a_soft_background_is_no_focus_stack() -> None:
    def with_subject(at: int) -> Picture:
        picture = blurred(VIEW, 3).copy()
        picture[200:480, at : at + 220] = scene(8)[200:480, 300:520]
        return picture

    photos = [photo(f"{index}", index * 0.3) for index in range(2)]
    pictures = [moved(with_subject(150), 0), moved(with_subject(560), 20)]
    assert kinds(grouped(photos, pictures)) == [ClusterKind.BURST]


def test_a_bias_that_is_not_written_is_none_dialled_in() -> None:
    photos = [
        photo(f"{index}", index * 0.5, exposure_bias=bias) for index, bias in enumerate((-2.0, None, 2.0))
    ]
    assert kinds(grouped(photos, [exposed(stops) for stops in (-2, 0, 2)])) == [ClusterKind.BRACKET]


@pytest.mark.parametrize(
    ("pixels", "kind"), [(0, ClusterKind.BRACKET), (24, ClusterKind.BURST)], ids=["tripod", "hand"]
)
def test_steps_dialled_one_after_the_other_are_a_bracket_only_on_a_tripod(
    pixels: int, kind: ClusterKind
) -> None:
    photos = [photo(f"{i}", i * 5.0, exposure_bias=bias) for i, bias in enumerate((0.0, 0.7, 1.3))]
    pictures = [moved(exposed(stops), pixels * (i % 2)) for i, stops in enumerate((0.0, 0.2, 0.4))]
    assert kinds(grouped(photos, pictures)) == [kind]


def test_uneven_steps_are_corrections_and_no_bracket() -> None:
    photos = [photo(f"{i}", i * 0.5, exposure_bias=bias) for i, bias in enumerate((0.0, 0.3, 1.7))]
    assert kinds(grouped(photos, [VIEW] * 3)) == [ClusterKind.BURST]


def test_even_steps_to_one_side_are_a_panorama_though_the_ends_share_nothing() -> None:
    wide = scene(9, (2880, 640))
    photos = [photo(f"{index}", index * 2.0) for index in range(5)]
    grouping = grouped(photos, [window(wide, 480 * index, 960) for index in range(5)], wobble=0.4)
    assert kinds(grouping) == [ClusterKind.BRACKET]
    assert grounds_in_words(grouping.clusters[0]) == "panorama: 5 frames in 8.0 s"


def test_a_camera_that_follows_somebody_makes_no_panorama() -> None:
    wide = scene(9, (2880, 640))
    photos = [photo(f"{index}", index * 2.0) for index in range(5)]
    pictures = [window(wide, 480 * index, 960) for index in range(5)]
    grouping = grouped(photos, pictures, wobble=0.4, face_at=(0.4, 0.42, 0.45, 0.41, 0.4))
    assert ClusterKind.BRACKET not in kinds(grouping)


def test_a_camera_that_is_swept_along_at_full_speed_makes_no_panorama() -> None:
    wide = scene(9, (2880, 640))
    photos = [photo(f"{index}", index * 0.2) for index in range(5)]
    pictures = [window(wide, 480 * index, 960) for index in range(5)]
    assert ClusterKind.BRACKET not in kinds(grouped(photos, pictures, wobble=0.4))


def test_a_camera_that_turns_to_and_fro_makes_no_panorama() -> None:
    wide = scene(9, (2880, 640))
    photos = [photo(f"{index}", index * 2.0) for index in range(5)]
    pictures = [window(wide, 480 * (index % 2), 960) for index in range(5)]
    assert ClusterKind.BRACKET not in kinds(grouped(photos, pictures, wobble=0.4))


def test_a_bracket_is_cut_out_of_the_burst_around_it() -> None:
    biases = (0.0, 0.0, 0.0, -2.0, 2.0, 0.0)
    photos = [photo(f"{i}", i * 0.3, exposure_bias=bias) for i, bias in enumerate(biases)]
    grouping = grouped(photos, [VIEW] * 6)
    assert [(c.kind, len(c.photo_ids)) for c in grouping.clusters] == [
        (ClusterKind.BURST, 2),
        (ClusterKind.BRACKET, 3),
        (ClusterKind.SINGLE, 1),
    ]


def test_what_the_camera_marks_as_bracketed_is_believed() -> None:
    photos = [replace(photo(f"{i}", i * 0.3), shot=Shot(auto_bracket=True)) for i in range(3)]
    assert kinds(grouped(photos, [VIEW] * 3)) == [ClusterKind.BRACKET]


def test_frames_minutes_apart_are_no_bracket_whatever_their_bias() -> None:
    photos = [photo(f"{i}", i * 40.0, exposure_bias=float(i)) for i in range(3)]
    assert ClusterKind.BRACKET not in kinds(grouped(photos, [VIEW] * 3))
