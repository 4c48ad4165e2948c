"""Undo and redo: all the way back, all the way forth, and across restarts."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from core.persistence.session_store import SessionStore
from core.review.review import Review
from core.shoot.shoot import Shoot
from core.types import Cluster, ClusterId, ClusterKind, Decision, Flag, Label, PhotoId, SceneId
from fixtures.frames import photo

PHOTOS = [photo(name) for name in "abcdef"]
IDS = [one.id for one in PHOTOS]
SOURCES = (Path("/shoot"),)
some_photos = st.lists(st.sampled_from(IDS), min_size=1, max_size=3)
bursts = st.permutations(IDS).flatmap(
    lambda ids: st.builds(
        Cluster,
        id=st.just(ClusterId("burst")),
        kind=st.sampled_from(ClusterKind),
        photo_ids=st.just(tuple(ids[:3])),
        scene_id=st.just(SceneId("scene")),
        suggested_pick=st.sampled_from([None, *ids[:3]]),
    )
)


class ReviewMachine(RuleBasedStateMachine):
    """A user at the keyboard, who sometimes restarts the program."""

    @initialize()
    def start(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.open()
        self.beginning = dict(self.review.decisions)

    def open(self) -> None:
        self.store = SessionStore.open(self.folder / "decisions.sqlite")
        self.review = Review(self.store, SOURCES, Shoot())
        self.review.load(PHOTOS)

    @rule(photo_ids=some_photos, flag=st.sampled_from(Flag))
    def flag(self, photo_ids: list[PhotoId], flag: Flag) -> None:
        self.review.set_flag(photo_ids, flag)
        assert {self.review.decisions[photo_id].flag for photo_id in photo_ids} == {flag}

    @rule(photo_ids=some_photos, rating=st.integers(0, 5))
    def rate(self, photo_ids: list[PhotoId], rating: int) -> None:
        self.review.set_rating(photo_ids, rating)
        assert {self.review.decisions[photo_id].rating for photo_id in photo_ids} == {rating}

    @rule(photo_ids=some_photos, label=st.sampled_from(Label))
    def label(self, photo_ids: list[PhotoId], label: Label) -> None:
        self.review.set_label(photo_ids, label)
        assert len({self.review.decisions[photo_id].label for photo_id in photo_ids}) == 1

    @rule(burst=bursts)
    def accept(self, burst: Cluster) -> None:
        picked = {photo_id for photo_id in burst.photo_ids if self.is_picked(photo_id)}
        if self.review.accept(burst):
            assert any(self.is_picked(photo_id) for photo_id in burst.photo_ids)
        assert all(self.is_picked(photo_id) for photo_id in picked)

    @rule(burst=bursts, place=st.integers(0, 2))
    def choose(self, burst: Cluster, place: int) -> None:
        self.review.choose(burst, burst.photo_ids[place])
        assert self.is_picked(burst.photo_ids[place])

    @rule()
    def undo(self) -> None:
        title = self.review.undo_title
        change = self.review.undo()
        assert (change.title if change else "") == title == (self.review.redo_title if change else "")

    @rule()
    def redo(self) -> None:
        title = self.review.redo_title
        change = self.review.redo()
        assert (change.title if change else "") == title == (self.review.undo_title if change else "")

    @rule()
    def restart(self) -> None:
        before = (dict(self.review.decisions), self.review.undo_title, self.review.redo_title)
        self.store.close()
        self.open()
        assert (dict(self.review.decisions), self.review.undo_title, self.review.redo_title) == before

    @invariant()
    def the_disk_equals_memory(self) -> None:
        kept = self.store.load_decisions(PHOTOS)
        assert {
            photo_id: kept.get(photo_id) or Decision(photo_id) for photo_id in IDS
        } == self.review.decisions

    def teardown(self) -> None:
        if not hasattr(self, "folder"):
            return
        try:
            while self.review.redo():
                pass
            end = dict(self.review.decisions)
            while self.review.undo():
                pass
            assert self.review.decisions == self.beginning
            while self.review.redo():
                pass
            assert self.review.decisions == end
        finally:
            self.store.close()
            shutil.rmtree(self.folder)

    def is_picked(self, photo_id: PhotoId) -> bool:
        return self.review.decisions[photo_id].flag is Flag.PICK


ReviewMachine.TestCase.settings = settings(max_examples=25, stateful_step_count=20, deadline=None)
TestUndo = ReviewMachine.TestCase


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SessionStore]:
    with closing(SessionStore.open(tmp_path / "decisions.sqlite")) as opened:
        yield opened


def reviewing(store: SessionStore, *folders: str) -> Review:
    review = Review(store, [Path(folder) for folder in folders], Shoot())
    review.load(PHOTOS)
    return review


def test_undo_returns_what_it_changed(store: SessionStore) -> None:
    review = reviewing(store, "/shoot")
    made = review.set_rating(IDS[:2], 3)
    undone = review.undo()
    assert made is not None
    assert undone is not None
    assert (undone.before, undone.after) == (made.after, made.before)
    assert review.redo() == made
    assert review.redo() is None


def test_a_new_change_forgets_what_was_undone(store: SessionStore) -> None:
    review = reviewing(store, "/shoot")
    review.set_flag(IDS[:1], Flag.PICK)
    review.undo()
    review.set_rating(IDS[:1], 2)
    assert review.redo_title == ""
    assert reviewing(store, "/shoot").redo_title == ""


def test_undo_leaves_alone_what_was_decided_otherwise_with_other_folders_open(store: SessionStore) -> None:
    wedding = reviewing(store, "/shoots/wedding")
    wedding.set_flag(IDS[:2], Flag.PICK)
    reviewing(store, "/shoots").set_flag(IDS[:1], Flag.REJECT)
    wedding = reviewing(store, "/shoots/wedding")
    change = wedding.undo()
    assert change is not None
    assert [decision.photo_id for decision in change.after] == [IDS[1]]
    assert wedding.decisions[IDS[0]].flag is Flag.REJECT


def test_undo_passes_over_photos_that_are_gone(store: SessionStore) -> None:
    review = reviewing(store, "/shoot")
    review.set_flag(IDS[:1], Flag.PICK)
    review.set_flag(IDS[1:2], Flag.PICK)
    smaller = Review(store, [Path("/shoot")], Shoot())
    smaller.load(PHOTOS[:1])
    assert smaller.undo_title == "Pick a"
    assert smaller.undo() is not None
    assert smaller.undo() is None


def test_photos_may_arrive_in_parts(store: SessionStore) -> None:
    review = reviewing(store, "/shoot")
    review.set_flag(IDS, Flag.PICK)
    review = Review(store, [Path("/shoot")], Shoot())
    for one in PHOTOS:
        review.load([one])
    change = review.undo()
    assert change is not None
    assert len(change.after) == len(IDS)
