"""8-bit networks: convolutions in QuantizeLinear/DequantizeLinear form, which ONNX Runtime and TensorRT compute in integers."""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from .onnx_runtime import RuntimeSession

LARGE_MATRIX = 16384

_LEVELS = 63
"""Largest weight of a convolution in integers. Processors without VNNI add two products of 8 bits in 16 before they widen: 2 · 255 · 63 fits, with
127 it would not, and the network would compute something else there."""


def quantise(model: onnx.ModelProto, inputs: dict[str, np.ndarray], batch: int = 32) -> onnx.ModelProto:
    """A copy with 8-bit convolutions, calibrated on ``inputs`` (name to float32 [n, ...]).

    Activations: unsigned, one scale per tensor, range from the calibration's lowest to highest value. Convolution weights:
    signed, symmetric, of 7 bits so that they compute the same everywhere, one scale per filter; biases int32. Large matrices are stored in 8 bits and computed in single precision:
    they cost little and their inputs (landmarks) need the resolution.
    """
    copied = onnx.ModelProto()
    copied.CopyFrom(model)
    graph = copied.graph
    constants = {tensor.name: tensor for tensor in graph.initializer}
    convolutions = [node for node in graph.node if node.op_type == "Conv" and node.input[1] in constants]
    tensors = _activations(graph, convolutions)
    ranges = _calibrate(model, tensors, inputs, batch)
    scales = {name: _scale(*ranges[name]) for name in tensors}
    _quantise_activations(graph, scales)
    for node in convolutions:
        _quantise_convolution(graph, node, constants, scales)
    for node in list(graph.node):
        if node.op_type in ("Gemm", "MatMul"):
            _store_matrix(graph, node, constants)
    del graph.value_info[:]
    used = {name for node in graph.node for name in node.input}
    kept = [tensor for tensor in graph.initializer if tensor.name in used]
    del graph.initializer[:]
    graph.initializer.extend(kept)
    return copied


def _activations(graph: onnx.GraphProto, convolutions: list[onnx.NodeProto]) -> list[str]:
    """What convolutions read, what they yield (after a ReLU right behind), and both sides of residual additions between them."""
    readers: dict[str, list[onnx.NodeProto]] = {}
    for node in graph.node:
        for name in node.input:
            readers.setdefault(name, []).append(node)
    results = {value.name for value in graph.output}
    names: dict[str, None] = {}
    yielded = set()
    for node in convolutions:
        names.setdefault(node.input[0])
        result = node.output[0]
        following = readers.get(result, [])
        if len(following) == 1 and following[0].op_type == "Relu":
            result = following[0].output[0]
        yielded.add(result)
        names.setdefault(result)
    for node in graph.node:
        if node.op_type == "Add" and any(name in yielded or name in names for name in node.input):
            if all(name in names for name in node.input):
                names.setdefault(node.output[0])
    return [name for name in names if name not in results]


def _calibrate(
        model: onnx.ModelProto, tensors: list[str], inputs: dict[str, np.ndarray], batch: int) -> dict[str, tuple[float, float]]:
    probed = onnx.ModelProto()
    probed.CopyFrom(model)
    own = {value.name for value in probed.graph.output}
    probed.graph.output.extend(
        helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in tensors if name not in own)
    session = RuntimeSession(probed.SerializeToString())
    ranges = {name: (0.0, 0.0) for name in tensors}
    count = len(next(iter(inputs.values())))
    for start in range(0, count, batch):
        values = session.run({name: value[start:start + batch] for name, value in inputs.items()}, tensors)
        for name, value in zip(tensors, values, strict=True):
            low, high = ranges[name]
            ranges[name] = (min(low, float(value.min())), max(high, float(value.max())))
    return ranges


def _scale(low: float, high: float) -> tuple[np.float32, np.uint8]:
    """Scale and zero point so that 0 is exact and low to high fits 0-255."""
    scale = max(high - low, 1e-6) / 255
    return np.float32(scale), np.uint8(np.clip(round(-low / scale), 0, 255))


def _constant(graph: onnx.GraphProto, name: str, value: np.ndarray) -> str:
    graph.initializer.append(numpy_helper.from_array(np.asarray(value), name))
    return name


def _quantise_activations(graph: onnx.GraphProto, scales: dict[str, tuple[np.float32, np.uint8]]) -> None:
    """Puts a Quantize/Dequantize pair behind every tensor; all its readers read the result."""
    producer = {name: index for index, node in enumerate(graph.node) for name in node.output}
    insertions = []
    for name, (scale, zero) in scales.items():
        for node in graph.node:
            node.input[:] = [name + ".restored" if value == name else value for value in node.input]
        scale_name, zero_name = _constant(graph, name + ".scale", scale), _constant(graph, name + ".zero", zero)
        pair = [
            helper.make_node("QuantizeLinear", [name, scale_name, zero_name], [name + ".quantised"], name=name + ".quantise"),
            helper.make_node("DequantizeLinear", [name + ".quantised", scale_name, zero_name], [name + ".restored"], name=name + ".restore")]
        insertions.append((producer.get(name, -1) + 1, pair))
    for index, pair in sorted(insertions, key=lambda entry: -entry[0]):
        for node in reversed(pair):
            graph.node.insert(index, node)


def _quantise_convolution(
        graph: onnx.GraphProto, node: onnx.NodeProto, constants: dict[str, onnx.TensorProto],
        scales: dict[str, tuple[np.float32, np.uint8]]) -> None:
    source = node.input[0].removesuffix(".restored")
    weights = numpy_helper.to_array(constants[node.input[1]])
    scale = np.maximum(np.abs(weights).reshape(len(weights), -1).max(1), 1e-8).astype(np.float32) / _LEVELS
    levels = np.clip(np.round(weights / scale.reshape(-1, 1, 1, 1)), -_LEVELS, _LEVELS).astype(np.int8)
    node.input[1] = _restored(graph, node.input[1], levels, scale, 0)
    if len(node.input) > 2 and node.input[2] in constants and source in scales:
        bias = numpy_helper.to_array(constants[node.input[2]])
        bias_scale = (scales[source][0] * scale).astype(np.float32)
        node.input[2] = _restored(graph, node.input[2], np.round(bias / bias_scale).astype(np.int32), bias_scale, 0)


def _store_matrix(graph: onnx.GraphProto, node: onnx.NodeProto, constants: dict[str, onnx.TensorProto]) -> None:
    if node.input[1] not in constants:
        return
    weights = numpy_helper.to_array(constants[node.input[1]])
    if weights.ndim != 2 or weights.size < LARGE_MATRIX:
        return
    axis = 0 if any(item.name == "transB" and item.i for item in node.attribute) else 1
    scale = np.maximum(np.abs(weights).max(1 - axis), 1e-8).astype(np.float32) / 127
    shaped = scale.reshape(-1, 1) if axis == 0 else scale
    node.input[1] = _restored(graph, node.input[1], np.clip(np.round(weights / shaped), -127, 127).astype(np.int8), scale, axis)


def _restored(graph: onnx.GraphProto, name: str, levels: np.ndarray, scale: np.ndarray, axis: int) -> str:
    restored = name + ".restored"
    if any(restored in node.output for node in graph.node):
        return restored
    inputs = [
        _constant(graph, name + ".levels", levels), _constant(graph, name + ".scales", scale),
        _constant(graph, name + ".zeros", np.zeros(len(scale), levels.dtype))]
    graph.node.insert(0, helper.make_node("DequantizeLinear", inputs, [restored], name=name + ".restore", axis=axis))
    return restored
