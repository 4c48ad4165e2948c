"""Where a picture lies when it is fitted, enlarged, dragged, or looked at closely for the first time."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QSizeF

from core.types import Box, Face, Sharpness
from fixtures.frames import analysis
from ui.views.zoom import (
    Place,
    first_place,
    fit_scale,
    next_scale,
    panned,
    picture_rect,
    scale_of,
    scales,
    zoomed,
)

sizes = st.builds(QSizeF, st.integers(40, 9000), st.integers(40, 9000))
views = st.builds(QSizeF, st.integers(100, 4000), st.integers(100, 3000))
fractions = st.floats(0, 1)


@given(sizes, views, fractions, fractions)
def test_a_fitted_picture_is_whole_centred_and_touches_two_edges(
    picture: QSizeF, view: QSizeF, x: float, y: float
) -> None:
    rect = picture_rect(Place(None, x, y), picture, view)
    assert rect.left() >= -1
    assert rect.top() >= -1
    assert rect.right() <= view.width() + 1
    assert rect.bottom() <= view.height() + 1
    assert abs(rect.center().x() - view.width() / 2) <= 1
    assert min(view.width() - rect.width(), view.height() - rect.height()) <= 1


@given(views, st.floats(1.1, 5), st.floats(1.1, 5), st.sampled_from((1.0, 2.0)), fractions, fractions)
def test_the_point_under_the_pointer_stays_there_unless_an_edge_is_in_the_way(
    view: QSizeF, wider: float, higher: float, scale: float, across: float, down: float
) -> None:
    picture = QSizeF(view.width() * wider, view.height() * higher)
    before = picture_rect(Place(), picture, view)
    at = QPointF(before.left() + before.width() * across, before.top() + before.height() * down)
    place = zoomed(Place(), picture, view, at, scale)
    after = picture_rect(place, picture, view)
    wanted_left = at.x() - (at.x() - before.left()) / before.width() * after.width()
    wanted_top = at.y() - (at.y() - before.top()) / before.height() * after.height()
    for wanted, start, length, whole in (
        (wanted_left, after.left(), view.width(), after.width()),
        (wanted_top, after.top(), view.height(), after.height()),
    ):
        if length - whole <= wanted <= 0:  # no edge of the picture would come into the view
            assert abs(start - wanted) <= 1.5  # whole pixels


@given(sizes, views, st.sampled_from((None, 1.0, 2.0, 4.0)), fractions, fractions)
def test_no_ground_shows_beside_a_picture_that_could_cover_it(
    picture: QSizeF, view: QSizeF, scale: float | None, x: float, y: float
) -> None:
    rect = picture_rect(Place(scale, x, y), picture, view)
    for start, end, length in (
        (rect.left(), rect.right(), view.width()),
        (rect.top(), rect.bottom(), view.height()),
    ):
        if end - start >= length:
            assert start <= 0.5
            assert end >= length - 0.5
        else:
            assert abs((start + end) / 2 - length / 2) <= 1


@given(sizes, views)
def test_the_wheel_goes_in_by_steps_and_out_to_fitted(picture: QSizeF, view: QSizeF) -> None:
    place, seen = Place(), []
    for _ in range(6):
        place = replace(place, scale=next_scale(place, picture, view, closer=True))
        seen.append(scale_of(place, picture, view))
    assert seen == sorted(seen)
    for _ in range(6):
        place = replace(place, scale=next_scale(place, picture, view, closer=False))
    assert place.scale is None


def test_one_to_one_is_the_first_enlargement_of_a_photo_larger_than_the_view() -> None:
    assert scales(QSizeF(6000, 4000), QSizeF(1200, 700))[0] == 1.0
    assert scales(QSizeF(800, 600), QSizeF(1600, 1200))[0] == 4.0
    assert fit_scale(QSizeF(800, 600), QSizeF(1600, 1200)) == 2.0


def test_dragging_stops_at_the_edge_and_comes_back_at_once() -> None:
    picture, view = QSizeF(1200, 800), QSizeF(600, 400)
    far = panned(Place(1.0), picture, view, QPointF(9999, 0))
    assert picture_rect(far, picture, view).left() == 0
    back = panned(far, picture, view, QPointF(-10, 0))
    assert picture_rect(back, picture, view).left() == -10


def test_a_closer_look_goes_to_the_largest_face_else_to_what_is_sharpest() -> None:
    here = replace(analysis("a"), sharpness=Sharpness(9.0, subject=Box(0.2, 0.4, 0.2, 0.2)))
    assert first_place(None) == Place()
    assert first_place(replace(here, sharpness=Sharpness(9.0))) == Place()
    sharpest = first_place(here)
    assert sharpest.scale is None
    assert (sharpest.x, sharpest.y) == pytest.approx((0.3, 0.5))
    faces = (Face(Box(0.0, 0.0, 0.1, 0.1), 0.9), Face(Box(0.5, 0.5, 0.3, 0.3), 0.7))
    face = first_place(replace(here, faces=faces))
    assert (face.x, face.y) == pytest.approx((0.65, 0.65))
