"""A checkpoint is read without PyTorch, and cannot run anything."""

import pickle
import struct

import numpy as np
import pytest

from models.build.torch_checkpoint import RestrictedUnpickler, UnwantedClassError, read_checkpoint

MAGIC = 0x1950A86A20F9469CFC6C


def text(value: str) -> bytes:
    return b"X" + struct.pack("<I", len(value)) + value.encode()


def integers(*values: int) -> bytes:
    return b"(" + b"".join(b"J" + struct.pack("<i", value) for value in values) + b"t"


def checkpoint(tensors: bytes, elements: list[float]) -> bytes:
    """A file of one storage named 7; ``tensors`` are the opcodes that fill the dictionary."""
    head = pickle.dumps(MAGIC, 2) + pickle.dumps(1001, 2) + pickle.dumps({"little_endian": True}, 2)
    storage = struct.pack("<q", len(elements)) + np.array(elements, "<f4").tobytes()
    return head + b"\x80\x02}" + tensors + b"." + pickle.dumps(["7"], 2) + storage


def tensor(name: str, offset: int, shape: tuple[int, ...], strides: tuple[int, ...]) -> bytes:
    storage = b"(" + text("storage") + b"ctorch\nFloatStorage\n" + text("7") + text("cpu") + b"K\x06Ntq"
    arguments = storage[:-1] + b"Q" + b"J" + struct.pack("<i", offset) + integers(*shape) + integers(*strides)
    return text(name) + b"ctorch._utils\n_rebuild_tensor_v2\n(" + arguments + b"\x89NtRs"


def test_tensors_are_views_of_their_storage() -> None:
    tensors = tensor("across", 0, (2, 3), (1, 2)) + tensor("tail", 4, (2,), (1,))
    read = read_checkpoint(checkpoint(tensors, [0, 1, 2, 3, 4, 5]))
    assert read["across"].tolist() == [[0, 2, 4], [1, 3, 5]]
    assert read["tail"].tolist() == [4, 5]


def test_another_file_is_refused() -> None:
    content = checkpoint(b"", [])
    with pytest.raises(ValueError, match="not a PyTorch checkpoint"):
        read_checkpoint(content.replace(pickle.dumps(1001, 2), pickle.dumps(1002, 2), 1))


@pytest.mark.parametrize(
    "wanted", ["os\nsystem", "builtins\neval", "torch\nload", "collections\ndefaultdict"]
)
def test_foreign_classes_are_refused(wanted: str) -> None:
    with pytest.raises(UnwantedClassError, match="is not allowed in weights"):
        read_checkpoint(checkpoint(text("w") + b"c" + wanted.encode() + b"\n" + text("x") + b"\x85Rs", []))


def test_the_allowed_classes_are_few() -> None:
    unpickler = RestrictedUnpickler.__new__(RestrictedUnpickler)
    with pytest.raises(UnwantedClassError):
        unpickler.find_class("subprocess", "Popen")
