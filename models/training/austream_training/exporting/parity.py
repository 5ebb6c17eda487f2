"""Inputs that Python and C# make alike, and the outputs PyTorch gave for them."""

import json
from pathlib import Path

import numpy as np
import torch
from torch import nn

from .onnx_runtime import runtime_session

TOLERANCE = 1e-4
"""Largest difference between PyTorch and ONNX Runtime, absolute up to 1 and relative beyond."""


def formula_input(shape: tuple[int, ...], frequency: float) -> np.ndarray:
    """float32: element i of the flattened array is sin(frequency · i) + 0.5 · sin(0.37 · frequency · i + 1), in double
    precision before rounding. The C# test computes the same."""
    index = np.arange(int(np.prod(shape)), dtype=np.float64)
    return (np.sin(frequency * index) + 0.5 * np.sin(0.37 * frequency * index + 1)).astype(np.float32).reshape(shape)


def write_parity(
        network: nn.Module, landmark_count: int, size: int, rendered: tuple[np.ndarray, np.ndarray], path: Path) -> None:
    """Stores PyTorch's outputs on generated input and on rendered faces (image [n, 3, size, size], landmarks [n, 2k]).

    Beside the JSON lies ``NAME.input.bin`` with the rendered input as little-endian float32: all images, then all landmarks.
    """
    frequencies = (0.05, 0.013)
    generated_image, generated_landmarks = _generated(size, landmark_count, frequencies, 0.3)
    document = {"size": size, "landmarks": landmark_count, "frequencies": frequencies, "landmark_scale": 0.3, "cases": {}}
    for name, (image, landmarks) in {"generated": (generated_image, generated_landmarks), "rendered": rendered}.items():
        with torch.no_grad():
            intensity, features = network(torch.from_numpy(image), torch.from_numpy(landmarks))
        document["cases"][name] = {
            "count": len(image), "intensity": intensity.numpy().round(7).tolist(), "features": features.numpy().round(7).tolist()}
    image, landmarks = rendered
    path.with_suffix(".input.bin").write_bytes(image.astype("<f4").tobytes() + landmarks.astype("<f4").tobytes())
    path.write_text(json.dumps(document) + "\n", encoding="utf-8")


def _generated(size: int, landmark_count: int, frequencies: tuple[float, float], scale: float) -> tuple[np.ndarray, np.ndarray]:
    return (
        formula_input((2, 3, size, size), frequencies[0]),
        formula_input((2, 2 * landmark_count), frequencies[1]) * np.float32(scale))


def check_parity(model: Path, vectors: Path) -> float:
    """Runs the stored inputs through ONNX Runtime; the largest difference, or ValueError when it exceeds the tolerance."""
    document = json.loads(vectors.read_text(encoding="utf-8"))
    size, points = document["size"], document["landmarks"]
    stored = np.frombuffer(vectors.with_suffix(".input.bin").read_bytes(), "<f4")
    count = document["cases"]["rendered"]["count"]
    rendered = stored[:count * 3 * size * size].reshape(count, 3, size, size), stored[count * 3 * size * size:].reshape(count, 2 * points)
    generated = _generated(size, points, tuple(document["frequencies"]), document["landmark_scale"])
    session, worst = runtime_session(model), 0.0
    for name, (image, landmarks) in {"generated": generated, "rendered": rendered}.items():
        inputs = {"image": image} | ({"landmarks": landmarks} if points else {})
        for output, values in zip(("intensity", "features"), session.run(inputs, ["intensity", "features"]), strict=True):
            expected = np.array(document["cases"][name][output])
            worst = max(worst, float((np.abs(values - expected) / np.maximum(1, np.abs(expected))).max()))
    if not worst <= TOLERANCE:
        raise ValueError(f"{model} differs from PyTorch by {worst:.2g}, more than {TOLERANCE:g}: it was not exported correctly")
    return worst
