"""Frames are in order of the time that really went by, whatever the clocks on the wall showed."""

import itertools
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from hypothesis import example, given
from hypothesis import strategies as st

from core.grouping.clocks import with_clocks
from core.grouping.time_gaps import gap_seconds, span_of
from core.ingest.pairing import in_order
from core.types import Photo, PhotoId, TimeSource
from fixtures.openings import shown
from fixtures.shoots import scene, write_photo
from ui.marks.photo_words import time_taken

TURNED_BACK = datetime(2024, 10, 27, 1)  # UTC: the clocks of Europe go from 3:00 back to 2:00
SUMMER, WINTER = 120, 60


def shot(name: str, utc: datetime, offset: int, *, tells: bool = True, camera: str = "phone") -> Photo:
    """A photo of a camera whose clock was so many minutes ahead, whether it tells that or not."""
    return Photo(
        PhotoId(name),
        Path("/shoot") / f"{name}.jpg",
        taken_at=utc + timedelta(minutes=offset),
        time_source=TimeSource.EXIF,
        utc_offset_minutes=offset if tells else None,
        camera=camera,
        camera_name=camera,
    )


def phone(minutes: float, name: str = "", *, tells: bool = True, camera: str = "phone") -> Photo:
    """A photo so many minutes after the clocks were turned back, by a clock that turns itself."""
    utc = TURNED_BACK + timedelta(minutes=minutes)
    offset = SUMMER if utc < TURNED_BACK else WINTER
    return shot(name or f"{camera}{minutes:+}", utc, offset, tells=tells, camera=camera)


def names(photos: list[Photo], clocks: Mapping[str, timedelta | None] | None = None) -> list[str]:
    return [str(photo.id) for photo in in_order(with_clocks(photos, clocks or {}))]


def test_frames_of_the_hour_that_comes_twice_do_not_interleave() -> None:
    frames = [phone(minutes) for minutes in (-50, -40, -20, 5, 15, 35)]
    assert names(frames[::-1]) == [str(photo.id) for photo in frames]
    set_right = in_order(with_clocks(frames, {}))
    assert [gap_seconds(*pair) for pair in itertools.pairwise(set_right)] == [600, 1200, 1500, 600, 1200]


def test_what_is_shown_is_the_clock_on_the_wall() -> None:
    before, after = in_order(with_clocks([phone(10), phone(-10)], {}))
    assert span_of([after, before]) == (datetime(2024, 10, 27, 2, 50), datetime(2024, 10, 27, 2, 10))
    assert time_taken(before) == "2024-10-27 02:50:00 (UTC+2)"
    assert time_taken(after) == "2024-10-27 02:10:00"


def test_a_photo_without_an_offset_goes_with_its_neighbours_of_the_same_camera() -> None:
    frames = [phone(-90), phone(-85, tells=False), phone(-50), phone(70), phone(75, tells=False), phone(80)]
    assert names(frames[::-1]) == [str(photo.id) for photo in frames]


def test_cameras_of_several_zones_are_in_order_of_real_time() -> None:
    noon = datetime(2025, 6, 14, 10)
    frames = [
        shot(f"{camera}{minute:02}", noon + timedelta(minutes=minute), offset, camera=camera)
        for minute, (camera, offset) in enumerate(
            [("at home", 540), ("here", 120), ("here", 120), ("at home", 540)]
        )
    ]
    assert names(frames[::-1]) == [str(photo.id) for photo in frames]


def test_a_camera_that_tells_no_offset_stays_beside_those_around_it_by_the_wall() -> None:
    summer, winter = datetime(2024, 7, 1, 10), datetime(2024, 12, 1, 10)
    frames = [
        shot("a", summer, SUMMER),
        shot("b", summer + timedelta(minutes=5), SUMMER, tells=False, camera="old"),
        shot("c", summer + timedelta(minutes=10), SUMMER),
        shot("d", winter, WINTER),
        shot("e", winter + timedelta(minutes=5), WINTER, tells=False, camera="old"),
        shot("f", winter + timedelta(minutes=10), WINTER),
    ]
    assert names(frames[::-1]) == list("abcdef")


