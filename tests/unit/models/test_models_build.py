"""The sums behind the builds: folding, widening, translating."""

import hashlib
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("onnx", reason="needs the weights extra: pip install .[weights]")

from models.build.efficientnet_lite0 import fold_batch_norm
from models.build.graph import GraphWriter, same_padding
from models.build.source import Source, SourceMismatchError
from models.build.tflite import Operator, Tensor, TfliteGraph
from models.build.tflite_to_onnx import Translator
from models.build.yunet import dequantise

seeds = st.integers(0, 2**32 - 1)


def run(model: bytes, **inputs: np.ndarray) -> np.ndarray:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    first: np.ndarray = session.run(None, inputs)[0]
    return first


@given(seeds)
def test_a_folded_normalisation_is_the_unfolded_one(seed: int) -> None:
    """A 1x1 convolution is a matrix product: kernel . x, then normalised channel by channel."""
    random = np.random.default_rng(seed)
    kernel = random.normal(size=(5, 3, 1, 1)).astype(np.float32)
    scale, shift, mean = random.normal(size=(3, 5)).astype(np.float32)
    variance = random.uniform(0.01, 4, 5).astype(np.float32)
    pixel = random.normal(size=3)
    folded, bias = fold_batch_norm(kernel, scale, shift, mean, variance, 1e-3)
    plain = (kernel[:, :, 0, 0] @ pixel - mean) / np.sqrt(variance + 1e-3) * scale + shift
    assert folded[:, :, 0, 0] @ pixel + bias == pytest.approx(plain, rel=1e-3, abs=1e-4)


def test_each_block_has_its_own_scale() -> None:
    values = np.array([[1, 2, 3, 4, 5]], np.int8)
    scales, zeros = np.array([[1.0, 10.0, 0.5]], np.float32), np.array([[0, 1, 5]], np.int8)
    assert dequantise(values, scales, zeros, axis=1, block_size=2).tolist() == [[1, 2, 20, 30, 0]]


@given(st.integers(1, 300), st.integers(1, 7), st.integers(1, 4))
def test_same_padding_gives_one_output_a_step(size: int, kernel: int, stride: int) -> None:
    before, after = same_padding(size, kernel, stride)
    assert 0 <= after - before <= 1
    if before + after:
        assert (size + before + after - kernel) // stride + 1 == -(-size // stride)


def test_the_same_graph_gives_the_same_bytes() -> None:
    def once() -> bytes:
        out = GraphWriter()
        out.node("Add", "x", out.constant(np.ones(3, np.float32)), output="y")
        return out.finish("once", {"x": (3,)}, {"y": (3,)})

    assert once() == once()


def translated(operator: Operator, tensors: tuple[Tensor, ...]) -> bytes:
    """An ONNX model of one TensorFlow Lite operator whose input is tensor 0."""
    out = GraphWriter()
    graph = TfliteGraph(tensors, (operator,), (0,), operator.outputs)
    (name,) = Translator(graph, out).translate(["x"])
    out.node("Identity", name, output="y")
    return out.finish("one", {"x": tensors[0].shape}, {"y": tensors[operator.outputs[0]].shape})


@settings(max_examples=20, deadline=None)
@given(seeds, st.sampled_from([1.0, 20.0]))
def test_prelu_in_parts_is_prelu(seed: int, steepest: float) -> None:
    random = np.random.default_rng(seed)
    slope = random.uniform(-5, steepest, (1, 1, 4)).astype(np.float32)
    shape = (1, 2, 3, 4)
    model = translated(
        Operator("PRELU", (0, 1), (2,), None),
        (Tensor(shape, None), Tensor((1, 1, 4), slope), Tensor(shape, None)),
    )
    x = random.normal(size=shape).astype(np.float32)
    assert run(model, x=x) == pytest.approx(np.where(x > 0, x, x * slope), rel=1e-4, abs=1e-5)


@pytest.mark.parametrize(
    ("kind", "argument", "expected"),
    [
        ("MEAN", [-1], lambda x: x.mean(-1, keepdims=True)),
        ("SUM", [-1], lambda x: x.sum(-1, keepdims=True)),
        ("TRANSPOSE", [0, 2, 1], lambda x: x.transpose(0, 2, 1)),
        ("PAD", [[0, 0], [0, 0], [1, 2]], lambda x: np.pad(x, ((0, 0), (0, 0), (1, 2)))),
        ("RESHAPE", [2, 12], lambda x: x.reshape(2, 12)),
    ],
)
def test_operators_with_an_argument(
    kind: str, argument: list[Any], expected: Callable[[np.ndarray], np.ndarray]
) -> None:
    x = np.random.default_rng(1).normal(size=(2, 3, 4)).astype(np.float32)
    values = np.array(argument, np.int32)
    tensors = (Tensor(x.shape, None), Tensor(values.shape, values), Tensor(expected(x).shape, None))
    result = run(translated(Operator(kind, (0, 1), (2,), None), tensors), x=x)
    assert result == pytest.approx(expected(x), rel=1e-5)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("NEG", np.negative),
        ("SQRT", np.sqrt),
        ("RSQRT", lambda x: 1 / np.sqrt(x)),
        ("LOGISTIC", lambda x: 1 / (1 + np.exp(-x))),
    ],
)
def test_operators_on_each_element(kind: str, expected: Callable[[np.ndarray], np.ndarray]) -> None:
    x = np.random.default_rng(2).uniform(0.1, 3, (1, 5)).astype(np.float32)
    tensors = (Tensor(x.shape, None), Tensor(x.shape, None))
    result = run(translated(Operator(kind, (0,), (1,), None), tensors), x=x)
    assert result == pytest.approx(expected(x), rel=1e-5)


def test_a_source_with_another_content_is_refused(tmp_path: Path) -> None:
    wheel = tmp_path / "some-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("some/weights.bin", b"weights")
    right = Source("some", "1.0", "some/weights.bin", hashlib.sha256(b"weights").hexdigest())
    assert right.read(wheel) == b"weights"
    wrong = Source("some", "1.0", "some/weights.bin", "0" * 64)
    with pytest.raises(SourceMismatchError, match=r"some/weights\.bin has sha256"):
        wrong.read(wheel)


def test_a_package_of_npm_is_read_and_checked_as_well(tmp_path: Path) -> None:
    archive = tmp_path / "some-1.0.tgz"
    content = tmp_path / "weights.bin"
    content.write_bytes(b"weights")
    with tarfile.open(archive, "w:gz") as packed:
        packed.add(content, "package/weights.bin")
    sha256 = hashlib.sha256(b"weights").hexdigest()
    assert Source("@some/one", "1.0", "package/weights.bin", sha256).read(archive) == b"weights"
    with pytest.raises(SourceMismatchError, match=r"package/weights\.bin has sha256"):
        Source("@some/one", "1.0", "package/weights.bin", "0" * 64).read(archive)
