"""What is learned from decisions, what is unlearned, and that nothing of it is left when it is forgotten."""

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import NewerSchemaError
from core.persistence.taste_store import TasteStore
from core.persistence.troubles import DamagedError
from core.settings import Weights
from core.taste.comparisons import COUNTS, LessonColumns, compare
from core.taste.fit import STANDARD, fit
from core.taste.lessons import LEARNED_TERMS, HowDecided, lessons_of
from core.taste.profiles import ShootProfile, shipped
from core.taste.taste import Taste, with_points
from core.taste.verdict import Verdict, judge
from core.taste.words import account_words, verdict_words
from core.types import Accepted, ClusterKind, DecisionSource, Flag, TermName
from fixtures.tastes import LATER, DecidedShoot, of_taste

SMILES = {"smile": 6.0, "sharpness": 0.5}
"""The points of somebody to whom a smile is nearly all."""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[TasteStore]:
    with closing(TasteStore.open(tmp_path / "taste.sqlite")) as opened:
        yield opened


@pytest.fixture
def taste(store: TasteStore) -> Taste:
    return Taste(store, shipped())


def observe(taste: Taste, shoot: DecidedShoot) -> int:
    return taste.observe(shoot.photos, shoot.clusters, shoot.decisions)


def learned_of(taste: Taste) -> np.ndarray:
    return taste.learned().fitted.points


def only_smile(sharp: float = 0.9) -> DecidedShoot:
    """One burst: the smiling frame is a little soft, the sharp one does not smile."""
    shoot = DecidedShoot(Path("/shoots/one"))
    shoot.add([[sharp, 1, 1, 1, 1, 1], [1, 1, 1, 1, 0.9, 1], [1, 1, 1, 1, 0.2, 1]])
    return shoot


# What a decision teaches


def test_a_pick_is_compared_with_each_reject_of_its_burst() -> None:
    shoot = only_smile()
    shoot.choose(shoot.clusters[0], 0)
    (lesson,) = lessons_of(shoot.clusters, shoot.photos, shoot.decisions)
    compared = compare(LessonColumns.of([lesson]))
    smile, sharpness = LEARNED_TERMS.index(TermName.SMILE), LEARNED_TERMS.index(TermName.SHARPNESS)
    assert compared.differences[:, smile] == pytest.approx([0.1, 0.8])
    assert compared.differences[:, sharpness] == pytest.approx([-0.1, -0.1])
    assert lesson.liked.tolist() == [True, False, False]


@pytest.mark.parametrize(
    ("at", "accepted", "how"),
    [
        (0, None, HowDecided.BY_HAND),
        (1, Accepted.ONE, HowDecided.ACCEPTED),
        (1, Accepted.MANY, HowDecided.AT_ONCE),
        (1, None, HowDecided.ACCEPTED),
    ],
    ids=["overridden", "accepted", "accepted with many", "accepted before that was kept"],
)
def test_how_a_burst_was_decided_is_known(at: int, accepted: Accepted | None, how: HowDecided) -> None:
    shoot = only_smile(0.5)
    assert shoot.clusters[0].suggested_pick == shoot.clusters[0].photo_ids[1]
    shoot.choose(shoot.clusters[0], at, accepted=accepted)
    (lesson,) = lessons_of(shoot.clusters, shoot.photos, shoot.decisions)
    assert lesson.way is how


def test_bursts_decided_in_one_instant_were_hardly_looked_at() -> None:
    """Before it was kept how suggestions were accepted, only the instant told."""
    shoot = of_taste(SMILES, 5)
    for cluster in shoot.clusters:
        shoot.choose(cluster, 0, when=LATER)
    lessons = lessons_of(shoot.clusters, shoot.photos, shoot.decisions)
    assert {lesson.way for lesson in lessons} == {HowDecided.AT_ONCE}
    assert COUNTS[HowDecided.AT_ONCE] < 0.1 < COUNTS[HowDecided.ACCEPTED] < COUNTS[HowDecided.BY_HAND]
    assert judge(compare(LessonColumns.of(lessons))).bursts == 0, "they say nothing of who agrees"


@pytest.mark.parametrize("source", [DecisionSource.SUGGESTED, DecisionSource.FILE])
def test_what_others_decided_teaches_nothing(source: DecisionSource) -> None:
    shoot = only_smile()
    shoot.choose(shoot.clusters[0], 0, source=source)
    assert lessons_of(shoot.clusters, shoot.photos, shoot.decisions) == []


