"""Named faces as regions of files: in the picture as stored, before its orientation turns it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from core.keyword_names import keyword_name
from core.types import Analysis, Box, FaceRegion, FaceRegions, Photo, PhotoId, turned_box

_LEAST_SHARE = 0.15  # of the larger box: a box around the whole person is not one around the face
_SAME_FACE = 0.5  # of the smaller box: programs draw larger or smaller boxes around one face

_BACK = {6: 8, 8: 6}  # every other orientation undoes itself


def regions_of(photo: Photo, analysis: Analysis, named: Mapping[int, str]) -> FaceRegions:
    """Return the faces of a photo that have a name.

    Args:
        photo: knows how it is turned.
        analysis: its measures.
        named: names by the numbers of people in the shoot.
    """
    size = analysis.width, analysis.height
    width, height = reversed(size) if photo.orientation >= 5 else size
    back = _BACK.get(photo.orientation, photo.orientation)
    faces = tuple(
        FaceRegion(named[face.identity], turned_box(_within(face.box), back))
        for face in analysis.faces
        if face.identity is not None and face.identity in named
    )
    return FaceRegions(width, height, faces)


def _within(box: Box) -> Box:
    """Return what of a box lies in the picture: a face at the edge is found a little beyond it."""
    left, top = max(0.0, box.x), max(0.0, box.y)
    right, bottom = min(1.0, box.x + box.width), min(1.0, box.y + box.height)
    return Box(left, top, max(0.0, right - left), max(0.0, bottom - top))


def written_names(photos: Iterable[Photo], analyses: Mapping[PhotoId, Analysis]) -> dict[int, str]:
    """Return what files call the people of a shoot, by their numbers in it: of several names the one said most often.

    Args:
        photos: with what their files say.
        analyses: with people told apart.
    """
    votes: dict[int, Counter[str]] = defaultdict(Counter)
    for photo in photos:
        analysis = analyses.get(photo.id) if photo.words.faces else None
        if analysis is None:
            continue
        for region in photo.words.faces:
            who = _who(turned_box(region.box, photo.orientation), analysis)
            name = keyword_name(region.name)
            if who is not None and name:
                votes[who][name] += 1
    return {who: names.most_common(1)[0][0] for who, names in votes.items()}


def _who(box: Box, analysis: Analysis) -> int | None:
    """Return whose face lies in a box; None where there is none, or nobody can be told by it."""
    shared = [(_shared(face.box, box), face.identity) for face in analysis.faces]
    most, who = max(shared, key=lambda one: one[0], default=(0.0, None))
    return who if most >= _SAME_FACE else None


def _shared(one: Box, other: Box) -> float:
    """Return the shared area over the smaller one's, less where one is much the larger."""
    across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    down = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    smaller, larger = sorted((one.width * one.height, other.width * other.height))
    if min(across, down) <= 0 or smaller < _LEAST_SHARE * larger:
        return 0.0
    return across * down / max(smaller, 1e-12)
