"""How small a face may be and still be found: faces seen large are looked for in reduced copies."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from core.analysis.face_search import detect
from core.scaling import reduce
from core.types import Box
from models.local import LocalModels

_LARGE = 64  # pixels: a face of this size is beyond doubt
_SURE = 0.8  # confidence
_SIZES = (60, 50, 40, 30, 24, 20)  # pixels of face in the reduced copies
_FOUND = 0.4  # intersection over union
_WORKING_SIDE = 1280


def overlap(one: Box, other: Box) -> float:
    """Return the intersection over union."""
    shared = one.shared_area(other)
    return shared / (one.area + other.area - shared)


def face_recall(photos: Sequence[Path]) -> dict[str, float]:
    """Return the share of faces still found when their photo is reduced until they have a certain size."""
    detector = LocalModels()().face_detector
    asked: Counter[int] = Counter()
    found: Counter[int] = Counter()
    for path in photos:
        with Image.open(path) as image:
            picture = np.asarray(ImageOps.exif_transpose(image).convert("RGB"))
        sure = [
            face.box
            for face in detect(picture, reduce(picture, _WORKING_SIDE), detector)
            if face.confidence >= _SURE and face.box.width * picture.shape[1] >= _LARGE
        ]
        for box in sure:
            for size in _SIZES:
                side = round(max(picture.shape[:2]) * size / (box.width * picture.shape[1]))
                small = reduce(picture, side)
                seen = detect(small, reduce(small, _WORKING_SIDE), detector)
                asked[size] += 1
                found[size] += any(overlap(box, face.box) >= _FOUND for face in seen)
    return {"faces": asked[_SIZES[0]]} | {f"{size} px": found[size] / max(1, asked[size]) for size in _SIZES}
