"""Which frame of a burst wins, how sure that is, and what is said about it."""

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ranking.burst import Burst
from core.ranking.reasons import explain, in_words
from core.ranking.score import rank, score
from core.ranking.terms.sharpness import detail
from core.ranking.terms.table import TERMS
from core.settings import Weights
from core.subject.looking import looks_here
from core.subject.main_people import MainPerson, is_cut, is_read, main_people
from core.types import (
    Analysis,
    Box,
    Cluster,
    ClusterId,
    ClusterKind,
    EyeState,
    Face,
    Fact,
    Grounds,
    GroupedBy,
    Layout,
    PhotoId,
    Reason,
    SceneId,
    Sharpness,
    Sureness,
    TermName,
)
from fixtures.frames import analysis, face

NO_COPIES: dict[PhotoId, PhotoId] = {}


def ranked(
    *frames: Analysis,
    kind: ClusterKind = ClusterKind.BURST,
    weights: Weights | None = None,
    copies: dict[PhotoId, PhotoId] = NO_COPIES,
) -> Cluster:
    cluster = Cluster(ClusterId("c"), kind, tuple(frame.photo_id for frame in frames), SceneId("s"))
    by_id = {frame.photo_id: frame for frame in frames}
    return rank(cluster, by_id, weights or Weights(), copies=copies)


def said(cluster: Cluster) -> list[str]:
    return [in_words(reason) for reason in cluster.reasons]


def value(cluster: Cluster, name: TermName) -> dict[str, float | None]:
    return {
        each.photo_id: next(term.value for term in each.terms if term.name is name) for each in cluster.scores
    }


def focused(name: str, *rows: tuple[float, ...], **facts: Any) -> Analysis:
    """A frame whose parts are as sharp as said."""
    return replace(analysis(name), layout=Layout(focus=np.array(rows, np.float16)), **facts)


def test_the_sharpest_frame_wins_clearly_and_says_so() -> None:
    cluster = ranked(analysis("soft", sharpness=0.2), analysis("sharp", sharpness=0.6), analysis("mid"))
    assert cluster.suggested_pick == "sharp"
    assert said(cluster) == ["Sharpest of 3"]
    assert cluster.sureness is Sureness.CLEAR


@pytest.mark.parametrize(
    ("grounds", "sureness"),
    [
        (Grounds(GroupedBy.LOOK, 12.0), Sureness.CLEAR),
        (Grounds(GroupedBy.LOOK, 12.5), Sureness.LEANING),
        (Grounds(GroupedBy.LOOK), Sureness.CLEAR),
        (Grounds(GroupedBy.HAND), Sureness.CLEAR),
    ],
    ids=["one moment", "perhaps two moments", "no clock tells", "the user says it is one"],
)
def test_what_runs_on_into_the_next_moment_is_not_called_clear(grounds: Grounds, sureness: Sureness) -> None:
    frames = [analysis("soft", sharpness=0.2), analysis("sharp", sharpness=0.6)]
    cluster = Cluster(
        ClusterId("c"), ClusterKind.BURST, (PhotoId("soft"), PhotoId("sharp")), SceneId("s"), grounds=grounds
    )
    assert rank(cluster, {frame.photo_id: frame for frame in frames}, Weights()).sureness is sureness


def test_frames_are_compared_where_the_burst_is_sharp() -> None:
    """The bird is sharp in one frame, a bit of background in the other: the background is soft in the burst."""
    on_the_bird = focused("bird", (0.1, 0.1, 0.1), (0.1, 0.9, 0.1))
    on_a_branch = focused("branch", (1.0, 0.1, 0.1), (0.1, 0.2, 0.1))
    again = focused("again", (0.1, 0.1, 0.1), (0.1, 0.8, 0.1))
    assert ranked(on_a_branch, on_the_bird, again).suggested_pick == "bird"


