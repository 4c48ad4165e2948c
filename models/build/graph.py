"""A small writer of ONNX graphs, node by node, the same bytes each time."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import helper, numpy_helper

_OPSET = 17  # old enough for every onnxruntime this project allows
_IR_VERSION = 8  # the one that belongs to that opset

Shape = Sequence[int | str]


class GraphWriter:
    """Collects nodes and constants; names follow the order in which they were added."""

    def __init__(self) -> None:
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []

    def constant(self, values: NDArray[np.generic]) -> str:
        """Add a constant tensor. Returns its name."""
        name = f"c{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def integers(self, *values: int) -> str:
        """Add a vector of int64, as ONNX wants axes, shapes and pads. Returns its name."""
        return self.constant(np.array(values, np.int64))

    def node(self, kind: str, *inputs: str, output: str = "", **attributes: Any) -> str:
        """Add a node with one output. Returns the output's name."""
        output = output or f"t{len(self._nodes)}"
        self._nodes.append(
            helper.make_node(kind, inputs, [output], name=f"n{len(self._nodes)}", **attributes)
        )
        return output

    def finish(self, name: str, inputs: Mapping[str, Shape], outputs: Mapping[str, Shape]) -> bytes:
        """Return the checked model as bytes. All inputs and outputs are float32."""
        graph = helper.make_graph(
            self._nodes,
            name,
            [_float_value(each, shape) for each, shape in inputs.items()],
            [_float_value(each, shape) for each, shape in outputs.items()],
            self._constants,
        )
        return model_bytes(graph)


def model_bytes(graph: onnx.GraphProto) -> bytes:
    """Make a model around a graph, checked, always the same bytes for the same graph."""
    model = helper.make_model(
        graph,
        producer_name="shortlist",
        opset_imports=[helper.make_opsetid("", _OPSET)],
        ir_version=_IR_VERSION,
    )
    onnx.checker.check_model(model, full_check=True)
    content: bytes = model.SerializeToString(deterministic=True)
    return content


def _float_value(name: str, shape: Shape) -> onnx.ValueInfoProto:
    return helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, list(shape))


def same_padding(size: int, kernel: int, stride: int) -> tuple[int, int]:
    """Return the pixels to add before and after an axis, as TensorFlow's "SAME" does: the odd one goes after.

    Args:
        size: length of the axis.
        kernel: the window's length along it.
        stride: the window's step.
    """
    outputs = -(-size // stride)
    total = max((outputs - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2
