"""An audit: what is drawn, that it is kept with the shoot, and what is taken back."""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from core.persistence.session_store import SessionStore
from core.review.audit.bound import bound_of
from core.review.audit.doubt import Reach, in_doubt, uncovered
from core.review.audit.kept import KeptAudit
from core.review.audit.sample import draw, rejects, stratum_of
from core.review.review import Review
from core.shoot.shoot import Shoot
from core.types import Cluster, ClusterId, ClusterKind, Flag, Label, PhotoId, SceneId, Sureness
from fixtures.frames import photo, scores

SOURCES = (Path("/shoot"),)
BURSTS = 24
FRAMES = 5


def _burst(number: int) -> Cluster:
    """Of four scenes; the first three of each six are clear, then come two leaning and a close one."""
    ids = tuple(PhotoId(f"b{number:02d}f{frame}") for frame in range(FRAMES))
    sureness = (*[Sureness.CLEAR] * 3, *[Sureness.LEANING] * 2, Sureness.CLOSE)[number % 6]
    scene = SceneId(f"scene{number // 6}")
    return Cluster(
        ClusterId(ids[0]),
        ClusterKind.BURST,
        ids,
        scene,
        suggested_pick=ids[0],
        sureness=sureness,
        scores=scores(ids),
    )


CLUSTERS = [_burst(number) for number in range(BURSTS)]
PHOTOS = [photo(photo_id) for cluster in CLUSTERS for photo_id in cluster.photo_ids]
BY_PHOTO = {photo_id: cluster for cluster in CLUSTERS for photo_id in cluster.photo_ids}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SessionStore]:
    with closing(SessionStore.open(tmp_path / "decisions.sqlite")) as opened:
        yield opened


@pytest.fixture
def review(store: SessionStore) -> Review:
    review = Review(store, SOURCES, Shoot())
    review.load(PHOTOS)
    return review


def test_only_what_the_program_alone_rejected_is_drawn_from(review: Review) -> None:
    by_hand = CLUSTERS[0].photo_ids[1:3]
    review.set_flag(by_hand, Flag.REJECT)
    review.choose(CLUSTERS[1], CLUSTERS[1].photo_ids[2])
    review.accept_all(CLUSTERS)
    found = rejects(CLUSTERS, review.decisions)
    assert len(found) == len(set(found)) == 22 * (FRAMES - 1) + 2
    assert set(found).isdisjoint(by_hand)
    assert set(found).isdisjoint(CLUSTERS[1].photo_ids)
    assert {review.decisions[one].flag for one in found} == {Flag.REJECT}


def test_a_sample_spreads_over_sureness_and_scenes_as_the_rejects_do(review: Review) -> None:
    review.accept_all(CLUSTERS)
    population = rejects(CLUSTERS, review.decisions)
    size = 24  # one in four of 96
    for seed in range(50):
        audit = draw(population, size, seed)
        assert len(set(audit.drawn)) == size
        drawn = Counter(BY_PHOTO[one].sureness for one in audit.drawn)
        assert drawn == {Sureness.CLEAR: 12, Sureness.LEANING: 8, Sureness.CLOSE: 4}
        strata = Counter(stratum_of(BY_PHOTO[one]) for one in audit.drawn)
        assert len(strata) == 12
        assert max(Counter(BY_PHOTO[one].id for one in audit.drawn).values()) <= 2


def test_the_same_seed_draws_the_same_sample_and_another_seed_another(review: Review) -> None:
    review.accept_all(CLUSTERS)
    population = rejects(CLUSTERS, review.decisions)
    assert draw(population, 20, 7).drawn == draw(population, 20, 7).drawn
    assert draw(population, 20, 7).drawn != draw(population, 20, 8).drawn
    assert set(draw(population, 1000, 1).drawn) == set(population)
    assert draw(population, 0, 1).drawn == draw((), 20, 1).drawn == ()
    # What a seed draws is kept in people's files: it must not change from version to version.
    numbers = [PhotoId(str(number)) for number in range(100)]
    assert draw(numbers, 4, 20260617).drawn == ("34", "20", "56", "93")