def test_a_sharper_middle_of_a_rival_makes_a_suggestion_less_than_clear() -> None:
    edge, inner = ((1.0,) * 9,) * 2, ((1.0,) * 2 + (0.05,) * 5 + (1.0,) * 2,) * 5
    background = focused("background", *edge, *inner, *edge)
    subject = focused("subject", *((0.45,) * 9,) * 9)
    cluster = ranked(background, subject)
    assert cluster.suggested_pick == "background"
    assert cluster.margin > 0.05
    assert cluster.sureness is Sureness.LEANING


def test_lifted_eyes_beat_a_slightly_sharper_frame() -> None:
    down = analysis("down", sharpness=0.55, faces=(face(EyeState.CLOSED, gaze=0.3),))
    look = analysis("look", sharpness=0.50, faces=(face(EyeState.OPEN, gaze=0.9),))
    cluster = ranked(down, look)
    assert cluster.suggested_pick == "look"
    assert said(cluster)[0] == "Eyes open"


def test_in_a_group_photo_most_open_eyes_win() -> None:
    def group(name: str, *gazes: float) -> Analysis:
        faces = tuple(
            replace(
                face(EyeState.OPEN if gaze > 0.5 else EyeState.CLOSED, gaze=gaze),
                box=Box(0.1 + 0.3 * at, 0.4, 0.2, 0.2),
            )
            for at, gaze in enumerate(gazes)
        )
        return analysis(name, faces=faces)

    cluster = ranked(group("two", 0.9, 0.9, 0.2), group("three", 0.9, 0.9, 0.9))
    assert cluster.suggested_pick == "three"
    assert "All 3 main faces have open eyes" in said(cluster)


def test_everybody_is_compared_with_himself() -> None:
    """Who always looks down loses nothing by it, and who never smiles is not asked to."""
    at_work = face(gaze=0.4, smile=0.0)
    one, two = analysis("one", sharpness=0.6, faces=(at_work,)), analysis("two", faces=(at_work,))
    cluster = ranked(one, two)
    assert set(value(cluster, TermName.EYES).values()) == {1.0}
    assert set(value(cluster, TermName.SMILE).values()) == {1.0}


def test_somebody_hidden_in_one_frame_is_missed_there() -> None:
    him = replace(face(), box=Box(0.2, 0.4, 0.2, 0.2))
    her = replace(face(), box=Box(0.6, 0.4, 0.2, 0.2))
    both, one = analysis("both", faces=(him, her)), analysis("one", sharpness=0.55, faces=(him,))
    cluster = ranked(one, both)
    assert cluster.suggested_pick == "both"
    assert "Both main faces are seen" in said(cluster)


def test_nobody_says_both_of_three_who_are_seen_large() -> None:
    """One of them was never seen well enough to be judged; the sentence is of the picture and not of the judged."""
    him, her, third = (replace(face(), box=Box(x, 0.4, 0.2, 0.2)) for x in (0.1, 0.4, 0.7))
    unread = replace(third, smile=None, gaze=None, eyes=EyeState.CANT_TELL)
    more = analysis("more", faces=(him, her, unread))
    one = analysis("one", sharpness=0.55, faces=(him, unread))
    cluster = ranked(one, more)
    assert cluster.suggested_pick == "more"
    assert "Shows more faces than the others" in said(cluster)


def test_whoever_turns_aside_is_not_said_to_look_at_the_camera() -> None:
    def looking(name: str, nose: float, gaze: float) -> Analysis:
        turned = replace(face(gaze=gaze), landmarks=((0.45, 0.45), (0.55, 0.45), (nose, 0.5)))
        return analysis(name, faces=(turned,))

    aside = ranked(looking("lower", 0.5, 0.3), looking("profile", 0.43, 0.9))
    assert aside.suggested_pick == "profile"
    assert "Eyes less lowered or turned away" in said(aside)
    ahead = ranked(looking("lower", 0.5, 0.3), looking("ahead", 0.5, 0.9))
    assert "Eyes on the camera more than in the others" in said(ahead)


