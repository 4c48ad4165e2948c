"""Eyes: 1 is the frame in which the main people's eyes are up and on the camera.

It cannot be told where nobody's eyes are read in two frames. Lids that fall take the gaze down with them, so that shut
eyes need no measure of their own.
"""

from collections.abc import Sequence

from core.language import mark, ntr, tr
from core.ranking.burst import Burst
from core.ranking.terms.people import BOTH, count, is_everybody, leads_all, lost_by, over_people
from core.ranking.terms.row import LostByPeople, Row, TermWords, values_of
from core.subject.looking import looks_here
from core.subject.main_people import MainPerson
from core.types import EyeState, Fact, FrameScore, Reason, TermName


def _lost(burst: Burst) -> LostByPeople:
    return lost_by(burst, lambda face: face.gaze)


def _reason(scores: Sequence[FrameScore], burst: Burst, at: int) -> Reason | None:
    counts = count(burst, lambda face: face.eyes is EyeState.OPEN)
    people = len(burst.people)
    others = counts[:at] + counts[at + 1 :]
    if counts[at] == people and min(others) < people and is_everybody(burst, at):
        return Reason(Fact.ALL_EYES_OPEN, people)
    if counts[at] > max(others):
        return Reason(Fact.EYES_OPEN, counts[at], people)
    own, rivals = values_of(scores, TermName.EYES)
    if own <= max(rivals):
        return None
    looking = [looks_here(person.faces[at]) for person in burst.people if at in person.faces]
    return Reason(Fact.BEST_LOOK if looking and all(looking) else Fact.LESS_AVERTED)


def _all_open(people: int) -> str:
    if people == BOTH:
        return tr("Both main faces have open eyes")
    return ntr("Eyes open", "All {count} main faces have open eyes", people)


def _of_key_person(person: MainPerson, at: int, _frames: int) -> Fact | None:
    face, rivals = person.faces[at], [other for place, other in person.faces.items() if place != at]
    if face.eyes is EyeState.OPEN and any(rival.eyes is EyeState.CLOSED for rival in rivals):
        return Fact.KEY_EYES
    leads = leads_all(face.gaze, [rival.gaze for rival in rivals])
    return Fact.KEY_LOOK if leads and looks_here(face) else None


EYES = Row(
    TermName.EYES,
    TermWords(
        name=mark("eyes"),
        lacks=mark("eyes more lowered or turned away"),
        leads=mark("eyes less lowered or turned away"),
        at_stake=mark("eyes"),
        title=mark("Eyes"),
        hint=mark("Lifted and ahead, not lowered or turned away; where none can be told, it says nothing."),
        counts_more=mark("Eyes on the camera count more to you than in the standard."),
        counts_less=mark("You forgive a look away more readily than the standard."),
    ),
    over_people(_lost),
    _reason,
    {
        Fact.ALL_EYES_OPEN: _all_open,
        Fact.EYES_OPEN: mark("Open eyes in more faces than in the others"),
        Fact.BEST_LOOK: mark("Eyes on the camera more than in the others"),
        Fact.LESS_AVERTED: mark("Eyes less lowered or turned away"),
        Fact.KEY_EYES: mark("{who} has open eyes"),
        Fact.KEY_LOOK: mark("{who} looks at the camera most"),
    },
    _lost,
    _of_key_person,
    complained_about=True,
)
