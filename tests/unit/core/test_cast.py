"""Who is in a burst: main people first, and faces that are none not at all."""

from core.subject.cast import cast
from core.subject.main_people import main_people
from core.types import Box, Face, PhotoId
from fixtures.frames import analysis

A = PhotoId("a")


def somebody(x: float, side: float = 0.1, confidence: float = 0.95, smile: float | None = 0.5) -> Face:
    return Face(Box(x, 0.4, side, side), confidence, smile=smile)


FRAMES = [
    analysis("a", faces=(somebody(0.7), somebody(0.2), somebody(0.45, 0.03), somebody(0.9, 0.09, 0.5))),
    analysis("b", faces=(somebody(0.21), somebody(0.71))),
]


def test_main_people_come_from_left_to_right_with_their_face_in_each_frame() -> None:
    found = cast(FRAMES)
    assert [dict(person.faces) for person in found.main] == [{"a": 1, "b": 0}, {"a": 0, "b": 1}]
    assert len(found.main) == len(main_people(FRAMES))
    assert found.main_faces(FRAMES[0].photo_id) == {0, 1}


def test_whoever_is_small_beside_them_is_one_of_the_others_and_who_is_no_face_is_nobody() -> None:
    assert [dict(person.faces) for person in cast(FRAMES).others] == [{"a": 2}]


def test_where_nobodys_eyes_and_mouth_were_seen_those_who_are_surely_there_count() -> None:
    frames = [analysis("a", faces=(somebody(0.2, smile=None), somebody(0.7, smile=None)))]
    assert main_people(frames) == ()
    assert len(cast(frames).main) == 2


def test_in_a_group_whoever_is_as_large_stands_with_the_one_whose_face_was_read() -> None:
    row = (
        somebody(0.1, 0.05),
        *(somebody(x, 0.04, smile=None) for x in (0.2, 0.3)),
        somebody(0.4, 0.03, smile=None),
    )
    frames = [analysis("a", faces=row), analysis("b", faces=row)]
    assert [person.faces[A] for person in cast(frames).main] == [0, 1, 2]
    assert [person.faces[A] for person in cast(frames).others] == [3]


def test_without_faces_there_is_nobody() -> None:
    assert cast([analysis("a")]).main == ()
    assert cast([]).others == ()


def test_a_crowd_in_a_landscape_whose_faces_are_specks_is_nobody() -> None:
    crowd = tuple(somebody(0.1 + 0.05 * at, 0.005) for at in range(12))  # 20 pixels of 4,000
    found = cast([analysis("a", faces=crowd)])
    assert (found.main, found.others) == ((), ())
    nearer = tuple(somebody(0.1 + 0.05 * at, 0.007) for at in range(12))
    assert len(cast([analysis("a", faces=nearer)]).main) == 12
