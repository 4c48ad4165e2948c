"""What the program decides when nobody is there: never anything the user has decided."""

from hypothesis import given
from hypothesis import strategies as st

from core.review.suggestions import suggested_decisions
from core.types import Cluster, ClusterId, ClusterKind, Decision, DecisionSource, Flag, PhotoId, SceneId
from fixtures.frames import scores

IDS = [PhotoId(name) for name in "abc"]
A, B, C = IDS


def group(kind: ClusterKind = ClusterKind.BURST, suggested: PhotoId | None = A) -> Cluster:
    ids, scene = tuple(IDS), SceneId("s")
    return Cluster(ClusterId("c"), kind, ids, scene, suggested_pick=suggested, scores=scores(ids))


def flags(
    *decisions: Decision, reject_rest: bool = True, cluster: Cluster | None = None
) -> dict[PhotoId, Flag | None]:
    decided = {decision.photo_id: decision for decision in decisions}
    suggested = suggested_decisions([cluster or group()], decided, reject_rest)
    assert all(decision.source is DecisionSource.SUGGESTED for decision in suggested.values())
    return {photo_id: decision.flag for photo_id, decision in suggested.items()}


def test_the_suggested_frame_is_picked() -> None:
    assert flags(reject_rest=False) == {A: Flag.PICK}


def test_the_rest_is_rejected_when_asked() -> None:
    assert flags() == {A: Flag.PICK, B: Flag.REJECT, C: Flag.REJECT}


def test_brackets_and_singles_are_left_alone() -> None:
    assert flags(cluster=group(ClusterKind.BRACKET)) == {}
    assert flags(cluster=group(ClusterKind.SINGLE)) == {}
    assert flags(cluster=group(suggested=None)) == {}


def test_a_burst_the_user_picked_from_gets_no_second_pick() -> None:
    assert flags(Decision(B, Flag.PICK)) == {A: Flag.REJECT, C: Flag.REJECT}
    assert flags(Decision(B, Flag.PICK), reject_rest=False) == {}


def test_a_suggestion_the_user_rejected_is_not_made_again() -> None:
    assert flags(Decision(A, Flag.REJECT)) == {}


def test_a_frame_the_user_rated_stays_as_it_is() -> None:
    assert flags(Decision(B, rating=5)) == {A: Flag.PICK, C: Flag.REJECT}


def test_an_earlier_suggestion_may_be_replaced() -> None:
    earlier = Decision(B, Flag.PICK, source=DecisionSource.SUGGESTED)
    assert flags(earlier) == {A: Flag.PICK, B: Flag.REJECT, C: Flag.REJECT}


decisions = st.builds(
    Decision,
    photo_id=st.sampled_from(IDS),
    flag=st.none() | st.sampled_from(Flag),
    rating=st.none() | st.integers(0, 5),
    source=st.sampled_from(DecisionSource),
)


@given(
    decided=st.lists(decisions, unique_by=lambda decision: decision.photo_id),
    suggested=st.sampled_from([None, *IDS]),
    kind=st.sampled_from(ClusterKind),
    reject_rest=st.booleans(),
)
def test_users_decisions_stand_and_no_burst_is_rejected_as_a_whole(
    decided: list[Decision], suggested: PhotoId | None, kind: ClusterKind, reject_rest: bool
) -> None:
    before = {decision.photo_id: decision for decision in decided}
    made = suggested_decisions([group(kind, suggested)], before, reject_rest)
    for decision in decided:
        if decision.source is DecisionSource.USER and not decision.is_empty:
            assert decision.photo_id not in made
    after = {**before, **made}
    if made:
        assert any(decision.flag is Flag.PICK for decision in after.values())
