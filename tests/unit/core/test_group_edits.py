"""Groups the user made: undoable like any decision, kept through restarts, respected by every later grouping."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.grouping.evidence import Alignments
from core.grouping.group import Grouper, Grouping
from core.grouping.users_groups import said_kind
from core.grouping.words import grounds_in_words
from core.persistence.database import Database
from core.persistence.decisions_schema import DECISIONS
from core.persistence.session_store import SessionStore
from core.pipeline.events import ClustersUpdated, PhotosFound
from core.review.review import Review
from core.settings import GroupingRules
from core.shoot.shoot import Shoot
from core.types import Cluster, ClusterKind, Flag, PhotoId
from fixtures.frames import analysis, look, photo

PHOTOS = [photo(name, 100.0 * (index // 3) + index * 0.4) for index, name in enumerate("abcdefghi")]
ANALYSES = {frame.id: analysis(frame.id, look(index // 3)) for index, frame in enumerate(PHOTOS)}
SOURCES = (Path("/shoot"),)


class Desk:
    """A shoot of three bursts of three, and what is decided about it."""

    def __init__(self, store: SessionStore) -> None:
        self.shoot = Shoot()
        self.review = Review(store, SOURCES, self.shoot)
        grouper = Grouper(PHOTOS, ANALYSES, Alignments())
        self.shoot.apply(PhotosFound(1, tuple(PHOTOS)))
        self.review.load(PHOTOS)
        grouping = grouper.group(GroupingRules())
        self.shoot.apply(ClustersUpdated(1, grouping.clusters, grouping.scenes, grouper))

    def groups(self) -> list[str]:
        return ["".join(cluster.photo_ids) for cluster in self.shoot.clusters_in_order()]

    def group_of(self, name: str) -> Cluster:
        return self.shoot.cluster_of(PhotoId(name))

    def take(self, change: object) -> None:
        assert change is not None


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "decisions.sqlite"


def test_merged_groups_are_one_and_stay_so_after_a_restart_and_a_tighter_grouping(path: Path) -> None:
    with closing(SessionStore.open(path)) as store:
        desk = Desk(store)
        assert desk.groups() == ["abc", "def", "ghi"]
        desk.take(desk.review.groups.merge([desk.group_of("a"), desk.group_of("d")]))
        assert desk.groups() == ["abcdef", "ghi"]
        assert desk.group_of("a").kind is ClusterKind.BURST
        assert grounds_in_words(desk.group_of("a")) == "put together by you"
        assert desk.review.undo_title == "Merge 6 frames"
    with closing(SessionStore.open(path)) as store:
        desk = Desk(store)
        assert desk.groups() == ["abcdef", "ghi"]
        desk.shoot.regroup(GroupingRules(burst_looseness=0.0))
        assert "abcdef" in desk.groups()
        desk.take(desk.review.undo())
        desk.shoot.regroup(GroupingRules())
        assert desk.groups() == ["abc", "def", "ghi"]


def test_split_frames_are_a_group_of_their_own(path: Path) -> None:
    with closing(SessionStore.open(path)) as store:
        desk = Desk(store)
        desk.take(desk.review.groups.split(desk.group_of("a"), [PhotoId("b"), PhotoId("c")]))
        assert desk.groups() == ["a", "bc", "def", "ghi"]
        assert grounds_in_words(desk.group_of("a")) == "set apart by you"
        assert desk.review.groups.split(desk.group_of("a"), [PhotoId("a")]) is None, "nothing would be left"
        desk.take(desk.review.undo())
        assert desk.groups() == ["abc", "def", "ghi"]
        desk.take(desk.review.redo())
        assert desk.groups() == ["a", "bc", "def", "ghi"]


def test_a_frame_moves_to_another_group_and_back_to_the_program(path: Path) -> None:
    with closing(SessionStore.open(path)) as store:
        desk = Desk(store)
        home = desk.group_of("c")
        desk.take(desk.review.groups.move_to([PhotoId("c")], desk.group_of("d"), home.photo_ids))
        assert desk.groups() == ["ab", "cdef", "ghi"]
        everything = [frame.id for frame in PHOTOS]
        desk.take(desk.review.groups.group_automatically(everything))
        assert desk.groups() == ["abc", "def", "ghi"]
        assert desk.review.groups.group_automatically(everything) is None


def test_grouping_by_hand_leaves_what_was_decided_and_when(path: Path) -> None:
    with closing(SessionStore.open(path)) as store:
        desk = Desk(store)
        desk.take(desk.review.set_flag([PhotoId("a")], Flag.PICK))
        before = desk.review.decisions[PhotoId("a")]
        desk.take(desk.review.groups.merge([desk.group_of("a"), desk.group_of("d")]))
        after = desk.review.decisions[PhotoId("a")]
        assert (after.flag, after.decided_at) == (before.flag, before.decided_at)
        assert desk.review.decisions[PhotoId("b")].is_empty


@pytest.mark.parametrize("kind", [ClusterKind.BURST, ClusterKind.BRACKET])
def test_what_the_user_calls_a_group_is_kept_through_restarts_rules_and_other_edits(
    path: Path, kind: ClusterKind
) -> None:
    with closing(SessionStore.open(path)) as store:
        desk = Desk(store)
        desk.take(desk.review.groups.say_kind(desk.group_of("a").photo_ids, kind))
        assert desk.group_of("a").kind is kind
        assert desk.review.groups.say_kind([PhotoId("a")], kind) is None
    with closing(SessionStore.open(path)) as store:
        desk = Desk(store)
        desk.shoot.regroup(GroupingRules(burst_looseness=0.0))
        assert (desk.group_of("a").kind, desk.group_of("a").photo_ids) == (kind, tuple("abc"))
        assert "you said" in grounds_in_words(desk.group_of("a"))
        desk.take(
            desk.review.groups.move_to([PhotoId("d")], desk.group_of("a"), desk.group_of("d").photo_ids)
        )
        assert (desk.group_of("d").kind, desk.group_of("d").photo_ids) == (kind, tuple("abcd"))
        desk.take(desk.review.groups.split(desk.group_of("a"), [PhotoId("c"), PhotoId("d")]))
        assert (desk.group_of("a").kind, desk.group_of("d").kind) == (kind, kind)
        desk.take(desk.review.groups.merge([desk.group_of("a"), desk.group_of("g")]))
        assert (desk.group_of("g").kind, desk.group_of("g").photo_ids) == (kind, tuple("abghi"))
        desk.take(desk.review.groups.group_automatically([frame.id for frame in PHOTOS]))
        assert desk.group_of("a").kind is ClusterKind.BURST


def test_a_group_the_user_keeps_together_is_one_before_anything_is_grouped_anew(path: Path) -> None:
    with closing(SessionStore.open(path)) as store:
        desk = Desk(store)
        desk.take(desk.review.groups.say_kind(desk.group_of("a").photo_ids, ClusterKind.BRACKET))
        grouping = Grouper(PHOTOS, ANALYSES, Alignments()).group(GroupingRules())
        desk.shoot.apply(PhotosFound(2, tuple(PHOTOS)))
        desk.shoot.apply(ClustersUpdated(2, grouping.clusters, grouping.scenes))
        assert desk.group_of("a").kind is ClusterKind.BRACKET


def test_a_decision_made_before_there_were_groups_survives_the_upgrade(path: Path) -> None:
    first = DECISIONS.migrations[0]
    with closing(sqlite3.connect(path)) as connection:
        first(connection)
        connection.execute(f"PRAGMA application_id = {DECISIONS.application_id}")
        connection.execute("PRAGMA user_version = 1")
        row = ("a", b"/shoot/a.jpg", b"a.jpg", 0, 0, "pick", 3, None, "user", None, 1)
        connection.execute("INSERT INTO decision VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        connection.execute("INSERT INTO session VALUES (1, ?, 1)", (b"/shoot",))
        journal = '[["a",null,null,null,"user",null]]', '[["a","pick",3,null,"user",null]]'
        connection.execute("INSERT INTO change VALUES (1, 1, 'Pick a', 0, ?, ?)", journal)
        connection.commit()
    with closing(SessionStore.open(path)) as store:
        review = Review(store, SOURCES, Shoot())
        kept = review.load([PHOTOS[0]])[PhotoId("a")]
        assert (kept.flag, kept.rating, kept.group) == (Flag.PICK, 3, None)
        assert review.undo() is not None
        assert review.decisions[PhotoId("a")].is_empty
    with closing(Database(path, DECISIONS)) as database, database.reading() as connection:
        assert connection.execute("PRAGMA user_version").fetchone()[0] == DECISIONS.version


@given(
    st.dictionaries(
        st.sampled_from([frame.id for frame in PHOTOS]), st.sampled_from(["x", "bracket:y", "burst:z"])
    )
)
def test_whatever_the_user_put_together_is_exactly_one_group(placed: dict[PhotoId, str]) -> None:
    grouping: Grouping = Grouper(PHOTOS, ANALYSES, Alignments()).group(GroupingRules(), placed)
    groups = [set(cluster.photo_ids) for cluster in grouping.clusters]
    assert sorted(photo_id for group in groups for photo_id in group) == sorted(f.id for f in PHOTOS)
    for name in set(placed.values()):
        assert {photo_id for photo_id, given_name in placed.items() if given_name == name} in groups
    for photo_id, name in placed.items():
        cluster = next(each for each in grouping.clusters if photo_id in each.photo_ids)
        assert cluster.kind is (said_kind(name) or cluster.kind) or len(cluster.photo_ids) == 1
    in_scenes = [cluster_id for scene in grouping.scenes for cluster_id in scene.cluster_ids]
    assert sorted(in_scenes) == sorted(cluster.id for cluster in grouping.clusters)
