"""Which files become one photo, and the order of the shoot."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ingest.pairing import in_order, pair
from core.ingest.scanner import ScannedFile, photo_id
from core.types import Photo, TimeSource

NOON = datetime(2025, 6, 14, 12)
SHOOT = Path("/shoot").absolute()


def photo(name: str, seconds: float = 0.0, folder: str = "") -> Photo:
    path = SHOOT / folder / name
    return Photo(
        photo_id(path), path, taken_at=NOON + timedelta(seconds=seconds), time_source=TimeSource.EXIF
    )


def paired(*names: str) -> dict[str, list[str]]:
    """Photos that remain, with their companions' names."""
    files = [ScannedFile(SHOOT / name, 1, 0) for name in names]
    photos = [replace(photo(file.path.name), is_film=file.is_film) for file in files]
    return {p.path.name: [c.name for c in p.companions] for p in pair(photos, files)}


def ordered(*photos: Photo) -> list[str]:
    return [p.path.name for p in in_order(photos)]


def test_raw_and_jpeg_are_one_whatever_their_case() -> None:
    assert paired("IMG_1.CR3", "img_1.jpg", "IMG_2.CR3") == {"img_1.jpg": ["IMG_1.CR3"], "IMG_2.CR3": []}


def test_a_live_photo_takes_its_film() -> None:
    assert paired("IMG_1.HEIC", "IMG_1.MOV", "IMG_2.DNG", "IMG_2.MOV") == {
        "IMG_1.HEIC": ["IMG_1.MOV"],
        "IMG_2.DNG": ["IMG_2.MOV"],
    }


def test_of_several_pictures_the_cameras_own_has_the_raw_and_the_other_stays_visible() -> None:
    assert paired("A.JPG", "A.PNG", "A.NEF") == {"A.JPG": ["A.NEF"], "A.PNG": []}
    assert paired("A.HEIC", "A.JPG", "A.NEF") == {"A.HEIC": [], "A.JPG": ["A.NEF"]}
    assert paired("A.HEIC", "A.TIF", "A.NEF") == {"A.HEIC": ["A.NEF"], "A.TIF": []}


PIXEL = "PXL_20240501_100000123"


def test_what_googles_camera_writes_of_one_frame_is_one_photo() -> None:
    assert paired(f"{PIXEL}.RAW-01.COVER.jpg", f"{PIXEL}.RAW-02.ORIGINAL.dng") == {
        f"{PIXEL}.RAW-01.COVER.jpg": [f"{PIXEL}.RAW-02.ORIGINAL.dng"]
    }
    assert paired(f"{PIXEL}.MP.jpg", f"{PIXEL}.dng", f"{PIXEL}.MP") == {
        f"{PIXEL}.MP.jpg": [f"{PIXEL}.dng", f"{PIXEL}.MP"]
    }
    assert paired(f"{PIXEL}.RAW-01.MP.COVER.jpg", f"{PIXEL}.raw-02.original.dng") == {
        f"{PIXEL}.RAW-01.MP.COVER.jpg": [f"{PIXEL}.raw-02.original.dng"]
    }
    several = (f"{PIXEL}.PORTRAIT-01.COVER.jpg", f"{PIXEL}.PORTRAIT-02.ORIGINAL.jpg", f"{PIXEL}.dng")
    assert paired(*several) == {several[0]: [several[2]], several[1]: []}
    other = f"{PIXEL[:-1]}4.dng"
    assert paired(f"{PIXEL}.RAW-01.COVER.jpg", other) == {f"{PIXEL}.RAW-01.COVER.jpg": [], other: []}
    assert paired("A.RAW-01.COVER.jpg", "A.RAW-02.ORIGINAL.dng") == {
        "A.RAW-01.COVER.jpg": [],
        "A.RAW-02.ORIGINAL.dng": [],
    }


def test_a_name_that_tells_the_second_outweighs_the_times() -> None:
    for stem in (PIXEL, "IMG_20240501_100000", "20240501_100000", "IMG20240501100000"):
        assert len(pair([photo(f"{stem}.dng"), photo(f"{stem}.jpg", seconds=4)], [])) == 1
        assert len(pair([photo(f"{stem}.dng"), photo(f"{stem}.jpg", seconds=7200)], [])) == 1
    for seconds, count in ((4, 1), (30, 1), (31, 2), (86_400, 2)):
        assert len(pair([photo("IMG_0001.dng"), photo("IMG_0001.jpg", seconds=seconds)], [])) == count


def test_the_film_of_an_iphone_that_icloud_named_anew_goes_with_its_photo() -> None:
    assert paired("IMG_1.HEIC", "IMG_1_HEVC.MOV") == {"IMG_1.HEIC": ["IMG_1_HEVC.MOV"]}


