"""Who is who within a shoot: faces whose signatures are alike are one person."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from statistics import median

import numpy as np
from numpy.typing import NDArray

from core.analysis.eyes import blink_of
from core.cancelling import go_on
from core.types import Analysis, EyeState, Face, PhotoId

_APART = 0.62  # mean cosine distance past which two sets of faces are two people
_AT_ONCE = 600  # faces compared each with each, in 10 ms: the window stands still for as long
_FEWER = 0.9  # people for each face of a part, up to which it helps to compare the parts' people
_LEAST_SEEN = 3  # times, for something to be usual of a person
_MORE_CLOSED = 0.08  # of the blink score than usual, for eyes to count as closed
_WIDE_OPEN = (
    0.15  # the usual score elsewhere of somebody whose eyes are not narrow: where they look closed, they are
)
_LARGE_ENOUGH = 45.0  # pixels of face, below which that says nothing


def find_people(faces: Mapping[PhotoId, Sequence[Face]]) -> dict[PhotoId, tuple[int | None, ...]]:
    """Tell people apart by average linkage of their signatures.

    Average linkage, and not HDBSCAN as for scenes: of 40 people with 10 faces each and 8 with 5, it puts together
    98 % (B-cubed F) against 96 %, and unlike a density it does not mind that somebody was photographed twice only.

    Args:
        faces: of each photo.

    Returns:
        For each face, in order, the number of its person, or None for a face that nobody can be told by. The
        person most often seen is 0; equal counts are in order of the photos.
    """
    places = [
        (photo_id, index)
        for photo_id, found in faces.items()
        for index, face in enumerate(found)
        if face.signature
    ]
    if not places:
        return {photo_id: (None,) * len(found) for photo_id, found in faces.items()}
    signatures = b"".join(faces[photo_id][index].signature for photo_id, index in places)
    vectors = np.frombuffer(signatures, "<f2").reshape(len(places), -1).astype(np.float32)
    labels = _label(vectors)
    order = {label: number for number, (label, _) in enumerate(Counter(labels.tolist()).most_common())}
    person = {place: order[label] for place, label in zip(places, labels.tolist(), strict=True)}
    return {
        photo_id: tuple(person.get((photo_id, index)) for index in range(len(found)))
        for photo_id, found in faces.items()
    }


def with_people(analyses: Mapping[PhotoId, Analysis]) -> dict[PhotoId, Analysis]:
    """Return the analyses of photos with faces, each with its person, and its eyes judged by what is usual of them.

    Some people's eyes are narrow, and in the sun everybody's are: eyes that are no more closed than that person's
    eyes usually are cannot be called closed. Those of somebody who has them wide open elsewhere are, where they look
    it.
    """
    people = find_people({photo_id: each.faces for photo_id, each in analyses.items() if each.faces})
    blinks: dict[int | None, list[float]] = defaultdict(list)
    for photo_id, persons in people.items():
        for face, person in zip(analyses[photo_id].faces, persons, strict=True):
            if person is not None and face.eyes_open is not None:
                blinks[person].append(blink_of(face.eyes_open))
    return {
        photo_id: replace(
            analyses[photo_id],
            faces=tuple(
                face.told(person, *_eyes(face, blinks.get(person, ()), analyses[photo_id]), face.signature)
                for face, person in zip(analyses[photo_id].faces, persons, strict=True)
            ),
        )
        for photo_id, persons in people.items()
    }


def _eyes(face: Face, blinks: Sequence[float], frame: Analysis) -> tuple[EyeState, EyeState, EyeState]:
    """Return the state of both eyes, of the right and of the left one; ``blinks`` are the person's in all frames."""
    eyes = face.eyes, face.right_eye, face.left_eye
    if face.eyes_open is None or not face.eyes_look_closed:
        return eyes
    blink = blink_of(face.eyes_open)
    if len(blinks) >= _LEAST_SEEN and blink - median(blinks) < _MORE_CLOSED:
        return (EyeState.CANT_TELL,) * 3
    elsewhere = sorted(blinks, key=lambda each: abs(each - blink))[1:]
    if elsewhere and median(elsewhere) < _WIDE_OPEN and frame.side_of(face) >= _LARGE_ENOUGH:
        return (EyeState.CLOSED,) * 3
    return eyes


def _label(vectors: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return a label for each of N vectors, shape (N,).

    Beyond ``_AT_ONCE`` they are taken part by part, and the people of the parts compared by their mean vectors:
    the mean distance between two sets of unit vectors is 1 less the product of their means. Where parts hold hardly
    anybody twice they stay apart.
    """
    if len(vectors) <= _AT_ONCE:
        return _linked(vectors)
    labels = np.empty(len(vectors), np.int64)
    means: list[NDArray[np.float32]] = []
    for start in range(0, len(vectors), _AT_ONCE):
        part = vectors[start : start + _AT_ONCE]
        found = _linked(part)
        labels[start : start + len(part)] = found + len(means)
        means += list(_means(part, found))
    if len(means) > _FEWER * len(vectors):
        return labels
    return _label(np.stack(means))[labels]


def _means(vectors: NDArray[np.float32], labels: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return the mean vector of each label, in order of the labels."""
    members = (labels == np.arange(labels.max() + 1)[:, None]).astype(np.float32)
    means: NDArray[np.float32] = members @ vectors / members.sum(axis=1, keepdims=True)
    return means


def _linked(vectors: NDArray[np.float32]) -> NDArray[np.int64]:
    """Return labels from 0 on, by average linkage cut at ``_APART``."""
    from scipy.cluster.hierarchy import fcluster, linkage  # not at the start, as in ``core.grouping.scenes``
    from scipy.spatial.distance import squareform

    go_on()
    if len(vectors) == 1:
        return np.zeros(1, np.int64)
    distances = squareform(np.maximum(1 - vectors @ vectors.T, 0), checks=False)
    return np.asarray(fcluster(linkage(distances, "average"), _APART, "distance") - 1, np.int64)
