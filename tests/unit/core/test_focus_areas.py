"""Where a camera focused is read out of the notes of seven makers, and found again in the picture as it is shown."""

import io
import struct
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ingest.exif_reader import read_metadata
from core.ingest.exif_tags import read_tags
from core.ingest.scanner import ScannedFile
from core.persistence.documents import read_facts, write_facts
from core.subject.aimed import aimed_at, middle_aimed_at
from core.types import NO_AIM, Aim, Box, Photo, PhotoId
from fixtures import maker_notes as notes
from fixtures.frames import analysis
from fixtures.maker_notes import Tag
from fixtures.real_photos import PHOTOS
from fixtures.referees import exiftool_tags

FULL = (6000, 4000)

CANON = [96, 2, 9, 9, *FULL, *FULL, *[200] * 9, *[300] * 9, *range(-1200, 1201, 300)]
# 500 below the middle, for EOS count upwards.
CANON_DOWN = [(1 << 16) - 500 if at == 6 else 0 for at in range(9)]


def canon_new(mode: int = 2, found: int = 1 << 6) -> list[int]:
    places = [value % (1 << 16) for value in CANON]
    return [places[0], mode, *places[2:], *CANON_DOWN, found, 0b1_1111_1111, 0, 0]


NIKON_LIVE = (
    b"0100" + bytes([1, 9, 0, 0]) + bytes(8) + struct.pack("<6H", *FULL, 4500, 1000, 300, 200) + b"\1\0"
)
NIKON_Z = (
    b"0300" + bytes([2, 0, 0, 0]) + bytes(34) + struct.pack("<6H", *FULL, 4500, 1000, 300, 200) + b"\1\0"
)
NIKON_Z9 = b"0400" + bytes(58) + struct.pack("<6H", *FULL, 4500, 1000, 300, 200) + b"\1\0"
NIKON_11 = b"0100" + bytes([0, 0, 2, 8, 1 << 7, 0]) + bytes(20)


