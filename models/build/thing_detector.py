"""Makes ``ssd_mobilenet_v2.onnx``: where things are in a picture, SSD MobileNetV2 trained on Open Images v4.

The source is the pack of assets inside the npm package ``@mediapipe/objectron``: a list of 24 labels, and after it a
TensorFlow Lite file in half precision. It is translated as it is; boxes and scores stay as the network gives them, and
``models.thing_detector`` decodes them.
"""

from models.build.graph import GraphWriter
from models.build.source import Source, archive_from_arguments, write_weights
from models.build.tflite import read_tflite
from models.build.tflite_to_onnx import Translator

SOURCE = Source(
    package="@mediapipe/objectron",
    version="0.4.1675468480",
    member="package/objectron_solution_packed_assets.data",
    sha256="470986ca5df183f41698da6de74b027d838fe289d77b5ab094497d350bee664e",
)

_NETWORK_STARTS = 184  # bytes: before it are the labels
_SIDE = 300  # pixels
_ANCHORS = 1917  # of six grids
_LABELS = 24  # the first is that of nothing


def build(assets: bytes) -> bytes:
    """Return the ONNX file from the pack of assets."""
    out = GraphWriter()
    boxes, scores = Translator(read_tflite(assets[_NETWORK_STARTS:]), out).translate(["image"])
    out.node("Identity", boxes, output="boxes")
    out.node("Sigmoid", scores, output="scores")
    return out.finish(
        "thing_detector",
        {"image": (1, _SIDE, _SIDE, 3)},
        {"boxes": (1, _ANCHORS, 4), "scores": (1, _ANCHORS, _LABELS)},
    )


if __name__ == "__main__":
    write_weights("ssd_mobilenet_v2.onnx", build(SOURCE.read(archive_from_arguments(__doc__ or ""))))
