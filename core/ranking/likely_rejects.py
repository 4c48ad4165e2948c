"""Which photos are likely rejects, with no better frame to compare them with, and why; only the user rejects them.

Precision comes first: a frame that could be meant as it is (mist, night, a shallow depth of field, panning, a low-key
portrait, a kiss, a laugh) is left alone, and what cannot be told is no flaw. Frames of a burst are ranked anyway, so
a burst is only named where every frame of it has a flaw; what belongs together never is.
"""

from collections.abc import Collection, Mapping

from core.analysis.shut_eyes import gaze_went_down
from core.language import mark, tr
from core.subject.main_people import is_read, main_people
from core.types import Analysis, Cluster, ClusterKind, EyeState, Flaw, FlawKind, PhotoId

BLURRED = 0.2
"""Of ``Sharpness.in_focus``; below it nothing in the frame looks sharp on a screen. Decision 29."""

_NOTHING = 10.0  # of ``Sharpness.detail``: among 1,430 photographs, most of them good, none had less than 37
_BLACK, _WHITE = 0.06, 0.96  # mean luma, of a frame with nothing on it
_WASHED_OUT = 0.98  # share of pixels at or next to white: nothing is left but specks
_LAUGHING = 0.5  # smile from which shut eyes are a laugh

# Narrow eyes, squinting ones and those behind glasses pass for closed: of 58 main people whose eyes were told to be
# shut, 8 had; where people are told apart, 2 of 23. All four that these bounds leave, or both, had. Decision 29.
_SURELY_SHUT = 0.004  # chance that the eyes are open
_LARGE_ENOUGH = 80.0  # pixels of face


def flaws(analysis: Analysis) -> tuple[Flaw, ...]:
    """Return what makes a frame a likely reject by itself, the gravest first; nothing for a damaged picture.

    What was measured of a damaged picture is not true of what was photographed; its damage is told elsewhere.
    """
    if analysis.damaged:
        return ()
    whole = _light(analysis) or _focus(analysis)
    found = (whole, _eyes(analysis))
    return tuple(flaw for flaw in found if flaw is not None)


def flaws_not(forgiven: Collection[FlawKind], analysis: Analysis) -> tuple[Flaw, ...]:
    """Return a frame's flaws but for those that are meant so."""
    return tuple(flaw for flaw in flaws(analysis) if flaw.kind not in forgiven)


def is_sound(analysis: Analysis, forgiven: Collection[FlawKind]) -> bool:
    """Return whether nothing is wrong with a frame by itself: it is neither damaged nor a likely reject.

    Args:
        analysis: of the frame.
        forgiven: what is meant so in this shoot, by its profile, and is no flaw.
    """
    return not analysis.damaged and not flaws_not(forgiven, analysis)


def likely_rejects(
    cluster: Cluster, analyses: Mapping[PhotoId, Analysis], forgiven: Collection[FlawKind]
) -> dict[PhotoId, tuple[Flaw, ...]]:
    """Return the frames of a group that are likely rejects, with their flaws.

    Of a burst all frames or none: while one of them is sound, not measured or damaged, the burst may be saved by it.

    Args:
        cluster: the group.
        analyses: of its frames, as many as there are.
        forgiven: what is meant so in this shoot, by its profile, and is no flaw.
    """
    if cluster.kind is ClusterKind.BRACKET:
        return {}
    found = {}
    for photo_id in cluster.photo_ids:
        analysis = analyses.get(photo_id)
        told = flaws_not(forgiven, analysis) if analysis is not None else ()
        if not told:
            return {}
        found[photo_id] = told
    return found


def is_blurred(analysis: Analysis) -> bool:
    """Tell whether nothing in the frame is sharp, for whatever reason."""
    in_focus = analysis.sharpness.in_focus
    return in_focus is not None and in_focus < BLURRED


def in_words(flaw: Flaw) -> str:
    """Put a flaw into the user's language, as a part of a sentence."""
    return tr(_WORDS[flaw.kind])


def _light(analysis: Analysis) -> Flaw | None:
    """Say what is wrong with a frame in which nothing is to be seen: a lens cap, a flash in the face, a pocket."""
    light = analysis.exposure
    if light.burnt >= _WASHED_OUT:
        return Flaw(FlawKind.WHITE, light.burnt)
    if analysis.sharpness.detail is None or analysis.sharpness.detail >= _NOTHING:
        return None
    if light.mean <= _BLACK:
        return Flaw(FlawKind.BLACK, light.mean)
    return Flaw(FlawKind.WHITE if light.mean >= _WHITE else FlawKind.EMPTY, light.mean)


def _focus(analysis: Analysis) -> Flaw | None:
    in_focus = analysis.sharpness.in_focus
    return Flaw(FlawKind.BLURRED, in_focus) if in_focus is not None and is_blurred(analysis) else None


def _eyes(analysis: Analysis) -> Flaw | None:
    """Return the flaw that both eyes of the person who matters most are shut, where nobody laughs."""
    if all(face.eyes is not EyeState.CLOSED for face in analysis.faces):
        return None  # true of most, and at no cost
    people = main_people([analysis])
    if not people:
        return None
    face = max(people, key=lambda person: person.weight).faces[0]
    shut = face.eyes is EyeState.CLOSED and face.eyes_look_closed and gaze_went_down(face)
    if not shut or not is_read(face) or (face.smile or 0.0) >= _LAUGHING:
        return None
    chance = 1.0 if face.eyes_open is None else face.eyes_open
    if analysis.side_of(face) < _LARGE_ENOUGH or chance >= _SURELY_SHUT:
        return None
    return Flaw(FlawKind.EYES_SHUT, chance)


_WORDS: Mapping[FlawKind, str] = {
    FlawKind.BLACK: mark("black"),
    FlawKind.WHITE: mark("blown out to white"),
    FlawKind.EMPTY: mark("nothing on it"),
    FlawKind.BLURRED: mark("blurred all over"),
    FlawKind.EYES_SHUT: mark("the main person's eyes are shut"),
}