def test_brackets_and_frames_nobody_decided_on_teach_nothing() -> None:
    shoot = DecidedShoot(Path("/shoots/b"))
    shoot.choose(shoot.add([[1, 1, 1, 1, 1, 1], [0, 1, 1, 1, 1, 1]], ClusterKind.BRACKET), 0)
    burst = shoot.add([[1, 1, 1, 1, 1, 1], [0, 1, 1, 1, 1, 1]])
    shoot.choose(burst, 0)
    del shoot.decisions[burst.photo_ids[1]]
    assert lessons_of(shoot.clusters, shoot.photos, shoot.decisions) == []


# Learning


def test_ten_decisions_move_it_a_little_and_a_thousand_a_lot() -> None:
    def learned(count: int) -> np.ndarray:
        shoot = of_taste(SMILES, count)
        lessons = lessons_of(shoot.clusters, shoot.photos, shoot.decisions)
        points = fit(compare(LessonColumns.of(lessons))).points
        return np.asarray(points / points.sum())

    standard, at = STANDARD / STANDARD.sum(), LEARNED_TERMS.index(TermName.SMILE)
    few, many = learned(10)[at] - standard[at], learned(1000)[at] - standard[at]
    assert 0 < few < 0.15
    assert many > 0.4


@given(st.integers(0, 2**32 - 1))
def test_no_term_ever_counts_against_what_it_measures(seed: int) -> None:
    chance = np.random.default_rng(seed)
    shoot = of_taste({name: float(chance.normal(0, 5)) for name in LEARNED_TERMS}, 60, seed=seed)
    lessons = lessons_of(shoot.clusters, shoot.photos, shoot.decisions)
    found = fit(compare(LessonColumns.of(lessons)))
    assert np.isfinite(found.points).all()
    assert (found.points >= 0).all()
    assert (found.held > 0).all()


@given(st.permutations(range(6)), st.integers(0, 1000))
def test_the_order_of_shoots_and_of_bursts_changes_nothing(order: list[int], seed: int) -> None:
    shoots = [of_taste(SMILES, 12, Path(f"/shoots/{name}"), seed) for name in "abcdef"]
    lessons = [lessons_of(each.clusters, each.photos, each.decisions) for each in shoots]
    straight = compare(LessonColumns.of(lesson for one in lessons for lesson in one))
    mixed = compare(LessonColumns.of(lesson for at in order for lesson in reversed(lessons[at])))
    assert fit(mixed).points.tolist() == fit(straight).points.tolist()
    assert judge(mixed) == judge(straight)


@given(st.permutations(range(4)))
def test_shoots_observed_in_any_order_are_learned_alike(
    tmp_path_factory: pytest.TempPathFactory, order: list[int]
) -> None:
    shoots = [of_taste(SMILES, 10, Path(f"/shoots/{name}")) for name in "abcd"]

    def learned(numbers: list[int]) -> tuple[list[float], Verdict]:
        path = tmp_path_factory.mktemp("store") / "taste.sqlite"
        with closing(TasteStore.open(path)) as store:
            taste = Taste(store, {})
            for at in numbers:
                observe(taste, shoots[at])
            return learned_of(taste).tolist(), taste.verdict()

    assert learned(order) == learned([0, 1, 2, 3])


# It acts only where it is better


def test_a_taste_of_ones_own_ranks_once_it_agrees_more_often_than_the_standard(taste: Taste) -> None:
    for name in "abcd":
        observe(taste, of_taste(SMILES, 40, Path(f"/shoots/{name}")))
    verdict = taste.verdict()
    assert verdict.bursts == 160
    assert verdict.agreed > verdict.standard_agreed
    assert verdict.acts
    weights = with_points(Weights(), taste.ranking().points)
    assert weights.smile / weights.sharpness > 3
    words = verdict_words(verdict)
    assert f"{round(100 * verdict.agreed / 160)} % of 160 bursts" in words
    assert f"the standard in {round(100 * verdict.standard_agreed / 160)} %" in words
    assert words.endswith("It ranks.")


