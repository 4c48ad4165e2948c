"""Reads the constants of an ONNX file, for a model that is one product of matrices and needs no engine to run it.

Only what our own build writes is understood: each constant as raw bytes. Field numbers are those of ``onnx.proto``.
"""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

_GRAPH = 7  # of a model
_CONSTANT = 5  # of a graph
_DIMENSION, _TYPE, _NAME, _BYTES = 1, 2, 8, 9  # of a tensor
_TYPES: dict[int, type[np.generic]] = {1: np.float32, 3: np.int8}
_VARINT, _EIGHT_BYTES, _COUNTED, _FOUR_BYTES = 0, 1, 2, 5  # how a field of protobuf is written


def constants_of(content: bytes) -> dict[str, NDArray[Any]]:
    """Return the constants of a model by name, as views into its content.

    Args:
        content: of the ONNX file.

    Raises:
        ValueError: it is no such file, or is cut off.
    """
    found = {}
    for graph in _counted(memoryview(content), _GRAPH):
        for tensor in _counted(graph, _CONSTANT):
            name, values = _constant(tensor)
            found[name] = values
    return found


def _constant(tensor: memoryview) -> tuple[str, NDArray[Any]]:
    shape: list[int] = []
    name, kind, raw = "", 0, memoryview(b"")
    for field, value in _fields(tensor):
        if field == _DIMENSION:
            shape += [value] if isinstance(value, int) else _packed(value)
        elif field == _TYPE and isinstance(value, int):
            kind = value
        elif field == _NAME and isinstance(value, memoryview):
            name = str(value, "utf-8")
        elif field == _BYTES and isinstance(value, memoryview):
            raw = value
    if kind not in _TYPES:
        raise ValueError(f"constant {name} has values of kind {kind}")
    values = np.frombuffer(raw, np.dtype(_TYPES[kind]).newbyteorder("<"))
    if values.size != math.prod(shape):
        raise ValueError(f"constant {name} has {values.size} values instead of {shape}")
    return name, values.reshape(shape)


def _counted(message: memoryview, wanted: int) -> Iterator[memoryview]:
    for field, value in _fields(message):
        if field == wanted and isinstance(value, memoryview):
            yield value


def _packed(values: memoryview) -> list[int]:
    found, at = [], 0
    while at < len(values):
        value, at = _varint(values, at)
        found.append(value)
    return found


def _fields(message: memoryview) -> Iterator[tuple[int, int | memoryview]]:
    """Yield number and value of each field: a number, or the bytes of anything else."""
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        kind = key & 7
        if kind == _VARINT:
            value, at = _varint(message, at)
            yield key >> 3, value
            continue
        if kind == _COUNTED:
            length, at = _varint(message, at)
        elif kind in (_EIGHT_BYTES, _FOUR_BYTES):
            length = 8 if kind == _EIGHT_BYTES else 4
        else:
            raise ValueError(f"a field is written in way {kind}")
        if at + length > len(message):
            raise ValueError("it is cut off")
        yield key >> 3, message[at : at + length]
        at += length


def _varint(message: memoryview, at: int) -> tuple[int, int]:
    """Return a number and where the next thing begins."""
    value = shift = 0
    while at < len(message):
        byte = message[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7
    raise ValueError("it is cut off")