# Each with the middle of its only area, and what ExifTool says of the same file.
MAKERS: dict[str, tuple[str, str, notes.Note, tuple[float, float], dict[str, object]]] = {
    "canon": (
        "Canon",
        "Canon EOS R6",
        notes.canon([Tag(0x26, notes.SHORTS, canon_new())]),
        (0.6, 0.625),
        {"Canon:AFPointsInFocus": 64, "Canon:AFImageWidth": 6000},
    ),
    "canon, older": (
        "Canon",
        "Canon EOS 350D DIGITAL",
        notes.canon(
            [
                Tag(
                    0x12,
                    notes.SHORTS,
                    [7, 7, *FULL, *FULL, 200, 300, 0, 1200, *[0] * 5, 0, 1000, *[0] * 5, 0b10, *[0] * 8],
                )
            ]
        ),
        (0.7, 0.25),
        {"Canon:AFPointsInFocus": 2, "Canon:AFAreaXPositions": "0 1200 0 0 0 0 0"},
    ),
    "nikon, live view": (
        "NIKON CORPORATION",
        "NIKON D750",
        notes.nikon([Tag(0xB7, notes.UNDEFINED, list(NIKON_LIVE))]),
        (0.75, 0.25),
        {"Nikon:AFAreaXPosition": 4500, "Nikon:AFAreaYPosition": 1000},
    ),
    "nikon, 11 points": (
        "NIKON CORPORATION",
        "NIKON D3500",
        notes.nikon([Tag(0xB7, notes.UNDEFINED, list(NIKON_11))]),
        (0.65, 0.5),
        {"Nikon:PrimaryAFPoint": 8, "Nikon:PhaseDetectAF": 2},
    ),
    "nikon z": (
        "NIKON CORPORATION",
        "NIKON Z 6",
        notes.nikon([Tag(0xB7, notes.UNDEFINED, list(NIKON_Z))]),
        (0.75, 0.25),
        {"Nikon:AFAreaXPosition": 4500, "Nikon:AFAreaYPosition": 1000, "Nikon:AFImageWidth": 6000},
    ),
    "nikon z9": (
        "NIKON CORPORATION",
        "NIKON Z 9",
        notes.nikon([Tag(0xB7, notes.UNDEFINED, list(NIKON_Z9))]),
        (0.75, 0.25),
        {"Nikon:AFAreaXPosition": 4500, "Nikon:AFAreaYPosition": 1000, "Nikon:AFImageWidth": 6000},
    ),
    "sony": (
        "SONY",
        "ILCE-7M4",
        notes.sony(
            [
                Tag(0x2027, notes.SHORTS, [*FULL, 4500, 1000]),
                Tag(0x2037, notes.UNDEFINED, list(struct.pack("<3H", 300, 200, 257))),
            ]
        ),
        (0.75, 0.25),
        {"Sony:FocusLocation": "6000 4000 4500 1000", "Sony:FocusFrameSize": "300 200 257"},
    ),
    "fujifilm": (
        "FUJIFILM",
        "X-T4",
        notes.fujifilm([Tag(0x1023, notes.SHORTS, [4500, 1000])]),
        (0.75, 0.25),
        {"FujiFilm:FocusPixel": "4500 1000"},
    ),
    "olympus": (
        "OLYMPUS CORPORATION",
        "E-M1MarkII",
        notes.olympus([Tag(0x2020, 0, below=[Tag(0x0304, notes.LONGS, [0x8C33B266, *[0] * 63])])]),
        ((0xB2 + 0x8C) / 510, (0x33 + 0x66) / 510),
        {"Olympus:AFAreas": f"{0x8C33B266} {' '.join(['0'] * 63)}"},
    ),
    "om system": (
        "OM Digital Solutions",
        "OM-1",
        notes.om_system(
            [
                Tag(
                    0x2020,
                    0,
                    below=[Tag(0x0305, notes.SIGNED_FRACTIONS, [0, 0, 7, 10, 2, 10, 8, 10, 3, 10])],
                )
            ]
        ),
        (0.75, 0.25),
        {"Olympus:AFPointSelected": "0.7 0.2 0.8 0.3"},
    ),
    "panasonic": (
        "Panasonic",
        "DC-GH6",
        notes.panasonic([Tag(0x4D, notes.FRACTIONS, [768, 1024, 256, 1024])]),
        (0.75, 0.25),
        {"Panasonic:AFPointPosition": "0.75 0.25"},
    ),
    "pentax": (
        "PENTAX Corporation",
        "PENTAX K10D",
        notes.pentax([Tag(0x0F, notes.SHORTS, [1 << 7])]),
        (0.75, 0.5),
        {"Pentax:AFPointsInFocus": 1 << 7},
    ),
    "pentax, live view": (
        "PENTAX",
        "PENTAX K-5",
        notes.pentax([Tag(0x231, notes.SHORTS, [520, 100, 40, 40])]),
        (0.75, 0.25),
        {"Pentax:ContrastDetectAFArea": "520 100 40 40"},
    ),
}


def told(path: Path) -> Photo:
    status = path.stat()
    return read_metadata(ScannedFile(path, status.st_size, status.st_mtime_ns)).photo


def middle(box: Box) -> tuple[float, float]:
    return box.x + box.width / 2, box.y + box.height / 2


@pytest.mark.parametrize("name", MAKERS)
def test_the_focus_area_of_each_maker_is_where_the_maker_says(tmp_path: Path, name: str) -> None:
    make, model, note, place, _ = MAKERS[name]
    photo = told(notes.write(tmp_path / "a.jpg", notes.structure(make, model, note, FULL)))
    (area,) = aimed_at(photo)
    assert middle(area) == pytest.approx(place, abs=0.001)


def test_exiftool_reads_the_same_in_these_files(tmp_path: Path) -> None:
    for at, (make, model, note, _, _) in enumerate(MAKERS.values()):
        notes.write(tmp_path / f"{at}.jpg", notes.structure(make, model, note, FULL))
    read = exiftool_tags(tmp_path)
    for at, (name, (*_, said)) in enumerate(MAKERS.items()):
        assert said.items() <= read[f"{at}.jpg"].items(), name