def test_what_a_run_goes_by_is_read_once(tmp_path: Path) -> None:
    """Choices that are read one by one may contradict each other: another window changes them in between."""
    read: list[None] = []

    class Counting(TasteStore):
        def choices(self) -> dict[str, str]:
            read.append(None)
            return super().choices()

    with closing(Counting.open(tmp_path / "taste.sqlite")) as store:
        taste = Taste(store, shipped())
        taste.learned()
        taste.learned("event")
        read.clear()
        ranking = taste.ranking("event")
        assert (ranking.is_on, ranking.by) == (True, None)
        assert len(read) == 1


def test_one_shoot_is_judged_part_by_part(taste: Taste) -> None:
    observe(taste, of_taste(SMILES, 120))
    assert taste.verdict().bursts == 120
    assert taste.verdict().acts


def test_who_agrees_with_the_standard_keeps_it(taste: Taste) -> None:
    standard = dict(zip(LEARNED_TERMS, STANDARD.tolist(), strict=True))
    for name in "abcd":
        observe(taste, of_taste(standard, 40, Path(f"/shoots/{name}")))
    assert not taste.verdict().acts
    assert with_points(Weights(smile=0.3), taste.ranking().points) == Weights(smile=0.3)


def test_few_decisions_never_rank(taste: Taste) -> None:
    observe(taste, of_taste(SMILES, 25))
    assert not taste.verdict().acts


def test_a_lead_that_chance_could_give_is_none() -> None:
    assert not Verdict(100, 75, 70, better=15, worse=10).acts
    assert Verdict(400, 300, 250, better=70, worse=20).acts
    assert not Verdict(400, 300, 250, better=70, worse=20, lately=-1).acts, "it was better once"


@given(st.integers(0, 400), st.integers(0, 400))
def test_the_chance_is_that_of_the_sign_test(better: int, worse: int) -> None:
    from scipy.stats import binomtest

    if better + worse:
        exact = binomtest(better, better + worse, alternative="greater").pvalue
        assert Verdict(better=better, worse=worse).chance == pytest.approx(exact, abs=0.005)


def test_sliders_are_moved_from_what_was_learned() -> None:
    """In the middle a slider is as learned; only proportions count."""
    moved = with_points(Weights(sharpness=1.0), STANDARD * 3)
    assert moved == Weights(sharpness=1.0)


def test_what_was_learned_is_told_term_by_term(taste: Taste) -> None:
    for name in "abcd":
        observe(taste, of_taste(SMILES, 40, Path(f"/shoots/{name}")))
    told = {each.term: each for each in taste.learned().terms}
    assert sum(each.learned for each in told.values()) == pytest.approx(1)
    assert told[TermName.SMILE].learned > told[TermName.SMILE].standard
    assert account_words(told[TermName.SMILE]) == "A smile counts more to you than in the standard."
    assert (
        account_words(told[TermName.SHARPNESS]) == "You forgive a little blur more readily than the standard."
    )
    for each in told.values():
        assert each.change in (-1, 0, 1)
        if each.change:
            assert (each.learned > each.standard) == (each.change > 0), "the sentence is true of the figures"


# Unlearning


def test_a_decision_taken_back_is_unlearned(taste: Taste) -> None:
    before = learned_of(taste).tolist()
    shoot = of_taste(SMILES, 20)
    observe(taste, shoot)
    assert learned_of(taste).tolist() != before
    shoot.decisions.clear()
    observe(taste, shoot)
    assert learned_of(taste).tolist() == before


def test_a_decision_changed_counts_as_it_is_now_and_once(taste: Taste, tmp_path: Path) -> None:
    shoot = only_smile()
    shoot.choose(shoot.clusters[0], 0)
    observe(taste, shoot)
    shoot.choose(shoot.clusters[0], 1, when=LATER + timedelta(hours=1))
    observe(taste, shoot)
    with closing(TasteStore.open(tmp_path / "other.sqlite")) as other:
        fresh = Taste(other, {})
        observe(fresh, shoot)
        assert learned_of(taste).tolist() == learned_of(fresh).tolist()


def test_looking_at_a_shoot_again_teaches_nothing_new(taste: Taste) -> None:
    shoot = of_taste(SMILES, 20)
    assert observe(taste, shoot) == 20
    once = learned_of(taste).tolist()
    assert observe(taste, shoot) == 0
    assert observe(taste, shoot.at(Path("/shoots/renamed"))) == 20, "it lies elsewhere now"
    assert learned_of(taste).tolist() == once
    assert list(taste.shoots()) == [Path("/shoots/renamed")]