def test_an_audit_and_each_answer_are_kept_with_what_is_open(tmp_path: Path) -> None:
    path = tmp_path / "decisions.sqlite"
    with closing(SessionStore.open(path)) as store:
        kept = KeptAudit(store, SOURCES)
        assert kept.latest() is None
        audit = draw([one.id for one in PHOTOS], 10, seed=3)
        kept.begin(audit)
        first, second, third = audit.drawn[:3]
        for photo_id, keeper in ((first, False), (second, True), (third, True)):
            audit = kept.answer(audit, photo_id, keeper)
        audit = kept.answer(audit, third, None)
        assert set(audit.answers) == {first, second}
    with closing(SessionStore.open(path)) as store:
        again = KeptAudit(store, SOURCES).latest()
        assert again == audit
        assert again.keepers == (second,)
        assert (bound_of(again).looked_at, bound_of(again).keepers) == (2, 1)
        assert KeptAudit(store, [Path("/another")]).latest() is None
        later = draw([one.id for one in PHOTOS], 5, seed=4)
        KeptAudit(store, SOURCES).begin(later)
        assert KeptAudit(store, SOURCES).latest() == later
        with pytest.raises(KeyError):
            KeptAudit(store, SOURCES).answer(later, PhotoId("nobody"), keeper=True)


def test_audits_of_shoots_long_past_are_forgotten_and_the_latest_are_not(store: SessionStore) -> None:
    for number in range(105):
        KeptAudit(store, [Path(f"/shoot{number}")]).begin(draw([PhotoId("a")], 1, number))
    kept = [number for number in range(105) if store.audit([Path(f"/shoot{number}")])]
    assert kept == list(range(5, 105))


@pytest.mark.parametrize(
    ("reach", "taken_back"),
    [
        (Reach.FRAMES, {"b00f1"}),
        (Reach.BURSTS, {"b00f1", "b00f2", "b00f4"}),
        (Reach.STRATA, {f"b{burst:02d}f{frame}" for burst in range(3) for frame in range(1, 5)} - {"b00f3"}),
    ],
)
def test_what_is_in_doubt_is_taken_back_in_one_undo_and_nothing_decided_by_hand(
    review: Review, reach: Reach, taken_back: set[str]
) -> None:
    review.accept_all(CLUSTERS)
    population = rejects(CLUSTERS, review.decisions)
    wrong, by_hand, _ = (PhotoId(f"b00f{frame}") for frame in (1, 3, 4))
    review.set_flag([by_hand], Flag.REJECT)
    audit = replace(draw(population, len(population), 1), answers={wrong: True, PhotoId("b07f2"): False})
    doubtful = in_doubt(audit, CLUSTERS, review.decisions, reach)
    assert set(doubtful) == taken_back
    before = dict(review.decisions)
    change = review.take_back([*doubtful, by_hand])
    assert change is not None
    changed = {one for one, decision in review.decisions.items() if decision.flag is not before[one].flag}
    assert changed == taken_back
    assert {review.decisions[PhotoId(one)].flag for one in changed} == {Flag.UNFLAGGED}
    assert in_doubt(audit, CLUSTERS, review.decisions, reach) == ()
    assert review.take_back(doubtful) is None
    review.undo()
    assert dict(review.decisions) == before


def test_rejects_that_came_later_are_not_covered(review: Review) -> None:
    review.accept_all(CLUSTERS[:10])
    audit = draw(rejects(CLUSTERS, review.decisions), 10, 1)
    assert uncovered(audit, rejects(CLUSTERS, review.decisions)) == 0
    review.take_back(audit.drawn)
    assert uncovered(audit, rejects(CLUSTERS, review.decisions)) == 0
    review.accept_all(CLUSTERS[10:12])
    assert uncovered(audit, rejects(CLUSTERS, review.decisions)) == 2 * (FRAMES - 1)


def test_a_proposal_is_marked_in_one_undo_and_marked_again_it_stays(review: Review) -> None:
    proposal = [cluster.photo_ids[0] for cluster in CLUSTERS[:3]]
    review.set_rating(proposal, 5)
    review.set_label(proposal, Label.GREEN, toggle=False)
    assert review.set_label(proposal, Label.GREEN, toggle=False) is None
    assert {review.decisions[one].label for one in proposal} == {Label.GREEN}
    review.undo()
    assert {(review.decisions[one].label, review.decisions[one].rating) for one in proposal} == {(None, 5)}
    review.undo()
    assert all(review.decisions[one].is_empty for one in proposal)
