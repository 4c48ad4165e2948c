"""Facts and measures as JSON text and back. Never pickle: anybody could have written a cache's file."""

import json
from datetime import datetime
from typing import Any

import numpy as np

from core.persistence.cache_file import FileStamp
from core.types import (
    Analysis,
    Box,
    Embedding,
    Exposure,
    EyeState,
    Face,
    Flag,
    Label,
    Layout,
    Marks,
    Photo,
    PhotoId,
    Sharpness,
    Shot,
    TimeSource,
)

UNREADABLE = (ValueError, TypeError, KeyError, IndexError, AttributeError)
"""What reading raises for text or bytes that are not what writing made."""

_VECTOR = np.dtype("<f4")
_SIZE = np.dtype("<u2")
_FOCUS = np.dtype("<f2")


def write_facts(photo: Photo) -> str:
    """A photo's own words. Companions are left out: they are a matter of the folder, not of the file."""
    shot, marks = photo.shot, photo.marks
    return _compact(
        {
            "id": photo.id,
            "taken_at": photo.taken_at.isoformat() if photo.taken_at else None,
            "time_source": photo.time_source,
            "utc_offset_minutes": photo.utc_offset_minutes,
            "camera": photo.camera,
            "camera_name": photo.camera_name,
            "orientation": photo.orientation,
            "size": [photo.width, photo.height],
            "shot": [
                shot.exposure_time,
                shot.f_number,
                shot.iso,
                shot.focal_length,
                shot.exposure_bias,
                shot.burst_id,
                shot.auto_bracket,
            ],
            "marks": [marks.flag, marks.rating, marks.label],
        }
    )


def read_facts(document: str, file: FileStamp) -> Photo:
    """The photo of a file. Raises one of ``UNREADABLE``."""
    facts = json.loads(document)
    taken_at = facts["taken_at"]
    width, height = facts["size"]
    exposure_time, f_number, iso, focal_length, exposure_bias, burst_id, auto_bracket = facts["shot"]
    flag, rating, label = facts["marks"]
    return Photo(
        id=PhotoId(str(facts["id"])),
        path=file.path,
        taken_at=datetime.fromisoformat(taken_at) if taken_at else None,
        time_source=TimeSource(facts["time_source"]),
        utc_offset_minutes=facts["utc_offset_minutes"],
        camera=facts["camera"],
        camera_name=facts["camera_name"],
        orientation=int(facts["orientation"]),
        width=int(width),
        height=int(height),
        size_bytes=file.size_bytes,
        mtime_ns=file.mtime_ns,
        shot=Shot(exposure_time, f_number, iso, focal_length, exposure_bias, burst_id, auto_bracket),
        marks=Marks(Flag(flag) if flag else None, rating, Label(label) if label else None),
    )


def write_measures(analysis: Analysis) -> str:
    """All measures but the embedding, whose vector is kept as bytes (``write_vector``)."""
    exposure = analysis.exposure
    return _compact(
        {
            "size": [analysis.width, analysis.height],
            "sharpness": [analysis.sharpness.score, analysis.sharpness.where],
            "exposure": [exposure.mean, exposure.clipped_high, exposure.clipped_low, exposure.score],
            "phash": analysis.phash,
            "faces": [_write_face(face) for face in analysis.faces],
        }
    )


def write_vector(embedding: Embedding) -> bytes:
    """The vector as little-endian float32."""
    return embedding.vector.astype(_VECTOR).tobytes()


def read_vector(vector: bytes, model_sha256: str) -> Embedding:
    """An embedding. Raises one of ``UNREADABLE``."""
    values = np.frombuffer(vector, dtype=_VECTOR)
    if not values.size:
        raise ValueError("the vector is empty")
    return Embedding(values, model_sha256)


def write_layout(layout: Layout) -> bytes:
    """Number of corners and rows and columns of the focus as little-endian uint16, then the three arrays."""
    sizes = np.array([len(layout.points), *layout.focus.shape], _SIZE)
    points, focus = layout.points.astype(_SIZE), layout.focus.astype(_FOCUS)
    return sizes.tobytes() + points.tobytes() + layout.descriptors.tobytes() + focus.tobytes()


def _read_layout(layout: bytes) -> Layout:
    corners, rows, columns = np.frombuffer(layout, _SIZE, 3).tolist()
    at = 3 * _SIZE.itemsize
    points = np.frombuffer(layout, _SIZE, 2 * corners, at).reshape(corners, 2)
    descriptors = np.frombuffer(layout, np.uint8, 32 * corners, at + points.nbytes).reshape(corners, 32)
    focus = np.frombuffer(layout, _FOCUS, rows * columns, at + points.nbytes + descriptors.nbytes)
    return Layout(points, descriptors, focus.reshape(rows, columns))


def read_measures(photo: PhotoId, document: str, layout: bytes, embedding: Embedding) -> Analysis:
    """The measures of a photo, put together with its embedding. Raises one of ``UNREADABLE``."""
    measures = json.loads(document)
    width, height = measures["size"]
    score, where = measures["sharpness"]
    mean, clipped_high, clipped_low, exposure_score = measures["exposure"]
    return Analysis(
        photo_id=photo,
        width=int(width),
        height=int(height),
        sharpness=Sharpness(float(score), str(where)),
        exposure=Exposure(float(mean), float(clipped_high), float(clipped_low), float(exposure_score)),
        faces=tuple(_read_face(face) for face in measures["faces"]),
        embedding=embedding,
        phash=int(measures["phash"]),
        layout=_read_layout(layout),
    )


def _write_face(face: Face) -> list[Any]:
    return [
        [face.box.x, face.box.y, face.box.width, face.box.height],
        face.confidence,
        face.landmarks,
        face.eyes,
        face.eyes_open,
        face.smile,
        face.sharpness,
        face.identity,
    ]


def _read_face(values: list[Any]) -> Face:
    (x, y, width, height), confidence, landmarks, eyes, eyes_open, smile, sharpness, identity = values
    return Face(
        box=Box(float(x), float(y), float(width), float(height)),
        confidence=float(confidence),
        landmarks=tuple((float(x), float(y)) for x, y in landmarks),
        eyes=EyeState(eyes),
        eyes_open=eyes_open,
        smile=smile,
        sharpness=sharpness,
        identity=identity,
    )


def _compact(document: dict[str, Any]) -> str:
    return json.dumps(document, separators=(",", ":"), default=_plain)


def _plain(value: object) -> object:
    """Measures may come as numpy's numbers, which JSON does not know."""
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"cannot be kept: {type(value).__name__}")
