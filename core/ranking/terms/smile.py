"""Smile: 1 is the frame in which the main people smile most; it cannot be told where nobody's mouth is read in two."""

from collections.abc import Sequence
from statistics import mean

from core.language import mark
from core.ranking.burst import Burst
from core.ranking.terms.people import leads_all, lost_by, over_people
from core.ranking.terms.row import LostByPeople, Row, TermWords, leads_most, values_of
from core.subject.main_people import MainPerson, is_read
from core.types import Fact, FrameScore, Reason, TermName

_SMILING = 0.35  # of a face, or mean of several, from which one may speak of a smile


def _lost(burst: Burst) -> LostByPeople:
    return lost_by(burst, lambda face: face.smile)


def _reason(scores: Sequence[FrameScore], burst: Burst, at: int) -> Reason | None:
    smiles = [p.faces[at].smile or 0.0 for p in burst.people if at in p.faces and is_read(p.faces[at])]
    if not smiles or mean(smiles) < _SMILING:
        return None
    own, others = values_of(scores, TermName.SMILE)
    if own > max(others):
        return Reason(Fact.BEST_SMILE)
    return Reason(Fact.MORE_SMILE) if leads_most(own, others) else None


def _of_key_person(person: MainPerson, at: int, _frames: int) -> Fact | None:
    smile, rivals = (
        person.faces[at].smile,
        [face.smile for place, face in person.faces.items() if place != at],
    )
    return Fact.KEY_SMILE if (smile or 0.0) >= _SMILING and leads_all(smile, rivals) else None


SMILE = Row(
    TermName.SMILE,
    TermWords(
        name=mark("smile"),
        lacks=mark("less of a smile"),
        leads=mark("smiling more"),
        at_stake=mark("smile"),
        title=mark("Smile"),
        hint=mark("How much each person smiles, beside the other frames."),
        counts_more=mark("A smile counts more to you than in the standard."),
        counts_less=mark("A smile counts less to you than in the standard."),
    ),
    over_people(_lost),
    _reason,
    {
        Fact.BEST_SMILE: mark("Best smile"),
        Fact.MORE_SMILE: mark("Smiling more than most"),
        Fact.KEY_SMILE: mark("{who} smiles most"),
    },
    _lost,
    _of_key_person,
)
