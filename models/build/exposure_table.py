"""Fits the table of ``core.analysis.exposure``: ``python -m models.build.exposure_table --photos FOLDER...``.

Photographs are taken to be well exposed: each is to come out above copies of itself exposed up to 2 EV wrong. A
folder of exposure brackets (``groups.csv`` with the columns path, group, kind) adds what copies cannot teach, that
a scene with more contrast than the file holds has to clip somewhere: there the frame nearest to a middle grey is to
come out above those more than half a stop from it. A logistic regression on the differences of
``core.analysis.exposure.tone_table`` finds the weights. Each folder is also judged by a table that never saw it.
"""

import argparse
import csv
from collections import defaultdict
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps
from sklearn.linear_model import LogisticRegression

from core.analysis.exposure import tone_table
from core.analysis.sharpness import luma
from core.ingest.thumbnail import SIDE

_STOPS = (-2.0, -1.5, -1.0, -0.7, 0.7, 1.0, 1.5, 2.0)  # EV
_QUALITY = 95
_MIDDLE_GREY = 0.36  # mean of luma, 0 to 1
_CLEARLY_OTHER = 0.5  # stops between two frames of a bracket
_BRACKETS_COUNT = 0.3  # all brackets together, as parts of all copies together

Pairs = NDArray[np.float64]
"""Differences between the tone tables of better and worse frames, shape (N, 20)."""


def tones(picture: Image.Image) -> NDArray[np.float64]:
    """Return the flattened tone table of a picture."""
    small = picture.copy()
    small.thumbnail((SIDE, SIDE), Image.Resampling.BILINEAR, reducing_gap=2.0)
    pixels = np.asarray(small)
    return tone_table(pixels, luma(pixels)).ravel()


def exposed(picture: Image.Image, stops: float) -> Image.Image:
    """Return the picture as a JPEG exposed otherwise, in linear light (IEC 61966-2-1)."""
    value = np.arange(256) / 255
    linear = np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)
    lit = np.clip(linear * 2**stops, 0, 1)
    shown = np.rint(255 * np.where(lit <= 0.0031308, lit * 12.92, 1.055 * lit ** (1 / 2.4) - 0.055))
    buffer = BytesIO()
    picture.point([int(level) for level in shown] * 3).save(buffer, "JPEG", quality=_QUALITY, subsampling=0)
    return Image.open(buffer).convert("RGB")


def opened(path: Path) -> Image.Image:
    """Open a photo, upright and no larger than is needed."""
    with Image.open(path) as image:
        upright = ImageOps.exif_transpose(image).convert("RGB")
    upright.thumbnail((2 * SIDE, 2 * SIDE), Image.Resampling.BILINEAR, reducing_gap=2.0)
    return upright


def pairs_of_photos(folder: Path, most: int) -> Pairs:
    """Pair photos with their wrongly exposed copies, the photos above."""
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in (".jpg", ".jpeg"))
    chosen = files[:: max(1, len(files) // most)][:most]
    pairs = []
    for path in chosen:
        photo = opened(path)
        right = tones(exposed(photo, 0.0))
        pairs += [right - tones(exposed(photo, stops)) for stops in _STOPS]
    return np.array(pairs)


def pairs_of_brackets(folder: Path) -> Pairs:
    """Pair the middle of each exposure bracket with its ends, the middle above."""
    frames: dict[str, list[tuple[float, NDArray[np.float64]]]] = defaultdict(list)
    with (folder / "groups.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if "exposure" in row["kind"]:
                picture = opened(folder / row["path"])
                frames[row["group"]].append((float(luma(np.asarray(picture)).mean()) / 255, tones(picture)))
    pairs = []
    for bracket in frames.values():
        middle = min(bracket, key=lambda frame: abs(np.log(frame[0] / _MIDDLE_GREY)))
        pairs += [
            middle[1] - other[1] for other in bracket if abs(np.log2(other[0] / middle[0])) > _CLEARLY_OTHER
        ]
    return np.array(pairs)


def fit(photos: Sequence[Pairs], brackets: Pairs | None) -> NDArray[np.float64]:
    """Fit the table, shape (4, 5)."""
    pairs = np.concatenate(photos)
    weights = np.ones(len(pairs))
    if brackets is not None:
        weights = np.append(weights, np.full(len(brackets), _BRACKETS_COUNT * len(pairs) / len(brackets)))
        pairs = np.concatenate([pairs, brackets])
    spread = pairs.std(axis=0)
    model = LogisticRegression(C=0.3, fit_intercept=False, max_iter=3000)
    both_ways = np.concatenate([pairs, -pairs]) / spread
    outcome = np.repeat([1, 0], len(pairs))
    model.fit(both_ways, outcome, sample_weight=np.tile(weights, 2))
    return np.asarray(model.coef_[0] / spread).reshape(4, 5)


def main() -> None:
    """Print how well it does on folders it did not see, then the table fitted to all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", nargs="+", type=Path, required=True, help="folders of good photos")
    parser.add_argument("--brackets", type=Path, help="a folder of exposure brackets")
    parser.add_argument("--most", type=int, default=110, help="photos taken from a folder")
    arguments = parser.parse_args()
    photos = [pairs_of_photos(folder, arguments.most) for folder in arguments.photos]
    brackets = pairs_of_brackets(arguments.brackets) if arguments.brackets else None
    for left_out, folder in enumerate(arguments.photos if len(photos) > 1 else []):
        table = fit([each for index, each in enumerate(photos) if index != left_out], brackets)
        right = (photos[left_out] @ table.ravel() > 0).mean()
        print(f"{folder.name}, by a table that never saw it: {right:.3f}")
    table = fit(photos, brackets)
    if brackets is not None:
        print(f"brackets, by the table below: {(brackets @ table.ravel() > 0).mean():.3f}")
    print(np.array2string(table, precision=2, separator=", ", suppress_small=True))


if __name__ == "__main__":
    main()
