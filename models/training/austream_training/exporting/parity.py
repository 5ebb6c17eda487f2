"""Inputs that Python and C# make alike, and the outputs PyTorch gave for them."""

import json
from pathlib import Path

import numpy as np
import torch
from torch import nn


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
    generated_image = formula_input((2, 3, size, size), frequencies[0])
    generated_landmarks = formula_input((2, 2 * landmark_count), frequencies[1]) * np.float32(0.3)
    document = {"size": size, "landmarks": landmark_count, "frequencies": frequencies, "landmark_scale": 0.3, "cases": {}}
    for name, (image, landmarks) in {"generated": (generated_image, generated_landmarks), "rendered": rendered}.items():
        with torch.no_grad():
            intensity, features = network(torch.from_numpy(image), torch.from_numpy(landmarks))
        document["cases"][name] = {
            "count": len(image), "intensity": intensity.numpy().round(7).tolist(), "features": features.numpy().round(7).tolist()}
    image, landmarks = rendered
    path.with_suffix(".input.bin").write_bytes(image.astype("<f4").tobytes() + landmarks.astype("<f4").tobytes())
    path.write_text(json.dumps(document) + "\n", encoding="utf-8")
