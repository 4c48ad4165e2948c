"""Holds our translation of the face landmarks against Google's runtime: ``make referee``.

The same squares of the same faces go through the networks in onnxruntime and, as Google made them, in LiteRT. Landmarks
may differ by 0.001 pixels of the network's square, the chance of a face and the blendshapes of the same landmarks by
0.00001. End to end blendshapes differ by more, since they grow what differs in the landmarks; that is told, not judged.
Exits with 1 where they do not agree. Pictures are scikit-image's astronaut, turned and scaled, and with ``--photos
DIR`` the faces of DIR/eyes and DIR/identity.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from rich.console import Console
from rich.table import Table
from skimage import data

from core.language import Sentence, say
from core.protocols import RgbImage
from models.build.face_landmarker import SOURCE
from models.face_landmarker import MeshFaceLandmarker, NetworkReading
from models.litert_landmarker import TASK_SHA256, LiteRtFaceLandmarker
from models.manifest import model_file

_SIDE = 256  # pixels of the networks' square
_MOST_PIXELS, _MOST_SHARE = 0.001, 0.00001
_SETS = ("eyes", "identity")
_MOST_OF_A_SET = 200  # pictures
_MARGIN = 0.25  # of a picture that is all face, added on each side


@dataclass(frozen=True)
class _Task:
    """The task file, as it lies in its package; ``models.runtime.ModelWeights``."""

    content: bytes
    file: str = "face_landmarker.task"
    sha256: str = TASK_SHA256

    @property
    def remedy(self) -> Sentence:
        return say("install its package again")

    def read(self) -> bytes:
        return self.content


def faces(photos: Path | None) -> Iterator[tuple[str, RgbImage]]:
    """Yield squares that show a face, or nearly, with the name of their set."""
    whole = data.astronaut()
    for left, top, side in ((120, 20, 210), (140, 0, 180), (90, 0, 256), (160, 60, 120)):
        for degrees in (-30, 0, 20):
            turned = Image.fromarray(whole).rotate(degrees, Image.Resampling.BICUBIC, center=(225, 115))
            square = turned.crop((left, top, left + side, top + side))
            yield "astronaut", np.asarray(square.resize((_SIDE, _SIDE), Image.Resampling.BILINEAR))
    for name in _SETS if photos is not None else ():
        assert photos is not None
        files = sorted(
            file for file in (photos / name).rglob("*") if file.suffix.lower() in (".jpg", ".jpeg", ".png")
        )
        for file in files[:_MOST_OF_A_SET]:
            with Image.open(file) as picture:
                pixels = np.asarray(picture.convert("RGB").resize((_SIDE, _SIDE)))
            around = [(round(_MARGIN * _SIDE),) * 2] * 2 + [(0, 0)]
            padded = Image.fromarray(np.pad(pixels, around, mode="edge"))
            yield name, np.asarray(padded.resize((_SIDE, _SIDE), Image.Resampling.BILINEAR))


def difference(
    ours: NetworkReading, theirs: NetworkReading, of_ours: NDArray[np.float32]
) -> tuple[float, ...]:
    """Return how far the two are apart at most.

    Args:
        ours: what was read in a square.
        theirs: what was read in the same one.
        of_ours: blendshapes that their network makes of our landmarks.

    Returns:
        Landmarks in pixels, the chance of a face, the blendshapes of the same landmarks and those end to end.
    """
    return (
        float(np.abs(ours.mesh - theirs.mesh).max()),
        abs(ours.presence - theirs.presence),
        float(np.abs(ours.blendshapes - of_ours).max()),
        float(np.abs(ours.blendshapes - theirs.blendshapes).max()),
    )


def main() -> int:
    """Print a table; return 1 where the two do not agree."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.referee", description=__doc__)
    parser.add_argument("--runtime", type=Path, help="a folder that LiteRT was installed into")
    parser.add_argument(
        "--package", type=Path, help="the package with the task file, instead of downloading it"
    )
    parser.add_argument("--photos", type=Path, help="real faces")
    options = parser.parse_args()
    if options.runtime is not None:
        sys.path.append(str(options.runtime))
    ours = MeshFaceLandmarker(model_file("face_landmarker"))
    theirs = LiteRtFaceLandmarker(_Task(SOURCE.read(options.package)))
    found: dict[str, list[tuple[float, ...]]] = {}
    spent = np.zeros(2)
    for name, square in faces(options.photos):
        tensor = np.multiply(square[np.newaxis], 1 / 255, dtype=np.float32)
        start = time.process_time()
        one = ours.run(tensor)
        middle = time.process_time()
        other = theirs.run(tensor)
        spent += (middle - start, time.process_time() - middle)
        found.setdefault(name, []).append(difference(one, other, theirs.blendshapes_of(one.mesh)))
    table = Table("pictures", "faces", "landmarks, pixels", "chance of a face", "blendshapes", "end to end")
    for name, each in found.items():
        table.add_row(name, str(len(each)), *(f"{value:.7f}" for value in np.max(each, axis=0)))
    console = Console(width=None if sys.stdout.isatty() else 110)
    console.print(table)
    count = sum(map(len, found.values()))
    console.print("ms of processor a face: onnxruntime {:.1f}, LiteRT {:.1f}".format(*(1000 * spent / count)))
    pixels, chance, shapes, _ = np.max([value for each in found.values() for value in each], axis=0)
    agree = pixels <= _MOST_PIXELS and max(shapes, chance) <= _MOST_SHARE
    console.print("Both agree." if agree else "They do NOT agree.")
    return 0 if agree else 1


if __name__ == "__main__":
    sys.exit(main())
