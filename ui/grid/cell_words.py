"""What a cell says in words: to the pointer that rests on it, and to a screen reader."""

from html import escape

from core.pipeline.shoot import Shoot
from core.types import ClusterKind, Decision, EyeState, Flag, Label, PhotoId
from ui.widgets.photo_words import place_in_group, shot_facts, time_taken, why

_FLAGS = {Flag.PICK: "picked", Flag.REJECT: "rejected"}
_KINDS = {ClusterKind.BURST: "burst", ClusterKind.BRACKET: "bracket"}


def tooltip(photo_id: PhotoId, shoot: Shoot) -> str:
    """Name, time and exposure, the group and what holds it together, the advice and why; as rich text."""
    photo, cluster = shoot.photos[photo_id], shoot.cluster_of(photo_id)
    lines = [time_taken(photo), shot_facts(photo.shot), decision_words(shoot.decision(photo_id))]
    lines += [failure.reason for failure in shoot.failures if failure.photo_id == photo_id]
    if cluster.kind is not ClusterKind.SINGLE:
        lines += [place_in_group(photo_id, cluster), why(photo_id, shoot)]
    lines.append(face_words(photo_id, shoot))
    return "<br>".join([f"<b>{escape(photo.path.name)}</b>", *(escape(line) for line in lines if line)])


def accessible_text(photo_id: PhotoId, shoot: Shoot, *, stacked: bool) -> str:
    """The cell in one line, most important first."""
    cluster = shoot.cluster_of(photo_id)
    parts = [shoot.photos[photo_id].path.name, decision_words(shoot.decision(photo_id))]
    if stacked:
        parts.append(f"stack of {len(cluster.photo_ids)}, {_KINDS.get(cluster.kind, 'group')}")
    else:
        parts.append(place_in_group(photo_id, cluster))
    if cluster.suggested_pick == photo_id:
        parts.append("suggested, too close to call" if cluster.too_close else "suggested")
    parts.append(face_words(photo_id, shoot))
    return ", ".join(part for part in parts if part)


def decision_words(decision: Decision) -> str:
    """Such as "picked, 4 stars, red label"; "" where nothing is decided."""
    parts = [_FLAGS[decision.flag]] if decision.flag in _FLAGS else []
    if decision.rating:
        parts.append(f"{decision.rating} star{'s' if decision.rating > 1 else ''}")
    if decision.label not in (None, Label.NONE):
        parts.append(f"{decision.label} label")
    return ", ".join(parts)


def face_words(photo_id: PhotoId, shoot: Shoot) -> str:
    """Such as "3 faces, eyes open in 2, eyes closed in 1"; "" where no face was seen."""
    analysis = shoot.analyses.get(photo_id)
    if analysis is None or not analysis.faces:
        return ""
    eyes = [face.eyes for face in analysis.faces]
    words = f"{len(eyes)} face{'s' if len(eyes) > 1 else ''}"
    told = [
        f"{name} {eyes.count(state)}"
        for state, name in (
            (EyeState.OPEN, "eyes open in"),
            (EyeState.CLOSED, "eyes closed in"),
            (EyeState.CANT_TELL, "can't tell in"),
        )
        if state in eyes
    ]
    return ", ".join([words, *told])
