"""What a flag owes to the program: an accepted suggestion is known as one, after a restart and an undo too."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.persistence.session_store import SessionStore
from core.review.review import Review
from core.review.suggestions import suggested_decisions
from core.shoot.shoot import Shoot
from core.types import (
    Accepted,
    Cluster,
    ClusterId,
    ClusterKind,
    FileMarks,
    Flag,
    Marks,
    PhotoId,
    SceneId,
)
from fixtures.frames import photo, scores

PHOTOS = [photo(name) for name in "abcdef"]
A, B, C, D, E, F = (one.id for one in PHOTOS)
SOURCES = (Path("/shoot"),)
FIRST, SECOND = (
    Cluster(
        ClusterId(ids[0]),
        ClusterKind.BURST,
        ids,
        SceneId("scene"),
        suggested_pick=ids[0],
        scores=scores(ids),
    )
    for ids in ((A, B, C), (D, E, F))
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "decisions.sqlite"


@pytest.fixture
def review(path: Path) -> Iterator[Review]:
    with closing(SessionStore.open(path)) as store:
        yield opened(store)


def opened(store: SessionStore) -> Review:
    review = Review(store, SOURCES, Shoot())
    review.load(PHOTOS)
    return review


def programs(review: Review) -> set[PhotoId]:
    return {photo_id for photo_id, decision in review.decisions.items() if decision.is_programs}


def test_flags_of_accepted_suggestions_are_the_programs_and_those_given_by_hand_are_not(
    review: Review,
) -> None:
    review.set_flag([C], Flag.REJECT)
    review.accept(FIRST)
    review.accept_all([FIRST, SECOND])
    assert programs(review) == {A, B, D, E, F}
    assert {review.decisions[one].accepted for one in (A, B)} == {Accepted.ONE}
    assert {review.decisions[one].accepted for one in (D, E, F)} == {Accepted.MANY}


def test_who_says_the_same_by_hand_makes_the_flag_their_own(review: Review) -> None:
    review.accept_all([FIRST])
    change = review.set_flag([B], Flag.REJECT)
    assert change is not None
    assert programs(review) == {A, C}
    review.undo()
    assert programs(review) == {A, B, C}


@pytest.mark.parametrize("by_hand", ["set_flag", "choose", "keep"])
def test_no_flag_given_by_hand_is_taken_for_the_programs(review: Review, by_hand: str) -> None:
    review.accept_all([FIRST])
    match by_hand:
        case "set_flag":
            review.set_flag([A, B, C], Flag.PICK)
        case "choose":
            review.choose(FIRST, B)
        case _:
            review.keep([B], [A, C])
    assert programs(review) == set()


def test_stars_and_labels_leave_it_as_it_is(review: Review) -> None:
    review.accept_all([FIRST])
    review.set_rating([B], 3)
    assert programs(review) == {A, B, C}


def test_it_is_known_after_a_restart_and_so_is_its_undoing(path: Path) -> None:
    with closing(SessionStore.open(path)) as store:
        opened(store).accept_all([FIRST, SECOND])
    with closing(SessionStore.open(path)) as store:
        review = opened(store)
        assert programs(review) == {A, B, C, D, E, F}
        review.undo()
        assert programs(review) == set()
        review.redo()
        assert programs(review) == {A, B, C, D, E, F}


def test_another_frame_chosen_after_a_restart_takes_the_accepted_one_back(path: Path) -> None:
    with closing(SessionStore.open(path)) as store:
        opened(store).accept(FIRST)
    with closing(SessionStore.open(path)) as store:
        review = opened(store)
        review.choose(FIRST, C)
        assert [review.decisions[one].flag for one in (A, B, C)] == [Flag.REJECT, Flag.REJECT, Flag.PICK]


def test_what_another_program_said_instead_is_not_the_programs(review: Review) -> None:
    review.accept_all([FIRST])
    later = datetime.now(UTC) + timedelta(hours=1)
    review.take_marks({B: [FileMarks(Path("/shoot/b.xmp"), later, Marks(flag=Flag.PICK))]})
    review.take_theirs([B])
    assert review.decisions[B].flag is Flag.PICK
    assert programs(review) == {A, C}


def test_what_a_run_without_a_user_decides_is_the_programs() -> None:
    found = suggested_decisions([FIRST], {}, reject_rest=True)
    assert {one for one, decision in found.items() if decision.is_programs} == {A, B, C}
    assert not replace(found[A], flag=None).is_programs
