"""Why frames are one group, and why the next frame is not in it, in words fit to show."""

import itertools
from collections.abc import Sequence

from core.grouping.brackets import BracketKind
from core.grouping.evidence import Evidence
from core.grouping.time_gaps import gap_seconds
from core.language import mark, ntr, tr
from core.types import ClusterKind, Photo

_SAID = {
    None: mark("put together by you"),
    ClusterKind.BURST: mark("you said it is a burst"),
    ClusterKind.BRACKET: mark("you said they belong together"),
}


def together(photos: Sequence[Photo], bracket: BracketKind | None, evidence: Evidence) -> str:
    """Such as "3 frames in 1.2 s, similarity 0.91"; "" for a single frame.

    Args:
        photos: of one group, in order of capture.
        bracket: what kind of bracket they are, if any.
        evidence: about them.
    """
    if len(photos) < 2:
        return ""
    words = ntr("{count} frame", "{count} frames", len(photos)).format(count=len(photos))
    if bracket is not None:
        words = f"{tr(bracket)}: {words}"
    gap = gap_seconds(photos[0], photos[-1])
    if gap is not None:
        words += _span(gap)
    if bracket is not None or not all(evidence.is_known(photo.id) for photo in photos):
        return words
    pairs = list(itertools.pairwise(photos))
    similarity = sum(evidence.similarity(one.id, other.id) for one, other in pairs) / len(pairs)
    return tr("{words}, similarity {similarity:.2f}").format(words=words, similarity=similarity)


def apart(one: Photo, other: Photo, evidence: Evidence) -> str:
    """What keeps two neighbours apart, such as "12.0 s apart, similarity 0.31, no common frame".

    Args:
        one: a frame of a group.
        other: a frame next to it in time, of another group.
        evidence: about them.
    """
    words = []
    gap = gap_seconds(one, other)
    if one.camera != other.camera:
        words.append(tr("another camera"))
    if gap is not None:
        words.append(tr("{span} apart").format(span=_duration(gap)))
    if evidence.is_known(one.id) and evidence.is_known(other.id):
        similarity = evidence.similarity(one.id, other.id)
        words.append(tr("similarity {similarity:.2f}").format(similarity=similarity))
        overlap = evidence.overlap(one.id, other.id) if evidence.may_overlap(one.id, other.id) else 0.0
        words.append(
            tr("{overlap:.0%} of the frames in common").format(overlap=overlap)
            if overlap
            else tr("nothing of the frames in common")
        )
    else:
        words.append(tr("not measured yet"))
    return ", ".join(words)


def versions_of_one_frame() -> str:
    """Say what keeps two pictures of one frame apart, as ``apart`` does of others."""
    return tr("two versions of the same frame")


def by_hand(frames: int, said: ClusterKind | None = None) -> str:
    """Why a group that the user made is one, or a frame the user took out stands alone.

    Args:
        frames: how many it has.
        said: what the user said it is, if anything.
    """
    if frames < 2:
        return tr("set apart by you")
    return tr(_SAID[said])


def _duration(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s"
    return f"{seconds / 60:.0f} min" if seconds < 3600 else f"{seconds / 3600:.1f} h"


def _span(seconds: float) -> str:
    if seconds < 0.05:  # a clock without sub-seconds, within one of its ticks
        return tr(" at once")
    return tr(" in {span}").format(span=_duration(seconds))