@pytest.mark.parametrize(
    ("model", "version", "kind", "count"),
    [
        ("NIKON D7000", b"0100", 3, 39),
        ("NIKON D750", b"0100", 1, 51),
        ("NIKON D7200", b"0100", 1, 51),
        ("NIKON D850", b"0101", 7, 153),
    ],
)
def test_each_point_of_a_nikons_sensor_stands_where_its_name_says(
    tmp_path: Path, model: str, version: bytes, kind: int, count: int
) -> None:
    for bit in range(0, count, 5):
        info = bytearray(48)
        info[:4], info[6] = version, kind
        info[8 + bit // 8] |= 1 << bit % 8
        note = notes.nikon([Tag(0xB7, notes.UNDEFINED, list(info))])
        notes.write(tmp_path / f"{bit:03}.jpg", notes.structure("NIKON CORPORATION", model, note, FULL))
    named = exiftool_tags(tmp_path, "-AFPointsUsed", "--n")
    middles = {}
    for name, said in named.items():
        (area,) = told(tmp_path / name).aim.areas
        middles[str(said["Nikon:AFPointsUsed"])] = middle(area)
    for one, other in pairwise(sorted(middles, key=lambda name: (name[0], int(name[1:])))):
        if one[0] == other[0]:  # of one row, by its letter
            assert middles[one][0] < middles[other][0]
            assert middles[one][1] == pytest.approx(middles[other][1], abs=0.001)
        else:
            assert middles[one][1] < middles[other][1]
    wide = max(x for x, _ in middles.values()) - min(x for x, _ in middles.values())
    assert 0.2 < wide < 0.9


@pytest.mark.parametrize(
    ("orientation", "place"),
    [
        (1, (0.75, 0.25)),
        (2, (0.25, 0.25)),
        (3, (0.25, 0.75)),
        (4, (0.75, 0.75)),
        (5, (0.25, 0.75)),
        (6, (0.75, 0.75)),
        (7, (0.75, 0.25)),
        (8, (0.25, 0.25)),
    ],
)
def test_a_focus_area_is_turned_with_its_picture(
    tmp_path: Path, orientation: int, place: tuple[float, float]
) -> None:
    make, model, note, *_ = MAKERS["sony"]
    photo = told(notes.write(tmp_path / "a.jpg", notes.structure(make, model, note, FULL, orientation)))
    (area,) = aimed_at(photo)
    assert middle(area) == pytest.approx(place, abs=0.001)
    assert (area.width > area.height) is (orientation < 5) or area.width == pytest.approx(area.height)


AIMED = Aim((Box(0.5, 0.4, 0.1, 0.1),), True, 1.5)


def shown(aim: Aim, width: int, height: int, orientation: int = 1) -> tuple[Box, ...]:
    photo = Photo(PhotoId("a"), Path("/a.jpg"), aim=aim, orientation=orientation)
    return aimed_at(photo, replace(analysis("a"), width=width, height=height))


def test_a_picture_cropped_in_the_camera_has_its_focus_area_where_it_is_seen() -> None:
    (wide,) = shown(AIMED, 1600, 900)  # 16:9 out of 3:2 loses rows above and below
    assert (wide.x, wide.width) == pytest.approx((0.5, 0.1))
    assert middle(wide)[1] == pytest.approx(0.5 - 0.05 * 1600 / 900 / 1.5)
    (square,) = shown(AIMED, 900, 900)
    assert (square.y, square.height) == pytest.approx((0.4, 0.1))
    assert middle(square)[0] == pytest.approx(0.5 + 0.05 * 1.5)
    (upright,) = shown(AIMED, 900, 1600, orientation=6)  # the same wide one, held upright
    assert upright.height == pytest.approx(0.1)


def test_an_area_outside_of_the_crop_is_not_shown() -> None:
    assert shown(replace(AIMED, areas=(Box(0.5, 0.0, 0.1, 0.05),)), 1600, 900) == ()


def test_a_picture_that_a_program_turned_without_a_word_shows_no_area_in_the_wrong_place() -> None:
    assert shown(AIMED, 1000, 1500) == ()


def test_of_several_areas_one_that_lies_in_their_middle_is_looked_at() -> None:
    areas = [Box(0.1, 0.4, 0.1, 0.1), Box(0.3, 0.4, 0.1, 0.1), Box(0.8, 0.4, 0.1, 0.1)]
    assert middle_aimed_at(areas) == pytest.approx((0.35, 0.45))
    assert middle_aimed_at([]) is None


@pytest.mark.parametrize(
    ("name", "note"),
    [
        ("Canon", notes.canon([Tag(0x26, notes.SHORTS, canon_new(mode=0))])),  # focused by hand
        ("Canon", notes.canon([Tag(0x26, notes.SHORTS, canon_new(found=0))])),  # all selected, none in focus
        ("Canon", notes.canon([Tag(0x26, notes.SHORTS, [30, 2, 1000, 9])])),
        ("Canon", notes.canon([Tag(0x26, notes.LONGS, [2**31] * 40)])),
        ("SONY", notes.sony([Tag(0x2027, notes.SHORTS, [*FULL, 0, 0])])),
        ("FUJIFILM", notes.fujifilm([Tag(0x1023, notes.SHORTS, [60000, 10])])),  # outside
        ("Panasonic", notes.panasonic([Tag(0x4D, notes.FRACTIONS, [16777216, 1, 16777216, 1])])),
        ("Panasonic", notes.panasonic([Tag(0x4D, notes.FRACTIONS, [1, 0, 1, 0])])),
        ("NIKON", notes.nikon([Tag(0xB7, notes.UNDEFINED, list(b"0300"))])),
        ("NIKON", lambda _: b"Nikon\0\2\x10\0\0MM\0*\xff\xff\xff\xff"),
        ("OLYMPUS", lambda _: b"OLYMPUS\0II\3\0\xff\xff"),
        ("PENTAX", notes.pentax([Tag(0x0F, notes.SHORTS, [0xFFFF])])),
    ],
)
def test_a_note_that_tells_no_place_or_makes_no_sense_tells_nothing(
    tmp_path: Path, name: str, note: notes.Note
) -> None:
    photo = told(notes.write(tmp_path / "a.jpg", notes.structure(name, f"{name} EOS", note, FULL)))
    assert photo.aim is NO_AIM
    assert photo.camera_name  # and costs nothing else


@given(st.sampled_from(sorted(MAKERS)), st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=8))
def test_a_damaged_note_never_leads_out_of_the_picture(name: str, damage: list[tuple[float, int]]) -> None:
    make, model, note, *_ = MAKERS[name]
    data = bytearray(notes.structure(make, model, note, FULL))
    for place, value in damage:
        data[min(int(place * len(data)), len(data) - 1)] = value
    stream = io.BytesIO(data)
    aim = read_tags(stream, bytes(data)).aim
    for area in aim.areas:
        assert 0 <= area.x < area.x + area.width <= 1.0001
        assert 0 <= area.y < area.y + area.height <= 1.0001


