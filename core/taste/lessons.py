"""What one decided burst teaches: which of its frames were liked better than which, and how they differed.

A lesson is read off the burst as it stands decided now, so that what is taken back is taken back here as well. It holds
the values of the terms, so that learning needs neither the photos nor their measures any more.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import blake2b
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from core.learned import LEARNED
from core.types import (
    DECIDED,
    Accepted,
    Cluster,
    ClusterKind,
    Decision,
    DecisionSource,
    Flag,
    FrameScore,
    Photo,
    PhotoId,
    TermName,
)

LEARNED_TERMS = tuple(TermName(name) for name in LEARNED.weights)
"""The terms whose weights are learned, in the order of every array of them; that of being an original is not."""

_EPOCH = datetime(1970, 1, 1)


class HowDecided(StrEnum):
    """How a burst was decided."""

    BY_HAND = "hand"  # against the suggestion, or frame by frame
    ACCEPTED = "accepted"  # one command took the suggestion of this burst alone
    AT_ONCE = "once"  # one command took those of several bursts, maybe without a look at them


@dataclass(frozen=True, slots=True, eq=False)
class Lesson:
    """One decided burst.

    Attributes:
        folder: of its first frame: the shoot, as far as learning is concerned.
        profile: name of the profile the shoot had, "" for none.
        frames: a number for each frame that was decided on, in order of capture; see ``frame_number``.
        liked: whether the frame was picked, else rejected; shape (frames,).
        values: of the learned terms, 1 for the best of the burst, float32, shape (frames, terms).
        way: how it was decided.
        moment: seconds since 1970 by the camera's clock; 0 where no time is known.
        decided: seconds since 1970, of the latest decision; 0 where that is not known.
    """

    folder: Path
    profile: str
    frames: tuple[int, ...]
    liked: NDArray[np.bool_]
    values: NDArray[np.float32]
    way: HowDecided
    moment: float = 0.0
    decided: float = 0.0


def frame_number(photo: Photo) -> int:
    """Return the number by which a frame is known again in whatever folder it lies: 64 bits, signed.

    It is of the name and of when and by what it was taken: those stay when a folder is renamed or moved, or metadata
    is written into the file. Were the path in it, such a shoot would be learned from twice.
    """
    told = f"{photo.path.name}\0{photo.taken_at}\0{photo.camera}"
    digest = blake2b(told.encode("utf-8", "surrogateescape"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def lessons_of(
    clusters: Iterable[Cluster],
    photos: Mapping[PhotoId, Photo],
    decisions: Mapping[PhotoId, Decision],
    profiles: Mapping[Path, str] = MappingProxyType({}),
) -> list[Lesson]:
    """Read the lessons off a shoot: of each ranked burst with a pick and a reject of the user's that differ.

    Frames nobody decided on say nothing, and neither does what another program or ours decided. A copy that lost
    something against its original is left out: which of the two is kept is no matter of taste.

    Args:
        clusters: ranked ones.
        photos: of the shoot.
        decisions: as they are kept.
        profiles: names by folder; none where there is no name.
    """
    of_bursts = [(cluster, _decided(cluster, decisions)) for cluster in clusters]
    of_bursts = [(cluster, decided) for cluster, decided in of_bursts if decided]
    bursts_of: dict[datetime, int] = {}
    for _, decided in of_bursts:
        for instant in {each.decided_at for _, each in decided if each.decided_at is not None}:
            bursts_of[instant] = bursts_of.get(instant, 0) + 1
    together = {instant for instant, count in bursts_of.items() if count > 1}
    found = []
    for cluster, decided in of_bursts:
        liked = np.array([each.flag is Flag.PICK for _, each in decided])
        values = np.array([_values(score) for score, _ in decided], np.float32)
        if liked.all() or not liked.any() or not np.ptp(values, axis=0).any():
            continue
        first = photos[cluster.photo_ids[0]]
        found.append(
            Lesson(
                first.path.parent,
                profiles.get(first.path.parent, ""),
                tuple(frame_number(photos[score.photo_id]) for score, _ in decided),
                liked,
                values,
                _way(cluster, [each for _, each in decided], together),
                _seconds(first.taken_at),
                max(_instant(each) for _, each in decided),
            )
        )
    return found


def _decided(cluster: Cluster, decisions: Mapping[PhotoId, Decision]) -> list[tuple[FrameScore, Decision]]:
    """Return the frames of a burst that the user picked or rejected, and that can be compared."""
    if cluster.kind is not ClusterKind.BURST:
        return []
    scores = {score.photo_id: score for score in cluster.scores}
    return [
        (score, decision)
        for photo_id in cluster.photo_ids
        if (score := scores.get(photo_id)) is not None
        and (decision := decisions.get(photo_id)) is not None
        and decision.source is DecisionSource.USER
        and decision.flag in DECIDED
        and _is_original(score)
    ]


def _way(cluster: Cluster, decided: list[Decision], together: set[datetime]) -> HowDecided:
    """Say how a burst was decided.

    Older decisions do not say whether they accepted a suggestion. Their times tell it: a command gives all that it
    decides the same time.
    """
    accepted = {each.accepted for each in decided}
    if None not in accepted:
        return HowDecided.AT_ONCE if Accepted.MANY in accepted else HowDecided.ACCEPTED
    instants = {each.decided_at for each in decided}
    if len(instants) > 1 or None in instants:
        return HowDecided.BY_HAND
    if instants & together:
        return HowDecided.AT_ONCE
    picks = {each.photo_id for each in decided if each.flag is Flag.PICK}
    return HowDecided.ACCEPTED if picks == {cluster.suggested_pick} else HowDecided.BY_HAND


def _values(score: FrameScore) -> list[float]:
    told = {term.name: term.value for term in score.terms}
    return [1.0 if (value := told.get(name)) is None else value for name in LEARNED_TERMS]


def _is_original(score: FrameScore) -> bool:
    return all(term.value in (None, 1.0) for term in score.terms if term.name not in LEARNED_TERMS)


def _seconds(taken_at: datetime | None) -> float:
    return 0.0 if taken_at is None else (taken_at - _EPOCH).total_seconds()


def _instant(decision: Decision) -> float:
    return 0.0 if decision.decided_at is None else decision.decided_at.timestamp()
