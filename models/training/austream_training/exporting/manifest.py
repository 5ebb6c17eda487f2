"""The manifest beside an ONNX file, as the pipeline reads it."""

import json
from pathlib import Path

from ..action_units import ACTION_UNITS

SCHEMA = "austream.model/1"


def write_manifest(
        path: Path, *, identifier: str, version: str, sha256: str, crop: dict, points: list[int], landmark_network: str,
        thresholds: list[float], calibration: list[dict], origin: str, metrics: dict[str, float],
        relative: dict | None = None) -> dict:
    """Writes ``ID.json`` and returns what it says; ``relative`` describes the network beside it that compares with a neutral face."""
    document = {
        "schema": SCHEMA, "id": identifier, "version": version, "sha256": sha256, "action_units": list(ACTION_UNITS), "crop": crop,
        "landmarks": points, "landmark_network": landmark_network, "thresholds": [round(value, 4) for value in thresholds],
        "calibration": calibration, "licence": "MIT", "origin": origin, "metrics": {name: round(value, 5) for name, value in metrics.items()}}
    if relative is not None:
        document["relative"] = relative
    write_document(path, document)
    return document


def write_document(path: Path, document: dict) -> None:
    """A field per line: readable, and a change of one field is a change of one line."""
    lines = [f"  {json.dumps(name)}: {json.dumps(value)}" for name, value in document.items()]
    path.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
