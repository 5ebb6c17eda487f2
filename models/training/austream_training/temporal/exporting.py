"""Export of a trained head: the single-step graph, its entry in the manifest, parity vectors for the C# tests."""

import json
from pathlib import Path

import numpy as np
import onnx
import torch
from torch import nn

from ..exporting.manifest import write_document
from ..exporting.onnx_file import export_onnx, write_model
from ..exporting.onnx_runtime import runtime_session
from ..networks.ordinal_head import expected_intensity
from .augmentation import plain
from .features import GAP_SECONDS, Track
from .head import TemporalHead
from .relative import Relative

INPUTS = ("features", "intensity", "elapsed", "reference", "has_reference", "state")
OUTPUTS = ["fused_intensity", "temporal_intensity", "next_state"]
PARITY_FRAMES = 24
TOLERANCE = 1e-4


class StepNetwork(nn.Module):
    """One step of a head with the contract's outputs. Where there is a reference, the frame's score is that of the comparing
    network, which lies inside the graph."""

    def __init__(self, head: TemporalHead, relative: Relative | None) -> None:
        super().__init__()
        self.head, self.relative = head, relative

    def forward(self, features, intensity, elapsed, reference, has_reference, state):
        """Every argument [n, ...] in the order of ``INPUTS``; returns fused intensity, intensity of the LSTM alone, next state."""
        if self.relative is not None and self.head.options.uses_reference:
            intensity = torch.where(has_reference > 0.5, self.relative(features, reference), intensity)
        output = self.head.step(features, intensity, elapsed, reference, has_reference, state)
        return expected_intensity(torch.sigmoid(output.fused)), expected_intensity(torch.sigmoid(output.temporal)), output.state


def export_head(head: TemporalHead, relative: Relative | None, identifier: str, features: int, path: Path, facts: dict[str, str]) -> str:
    """Writes ``ID.temporal.onnx`` and returns its SHA-256."""
    units = head.action_units
    example = dict(zip(INPUTS, (
        torch.rand(2, features), torch.rand(2, units), torch.full((2, 1), 0.1), torch.rand(2, features), torch.ones(2, 1),
        torch.zeros(2, head.state_length)), strict=True))
    metadata = {"id": f"{identifier}.temporal"} | facts
    export_onnx(StepNetwork(head, relative), example, OUTPUTS, metadata, path, compact=True)
    return state_widths(path, dict(zip(OUTPUTS, (units, units, head.state_length), strict=True)), metadata)


def state_widths(path: Path, widths: dict[str, int], metadata: dict[str, str]) -> str:
    """Writes the outputs' widths into the file, which the exporter loses behind a reshape; returns its new SHA-256."""
    model = onnx.load(str(path))
    for value in model.graph.output:
        value.type.tensor_type.shape.dim[1].dim_value = widths[value.name]
    return write_model(model, metadata, path)


def add_to_manifest(path: Path, entries: dict[str, dict]) -> dict:
    """Adds or replaces top-level objects of a manifest, keeping one field per line; returns the document."""
    document = json.loads(path.read_text(encoding="utf-8")) | entries
    write_document(path, document)
    return document


def temporal_entry(
        head: TemporalHead, file: str, sha256: str, features: int, thresholds: np.ndarray, on_by_default: bool, origin: str,
        metrics: dict[str, float]) -> dict:
    """The manifest's ``temporal`` object."""
    return {
        "file": file, "sha256": sha256, "layers": head.options.layers, "units": head.options.units, "features": features,
        "uses_reference": head.options.uses_reference, "thresholds": [round(float(value), 4) for value in thresholds],
        "calibration": [], "gap_seconds": GAP_SECONDS, "on_by_default": on_by_default, "origin": origin,
        "metrics": {name: round(float(value), 5) for name, value in metrics.items()}}


@torch.no_grad()
def write_parity(head: TemporalHead, tracks: list[Track], path: Path) -> None:
    """Stores what PyTorch computes for the first frames of two tracks, run as whole sequences: the first track with a reference,
    the second without. Beside the JSON lies ``NAME.input.bin``, little-endian float32: features [2, t, f], intensity [2, t, a],
    elapsed [2, t], reference [2, f]."""
    head.eval()
    pair = [plain(track, reference) for track, reference in zip(tracks, (True, False), strict=True)]
    count = min(PARITY_FRAMES, *(len(one.elapsed) for one in pair))
    features, scores = (np.stack([getattr(one, name)[:count] for one in pair]) for name in ("features", "scores"))
    frame_scores = np.stack([track.scores[0][:count] for track in tracks])
    elapsed, reference = np.stack([one.elapsed[:count] for one in pair]), np.stack([one.reference for one in pair])
    has_reference = np.array([float(one.has_reference) for one in pair], np.float32)
    output = head.sequence(
        torch.from_numpy(features), torch.from_numpy(scores), torch.from_numpy(elapsed).unsqueeze(2),
        torch.from_numpy(reference).unsqueeze(1).expand(-1, count, -1),
        torch.from_numpy(has_reference).reshape(2, 1, 1).expand(-1, count, -1), torch.zeros(2, head.state_length))
    document = {
        "tracks": 2, "frames": count, "features": features.shape[2], "has_reference": has_reference.tolist(),
        "intensity": expected_intensity(torch.sigmoid(output.fused)).numpy().round(6).tolist(),
        "temporal_intensity": expected_intensity(torch.sigmoid(output.temporal)).numpy().round(6).tolist(),
        "state": output.state.numpy().round(6).tolist()}
    path.with_suffix(".input.bin").write_bytes(
        b"".join(np.ascontiguousarray(array, "<f4").tobytes() for array in (features, frame_scores, elapsed, reference)))
    path.write_text(json.dumps(document) + "\n", encoding="utf-8")


def check_parity(graph: Path, vectors: Path) -> float:
    """Runs the exported graph frame by frame in ONNX Runtime over the stored tracks and returns the largest difference to PyTorch's
    whole sequences, in units of intensity; ValueError when it is above 1e-4."""
    document = json.loads(vectors.read_text(encoding="utf-8"))
    count, features, units = document["frames"], document["features"], len(document["intensity"][0][0])
    stored = np.fromfile(vectors.with_suffix(".input.bin"), "<f4")
    shapes = [(2, count, features), (2, count, units), (2, count, 1), (2, features)]
    arrays = np.split(stored, np.cumsum([int(np.prod(shape)) for shape in shapes])[:-1])
    values, scores, elapsed, reference = (array.reshape(shape) for array, shape in zip(arrays, shapes, strict=True))
    session, state, largest = runtime_session(graph), np.zeros_like(np.array(document["state"], np.float32)), 0.0
    known = np.array(document["has_reference"], np.float32).reshape(2, 1)
    for frame in range(count):
        given = dict(zip(INPUTS, (values[:, frame], scores[:, frame], elapsed[:, frame], reference, known, state), strict=True))
        fused, temporal, state = session.run(given, OUTPUTS)
        for name, found in (("intensity", fused), ("temporal_intensity", temporal)):
            expected = np.array(document[name], np.float32)[:, frame]
            largest = max(largest, float(np.abs(found.reshape(expected.shape) - expected).max()))
        state = state.reshape(2, -1)
    if not largest <= TOLERANCE:
        raise ValueError(f"{graph}: ONNX Runtime differs from PyTorch by {largest:.2g}, more than {TOLERANCE}")
    return largest