def test_a_face_cut_by_the_frame_is_worth_less_than_a_whole_one() -> None:
    whole = analysis("whole", faces=(replace(face(), box=Box(0.05, 0.4, 0.2, 0.2)),))
    cut = analysis("cut", faces=(replace(face(), box=Box(0.0, 0.4, 0.2, 0.2)),))
    cluster = ranked(cut, whole)
    assert cluster.suggested_pick == "whole"
    assert "No face is cut off at the edge" in said(cluster)


def test_burnt_out_highlights_lose() -> None:
    def lit(name: str, burnt: float) -> Analysis:
        frame = analysis(name)
        return replace(frame, exposure=replace(frame.exposure, burnt=burnt))

    cluster = ranked(lit("burnt", 0.2), lit("kept", 0.01))
    assert cluster.suggested_pick == "kept"
    assert "Least burnt-out highlights" in said(cluster)


def test_equal_frames_are_too_close_to_call() -> None:
    assert ranked(analysis("one", sharpness=0.500), analysis("two", sharpness=0.501)).sureness is (
        Sureness.CLOSE
    )


def test_the_user_s_weights_change_the_winner() -> None:
    smiling = analysis("smiling", sharpness=0.4, faces=(face(smile=0.9),))
    crisp = analysis("crisp", sharpness=0.6, faces=(face(smile=0.4),))
    assert ranked(smiling, crisp, weights=Weights(smile=0.0)).suggested_pick == "crisp"
    assert ranked(smiling, crisp, weights=Weights(sharpness=0.05, smile=1.0)).suggested_pick == "smiling"


def test_nothing_is_suggested_for_singles_and_brackets() -> None:
    assert ranked(analysis("one"), kind=ClusterKind.SINGLE).suggested_pick is None
    bracket = ranked(analysis("dark"), analysis("light"), kind=ClusterKind.BRACKET)
    assert bracket.suggested_pick is None
    assert len(bracket.scores) == 2


def test_frames_that_were_not_measured_are_left_out_and_nothing_is_clear() -> None:
    cluster = Cluster(ClusterId("c"), ClusterKind.BURST, (PhotoId("broken"), PhotoId("fine")), SceneId("s"))
    result = rank(cluster, {PhotoId("fine"): analysis("fine")}, Weights())
    assert result.suggested_pick == "fine"
    assert [each.photo_id for each in result.scores] == ["fine"]
    assert result.sureness is not Sureness.CLEAR
    assert said(result) == ["The only frame of the burst that could be read"]


def test_nothing_is_suggested_before_all_frames_are_measured() -> None:
    cluster = Cluster(ClusterId("c"), ClusterKind.BURST, (PhotoId("now"), PhotoId("later")), SceneId("s"))
    result = rank(cluster, {PhotoId("now"): analysis("now")}, Weights(), pending={PhotoId("later")})
    assert result.suggested_pick is None
    assert result.scores == ()


def test_a_burst_is_ranked_by_its_own_frames_alone() -> None:
    """Who is who in the shoot becomes known late, and what is usual of them: neither may change a suggestion."""
    frames = [
        analysis(str(at), sharpness=0.5 + at / 50, faces=(face(gaze=0.8 - at / 10),)) for at in range(3)
    ]
    known = [
        replace(
            frame, faces=tuple(replace(each, identity=at, eyes=EyeState.CANT_TELL) for each in frame.faces)
        )
        for at, frame in enumerate(frames)
    ]
    before, after = ranked(*frames), ranked(*known)
    assert [each.total for each in before.scores] == [each.total for each in after.scores]
    assert before.suggested_pick == after.suggested_pick