def test_a_phones_own_choice_of_half_the_frame_is_no_aim(tmp_path: Path) -> None:
    def of(*subject: int) -> Aim:
        exif = notes.structure("Apple", "iPhone 6s", lambda _: b"Apple iOS", FULL, 1, subject)
        return told(notes.write(tmp_path / "a.jpg", exif)).aim

    assert of(3000, 2000, 3300, 1760) is NO_AIM
    assert [middle(box) for box in of(1500, 1000, 600, 600).areas] == [pytest.approx((0.25, 0.25))]
    assert [middle(box) for box in of(1500, 1000).areas] == [pytest.approx((0.25, 0.25))]


def test_a_canon_note_that_an_editor_moved_is_read_by_where_its_end_says_it_was(tmp_path: Path) -> None:
    tags = [Tag(0x26, notes.SHORTS, canon_new())]

    def moved(_at: int) -> bytes:
        return notes.canon(tags)(4000) + b"II*\0" + struct.pack("<I", 4000)

    photo = told(notes.write(tmp_path / "a.jpg", notes.structure("Canon", "Canon EOS R6", moved, FULL)))
    assert [middle(box) for box in photo.aim.areas] == [pytest.approx((0.6, 0.625), abs=0.001)]


def test_a_note_of_another_order_of_bytes_than_the_rest_is_read(tmp_path: Path) -> None:
    def big(at: int) -> bytes:
        return notes.directory([Tag(0x26, notes.SHORTS, canon_new())], at, 0, ">")

    photo = told(notes.write(tmp_path / "a.jpg", notes.structure("Canon", "Canon EOS R6", big, FULL)))
    assert photo.aim.areas


def test_what_a_camera_aimed_at_is_kept_from_opening_to_opening() -> None:
    photo = Photo(PhotoId("a"), Path("/a.jpg"), aim=AIMED)
    assert read_facts(write_facts(photo), ScannedFile(photo.path, 0, 0)).aim == AIMED


@pytest.mark.photos
@pytest.mark.parametrize(
    ("name", "count"),
    [("birds_t5i/IMG_1844.JPG", 1), ("graduation_60d/IMG_1898.JPG", 1), ("teamday/IMG_1086.JPG", 6)],
)
def test_real_cameras_tell_where_they_focused(name: str, count: int) -> None:
    path = PHOTOS / name
    if not path.is_file():
        pytest.skip("the photo is not here")
    assert len(told(path).aim.areas) == count
