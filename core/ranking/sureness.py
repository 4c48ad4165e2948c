"""What a suggestion is worth: said from how often such ones were right, not from how it feels.

The thresholds are measured on labelled shoots by weights that never saw the shoot, and written beside the weights:
``core.learned``. ``python -m benchmarks.picks`` says how often each word was right.
"""

from collections.abc import Sequence

from core.learned import Learned
from core.ranking.burst import Burst
from core.ranking.terms.sharpness import detail
from core.ranking.terms.table import TERMS
from core.types import FrameScore, Grounds, Sureness

_SPEAKS_AGAINST = 0.1  # of a term's value: a rival better by this much is better in what people complain of

# Seconds that the frames of one moment take at most, to be surely one. Of clear suggestions on labelled shoots 29 in
# 1,000 were frames of another moment: all of them came from groups that take longer (as any bound of 5 to 15 s says).
_ONE_MOMENT = 12.0


def how_sure(
    scores: Sequence[FrameScore], burst: Burst, learned: Learned, grounds: Grounds | None = None
) -> Sureness:
    """Say how sure the suggestion of the first of ``scores`` is.

    Args:
        scores: of the burst, best first, not empty.
        burst: its frames.
        learned: the thresholds.
        grounds: why the frames are one burst, as far as it is known.

    Returns:
        Clear only where the lead is large and no rival is better in anything that a client would complain about, nor
        sharper in the middle of the frame: a wrong pick is mostly one that paid for a term with another. Nor where
        the burst runs on so long that it may be two moments.
    """
    if len(scores) == 1:
        return Sureness.LEANING  # the faces of its rivals could not be read
    lead = scores[0].total - scores[1].total
    if lead < learned.close_lead:
        return Sureness.CLOSE
    if lead < learned.clear_lead or runs_on(grounds) or is_contradicted(scores, burst, learned.agreement):
        return Sureness.LEANING
    return Sureness.CLEAR


def runs_on(grounds: Grounds | None) -> bool:
    """Say whether a burst takes so long that it may be two moments. What the user put together is one."""
    return grounds is not None and grounds.seconds is not None and grounds.seconds > _ONE_MOMENT


def is_contradicted(scores: Sequence[FrameScore], burst: Burst, agreement: float) -> bool:
    """Say whether a rival is better than the first of ``scores`` in what is complained about, or in its middle.

    Args:
        scores: of the burst, best first.
        burst: its frames.
        agreement: natural logarithm of the ratio by which a rival's middle may be sharper.
    """
    for term in scores[0].terms:
        if TERMS[term.name].complained_about and term.value is not None and term.value < 1 - _SPEAKS_AGAINST:
            return True
    middle = detail(burst.frames, middle=True)
    if middle is None:
        return False
    first = next(at for at, frame in enumerate(burst.frames) if frame.photo_id == scores[0].photo_id)
    return bool(middle[first] < middle.max() - agreement)
