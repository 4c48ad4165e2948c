"""The degradation test: is a good photo ranked above each of 27 worse versions of itself?

Photo and version are a burst of two for the ranking, the version first, so that a draw counts as a mistake; both have
the same time, and the version lies in another folder, as exports do. All are saved as JPEG of quality 95, so that
nothing but the degradation tells them apart; the quality of the JPEG versions is what is degraded in them. Crops keep
their own pixels, as a crop tool leaves them; the last column has the same crops enlarged to the size of the original.
"""

import math
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps
from scipy.signal import fftconvolve

from benchmarks.quality.measured import analyse, pool
from core.grouping.evidence import Alignments
from core.grouping.group import Grouper
from core.ranking.score import rank
from core.settings import Weights
from core.types import (
    Analysis,
    Cluster,
    ClusterId,
    ClusterKind,
    Photo,
    PhotoId,
    SceneId,
    TimeSource,
)

Picture = NDArray[np.uint8]
Kernel = NDArray[np.float32]

_LONG_SIDE = 2000  # pixels: larger photos are reduced to it, so that a hundred take minutes
_QUALITY = 95
_TAKEN = datetime(2025, 6, 14, 10)  # a copy has the same time as its original
_DEFOCUS = (0.001, 0.002, 0.004, 0.008)  # radius over the longer side
_MOTION = (0.002, 0.004, 0.008, 0.016)  # length over the longer side
_JPEG = (60, 45, 30, 20, 10)
_EXPOSURE = (-2.0, -1.5, -1.0, 1.0, 1.5, 2.0)  # EV
_CROPS = {  # left, top, right, bottom
    "edge": ((0.25, 0, 1, 1), (0, 0, 1, 0.75)),
    "centre": ((0.1, 0.1, 0.9, 0.9), (0.2, 0.2, 0.8, 0.8)),
    "corner": ((0, 0, 0.7, 0.7), (0.3, 0.3, 1, 1)),
    "aspect": ((0.15, 0, 0.85, 1), (0, 0.2, 1, 0.8)),
}


def disc(radius: float) -> Kernel:
    """Make a defocused point: a disc with a soft rim, ``radius`` in pixels."""
    reach = math.ceil(radius)
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    kernel = np.clip(radius + 0.5 - np.hypot(x, y), 0, 1)
    return np.asarray(kernel / kernel.sum(), np.float32)


def streak(length: float, angle: float) -> Kernel:
    """Make a point moved ``length`` pixels in a direction, in radians."""
    reach = math.ceil(length / 2)
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    along = x * math.cos(angle) + y * math.sin(angle)
    across = y * math.cos(angle) - x * math.sin(angle)
    kernel = np.clip(length / 2 + 0.5 - np.abs(along), 0, 1) * np.clip(1 - np.abs(across), 0, 1)
    return np.asarray(kernel / kernel.sum(), np.float32)


def blurred(picture: Picture, kernel: Kernel) -> Picture:
    """Return the picture with every point spread over the kernel."""
    reach = kernel.shape[0] // 2
    wide = np.pad(picture.astype(np.float32), ((reach, reach), (reach, reach), (0, 0)), mode="reflect")
    spread = fftconvolve(wide, kernel[:, :, np.newaxis], mode="valid", axes=(0, 1))
    rounded: Picture = np.clip(np.rint(spread), 0, 255).astype(np.uint8)
    return rounded


def exposed(picture: Picture, stops: float) -> Picture:
    """Return the picture with ``stops`` more light, in linear light (IEC 61966-2-1)."""
    value = np.arange(256) / 255
    linear = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    lit = np.clip(linear * 2**stops, 0, 1)
    shown = np.where(lit <= 0.0031308, lit * 12.92, 1.055 * lit ** (1 / 2.4) - 0.055)
    curve: NDArray[np.uint8] = np.rint(shown * 255).astype(np.uint8)
    return curve[picture]


def cropped(picture: Picture, box: tuple[float, float, float, float]) -> Picture:
    """Return a part of the picture."""
    height, width = picture.shape[:2]
    left, top, right, bottom = box
    return picture[round(top * height) : round(bottom * height), round(left * width) : round(right * width)]


