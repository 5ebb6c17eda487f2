"""A landmark network with 8-bit convolutions: what it gains and what it loses, on synthetic people."""

import json
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch

from ..exporting.compact import expand
from ..exporting.manifest import write_document
from ..exporting.onnx_file import write_model
from ..exporting.onnx_runtime import RuntimeSession
from ..exporting.quantised import quantise
from .evaluating import looks, pictures_of
from .faces import Faces, read_faces
from .framing import MARGIN

CALIBRATION_FACES = 256
MEASURED_FACES = 400
REPEATS = 50
_OUTER_CORNERS = [33, 263]


def measure_fewer_bits(model: Path, data: Sequence[Path], out: Path) -> dict[str, float]:
    """Writes ``ID-int8.onnx`` and its manifest into ``out`` for the landmark network ``model`` (ID.onnx with ID.json; 468 mesh points
    ``landmarks`` in pixels of its input ``image``). Ranges come from validation people, the comparison from test people.

    Returned: milliseconds of one face on one core before and after, and by how much the mesh moved, as a fraction of the distance of
    the outer eye corners (mean, and the 99th percentile over points and faces); and the share of faces still taken for one."""
    original = expand(onnx.load_model(str(model)))
    size = original.graph.input[0].type.tensor_type.shape.dim[2].dim_value
    faces = read_faces(_judged(data), size / MARGIN)
    name = original.graph.input[0].name
    converted = quantise(original, {name: _pictures(faces, 1, CALIBRATION_FACES, size)})
    shown = _pictures(faces, 2, MEASURED_FACES, size)
    before, after = RuntimeSession(original.SerializeToString()), RuntimeSession(converted.SerializeToString())
    (mesh, _), (moved, flags) = (_run(session, name, shown) for session in (before, after))
    corners = mesh[:, _OUTER_CORNERS, :2]
    shift = np.linalg.norm(moved[:, :, :2] - mesh[:, :, :2], axis=2) / np.linalg.norm(corners[:, 0] - corners[:, 1], axis=1)[:, None]
    milliseconds, milliseconds_int8 = (_milliseconds(session, name, shown[:1]) for session in (before, after))
    report = {
        "faces": len(shown), "milliseconds": milliseconds, "milliseconds_int8": milliseconds_int8,
        "mesh_shift": float(shift.mean()), "mesh_shift_99": float(np.quantile(shift, 0.99)), "faces_seen": float((flags > 0).mean())}
    identifier = f"{model.stem}-int8"
    out.mkdir(parents=True, exist_ok=True)
    metadata = {entry.key: entry.value for entry in original.metadata_props} | {"id": identifier}
    manifest = json.loads(model.with_suffix(".json").read_text(encoding="utf-8"))
    write_document(out / f"{identifier}.json", manifest | {
        "id": identifier, "sha256": write_model(converted, metadata, out / f"{identifier}.onnx")})
    return report


def _judged(data: Sequence[Path]) -> Sequence[Path]:
    """The shards that hold no training people, where they can be told by their names: cutting squares takes long."""
    folders = sorted(path.parent for root in data for path in root.rglob("shard.json"))
    return [folder for folder in folders if not folder.name.startswith("train-")] or data


def _pictures(faces: Faces, split: int, count: int, size: int) -> np.ndarray:
    """float32 [n, 3, size, size] in 0-1: people of a split as the tracker frames them."""
    rows = np.flatnonzero(faces.split == split)[:count]
    framings = looks(len(rows), 0, 0, 0, 0)
    return np.concatenate([batch.contiguous(memory_format=torch.contiguous_format).numpy() for _, batch in pictures_of(faces, rows, size, *framings)])


def _run(session: RuntimeSession, name: str, pictures: np.ndarray, batch: int = 16) -> tuple[np.ndarray, np.ndarray]:
    parts = [session.run({name: pictures[start:start + batch]}, ["landmarks", "face_flag"]) for start in range(0, len(pictures), batch)]
    return np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])


def _milliseconds(session: RuntimeSession, name: str, picture: np.ndarray) -> float:
    """The least of several calls, because other programs only add."""
    times = []
    for _ in range(REPEATS):
        started = time.perf_counter()
        session.run({name: picture}, ["landmarks"])
        times.append(time.perf_counter() - started)
    return 1000 * min(times)
