"""What is said about the faces on a photo: only where there is room, and never over one another."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, QSizeF

from core.types import EyeState
from fixtures.frames import face
from ui.marks.badges import smile
from ui.marks.face_marks import word_places
from ui.marks.face_words import face_badges, face_in_words

AREA = QRectF(100, 50, 800, 500)
WORDS = QSizeF(80, 18)

faces_in_a_crowd = st.lists(
    st.builds(
        lambda x, y, side, is_news: (QRectF(x, y, side, side), WORDS, is_news),
        st.floats(0, 1000),
        st.floats(0, 600),
        st.floats(4, 300),
        st.booleans(),
    ),
    max_size=50,
)


def test_a_face_that_does_not_smile_bears_no_mark_for_it_and_words_tell_it() -> None:
    serious, smiling = face(eyes=EyeState.OPEN, smile=0.1), face(eyes=EyeState.OPEN, smile=0.9)
    more = [each for each in face_badges(smiling, 0.5) if each not in face_badges(serious, 0.5)]
    assert [each.glyph for each in more] == [smile]
    assert set(face_badges(serious, 0.5)) < set(face_badges(smiling, 0.5))
    assert "not smiling" in face_in_words(serious, 0.5)


def row_of(count: int, side: float, is_news: bool) -> list[tuple[QRectF, QSizeF, bool]]:
    return [(QRectF(110 + number * (side + 2), 200, side, side), WORDS, is_news) for number in range(count)]


@given(faces_in_a_crowd)
def test_words_never_overlap_each_other_and_never_leave_the_picture(
    faces: list[tuple[QRectF, QSizeF, bool]],
) -> None:
    plate = QRectF(110, 500, 200, 40)
    places = [place for place in word_places(faces, AREA, [plate]) if place is not None]
    assert all(AREA.contains(place) for place in places)
    assert not any(one.intersects(other) for one, other in combinations([*places, plate], 2))


def test_a_crowd_of_forty_untold_faces_is_not_buried_in_words() -> None:
    assert word_places(row_of(40, 18, is_news=False), AREA) == [None] * 40


def test_a_closed_eye_in_a_crowd_is_said_all_the_same() -> None:
    crowd = row_of(40, 18, is_news=False)
    crowd[20] = (*crowd[20][:2], True)
    places = word_places(crowd, AREA)
    assert [place is not None for place in places] == [number == 20 for number in range(40)]


def test_each_of_a_few_large_faces_is_told_about() -> None:
    places = word_places(row_of(3, 120, is_news=False), AREA)
    assert None not in places


def test_words_about_a_face_at_the_edge_are_moved_within() -> None:
    at_left, at_foot = QRectF(100, 300, 60, 60), QRectF(500, 485, 60, 60)
    for box in (at_left, at_foot):
        (place,) = word_places([(box, WORDS, True)], AREA)
        assert place is not None
        assert AREA.contains(place)


def test_of_a_face_that_is_not_seen_nothing_is_said() -> None:
    beyond = QRectF(QPointF(1200, 300), QSizeF(90, 90))
    assert word_places([(beyond, WORDS, True)], AREA) == [None]
