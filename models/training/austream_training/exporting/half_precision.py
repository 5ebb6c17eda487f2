"""Networks that compute in half precision (float16), for GPUs and boards; inputs and outputs stay float32."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

_FLOAT32_INPUTS = {"Resize": (1, 2)}


def to_half_precision(model: onnx.ModelProto) -> onnx.ModelProto:
    """A copy that computes in float16 from the first convolution on.

    What comes before it (the picture's own mean and deviation, whose sums of 37,632 squares overflow float16) and inputs
    that do not pass through a convolution are computed in float32 up to the first multiplication with weights.
    """
    copied = onnx.ModelProto()
    copied.CopyFrom(model)
    graph = copied.graph
    producers = {name: node for node in graph.node for name in node.output}
    start = [node for node in graph.node if node.op_type in ("Conv", "Gemm", "MatMul")]
    single = _before(start, producers)
    constants = {tensor.name: tensor for tensor in graph.initializer}
    half_names = {
        name for node in graph.node if id(node) not in single
        for index, name in enumerate(node.input)
        if name in constants and index not in _FLOAT32_INPUTS.get(node.op_type, ())}
    for name in half_names:
        tensor = constants[name]
        if tensor.data_type == TensorProto.FLOAT:
            tensor.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(tensor).astype(np.float16), name))
    _halve_constants(graph, single)
    _cast_inputs(graph, single)
    for output in graph.output:
        inner = output.name + ".half"
        for node in graph.node:
            node.output[:] = [inner if name == output.name else name for name in node.output]
            node.input[:] = [inner if name == output.name else name for name in node.input]
        graph.node.append(helper.make_node("Cast", [inner], [output.name], to=TensorProto.FLOAT))
    del graph.value_info[:]
    return copied


def _before(start: list[onnx.NodeProto], producers: dict[str, onnx.NodeProto]) -> set[int]:
    """Nodes on the way from the inputs to the first weighted nodes (those with no weighted node among their ancestors)."""
    weighted = {id(node) for node in start}
    memory: dict[int, bool] = {}

    def follows_weights(node: onnx.NodeProto) -> bool:
        if id(node) not in memory:
            parents = [producers[name] for name in node.input if name in producers]
            memory[id(node)] = any(id(parent) in weighted or follows_weights(parent) for parent in parents)
        return memory[id(node)]

    return {id(node) for node in producers.values() if id(node) not in weighted and not follows_weights(node)}


def _halve_constants(graph: onnx.GraphProto, single: set[int]) -> None:
    for node in graph.node:
        if id(node) in single:
            continue
        for attribute in node.attribute:
            if attribute.name == "value" and attribute.t.data_type == TensorProto.FLOAT:
                attribute.t.CopyFrom(numpy_helper.from_array(numpy_helper.to_array(attribute.t).astype(np.float16)))
            if node.op_type == "Cast" and attribute.name == "to" and attribute.i == TensorProto.FLOAT:
                attribute.i = TensorProto.FLOAT16


def _cast_inputs(graph: onnx.GraphProto, single: set[int]) -> None:
    """Casts what the half-precision part reads from inputs and from the single-precision part."""
    float32 = {value.name for value in graph.input}
    float32 |= {name for node in graph.node if id(node) in single and node.op_type not in ("Shape", "Constant") for name in node.output}
    float32_constants = {
        name for node in graph.node if id(node) in single and node.op_type == "Constant"
        and any(item.name == "value" and item.t.data_type == TensorProto.FLOAT for item in node.attribute) for name in node.output}
    casts, position = {}, {}
    for index, node in enumerate(graph.node):
        if id(node) in single:
            continue
        for place, name in enumerate(node.input):
            if name not in float32 | float32_constants or place in _FLOAT32_INPUTS.get(node.op_type, ()):
                continue
            casts.setdefault(name, name + ".to_half")
            position.setdefault(name, index)
            node.input[place] = casts[name]
    for name, index in sorted(position.items(), key=lambda entry: -entry[1]):
        graph.node.insert(index, helper.make_node("Cast", [name], [casts[name]], to=TensorProto.FLOAT16))
