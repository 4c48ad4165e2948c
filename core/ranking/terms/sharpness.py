"""Sharpness: 1 is the frame that is sharpest where the burst is sharp; nothing is told where nothing has detail."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from core.language import mark
from core.ranking.burst import Burst
from core.ranking.terms.row import Row, TermWords, Values, leads_most, values_of
from core.types import Analysis, Fact, FrameScore, Reason, TermName

FAINTEST = 0.01  # of ``Layout.focus``, added before taking logarithms: less is noise
_SOFT = 1.0  # natural logarithm of a ratio of sharpness at which nothing is left to lose: 2.7 times softer
_MIDDLE = 0.08  # squared spread of the middle of the frame, in squared parts of its side


def detail(frames: Sequence[Analysis], *, middle: bool = False) -> NDArray[np.float64] | None:
    """Compare how sharp frames are in the same places: those where the burst as a whole is sharp.

    Each frame's sharpest place says little: it may be another thing in each. So the logarithm of the sharpness of
    each part of the frame is averaged, each part weighing as much as it is sharp in the mean of all frames.

    Args:
        frames: of one burst.
        middle: compare the middle of the frames instead, wherever they are sharp.

    Returns:
        Natural logarithms, shape (frames,), of which only differences mean something; None without any detail.
    """
    grids = [frame.layout.focus for frame in frames]
    if len({grid.shape for grid in grids}) > 1 or not grids[0].size:
        scores = np.array([frame.sharpness.score for frame in frames])
        return np.log(scores + FAINTEST) if scores.any() else None
    focus = np.stack(grids).astype(np.float64)
    weight = _middle(*focus.shape[1:]) if middle else focus.mean(axis=0)
    if not focus.any():
        return None
    compared: NDArray[np.float64] = (np.log(focus + FAINTEST) * weight).sum(axis=(1, 2)) / weight.sum()
    return compared


def _middle(rows: int, columns: int) -> NDArray[np.float64]:
    """Return weights that fall off from the middle of the frame."""
    down, across = ((np.arange(count) + 0.5) / count - 0.5 for count in (rows, columns))
    return np.exp(-(down[:, None] ** 2 + across[None] ** 2) / _MIDDLE)


def _value(burst: Burst) -> Values:
    compared = detail(burst.frames)
    if compared is None:
        return None
    return list((1 + np.maximum(compared - compared.max(), -_SOFT) / _SOFT).tolist())


def _reason(scores: Sequence[FrameScore], _burst: Burst, _at: int) -> Reason | None:
    own, others = values_of(scores, TermName.SHARPNESS)
    if own > max(others):
        return Reason(Fact.SHARPEST, len(scores))
    return Reason(Fact.SHARPER) if leads_most(own, others) else None


SHARPNESS = Row(
    TermName.SHARPNESS,
    TermWords(
        name=mark("sharpness"),
        lacks=mark("less sharp"),
        leads=mark("sharper"),
        at_stake=mark("sharpness"),
        title=mark("Sharpness"),
        hint=mark("In the same places of every frame, where the burst is sharp."),
        counts_more=mark("Sharpness counts more to you than in the standard."),
        counts_less=mark("You forgive a little blur more readily than the standard."),
    ),
    _value,
    _reason,
    {Fact.SHARPEST: mark("Sharpest of {count}"), Fact.SHARPER: mark("Sharper than most")},
    complained_about=True,
)
