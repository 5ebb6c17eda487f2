#!/usr/bin/env python3
"""Plain numpy interpreter of the MediaPipe face models: the independent reference of MediaPipeImporterTests.

    python3 tflite_reference.py DETECTION_PACKAGE MESH_PACKAGE > expected_outputs.json

It reads the TensorFlow Lite files with its own FlatBuffers reader, keeps TensorFlow's layouts, and runs every operation in
float64 on a generated picture: pixel(c, y, x) = (31x + 17y + 59c + 7((x*y) mod 23)) mod 256 / 255, stretched to the model's
range. It prints every output's mean, mean absolute value, and 64 evenly spaced samples.
"""
import json
import os
import struct
import sys

import numpy as np

NAMES = {0: "ADD", 2: "CONCATENATION", 3: "CONV_2D", 4: "DEPTHWISE_CONV_2D", 6: "DEQUANTIZE", 17: "MAX_POOL_2D", 18: "MUL",
         19: "RELU", 22: "RESHAPE", 23: "RESIZE_BILINEAR", 34: "PAD", 45: "STRIDED_SLICE", 54: "PRELU"}
TYPES = {0: np.float32, 1: np.float16, 2: np.int32}


class Table:
    def __init__(self, data, position):
        self.data, self.position = data, position
        self.layout = position - self.number("<i", position)

    def number(self, form, position):
        return struct.unpack_from(form, self.data, position)[0]

    def at(self, field):
        entry = 4 + 2 * field
        if entry >= self.number("<H", self.layout):
            return None
        offset = self.number("<H", self.layout + entry)
        return self.position + offset if offset else None

    def get(self, field, form="<i", absent=0):
        position = self.at(field)
        return absent if position is None else self.number(form, position)

    def target(self, field):
        position = self.at(field)
        return None if position is None else position + self.number("<I", position)

    def table(self, field):
        position = self.target(field)
        return None if position is None else Table(self.data, position)

    def bytes(self, field):
        position = self.target(field)
        return b"" if position is None else self.data[position + 4:position + 4 + self.number("<I", position)]

    def ints(self, field):
        return list(np.frombuffer(self.bytes4(field), np.int32))

    def bytes4(self, field):
        position = self.target(field)
        return b"" if position is None else self.data[position + 4:position + 4 + 4 * self.number("<I", position)]

    def tables(self, field):
        position = self.target(field)
        if position is None:
            return []
        entries = [position + 4 + 4 * i for i in range(self.number("<I", position))]
        return [Table(self.data, entry + self.number("<I", entry)) for entry in entries]


