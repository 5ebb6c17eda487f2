"""The manifest beside an ONNX file, as the pipeline reads it."""

import json
from pathlib import Path

from ..action_units import ACTION_UNITS

SCHEMA = "austream.model/1"


def write_manifest(
        path: Path, *, identifier: str, version: str, sha256: str, crop: dict, points: list[int], thresholds: list[float],
        origin: str, metrics: dict[str, float]) -> dict:
    """Writes ``ID.json`` and returns what it says."""
    document = {
        "schema": SCHEMA, "id": identifier, "version": version, "sha256": sha256, "action_units": list(ACTION_UNITS), "crop": crop,
        "landmarks": points, "landmark_network": "face_landmark", "thresholds": [round(value, 4) for value in thresholds],
        "calibration": [], "licence": "MIT", "origin": origin, "metrics": {name: round(value, 5) for name, value in metrics.items()}}
    lines = [f"  {json.dumps(name)}: {json.dumps(value)}" for name, value in document.items()]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    return document
