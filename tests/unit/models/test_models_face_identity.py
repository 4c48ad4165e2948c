"""SFace tells people apart, and is built from a file that onnxruntime refuses."""

import numpy as np
import onnx
import onnxruntime
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from onnx import helper, numpy_helper
from PIL import Image
from skimage import data

from models.build.sface import say_prelu_plainly, widen_plainly
from models.build.yunet import dequantise
from models.face_identity import _PLACES, align
from models.local import LocalModels

models = LocalModels()()


def signature(picture: Image.Image) -> np.ndarray:
    image = np.ascontiguousarray(picture)
    face = models.face_detector.detect(image)[0]
    height, width = image.shape[:2]
    identifier = models.face_identifier
    assert identifier is not None
    return identifier.embed(image, [(x * width, y * height) for x, y in face.landmarks])


def test_a_person_stays_the_same_turned_darker_and_smaller() -> None:
    picture = Image.fromarray(data.astronaut())
    here = signature(picture)
    assert np.linalg.norm(here) == pytest.approx(1, abs=1e-4)
    others = [
        picture.rotate(20, Image.Resampling.BICUBIC),
        picture.point(lambda value: value * 0.6),
        picture.resize((200, 200), Image.Resampling.LANCZOS),
    ]
    for other in others:
        assert here @ signature(other) > 0.75


@given(
    st.floats(-3, 3),
    st.floats(0.2, 9),
    st.floats(-500, 500),
    st.floats(-500, 500),
)
def test_alignment_undoes_any_turn_scale_and_shift(angle: float, scale: float, x: float, y: float) -> None:
    turn = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    seen = _PLACES @ turn.T + (x, y)
    matrix = align(seen)
    carried = _PLACES @ matrix[:, :2].T + matrix[:, 2]
    assert carried == pytest.approx(seen, abs=1e-6 * (1 + abs(seen).max()))


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from([0, 1]), st.sampled_from([1, 2, 4]))
def test_plain_operations_widen_as_the_blocked_one_would(seed: int, axis: int, block: int) -> None:
    random = np.random.default_rng(seed)
    values = random.integers(-128, 128, (4, 8)).astype(np.int8)
    shape = [4, 8]
    shape[axis] //= block
    scales = random.uniform(0.01, 1, shape).astype(np.float32)
    zeros = random.integers(-128, 128, shape).astype(np.int8)
    constants: dict[str, np.ndarray] = {"values": values, "scales": scales, "zeros": zeros}
    graph = helper.make_graph(
        [
            helper.make_node(
                "DequantizeLinear", ["values", "scales", "zeros"], ["wide"], axis=axis, block_size=block
            ),
            helper.make_node("Add", ["wide", "x"], ["y"]),
        ],
        "one",
        [helper.make_tensor_value_info("x", onnx.TensorProto.FLOAT, [4, 8])],
        [helper.make_tensor_value_info("y", onnx.TensorProto.FLOAT, [4, 8])],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    widen_plainly(graph)
    found = run(graph, np.zeros((4, 8), np.float32))
    assert found == pytest.approx(dequantise(values, scales, zeros, axis, block), abs=1e-5)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32 - 1), st.sampled_from([1.0, 1.2]))
def test_plain_operations_lean_as_prelu_would(seed: int, steepest: float) -> None:
    random = np.random.default_rng(seed)
    slopes = random.uniform(-0.7, steepest, (5, 1, 1)).astype(np.float32)
    shape = [1, 5, 3, 4]
    graph = helper.make_graph(
        [helper.make_node("PRelu", ["x", "slopes"], ["y"])],
        "one",
        [helper.make_tensor_value_info("x", onnx.TensorProto.FLOAT, shape)],
        [helper.make_tensor_value_info("y", onnx.TensorProto.FLOAT, shape)],
        [numpy_helper.from_array(slopes, "slopes")],
    )
    values = random.normal(size=shape).astype(np.float32)
    before = run(graph, values)
    say_prelu_plainly(graph)
    assert "PRelu" not in {node.op_type for node in graph.node}
    assert run(graph, values) == pytest.approx(before, abs=1e-6)


def run(graph: onnx.GraphProto, values: np.ndarray) -> np.ndarray:
    """What a graph from "x" to "y" makes of some values."""
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    first: np.ndarray = session.run(None, {"x": values})[0]
    return first