boxes = st.builds(
    lambda x, y, size: Box(x, y, min(size, 1 - x), min(size, 1 - y)),
    st.floats(0, 0.8),
    st.floats(0, 0.8),
    st.floats(0.03, 0.4),
)
faces = st.lists(
    st.builds(
        lambda box, eyes, smile, gaze, sure, read, key: replace(
            face(eyes, smile=smile, gaze=gaze) if read else face(EyeState.CANT_TELL, smile=None, gaze=None),
            box=box,
            confidence=sure,
            identity=0,
            key_name="Anna" if key else "",
        ),
        boxes,
        st.sampled_from(EyeState),
        st.floats(0, 1),
        st.floats(0, 1),
        st.sampled_from((0.65, 0.86, 0.95)),
        st.booleans(),
        st.booleans(),
    ),
    max_size=4,
).map(tuple)
bursts = st.lists(
    st.tuples(st.floats(0, 10), st.floats(0, 1), st.floats(0, 1), faces), min_size=1, max_size=5
)


def measured(frames: list[tuple[float, float, float, tuple[Face, ...]]]) -> list[Analysis]:
    made = []
    for at, (sharp, light, burnt, seen) in enumerate(frames):
        frame = analysis(str(at), sharpness=sharp, exposure=light, faces=seen)
        made.append(replace(frame, exposure=replace(frame.exposure, burnt=burnt)))
    return made


@given(bursts)
def test_every_total_is_1_less_what_its_terms_lack(
    frames: list[tuple[float, float, float, tuple[Face, ...]]],
) -> None:
    cluster = ranked(*measured(frames))
    assert {each.photo_id for each in cluster.scores} == set(cluster.photo_ids)
    totals = [each.total for each in cluster.scores]
    assert totals == sorted(totals, reverse=True)
    for each in cluster.scores:
        assert -1e-9 <= each.total <= 1 + 1e-9
        assert sum(term.weight for term in each.terms) == pytest.approx(1.0)
        lacks = [term.weight * (1 - term.value) for term in each.terms if term.value is not None]
        assert each.total == pytest.approx(1 - sum(lacks))
    for name in TERMS:
        values = [own for own in value(cluster, name).values() if own is not None]
        assert not values or max(values) == pytest.approx(1.0), "somebody is the best in every term"


@given(bursts)
def test_no_reason_is_untrue_of_its_frame(  # noqa: C901 - a flat table: one case a fact
    frames: list[tuple[float, float, float, tuple[Face, ...]]],
) -> None:
    made = measured(frames)
    burst = Burst.of(made, {})
    scores = score(burst, Weights())
    first = next(at for at, frame in enumerate(made) if frame.photo_id == scores[0].photo_id)
    others = [at for at in range(len(made)) if at != first]
    sharp = detail(made)

    def count(at: int, holds: Callable[[Face], bool]) -> int:
        return sum(at in person.faces and holds(person.faces[at]) for person in burst.people)

    for reason in explain(scores, burst):
        assert "{" not in in_words(reason)
        match reason:
            case Reason(Fact.ONLY_READABLE):
                assert len(made) == 1
            case Reason(Fact.SHARPEST, frames_there):
                assert sharp is not None
                assert all(sharp[first] > sharp[at] for at in others)
                assert frames_there == len(made)
            case Reason(Fact.SHARPER):
                assert sharp is not None
                assert sum(sharp[first] > sharp[at] for at in others) >= len(others) / 2
            case Reason(Fact.ALL_SEEN, seen):
                assert count(first, is_read) == seen == len(burst.people) > 0
                assert are_all_large_faces(burst, first)
                assert any(count(at, is_read) < seen for at in others)
            case Reason(Fact.MOST_SEEN, seen, people):
                assert all(count(at, is_read) < seen for at in others)
                assert seen <= people == len(burst.people)
            case Reason(Fact.MORE_SEEN):
                fewer = sum(count(at, is_read) < count(first, is_read) for at in others)
                assert fewer >= len(others) / 2
            case Reason(Fact.NOBODY_CUT):
                assert not any(map(is_cut, made[first].faces))
                assert any(count(at, is_cut) for at in others)
            case Reason(Fact.FEWER_CUT):
                cut = [sum(map(is_cut, frame.faces)) for frame in made]
                assert all(cut[at] > cut[first] for at in others)
                assert all(count(at, is_cut) > count(first, is_cut) for at in others)
            case Reason(Fact.ALL_EYES_OPEN, people):
                assert people == len(burst.people) > 0
                assert all(person.faces[first].eyes is EyeState.OPEN for person in burst.people)
                assert are_all_large_faces(burst, first)
            case Reason(Fact.EYES_OPEN, opened, people):
                assert 0 < opened <= people == len(burst.people)
                assert all(count(at, lambda face: face.eyes is EyeState.OPEN) < opened for at in others)
            case Reason(Fact.BEST_LOOK):
                assert (
                    count(first, lambda face: bool(looks_here(face))) == count(first, lambda _face: True) > 0
                )
            case Reason(Fact.LESS_AVERTED):
                assert burst.people
            case Reason(Fact.BEST_SMILE | Fact.MORE_SMILE):
                smiles = [person.faces[first].smile for person in burst.people if first in person.faces]
                assert max(each or 0.0 for each in smiles) >= 0.35
            case Reason(Fact.LESS_BURNT):
                assert all(made[first].exposure.burnt < made[at].exposure.burnt for at in others)
            case Reason(Fact.BEST_EXPOSED | Fact.BEST_SUM):
                assert len(made) > 1
            case Reason(who="Anna"):
                assert any(_is_true_of(reason.fact, person, first, others) for person in burst.people)
            case other:
                pytest.fail(f"{other} cannot be told of this burst")


