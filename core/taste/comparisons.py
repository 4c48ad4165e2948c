"""All that was learned from, as arrays: each pair of frames of a burst of which one was liked better."""

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.taste.lessons import LEARNED_TERMS, HowDecided, Lesson

COUNTS: Mapping[HowDecided, float] = {
    HowDecided.BY_HAND: 1.0,
    HowDecided.ACCEPTED: 0.8,
    HowDecided.AT_ONCE: 0.05,
}
"""What a burst counts by how it was decided: users who accept are led by the program, and those who accept all at
once may not have looked. Much less for the accepted would turn every taste into the opposite of the standard: decision
18."""

Points = NDArray[np.float64]
"""How much each term counts, shape (terms,), in the order of ``LEARNED_TERMS``; only the proportions rank."""


@dataclass(frozen=True, slots=True, eq=False)
class LessonColumns:
    """Lessons side by side, as thousands of them are read at once; what each holds says ``core.taste.lessons.Lesson``.

    Attributes:
        folders: of each lesson, as the file system's bytes.
        profiles, ways: of each lesson.
        moments, decided: of each lesson, shape (lessons,).
        sizes: how many frames each lesson has, shape (lessons,).
        liked: of all frames, shape (frames,).
        values: of all frames, shape (frames, terms).
    """

    folders: Sequence[bytes]
    profiles: Sequence[str]
    ways: Sequence[HowDecided]
    moments: NDArray[np.float64]
    decided: NDArray[np.float64]
    sizes: NDArray[np.intp]
    liked: NDArray[np.bool_]
    values: NDArray[np.float32]

    @classmethod
    def of(cls, lessons: Iterable[Lesson]) -> "LessonColumns":
        """Put lessons side by side, in an order that does not depend on that in which they come."""
        lessons = sorted(lessons, key=lambda each: (os.fsencode(each.folder), each.moment, each.frames))
        return cls(
            [os.fsencode(lesson.folder) for lesson in lessons],
            [lesson.profile for lesson in lessons],
            [lesson.way for lesson in lessons],
            np.array([lesson.moment for lesson in lessons], np.float64),
            np.array([lesson.decided for lesson in lessons], np.float64),
            np.array([len(lesson.liked) for lesson in lessons], np.intp),
            np.concatenate([np.zeros(0, np.bool_), *(lesson.liked for lesson in lessons)]),
            np.concatenate(
                [np.zeros((0, len(LEARNED_TERMS)), np.float32), *(lesson.values for lesson in lessons)]
            ),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Comparisons:
    """Pairs in the order of their bursts, and within a burst of the frame that was liked.

    Attributes:
        differences: the values of the liked frame less those of the other, shape (pairs, terms).
        counts: how much a pair counts, shape (pairs,); the less the larger its burst, so that no long burst outvotes
            several short ones.
        earlier: whether the liked frame was taken before the other, so that it comes first of equals, shape (pairs,).
        liked: number of the liked frame, rising, shape (pairs,).
        burst: number of the burst, rising from 0, shape (pairs,).
        shoot: number of the shoot, shape (bursts,).
        profile: name of the shoot's, shape (bursts,).
        moment, decided: when each burst was taken, and when it was decided last, seconds, shape (bursts,).
        looked: whether the user looked at the burst, shape (bursts,).
    """

    differences: NDArray[np.float64]
    counts: NDArray[np.float64]
    earlier: NDArray[np.bool_]
    liked: NDArray[np.intp]
    burst: NDArray[np.intp]
    shoot: NDArray[np.intp]
    profile: NDArray[np.str_]
    moment: NDArray[np.float64]
    decided: NDArray[np.float64]
    looked: NDArray[np.bool_]

    def __len__(self) -> int:
        """Return how many bursts there are."""
        return len(self.shoot)

    def only(self, bursts: NDArray[np.bool_]) -> "Comparisons":
        """Return those of some bursts, told by a mask of shape (bursts,)."""
        pairs = bursts[self.burst]
        numbers = np.cumsum(bursts) - 1
        return Comparisons(
            self.differences[pairs],
            self.counts[pairs],
            self.earlier[pairs],
            self.liked[pairs],
            numbers[self.burst[pairs]],
            self.shoot[bursts],
            self.profile[bursts],
            self.moment[bursts],
            self.decided[bursts],
            self.looked[bursts],
        )

    def agreement(self, points: Points) -> NDArray[np.bool_]:
        """Return for each burst whether these points put a frame first that was liked, shape (bursts,)."""
        if not len(self):
            return np.zeros(0, np.bool_)
        leads = self.differences @ points
        leads = (leads > 0) | (leads == 0) & self.earlier
        starts = np.flatnonzero(np.diff(self.liked, prepend=-1))
        wins = np.logical_and.reduceat(leads, starts)  # a liked frame over all that were not
        of_bursts = self.burst[starts]
        return np.logical_or.reduceat(wins, np.flatnonzero(np.diff(of_bursts, prepend=-1)))


def compare(lessons: LessonColumns) -> Comparisons:
    """Return the comparisons that lessons hold."""
    count = len(lessons.sizes)
    burst = np.repeat(np.arange(count), lessons.sizes)
    winners, others = np.flatnonzero(lessons.liked), np.flatnonzero(~lessons.liked)
    rivals = np.bincount(burst[others], minlength=count)  # of each burst's liked frames
    starts = np.cumsum(rivals) - rivals
    of_winner = rivals[burst[winners]]
    at = np.repeat(np.arange(len(winners)), of_winner)
    within = np.arange(len(at)) - np.repeat(np.cumsum(of_winner) - of_winner, of_winner)
    first, second = winners[at], others[starts[burst[winners[at]]] + within]
    values = lessons.values.astype(np.float64)
    counts = np.array([COUNTS[way] for way in lessons.ways]) / lessons.sizes
    shoots = {folder: number for number, folder in enumerate(dict.fromkeys(lessons.folders))}
    return Comparisons(
        values[first] - values[second],
        counts[burst[first]],
        first < second,
        first,
        burst[first],
        np.array([shoots[folder] for folder in lessons.folders], np.intp),
        np.array(lessons.profiles, np.str_),
        lessons.moments,
        lessons.decided,
        np.array([way != HowDecided.AT_ONCE for way in lessons.ways], np.bool_),
    )
