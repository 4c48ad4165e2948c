"""Original: 1 is the best of a frame's versions, such as crops, exports and edits; it cannot be told without copies."""

import math
from collections.abc import Sequence

from core.language import mark, ntr
from core.ranking.burst import Burst
from core.ranking.terms.row import Row, TermWords, Values
from core.types import Analysis, Fact, FrameScore, Reason, TermName

_COPY = 0.5  # what a copy loses by its first lost pixels or its first coarser step,
_UNLIKELY = 0.5  # and what one loses that looks far less likely exposed than another version
_EXPOSURE_RANGE = 8.0  # of likeliness: half a stop is about 2
_HALVINGS = 4.0  # how often size or quality must halve until nothing of it is left
_FEWER_PIXELS = 1.02  # ratio from which a copy has fewer pixels,
_MORE_LOSS = 1.5  # and from which it is more compressed


def _value(burst: Burst) -> Values:
    """Return how much of the best of its versions a frame still has: in pixels, in quality, in its exposure."""
    if not burst.copies:
        return None
    values = [1.0] * len(burst.frames)
    for places in burst.versions():
        versions = [burst.frames[at] for at in places]
        for at in places:
            values[at] = max(0.0, 1 - _lost_of(burst.frames[at], versions))
    return values


def _lost_of(frame: Analysis, versions: Sequence[Analysis]) -> float:
    """Return what a frame lacks of the best of its versions, 0 and more."""
    fewer = max(each.width * each.height for each in versions) / max(1, frame.width * frame.height)
    coarser = max(1.0, frame.compression) / max(1.0, min(each.compression for each in versions))
    told = ((fewer, _FEWER_PIXELS), (coarser, _MORE_LOSS))
    halvings = sum(math.log2(ratio) for ratio, least in told if ratio > least)
    unlikely = max(each.exposure.likeliness for each in versions) - frame.exposure.likeliness
    lost = _COPY * (1 + min(1.0, halvings / _HALVINGS)) if halvings else 0.0
    return lost + _UNLIKELY * math.tanh(unlikely / _EXPOSURE_RANGE)


def _reason(_scores: Sequence[FrameScore], burst: Burst, at: int) -> Reason | None:
    own = burst.frames[at].photo_id
    copies = sum(original == own for original in burst.copies.values())
    return Reason(Fact.ORIGINAL, copies) if copies and own not in burst.copies else None


def _original_of(copies: int) -> str:
    return ntr("The original of a copy", "The original of {count} copies", copies)


ORIGINAL = Row(
    TermName.ORIGINAL,
    TermWords(
        name=mark("original"),
        lacks=mark("a copy"),
        leads=mark("the original"),
        at_stake=mark("being a copy"),
    ),
    _value,
    _reason,
    {Fact.ORIGINAL: _original_of},
)
