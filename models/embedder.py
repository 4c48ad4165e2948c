"""What a picture looks like: the pooled features of EfficientNet-Lite0."""

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from PIL import Image

from core.protocols import RgbImage
from models.manifest import ModelFile
from models.runtime import open_session

_SIDE = 224  # pixels
_MEAN, _SPREAD = 127.0, 128.0  # of the training pictures, as in TensorFlow's EfficientNet-Lite
_REDUCING_GAP = 1.5  # lets Pillow average whole pixels first: half the time, the same picture to the eye


class EfficientNetEmbedder:
    """Embeds pictures; ``core.protocols.Embedder``."""

    def __init__(self, model: ModelFile, threads: int = 1) -> None:
        """Loads the weights. Raises ``core.errors.ModelError``."""
        self._model = model
        self._session: onnxruntime.InferenceSession = open_session(model, threads)

    @property
    def sha256(self) -> str:
        """Of the weights."""
        return self._model.sha256

    def embed(self, image: RgbImage) -> NDArray[np.float32]:
        """Returns the features of a picture of any size, float32, shape (1280,), not normalised.

        The whole frame is squeezed into the square. The usual crop of the middle would not see what happens
        at the edges, and finds fewer of the bursts in our sets of events and travel.
        """
        square = Image.fromarray(image).resize(
            (_SIDE, _SIDE), Image.Resampling.BICUBIC, reducing_gap=_REDUCING_GAP
        )
        pixels = (np.asarray(square, np.float32) - _MEAN) / _SPREAD
        tensor = np.ascontiguousarray(pixels.transpose(2, 0, 1)[np.newaxis])
        (features,) = self._session.run(["features"], {"image": tensor})
        return np.array(features[0], np.float32)
