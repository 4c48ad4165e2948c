"""Reads the tensors of a PyTorch checkpoint of the format before 1.6, running neither PyTorch nor the file.

Such a file is a row of pickles (magic number, protocol, system, dictionary of tensors, keys of the storages)
followed by each storage: its count of elements as int64, then the elements.
"""

import io
import pickle
import struct
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

_MAGIC = 0x1950A86A20F9469CFC6C
_PROTOCOL = 1001


class UnwantedClassError(pickle.UnpicklingError):
    """The pickle asks for something a file of weights has no need of."""


@dataclass(frozen=True, slots=True)
class _Storage:
    key: str
    dtype: np.dtype[Any]


@dataclass(frozen=True, slots=True)
class _View:
    storage: _Storage
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]

    def on(self, elements: NDArray[Any]) -> NDArray[Any]:
        size = elements.itemsize
        strides = tuple(size * step for step in self.strides)
        return np.ascontiguousarray(as_strided(elements[self.offset :], self.shape, strides, writeable=False))


def _rebuild_tensor(
    storage: _Storage, offset: int, shape: tuple[int, ...], strides: tuple[int, ...], *_: object
) -> _View:
    return _View(storage, offset, shape, strides)


_ALLOWED: dict[tuple[str, str], Any] = {
    ("collections", "OrderedDict"): OrderedDict,
    ("torch._utils", "_rebuild_tensor_v2"): _rebuild_tensor,
    ("torch", "FloatStorage"): np.dtype("<f4"),
    ("torch", "LongStorage"): np.dtype("<i8"),
}


class RestrictedUnpickler(pickle.Unpickler):
    """Knows tensors and ordered dictionaries, and refuses everything else."""

    def find_class(self, module_name: str, global_name: str) -> Any:
        """Raise ``UnwantedClassError`` for whatever is not in the short list above."""
        try:
            return _ALLOWED[module_name, global_name]
        except KeyError:
            raise UnwantedClassError(f"{module_name}.{global_name} is not allowed in weights.") from None

    def persistent_load(self, pid: Any) -> _Storage:
        """Return a storage's place holder; its elements come at the end of the file."""
        _, dtype, key, *_ = pid
        return _Storage(key, dtype)


def read_checkpoint(content: bytes) -> dict[str, NDArray[Any]]:
    """Read the tensors of a checkpoint by name.

    Raises:
        UnwantedClassError: the file holds more than tensors.
        ValueError: it is not a checkpoint of this format.
    """
    file = io.BytesIO(content)
    magic, protocol, _, views, keys = (RestrictedUnpickler(file).load() for _ in range(5))
    if (magic, protocol) != (_MAGIC, _PROTOCOL):
        raise ValueError("This is not a PyTorch checkpoint of the format before 1.6.")
    dtypes = {view.storage.key: view.storage.dtype for view in views.values()}
    elements = {}
    for key in keys:
        (count,) = struct.unpack("<q", file.read(8))
        dtype = dtypes[key]
        elements[key] = np.frombuffer(file.read(count * dtype.itemsize), dtype)
    return {name: view.on(elements[view.storage.key]) for name, view in views.items()}