def test_bursts_grouped_otherwise_are_not_learned_twice(taste: Taste, store: TasteStore) -> None:
    shoot = of_taste(SMILES, 2)
    observe(taste, shoot)
    one, other = shoot.clusters
    shoot.clusters = [
        replace(one, photo_ids=one.photo_ids + other.photo_ids, scores=one.scores + other.scores)
    ]
    observe(taste, shoot)
    assert store.lessons().sizes.tolist() == [8]


def test_frames_that_are_gone_stay_learned_until_the_rest_is_decided_otherwise(
    taste: Taste, store: TasteStore
) -> None:
    """Rejects go to the trash; what they taught stays."""
    shoot = of_taste(SMILES, 3)
    observe(taste, shoot)
    before = learned_of(taste).tolist()
    for photo_id, decision in shoot.decisions.items():
        if decision.flag is Flag.REJECT:
            del shoot.photos[photo_id]
    shoot.clusters = [
        replace(cluster, photo_ids=tuple(one for one in cluster.photo_ids if one in shoot.photos), scores=())
        for cluster in shoot.clusters
    ]
    assert observe(taste, shoot) == 0
    assert learned_of(taste).tolist() == before
    left = next(iter(shoot.photos))
    shoot.decisions[left] = replace(shoot.decisions[left], flag=Flag.REJECT)
    observe(taste, shoot)
    assert len(store.lessons().sizes) == 2


def test_a_shoot_and_a_decision_can_be_left_out(taste: Taste, store: TasteStore) -> None:
    one, other = of_taste(SMILES, 5), of_taste(SMILES, 5, Path("/shoots/b"))
    observe(taste, one)
    observe(taste, other)
    taste.leave_out_shoot(Path("/shoots/b"))
    assert store.lessons().sizes.size == 5
    observe(taste, other)
    assert store.lessons().sizes.size == 5, "later decisions in it teach nothing either"
    burst = [one.photos[photo_id] for photo_id in one.clusters[0].photo_ids]
    taste.leave_out(burst)
    assert store.lessons().sizes.size == 4
    taste.leave_out(burst, left_out=False)
    taste.leave_out_shoot(Path("/shoots/b"), left_out=False)
    assert store.lessons().sizes.size == 10


def test_switched_off_nothing_is_learned_and_the_standard_ranks(taste: Taste, store: TasteStore) -> None:
    for name in "abcd":
        observe(taste, of_taste(SMILES, 40, Path(f"/shoots/{name}")))
    taste.switch(False)
    assert observe(taste, of_taste(SMILES, 9, Path("/shoots/e"))) == 0
    assert with_points(Weights(), taste.ranking().points) == Weights()
    taste.switch(True)
    assert with_points(Weights(), taste.ranking().points) != Weights()
    assert store.lessons().sizes.size == 160, "what was learned stays"


# Forgetting


def test_nothing_learned_survives_on_disk(tmp_path: Path) -> None:
    path = tmp_path / "taste.sqlite"
    store = TasteStore.open(path)
    taste = Taste(store, {})
    shoot = of_taste(SMILES, 30, Path("/shoots/secret-wedding"))
    observe(taste, shoot)
    path.with_name("taste.sqlite.v1.bak").write_bytes(path.read_bytes())
    path.with_name("taste.sqlite.damaged").write_bytes(path.read_bytes())
    text = taste.export()
    (tmp_path / "mine.toml").write_text(text.replace('learner = "x', 'learner = "y'), "utf-8")
    taste.bring(tmp_path / "mine.toml")
    lesson = lessons_of(shoot.clusters, shoot.photos, shoot.decisions)[0]
    traces = [
        b"secret-wedding",
        lesson.values.tobytes()[:24],
        np.array(lesson.frames, "<i8").tobytes(),
        b"held =",
    ]

    def on_disk() -> bytes:
        return b"".join(file.read_bytes() for file in sorted(tmp_path.glob("taste.sqlite*")))

    assert all(trace in on_disk() for trace in traces)
    taste.forget()
    assert [trace for trace in traces if trace in on_disk()] == [], "while it is open: file, log and all"
    assert list(tmp_path.glob("taste.sqlite.*")) == [], "no copy of it either"
    store.close()
    assert [trace for trace in traces if trace in on_disk()] == []


