"""Two frames of a burst against each other, term by term: what decided, by how much, by whom, and where to look.

All figures are differences of the very sum that ranks, so that what is said adds up to what happened.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from core.ranking.burst import Burst
from core.ranking.terms.sharpness import FAINTEST
from core.ranking.terms.table import TERMS
from core.subject.main_people import main_in
from core.types import Analysis, Box, Cluster, FrameScore, PhotoId, Term, TermName

_SAME = 1e-9  # a difference of sums that is none
_AROUND = 1  # parts of the frame shown to every side of the one that decided


@dataclass(frozen=True, slots=True)
class PersonsPart:
    """What one person adds to the difference of two frames in one term.

    Attributes:
        person: place among those who are large in a frame that shows the person, from left to right, 0 for the
            leftmost: in the first frame, or in the other where the first does not.
        of: how many are large there.
        points: by how much the first frame is ahead by this person, in parts of the total; below 0 where it is behind.
        box, other_box: the face in the first and in the other frame; None where it is not there.
    """

    person: int
    of: int
    points: float
    box: Box | None
    other_box: Box | None


@dataclass(frozen=True, slots=True)
class TermsPart:
    """What one term adds to the difference of two frames.

    Attributes:
        term: which one.
        value, other_value: of the first and of the other frame, 0 to 1; None where it cannot be told in this burst.
        points: by how much the first frame is ahead by it, in parts of the total; below 0 where it is behind.
        people: the same person by person, who adds most first; their points sum to ``points``. Empty for terms that
            are not about people, and where versions of one frame stand for each other.
        box, other_box: where it is to be seen in either frame; None where it is the whole frame.
    """

    term: TermName
    value: float | None
    other_value: float | None
    points: float
    people: tuple[PersonsPart, ...] = ()
    box: Box | None = None
    other_box: Box | None = None


@dataclass(frozen=True, slots=True)
class Argument:
    """Why one frame is ahead of another, or behind it.

    Attributes:
        photo_id, other_id: the frames.
        points: by how much the first is ahead in the total; below 0 where it is behind, 0 where they are equal.
        parts: by term, in the order of the table of terms; their points sum to ``points``.
    """

    photo_id: PhotoId
    other_id: PhotoId
    points: float
    parts: tuple[TermsPart, ...]

    @property
    def decided(self) -> tuple[TermsPart, ...]:
        """What decided for the frame that is ahead, most first; nothing where they are equal."""
        side = 0 if abs(self.points) < _SAME else 1 if self.points > 0 else -1
        parts = [part for part in self.parts if part.points * side > _SAME]
        return tuple(sorted(parts, key=lambda part: -part.points * side))

    @property
    def against(self) -> tuple[TermsPart, ...]:
        """What speaks for the frame that is behind, most first; nothing where they are equal."""
        side = 0 if abs(self.points) < _SAME else 1 if self.points > 0 else -1
        parts = [part for part in self.parts if part.points * side < -_SAME]
        return tuple(sorted(parts, key=lambda part: part.points * side))


def burst_of(
    cluster: Cluster, analyses: Mapping[PhotoId, Analysis], copies: Mapping[PhotoId, PhotoId]
) -> Burst:
    """Return the frames of a ranked group as they were compared: those that were judged, in order of capture."""
    judged = cluster.judged
    return Burst.of([analyses[photo_id] for photo_id in cluster.photo_ids if photo_id in judged], copies)


class Arguing:
    """Argues about the frames of one burst; what all pairs need is worked out once, when first needed.

    Args:
        scores: of the burst, best first, not empty; their weights are those it was ranked by.
        burst: the same frames, see ``burst_of``.
    """

    def __init__(self, scores: Sequence[FrameScore], burst: Burst) -> None:
        self._scores = {score.photo_id: score for score in scores}
        self._burst = burst
        self._places = {frame.photo_id: at for at, frame in enumerate(burst.frames)}
        self._lost: dict[TermName, list[list[float]] | None] = {}

    def between(self, photo_id: PhotoId, other_id: PhotoId) -> Argument:
        """Compare two frames term by term.

        Args:
            photo_id: one of them. Raises ``KeyError`` where it was not judged.
            other_id: another, likewise.
        """
        one, other = self._scores[photo_id], self._scores[other_id]
        at, other_at = self._places[photo_id], self._places[other_id]
        pairs = zip(one.terms, other.terms, strict=True)
        parts = tuple(self._part(mine, theirs, at, other_at) for mine, theirs in pairs)
        return Argument(photo_id, other_id, one.total - other.total, parts)

    def losses(self) -> dict[PhotoId, Argument]:
        """Return for each frame but the first why it is behind the first: its points are 0 or below."""
        first, *others = self._scores
        return {photo_id: self.between(photo_id, first) for photo_id in others}

    def _part(self, mine: Term, theirs: Term, at: int, other_at: int) -> TermsPart:
        if mine.value is None or theirs.value is None:
            return TermsPart(mine.name, mine.value, theirs.value, 0.0)
        points = mine.weight * (mine.value - theirs.value)
        people = self._people(mine, points, at, other_at)
        if people:
            first = people[0]
            return TermsPart(mine.name, mine.value, theirs.value, points, people, first.box, first.other_box)
        box, other_box = (None, None)
        if mine.name is TermName.SHARPNESS:
            box, other_box = self._sharper_place(at, other_at)
        return TermsPart(mine.name, mine.value, theirs.value, points, (), box, other_box)

    def _people(self, mine: Term, points: float, at: int, other_at: int) -> tuple[PersonsPart, ...]:
        """Split the points of a term among the people; not at all where they do not add up to it."""
        if mine.name not in self._lost:
            self._lost[mine.name] = TERMS[mine.name].lost_by_people(self._burst)
        lost = self._lost[mine.name]
        if lost is None:
            return ()
        parts = []
        for number, person in enumerate(self._burst.people):
            ahead = mine.weight * (lost[number][other_at] - lost[number][at])
            if abs(ahead) > _SAME:
                boxes = [person.faces[one].box if one in person.faces else None for one in (at, other_at)]
                place, of = self._stands(at if boxes[0] is not None else other_at, boxes[0] or boxes[1])
                parts.append(PersonsPart(place, of, ahead, *boxes))
        if abs(sum(part.points for part in parts) - points) > _SAME:
            return ()  # versions of one frame have one value, and nothing is lost below 0
        side = 1 if points >= 0 else -1
        return tuple(sorted(parts, key=lambda part: -part.points * side))

    def _stands(self, at: int, box: Box | None) -> tuple[int, int]:
        """Return a face's place among the large ones of a frame as they stand, and how many these are.

        Not among the main people: some of them may not be in this frame, and others who are large in it are none.
        """
        faces = self._burst.frames[at].faces
        large = {faces[one].box for one in main_in(faces)} | ({box} if box is not None else set())
        ordered = sorted(large, key=lambda each: each.x + each.width / 2)
        return (ordered.index(box) if box is not None else 0), len(ordered)

    @cached_property
    def _parts_of_frames(self) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
        """How sharp each part of each frame is, in logarithms, and what each counts, as ``detail`` compares them.

        Shapes (frames, rows, columns) and (rows, columns); None where the frames have no parts in common.
        """
        grids = [frame.layout.focus for frame in self._burst.frames]
        if len({grid.shape for grid in grids}) > 1 or not grids[0].size:
            return None
        focus = np.stack(grids).astype(np.float64)
        return np.log(focus + FAINTEST), focus.mean(axis=0)

    def _sharper_place(self, at: int, other_at: int) -> tuple[Box | None, Box | None]:
        """Return the part of the frame that adds most to how much sharper one of two is."""
        if self._parts_of_frames is None:
            one, other = self._burst.frames[at], self._burst.frames[other_at]
            return one.sharpness.subject, other.sharpness.subject
        sharpness, counts = self._parts_of_frames
        counted = (sharpness[at] - sharpness[other_at]) * counts
        if not counted.any():
            return None, None
        side = 1 if counted.sum() >= 0 else -1
        rows, columns = counted.shape
        row, column = np.unravel_index(int(np.argmax(counted * side)), counted.shape)
        top, bottom = max(0, int(row) - _AROUND), min(rows, int(row) + _AROUND + 1)
        left, right = max(0, int(column) - _AROUND), min(columns, int(column) + _AROUND + 1)
        box = Box(left / columns, top / rows, (right - left) / columns, (bottom - top) / rows)
        return box, box
