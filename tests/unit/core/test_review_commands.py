"""What each command of the review decides, and that nothing is shown which is not written down."""

import os
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from core.errors import StoreError
from core.language import say
from core.persistence.database import Database
from core.persistence.decisions_schema import DECISIONS
from core.persistence.session_store import SessionStore
from core.review.review import Review
from core.shoot.shoot import Shoot
from core.types import (
    Cluster,
    ClusterId,
    ClusterKind,
    Decision,
    DecisionSource,
    Flag,
    Label,
    Photo,
    PhotoId,
    SceneId,
)
from fixtures.frames import photo, scores

SOURCES = (Path("/shoot"),)
A, B, C, D = (PhotoId(name) for name in "abcd")
PHOTOS = [photo(name) for name in "abcd"]


class FullDisk(SessionStore):
    """Keeps decisions until told that the disk is full."""

    is_full = False

    def record(self, *args: Any, **kwargs: Any) -> int:
        if self.is_full:
            raise StoreError(say("The disk is full."))
        return super().record(*args, **kwargs)

    def undo(self, *args: Any) -> None:
        if self.is_full:
            raise StoreError(say("The disk is full."))
        super().undo(*args)

    def load_decisions(self, photos: Iterable[Photo]) -> dict[PhotoId, Decision]:
        if self.is_full:
            raise StoreError(say("The disk is broken."))
        return super().load_decisions(photos)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[FullDisk]:
    with closing(FullDisk(Database(tmp_path / "decisions.sqlite", DECISIONS))) as opened:
        yield opened


@pytest.fixture
def review(store: FullDisk) -> Review:
    review = Review(store, SOURCES, Shoot())
    review.load(PHOTOS)
    return review


def burst(suggested: PhotoId | None = A, kind: ClusterKind = ClusterKind.BURST) -> Cluster:
    ids = (A, B, C)
    return Cluster(
        ClusterId("burst"), kind, ids, SceneId("scene"), suggested_pick=suggested, scores=scores(ids)
    )


def flags(review: Review, *photo_ids: PhotoId) -> list[Flag | None]:
    return [review.decisions[photo_id].flag for photo_id in photo_ids or (A, B, C)]


def test_loading_tells_of_every_photo(store: FullDisk, review: Review) -> None:
    review.set_rating([A], 4)
    loaded = Review(store, SOURCES, Shoot()).load(PHOTOS)
    assert [loaded[photo_id].rating for photo_id in (A, B)] == [4, None]
    assert loaded[B].is_empty


def test_a_command_changes_only_what_it_says(review: Review) -> None:
    review.set_rating([A], 4)
    review.set_label([A], Label.RED)
    change = review.set_flag([A, B], Flag.PICK)
    assert change is not None
    assert [decision.photo_id for decision in change.after] == [A, B]
    decision = review.decisions[A]
    assert (decision.flag, decision.rating, decision.label) == (Flag.PICK, 4, Label.RED)
    assert decision.source is DecisionSource.USER
    assert decision.decided_at is not None


def test_what_is_so_already_is_no_change(review: Review) -> None:
    review.set_flag([A], Flag.PICK)
    assert review.set_flag([A], Flag.PICK) is None
    assert review.set_flag([], Flag.PICK) is None
    change = review.set_flag([A, B], Flag.PICK)
    assert change is not None
    assert [decision.photo_id for decision in change.after] == [B]
    assert change.title == "Pick b"


def test_a_photo_named_twice_is_decided_once(review: Review) -> None:
    change = review.set_rating([A, A], 2)
    assert change is not None
    assert len(change.after) == 1


@pytest.mark.parametrize("rating", [-1, 6])
def test_stars_go_from_none_to_five(review: Review, rating: int) -> None:
    with pytest.raises(ValueError, match="0 to 5 stars"):
        review.set_rating([A], rating)


def test_the_same_label_again_removes_it_but_only_where_all_have_it(review: Review) -> None:
    review.set_label([A], Label.RED)
    review.set_label([A, B], Label.RED)
    assert review.decisions[B].label is Label.RED
    review.set_label([A, B], Label.RED)
    assert review.decisions[A].label is Label.NONE


def test_accepting_picks_the_suggestion_and_rejects_the_rest(review: Review) -> None:
    change = review.accept(burst())
    assert change is not None
    assert change.title == "Accept suggestion (3 frames)"
    assert flags(review) == [Flag.PICK, Flag.REJECT, Flag.REJECT]
    assert review.accept(burst()) is None


def test_accepting_leaves_what_the_user_decided(review: Review) -> None:
    review.set_flag([B], Flag.PICK)
    review.set_flag([C], Flag.UNFLAGGED)
    review.accept(burst())
    assert flags(review) == [Flag.PICK, Flag.PICK, Flag.REJECT]


def test_accepting_never_rejects_a_whole_burst(review: Review) -> None:
    review.set_flag([A], Flag.REJECT)
    assert review.accept(burst(suggested=A)) is None
    assert flags(review) == [Flag.REJECT, None, None]


