"""Why one frame is ahead of another, and how far it hangs on the weights: every sentence is true of its figures."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ranking.argument_words import (
    loss_words,
    part_words,
    person_words,
    points_words,
    robustness_words,
    with_person,
)
from core.ranking.arguments import Arguing, burst_of
from core.ranking.burst import Burst
from core.ranking.score import rank, score, shares_of
from core.ranking.weightings import Robustness, robustness
from core.settings import Weights
from core.types import (
    Analysis,
    Box,
    Cluster,
    ClusterId,
    ClusterKind,
    Exposure,
    Face,
    FrameScore,
    Layout,
    PhotoId,
    SceneId,
    Term,
    TermName,
)
from fixtures.frames import analysis, face

PLACES = (0.1, 0.45, 0.8)


def standing(at: float, smile: float = 0.2, gaze: float = 0.8) -> Face:
    return replace(face(smile=smile, gaze=gaze), box=Box(at, 0.4, 0.15, 0.15))


def frame(name: str, *faces: Face, focus: np.ndarray | None = None, burnt: float = 0.0) -> Analysis:
    grid = np.ones((4, 4), np.float16) if focus is None else focus.astype(np.float16)
    made = analysis(name, faces=faces)
    return replace(made, layout=Layout(focus=grid), exposure=Exposure(0.4, 0, 0, 1.0, burnt=burnt))


def compared(
    *frames: Analysis, copies: dict[PhotoId, PhotoId] | None = None
) -> tuple[tuple[FrameScore, ...], Burst]:
    burst = Burst.of(list(frames), copies or {})
    return score(burst, Weights()), burst


@st.composite
def bursts(draw: st.DrawFn) -> tuple[tuple[FrameScore, ...], Burst]:
    chance = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    people = int(chance.integers(0, 4))
    frames = []
    for number in range(int(chance.integers(2, 6))):
        faces = [
            standing(PLACES[at], gaze=float(chance.random()), smile=float(chance.random()))
            for at in range(people)
            if chance.random() < 0.9
        ]
        focus = np.maximum(0.05, chance.random((4, 4)))
        frames.append(frame(f"f{number}", *faces, focus=focus, burnt=float(chance.random() * 0.2)))
    copies = {PhotoId("f1"): PhotoId("f0")} if chance.random() < 0.2 else {}
    return compared(*frames, copies=copies)


def scored(*rows: tuple[float, ...], weights: tuple[float, ...] | None = None) -> tuple[FrameScore, ...]:
    """Frames by their values of the first terms, the best first."""
    names = list(TermName)
    weights = weights or (1 / len(rows[0]),) * len(rows[0])
    found = []
    for number, row in enumerate(rows):
        terms = tuple(Term(names[at], value, weights[at]) for at, value in enumerate(row))
        found.append(
            FrameScore(PhotoId(f"f{number}"), 1 - sum(t.weight * (1 - (t.value or 0)) for t in terms), terms)
        )
    return tuple(sorted(found, key=lambda each: -each.total))


# Frame against frame


@given(bursts())
def test_what_is_said_adds_up_to_what_happened(made: tuple[tuple[FrameScore, ...], Burst]) -> None:
    scores, burst = made
    for one in scores:
        for other in scores:
            argument = Arguing(scores, burst).between(one.photo_id, other.photo_id)
            assert argument.points == pytest.approx(one.total - other.total)
            assert sum(part.points for part in argument.parts) == pytest.approx(argument.points, abs=1e-9)
            for part in argument.parts:
                if part.people:
                    assert sum(each.points for each in part.people) == pytest.approx(part.points, abs=1e-8)
                    assert part.box == part.people[0].box
            back = Arguing(scores, burst).between(other.photo_id, one.photo_id)
            assert [part.points for part in back.parts] == pytest.approx(
                [-part.points for part in argument.parts]
            )
            assert [part.term for part in back.decided] == [part.term for part in argument.decided]


@given(bursts())
def test_each_loser_is_told_by_what_it_lost_most(made: tuple[tuple[FrameScore, ...], Burst]) -> None:
    scores, burst = made
    told = Arguing(scores, burst).losses()
    assert list(told) == [each.photo_id for each in scores[1:]]
    for argument in told.values():
        words = loss_words(argument)
        if abs(argument.points) < 1e-9:
            assert words.startswith("As good in sum")
            continue
        assert argument.points < 0
        gravest = min(argument.parts, key=lambda part: part.points)
        assert argument.decided[0].points == gravest.points
        assert (
            words == f"Loses by {points_words(argument.points)}: {part_words(gravest.term, gravest.people)}"
        )
        assert all(part.points > 0 for part in argument.against)
        assert float(points_words(argument.points)) == pytest.approx(-argument.points, abs=0.0051)


def test_the_person_who_decided_is_named_with_both_faces() -> None:
    looks = [standing(at, gaze=0.9) for at in PLACES]
    down = [looks[0], replace(looks[1], gaze=0.1), looks[2]]
    scores, burst = compared(frame("up", *looks), frame("down", *down))
    loss = Arguing(scores, burst).losses()[PhotoId("down")]
    assert loss_words(loss).endswith(": eyes of the one in the middle")
    part = loss.decided[0]
    assert part.term is TermName.EYES
    assert (part.people[0].person, part.people[0].of) == (1, 3)
    assert part.box == down[1].box
    assert part.other_box == looks[1].box


def test_somebody_is_named_by_where_they_stand_in_the_picture_itself() -> None:
    """Who stands in the middle of three in one frame is the one on the right where the third went away."""
    looks = [standing(at, gaze=0.9) for at in PLACES]
    down = [looks[0], replace(looks[1], gaze=0.1)]
    scores, burst = compared(frame("up", *looks), frame("down", *down))
    between = Arguing(scores, burst).between(PhotoId("down"), PhotoId("up"))
    parts = {part.term: part.people for part in between.parts}
    assert person_words(parts[TermName.EYES][0].person, parts[TermName.EYES][0].of) == "the one on the right"
    assert with_person("less", parts[TermName.EYES]) == "less (the one on the right)"
    crowd = (replace(parts[TermName.EYES][0], of=24),)
    assert with_person("less", crowd) == "less", "nobody counts to thirteen in a crowd"
    gone = parts[TermName.SEEN][0]
    assert gone.box is None
    assert person_words(gone.person, gone.of) == "the one on the right", "of the three in the other frame"
    # Others who are as large in it, and were never read, count with those who stand there.
    unread = replace(looks[2], smile=None, gaze=None)
    scores, burst = compared(frame("up", *looks[:2], unread), frame("down", *down, unread))
    (eyes,) = (
        part for part in Arguing(scores, burst).losses()[PhotoId("down")].parts if part.term is TermName.EYES
    )
    assert person_words(eyes.people[0].person, eyes.people[0].of) == "the one in the middle"


@pytest.mark.parametrize(
    ("person", "of", "words"),
    [
        (0, 2, "the one on the left"),
        (1, 2, "the one on the right"),
        (1, 3, "the one in the middle"),
        (1, 4, "number 2 from the left"),
        (2, 5, "the one in the middle"),
    ],
)
def test_people_are_called_by_where_they_stand(person: int, of: int, words: str) -> None:
    assert person_words(person, of) == words


def test_where_sharpness_decided_is_shown_in_both_frames() -> None:
    sharp = np.full((12, 12), 0.5)
    soft = sharp.copy()
    soft[9, 2] = 0.05
    scores, burst = compared(frame("sharp", focus=sharp), frame("soft", focus=soft))
    part = Arguing(scores, burst).losses()[PhotoId("soft")].decided[0]
    assert part.term is TermName.SHARPNESS
    assert part.box == part.other_box
    assert part.box is not None
    assert part.box.x < 2.5 / 12 < part.box.x + part.box.width
    assert part.box.y < 9.5 / 12 < part.box.y + part.box.height


def test_a_ranked_group_is_argued_over_the_frames_that_were_judged() -> None:
    frames = [frame("a"), frame("b", burnt=0.2), frame("c", burnt=0.1)]
    known = {each.photo_id: each for each in frames[:2]}
    cluster = Cluster(
        ClusterId("c"), ClusterKind.BURST, tuple(each.photo_id for each in frames), SceneId("s")
    )
    ranked = rank(cluster, known, Weights())
    burst = burst_of(ranked, known, {})
    assert loss_words(Arguing(ranked.scores, burst).losses()[PhotoId("b")]).endswith(": burnt-out highlights")
    with pytest.raises(KeyError):
        Arguing(ranked.scores, burst).between(PhotoId("a"), PhotoId("c"))


# Other weightings


def sampled(scores: tuple[FrameScore, ...], draws: int = 40_000) -> float:
    """The share by brute force, with draws of its own."""
    chance = np.random.default_rng(1)
    factors = 2 ** chance.uniform(-1, 1, (draws, len(scores[0].terms)))
    values = np.array([[term.weight * (term.value or 0.0) for term in each.terms] for each in scores])
    totals = factors @ values.T
    return float((totals[:, 0] >= totals.max(axis=1) - 1e-12).mean())


@given(st.lists(st.tuples(*[st.integers(0, 10)] * 4), min_size=2, max_size=5))
def test_the_share_is_that_of_the_weightings_in_which_it_wins(rows: list[tuple[int, ...]]) -> None:
    scores = scored(*(tuple(value / 10 for value in row) for row in rows), weights=(0.4, 0.3, 0.2, 0.1))
    found = robustness(scores)
    assert found.share == pytest.approx(sampled(scores), abs=0.04)
    assert found == robustness(scores), "the same is said each time"


@given(st.floats(0.01, 1.0), st.floats(0.01, 1.0))
def test_one_term_against_one_is_exact(gained: float, lost: float) -> None:
    gained, lost = max(gained, lost), min(gained, lost)
    scores = scored((1.0, 1 - lost), (1 - gained, 1.0))
    found = robustness(scores)
    assert found.exact
    assert found.share >= 0.5
    assert found.share == pytest.approx(sampled(scores), abs=0.015)


def test_who_is_behind_in_nothing_wins_in_every_weighting() -> None:
    found = robustness(scored((1.0, 1.0), (0.9, 1.0), (1.0, 0.2)))
    assert found == Robustness(1.0, exact=True)
    assert robustness_words(found) == "Best in every reasonable weighting"
    assert robustness(scored((1.0,))) == Robustness(1.0, exact=True), "nobody is against it"


@given(st.floats(0, 1), st.booleans())
def test_no_more_is_said_than_is_so(share: float, exact: bool) -> None:
    words = robustness_words(Robustness(share, exact))
    if words == "Best in every reasonable weighting":
        assert share == 1
        assert exact
    else:
        percent = int(words.split()[2])
        assert percent <= 100 * share + 1e-9
        assert percent >= min(99, math.floor(100 * share))


def test_the_sliders_in_use_are_what_weightings_are_drawn_round() -> None:
    frames = [frame("a", standing(0.4, smile=0.9, gaze=0.5)), frame("b", standing(0.4, smile=0.2, gaze=0.9))]
    burst = Burst.of(frames, {})
    smiles, eyes = Weights(eyes=0.05), Weights(smile=0.05)
    assert score(burst, smiles)[0].photo_id == "a"
    assert score(burst, eyes)[0].photo_id == "b"
    assert robustness(score(burst, smiles)).share > 0.99
    assert shares_of(smiles)[TermName.SMILE] > shares_of(smiles)[TermName.EYES]
