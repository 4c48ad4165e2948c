"""Translates the operators of a TensorFlow Lite graph to ONNX, one by one, keeping its NHWC layout.

Convolutions get a transposition before and after; onnxruntime cancels those between neighbours when it loads
the model. Half-precision weights stay so in the file and are widened at load.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto

from models.build.graph import GraphWriter, same_padding
from models.build.tflite import Operator, Table, TfliteGraph

_TO_NCHW, _TO_NHWC = (0, 3, 1, 2), (0, 2, 3, 1)
_RELU, _RELU6 = 1, 3  # ActivationFunctionType
_SAME = 0  # Padding
_SAME_NAME = {
    "ADD": "Add",
    "SUB": "Sub",
    "MUL": "Mul",
    "DIV": "Div",
    "NEG": "Neg",
    "SQRT": "Sqrt",
    "LOGISTIC": "Sigmoid",
}
_ACTIVATION_FIELD = {"ADD": 0, "MUL": 0, "SUB": 0, "DIV": 0, "CONCATENATION": 1}


class Translator:
    """Adds one TensorFlow Lite graph to an ONNX graph."""

    def __init__(self, graph: TfliteGraph, writer: GraphWriter) -> None:
        self._graph = graph
        self._out = writer
        self._names: dict[int, str] = {}
        self._halves: dict[int, NDArray[np.generic]] = {}  # by the tensor they are widened to

    def translate(self, inputs: Sequence[str]) -> list[str]:
        """Add all operators. Takes the names to read from, returns those of the outputs."""
        self._names.update(zip(self._graph.inputs, inputs, strict=True))
        for operator in self._graph.operators:
            if operator.kind == "DEQUANTIZE":
                self._halves[operator.outputs[0]] = self._constant(operator.inputs[0])
            else:
                self._names[operator.outputs[0]] = self._translate(operator)
        return [self._names[index] for index in self._graph.outputs]

    def _translate(self, operator: Operator) -> str:
        match operator.kind:
            case "CONV_2D" | "DEPTHWISE_CONV_2D":
                return self._convolution(operator)
            case "MAX_POOL_2D":
                return self._max_pool(operator)
            case "PRELU":
                return self._prelu(operator)
            case "PAD":
                pads = self._constant(operator.inputs[1])
                return self._node("Pad", operator, self._out.integers(*pads[:, 0], *pads[:, 1]))
            case "RESHAPE":
                shape = self._graph.tensors[operator.outputs[0]].shape
                return self._node("Reshape", operator, self._out.integers(*shape))
            case "TRANSPOSE":
                return self._node("Transpose", operator, perm=self._integers(operator.inputs[1]))
            case "MEAN" | "SUM":
                return self._reduction(operator)
            case "STRIDED_SLICE":
                return self._slice(operator)
            case "CONCATENATION":
                assert operator.options
                names = [self._name(index) for index in operator.inputs]
                return self._out.node("Concat", *names, axis=operator.options.number(0))
            case "RSQRT":
                return self._out.node("Reciprocal", self._node("Sqrt", operator))
            case "SQUARED_DIFFERENCE":
                difference = self._out.node("Sub", *map(self._name, operator.inputs))
                return self._out.node("Mul", difference, difference)
            case kind:
                result = self._out.node(_SAME_NAME[kind], *map(self._name, operator.inputs))
                return self._activate(result, operator.options, _ACTIVATION_FIELD.get(kind))

    def _convolution(self, operator: Operator) -> str:
        options = operator.options
        assert options
        depthwise = operator.kind == "DEPTHWISE_CONV_2D"
        kernel = self._graph_shape(operator.inputs[1])
        axes = (3, 0, 1, 2) if depthwise else _TO_NCHW
        strides = options.number(2, default=1), options.number(1, default=1)
        inputs = [
            self._transposed(self._name(operator.inputs[0]), _TO_NCHW),
            self._weights(operator.inputs[1], axes),
            self._weights(operator.inputs[2]),
        ]
        result = self._out.node(
            "Conv",
            *inputs,
            group=kernel[3] if depthwise else 1,
            kernel_shape=kernel[1:3],
            strides=strides,
            pads=self._pads(operator, kernel[1:3], strides),
        )
        result = self._activate(result, options, 4 if depthwise else 3)
        return self._transposed(result, _TO_NHWC)

    def _reduction(self, operator: Operator) -> str:
        axes = self._integers(operator.inputs[1])
        # This version of ONNX has the axes of a mean as an attribute, and those of a sum as an input.
        if operator.kind == "MEAN":
            return self._node("ReduceMean", operator, axes=axes, keepdims=1)
        return self._node("ReduceSum", operator, self._out.integers(*axes), keepdims=1)

    def _max_pool(self, operator: Operator) -> str:
        options = operator.options
        assert options
        kernel = options.number(4), options.number(3)
        strides = options.number(2), options.number(1)
        result = self._out.node(
            "MaxPool",
            self._transposed(self._name(operator.inputs[0]), _TO_NCHW),
            kernel_shape=kernel,
            strides=strides,
            pads=self._pads(operator, kernel, strides),
        )
        return self._transposed(result, _TO_NHWC)

    def _prelu(self, operator: Operator) -> str:
        """Write PRelu as ``slope * x + relu((1 - slope) * x)``, the products as 1x1 convolutions of each channel.

        onnxruntime has no fast PRelu: it took more than half of the time of the whole network. Both activation and
        sum become one with a convolution. Slopes above 1 need ``(1 - slope) * relu(x)``, which reads all once more.
        """
        slope = self._values(operator.inputs[1]).reshape(-1, 1, 1, 1)
        source = self._transposed(self._name(operator.inputs[0]), _TO_NCHW)
        leaning = self._scaled(source, slope)
        if (slope <= 1).all():
            rest = self._out.node("Relu", self._scaled(source, 1 - slope))
        else:
            rest = self._scaled(self._out.node("Relu", source), 1 - slope)
        return self._transposed(self._out.node("Add", leaning, rest), _TO_NHWC)

    def _scaled(self, name: str, factors: NDArray[np.float32]) -> str:
        """Multiply each channel by a factor of its own."""
        return self._out.node("Conv", name, self._out.constant(factors), group=len(factors))

    def _slice(self, operator: Operator) -> str:
        """Write a slice. Set bits of the masks mean: from the start, to the end, drop this axis.

        All our steps are 1.
        """
        assert operator.options
        begin, end, _ = (self._integers(index) for index in operator.inputs[1:])
        from_start, to_end, dropped = (operator.options.number(field) for field in (0, 1, 4))
        shape = self._graph_shape(operator.inputs[0])
        starts = [0 if from_start >> axis & 1 else begin[axis] for axis in range(len(shape))]
        ends = [shape[axis] if to_end >> axis & 1 else end[axis] for axis in range(len(shape))]
        result = self._node("Slice", operator, self._out.integers(*starts), self._out.integers(*ends))
        axes = [axis for axis in range(len(shape)) if dropped >> axis & 1]
        return self._out.node("Squeeze", result, self._out.integers(*axes)) if axes else result

    def _pads(self, operator: Operator, kernel: Sequence[int], strides: Sequence[int]) -> list[int]:
        assert operator.options
        if operator.options.number(0, "b") != _SAME:
            return [0, 0, 0, 0]
        size = self._graph_shape(operator.inputs[0])[1:3]
        (top, bottom), (left, right) = (
            same_padding(*axis) for axis in zip(size, kernel, strides, strict=True)
        )
        return [top, left, bottom, right]

    def _activate(self, name: str, options: Table | None, field: int | None) -> str:
        kind = options.number(field, "b") if options and field is not None else 0
        if kind == _RELU:
            return self._out.node("Relu", name)
        if kind == _RELU6:
            ends = [self._out.constant(np.array(end, np.float32)) for end in (0, 6)]
            return self._out.node("Clip", name, *ends)
        assert kind == 0, f"activation {kind}"
        return name

    def _node(self, kind: str, operator: Operator, *more: str, **attributes: Any) -> str:
        return self._out.node(kind, self._name(operator.inputs[0]), *more, **attributes)

    def _transposed(self, name: str, axes: Sequence[int]) -> str:
        return self._out.node("Transpose", name, perm=axes)

    def _name(self, index: int) -> str:
        if index not in self._names:
            self._names[index] = self._weights(index)
        return self._names[index]

    def _weights(self, index: int, axes: Sequence[int] | None = None) -> str:
        half = self._halves.get(index)
        values = self._constant(index) if half is None else half
        name = self._out.constant(values if axes is None else values.transpose(axes))
        return name if half is None else self._out.node("Cast", name, to=TensorProto.FLOAT)

    def _values(self, index: int) -> NDArray[np.float32]:
        half = self._halves.get(index)
        return (self._constant(index) if half is None else half).astype(np.float32)

    def _constant(self, index: int) -> NDArray[np.generic]:
        values = self._graph.tensors[index].values
        assert values is not None, f"tensor {index} is not a constant"
        return values

    def _integers(self, index: int) -> list[int]:
        return [int(value) for value in self._constant(index).ravel()]

    def _graph_shape(self, index: int) -> tuple[int, ...]:
        return self._graph.tensors[index].shape
