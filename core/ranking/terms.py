"""The one table of score terms: what frames of a burst are compared in, and how each is measured.

| term      | 1 is the frame                                            | cannot be told                        |
|-----------|-----------------------------------------------------------|---------------------------------------|
| sharpness | that is sharpest where the burst is sharp                 | nothing has any detail                |
| seen      | in which most of the main people's faces can be read      | nobody is seen                        |
| whole     | whose border cuts fewest of the main people's faces       | nobody is seen                        |
| eyes      | in which the main people's eyes are up and on the camera  | nobody's eyes are read in two frames  |
| smile     | in which the main people smile most                       | nobody's mouth is read in two frames  |
| exposure  | with the least burnt out                                  |                                       |
| original  | that is the best of its versions: crops, exports, edits   | none is a copy of another             |

Every person is compared with the same person in the other frames, so that nobody has to look like anybody else. What
was tried and did not help on shoots it was not fitted on stands in ``docs/decisions/0015-the-learned-pick.md``.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from core.subject.main_people import MainPerson, is_cut, is_read, main_people
from core.types import Analysis, Face, PhotoId, TermName

FAINTEST = 0.01  # of ``Layout.focus``, added before taking logarithms: less is noise
_SOFT = 1.0  # natural logarithm of a ratio of sharpness at which nothing is left to lose: 2.7 times softer
_MIDDLE = 0.08  # squared spread of the middle of the frame, in squared parts of its side

_ALL_BURNT = 0.3  # share of the frame burnt out more than in the best, at which nothing is left to lose
_COPY = 0.5  # what a copy loses by its first lost pixels or its first coarser step,
_UNLIKELY = 0.5  # and what one loses that looks far less likely exposed than another version
_EXPOSURE_RANGE = 8.0  # of likeliness: half a stop is about 2
_HALVINGS = 4.0  # how often size or quality must halve until nothing of it is left
_FEWER_PIXELS = 1.02  # ratio from which a copy has fewer pixels,
_MORE_LOSS = 1.5  # and from which it is more compressed


@dataclass(frozen=True, slots=True)
class Burst:
    """The frames of one burst, and what is known of them together.

    Attributes:
        frames: in order of capture.
        people: the main ones; their faces by place in ``frames``.
        copies: each copy of a frame with its original.
    """

    frames: Sequence[Analysis]
    people: Sequence[MainPerson]
    copies: Mapping[PhotoId, PhotoId] = field(default_factory=dict)

    @classmethod
    def of(cls, frames: Sequence[Analysis], copies: Mapping[PhotoId, PhotoId]) -> "Burst":
        """Find who the frames are about. ``copies`` may hold others of the shoot."""
        ids = {frame.photo_id for frame in frames}
        among = {one: other for one, other in copies.items() if one in ids and other in ids}
        return cls(frames, main_people(frames), among)

    def versions(self) -> list[list[int]]:
        """Return the places of the frames that show one moment: copies with their original, others alone."""
        found: dict[PhotoId, list[int]] = {}
        for at, frame in enumerate(self.frames):
            found.setdefault(self.copies.get(frame.photo_id, frame.photo_id), []).append(at)
        return list(found.values())


Values = list[float] | None
"""A term's value of each frame, 0 to 1, 1 for the best; None where it cannot be told."""


class Row(NamedTuple):
    """One row of the table.

    Attributes:
        name: of the term; ``core.settings.Weights`` has a field of that name where the user may change its weight.
        value: how it is measured.
    """

    name: TermName
    value: Callable[[Burst], Values]


def detail(frames: Sequence[Analysis], *, middle: bool = False) -> NDArray[np.float64] | None:
    """Compare how sharp frames are in the same places: those where the burst as a whole is sharp.

    Each frame's sharpest place says little: it may be another thing in each. So the logarithm of the sharpness of
    each part of the frame is averaged, each part weighing as much as it is sharp in the mean of all frames.

    Args:
        frames: of one burst.
        middle: compare the middle of the frames instead, wherever they are sharp.

    Returns:
        Natural logarithms, shape (frames,), of which only differences mean something; None without any detail.
    """
    grids = [frame.layout.focus for frame in frames]
    if len({grid.shape for grid in grids}) > 1 or not grids[0].size:
        scores = np.array([frame.sharpness.score for frame in frames])
        return np.log(scores + FAINTEST) if scores.any() else None
    focus = np.stack(grids).astype(np.float64)
    weight = _middle(*focus.shape[1:]) if middle else focus.mean(axis=0)
    if not focus.any():
        return None
    compared: NDArray[np.float64] = (np.log(focus + FAINTEST) * weight).sum(axis=(1, 2)) / weight.sum()
    return compared


def _middle(rows: int, columns: int) -> NDArray[np.float64]:
    """Return weights that fall off from the middle of the frame."""
    down, across = ((np.arange(count) + 0.5) / count - 0.5 for count in (rows, columns))
    return np.exp(-(down[:, None] ** 2 + across[None] ** 2) / _MIDDLE)


