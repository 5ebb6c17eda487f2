"""From a finished run to what is exported: rounded weights and the completion fitted to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from ..exporting.weights import folded, rounded_to_half
from ..networks.landmark_cnn import LandmarkStage
from ..training.checkpoints import load_checkpoint
from ..training.configuration import parse_document
from .cache import cached_faces
from .completion import MeshCompletion, fit_completion
from .configuration import LandmarkConfiguration
from .evaluating import find, looks
from .faces import Faces
from .training import build

_RIDGES = (1e-4, 1e-3, 1e-2, 1e-1, 1.0)


@dataclass(frozen=True)
class FinishedLandmarks:
    """The averaged network with folded, rounded weights, the completion on top of it, the checkpoint and the faces."""

    network: LandmarkStage
    completion: MeshCompletion
    configuration: LandmarkConfiguration
    state: dict
    faces: Faces


def finish(run: Path, data: Sequence[Path]) -> FinishedLandmarks:
    """Reads a run and fits the completion to what its network finds on training people through slightly wrong framings, so that the
    completion knows the network's mistakes; the ridge is the one that is best on validation people. FileNotFoundError without a
    checkpoint."""
    state = load_checkpoint(run)
    if state is None:
        raise FileNotFoundError(f"{run} holds no checkpoint: train first with `python -m austream_training train-landmarks --out {run}`")
    configuration = parse_document(LandmarkConfiguration, state["configuration"], str(run))
    network = build(configuration)
    network.load_state_dict(state["average"])
    network = rounded_to_half(folded(network))
    faces = cached_faces(data, configuration.picture, run)
    found, mesh = _look(network, faces, 0, configuration.picture)
    on_validation, expected = _look(network, faces, 1, configuration.picture)
    candidates = [fit_completion(found, mesh, ridge) for ridge in _RIDGES]
    errors = [_mesh_error(candidate, on_validation, expected) for candidate in candidates]
    best = candidates[int(np.argmin(errors))]
    best.matrix.copy_(best.matrix.half().float())
    return FinishedLandmarks(network, best, configuration, state, faces)


def _look(network: LandmarkStage, faces: Faces, split: int, size: int) -> tuple[np.ndarray, np.ndarray]:
    rows = np.flatnonzero(faces.split == split)
    found, _ = find(network, faces, rows, size, *looks(len(rows), 0.02 * faces.face_pixels, 0.04, 2, 5))
    return found, faces.mesh[rows]


def _mesh_error(completion: MeshCompletion, points: np.ndarray, mesh: np.ndarray) -> float:
    with torch.no_grad():
        found = completion(torch.from_numpy(points).float()).numpy()
    return float(np.linalg.norm(found - mesh, axis=2).mean())