def test_what_cannot_be_told_stays_visible() -> None:
    assert paired("A.JPG", "A.jpeg", "A.NEF") == {"A.JPG": [], "A.jpeg": [], "A.NEF": []}
    assert paired("A.NEF", "A.DNG") == {"A.NEF": [], "A.DNG": []}


def test_the_same_name_elsewhere_or_at_another_time_is_another_frame() -> None:
    raw = photo("A.NEF")
    assert len(pair([raw, photo("A.JPG", folder="export")], [])) == 2
    assert len(pair([raw, photo("A.JPG", seconds=60)], [])) == 2
    assert len(pair([raw, photo("A.JPG", seconds=1)], [])) == 1
    undated = replace(photo("A.JPG", seconds=60), time_source=TimeSource.FILE)
    assert len(pair([raw, undated], [])) == 1


def test_time_goes_before_name_and_the_undated_come_last() -> None:
    undated = replace(photo("0.jpg"), taken_at=None)
    assert ordered(photo("1.jpg", 2), undated, photo("3.jpg", 1.5), photo("2.jpg", 1)) == [
        "2.jpg",
        "3.jpg",
        "1.jpg",
        "0.jpg",
    ]


def test_frames_of_one_moment_go_by_their_counter_across_its_turn() -> None:
    burst = [photo(f"IMG_{number}.JPG") for number in ("0001", "0002", "9998", "9999")]
    assert ordered(*burst) == ["IMG_9998.JPG", "IMG_9999.JPG", "IMG_0001.JPG", "IMG_0002.JPG"]
    assert ordered(photo("IMG_10.JPG"), photo("IMG_9.JPG")) == ["IMG_9.JPG", "IMG_10.JPG"]
    folders = [photo("IMG_0001.JPG", folder="101CANON"), photo("IMG_9999.JPG", folder="100CANON")]
    assert ordered(*folders) == ["IMG_9999.JPG", "IMG_0001.JPG"]


@pytest.mark.parametrize(
    "names",
    [
        ("IMG_20231115_170431.jpg", "IMG_20231115_170431 (1).jpg", "IMG_20231115_170431 (2).jpg"),
        ("a.jpg", "a-2.jpg", "a_1.jpg", "a~2.jpg"),
        ("x_BURST1.jpg", "x_BURST2.jpg", "x_BURST10.jpg"),
        (
            "IMG_9998.jpg",
            "IMG_9999.jpg",
            "IMG_9999 (1).jpg",
            "IMG_0001.jpg",
            "IMG_0001 (1).jpg",
            "IMG_0002.jpg",
        ),
        ("DSC09998.ARW", "DSC09999.ARW", "DSC00001.ARW", "DSC00002.ARW"),
        ("P5019999.ORF", "P5010001.ORF"),
        ("P1009999.RW2", "P1010001.RW2"),
        ("IMG_1.jpg", "IMG_8000.jpg"),  # missing numbers are no turn
        ("00000IMG_00000_BURST20190101120000123.jpg", "00001IMG_00001_BURST20190101120000123.jpg"),
        ("2024.05.9.jpg", "2024.05.10.jpg"),
        ("Käthe_1.jpg", "Ka\u0308the_2.jpg", "Käthe_3.jpg"),
    ],
)
def test_frames_of_one_second_stand_as_they_were_numbered(names: tuple[str, ...]) -> None:
    photos = [photo(name) for name in names]
    assert ordered(*reversed(photos)) == list(names)
    undated = [replace(each, taken_at=None) for each in photos]
    assert ordered(*reversed(undated)) == list(names)


def test_a_folder_stands_whole_before_one_whose_name_goes_on() -> None:
    folders = ["day", "day/late", "day 2", "day-3"]
    photos = [photo(f"{at}.jpg", folder=folder) for at, folder in enumerate(folders)]
    assert ordered(*reversed(photos)) == ["0.jpg", "1.jpg", "2.jpg", "3.jpg"]


frames = st.lists(
    st.builds(
        photo,
        st.from_regex(r"\A[Aa](0001|1|9999|)\.(jpg|nef|png|heic)\Z"),
        st.sampled_from([0.0, 0.5, 9.0]),
        st.sampled_from(["x", "y"]),
    ),
    max_size=10,
    unique_by=lambda p: p.path,
)


@given(frames)
def test_each_file_is_in_exactly_one_photo(photos: list[Photo]) -> None:
    files = [path for p in pair(photos, []) for path in (p.path, *p.companions)]
    assert sorted(files) == sorted(p.path for p in photos)


@given(frames)
def test_the_order_does_not_depend_on_where_one_starts(photos: list[Photo]) -> None:
    assert in_order(reversed(photos)) == in_order(photos)
    assert in_order(in_order(photos)) == in_order(photos)
