"""How good a frame is by itself, to compare frames of different moments: in focus, well lit, and its people well met.

The score of ``core.ranking.score`` compares frames of one burst and says nothing between bursts. This is coarser, and
only meant for putting candidates in order: no photo is picked or rejected by it.
"""

import math
from collections.abc import Sequence

from core.subject.main_people import MainPerson, is_read, main_people
from core.types import Analysis, EyeState, Face

_UNKNOWN = 0.5  # where focus cannot be told
_NOBODY = 0.5  # of a frame's people, where there are none: neither good nor bad
_AT_LEAST = 0.4  # of its worth that a frame keeps if its people look the worst they can


def worth(analysis: Analysis, people: Sequence[MainPerson] | None = None) -> float:
    """Return how good a frame is, 0 to 1; 0 where its file is damaged.

    Args:
        analysis: of the frame.
        people: its main people, where they are known already.
    """
    if analysis.damaged:
        return 0.0
    focus = analysis.sharpness.in_focus
    people = main_people([analysis]) if people is None else people
    met = sum(person.weight * well_met(person.faces[0]) for person in people) if people else _NOBODY
    light = math.sqrt(analysis.exposure.score)
    return (_UNKNOWN if focus is None else focus) * light * (_AT_LEAST + (1 - _AT_LEAST) * met)


def well_met(face: Face) -> float:
    """Return how well somebody is met in a frame, 0 to 1: seen, eyes open and on the camera, smiling."""
    if not is_read(face):
        return 0.0
    if face.eyes is EyeState.CLOSED:
        return 0.1
    return 0.4 + 0.3 * (face.gaze or 0.0) + 0.3 * (face.smile or 0.0)
