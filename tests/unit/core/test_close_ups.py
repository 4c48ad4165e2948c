"""What is looked at again holds every face with its surroundings, and little else."""

from hypothesis import given
from hypothesis import strategies as st

from core.analysis.close_ups import close_ups
from core.types import Box

WIDTH, HEIGHT = 1280, 853
place = st.floats(0, 1)
small = st.floats(0.005, 0.05)
boxes = st.builds(lambda x, y, w, h: Box(x * (1 - w), y * (1 - h), w, h), place, place, small, small)


def holds(part: Box, box: Box) -> bool:
    slack = 1e-9
    return (
        part.x <= box.x + slack
        and part.y <= box.y + slack
        and part.x + part.width >= box.x + box.width - slack
        and part.y + part.height >= box.y + box.height - slack
    )


def pixels(parts: list[Box]) -> float:
    return sum(part.width * WIDTH * part.height * HEIGHT for part in parts)


@given(st.lists(boxes, max_size=4))
def test_every_face_is_looked_at_whole(faces: list[Box]) -> None:
    parts = list(close_ups(faces, WIDTH, HEIGHT))
    assert len(parts) <= len(faces)
    assert all(any(holds(part, face) for part in parts) for face in faces)
    assert all(holds(Box(0, 0, 1, 1), part) for part in parts)


@given(st.lists(boxes, min_size=20, max_size=200))
def test_a_crowd_costs_no_more_than_three_frames(faces: list[Box]) -> None:
    parts = list(close_ups(faces, WIDTH, HEIGHT))
    assert pixels(parts) <= 3 * WIDTH * HEIGHT
    assert all(part.width * WIDTH <= 641 and part.height * HEIGHT <= 641 for part in parts)


def test_neighbours_are_looked_at_together_and_strangers_apart() -> None:
    friends = [Box(0.4, 0.4, 0.02, 0.03), Box(0.45, 0.4, 0.02, 0.03)]
    stranger = Box(0.9, 0.9, 0.02, 0.03)
    assert len(list(close_ups(friends, WIDTH, HEIGHT))) == 1
    parts = list(close_ups([*friends, stranger], WIDTH, HEIGHT))
    assert len(parts) == 2
    assert pixels(parts) < WIDTH * HEIGHT / 10