def are_all_large_faces(burst: Burst, at: int) -> bool:
    """Whether the main people are all whom one sees large in a frame."""
    boxes = [face.box for face in burst.frames[at].faces]
    main = {person.faces[at].box for person in burst.people if at in person.faces}
    largest = max(box.area for box in boxes)
    return all(box in main for box in boxes if math.sqrt(box.area) >= 0.35 * math.sqrt(largest))


def _is_true_of(fact: Fact, anna: MainPerson, first: int, others: list[int]) -> bool:
    """Looks a fact of a key person up in the measures."""
    own = anna.faces.get(first)
    if anna.key_name != "Anna" or own is None:
        return False
    rivals = [anna.faces[at] for at in others if at in anna.faces]
    match fact:
        case Fact.KEY_SEEN:
            return is_read(own) and (len(rivals) < len(others) or not all(map(is_read, rivals)))
        case Fact.KEY_WHOLE:
            return not is_cut(own) and any(map(is_cut, rivals))
        case Fact.KEY_EYES:
            return own.eyes is EyeState.OPEN and EyeState.CLOSED in {rival.eyes for rival in rivals}
        case Fact.KEY_LOOK:
            return own.gaze is not None and all(own.gaze > (rival.gaze or 0.0) for rival in rivals)
        case Fact.KEY_SMILE:
            return (own.smile or 0.0) >= 0.35 and all(
                (own.smile or 0.0) > (rival.smile or 0.0) for rival in rivals
            )
    return False


def group(name: str, *gazes: float, key: int | None = None) -> Analysis:
    """People side by side, who look up or down as said; one of them may be a key person."""
    faces = tuple(
        replace(
            face(EyeState.OPEN if gaze > 0.5 else EyeState.CLOSED, gaze=gaze),
            box=Box(0.05 + 0.3 * at, 0.4, 0.2, 0.2),
            identity=at,
            key_name="Anna" if at == key else "",
        )
        for at, gaze in enumerate(gazes)
    )
    return analysis(name, faces=faces)


