"""Reads what a build needs of a TensorFlow Lite file: its tensors and operators.

A ``.tflite`` file is a FlatBuffer; field numbers below are those of TensorFlow's public ``schema.fbs``.
"""

import struct
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

_KINDS = {
    0: "ADD",
    2: "CONCATENATION",
    3: "CONV_2D",
    4: "DEPTHWISE_CONV_2D",
    6: "DEQUANTIZE",
    14: "LOGISTIC",
    17: "MAX_POOL_2D",
    18: "MUL",
    22: "RESHAPE",
    34: "PAD",
    39: "TRANSPOSE",
    40: "MEAN",
    41: "SUB",
    42: "DIV",
    45: "STRIDED_SLICE",
    54: "PRELU",
    59: "NEG",
    74: "SUM",
    75: "SQRT",
    76: "RSQRT",
    99: "SQUARED_DIFFERENCE",
}
_DTYPES: dict[int, np.dtype[Any]] = {0: np.dtype("<f4"), 1: np.dtype("<f2"), 2: np.dtype("<i4")}


class Table:
    """One FlatBuffer table: fields by number, each of which may be absent."""

    def __init__(self, data: bytes, at: int) -> None:
        self._data = data
        self._at = at
        self._fields = at - struct.unpack_from("<i", data, at)[0]

    @classmethod
    def root(cls, data: bytes) -> Self:
        """Return the table a file starts with."""
        return cls(data, struct.unpack_from("<I", data)[0])

    def number(self, field: int, form: str = "i", default: int = 0) -> int:
        """Read a scalar; ``form`` is the ``struct`` letter of its type."""
        at = self._field(field)
        return int(struct.unpack_from(f"<{form}", self._data, at)[0]) if at else default

    def table(self, field: int) -> "Table":
        """Return a table the field points to."""
        return Table(self._data, self._follow(self._field(field)))

    def tables(self, field: int) -> list["Table"]:
        """Read a vector of tables."""
        start, count = self._vector(field)
        return [Table(self._data, self._follow(start + 4 * index)) for index in range(count)]

    def numbers(self, field: int) -> tuple[int, ...]:
        """Read a vector of int32."""
        start, count = self._vector(field)
        return struct.unpack_from(f"<{count}i", self._data, start)

    def content(self, field: int) -> bytes:
        """Read a vector of bytes, or a text."""
        start, count = self._vector(field)
        return self._data[start : start + count]

    def _field(self, field: int) -> int:
        slot = 4 + 2 * field
        if slot >= struct.unpack_from("<H", self._data, self._fields)[0]:
            return 0
        offset = struct.unpack_from("<H", self._data, self._fields + slot)[0]
        return self._at + offset if offset else 0

    def _follow(self, at: int) -> int:
        return at + int(struct.unpack_from("<I", self._data, at)[0])

    def _vector(self, field: int) -> tuple[int, int]:
        at = self._field(field)
        if not at:
            return 0, 0
        start = self._follow(at)
        return start + 4, int(struct.unpack_from("<I", self._data, start)[0])


@dataclass(frozen=True, slots=True)
class Tensor:
    """A tensor; ``values`` is None where it is computed."""

    shape: tuple[int, ...]
    values: NDArray[np.generic] | None


@dataclass(frozen=True, slots=True)
class Operator:
    """An operator; inputs and outputs are indices of tensors, -1 for an absent input."""

    kind: str
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]
    options: Table | None


@dataclass(frozen=True, slots=True)
class TfliteGraph:
    """The main graph of a file, operators in the order in which they run."""

    tensors: tuple[Tensor, ...]
    operators: tuple[Operator, ...]
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]


def read_tflite(data: bytes) -> TfliteGraph:
    """Read the main graph.

    Raises:
        KeyError: the file holds an operator or a type that no build here has needed yet.
    """
    model = Table.root(data)
    kinds = [max(code.number(0, "b"), code.number(3, "i")) for code in model.tables(1)]
    graph = model.tables(2)[0]
    buffers = [buffer.content(0) for buffer in model.tables(4)]
    return TfliteGraph(
        tensors=tuple(_tensor(table, buffers) for table in graph.tables(0)),
        operators=tuple(
            Operator(
                kind=_KINDS[kinds[table.number(0, "I")]],
                inputs=table.numbers(1),
                outputs=table.numbers(2),
                options=table.table(4) if table.number(3, "B") else None,
            )
            for table in graph.tables(3)
        ),
        inputs=graph.numbers(1),
        outputs=graph.numbers(2),
    )


def _tensor(table: Table, buffers: list[bytes]) -> Tensor:
    shape = table.numbers(0)
    content = buffers[table.number(2, "I")]
    dtype = _DTYPES[table.number(1, "b")]
    return Tensor(shape, np.frombuffer(content, dtype).reshape(shape) if content else None)
