"""Why frames are one group, and why the next frame is not in it, in words fit to show: never kept, only shown."""

from core.grouping.evidence import Evidence
from core.grouping.time_gaps import gap_seconds
from core.language import explained, mark, ntr, numeral, tr
from core.types import Cluster, GroupedBy, Photo

_GROUPED_BY = {
    GroupedBy.EXPOSURE: mark("exposure bracket"),
    GroupedBy.FOCUS: mark("focus stack"),
    GroupedBy.PANORAMA: mark("panorama"),
    GroupedBy.HAND: mark("put together by you"),
    GroupedBy.CALLED_BURST: mark("you said it is a burst"),
    GroupedBy.CALLED_BRACKET: mark("you said they belong together"),
}
_SET_APART = mark("set apart by you")
_BY_USER = (GroupedBy.HAND, GroupedBy.CALLED_BURST, GroupedBy.CALLED_BRACKET)


def grounds_in_words(cluster: Cluster) -> str:
    """Put into words why frames are one group, such as "3 frames in 1.2 s, similarity 0.91"; "" for a single frame."""
    grounds, frames = cluster.grounds, len(cluster.photo_ids)
    if grounds is None:
        return ""
    if grounds.by in _BY_USER:
        return tr(_GROUPED_BY[grounds.by] if frames > 1 else _SET_APART)
    words = ntr("{count} frame", "{count} frames", frames).format(count=frames)
    if grounds.by is not GroupedBy.LOOK:
        words = explained(tr(_GROUPED_BY[grounds.by]), words)
    if grounds.seconds is not None:
        words += _span(grounds.seconds)
    if grounds.similarity is None:
        return words
    return tr("{words}, similarity {similarity:.2f}").format(words=words, similarity=grounds.similarity)


def apart(one: Photo, other: Photo, evidence: Evidence) -> str:
    """Say what keeps two neighbours apart, such as "12.0 s apart, similarity 0.31, no common frame".

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


def apart_by_hand() -> str:
    """Say that the user keeps two photos apart, or one of them in a group of the user's own."""
    return tr(_SET_APART)


def _duration(seconds: float) -> str:
    if seconds < 60:
        return f"{numeral(seconds, '.1f')} s"
    return f"{numeral(seconds / 60, '.0f')} min" if seconds < 3600 else f"{numeral(seconds / 3600, '.1f')} h"


def _span(seconds: float) -> str:
    if seconds < 0.05:  # a clock without sub-seconds, within one of its ticks
        return tr(" at once")
    return tr(" in {span}").format(span=_duration(seconds))
