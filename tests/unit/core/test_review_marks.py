"""Who decided last: the user here, or another program in a file. Nobody is overwritten without a word."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import StoreError
from core.language import say
from core.persistence.session_store import SessionStore
from core.review.marks import find_conflict, with_marks
from core.review.review import Review
from core.shoot.shoot import Shoot
from core.types import (
    Cluster,
    ClusterId,
    ClusterKind,
    Decision,
    DecisionSource,
    FileMarks,
    Flag,
    Label,
    Marks,
    PhotoId,
    SceneId,
)
from fixtures.frames import photo

A, B = PhotoId("a"), PhotoId("b")
SOURCES = (Path("/shoot"),)
PHOTOS = [photo("a"), photo("b")]
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
LATER = datetime.now(UTC) + timedelta(hours=1)

times = st.datetimes(datetime(2024, 1, 1), datetime(2024, 1, 2), timezones=st.just(UTC))
flags = st.none() | st.sampled_from([Flag.PICK, Flag.REJECT])
labels = st.none() | st.sampled_from([Label.RED, Label.BLUE])
marks = st.builds(Marks, flags, st.none() | st.integers(1, 5), labels)
files = st.lists(st.builds(FileMarks, st.just(Path("/1.xmp")), times, marks, st.booleans()), max_size=3).map(
    lambda found: sorted(found, key=lambda file: file.changed_at, reverse=True)
)
decisions = st.builds(
    Decision, st.just(A), flags, st.none() | st.integers(0, 5), labels, decided_at=st.none() | times
)
NAMES = ("flag", "rating", "label")


def sidecar(changed_at: datetime, **says: Any) -> FileMarks:
    return FileMarks(Path("/shoot/a.xmp"), changed_at, Marks(**says))


@given(decisions, files)
def test_files_fill_in_what_was_not_decided_and_nothing_else(
    decision: Decision, found: list[FileMarks]
) -> None:
    shown = with_marks(decision, found)
    for name in NAMES:
        ours = getattr(decision, name)
        stated = [value for file in found if (value := getattr(file.marks, name)) is not None]
        assert getattr(shown, name) == (ours if ours is not None else next(iter(stated), None))
    assert with_marks(shown, found) == shown


@given(decisions, files)
def test_a_conflict_is_what_a_later_file_says_otherwise(decision: Decision, found: list[FileMarks]) -> None:
    conflict = find_conflict(decision, found)
    if conflict is None:
        for name in NAMES:
            latest = next((file for file in found if getattr(file.marks, name) is not None), None)
            if latest is not None and getattr(decision, name) not in (None, getattr(latest.marks, name)):
                assert latest.is_ours or latest.changed_at <= (decision.decided_at or latest.changed_at)
                assert latest.is_ours or decision.decided_at is not None
    else:
        assert conflict.theirs != decision
        assert find_conflict(conflict.theirs, found) is None
        assert conflict.source in found


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SessionStore]:
    with closing(SessionStore.open(tmp_path / "decisions.sqlite")) as opened:
        yield opened


def opened(store: SessionStore) -> Review:
    review = Review(store, SOURCES, Shoot())
    review.load(PHOTOS)
    return review


def test_what_stands_in_files_is_shown_and_follows_them_until_the_user_decides(store: SessionStore) -> None:
    review = opened(store)
    changed = review.take_marks({A: (sidecar(LONG_AGO, flag=Flag.PICK, rating=3),)})
    assert changed == {A: Decision(A, Flag.PICK, 3, source=DecisionSource.FILE)}
    assert review.decisions[B].is_empty

    again = opened(store)
    assert again.decisions[A].is_empty, "nothing of it was kept"
    again.take_marks({A: (sidecar(LATER, rating=5),)})
    assert (again.decisions[A].rating, again.conflicts()) == (5, ())


def test_a_key_press_keeps_the_stars_that_stand_in_the_file(store: SessionStore) -> None:
    review = opened(store)
    review.take_marks({A: (sidecar(LONG_AGO, rating=3),)})
    review.set_flag([A], Flag.REJECT)
    kept = opened(store).decisions[A]
    assert (kept.flag, kept.rating) == (Flag.REJECT, 3)


def test_undo_goes_back_to_what_the_file_says_and_keeps_nothing_of_it(store: SessionStore) -> None:
    review = opened(store)
    review.take_marks({A: (sidecar(LONG_AGO, rating=3),)})
    review.set_flag([A], Flag.PICK)
    change = review.undo()
    assert change is not None
    assert (change.after[0].flag, change.after[0].rating) == (None, 3)
    assert review.decisions[A] == change.after[0]
    assert opened(store).decisions[A].is_empty


def test_moving_a_photo_between_groups_does_not_make_its_files_marks_the_users(store: SessionStore) -> None:
    review = opened(store)
    review.take_marks({A: (sidecar(LONG_AGO, rating=3),)})
    one, other = (Cluster(ClusterId(i), ClusterKind.SINGLE, (i,), SceneId("scene")) for i in (A, B))
    review.groups.merge([one, other])
    assert review.decisions[A].rating == 3
    assert review.decisions[A].group is not None
    assert opened(store).decisions[A].is_empty


def test_pressing_what_the_file_says_makes_it_the_users(store: SessionStore) -> None:
    review = opened(store)
    review.take_marks({A: (sidecar(LONG_AGO, rating=3),)})
    review.set_rating([A], 3)
    assert (opened(store).decisions[A].rating, review.decisions[A].source) == (3, DecisionSource.USER)


def test_photos_found_after_their_marks_have_them_too(store: SessionStore) -> None:
    review = Review(store, SOURCES, Shoot())
    review.take_marks({A: (sidecar(LONG_AGO, label=Label.RED),)})
    assert review.load(PHOTOS)[A].label is Label.RED


def test_an_older_file_does_not_contradict(store: SessionStore) -> None:
    review = opened(store)
    review.set_rating([A], 2)
    review.take_marks({A: (sidecar(LONG_AGO, rating=5),)})
    assert (review.decisions[A].rating, review.conflicts()) == (2, ())


def test_our_own_sidecar_contradicts_nobody(store: SessionStore) -> None:
    review = opened(store)
    review.set_rating([A], 2)
    review.take_marks({A: (replace(sidecar(LATER, rating=5), is_ours=True),)})
    assert review.conflicts() == ()


def test_keeping_ones_own_is_asked_once(store: SessionStore) -> None:
    review = opened(store)
    review.set_rating([A], 2)
    file = sidecar(datetime.now(UTC) + timedelta(microseconds=1), rating=5, flag=Flag.PICK)
    review.take_marks({A: (file,)})
    (conflict,) = review.conflicts()
    assert (conflict.ours.rating, conflict.theirs.rating) == (2, 5)
    assert review.decisions[A].flag is Flag.PICK, "what was not decided here is shown all the same"
    review.keep_ours([A])
    assert review.conflicts() == ()

    again = opened(store)
    again.take_marks({A: (file,)})
    assert (again.decisions[A].rating, again.conflicts()) == (2, ())
    again.take_marks({A: (replace(file, changed_at=LATER, marks=Marks(rating=4)),)})
    assert len(again.conflicts()) == 1, "another change is another question"


def test_taking_the_files_can_be_undone(store: SessionStore) -> None:
    review = opened(store)
    review.set_rating([A], 2)
    review.take_marks({A: (sidecar(LATER, rating=5),)})
    change = review.take_theirs([A, B])
    assert change is not None
    assert change.title == "Take a from its file"
    assert (review.decisions[A].rating, review.conflicts()) == (5, ())
    review.undo()
    assert review.decisions[A].rating == 2
    assert len(review.conflicts()) == 1


def test_a_photo_decided_on_while_the_question_stood_is_not_touched_by_the_answer(
    store: SessionStore,
) -> None:
    review = opened(store)
    review.set_rating([A], 2)
    review.take_marks({A: (sidecar(datetime.now(UTC) + timedelta(microseconds=1), rating=5),)})
    review.set_rating([A], 1)
    assert review.take_theirs([A]) is None
    review.keep_ours([A])
    assert review.decisions[A].rating == 1


def test_an_answer_that_cannot_be_written_is_no_answer(
    store: SessionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    review = opened(store)
    review.set_rating([A], 2)
    review.take_marks({A: (sidecar(LATER, rating=5),)})

    def full(*_: object) -> None:
        raise StoreError(say("The disk is full."))

    monkeypatch.setattr(store, "confirm", full)
    with pytest.raises(StoreError):
        review.keep_ours([A])
    assert len(review.conflicts()) == 1
