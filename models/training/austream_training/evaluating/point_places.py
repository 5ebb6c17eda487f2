"""Where the labelled face points of rendered people lie, beside where a mesh that learned from photographs sees them: what the generator's
places of points and proportions were fitted to. Lengths are in units of the distance of the outer eye corners."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ..data.guard import require_synthetic
from ..data.selection import SOURCES

COMPARED: dict[int, int] = {
    36: 33, 39: 133, 42: 362, 45: 263, 33: 2, 48: 61, 49: 39, 50: 37, 51: 0, 52: 267, 53: 269, 54: 291, 55: 405, 56: 314, 57: 17, 58: 84, 59: 181,
    60: 78, 64: 308, 8: 152}
"""Points of the 68 scheme to points of the mesh that mean the same place, or nearly (49, 53, 55 and 59 differ along the lip)."""

_MIRRORED = {36: 45, 39: 42, 48: 54, 49: 53, 50: 52, 59: 55, 58: 56, 60: 64, 33: 33, 51: 51, 57: 57, 8: 8}
_BROWS = {"inner": (55, 285, 107, 336), "middle": (52, 282, 105, 334), "outer": (46, 276, 70, 300)}
"""Points of the mesh at the lower and the upper edge of both brows."""
_EYE_CORNERS = (33, 133, 362, 263)
_LARGEST_YAW, _LARGEST_PITCH = 12, 8


def offsets(labelled: np.ndarray, mesh: np.ndarray) -> dict[int, tuple[float, float]]:
    """labelled [n, 68, 2], mesh [n, 468, 2 or 3] in the same pixels to, per point of the person's right side and the middle, by how much the mesh
    lies towards the middle and up from it, both sides together."""
    right, down, scale = _axes(labelled)
    away = {}
    for point, vertex in COMPARED.items():
        difference = (mesh[:, vertex, :2] - labelled[:, point]) / scale
        away[point] = np.array([(difference * right).sum(1).mean(), -(difference * down).sum(1).mean()])
    result = {}
    for point, other in _MIRRORED.items():
        inwards = 0.0 if point == other else (away[point][0] - away[other][0]) / 2
        result[point] = (float(inwards), float((away[point][1] + away[other][1]) / 2))
    return result


def proportions(points: np.ndarray, places: dict[int, int]) -> dict[str, float]:
    """points [n, k, 2 or 3] with the scheme's points at ``places`` to means: inner eye corners, chin, corners of the mouth, base of the nose, width of the mouth."""
    at = {point: points[:, place, :2] for point, place in places.items()}
    eyes = np.stack([at[36], at[45]], 1)
    middle, (_, down, scale) = eyes.mean(1), _axes(np.stack([at[36], at[45]], 1), (0, 1))
    below = {name: float((((point - middle) / scale) * down).sum(1).mean()) for name, point in (
        ("chin", at[8]), ("mouth corners", (at[48] + at[54]) / 2), ("nose base", at[33]))}
    apart = {name: float((np.linalg.norm(one - other, axis=1) / scale[:, 0]).mean()) for name, one, other in (
        ("inner eyes", at[39], at[42]), ("mouth width", at[48], at[54]))}
    return below | apart


def brow_heights(mesh: np.ndarray) -> dict[str, tuple[float, float]]:
    """mesh [n, 468, 2 or 3] to the mean and the deviation over faces of how far the brows' middles lie above the line of the eye corners, 33 and 263 being level."""
    line, width = mesh[:, _EYE_CORNERS, 1].mean(1), np.linalg.norm(mesh[:, 263, :2] - mesh[:, 33, :2], axis=1)
    heights = {name: (line - mesh[:, points, 1].mean(1)) / width for name, points in _BROWS.items()}
    return {name: (float(height.mean()), float(height.std())) for name, height in heights.items()}


def point_places(data: Sequence[Path]) -> dict[str, dict]:
    """Per kind of head in folders of shards: faces (neutral, nearly frontal, nothing in front), offsets, proportions as labelled and as the mesh sees them, heights of brows."""
    labelled: dict[int, list[np.ndarray]] = {}
    meshes: dict[int, list[np.ndarray]] = {}
    for shard in sorted(path.parent for folder in data for path in folder.glob("*/shard.json")):
        require_synthetic(shard)
        points, mesh, neutral, source, pose, occluded = (
            np.load(shard / f"{name}.npy") for name in ("crop_points68", "mesh", "neutral", "source", "pose", "occluded"))
        usable = (neutral == 1) & (occluded == 0) & (np.abs(pose[:, 0]) < _LARGEST_YAW) & (np.abs(pose[:, 1]) < _LARGEST_PITCH)
        for kind in np.unique(source[usable]):
            labelled.setdefault(int(kind), []).append(points[usable & (source == kind)])
            meshes.setdefault(int(kind), []).append(mesh[usable & (source == kind)])
    result = {}
    for kind in sorted(labelled):
        points, mesh = np.concatenate(labelled[kind]), np.concatenate(meshes[kind])
        result[SOURCES[kind]] = {
            "faces": len(points), "mesh_from_label": offsets(points, mesh),
            "labelled": proportions(points, {point: point for point in COMPARED}), "seen": proportions(mesh, COMPARED),
            "brows_seen": brow_heights(mesh)}
    return result


def _axes(points: np.ndarray, corners: tuple[int, int] = (36, 45)) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    along = points[:, corners[1]] - points[:, corners[0]]
    scale = np.linalg.norm(along, axis=1, keepdims=True)
    right = along / scale
    return right, np.stack([-right[:, 1], right[:, 0]], 1), scale
