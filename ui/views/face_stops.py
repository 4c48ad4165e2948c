"""Where the keys go that lead from face to face of a photo."""

from collections.abc import Mapping

from core.subject.cast import Cast
from core.subject.spots import subject_spot
from core.types import Analysis
from ui.views.zoom import middle_of

Stops = Mapping[int | None, tuple[float, float]]
"""Points of a photo, as fractions, by the place of a person in the cast's main people; None for the subject."""


def face_stops(analysis: Analysis | None, found: Cast | None) -> Stops:
    """Return where a photo can be looked at, left to right: its main people, else its subject.

    Args:
        analysis: of the photo; None where it was not measured.
        found: the people of its burst; None as long as they are being looked for, and all faces count.
    """
    if analysis is None:
        return {}
    if found is None:
        return {at: middle_of(face.box) for at, face in enumerate(analysis.faces)}
    stops: dict[int | None, tuple[float, float]] = {
        who: middle_of(analysis.faces[person.faces[analysis.photo_id]].box)
        for who, person in enumerate(found.main)
        if analysis.photo_id in person.faces
    }
    if not found.main and (spot := subject_spot(analysis)) is not None:
        stops[None] = middle_of(spot.box)
    return stops


def next_stop(stops: Stops, now: int | None, by: int, *, zoomed: bool) -> int | None:
    """Return whom to look at next; after the last comes the first.

    Args:
        stops: one or more.
        now: whom the user looked at last; None for nobody yet.
        by: so many further on.
        zoomed: whether the photo is enlarged; where it is not, whom the user looked at last is looked at again.
    """
    people = list(stops)
    if now in people and not zoomed:
        return now
    at = people.index(now) if now in people else (-1 if by > 0 else 0)
    return people[(at + by) % len(people)]