def test_a_reset_is_a_reset(taste: Taste) -> None:
    for name in "abcd":
        observe(taste, of_taste(SMILES, 40, Path(f"/shoots/{name}")))
    taste.forget()
    assert learned_of(taste).tolist() == STANDARD.tolist()
    assert taste.verdict() == Verdict()
    assert with_points(Weights(), taste.ranking().points) == Weights()
    assert observe(taste, of_taste(SMILES, 40)) == 0, "what was decided before does not come back"
    shoot = of_taste(SMILES, 3, Path("/shoots/new"))
    for cluster in shoot.clusters:
        shoot.choose(cluster, 0, when=datetime.now(UTC) + timedelta(seconds=1))
    assert observe(taste, shoot) == 3


def test_the_file_is_its_owners_alone(taste: Taste, store: TasteStore) -> None:
    observe(taste, of_taste(SMILES, 3))
    if os.name != "nt":
        for file in store.path.parent.glob("taste.sqlite*"):
            assert stat.S_IMODE(file.stat().st_mode) == 0o600


# What lies on disk


def test_a_damaged_or_newer_file_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "taste.sqlite"
    with closing(TasteStore.open(path)) as store:
        observe(Taste(store, {}), of_taste(SMILES, 30))
    content = bytearray(path.read_bytes())
    at = content.index(b"sharpness seen whole")
    content[at : at + 9] = b"sharpnoss"
    path.write_bytes(content)
    with pytest.raises(DamagedError, match=r"taste\.sqlite"):
        TasteStore.open(path)
    assert path.read_bytes() == content
    newer = tmp_path / "newer.sqlite"
    TasteStore.open(newer).close()
    with closing(sqlite3.connect(newer)) as database, database:
        database.execute("PRAGMA user_version = 9")
    with pytest.raises(NewerSchemaError, match="newer version of Shortlist"):
        TasteStore.open(newer)


def test_lessons_of_other_terms_tell_what_is_still_a_term(taste: Taste, store: TasteStore) -> None:
    shoot = only_smile()
    shoot.choose(shoot.clusters[0], 0)
    observe(taste, shoot)
    whole = store.lessons().values
    with store._database.writing() as connection:
        connection.execute("UPDATE lesson SET names = replace(names, 'exposure', 'horizon')")
    values = store.lessons().values
    assert values[:, :-1].tolist() == whole[:, :-1].tolist()
    assert values[:, -1].tolist() == [1.0, 1.0, 1.0]


# Profiles


def test_each_profile_learns_by_itself(taste: Taste) -> None:
    taste.choose_profile([Path("/shoots/party")], "event")
    for name in "abcd":
        observe(taste, of_taste(SMILES, 40, Path(f"/shoots/party/{name}")))
        observe(taste, of_taste({"sharpness": 5.0, "smile": 0.2}, 40, Path(f"/shoots/birds/{name}")))
    assert taste.profile_of([Path("/shoots/party/a"), Path("/shoots/party/b")]) == "event"
    assert taste.verdict("event").bursts == 160
    event = with_points(Weights(), taste.ranking("event").points)
    assert event.smile / event.sharpness > 3
    assert taste.verdict().bursts == 320
    taste.choose_profile([Path("/shoots/party")], "")
    assert taste.verdict("event").bursts == 0, "what was taught goes with the profile"


def test_a_profile_is_chosen_with_what_it_was_taught_or_not_at_all(taste: Taste, store: TasteStore) -> None:
    party = Path("/shoots/party")
    observe(taste, of_taste(SMILES, 4, party))
    with store._database.writing() as connection:
        connection.execute(
            "CREATE TRIGGER full BEFORE UPDATE OF profile ON lesson BEGIN SELECT raise(ABORT, 'full'); END"
        )
    with pytest.raises(sqlite3.IntegrityError, match="full"):
        taste.choose_profile([party], "event")
    assert taste.profile_of([party]) == ""


def test_a_profile_of_ones_own_stands_in_for_the_standard(store: TasteStore) -> None:
    taste = Taste(store, {"calm": ShootProfile("calm", factors={TermName.SMILE: 0.0})})
    weights = with_points(Weights(), taste.ranking("calm").points)
    assert weights.smile == 0
    assert weights.sharpness == pytest.approx(weights.eyes, abs=0.02)
    assert with_points(Weights(), taste.ranking("nobody knows").points) == Weights()
