"""When eyes that look closed are called so: narrow, laughing and squinting ones look it, too.

What a face by itself measures parts labelled closed eyes from open ones (``core.analysis.eyes``). In shoots that is
not enough: of 265 faces of fourteen shoots whose lids nearly touch 66 had them down. A warning asks for more.
"""

from dataclasses import replace

from core.analysis.eyes import blink_of
from core.types import Analysis, EyeState, Face

# All 14 of those 265 faces past one of these, and whose gaze went down, had their lids down.
_SHUT_FOR_SURE = ((80.0, 0.64), (45.0, 0.70))  # least pixels of face, and the mean blink score to exceed
_SEES_NOTHING = 0.3  # gaze: lids that are down take it along


def surely_shut(analysis: Analysis) -> Analysis:
    """Return the measures of a photo with eyes called closed only where that is sure of a face by itself.

    Of the others each eye goes on looking closed, and of both together it cannot be told. What is usual of a person
    may tell yet, once people are told apart (``core.grouping.identities``).
    """
    if not any(_is_in_doubt(face, analysis) for face in analysis.faces):
        return analysis
    faces = tuple(
        replace(face, eyes=EyeState.CANT_TELL) if _is_in_doubt(face, analysis) else face
        for face in analysis.faces
    )
    return replace(analysis, faces=faces)


def gaze_went_down(face: Face) -> bool:
    """Tell whether a face surely sees nothing, as where its lids are down; narrow eyes go on looking."""
    return face.gaze is not None and face.gaze < _SEES_NOTHING


def _is_in_doubt(face: Face, frame: Analysis) -> bool:
    if face.eyes is not EyeState.CLOSED:
        return False
    if face.eyes_open is None or not gaze_went_down(face):
        return True
    side, blink = frame.side_of(face), blink_of(face.eyes_open)
    return not any(side >= least and blink > past for least, past in _SHUT_FOR_SURE)
