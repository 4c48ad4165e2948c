"""Named faces as regions of files: in the picture as stored, before its orientation turns it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from core.keyword_names import keyword_name
from core.types import Analysis, Box, FaceRegion, FaceRegions, Photo, PhotoId, stored_box, turned_box

_LEAST_SHARE = 0.15  # of the larger box: a box around the whole person is not one around the face
_SAME_FACE = 0.5  # of the smaller box: programs draw larger or smaller boxes around one face


def regions_of(photo: Photo, analysis: Analysis, named: Mapping[int, str]) -> FaceRegions:
    """Return the faces of a photo that have a name.

    Args:
        photo: knows how it is turned.
        analysis: its measures.
        named: names by the numbers of people in the shoot.
    """
    size = analysis.width, analysis.height
    width, height = reversed(size) if photo.orientation >= 5 else size
    faces = tuple(
        FaceRegion(named[face.identity], stored_box(face.box.within_picture(), photo.orientation))
        for face in analysis.faces
        if face.identity is not None and face.identity in named
    )
    return FaceRegions(width, height, faces)


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
    """Return the shared area over the smaller one's; 0 where one is much the larger."""
    smaller, larger = sorted((one.area, other.area))
    return one.shared_area(other) / max(smaller, 1e-12) if smaller >= _LEAST_SHARE * larger else 0.0
