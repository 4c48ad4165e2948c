"""Facts and measures as JSON text and back. Never pickle: anybody could have written a cache's file."""

import json
from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from functools import cache
from operator import attrgetter
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.persistence.cache_file import SeenFile
from core.types import (
    NO_AIM,
    NO_EMBEDDING,
    Aim,
    Analysis,
    Box,
    Damage,
    Embedding,
    Exposure,
    EyeState,
    Face,
    FaceRegion,
    Flag,
    Label,
    Layout,
    Marks,
    Photo,
    PhotoId,
    Sharpness,
    Shot,
    TimeSource,
    WrittenWords,
)

UNREADABLE = (ValueError, TypeError, KeyError, IndexError, AttributeError)
"""What reading raises for text or bytes that are not what writing made."""

_EYES = {state.value: state for state in EyeState}  # a tenth of the time that the enum takes to look one up
# What is told of a face in numbers, in the order in which ``Face`` takes it.
_NUMBERS = [each.name for each in fields(Face) if each.type == float | None]
_numbers_of = attrgetter(*_NUMBERS)
_VECTOR = np.dtype("<f4")
_SIZE = np.dtype("<u2")
# Facts that are lists, each place with a meaning of its own.
_OF_ONE_LENGTH = ("size", "shot", "words", "marks")
_FOCUS = np.dtype("<f2")


def write_facts(photo: Photo) -> str:
    """Write what a photo's file says. Companions are left out: they depend on the folder, not on the file."""
    marks, words = photo.marks, photo.words
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
            "content": photo.content,
            "shot": _in_order(photo.shot),
            "words": [words.keywords, words.titles, words.places],
            "faces": [[face.name, _write_box(face.box)] for face in words.faces],
            "marks": [marks.flag, marks.rating, marks.label, marks.camera_rating],
            "aim": _write_aim(photo.aim),
            "film": photo.is_film,
        }
    )


def read_facts(document: str, file: SeenFile) -> Photo:
    """Read the photo of a file. Raises one of ``UNREADABLE``."""
    return _read_facts(json.loads(document), file)


def read_former_facts(document: str, file: SeenFile) -> Photo:
    """Read as much as is understood of what a version of other facts wrote; the rest is unknown.

    Raises one of ``UNREADABLE``.
    """
    return _read_facts(_completed(json.loads(document)), file)


def _completed(facts: dict[str, Any]) -> dict[str, Any]:
    """Return facts with all that is read today, and nothing else, in the places where it is read."""
    found = {name: facts.get(name, usual) for name, usual in _no_facts().items()}
    for name in _OF_ONE_LENGTH:
        usual = _no_facts()[name]
        found[name] = [*found[name][: len(usual)], *usual[len(found[name]) :]]
    return found


@cache
def _no_facts() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(write_facts(Photo(PhotoId(""), Path())))
    return found


def _read_facts(facts: dict[str, Any], file: SeenFile) -> Photo:
    taken_at = facts["taken_at"]
    width, height = facts["size"]
    shot = Shot(*facts["shot"])
    flag, rating, label, camera_rating = facts["marks"]
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
        content=str(facts["content"]),
        shot=shot,
        words=_read_words(facts),
        marks=Marks(Flag(flag) if flag else None, rating, Label(label) if label else None, camera_rating),
        aim=_read_aim(facts["aim"]),
        is_film=bool(facts["film"]),
    )


def write_measures(analysis: Analysis) -> str:
    """Write all measures but those kept apart as bytes: the embedding and the faces' signatures."""
    sharpness = analysis.sharpness
    return _compact(
        {
            "size": [analysis.width, analysis.height],
            "sharpness": [
                sharpness.score,
                sharpness.in_focus,
                _write_box(sharpness.subject),
                sharpness.detail,
            ],
            "exposure": _in_order(analysis.exposure),
            "compression": analysis.compression,
            "damage": [analysis.damage, analysis.stand_in],
            "phash": analysis.phash,
            "faces": [_write_face(face) for face in analysis.faces],
        }
    )


def write_vector(embedding: Embedding) -> bytes:
    """Write the vector as little-endian float32."""
    return embedding.vector.astype(_VECTOR).tobytes()


def read_vector(vector: bytes, model_sha256: str) -> Embedding:
    """Read an embedding. Raises one of ``UNREADABLE``."""
    values = np.frombuffer(vector, dtype=_VECTOR)
    if not values.size:
        raise ValueError("the vector is empty")
    return Embedding(values, model_sha256)


def write_layout(layout: Layout) -> bytes:
    """Write the number of corners, rows and columns of the focus as little-endian uint16, then the three arrays."""
    sizes = np.array([len(layout.points), *layout.focus.shape], _SIZE)
    points, focus = layout.points.astype(_SIZE), layout.focus.astype(_FOCUS)
    return sizes.tobytes() + points.tobytes() + layout.descriptors.tobytes() + focus.tobytes()


