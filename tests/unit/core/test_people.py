"""Whose face is whose across the frames of a burst."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from core.subject.people import people, same_face
from core.types import Analysis, Box, Face, PhotoId
from fixtures.frames import analysis


def face(x: float, y: float = 0.4, size: float = 0.06, identity: int | None = None) -> Face:
    return Face(Box(x, y, size, size), 0.9, identity=identity)


def frame(name: str, *faces: Face) -> Analysis:
    return analysis(name, faces=faces)


def rows(*frames: Analysis) -> list[dict[PhotoId, int]]:
    return [dict(person.faces) for person in people(frames)]


def moved(one: Face, by_x: float, by_y: float) -> Face:
    return replace(one, box=replace(one.box, x=one.box.x + by_x, y=one.box.y + by_y))


def test_people_stand_from_left_to_right_whatever_the_order_of_their_faces() -> None:
    left, middle, right = face(0.1), face(0.4), face(0.8)
    assert rows(frame("a", middle, right, left), frame("b", left, middle, right)) == [
        {"a": 2, "b": 0},
        {"a": 0, "b": 1},
        {"a": 1, "b": 2},
    ]


def test_a_face_that_is_missing_in_a_frame_is_the_same_person_in_the_next() -> None:
    here, there = face(0.2), face(0.6)
    assert rows(frame("a", here, there), frame("b", there), frame("c", here, there)) == [
        {"a": 0, "c": 0},
        {"a": 1, "b": 0, "c": 1},
    ]


def test_the_camera_may_move_by_more_than_a_face() -> None:
    group = [face(0.1 + 0.1 * number, 0.4 + 0.02 * (number % 2)) for number in range(7)]
    shifted = [moved(each, 0.13, -0.05) for each in group]
    assert rows(frame("a", *group), frame("b", *shifted)) == [{"a": n, "b": n} for n in range(7)]


def test_a_face_elsewhere_or_of_another_size_is_another_person() -> None:
    assert len(rows(frame("a", face(0.1, 0.1)), frame("b", face(0.8, 0.8)))) == 2
    assert len(rows(frame("a", face(0.4, size=0.2)), frame("b", face(0.45, size=0.05)))) == 2


def test_identity_outranks_the_place() -> None:
    swapped = frame("b", face(0.1, identity=2), face(0.5, identity=1))
    assert rows(frame("a", face(0.1, identity=1), face(0.5, identity=2)), swapped) == [
        {"a": 0, "b": 1},
        {"a": 1, "b": 0},
    ]


def test_the_same_face_is_found_in_another_frame_and_an_absent_one_is_not() -> None:
    here, there = face(0.2), face(0.6)
    one, other = frame("a", here, there), frame("b", moved(there, 0.01, 0), face(0.9))
    assert same_face(there, one, other) == other.faces[0]
    assert same_face(here, one, frame("c")) is None


places = st.lists(
    st.tuples(st.floats(0, 0.9), st.floats(0, 0.9), st.floats(0.02, 0.3)), min_size=0, max_size=8
)


@given(st.lists(places, min_size=1, max_size=4))
def test_every_face_belongs_to_one_person_and_nobody_has_two_in_a_frame(
    burst: list[list[tuple[float, float, float]]],
) -> None:
    frames = [
        frame(str(number), *(face(x, y, size) for x, y, size in faces)) for number, faces in enumerate(burst)
    ]
    given_away = [(photo_id, index) for person in people(frames) for photo_id, index in person.faces.items()]
    assert sorted(given_away) == sorted((f.photo_id, n) for f in frames for n in range(len(f.faces)))
