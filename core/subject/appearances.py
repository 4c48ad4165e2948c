"""In which frames each person of a shoot is a main person: by identity, across all bursts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from core.subject.main_people import main_people
from core.types import Analysis, Cluster, ClusterId, Face, PhotoId

_ONE_PERSON = 0.45
"""Cosine of a person's mean signature with a face from which it may well be the same person. Decision 19."""


@dataclass(slots=True)
class Appearances:
    """Where one person is a main person.

    Attributes:
        identity: the number of the person within the shoot.
        faces: by photo, in order of the groups.
        groups: bursts, brackets and single frames that show the person.
    """

    identity: int
    faces: dict[PhotoId, Face] = field(default_factory=dict)
    groups: set[ClusterId] = field(default_factory=set)


def appearances(clusters: Iterable[Cluster], analyses: Mapping[PhotoId, Analysis]) -> dict[int, Appearances]:
    """Return the main people of a shoot who can be told apart, by number, in order of appearance.

    People in the background, who are main people of no frame, are not in it.
    """
    found: dict[int, Appearances] = {}
    for cluster in clusters:
        for photo_id in cluster.photo_ids:
            analysis = analyses.get(photo_id)
            if analysis is None or all(face.identity is None for face in analysis.faces):
                continue
            for person in main_people([analysis]):  # each frame for itself: who is who is known
                face = person.faces[0]
                if face.identity is not None:
                    one = found.setdefault(face.identity, Appearances(face.identity))
                    one.faces.setdefault(photo_id, face)
                    one.groups.add(cluster.id)
    return found


class Seen:
    """Faces that are known to be somewhere, to ask whether a person may be among them.

    A person who turned away or put glasses on may have two numbers, so numbers alone would call somebody missing who
    is there.
    """

    def __init__(self) -> None:
        self._identities: set[int] = set()
        self._signatures: list[NDArray[np.float32]] = []

    def add(self, faces: Iterable[Face]) -> None:
        """Take faces in; those without a signature are told by their number alone."""
        faces = list(faces)
        self._identities.update(face.identity for face in faces if face.identity is not None)
        if told := [face for face in faces if face.signature]:
            self._signatures.append(_unit(told))

    def has(self, person: Appearances) -> bool:
        """Say whether a person may be among the faces."""
        if person.identity in self._identities:
            return True
        told = [face for face in person.faces.values() if face.signature]
        if not told:
            return False
        mean = _unit(told).mean(axis=0)
        mean /= max(float(np.linalg.norm(mean)), 1e-6)
        return any(bool((known @ mean).max() >= _ONE_PERSON) for known in self._signatures)


def may_be_one(face: Face, other: Face) -> bool:
    """Say whether two faces may be the same person's, as far as they can be told apart."""
    if not face.signature or not other.signature:
        return True
    if face.identity is not None and face.identity == other.identity:
        return True
    one, two = _unit([face, other])
    return float(one @ two) >= _ONE_PERSON


def _unit(faces: Sequence[Face]) -> NDArray[np.float32]:
    """Return the signatures of some faces, one or more, as unit vectors, shape (faces, dimensions)."""
    vectors = np.stack([np.frombuffer(face.signature, "<f2") for face in faces]).astype(np.float32)
    unit: NDArray[np.float32] = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
    return unit
