"""Faces seen: 1 is the frame in which most of the main people's faces can be read; it cannot be told of nobody."""

from collections.abc import Sequence

from core.language import mark, ntr, tr
from core.ranking.burst import Burst
from core.ranking.terms.people import BOTH, count, is_everybody, lost_by, over_people
from core.ranking.terms.row import LostByPeople, Row, TermWords, leads_most
from core.subject.main_people import MainPerson, is_read
from core.types import Fact, FrameScore, Reason, TermName


def _lost(burst: Burst) -> LostByPeople:
    """Count a face that is hidden, turned away or out of the frame as far as it was seen in another one."""
    return lost_by(burst, lambda face: face.confidence if is_read(face) else 0.0, absent=0.0)


def _reason(_scores: Sequence[FrameScore], burst: Burst, at: int) -> Reason | None:
    counts = count(burst, is_read)
    others = counts[:at] + counts[at + 1 :]
    if counts[at] == len(burst.people) and min(others) < counts[at] and is_everybody(burst, at):
        return Reason(Fact.ALL_SEEN, counts[at])
    if counts[at] > max(others):
        return Reason(Fact.MOST_SEEN, counts[at], len(burst.people))
    return Reason(Fact.MORE_SEEN) if leads_most(counts[at], others) else None


def _all_seen(people: int) -> str:
    if people == BOTH:
        return tr("Both main faces are seen")
    return ntr("The face is seen", "All {count} main faces are seen", people)


def _of_key_person(person: MainPerson, at: int, frames: int) -> Fact | None:
    rivals = sum(is_read(face) for place, face in person.faces.items() if place != at)
    return Fact.KEY_SEEN if is_read(person.faces[at]) and rivals < frames - 1 else None


SEEN = Row(
    TermName.SEEN,
    TermWords(
        name=mark("faces seen"),
        lacks=mark("fewer faces seen"),
        leads=mark("more faces seen"),
        at_stake=mark("the face"),
        title=mark("Faces seen"),
        hint=mark("Nobody hidden, turned away or out of the picture."),
        counts_more=mark("That faces can be seen counts more to you than in the standard."),
        counts_less=mark("You forgive a hidden or turned face more readily than the standard."),
    ),
    over_people(_lost),
    _reason,
    {
        Fact.ALL_SEEN: _all_seen,
        Fact.MOST_SEEN: mark("Shows more faces than the others"),
        Fact.MORE_SEEN: mark("Shows more faces than most"),
        Fact.KEY_SEEN: mark("{who} is seen"),
    },
    _lost,
    _of_key_person,
    complained_about=True,
)
