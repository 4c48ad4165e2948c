"""Why frames are one group, and why the next frame is not in it, in words fit to show."""

import itertools
from collections.abc import Sequence

from core.grouping.brackets import BracketKind
from core.grouping.evidence import Evidence
from core.grouping.time_gaps import gap_seconds
from core.types import Photo


def together(photos: Sequence[Photo], bracket: BracketKind | None, evidence: Evidence) -> str:
    """Such as "3 frames in 1.2 s, similarity 0.91"; "" for a single frame.

    Args:
        photos: of one group, in order of capture.
        bracket: what kind of bracket they are, if any.
        evidence: about them.
    """
    if len(photos) < 2:
        return ""
    words = f"{bracket or ''}{': ' if bracket else ''}{len(photos)} frames"
    gap = gap_seconds(photos[0], photos[-1])
    if gap is not None:
        words += _span(gap)
    if bracket is not None or not all(evidence.is_known(photo.id) for photo in photos):
        return words
    pairs = list(itertools.pairwise(photos))
    similarity = sum(evidence.similarity(one.id, other.id) for one, other in pairs) / len(pairs)
    return f"{words}, similarity {similarity:.2f}"


def _span(seconds: float) -> str:
    if seconds < 0.05:  # a clock without sub-seconds, within one of its ticks
        return " at once"
    return f" in {seconds:.1f} s" if seconds < 60 else f" in {seconds / 60:.0f} min"
