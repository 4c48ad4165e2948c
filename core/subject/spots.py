"""What of a photo is looked at closely: a face held upright, its eyes as high as everybody else's; else the subject."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.subject.people import Person
from core.types import Analysis, Box, Face

EYE_LINE = 0.42
"""How far down a cut-out the eyes lie, as a fraction of its side."""

AROUND = 1.6
"""How much larger a cut-out is than the longer side of its box: hair and chin tell who it is."""

_CLOSE = 0.4  # of the shorter side of a photo: a closer look shows no more
_FINER = 4  # times the side
_MORE_THAN_ANY = 20_000  # pixels of a side
_NEAREST_EYES = 0.2  # of the box's width: nearer ones, as of a profile, say nothing of how the head is held


@dataclass(frozen=True, slots=True)
class Spot:
    """What is cut out of a photo.

    Attributes:
        box: around it, in fractions of the upright picture.
        eyes: of a face, right and left one as fractions of the picture; empty where they are not known, and for
            anything that is no face.
        is_subject: it is no face, and is looked at with what is around it.
    """

    box: Box
    eyes: tuple[tuple[float, float], ...] = ()
    is_subject: bool = False


def spot_of(face: Face) -> Spot:
    """Return what to cut out for a face."""
    return Spot(face.box, face.landmarks[:2])


def subject_spot(analysis: Analysis) -> Spot | None:
    """Return what to cut out of a photo without people: its sharpest region; None where it has no detail."""
    return (
        Spot(analysis.sharpness.subject, is_subject=True) if analysis.sharpness.subject is not None else None
    )


def spots_of(people: Iterable[Person], analysis: Analysis | None) -> list[Spot]:
    """Return what is cut out of a frame, in the order of the people: a face of each who is in it.

    Args:
        people: of its burst.
        analysis: of the frame; None where it is not known yet.
    """
    if analysis is None:
        return []
    places = (person.faces.get(analysis.photo_id) for person in people)
    return [spot_of(analysis.faces[at]) for at in places if at is not None]


def enough_of(spots: Sequence[Spot], side: int) -> tuple[int, int] | None:
    """Return how large a picture must be for each of its spots to fill a square; None for all its pixels.

    Args:
        spots: one or more.
        side: of the squares, in pixels.

    Returns:
        Width and height of a box that the picture is to fill when it is fitted into it.
    """
    if any(spot.is_subject for spot in spots):
        return None
    width = max(side / (AROUND * max(spot.box.width, 1e-6)) for spot in spots)
    height = max(side / (AROUND * max(spot.box.height, 1e-6)) for spot in spots)
    return (math.ceil(width), math.ceil(height)) if max(width, height) < _MORE_THAN_ANY else None


def cut(spot: Spot, width: int, height: int, side: int) -> tuple[NDArray[np.float64], int]:
    """Find the movement that lays a spot into a square, its eyes level at ``EYE_LINE``.

    Args:
        spot: of a picture.
        width: of the picture, in pixels.
        height: likewise.
        side: pixels the square is shown at. It may have some times as many, to be reduced without loss, but never
            more than the picture has there.

    Returns:
        float64, shape (2, 3), from pixels of the square to pixels of the picture, as OpenCV's inverse maps take it;
        and the square's side in pixels.
    """
    box = spot.box
    whole = max(AROUND * max(box.width * width, box.height * height), 8.0)
    middle = np.array([(box.x + box.width / 2) * width, (box.y + box.height / 2) * height])
    if spot.is_subject:  # at its own pixels, where that is a closer look, and never beyond the edge
        whole = min(max(whole, min(side, _CLOSE * min(width, height))), width, height)
        middle = middle.clip(whole / 2, np.array([width, height]) - whole / 2)
    turn, line = 0.0, 0.5
    if len(spot.eyes) == 2:
        right, left = (np.array([x * width, y * height]) for x, y in spot.eyes)
        across = left - right
        if float(np.hypot(*across)) >= _NEAREST_EYES * box.width * width:
            turn = math.atan2(across[1], across[0])
            down = np.array([-math.sin(turn), math.cos(turn)])
            # Along the eyes the middle of the box stays: of a head turned aside the eyes are not in the middle.
            middle = middle + down * float(np.dot((right + left) / 2 - middle, down))
            line = EYE_LINE
    pixels = max(1, min(_FINER * side, round(whole)))
    step = whole / pixels
    turned = step * np.array([[math.cos(turn), -math.sin(turn)], [math.sin(turn), math.cos(turn)]])
    start = middle - turned @ np.array([pixels / 2, pixels * line])
    return np.column_stack([turned, start]), pixels
