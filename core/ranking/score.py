"""Ranking the frames of a burst: one readable sum of a few terms, each relative to the burst."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from core.ranking.reasons import explain
from core.settings import Weights
from core.types import Analysis, Cluster, ClusterKind, EyeState, Face, FrameScore, PhotoId, Term

TOO_CLOSE = 0.02
"""Margin under which two frames are called equal."""

_MAIN_FACE_SHARE = 0.25  # of the area of the burst's largest face; smaller ones are passers-by
_UNSEEN_EYES = 0.5  # a face whose eyes cannot be told neither helps nor hurts


def rank(cluster: Cluster, analyses: Mapping[PhotoId, Analysis], weights: Weights) -> Cluster:
    """Scores the frames of a burst and suggests the best, with reasons.

    Singles come back as they are: there is nothing to choose. Brackets are scored too (the best-lit frame is
    worth knowing) but nothing is suggested: they belong together.

    Args:
        cluster: a group of frames.
        analyses: measures; frames without are left out of the ranking.
        weights: how much each term counts.

    Returns:
        The cluster with ``scores`` best first, ``suggested_pick``, ``margin``, ``too_close`` and ``reasons``.
    """
    measured = [analyses[photo_id] for photo_id in cluster.photo_ids if photo_id in analyses]
    if cluster.kind is ClusterKind.SINGLE or not measured:
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


def main_faces(faces: Sequence[Face], largest_area: float) -> list[Face]:
    """The faces that matter: those not much smaller than the largest of the burst."""
    return [face for face in faces if face.box.width * face.box.height >= _MAIN_FACE_SHARE * largest_area]


def _scores(frames: Sequence[Analysis], weights: Weights) -> tuple[FrameScore, ...]:
    """Scores, best first; equal ones stay in order of capture."""
    areas = [face.box.width * face.box.height for frame in frames for face in frame.faces]
    main = [main_faces(frame.faces, max(areas, default=0.0)) for frame in frames]
    values = {
        "eyes": (_eyes(main), weights.eyes),
        "sharpness": (_sharpness(frames, main), weights.sharpness),
        "smile": (_smiles(main), weights.smile),
        "exposure": ([frame.exposure.score for frame in frames], weights.exposure),
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
    worth = {EyeState.OPEN: 1.0, EyeState.CLOSED: 0.0, EyeState.CANT_TELL: _UNSEEN_EYES}
    return [
        (sum(worth[face.eyes] for face in faces) + _UNSEEN_EYES * (most - len(faces))) / most
        for faces in main
    ]


def _sharpness(frames: Sequence[Analysis], main: Sequence[Sequence[Face]]) -> list[float] | None:
    """Relative to the sharpest; on the eyes where every frame has measurable faces, else on the frame.

    A measure of eyes is never compared with a measure of a whole frame.
    """
    on_faces = [[face.sharpness for face in faces if face.sharpness is not None] for faces in main]
    if all(on_faces):
        measured = [sum(values) / len(values) for values in on_faces]
    else:
        measured = [frame.sharpness.score for frame in frames]
    best = max(measured)
    return [value / best for value in measured] if best > 0 else None


def _smiles(main: Sequence[Sequence[Face]]) -> list[float] | None:
    """Mean smile of the main faces; a frame without one counts as unsmiling."""
    smiles = [[face.smile for face in faces if face.smile is not None] for faces in main]
    if not any(smiles):
        return None
    return [sum(values) / len(values) if values else 0.0 for values in smiles]