def enlarged(picture: Picture, long_side: int) -> Picture:
    """Return the picture with ``long_side`` pixels on its longer side."""
    height, width = (max(1, round(side * long_side / max(picture.shape[:2]))) for side in picture.shape[:2])
    return np.asarray(Image.fromarray(picture).resize((width, height), Image.Resampling.BICUBIC))


def versions(picture: Picture, seed: int) -> Iterator[tuple[str, bytes]]:
    """Yield the 27 versions of a photo and its enlarged crops, as a kind and a JPEG file's content."""
    longest = max(picture.shape[:2])
    chance = random.Random(seed)
    for radius in _DEFOCUS:
        yield "blur: defocus", jpeg(blurred(picture, disc(max(0.8, radius * longest))))
    for length in _MOTION:
        angle = chance.uniform(0, math.pi)
        yield "blur: motion", jpeg(blurred(picture, streak(max(2.0, length * longest), angle)))
    for quality in _JPEG:
        yield "JPEG", jpeg(picture, quality)
    for stops in _EXPOSURE:
        yield f"exposure: {'over' if stops > 0 else 'under'}", jpeg(exposed(picture, stops))
    for kind, boxes in _CROPS.items():
        for box in boxes:
            part = cropped(picture, box)
            yield f"crop: {kind}", jpeg(part)
            yield "(crops, enlarged)", jpeg(enlarged(part, longest))


def jpeg(picture: Picture, quality: int = _QUALITY) -> bytes:
    """Return the picture as a file."""
    buffer = BytesIO()
    Image.fromarray(picture).save(buffer, "JPEG", quality=quality, subsampling=0)
    return buffer.getvalue()


def compare(path: Path) -> list[tuple[str, bool]]:
    """Return for each version of one photo its kind and whether the photo was ranked above it."""
    with Image.open(path) as image:
        upright = ImageOps.exif_transpose(image).convert("RGB")
    upright.thumbnail((_LONG_SIDE, _LONG_SIDE), Image.Resampling.BICUBIC)
    picture = np.asarray(upright)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "photo.jpg"

        def measured(content: bytes, name: str) -> Analysis:
            file.write_bytes(content)
            analysis = analyse(file)
            assert analysis is not None, path
            return replace(analysis, photo_id=PhotoId(name))

        original = measured(jpeg(picture), "original")
        results = []
        for kind, content in versions(picture, sum(map(ord, path.name))):
            version = measured(content, "version")
            pair = {each.photo_id: each for each in (version, original)}
            burst = Cluster(ClusterId("pair"), ClusterKind.BURST, tuple(pair), SceneId("scene"))
            ranked = rank(burst, pair, Weights(), copies=_copies(pair))
            results.append((kind, ranked.suggested_pick == original.photo_id))
        return results


def _copies(pair: Mapping[PhotoId, Analysis]) -> Mapping[PhotoId, PhotoId]:
    """Find which is a copy of the other as in a shoot where an export's folder lies beside the photos."""
    photos = [
        Photo(one, Path(one) / "photo.jpg", taken_at=_TAKEN, width=each.width, height=each.height)
        for one, each in pair.items()
    ]
    dated = [replace(photo, time_source=TimeSource.EXIF) for photo in photos]
    return Grouper(dated, pair, Alignments()).copies_among(tuple(pair))


def degradation(photos: Sequence[Path], report: Callable[[int], None]) -> dict[str, float]:
    """Return the share of versions that the originals are ranked above, by kind and over all.

    Args:
        photos: good ones.
        report: called with the number of photos done.
    """
    outcomes: dict[str, list[bool]] = defaultdict(list)
    with pool() as executor:
        for done, results in enumerate(executor.map(compare, photos), 1):
            for kind, right in results:
                outcomes[kind].append(right)
                if not kind.startswith("("):
                    outcomes[f"all {kind.split(':')[0]}"].append(right)
                    outcomes["all together"].append(right)
            report(done)
    order = sorted(outcomes, key=lambda kind: (kind.startswith("all"), kind == "all together", kind))
    return {"photos": len(photos)} | {kind: sum(outcomes[kind]) / len(outcomes[kind]) for kind in order}