def test_clocks_that_were_set_against_each_other_stay_so_through_the_hour_that_comes_twice() -> None:
    """The second camera is nine hours ahead by the wall, says so, and turns its clock at the same moment."""
    clocks = {"phone": timedelta(0), "second": timedelta(hours=-9)}
    frames: list[Photo] = []
    for minutes in (-40, -20, 10, 30):
        frames.append(phone(minutes))
        other = phone(minutes + 1, camera="second")
        assert other.taken_at is not None
        assert other.utc_offset_minutes is not None
        ahead = other.utc_offset_minutes + 540
        frames.append(replace(other, taken_at=other.taken_at + timedelta(hours=9), utc_offset_minutes=ahead))
    assert names(frames[::-1], clocks) == [str(photo.id) for photo in frames]
    set_right = in_order(with_clocks(frames, clocks))
    assert gap_seconds(set_right[0], set_right[1]) == 60
    # And as well where the second one was set without its saying where it is.
    silent = [replace(p, utc_offset_minutes=None) if p.camera == "second" else p for p in frames]
    assert names(silent[::-1], clocks) == [str(photo.id) for photo in frames]


def test_without_any_offset_the_wall_counts() -> None:
    frames = [phone(-20, tells=False), phone(10, tells=False)]
    assert names(frames) == ["phone+10", "phone-20"]  # 2:10 comes before 2:40, for nothing says otherwise


def test_dates_of_files_are_real_times_too() -> None:
    def of_file(minutes: float) -> Photo:
        return replace(phone(minutes, camera="saved"), time_source=TimeSource.FILE)

    frames = [of_file(-20), of_file(10)]
    assert names(frames[::-1]) == [str(photo.id) for photo in frames]
    assert names([phone(15), *frames, phone(-30)]) == ["phone-30", "saved-20", "saved+10", "phone+15"]


def test_a_folder_of_the_night_summer_ends_is_shown_in_order_of_real_time(tmp_path: Path) -> None:
    wall = datetime(2024, 10, 27, 2)
    for name, minute, offset in (
        ("a", 10, "+02:00"),
        ("b", 50, "+02:00"),
        ("c", 5, "+01:00"),
        ("d", 45, "+01:00"),
    ):
        write_photo(
            tmp_path / f"{name}.jpg", scene(1, (96, 64)), wall + timedelta(minutes=minute), offset=offset
        )
    write_photo(tmp_path / "e.jpg", scene(1, (96, 64)), wall + timedelta(minutes=46))
    shoot = shown(tmp_path)
    assert [photo.path.name for photo in shoot.photos.values()] == [
        "a.jpg",
        "b.jpg",
        "c.jpg",
        "d.jpg",
        "e.jpg",
    ]
    (scene_shown, *_), last = shoot.scenes.values(), list(shoot.scenes.values())[-1]
    assert scene_shown.starts_at == wall + timedelta(minutes=10)
    assert last.ends_at == wall + timedelta(minutes=46)


@example(
    [(0, None, "a", False), (225, 60, "a", True), (0, 60, "a", False), (495, -210, "a", True)],
    Random(1),
)
@given(
    st.lists(
        st.tuples(
            st.integers(-3000, 3000),
            st.sampled_from([None, 60, 120, 540, -210]),
            st.sampled_from("abc"),
            st.booleans(),
        ),
        max_size=12,
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_does_not_depend_on_the_order_things_were_read_in(
    said: list[tuple[int, int | None, str, bool]], chance: object
) -> None:
    frames = [
        replace(
            shot(f"{number:02}", TURNED_BACK + timedelta(minutes=minutes), offset or 0, camera=camera),
            utc_offset_minutes=offset,
            time_source=TimeSource.EXIF if is_exif else TimeSource.FILE,
        )
        for number, (minutes, offset, camera, is_exif) in enumerate(said)
    ]
    clocks: dict[str, timedelta | None] = {"a": timedelta(0), "b": timedelta(hours=-7)}
    shuffled = list(frames)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert names(shuffled, clocks) == names(frames, clocks)
    ordered = in_order(with_clocks(frames, clocks))
    instants = [photo.instant for photo in ordered if photo.instant is not None]
    assert instants == sorted(instants)
    real = [
        p.taken_at - timedelta(minutes=p.utc_offset_minutes)
        for p in ordered
        if p.clock_shift is None and p.utc_offset_minutes is not None and p.zone is not None and p.taken_at
    ]
    assert real == sorted(real)
