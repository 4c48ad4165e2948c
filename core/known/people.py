"""People whom the user named, by the faces they were named by, and who of a shoot is or may be one of them.

A name is never given unseen: in another shoot a likeness only proposes it, and the user says yes or no.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from core.types import Analysis, Box, Face, PhotoId

LIKE = 0.4
"""Mean cosine of two people's faces from which they may be one: 8 people of 5 pictures each, split in two at random,
were found again in 98 to 100 of 100, and none was taken for another; those have .3 at most. Within a shoot .38 joins
faces (``core.grouping.identities``); what is proposed and not joined may be a little stricter."""

MOST_FACES = 24
"""That are kept of one person in one shoot, the sharpest ones."""

_SAME_BOX = 0.5  # of the two boxes' union: the same face, found by another version of the detector

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class KnownFace:
    """A face somebody was named by.

    Attributes:
        signature: as in ``core.types.Face``.
    """

    photo_id: PhotoId
    box: Box
    signature: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody with a name.

    Attributes:
        faces: theirs, as the user said.
        strangers: faces of which the user said that they are somebody else's.
        is_key: whether they count more in suggestions.
    """

    name: str
    faces: tuple[KnownFace, ...] = ()
    strangers: tuple[KnownFace, ...] = ()
    is_key: bool = False


@dataclass(frozen=True, slots=True)
class Recognised:
    """Who the people of a shoot are, by their numbers in it.

    Attributes:
        named: those the user named here.
        proposed: those who may be somebody named elsewhere.
        written: whom of these other programs called so, in the files.
    """

    named: Mapping[int, str] = field(default_factory=dict)
    proposed: Mapping[int, str] = field(default_factory=dict)
    written: frozenset[int] = frozenset()


def with_key_people(analyses: Mapping[PhotoId, Analysis], key: Mapping[int, str]) -> dict[PhotoId, Analysis]:
    """Return the photos of which faces change by being those of key people, or by being so no more.

    Args:
        analyses: of a shoot, with its people told apart.
        key: the names of its key people by their numbers in it.
    """
    return {
        photo_id: replace(
            analysis,
            faces=tuple(replace(face, key_name=_name(face, key)) for face in analysis.faces),
        )
        for photo_id, analysis in analyses.items()
        if any(face.key_name != _name(face, key) for face in analysis.faces)
    }


def _name(face: Face, names: Mapping[int, str]) -> str:
    return names.get(face.identity, "") if face.identity is not None else ""


def faces_of(who: int, analyses: Mapping[PhotoId, Analysis]) -> tuple[KnownFace, ...]:
    """Return the faces a person of a shoot can be named by, the sharpest first; none where no signature is there."""
    return _faces(analyses).get(who, ())


def _faces(analyses: Mapping[PhotoId, Analysis]) -> dict[int, tuple[KnownFace, ...]]:
    """Return everybody's sharpest faces that have a signature."""
    found: dict[int, list[tuple[float, KnownFace]]] = defaultdict(list)
    for photo_id, analysis in analyses.items():
        for face in analysis.faces:
            if face.identity is not None and face.signature:
                one = KnownFace(photo_id, face.box, face.signature)
                found[face.identity].append((face.sharpness or 0.0, one))
    for faces in found.values():
        faces.sort(key=lambda one: -one[0])
    return {who: tuple(one for _, one in faces[:MOST_FACES]) for who, faces in found.items()}


def beside(who: int, analyses: Mapping[PhotoId, Analysis]) -> frozenset[int]:
    """Return the people who are in one frame with somebody, and so cannot be them."""
    return frozenset(_company(analyses).get(who, ()))


NOTHING_WRITTEN: Mapping[int, str] = MappingProxyType({})


