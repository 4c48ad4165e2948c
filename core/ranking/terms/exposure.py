"""Exposure: 1 is the frame with the least burnt out."""

from collections.abc import Sequence

from core.language import mark
from core.ranking.burst import Burst
from core.ranking.terms.row import Row, TermWords, Values, from_lost, values_of
from core.types import Fact, FrameScore, Reason, TermName

_ALL_BURNT = 0.3  # share of the frame burnt out more than in the best, at which nothing is left to lose
_SEEN = 0.005  # share of the frame: less that is burnt cannot be seen


def _value(burst: Burst) -> Values:
    burnt = [frame.exposure.burnt for frame in burst.frames]
    return from_lost([min(1.0, (share - min(burnt)) / _ALL_BURNT) for share in burnt])


def _reason(scores: Sequence[FrameScore], burst: Burst, at: int) -> Reason | None:
    burnt = [frame.exposure.burnt for frame in burst.frames]
    if all(share >= burnt[at] + _SEEN for share in burnt[:at] + burnt[at + 1 :]):
        return Reason(Fact.LESS_BURNT)
    own, others = values_of(scores, TermName.EXPOSURE)
    return Reason(Fact.BEST_EXPOSED) if own > max(others) else None


EXPOSURE = Row(
    TermName.EXPOSURE,
    TermWords(
        name=mark("exposure"),
        lacks=mark("more burnt out"),
        leads=mark("less burnt out"),
        at_stake=mark("burnt-out highlights"),
        title=mark("Exposure"),
        hint=mark("Little is burnt out."),
        counts_more=mark("Burnt-out highlights count more to you than in the standard."),
        counts_less=mark("You forgive burnt-out highlights more readily than the standard."),
    ),
    _value,
    _reason,
    {Fact.BEST_EXPOSED: mark("A little less burnt out"), Fact.LESS_BURNT: mark("Least burnt-out highlights")},
    complained_about=True,
)
