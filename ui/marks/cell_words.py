"""What a cell says in words: to the pointer that rests on it, and to a screen reader."""

from collections import Counter
from collections.abc import Sequence
from html import escape

from core.language import explained, mark, ntr, numeral, tr
from core.shoot.criteria import doubts
from core.shoot.shoot import Shoot
from core.subject.main_people import surely_seen
from core.types import Cluster, ClusterKind, Decision, EyeState, Flag, PhotoId, Sureness
from ui.marks.photo_words import (
    LABEL_WORDS,
    is_damaged,
    place_in_group,
    shot_facts,
    thing_words,
    time_taken,
    why,
    why_reject,
)

_FLAGS = {Flag.PICK: mark("picked"), Flag.REJECT: mark("rejected")}
_MOST_NAMES = 3  # of photos, in one announcement
_KINDS = {ClusterKind.BURST: mark("burst"), ClusterKind.BRACKET: mark("bracket")}


def tooltip(photo_id: PhotoId, shoot: Shoot) -> str:
    """Write name, time and exposure, the group and what holds it together, the advice and why; as rich text."""
    photo, cluster = shoot.photos[photo_id], shoot.cluster_of(photo_id)
    lines = [time_taken(photo), shot_facts(photo.shot), decision_words(shoot.decision(photo_id))]
    lines += [failure.reason for failure in shoot.failures if failure.photo_id == photo_id]
    if cluster.kind is not ClusterKind.SINGLE:
        lines += [place_in_group(photo_id, cluster), why(photo_id, shoot)]
    else:
        lines.append(why_reject(photo_id, shoot))
    if reasons := ", ".join(doubts(cluster, shoot)):
        lines.append(tr("Reasons to doubt: {reasons}").format(reasons=reasons))
    lines += [face_words(photo_id, shoot), thing_words(shoot.things.get(photo_id, ()))]
    return "<br>".join([f"<b>{escape(photo.name)}</b>", *(escape(line) for line in lines if line)])


def accessible_text(photo_id: PhotoId, shoot: Shoot, *, stacked: bool) -> str:
    """Write the cell in one line, most important first."""
    cluster = shoot.cluster_of(photo_id)
    parts = [shoot.photos[photo_id].name, decision_words(shoot.decision(photo_id))]
    if stacked:
        count, kind = len(cluster.photo_ids), tr(_KINDS.get(cluster.kind, mark("group")))
        parts.append(tr("stack of {count}, {kind}").format(count=count, kind=kind))
    else:
        parts.append(place_in_group(photo_id, cluster))
    if cluster.suggested_pick == photo_id:
        parts.append(_suggested(cluster, shoot))
    if shoot.photos[photo_id].is_film:
        parts.append(tr("film"))
    if is_damaged(photo_id, shoot):
        parts.append(tr("damaged"))
    parts.append(why_reject(photo_id, shoot))
    parts.append(face_words(photo_id, shoot))
    parts.append(thing_words(shoot.things.get(photo_id, ())))
    return ", ".join(part for part in parts if part)


def _suggested(cluster: Cluster, shoot: Shoot) -> str:
    if not shoot.is_settled:
        return tr("suggested so far")
    return tr("suggested, too close to call") if cluster.sureness is Sureness.CLOSE else tr("suggested")


def decided_words(photo_ids: Sequence[PhotoId], shoot: Shoot) -> str:
    """Say in one line what is decided of photos now, name by name, or how many of which where they are many."""
    decisions = {photo_id: shoot.decision(photo_id) for photo_id in photo_ids if photo_id in shoot.photos}
    undecided = tr("undecided")
    if len(decisions) <= _MOST_NAMES:
        return "; ".join(
            f"{shoot.photos[photo_id].name}, {decision_words(decision) or undecided}"
            for photo_id, decision in decisions.items()
        )
    counts = Counter(decision.flag for decision in decisions.values())
    words = {flag: tr(words) for flag, words in _FLAGS.items()} | {None: undecided}
    photos = ntr("{count} photo", "{count} photos", len(decisions)).format(count=len(decisions))
    return ", ".join(
        [photos, *(explained(words[flag], numeral(counts[flag])) for flag in words if counts[flag])]
    )


def decision_words(decision: Decision) -> str:
    """Say what is decided, such as "picked, 4 stars, red label"; "" where nothing is."""
    parts = [tr(_FLAGS[decision.flag])] if decision.flag in _FLAGS else []
    if decision.rating:
        parts.append(ntr("{count} star", "{count} stars", decision.rating).format(count=decision.rating))
    if decision.label is not None and decision.label in LABEL_WORDS:
        parts.append(tr(LABEL_WORDS[decision.label]).lower())
    return ", ".join(parts)


def face_words(photo_id: PhotoId, shoot: Shoot) -> str:
    """Say what faces were seen, such as "3 faces, eyes open in 2, eyes closed in 1"; "" where none was."""
    analysis = shoot.analyses.get(photo_id)
    eyes = [face.eyes for face in surely_seen(analysis.faces)] if analysis is not None else []
    if not eyes:
        return ""
    words = ntr("{count} face", "{count} faces", len(eyes)).format(count=len(eyes))
    told = [
        f"{name} {eyes.count(state)}"
        for state, name in (
            (EyeState.OPEN, tr("eyes open in")),
            (EyeState.CLOSED, tr("eyes closed in")),
            (EyeState.CANT_TELL, tr("can't tell in")),
        )
        if state in eyes
    ]
    return ", ".join([words, *told])
