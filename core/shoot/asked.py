"""What is asked of single photos: their eyes, how sharp they are, whether they are likely rejects."""

from enum import StrEnum

from core.ranking.likely_rejects import is_blurred
from core.shoot.shoot import Shoot
from core.subject.main_people import main_in, surely_seen
from core.types import Analysis, EyeState, FlawKind, PhotoId, TermName

# Of the term's value: 1.2 and 1.7 times softer than the burst's sharpest frame. The eye takes in three steps at a
# glance and no more; the middle one is where a difference begins to show at full size.
SHARP, LESS_SHARP = 0.84, 0.5

BADLY_EXPOSED = 0.5
"""Of ``Exposure.score``; above it, raw development mends it without loss."""


class EyesAsked(StrEnum):
    """What eyes are asked for, of main people; faces of which it cannot be told count for neither."""

    ALL_OPEN = "all open"
    SOME_CLOSED = "some closed"


class Focus(StrEnum):
    """How sharp: within the burst, of which frames that stand alone have none, or at all."""

    SHARP = "sharp"
    SOFT = "soft"
    BLURRED = "blurred"


class LikelyReject(StrEnum):
    """What likely rejects are asked for: all of them, or those with one kind of flaw."""

    ALL = "all"
    BLURRED = "blurred"
    NOTHING_TO_SEE = "empty"
    EYES_SHUT = "eyes"


_FLAWS = {
    LikelyReject.ALL: frozenset(FlawKind),
    LikelyReject.BLURRED: frozenset({FlawKind.BLURRED}),
    LikelyReject.NOTHING_TO_SEE: frozenset({FlawKind.BLACK, FlawKind.WHITE, FlawKind.EMPTY}),
    LikelyReject.EYES_SHUT: frozenset({FlawKind.EYES_SHUT}),
}


def eyes_of(analysis: Analysis | None) -> EyesAsked | None:
    """Return what is known of the main people's eyes in a photo; None where nothing is."""
    faces = surely_seen(analysis.faces) if analysis is not None else ()
    states = {faces[at].eyes for at in main_in(faces)}
    if EyeState.CLOSED in states:
        return EyesAsked.SOME_CLOSED
    return EyesAsked.ALL_OPEN if EyeState.OPEN in states else None


def is_likely(reject: LikelyReject, photo_id: PhotoId, shoot: Shoot) -> bool:
    """Tell whether a photo is a likely reject of that kind."""
    return any(flaw.kind in _FLAWS[reject] for flaw in shoot.why_reject(photo_id))


def is_focus(focus: Focus, photo_id: PhotoId, shoot: Shoot) -> bool:
    """Tell whether a photo is as sharp as that."""
    if focus is Focus.BLURRED:
        analysis = shoot.analyses.get(photo_id)
        return analysis is not None and is_blurred(analysis)
    return _within_burst(photo_id, shoot) is focus


def _within_burst(photo_id: PhotoId, shoot: Shoot) -> Focus | None:
    score = shoot.score(photo_id)
    value = next((t.value for t in score.terms if t.name is TermName.SHARPNESS), None) if score else None
    if value is None:
        return None
    return Focus.SHARP if value >= SHARP else Focus.SOFT if value < LESS_SHARP else None


def cannot_be_measured(photo_id: PhotoId, shoot: Shoot) -> bool:
    """Tell whether a photo is known to be damaged, so that waiting for its measures is in vain."""
    analysis = shoot.analyses.get(photo_id)
    return analysis.damaged if analysis is not None else photo_id in shoot.unseen()
