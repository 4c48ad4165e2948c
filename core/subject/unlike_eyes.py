"""Whose eyes are open in one frame of a burst and shut in another: too small a thing for pictures to be compared by."""

from core.subject.people import people
from core.types import Analysis, Box, EyeState


def unlike_eyes(here: Analysis, there: Analysis) -> tuple[Box, ...]:
    """Find the people whose eyes two frames show differently.

    Args:
        here: measures of the frame in which to tell the places.
        there: of the other frame.

    Returns:
        The boxes of their faces in the first frame; nobody of whom either frame does not tell.
    """
    found = []
    for person in people([here, there]):
        if len(person.faces) == 2:
            face, other = here.faces[person.faces[here.photo_id]], there.faces[person.faces[there.photo_id]]
            if EyeState.CANT_TELL not in (face.eyes, other.eyes) and face.eyes is not other.eyes:
                found.append(face.box)
    return tuple(found)
