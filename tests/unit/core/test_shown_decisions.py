"""A decision is written down, then held in one place, then shown: no caller can leave one out."""

import ast
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from core.errors import StoreError
from core.grouping.evidence import Alignments
from core.grouping.group import Grouper
from core.language import say
from core.persistence.database import Database
from core.persistence.decisions_schema import DECISIONS
from core.persistence.session_store import SessionStore
from core.pipeline.events import ClustersUpdated, PhotosAnalyzed, PhotosFound
from core.review.marks import with_marks
from core.review.review import Review
from core.settings import GroupingRules
from core.shoot.shoot import Shoot
from core.types import ClusterKind, Decision, FileMarks, Flag, Label, Marks, Photo, PhotoId
from fixtures.frames import analysis, look, photo
from fixtures.syntax import tree_of

PHOTOS = [photo(name, 100.0 * (index // 3) + index * 0.4) for index, name in enumerate("abcdef")]
ANALYSES = {frame.id: analysis(frame.id, look(index // 3)) for index, frame in enumerate(PHOTOS)}
SOURCES = (Path("/shoot"),)
A, B, C, D, *_ = IDS = [frame.id for frame in PHOTOS]
LATER = datetime(2100, 1, 1, tzinfo=UTC)
REPOSITORY = Path(__file__).parents[3]


class Disk(SessionStore):
    """Keeps decisions until told that the disk is full, and gives them until told that it is broken."""

    is_full = False
    is_broken = False

    def record(self, *args: Any, **kwargs: Any) -> int:
        self._check()
        return super().record(*args, **kwargs)

    def confirm(self, *args: Any) -> None:
        self._check()
        super().confirm(*args)

    def undo(self, *args: Any) -> None:
        self._check()
        super().undo(*args)

    def redo(self, *args: Any) -> None:
        self._check()
        super().redo(*args)

    def load_decisions(self, photos: Iterable[Photo]) -> dict[PhotoId, Decision]:
        if self.is_broken:
            raise StoreError(say("The disk is broken."))
        return super().load_decisions(photos)

    def _check(self) -> None:
        if self.is_full:
            raise StoreError(say("The disk is full."))


class Desk:
    """A shoot of two bursts of three on which something is decided already, and what the screen is told of it."""

    def __init__(self, store: Disk) -> None:
        self.store = store
        self.files: dict[PhotoId, tuple[FileMarks, ...]] = {}
        self.shoot = Shoot()
        self.told: list[tuple[set[PhotoId], bool]] = []
        self.kept_when_told: dict[PhotoId, Decision] = {}
        self.review = Review(store, SOURCES, self.shoot, self._tell)
        self.shoot.apply(PhotosFound(1, tuple(PHOTOS)))
        self.review.load(PHOTOS)
        self.shoot.apply(PhotosAnalyzed(1, tuple(ANALYSES.values())))
        grouper = Grouper(PHOTOS, ANALYSES, Alignments())
        grouping = grouper.group(GroupingRules())
        self.shoot.apply(ClustersUpdated(1, grouping.clusters, grouping.scenes, grouper))
        self.shoot.rank(self.shoot.weights)
        self.review.set_rating([A, D], 2)
        self.review.set_flag([D], Flag.PICK)
        self.review.set_label([B], Label.GREEN)
        self.review.undo()
        marks = Marks(flag=Flag.REJECT, rating=5)
        self.files = {photo_id: (FileMarks(Path("x.xmp"), LATER, marks),) for photo_id in (C, D)}
        self.review.take_marks(self.files)
        self.told.clear()

    def kept(self) -> dict[PhotoId, Decision]:
        """What stands on the disk, as it is to be seen."""
        kept = self.store.load_decisions(PHOTOS)
        return {
            photo_id: with_marks(kept.get(photo_id) or Decision(photo_id), self.files.get(photo_id, ()))
            for photo_id in IDS
        }

    def seen(self) -> tuple[object, ...]:
        shoot = self.shoot
        return dict(shoot.decisions), dict(shoot.counts()), dict(shoot.clusters), self.review.undo_title

    def _tell(self, photo_ids: Sequence[PhotoId], regrouped: bool) -> None:
        self.told.append((set(photo_ids), regrouped))
        self.kept_when_told = {
            one: decision for one, decision in self.kept().items() if hasattr(self, "files")
        }


COMMANDS: dict[str, Callable[[Desk], object]] = {
    "flag": lambda desk: desk.review.set_flag([A, B], Flag.REJECT),
    "rating": lambda desk: desk.review.set_rating([A], 4),
    "label": lambda desk: desk.review.set_label([A], Label.RED),
    "accept": lambda desk: desk.review.accept(desk.shoot.cluster_of(A)),
    "accept all": lambda desk: desk.review.accept_all(list(desk.shoot.clusters_in_order())),
    "choose": lambda desk: desk.review.choose(desk.shoot.cluster_of(A), B),
    "keep": lambda desk: desk.review.keep([A], [B]),
    "merge": lambda desk: desk.review.groups.merge(list(desk.shoot.clusters_in_order())),
    "split": lambda desk: desk.review.groups.split(desk.shoot.cluster_of(A), [C]),
    "move": lambda desk: desk.review.groups.move_to([C], desk.shoot.cluster_of(D), [A, B]),
    "say": lambda desk: desk.review.groups.say_kind([A, B, C], ClusterKind.BRACKET),
    "undo": lambda desk: desk.review.undo(),
    "redo": lambda desk: desk.review.redo(),
    "theirs": lambda desk: desk.review.take_theirs([D]),
    "ours": lambda desk: desk.review.keep_ours([D]),
}
GROUP_COMMANDS = {"merge", "split", "move", "say"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Disk]:
    with closing(Disk(Database(tmp_path / "decisions.sqlite", DECISIONS))) as opened:
        yield opened


@pytest.fixture
def desk(store: Disk) -> Desk:
    return Desk(store)


@pytest.mark.parametrize("name", COMMANDS)
def test_what_a_command_changes_is_on_disk_when_it_is_shown_and_shown_as_it_is_on_disk(
    name: str, desk: Desk
) -> None:
    before = dict(desk.shoot.decisions)
    COMMANDS[name](desk)
    now = dict(desk.shoot.decisions)
    changed = {photo_id for photo_id in IDS if now[photo_id] != before[photo_id]}
    assert changed, "the command did something"
    assert desk.told == [(changed, name in GROUP_COMMANDS)]
    assert desk.kept_when_told == now == desk.kept()
    flags = [decision.flag for decision in now.values()]
    assert desk.shoot.tally.flagged(Flag.PICK) == flags.count(Flag.PICK)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_that_cannot_be_written_leaves_disk_shoot_and_screen_as_they_were(
    name: str, desk: Desk
) -> None:
    seen, kept = desk.seen(), desk.kept()
    desk.store.is_full = True
    with pytest.raises(StoreError, match="full"):
        COMMANDS[name](desk)
    assert (desk.seen(), desk.kept(), desk.told) == (seen, kept, [])
    desk.store.is_full = False
    COMMANDS[name](desk)
    assert desk.kept() == dict(desk.shoot.decisions) != seen[0]


def test_photos_that_are_read_late_are_shown_with_what_is_kept_of_them(store: Disk) -> None:
    first = Review(store, SOURCES, Shoot())
    first.load(PHOTOS)
    first.set_rating([A, B], 5)
    told: list[set[PhotoId]] = []
    shoot = Shoot()
    review = Review(store, SOURCES, shoot, lambda photo_ids, _: told.append(set(photo_ids)))
    store.is_broken = True
    with pytest.raises(StoreError):
        review.load(PHOTOS)
    assert not shoot.decisions
    store.is_broken = False
    review.set_flag([A, B], Flag.PICK)
    assert told == [{A, B}, {A, B}], "as they were kept, then as they are now"
    assert (shoot.decision(B).flag, shoot.decision(B).rating) == (Flag.PICK, 5)


def test_nothing_but_the_review_tells_a_shoot_what_is_decided() -> None:
    tellers = {
        path.relative_to(REPOSITORY).as_posix()
        for folder in ("app", "core", "ui")
        for path in (REPOSITORY / folder).rglob("*.py")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and node.attr == "set_decisions"
    }
    # The other looks through what is on disk of photos that are not open, and shows none of it.
    assert tellers == {"core/review/review.py", "app/all_shoots.py"}