@pytest.mark.parametrize(("key", "best"), [(None, "many"), (0, "she"), (1, "many"), (2, "many")])
def test_a_key_persons_eyes_count_more_than_anybody_elses(key: int | None, best: str) -> None:
    many, she = group("many", 0.2, 0.9, 0.9, key=key), group("she", 0.9, 0.2, 0.7, key=key)
    cluster = ranked(many, she)
    assert cluster.suggested_pick == best
    assert ("Anna, a key person, has open eyes" in said(cluster)) == (key in (0, 1))


def test_where_everybody_is_a_key_person_or_nobody_is_all_count_by_size() -> None:
    frame = group("frame", 0.9, 0.9, 0.9)
    everybody = replace(frame, faces=tuple(replace(each, key_name="Anna") for each in frame.faces))
    weights, same = ([each.weight for each in main_people([one])] for one in (frame, everybody))
    assert weights == pytest.approx(same)
    with_one = main_people([group("frame", 0.9, 0.9, 0.9, key=1)])
    assert [each.weight for each in with_one] == pytest.approx([1 / 6, 2 / 3, 1 / 6])


def test_who_was_somebody_else_in_most_frames_is_no_key_person() -> None:
    frames = [group(str(at), 0.9, key=0 if at == 0 else None) for at in range(3)]
    assert main_people(frames)[0].key_name == ""
    assert main_people(frames[:1])[0].key_name == "Anna"


def copy_of(original: Analysis, name: str, **changes: Any) -> Analysis:
    return replace(original, photo_id=PhotoId(name), **changes)


def test_the_original_is_preferred_to_its_sharper_crop_and_its_recompressed_copy() -> None:
    original = replace(analysis("original", sharpness=0.5), compression=2.0)
    crop = copy_of(original, "crop", width=4800, sharpness=Sharpness(0.55))
    resaved = copy_of(original, "resaved", compression=9.0)
    copies = {PhotoId("crop"): PhotoId("original"), PhotoId("resaved"): PhotoId("original")}
    cluster = ranked(crop, resaved, original, copies=copies)
    assert cluster.suggested_pick == "original"
    assert said(cluster)[0] == "The original of 2 copies"


def test_frames_of_other_moments_are_no_copies_however_many_pixels_they_have() -> None:
    large = replace(analysis("large"), compression=2.0)
    small = replace(analysis("small", sharpness=0.7), width=3000, height=2000, compression=6.0)
    cluster = ranked(large, small)
    assert cluster.suggested_pick == "small"
    assert set(value(cluster, TermName.ORIGINAL).values()) == {None}


def test_main_people_are_told_by_size_and_by_being_faces_beyond_doubt() -> None:
    main = replace(face(size=0.2), box=Box(0.1, 0.4, 0.2, 0.2))
    beside = replace(main, box=Box(0.5, 0.4, 0.12, 0.12))
    tiny = replace(main, box=Box(0.8, 0.4, 0.05, 0.05))
    doll = replace(main, box=Box(0.4, 0.1, 0.2, 0.2), confidence=0.65)
    unread = replace(main, box=Box(0.7, 0.1, 0.2, 0.2), smile=None, gaze=None)
    people = main_people([analysis("frame", faces=(main, beside, tiny, doll, unread))])
    assert [person.faces[0] for person in people] == [main, beside]
    assert sum(person.weight for person in people) == pytest.approx(1.0)
    assert people[0].weight > people[1].weight


def test_what_is_hardly_a_face_does_not_decide() -> None:
    doll = replace(face(gaze=1.0), confidence=0.65)
    blurred = analysis("blurred", sharpness=0.2, faces=(doll,))
    sharp = analysis("sharp", sharpness=0.6, faces=(replace(doll, gaze=0.1),))
    assert ranked(blurred, sharp).suggested_pick == "sharp"


def test_a_measure_of_sharpness_is_a_ratio() -> None:
    one, two = focused("one", (0.5, 0.5)), focused("two", (0.25, 0.25))
    compared = detail([one, two])
    assert compared is not None
    assert compared[0] - compared[1] == pytest.approx(math.log(2), abs=0.03)