def _sharpness(burst: Burst) -> Values:
    compared = detail(burst.frames)
    if compared is None:
        return None
    return list((1 + np.maximum(compared - compared.max(), -_SOFT) / _SOFT).tolist())


def lost_by_people(burst: Burst, name: TermName) -> list[list[float]] | None:
    """Return what each frame lost by each main person, by that person's weight; 0 in the person's best frame.

    Args:
        burst: the frames.
        name: of a term that is about people.

    Returns:
        By person, then by frame; None where it cannot be told of anybody, or the term is not about people.
    """
    match name:
        case TermName.SEEN:
            # A face that is hidden, turned away or out of the frame counts as far as it was seen in another one.
            return _lost(burst, lambda face: face.confidence if is_read(face) else 0.0, absent=0.0)
        case TermName.WHOLE:
            return [
                [
                    person.weight * (at in person.faces and is_cut(person.faces[at]))
                    for at in range(len(burst.frames))
                ]
                for person in burst.people
            ] or None
        case TermName.EYES:
            # Lids that fall take the gaze down with them, so that shut eyes need no measure of their own.
            return _lost(burst, lambda face: face.gaze)
        case TermName.SMILE:
            return _lost(burst, lambda face: face.smile)
    return None


def _lost(
    burst: Burst, value: Callable[[Face], float | None], absent: float | None = None
) -> list[list[float]] | None:
    """Compare each person with the frame in which that person is best.

    Args:
        burst: the frames.
        value: what is compared; None where it cannot be told of a face.
        absent: the value of somebody who is not in a frame; None where that says nothing.
    """
    found = []
    is_told = False
    for person in burst.people:
        lost = [0.0] * len(burst.frames)
        values: dict[int, float] = {}
        for at in range(len(burst.frames)):
            told = value(person.faces[at]) if at in person.faces else absent
            if told is not None:
                values[at] = told
        if len(values) >= 2:
            is_told = True
            best = max(values.values())
            for at, told in values.items():
                lost[at] = person.weight * (best - told)
        found.append(lost)
    return found if is_told else None


def _of_people(name: TermName) -> Callable[[Burst], Values]:
    """Return how a term that is about people is measured: the mean over them, by their weight."""

    def measured(burst: Burst) -> Values:
        lost = lost_by_people(burst, name)
        return None if lost is None else _from_lost([sum(frame) for frame in zip(*lost, strict=True)])

    return measured


def _exposure(burst: Burst) -> Values:
    burnt = [frame.exposure.burnt for frame in burst.frames]
    return _from_lost([min(1.0, (share - min(burnt)) / _ALL_BURNT) for share in burnt])


def _original(burst: Burst) -> Values:
    """Return how much of the best of its versions a frame still has: in pixels, in quality, in its exposure."""
    if not burst.copies:
        return None
    values = [1.0] * len(burst.frames)
    for places in burst.versions():
        versions = [burst.frames[at] for at in places]
        for at in places:
            values[at] = max(0.0, 1 - _lost_of(burst.frames[at], versions))
    return values


def _lost_of(frame: Analysis, versions: Sequence[Analysis]) -> float:
    """Return what a frame lacks of the best of its versions, 0 and more."""
    fewer = max(each.width * each.height for each in versions) / max(1, frame.width * frame.height)
    coarser = max(1.0, frame.compression) / max(1.0, min(each.compression for each in versions))
    told = ((fewer, _FEWER_PIXELS), (coarser, _MORE_LOSS))
    halvings = sum(math.log2(ratio) for ratio, least in told if ratio > least)
    unlikely = max(each.exposure.likeliness for each in versions) - frame.exposure.likeliness
    lost = _COPY * (1 + min(1.0, halvings / _HALVINGS)) if halvings else 0.0
    return lost + _UNLIKELY * math.tanh(unlikely / _EXPOSURE_RANGE)


def _from_lost(lost: Sequence[float]) -> list[float]:
    """Turn what frames have lost into values: the one that lost least has 1."""
    least = min(lost)
    return [max(0.0, 1 - (each - least)) for each in lost]


def _of_the_moment(value: Callable[[Burst], Values]) -> Callable[[Burst], Values]:
    """Give versions of one frame one value: what people do in them is the same, whatever is read."""

    def of_the_moment(burst: Burst) -> Values:
        values = value(burst)
        if values is not None:
            for places in burst.versions():
                best = max(values[at] for at in places)
                for at in places:
                    values[at] = best
        return values

    return of_the_moment


TERMS: tuple[Row, ...] = (
    Row(TermName.SHARPNESS, _sharpness),
    Row(TermName.SEEN, _of_the_moment(_of_people(TermName.SEEN))),
    Row(TermName.WHOLE, _of_the_moment(_of_people(TermName.WHOLE))),
    Row(TermName.EYES, _of_the_moment(_of_people(TermName.EYES))),
    Row(TermName.SMILE, _of_the_moment(_of_people(TermName.SMILE))),
    Row(TermName.EXPOSURE, _exposure),
    Row(TermName.ORIGINAL, _original),
)
"""The table, in the order in which the terms are shown."""