def windows(x, kernel, stride, same, fill):
    (kh, kw), (sh, sw) = kernel, stride
    if same:
        def total(n, k, s):
            return max((-(-n // s) - 1) * s + k - n, 0)
        v, h = total(x.shape[1], kh, sh), total(x.shape[2], kw, sw)
        x = np.pad(x, ((0, 0), (v // 2, v - v // 2), (h // 2, h - h // 2), (0, 0)), constant_values=fill)
    view = np.lib.stride_tricks.sliding_window_view(x, (kh, kw), axis=(1, 2))
    return view[:, ::sh, ::sw]  # n, y, x, c, kh, kw


def activate(x, code):
    assert code in (0, 1)
    return np.maximum(x, 0) if code else x


def resize(x, size):
    def axis(n, m):
        position = np.clip((np.arange(m) + 0.5) * n / m - 0.5, 0, n - 1)
        low = np.floor(position).astype(int)
        return low, np.minimum(low + 1, n - 1), position - low
    y0, y1, fy = axis(x.shape[1], size[0])
    x0, x1, fx = axis(x.shape[2], size[1])
    rows = x[:, y0] * (1 - fy)[None, :, None, None] + x[:, y1] * fy[None, :, None, None]
    return rows[:, :, x0] * (1 - fx)[None, None, :, None] + rows[:, :, x1] * fx[None, None, :, None]


def flexbuffer_map(data):
    """Whole numbers, numbers and vectors of a FlexBuffers map with string keys."""
    def integer(position, width, signed=False):
        return int.from_bytes(data[position:position + width], "little", signed=signed)

    def value(position, width, kind, child_width):
        if kind in (1, 2):
            return integer(position, width, kind == 1)
        if kind == 3:
            return struct.unpack_from({4: "<f", 8: "<d", 2: "<e"}[width], data, position)[0]
        start = position - integer(position, width)
        if kind in (6, 7):
            return struct.unpack_from({4: "<f", 8: "<d"}[child_width], data, start)[0] if False else integer(start, child_width)
        if kind == 8:
            return struct.unpack_from({4: "<f", 8: "<d"}[child_width], data, start)[0]
        count = integer(start - child_width, child_width)
        if kind in (11, 12):
            return [integer(start + i * child_width, child_width, kind == 11) for i in range(count)]
        if kind in (9, 10):
            kinds = start + count * child_width
            items = [value(start + i * child_width, child_width, data[kinds + i] >> 2, 1 << (data[kinds + i] & 3)) for i in range(count)]
            if kind == 10:
                return items
            keys_width = integer(start - 2 * child_width, child_width)
            keys_at = start - 3 * child_width
            keys = keys_at - integer(keys_at, child_width)
            names = []
            for i in range(count):
                entry = keys + i * keys_width
                text = entry - integer(entry, keys_width)
                names.append(data[text:data.index(b"\0", text)].decode())
            return dict(zip(names, items))
        raise ValueError("FlexBuffers type %d" % kind)

    width, packed = data[-1], data[-2]
    return value(len(data) - 2 - width, width, packed >> 2, 1 << (packed & 3))


def transform_matrix(landmarks, options):
    """Landmarks2TransformMatrix: from output pixels to landmark pixels, T(centre) R(angle) S(scale * size / output) T(-output / 2)."""
    points = landmarks[0, :, :2]
    left, right = points[options["left_rotation_idx"]], points[options["right_rotation_idx"]]
    angle = np.arctan2(right[1] - left[1], right[0] - left[0])
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    turned = points[options["subset_idxs"]] @ turn
    low, high = turned.min(0), turned.max(0)
    centre = turn @ ((low + high) / 2)
    size = high - low
    out = np.array([options["output_width"], options["output_height"]], float)
    scale = np.array([options["scale_x"], options["scale_y"]]) * size / out
    matrix = np.eye(4)[None].copy()
    matrix[0, :2, :2] = turn * scale[None, :]
    matrix[0, :2, 3] = centre - matrix[0, :2, :2] @ (out / 2)
    return matrix


def transform_tensor(x, matrix, size):
    height, width = x.shape[1:3]
    ys, xs = np.meshgrid(np.arange(size[0]), np.arange(size[1]), indexing="ij")
    m = matrix[0]
    px = m[0, 0] * (xs + 0.5) + m[0, 1] * (ys + 0.5) + m[0, 3] - 0.5
    py = m[1, 0] * (xs + 0.5) + m[1, 1] * (ys + 0.5) + m[1, 3] - 0.5
    left, top = np.floor(px).astype(int), np.floor(py).astype(int)
    result = np.zeros((1,) + tuple(size) + (x.shape[3],))
    for dy in (0, 1):
        for dx in (0, 1):
            cx, cy = left + dx, top + dy
            weight = (1 - np.abs(px - cx)) * (1 - np.abs(py - cy))
            inside = (cx >= 0) & (cx < width) & (cy >= 0) & (cy < height)
            result[0] += (weight * inside)[..., None] * x[0, np.clip(cy, 0, height - 1), np.clip(cx, 0, width - 1)]
    return result


def run(data, low, high):
    model = Table(data, struct.unpack_from("<I", data, 0)[0])
    codes = []
    for code in model.tables(1):
        number = max(code.get(0, "<b"), code.get(3))
        codes.append(code.bytes(1).decode() if number == 32 else NAMES[number])
    buffers = [buffer.bytes(0) for buffer in model.tables(4)]
    graph = model.tables(2)[0]
    tensors = graph.tables(0)
    shapes = [tensor.ints(0) for tensor in tensors]
    values = {}
    for index, tensor in enumerate(tensors):
        raw = buffers[tensor.get(2)]
        if raw:
            values[index] = np.frombuffer(raw, TYPES[tensor.get(1, "<b")]).reshape(shapes[index])
    source = graph.ints(1)[0]
    _, height, width, _ = shapes[source]
    y, x, c = np.meshgrid(np.arange(height), np.arange(width), np.arange(3), indexing="ij")
    pixel = ((31 * x + 17 * y + 59 * c + 7 * ((x * y) % 23)) % 256) / 255
    values[source] = (low + (high - low) * pixel)[None]
    for node in graph.tables(3):
        kind, inputs, output = codes[node.get(0)], node.ints(1), node.ints(2)[0]
        options = node.table(4)
        x = values[inputs[0]]
        x = x if x.dtype == np.int32 else x.astype(np.float64)
        if kind == "DEQUANTIZE":
            result = x
        elif kind == "CONV_2D":
            view = windows(x, values[inputs[1]].shape[1:3], (options.get(2), options.get(1)), options.get(0, "<b") == 0, 0)
            result = np.einsum("nyxcij,oijc->nyxo", view, values[inputs[1]], optimize=True) + values[inputs[2]]
            result = activate(result, options.get(3, "<b"))
        elif kind == "DEPTHWISE_CONV_2D":
            view = windows(x, values[inputs[1]].shape[1:3], (options.get(2), options.get(1)), options.get(0, "<b") == 0, 0)
            result = np.einsum("nyxcij,ijc->nyxc", view, values[inputs[1]][0], optimize=True) + values[inputs[2]]
            result = activate(result, options.get(4, "<b"))
        elif kind == "MAX_POOL_2D":
            view = windows(x, (options.get(4), options.get(3)), (options.get(2), options.get(1)), options.get(0, "<b") == 0, -np.inf)
            result = activate(view.max((4, 5)), options.get(5, "<b"))
        elif kind == "ADD":
            result = activate(x + values[inputs[1]], options.get(0, "<b") if options else 0)
        elif kind == "MUL":
            result = activate(x * values[inputs[1]], options.get(0, "<b") if options else 0)
        elif kind == "RELU":
            result = np.maximum(x, 0)
        elif kind == "PRELU":
            result = np.where(x >= 0, x, x * values[inputs[1]])
        elif kind == "PAD":
            result = np.pad(x, values[inputs[1]])
        elif kind == "RESHAPE":
            result = x.reshape(shapes[output])
        elif kind == "CONCATENATION":
            result = np.concatenate([values[i] for i in inputs], options.get(0))
        elif kind == "RESIZE_BILINEAR":
            assert options.get(3, "<b") == 1
            result = resize(x, values[inputs[1]])
        elif kind == "STRIDED_SLICE":
            result = x
        elif kind == "Landmarks2TransformMatrix":
            result = transform_matrix(x, flexbuffer_map(node.bytes(5)))
        elif kind == "TransformTensorBilinear":
            result = transform_tensor(x, values[inputs[1]], shapes[output][1:3])
        elif kind == "TransformLandmarks":
            matrix = values[inputs[1]][0]
            result = (x[0] @ matrix[:2, :2].T + matrix[:2, 3])[None]
        assert list(result.shape) == list(shapes[output]), (kind, result.shape, shapes[output])
        values[output] = result
    return [values[i].reshape(-1) for i in graph.ints(2)]


def packed(folder, name):
    base = os.path.join(folder, "face_mesh_solution_packed_assets")
    script = open(base + "_loader.js").read()
    listing = script[script.rindex("loadPackage(") + len("loadPackage("):]
    for entry in json.loads(listing[:listing.index(");")])["files"]:
        if entry["filename"].endswith("/" + name):
            return open(base + ".data", "rb").read()[entry["start"]:entry["end"]]
    raise KeyError(name)


def main():
    detection, mesh = sys.argv[1:3]
    models = {
        "face_detection_short_range": (open(os.path.join(detection, "face_detection_short_range.tflite"), "rb").read(), -1, 1),
        "face_detection_full_range": (open(os.path.join(detection, "face_detection_full_range.tflite"), "rb").read(), -1, 1),
        "face_landmark": (packed(mesh, "face_landmark.tflite"), 0, 1),
        "face_landmark_with_attention": (packed(mesh, "face_landmark_with_attention.tflite"), 0, 1),
    }
    expected = {}
    for name, (data, low, high) in models.items():
        expected[name] = []
        for output in run(data, low, high):
            picks = np.linspace(0, len(output) - 1, min(64, len(output))).astype(int)
            expected[name].append({
                "count": len(output), "mean": round(float(output.mean()), 6), "mean_absolute": round(float(np.abs(output).mean()), 6),
                "indices": picks.tolist(), "values": [round(float(v), 5) for v in output[picks]]})
    json.dump(expected, sys.stdout)
    print()


if __name__ == "__main__":
    main()
