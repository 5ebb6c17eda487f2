"""How far the landmark network's points are from the true ones on synthetic people."""

import math
from collections.abc import Iterator

import numpy as np
import torch

from ..data.augmentation import transform
from ..data.face_points import OUTER_EYE_CORNERS
from ..networks.landmark_cnn import LandmarkStage
from .completion import MeshCompletion
from .faces import Faces
from .framing import MARGIN, face_squares

BATCH = 128


def normalised_errors(found: np.ndarray, true: np.ndarray) -> np.ndarray:
    """Per face the mean over its points of the distance, in units of the distance of the outer eye corners; both [n, 66, 2]."""
    left, right = (true[:, corner] for corner in OUTER_EYE_CORNERS)
    return np.linalg.norm(found - true, axis=2).mean(1) / np.linalg.norm(right - left, axis=1)


def looks(count: int, shift: float, scale: float, degrees: float, seed: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Matrices [n, 2, 2] and offsets [n, 2] for ``transform``: framings off by a normal ``shift`` (pixels), logarithm of ``scale`` and angle."""
    random = np.random.default_rng(seed)
    angle = random.normal(0, math.radians(degrees), count) if degrees else np.zeros(count)
    size = np.exp(random.normal(0, scale, count)) if scale else np.ones(count)
    matrix = size[:, None, None] * np.stack([np.cos(angle), -np.sin(angle), np.sin(angle), np.cos(angle)], 1).reshape(-1, 2, 2)
    offset = random.normal(0, shift, (count, 2)) if shift else np.zeros((count, 2))
    return torch.from_numpy(matrix).float(), torch.from_numpy(offset).float()


@torch.no_grad()
def find(
        network: LandmarkStage, faces: Faces, rows: np.ndarray, size: int, matrix: torch.Tensor, offset: torch.Tensor
) -> tuple[np.ndarray, np.ndarray]:
    """Points [n, 66, 2] in pixels of the stored squares and log-odds of a face [n], looked at through the given framings."""
    network.eval()
    points, flags = [], []
    for place, pictures in pictures_of(faces, rows, size, matrix, offset):
        found, flag = network(pictures)
        centred = (found * size) @ matrix[place].transpose(1, 2)
        points.append((centred + faces.size / 2 + offset[place].unsqueeze(1)).numpy())
        flags.append(flag[:, 0].numpy())
    return np.concatenate(points), np.concatenate(flags)


def pictures_of(
        faces: Faces, rows: np.ndarray, size: int, matrix: torch.Tensor, offset: torch.Tensor,
        batch: int = BATCH) -> Iterator[tuple[slice, torch.Tensor]]:
    """Batches of rows, as places in ``rows``, and what the network sees of them, [n, 3, size, size] in 0-1."""
    for start in range(0, len(rows), batch):
        place = slice(start, min(len(rows), start + batch))
        pictures, _ = transform(
            torch.from_numpy(faces.picture[rows[place]]), torch.zeros(place.stop - start, 1, 2), size, matrix[place], offset[place])
        yield place, pictures.contiguous(memory_format=torch.channels_last)


def point_error(network: LandmarkStage, faces: Faces, rows: np.ndarray, size: int) -> float:
    """Mean normalised error where the framing is exact."""
    found, _ = find(network, faces, rows, size, *looks(len(rows), 0, 0, 0, 0))
    return float(normalised_errors(found, faces.points[rows]).mean())


def second_look(points: np.ndarray, completion: MeshCompletion, faces: Faces, size: int) -> tuple[torch.Tensor, torch.Tensor]:
    """The framing that the pipeline takes from a first look's points [n, 66, 2], as for ``transform``."""
    with torch.no_grad():
        mesh = completion(torch.from_numpy(points).float()).numpy()
    centre, side, angle = face_squares(mesh[:, :, :2].astype(np.float64))
    scale = side * MARGIN / size
    matrix = scale[:, None, None] * np.stack([np.cos(angle), -np.sin(angle), np.sin(angle), np.cos(angle)], 1).reshape(-1, 2, 2)
    return torch.from_numpy(matrix).float(), torch.from_numpy(centre - faces.size / 2).float()


def evaluate(network: LandmarkStage, completion: MeshCompletion, faces: Faces, size: int, split: int = 2) -> dict[str, float]:
    """Errors on the people of a split as fractions of the distance of the outer eye corners: with an exact framing, after one look at a
    framing like a detector's, after a second look, of the completed mesh; and how often faces and empty squares are told apart."""
    rows = np.flatnonzero(faces.split == split)
    true = faces.points[rows]
    exact, _ = find(network, faces, rows, size, *looks(len(rows), 0, 0, 0, 0))
    first, seen = find(network, faces, rows, size, *looks(len(rows), 0.08 * faces.face_pixels, 0.15, 5, 7))
    second, seen_again = find(network, faces, rows, size, *second_look(first, completion, faces, size))
    with torch.no_grad():
        mesh = completion(torch.from_numpy(second).float()).numpy()
    left, right = (true[:, corner] for corner in OUTER_EYE_CORNERS)
    scale = np.linalg.norm(right - left, axis=1)
    off = np.linalg.norm(mesh[:, :, :2] - faces.mesh[rows, :, :2], axis=2).mean(1) / scale
    empty = np.flatnonzero(faces.empty_split == split)
    shown = Faces(faces.empty, faces.points[:0], faces.mesh[:0], faces.identity[:0], faces.split[:0], faces.empty, faces.empty_split, faces.face_pixels)
    _, unseen = find(network, shown, empty, size, *looks(len(empty), 0, 0, 0, 0))
    errors = normalised_errors(second, true)
    return {
        "faces": len(rows), "point_error_exact_framing": float(normalised_errors(exact, true).mean()),
        "point_error_first_look": float(normalised_errors(first, true).mean()), "point_error": float(errors.mean()),
        "point_error_median": float(np.median(errors)), "mesh_error": float(off.mean()),
        "faces_seen_first_look": float((seen > 0).mean()), "faces_seen": float((seen_again > 0).mean()),
        "empty_squares": len(empty), "empty_taken_for_faces": float((unseen > 0).mean()) if len(empty) else 0.0}