@pytest.mark.parametrize(
    "cluster", [burst(None), burst(A, ClusterKind.BRACKET), burst(A, ClusterKind.SINGLE)]
)
def test_only_a_burst_with_a_suggestion_can_be_accepted(review: Review, cluster: Cluster) -> None:
    assert review.accept(cluster) is None
    assert flags(review) == [None, None, None]


def test_choosing_another_frame_overrides_an_accepted_suggestion(review: Review) -> None:
    review.accept(burst(suggested=A))
    change = review.choose(burst(suggested=A), B)
    assert change is not None
    assert change.title == "Choose b of its burst"
    assert flags(review) == [Flag.REJECT, Flag.PICK, Flag.REJECT]


def test_choosing_keeps_what_the_user_picked(review: Review) -> None:
    review.set_flag([A], Flag.PICK)
    review.choose(burst(suggested=A), B)
    assert flags(review) == [Flag.PICK, Flag.PICK, Flag.REJECT]


def test_a_pick_given_after_accepting_is_the_users_own(review: Review) -> None:
    review.accept(burst(suggested=A))
    review.set_flag([A], Flag.PICK)
    review.choose(burst(suggested=A), B)
    assert flags(review) == [Flag.PICK, Flag.PICK, Flag.REJECT]


@pytest.mark.parametrize("kind", [ClusterKind.BRACKET, ClusterKind.SINGLE])
def test_choosing_picks_the_frame_it_names_and_rejects_only_in_a_burst(
    review: Review, kind: ClusterKind
) -> None:
    change = review.choose(burst(None, kind), B)
    assert change is not None
    assert change.title == "Pick b"
    assert flags(review) == [None, Flag.PICK, None]


def test_titles_say_what_happened(review: Review) -> None:
    changes = [
        review.set_flag([A], Flag.PICK),
        review.set_flag([A, B], Flag.REJECT),
        review.set_flag([A], Flag.UNFLAGGED),
        review.set_rating([A, B, C], 3),
        review.set_rating([A], 1),
        review.set_rating([A], 0),
        review.set_label([A], Label.RED),
        review.set_label([A], Label.RED),
    ]
    assert [change.title for change in changes if change] == [
        "Pick a",
        "Reject 2 frames",
        "Unflag a",
        "Rate 3 frames 3 stars",
        "Rate a 1 star",
        "Rate a no stars",
        "Label a red",
        "Remove label of a",
    ]


def test_a_title_is_text_even_if_the_file_name_is_not(review: Review) -> None:
    odd = Photo(PhotoId("odd"), Path("/shoot") / os.fsdecode(b"caf\xe9.jpg"))
    review.load([odd])
    change = review.set_flag([odd.id], Flag.PICK)
    assert change is not None
    assert change.title == "Pick caf\N{REPLACEMENT CHARACTER}"


def test_what_cannot_be_written_is_not_shown(store: FullDisk, review: Review) -> None:
    review.set_flag([A], Flag.PICK)
    store.is_full = True
    with pytest.raises(StoreError, match="disk is full"):
        review.set_flag([A, B], Flag.REJECT)
    with pytest.raises(StoreError, match="disk is full"):
        review.accept(burst(suggested=B))
    with pytest.raises(StoreError, match="disk is full"):
        review.undo()
    assert flags(review) == [Flag.PICK, None, None]
    assert (review.undo_title, review.redo_title) == ("Pick a", "")
    store.is_full = False
    assert review.undo() is not None
    assert flags(review) == [None, None, None]


def test_photos_that_could_not_be_read_are_read_before_they_are_decided_on(store: FullDisk) -> None:
    before = Review(store, SOURCES, Shoot())
    before.load(PHOTOS)
    before.set_rating([A], 5)
    review = Review(store, SOURCES, Shoot())
    store.is_full = True
    with pytest.raises(StoreError):
        review.load(PHOTOS)
    with pytest.raises(StoreError):
        review.set_flag([A], Flag.PICK)
    store.is_full = False
    review.set_flag([A], Flag.PICK)
    assert (review.decisions[A].flag, review.decisions[A].rating) == (Flag.PICK, 5)


def test_a_photo_nobody_loaded_is_a_mistake(review: Review) -> None:
    with pytest.raises(KeyError):
        review.set_flag([PhotoId("nobody")], Flag.PICK)


def test_the_winners_of_a_comparison_are_kept_and_the_losers_rejected_in_one_change(review: Review) -> None:
    review.set_flag([B], Flag.PICK)
    change = review.keep([A, D], [B, C])
    assert change is not None
    assert change.title == "Keep 2 frames of those compared"
    # B was the user's pick.
    assert flags(review, A, B, C, D) == [Flag.PICK, Flag.PICK, Flag.REJECT, Flag.PICK]
    review.undo()
    assert flags(review, A, B, C, D) == [None, Flag.PICK, None, None]


def test_a_comparison_takes_back_an_accepted_suggestion_that_lost(review: Review) -> None:
    review.accept(burst())
    review.keep([C], [A, B])
    assert flags(review) == [Flag.REJECT, Flag.REJECT, Flag.PICK]