def recognise(
    analyses: Mapping[PhotoId, Analysis],
    known: Sequence[KnownPerson],
    written: Mapping[int, str] = NOTHING_WRITTEN,
) -> Recognised:
    """Tell who of a shoot was named, and who may be somebody named elsewhere.

    Two people of one frame are never the same person: where a name would fit both, the likelier one has it, and what
    somebody wrote into the files comes before any likeness.

    Args:
        analyses: of a shoot, with its people told apart.
        known: everybody with a name; their faces by one model.
        written: what files call people, by their numbers in the shoot; proposed like a likeness.
    """
    if not known and not written:
        return Recognised()
    named = _named(analyses, known)
    company = _company(analyses)
    proposed: dict[int, str] = {}
    taken: dict[str, set[int]] = defaultdict(set)
    for who, name in named.items():
        taken[name].add(who)
    denied = _denied(analyses, known)
    for who, name in sorted(written.items()):
        if who not in named and (who, name) not in denied and not company[who] & taken[name]:
            proposed[who] = name
            taken[name].add(who)
    by_files = frozenset(proposed)
    for likeness, who, name in sorted(_likenesses(analyses, known, named), key=lambda one: -one[0]):
        if likeness < LIKE:
            break
        if who not in proposed and not company[who] & taken[name]:
            proposed[who] = name
            taken[name].add(who)
    return Recognised(named, proposed, by_files)


def _named(analyses: Mapping[PhotoId, Analysis], known: Iterable[KnownPerson]) -> dict[int, str]:
    """Return who has which name: that by which most of their faces were named."""
    votes: dict[int, Counter[str]] = defaultdict(Counter)
    same = _by_signature(analyses)
    for person in known:
        for face in person.faces:
            who = _who(face, analyses, same)
            if who is not None:
                votes[who][person.name] += 1
    return {who: names.most_common(1)[0][0] for who, names in sorted(votes.items())}


def _likenesses(
    analyses: Mapping[PhotoId, Analysis], known: Iterable[KnownPerson], named: Mapping[int, str]
) -> list[tuple[float, int, str]]:
    """Return how like each unnamed person is to everybody with a name, but whom the user said they are not."""
    people = {who: _vectors(faces) for who, faces in _faces(analyses).items() if who not in named}
    same = _by_signature(analyses)
    found = []
    for person in known:
        denied = {_who(each, analyses, same) for each in person.strangers}
        theirs = _vectors(person.faces)
        if not len(theirs):
            continue
        mean = theirs.mean(axis=0)  # the mean of all products is the product of the means
        for who, vectors in people.items():
            if who not in denied and vectors.shape[1] == len(mean):
                found.append((float(vectors.mean(axis=0) @ mean), who, person.name))
    return found


def _denied(
    analyses: Mapping[PhotoId, Analysis], known: Iterable[KnownPerson]
) -> set[tuple[int | None, str]]:
    """Return of whom the user said that they are not who."""
    same = _by_signature(analyses)
    return {(_who(face, analyses, same), person.name) for person in known for face in person.strangers}


def _by_signature(analyses: Mapping[PhotoId, Analysis]) -> dict[bytes, int]:
    return {
        face.signature: face.identity
        for analysis in analyses.values()
        for face in analysis.faces
        if face.signature and face.identity is not None
    }


def _who(known: KnownFace, analyses: Mapping[PhotoId, Analysis], same: Mapping[bytes, int]) -> int | None:
    """Return whose face it is here; the same picture under another name or in another folder has the same signature."""
    here = _face_at(known, analyses)
    return here.identity if here is not None else same.get(known.signature)


def _face_at(known: KnownFace, analyses: Mapping[PhotoId, Analysis]) -> Face | None:
    analysis = analyses.get(known.photo_id)
    faces = analysis.faces if analysis is not None else ()
    best = max(faces, key=lambda face: _overlap(face.box, known.box), default=None)
    return best if best is not None and _overlap(best.box, known.box) >= _SAME_BOX else None


def _overlap(one: Box, other: Box) -> float:
    """Return the share of two boxes' union that both cover."""
    both = one.shared_area(other)
    return both / max(one.area + other.area - both, 1e-12)


def _company(analyses: Mapping[PhotoId, Analysis]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for analysis in analyses.values():
        people = {face.identity for face in analysis.faces if face.identity is not None}
        for who in people:
            found[who] |= people - {who}
    return found


def _vectors(faces: Sequence[KnownFace]) -> Floats:
    if not faces:
        return np.zeros((0, 0), np.float32)
    length = len(faces[0].signature)
    joined = b"".join(face.signature for face in faces if len(face.signature) == length)
    vectors = np.frombuffer(joined, "<f2").reshape(-1, length // 2).astype(np.float32)
    lengths: Floats = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-9), np.float32)
