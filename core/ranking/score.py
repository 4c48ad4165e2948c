"""Ranking the frames of a burst: one readable sum of a few terms, each relative to the burst.

| term      | weight      | 1 is                                              | cannot be told                    |
|-----------|-------------|---------------------------------------------------|-----------------------------------|
| eyes      | the user's  | all main faces whole and with open eyes           | no main face's eyes can be told   |
| sharpness | the user's  | the sharpest, on the eyes of the main faces       | nothing has any detail            |
| smile     | the user's  | all main faces smile                              | no main face can be read          |
| exposure  | the user's  | most like a well-exposed photograph               |                                   |
| original  | 0.30        | no crop, reduction or recompression of another    | all frames are alike in this      |
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from operator import contains

from core.grouping.people import people
from core.ranking.main_faces import is_cut, is_sure, main_faces
from core.ranking.reasons import explain
from core.settings import Weights
from core.types import Analysis, Cluster, ClusterKind, EyeState, Face, FrameScore, PhotoId, Term

TOO_CLOSE = 0.02
"""Margin under which two frames are called equal."""

_UNSEEN_EYES = 0.5  # a face whose eyes cannot be told neither helps nor hurts
_CUT_FACE = 0.5  # what a face that the frame's border cuts is worth of a whole one

_ORIGINAL = 0.30  # weight of being the original where the burst holds copies; beside the user's own weights
_FEWER_PIXELS = 1.02  # ratio from which a frame is a copy: a camera gives all frames of a burst one size,
_MORE_LOSS = 1.5  # but one that aims at a file size varies the compression from frame to frame
_COPY = 0.5  # what the best copy is worth of its original,
_HALVINGS = 4.0  # and how often size or quality must halve until nothing of that is left

_EXPOSURE_RANGE = 4.0  # of likeliness: half a stop is about 2
_SUBJECT_CLIPPED = 8.0  # likeliness lost by a subject that is clipped all over


def rank(
    cluster: Cluster,
    analyses: Mapping[PhotoId, Analysis],
    weights: Weights,
    pending: Collection[PhotoId] = (),
) -> Cluster:
    """Scores the frames of a burst and suggests the best, with reasons.

    Singles come back as they are: there is nothing to choose. Brackets are scored too (the best-lit frame is
    worth knowing) but nothing is suggested: they belong together. A burst of which frames are still to be measured
    comes back as one of which nothing is known: the best of those that happen to be measured may not be the best.

    Args:
        cluster: a group of frames.
        analyses: measures; frames without are left out of the ranking, and so are damaged ones beside sound ones.
        weights: how much each term counts.
        pending: photos that are still going to be measured.

    Returns:
        The cluster with ``scores`` best first, ``suggested_pick``, ``margin``, ``too_close`` and ``reasons``.
    """
    measured = [analyses[photo_id] for photo_id in cluster.photo_ids if photo_id in analyses]
    measured = [frame for frame in measured if not frame.damaged] or measured
    waits = any(photo_id in pending for photo_id in cluster.photo_ids)
    if cluster.kind is ClusterKind.SINGLE or waits or not measured:
        return replace(cluster, suggested_pick=None, margin=0.0, too_close=False, reasons=(), scores=())
    scores = _scores(measured, weights)
    if cluster.kind is ClusterKind.BRACKET:
        return replace(cluster, suggested_pick=None, margin=0.0, too_close=False, reasons=(), scores=scores)
    margin = scores[0].total - scores[1].total if len(scores) > 1 else 0.0
    too_close = len(scores) > 1 and margin < TOO_CLOSE
    return replace(
        cluster,
        suggested_pick=scores[0].photo_id,
        margin=margin,
        too_close=too_close,
        reasons=explain(scores, analyses, too_close),
        scores=scores,
    )


def _scores(frames: Sequence[Analysis], weights: Weights) -> tuple[FrameScore, ...]:
    """Scores, best first; equal ones stay in order of capture."""
    areas = [face.box.width * face.box.height for frame in frames for face in frame.faces if is_sure(face)]
    main = [main_faces(frame.faces, max(areas, default=0.0)) for frame in frames]
    values = {
        "eyes": (_eyes(main), weights.eyes),
        "sharpness": (_sharpness(frames, main), weights.sharpness),
        "smile": (_smiles(main), weights.smile),
        "exposure": (_exposure(frames), weights.exposure),
        "original": (_original(frames), _ORIGINAL),
    }
    told = sum(weight for column, weight in values.values() if column is not None) or 1.0
    scores = []
    for index, frame in enumerate(frames):
        terms = tuple(
            Term(name, column[index], weight / told) if column is not None else Term(name, None, 0.0)
            for name, (column, weight) in values.items()
        )
        total = sum(term.value * term.weight for term in terms if term.value is not None)
        scores.append(FrameScore(frame.photo_id, total, terms))
    return tuple(sorted(scores, key=lambda score: -score.total))


def _eyes(main: Sequence[Sequence[Face]]) -> list[float] | None:
    """Share of main faces with open eyes; a face missing from a frame counts as unseen."""
    if all(face.eyes is EyeState.CANT_TELL for faces in main for face in faces):
        return None
    most = max(len(faces) for faces in main)
    return [(sum(map(_looks, faces)) + _UNSEEN_EYES * (most - len(faces))) / most for faces in main]


def _looks(face: Face) -> float:
    """How well one face looks, 0 to 1."""
    worth = {EyeState.OPEN: 1.0, EyeState.CLOSED: 0.0, EyeState.CANT_TELL: _UNSEEN_EYES}[face.eyes]
    return worth * _CUT_FACE if is_cut(face) else worth


def _sharpness(frames: Sequence[Analysis], main: Sequence[Sequence[Face]]) -> list[float] | None:
    """Relative to the sharpest; on the eyes of the people who are in every frame, else on the frame.

    A measure of eyes is never compared with a measure of a whole frame, nor with one of somebody else's eyes.
    """
    measured = _on_eyes(frames, main) or [frame.sharpness.score for frame in frames]
    best = max(measured)
    return [value / best for value in measured] if best > 0 else None


def _on_eyes(frames: Sequence[Analysis], main: Sequence[Sequence[Face]]) -> list[float]:
    """For each frame the mean sharpness of those main faces that are measured in all frames; empty without any."""
    if not all(main):
        return []
    on_people = []
    for person in people(frames):
        if len(person.faces) == len(frames):
            faces = [frame.faces[person.faces[frame.photo_id]] for frame in frames]
            values = [face.sharpness for face in faces if face.sharpness is not None]
            if len(values) == len(frames) and all(map(contains, main, faces)):
                on_people.append(values)
    return [sum(values) / len(values) for values in zip(*on_people, strict=True)]


def _exposure(frames: Sequence[Analysis]) -> list[float]:
    """1 for the frame that looks most like a well-exposed photograph, less as others look less so."""
    likeliness = [
        frame.exposure.likeliness
        - _SUBJECT_CLIPPED * (frame.exposure.clipped_high + frame.exposure.clipped_low)
        for frame in frames
    ]
    best = max(likeliness)
    return [2 / (1 + math.exp((best - value) / _EXPOSURE_RANGE)) for value in likeliness]


def _original(frames: Sequence[Analysis]) -> list[float] | None:
    """How much of the original is left: a crop, a reduced or a more compressed copy loses; None in a plain burst."""
    lost = [_halvings(frame, frames) for frame in frames]
    if not any(lost):
        return None
    return [1.0 if halvings == 0 else _COPY * max(0.0, 1 - halvings / _HALVINGS) for halvings in lost]


def _halvings(frame: Analysis, frames: Sequence[Analysis]) -> float:
    """How often pixels and quality were halved from the best of the frames to this one."""
    fewer = max(each.width * each.height for each in frames) / max(1, frame.width * frame.height)
    coarser = max(1.0, frame.compression) / max(1.0, min(each.compression for each in frames))
    told = ((fewer, _FEWER_PIXELS), (coarser, _MORE_LOSS))
    return sum(math.log2(ratio) for ratio, least in told if ratio > least)


def _smiles(main: Sequence[Sequence[Face]]) -> list[float] | None:
    """Mean smile of the main faces; a frame without one counts as unsmiling."""
    smiles = [[face.smile for face in faces if face.smile is not None] for faces in main]
    if not any(smiles):
        return None
    return [sum(values) / len(values) if values else 0.0 for values in smiles]