def read_layout(layout: bytes) -> Layout:
    """Read the layout. Raises one of ``UNREADABLE``."""
    corners, _, _ = _layout_sizes(layout)
    at = 3 * _SIZE.itemsize
    points = np.frombuffer(layout, _SIZE, 2 * corners, at).reshape(corners, 2)
    descriptors = np.frombuffer(layout, np.uint8, 32 * corners, at + points.nbytes).reshape(corners, 32)
    return Layout(points, descriptors, _read_focus(layout))


def read_layout_without_corners(layout: bytes) -> Layout:
    """Read what is small of a layout, without a look at the rest. Raises one of ``UNREADABLE``."""
    return Layout(focus=_read_focus(layout).copy())


def _layout_sizes(layout: bytes) -> tuple[int, int, int]:
    """Return how many corners there are, and rows and columns of the focus."""
    corners, rows, columns = np.frombuffer(layout, _SIZE, 3).tolist()
    return corners, rows, columns


def _read_focus(layout: bytes) -> NDArray[np.float16]:
    corners, rows, columns = _layout_sizes(layout)
    at = 3 * _SIZE.itemsize + (2 * _SIZE.itemsize + 32) * corners
    return np.frombuffer(layout, _FOCUS, rows * columns, at).reshape(rows, columns)


def write_signatures(faces: Sequence[Face]) -> bytes:
    """Write the faces' signatures one after the other, each with its length before it (16 bits, little-endian)."""
    return b"".join(len(face.signature).to_bytes(2, "little") + face.signature for face in faces)


def with_signatures(faces: tuple[Face, ...], signatures: bytes | None) -> tuple[Face, ...]:
    """Return the faces with their signatures, where there are any. Raises one of ``UNREADABLE``."""
    if signatures is None:
        return faces
    signed, at = [], 0
    for face in faces:
        end = at + 2 + int.from_bytes(signatures[at : at + 2], "little")
        if end > len(signatures) or at + 2 > len(signatures):
            raise ValueError("signatures are missing")
        eyes = face.eyes, face.right_eye, face.left_eye
        signed.append(face.told(face.identity, *eyes, signatures[at + 2 : end]))
        at = end
    return tuple(signed)


def read_measures(photo: PhotoId, document: str) -> Analysis:
    """Read the measures of a photo, without layout, embedding and signatures. Raises one of ``UNREADABLE``."""
    measures = json.loads(document)
    width, height = measures["size"]
    score, in_focus, subject, detail = measures["sharpness"]
    damage, stand_in = measures["damage"]
    return Analysis(
        photo_id=photo,
        width=int(width),
        height=int(height),
        sharpness=Sharpness(float(score), in_focus, _read_box(subject), detail),
        exposure=Exposure(*map(float, measures["exposure"])),
        faces=tuple(map(_read_face, measures["faces"])),
        embedding=NO_EMBEDDING,
        phash=int(measures["phash"]),
        compression=float(measures["compression"]),
        damage=Damage(damage) if damage else None,
        stand_in=bool(stand_in),
    )


def _write_face(face: Face) -> list[Any]:
    return [
        _write_box(face.box),
        face.confidence,
        face.landmarks,
        [face.eyes, face.right_eye, face.left_eye],
        *_numbers_of(face),
    ]


def _read_face(values: list[Any]) -> Face:
    """Read a face in order and not by name: a large shoot has tens of thousands, all made while the user waits."""
    box, confidence, landmarks, (eyes, right_eye, left_eye), *numbers = values
    if len(numbers) != len(_NUMBERS):
        raise ValueError("numbers are missing")
    return Face(
        Box(*map(float, box)),
        float(confidence),
        tuple([(float(x), float(y)) for x, y in landmarks]),
        _EYES[eyes],
        _EYES[right_eye],
        _EYES[left_eye],
        *numbers,
    )


def _in_order(facts: Shot | Exposure) -> list[Any]:
    """Return the values of plain facts as they are made of them: a new one at the end need not be named here."""
    return [getattr(facts, each.name) for each in fields(facts)]


def _write_aim(aim: Aim) -> list[Any]:
    return [[_write_box(box) for box in aim.areas], aim.in_focus, aim.aspect] if aim.areas else []


def _read_aim(values: list[Any]) -> Aim:
    if not values:
        return NO_AIM
    areas, in_focus, aspect = values
    return Aim(tuple([Box(*map(float, box)) for box in areas]), bool(in_focus), float(aspect))


def _read_words(facts: dict[str, Any]) -> WrittenWords:
    keywords, titles, places = map(tuple, facts["words"])
    faces = tuple([FaceRegion(str(name), Box(*map(float, box))) for name, box in facts["faces"]])
    return WrittenWords(keywords, titles, places, faces)


def _write_box(box: Box | None) -> list[float] | None:
    return [box.x, box.y, box.width, box.height] if box else None


def _read_box(values: list[float] | None) -> Box | None:
    return Box(*map(float, values)) if values else None


def _compact(document: dict[str, Any]) -> str:
    return json.dumps(document, separators=(",", ":"), default=_plain)


def _plain(value: object) -> object:
    """Turn numpy's numbers, which measures may come as and JSON does not know, into Python's."""
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"cannot be kept: {type(value).__name__}")
