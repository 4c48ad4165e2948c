"""The face landmarks as Google made them: the two networks of ``face_landmarker.task``, run by LiteRT.

By choice, with the extra ``mediapipe``: our ONNX translation of the same networks stays the rule, and this is its
referee (``make referee``). Regions, looks and what is read from the mesh are those of ``models.face_landmarker``; only
the engine and the files are Google's. The ``mediapipe`` package itself is not asked: see decision 4.
"""

import io
import zipfile
from typing import Any

import numpy as np

from core.errors import ModelError
from core.language import say
from models.face_landmarker import FloatArray, MeshFaceLandmarker, NetworkReading
from models.runtime import ModelWeights, read_checked

TASK_SHA256 = "64184e229b263107bc2b804c6625db1341ff2bb731874b0bcc2fe6544e0bc9ff"
"""Of MediaPipe's ``face_landmarker.task``, float16, version 1: what our translation is made from."""

_POINTS, _SHAPES = "face_landmarks_detector.tflite", "face_blendshapes.tflite"

# The points the blendshape network reads; kLandmarksSubsetIdxs in face_blendshapes_graph.cc.
# fmt: off
BLENDSHAPE_POINTS = (
    0, 1, 4, 5, 6, 7, 8, 10, 13, 14, 17, 21, 33, 37, 39, 40, 46, 52, 53, 54, 55, 58, 61, 63, 65, 66, 67,
    70, 78, 80, 81, 82, 84, 87, 88, 91, 93, 95, 103, 105, 107, 109, 127, 132, 133, 136, 144, 145, 146,
    148, 149, 150, 152, 153, 154, 155, 157, 158, 159, 160, 161, 162, 163, 168, 172, 173, 176, 178, 181,
    185, 191, 195, 197, 234, 246, 249, 251, 263, 267, 269, 270, 276, 282, 283, 284, 285, 288, 291, 293,
    295, 296, 297, 300, 308, 310, 311, 312, 314, 317, 318, 321, 323, 324, 332, 334, 336, 338, 356, 361,
    362, 365, 373, 374, 375, 377, 378, 379, 380, 381, 382, 384, 385, 386, 387, 388, 389, 390, 397, 398,
    400, 402, 405, 409, 415, 454, 466, 468, 469, 470, 471, 472, 473, 474, 475, 476, 477,
)
# fmt: on


class LiteRtFaceLandmarker(MeshFaceLandmarker):
    """Reads faces; ``core.protocols.FaceLandmarker``. Its weights are the task file, not an ONNX file."""

    def __init__(self, model: ModelWeights, threads: int = 1) -> None:
        """Load both networks.

        Raises:
            ModelError: LiteRT is not installed, or the file is missing, altered or no task.
        """
        self._weights = model
        try:
            from ai_edge_litert.interpreter import Interpreter
        except ImportError as error:
            raise ModelError(
                say("Google's runtime is not installed: pip install 'shortlist[mediapipe]'.")
            ) from error
        content = read_checked(model)
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as task:
                self._points, self._shapes = (
                    _interpreter(Interpreter, task.read(name), threads) for name in (_POINTS, _SHAPES)
                )
        except (zipfile.BadZipFile, KeyError, ValueError, RuntimeError) as error:
            raise ModelError(
                say(
                    "The model file {file} cannot be loaded; {remedy}. ({cause})",
                    file=model.file,
                    remedy=model.remedy,
                    cause=error,
                )
            ) from error

    def run(self, square: FloatArray) -> NetworkReading:
        """Run the networks on a square, as ``MeshFaceLandmarker.run`` does."""
        points, presence = _outputs(self._points, square)[:2]
        mesh = points.reshape(478, 3)
        chance = 1 / (1 + np.exp(-float(presence.ravel()[0])))
        return NetworkReading(mesh, chance, self.blendshapes_of(mesh))

    def blendshapes_of(self, mesh: FloatArray) -> FloatArray:
        """Return the 52 blendshapes of a mesh, shape (478, 3), whoever has read it."""
        chosen = np.ascontiguousarray(mesh[np.newaxis, list(BLENDSHAPE_POINTS), :2])
        return _outputs(self._shapes, chosen)[0]


def _interpreter(kind: Any, content: bytes, threads: int) -> Any:
    made = kind(model_content=content, num_threads=threads)
    made.allocate_tensors()
    return made


def _outputs(interpreter: Any, values: FloatArray) -> list[FloatArray]:
    interpreter.set_tensor(interpreter.get_input_details()[0]["index"], values)
    interpreter.invoke()
    return [np.array(interpreter.get_tensor(each["index"])) for each in interpreter.get_output_details()]
