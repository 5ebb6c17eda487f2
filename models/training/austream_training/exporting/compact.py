"""Half-precision storage of single-precision networks: half the file, the same numbers."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

SMALLEST = 1024


def store_half(model: onnx.ModelProto) -> onnx.ModelProto:
    """Stores every large float32 initialiser that half precision holds exactly as float16 with a Cast to float32 behind it.

    ONNX Runtime undoes the casts once, when it loads the file; the computation stays in single precision.
    """
    graph, casts = model.graph, []
    for tensor in list(graph.initializer):
        if tensor.data_type != TensorProto.FLOAT:
            continue
        values = numpy_helper.to_array(tensor)
        half = values.astype(np.float16)
        if values.size < SMALLEST or not np.array_equal(half.astype(np.float32), values):
            continue
        stored = numpy_helper.from_array(half, tensor.name + ".half")
        casts.append(helper.make_node("Cast", [stored.name], [tensor.name], name=tensor.name + ".cast", to=TensorProto.FLOAT))
        graph.initializer.remove(tensor)
        graph.initializer.append(stored)
    for cast in reversed(casts):
        graph.node.insert(0, cast)
    return model


def expand(model: onnx.ModelProto) -> onnx.ModelProto:
    """The inverse of ``store_half``: every cast weight as a float32 initialiser again, in a copy."""
    copied = onnx.ModelProto()
    copied.CopyFrom(model)
    graph = copied.graph
    stored = {tensor.name: tensor for tensor in graph.initializer}
    for node in [node for node in graph.node if node.op_type == "Cast" and node.input[0] in stored]:
        values = numpy_helper.to_array(stored[node.input[0]]).astype(np.float32)
        graph.initializer.remove(stored[node.input[0]])
        graph.initializer.append(numpy_helper.from_array(values, node.output[0]))
        graph.node.remove(node)
    return copied
