"""Nobody cut: 1 is the frame whose border cuts fewest of the main people's faces; it cannot be told of nobody."""

from collections.abc import Sequence

from core.language import mark
from core.ranking.burst import Burst
from core.ranking.terms.people import count, over_people
from core.ranking.terms.row import LostByPeople, Row, TermWords
from core.subject.main_people import MainPerson, is_cut
from core.types import Fact, FrameScore, Reason, TermName


def _lost(burst: Burst) -> LostByPeople:
    places = range(len(burst.frames))
    return [
        [person.weight * (at in person.faces and is_cut(person.faces[at])) for at in places]
        for person in burst.people
    ] or None


def _reason(_scores: Sequence[FrameScore], burst: Burst, at: int) -> Reason | None:
    counts = count(burst, is_cut)
    others = counts[:at] + counts[at + 1 :]
    cut = [sum(map(is_cut, frame.faces)) for frame in burst.frames]  # others' too, for one sees them
    if cut[at] == 0 and max(others) > 0:
        return Reason(Fact.NOBODY_CUT)
    fewer = counts[at] < min(others) and cut[at] < min(cut[:at] + cut[at + 1 :])
    return Reason(Fact.FEWER_CUT) if fewer else None


def _of_key_person(person: MainPerson, at: int, _frames: int) -> Fact | None:
    rivals = any(is_cut(face) for place, face in person.faces.items() if place != at)
    return Fact.KEY_WHOLE if rivals and not is_cut(person.faces[at]) else None


WHOLE = Row(
    TermName.WHOLE,
    TermWords(
        name=mark("nobody cut"),
        lacks=mark("more faces cut off"),
        leads=mark("fewer faces cut off"),
        at_stake=mark("the whole face"),
        title=mark("Nobody cut"),
        hint=mark("No face is cut off by the edge."),
        counts_more=mark("That nobody is cut off counts more to you than in the standard."),
        counts_less=mark("You forgive a face cut off at the edge more readily than the standard."),
    ),
    over_people(_lost),
    _reason,
    {
        Fact.NOBODY_CUT: mark("No face is cut off at the edge"),
        Fact.FEWER_CUT: mark("Fewer faces cut off at the edge"),
        Fact.KEY_WHOLE: mark("{who} is not cut off"),
    },
    _lost,
    _of_key_person,
    complained_about=True,
)
