"""Which profile a shoot could have, by what is in it: proposed where it is clear, never chosen.

Between landscape and product nothing that is measured tells, so neither is ever proposed.
"""

from collections.abc import Collection
from itertools import pairwise
from statistics import fmean, median

from core.subject.main_people import SURELY_A_FACE
from core.types import Analysis, Face, Photo

_FEWEST = 20  # photos
_LONG_LENS, _TELE = 200.0, 135.0  # millimetres
_FAST = 1 / 800  # seconds
_QUICK = 0.5  # seconds between frames of a series


def propose(photos: Collection[Photo], analyses: Collection[Analysis]) -> str:
    """Return the name of a profile that ships, "" where none is clear.

    Args:
        photos: of the shoot.
        analyses: of the same photos.
    """
    if len(analyses) < _FEWEST:
        return ""
    faces = [[face for face in each.faces if face.confidence >= SURELY_A_FACE] for each in analyses]
    with_people = [each for each in faces if each]
    share = len(with_people) / len(faces)
    focal = [each.shot.focal_length for each in photos if each.shot.focal_length]
    times = [each.shot.exposure_time for each in photos if each.shot.exposure_time]
    lens, shutter = median(focal) if focal else 0.0, median(times) if times else 1.0
    if share >= 0.5 and lens >= _TELE and shutter <= _FAST and _quick(photos) >= 0.5:
        return "sport"
    if share <= 0.02:
        return "wildlife" if lens >= _LONG_LENS else ""
    if share < 0.75:
        return ""
    people = fmean(len(each) for each in with_people)
    if people >= 3:
        return "event"
    largest = median(max(map(_side, each)) for each in with_people)
    return "portraits" if people <= 2 and share >= 0.9 and largest >= 0.15 else ""


def _side(face: Face) -> float:
    return float((face.box.width * face.box.height) ** 0.5)


def _quick(photos: Collection[Photo]) -> float:
    """Return the share of frames that follow another at once."""
    moments = sorted(each.moment for each in photos if each.moment is not None)
    gaps = [(after - before).total_seconds() for before, after in pairwise(moments)]
    return fmean(gap <= _QUICK for gap in gaps) if gaps else 0.0
