"""A photo's facts and the program's advice in words, as the why-line says them."""

from core.pipeline.shoot import Shoot
from core.types import Cluster, ClusterKind, FrameScore, Photo, PhotoId, Shot, Term, TimeSource

_WORTH_SAYING = 0.02  # a term's lead, in parts of the total, under which two frames are alike in it

_LACKS = {
    "eyes": "eyes less open",
    "sharpness": "less sharp",
    "smile": "less of a smile",
    "exposure": "less well exposed",
}
_LEADS = {
    "eyes": "eyes more open",
    "sharpness": "sharper",
    "smile": "smiling more",
    "exposure": "better exposed",
}
_KINDS = {ClusterKind.BURST: "burst", ClusterKind.BRACKET: "bracket"}


def shot_facts(shot: Shot) -> str:
    """The exposure as photographers write it, such as "1/250 s  f/4  ISO 400  50 mm"; "" where unknown."""
    facts = []
    if shot.exposure_time:
        facts.append(exposure_time(shot.exposure_time))
    if shot.f_number:
        facts.append(f"f/{shot.f_number:g}")
    if shot.iso:
        facts.append(f"ISO {shot.iso}")
    if shot.focal_length:
        facts.append(f"{shot.focal_length:g} mm")
    if shot.exposure_bias:
        facts.append(f"{shot.exposure_bias:+.1f} EV".replace("-", "−"))
    return "  ".join(facts)


def exposure_time(seconds: float) -> str:
    """A shutter time: a fraction below 0.3 s, as cameras show it."""
    return f"1/{round(1 / seconds)} s" if seconds < 0.3 else f"{seconds:.3g} s"


def time_taken(photo: Photo) -> str:
    """Date and time, marked where the file's date stands in for the camera's."""
    if photo.taken_at is None:
        return "no date"
    words = photo.taken_at.strftime("%Y-%m-%d %H:%M:%S")
    return words if photo.time_source is TimeSource.EXIF else f"{words} (date of the file)"


def place_in_group(photo_id: PhotoId, cluster: Cluster) -> str:
    """Where the frame stands in its group and what holds the group together; "" for a single."""
    if cluster.kind is ClusterKind.SINGLE:
        return ""
    place = f"{cluster.photo_ids.index(photo_id) + 1} of {len(cluster.photo_ids)} in {_KINDS[cluster.kind]}"
    return f"{place} ({cluster.together})" if cluster.together else place


def why(photo_id: PhotoId, shoot: Shoot) -> str:
    """Why this frame is suggested, or what it lacks against the one that is."""
    cluster = shoot.cluster_of(photo_id)
    if cluster.kind is ClusterKind.SINGLE:
        return "A single frame: there is nothing to compare it with."
    if cluster.kind is ClusterKind.BRACKET:
        return "A bracket belongs together, so no frame is suggested."
    if cluster.suggested_pick is None:
        return "No frame of this burst has been measured yet."
    if cluster.suggested_pick == photo_id:
        return _why_suggested(cluster)
    own, best = shoot.score(photo_id), shoot.score(cluster.suggested_pick)
    name = shoot.photos[cluster.suggested_pick].path.name
    if own is None or best is None:
        return f"{name} is suggested; this frame could not be measured."
    return _why_not(own, best, name)


def _why_suggested(cluster: Cluster) -> str:
    reasons = [_within_sentence(reason) for reason in cluster.reasons]
    if cluster.too_close:
        reasons[:1] = cluster.reasons[:1]
        return " · ".join(reasons)
    words = f"Best of {len(cluster.photo_ids)}: {', '.join(reasons)}"
    return f"{words} · ahead by {_percent(cluster.margin)}" if cluster.margin else words


def _why_not(own: FrameScore, best: FrameScore, name: str) -> str:
    gaps = sorted(
        (
            ((theirs.value - ours.value) * theirs.weight, theirs.name)
            for ours, theirs in zip(own.terms, best.terms, strict=True)
            if ours.value is not None and theirs.value is not None
        ),
        reverse=True,
    )
    lacks = [_LACKS.get(term, f"less {term}") for gap, term in gaps if gap >= _WORTH_SAYING]
    leads = [_LEADS.get(term, f"more {term}") for gap, term in reversed(gaps) if gap <= -_WORTH_SAYING]
    words = f"{_percent(best.total - own.total)} behind {name}"
    if lacks:
        words += f": {', '.join(lacks)}"
    return f"{words}, but {', '.join(leads)}" if leads else words


def _percent(share: float) -> str:
    percent = round(100 * share)
    return f"{percent} %" if percent else "less than 1 %"


def _within_sentence(reason: str) -> str:
    """A reason as part of a longer sentence: no full stop, no capital unless the word is written so."""
    reason = reason.rstrip(".")
    return reason if reason[1:2].isupper() else reason[:1].lower() + reason[1:]


def term_words(term: Term) -> str:
    """A term for a screen reader, such as "sharpness 93 %"."""
    return f"{term.name} can't tell" if term.value is None else f"{term.name} {round(100 * term.value)} %"
