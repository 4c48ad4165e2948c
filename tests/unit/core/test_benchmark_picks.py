"""The benchmark of the suggestions, and what is learned from verdicts: on bursts made by hand."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks.picks.__main__ import learned_without
from benchmarks.picks.tally import Outcome, figures
from benchmarks.picks.truth import Labelled, Verdict, labelled_bursts, labelled_in
from benchmarks.picks.viewings import CHOICES, Twice, missed, ordered, rates
from core.learned import LEARNED, Learned, read_all, read_learned
from core.ranking.burst import Burst
from core.ranking.terms.table import TERMS
from core.settings import Weights
from core.types import Grounds, GroupedBy, Sureness, TermName
from fixtures.frames import analysis
from models.build.pick_weights import Example, Judgement, fit, left_out, table, thresholds

BEST, FINE, BAD = Verdict.BEST, Verdict.FINE, Verdict.BAD


def outcome(pick: str | None, sureness: Sureness = Sureness.CLEAR, **verdicts: Verdict) -> Outcome:
    burst = Labelled("shoot", "g", verdicts)
    return Outcome(burst, pick, sureness, chosen="a", sharpest="b", laplacian="c", has_people=False)


def test_verdicts_are_read_in_the_table_s_order(tmp_path: Path) -> None:
    (tmp_path / "picks.csv").write_text(
        "folder,group,path,verdict,why\ns,g1,b.jpg,best,sharp\ns,g1,a.jpg,bad,blurred\ns,g2,c.jpg,fine,\n"
    )
    one, two = labelled_bursts(tmp_path)
    assert list(one.verdicts.items()) == [("b.jpg", BEST), ("a.jpg", BAD)]
    assert (one.is_decisive, two.is_decisive) == (True, False)
    assert labelled_bursts(tmp_path / "nowhere") == []


def test_rates_are_over_the_decisive_bursts_and_what_is_not_given_is_not_best() -> None:
    found: dict[str, Any] = figures(
        [
            outcome("a", a=BEST, b=FINE, c=BAD),
            outcome("c", Sureness.CLOSE, a=BEST, b=FINE, c=BAD),
            outcome("elsewhere", a=BEST, b=FINE, c=BAD),
            outcome(None, a=BEST, b=FINE, c=BAD),
            outcome("a", a=BEST, b=BEST, c=BEST),
        ]
    )
    assert (found["bursts"], found["decisive"], found["given"]) == (5, 4, 0.8)
    assert {name: found[name] for name in ("best", "fine", "bad", "outside")} == {
        "best": 0.25,
        "fine": 0.0,
        "bad": 0.25,
        "outside": 0.25,
    }
    assert found["chance"] == pytest.approx({"best": 1 / 3, "fine": 1 / 3, "bad": 1 / 3})
    assert found["laplacian"]["bad"] == 1.0
    assert (found["clear"]["bursts"], found["close"]["bursts"], found["leaning"]["bursts"]) == (3, 1, 0)


AT_ONCE = Grounds(GroupedBy.LOOK, 0.5)


def example(folder: str, worth: list[float], **lacks: list[float]) -> Example:
    names = [name for name in TERMS if name is not TermName.ORIGINAL]
    columns = [lacks.get(name.value, [0.0] * len(worth)) for name in names]
    frames = [analysis(f"{folder}{at}") for at in range(len(worth))]
    burst = Burst(frames, ())
    return Example(Labelled(folder, "g", {}), burst, np.array(worth), np.array(columns).T, AT_ONCE)


def test_what_tells_better_frames_gets_weight_and_what_does_not_gets_none() -> None:
    learned = fit([example("s", [1.0, 0.0], sharpness=[0.0, -0.5], smile=[-0.5, 0.0], eyes=[0.0, 0.0])] * 10)
    assert learned["sharpness"] > 1
    assert learned["smile"] == 0.0, "no term may count against what it measures"
    assert learned["eyes"] == pytest.approx(0.0, abs=0.01)


def sharp_and_soft(folder: str, worth_of_sharp: float, grounds: Grounds = AT_ONCE) -> Example:
    """A burst of a sharp and a soft frame, of which people liked one."""
    burst = Burst([analysis("sharp", sharpness=0.6), analysis("soft", sharpness=0.3)], ())
    rows = [row for row in TERMS.values() if row.name is not TermName.ORIGINAL]
    lacks = np.array([row.value(burst) or [1.0, 1.0] for row in rows]).T - 1
    verdicts = {"sharp": BEST if worth_of_sharp else FINE, "soft": FINE if worth_of_sharp else BEST}
    return Example(
        Labelled(folder, "g", verdicts),
        burst,
        np.array([worth_of_sharp, 1 - worth_of_sharp]),
        lacks,
        grounds,
    )


def test_no_shoot_is_judged_by_what_was_learned_from_it() -> None:
    """In shoot c people liked the soft frames, and there are many of them: learned from it, sharpness is nothing."""
    usual = [sharp_and_soft("a", 1.0)] * 4 + [sharp_and_soft("b", 1.0)] * 4
    odd = [sharp_and_soft("c", 0.0)] * 50
    assert fit(usual + odd)["sharpness"] == 0.0
    worth = [judged.worth for judged in left_out(usual + odd)]
    assert worth[-50:] == [0.0] * 50, "judged by a and b, which like it sharp"
    assert len(left_out(usual + odd, without=["c"])) == len(usual)


def test_what_may_be_two_moments_is_not_judged_among_the_clear_ones() -> None:
    usual, slow = sharp_and_soft("a", 1.0), sharp_and_soft("b", 1.0, Grounds(GroupedBy.LOOK, 60.0))
    assert [judged.agrees for judged in left_out([usual, slow])] == [True, False]


def test_half_of_all_suggestions_are_clear_where_hardly_any_is_bad() -> None:
    leads = [Judgement(0.02 + at / 1000, True, 1.0, True, True) for at in range(120)]
    contradicted = [Judgement(0.5, False, -1.0, False, True) for _ in range(40)]
    found = thresholds(leads + contradicted)
    clear = [each for each in leads if each.lead >= found["clear_lead"]]
    assert len(clear) == 80, "half of all, none of them contradicted"
    assert found["close_lead"] <= found["clear_lead"]


def test_fewer_are_clear_where_more_of_them_would_be_bad() -> None:
    right = [Judgement(0.10 + at / 1000, True, 1.0, True, True) for at in range(60)]
    bad = [Judgement(0.02 + at / 1000, True, -1.0, False, True) for at in range(60)]
    contradicted = [Judgement(0.5, False, -1.0, False, True) for _ in range(60)]
    found = thresholds(right + bad + contradicted)
    assert 0.08 < found["clear_lead"] <= 0.10
    assert 0.02 < found["close_lead"] <= found["clear_lead"]


def test_figures_come_back_from_the_file_as_they_were_written() -> None:
    weights = dict.fromkeys(LEARNED.weights, 1.5)
    sureness = {"clear_lead": 0.02, "close_lead": 0.01, "agreement": 0.05}
    assert read_learned(table("", weights, sureness)) == Learned(weights, **sureness)
    assert read_all(table("shoot", weights, sureness)) == {"shoot": Learned(weights, **sureness)}
    with pytest.raises(KeyError):
        read_learned("[weights]\n")


def test_the_figures_that_ship_know_every_term_the_user_can_weigh() -> None:
    assert set(LEARNED.weights) == set(Weights.__slots__)
    assert set(LEARNED.weights) | {TermName.ORIGINAL} == set(TERMS)
    assert 0 < LEARNED.close_lead <= LEARNED.clear_lead < 1
    assert learned_without("a shoot nobody knows", {}) is LEARNED


def twice(first: dict[str, Verdict], second: dict[str, Verdict], chosen: str = "a") -> Twice:
    outcome_of = replace(outcome(None), burst=Labelled("shoot", "g", first), chosen=chosen)
    return Twice(outcome_of, Labelled("shoot", "g", second))


def test_the_best_of_one_viewing_is_judged_by_the_other_each_frame_by_its_share() -> None:
    bursts = [
        twice({"a": BEST, "b": FINE}, {"a": BEST, "b": BEST}),
        twice({"a": FINE, "b": BEST}, {"a": BAD, "b": BEST}),
        twice({"a": BEST, "b": BEST}, {"a": BAD, "b": BEST}),
    ]
    assert rates(bursts, CHOICES["the other viewing"]) == {
        "bursts": 2,
        "best": 0.75,
        "fine": 0.25,
        "bad": 0.0,
    }
    assert rates(bursts, CHOICES["the program"]) == {"bursts": 2, "best": 0.5, "fine": 0.5, "bad": 0.0}
    turned = [each.turned() for each in bursts]
    assert rates(turned, CHOICES["the other viewing"]) == {
        "bursts": 2,
        "best": 0.75,
        "fine": 0.0,
        "bad": 0.25,
    }


def test_two_viewings_are_compared_pair_by_pair_and_miss_by_miss() -> None:
    bursts = [
        twice({"a": FINE, "b": BEST, "c": BAD}, {"a": BEST, "b": FINE, "c": FINE}),
        twice({"a": FINE, "b": BEST}, {"a": FINE, "b": BEST}),
    ]
    assert ordered(bursts) == {"same order": 2, "equal": 1, "the other way round": 1}
    assert missed(bursts) == (2, 1)


def test_a_second_viewing_is_read_from_a_table_of_the_shoot_s_name(tmp_path: Path) -> None:
    (tmp_path / "walk.csv").write_text("folder,group,path,verdict,why\nwalk,g1,a.jpg,best,\n")
    (only,) = labelled_in(tmp_path / "walk.csv")
    assert (only.folder, dict(only.verdicts)) == ("walk", {"a.jpg": BEST})
    assert labelled_in(tmp_path / "nowhere.csv") == []
