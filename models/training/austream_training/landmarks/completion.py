"""From the 66 points to the 468 points of the face mesh, which alignment, features and head pose are made of."""

import numpy as np
import torch
from torch import nn

from ..data.face_mesh import POINT_COUNT
from ..networks.landmark_cnn import POINTS
from .framing import similarity


class MeshCompletion(nn.Module):
    """A linear map in the frame of the face: the points are laid over the mean points by the least-squares similarity, what then differs
    times a matrix is added to the mean mesh, and the similarity is undone. So a moved, turned or scaled face gives the same mesh moved,
    turned or scaled, and z is in the scale of x and y. Nothing but additions and multiplications: it is part of the exported graph."""

    def __init__(self, mean_points: torch.Tensor, mean_mesh: torch.Tensor, matrix: torch.Tensor) -> None:
        """mean_points [66, 2] with its middle at 0, mean_mesh [468, 3], matrix [132, 1404] from differing points to differing mesh."""
        super().__init__()
        self.register_buffer("mean_points", mean_points.float())
        self.register_buffer("mean_mesh", mean_mesh.float())
        self.register_buffer("matrix", matrix.float())

    def forward(self, points: torch.Tensor) -> torch.Tensor:
        """points [n, 66, 2] in any pixels to the mesh [n, 468, 3] in the same."""
        middle = points.mean(1, keepdim=True)
        centred = points - middle
        # The similarity mean -> face: (a, -b; b, a).
        square = (self.mean_points * self.mean_points).sum()
        a = (centred * self.mean_points).sum((1, 2)).reshape(-1, 1) / square
        b = (centred[:, :, 1] * self.mean_points[:, 0] - centred[:, :, 0] * self.mean_points[:, 1]).sum(1, keepdim=True) / square
        size = (a * a + b * b).clamp_min(1e-12)
        x, y = centred[:, :, 0], centred[:, :, 1]
        aligned = torch.stack([(a * x + b * y) / size, (a * y - b * x) / size], 2)
        difference = (aligned - self.mean_points).reshape(-1, 2 * POINTS)
        mesh = (difference @ self.matrix).reshape(-1, POINT_COUNT, 3) + self.mean_mesh
        x, y, z = mesh[:, :, 0], mesh[:, :, 1], mesh[:, :, 2]
        placed = torch.stack([a * x - b * y, b * x + a * y, z * size.sqrt()], 2)
        return placed + torch.cat([middle, torch.zeros_like(middle[:, :, :1])], 2)


def fit_completion(points: np.ndarray, mesh: np.ndarray, ridge: float) -> MeshCompletion:
    """The least-squares map from found points [n, 66, 2] to the mesh [n, 468, 3] in the same pixels. ``ridge`` is added to the
    variance of every coordinate, in units of the mean variance."""
    mean = _mean_shape(points)
    aligned, placed = _into(points, mesh, mean)
    mean_mesh = placed.mean(0)
    difference = (aligned - mean).reshape(len(points), -1)
    target = (placed - mean_mesh).reshape(len(points), -1)
    covariance = difference.T @ difference / len(points)
    covariance += ridge * np.trace(covariance) / len(covariance) * np.eye(len(covariance))
    matrix = np.linalg.solve(covariance, difference.T @ target / len(points))
    return MeshCompletion(torch.from_numpy(mean), torch.from_numpy(mean_mesh), torch.from_numpy(matrix))


def _mean_shape(points: np.ndarray) -> np.ndarray:
    """Mean of the points after each face was laid over it, centred, in pixels of the mean size."""
    centred = points.astype(np.float64) - points.mean(1, keepdims=True)
    mean = centred.mean(0)
    for _ in range(3):
        matrix, offset = similarity(centred, np.broadcast_to(mean, centred.shape))
        mean = (centred @ matrix.transpose(0, 2, 1) + offset[:, None]).mean(0)
        mean = mean - mean.mean(0)
    return mean


def _into(points: np.ndarray, mesh: np.ndarray, mean: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Points and mesh in the frame of the mean points; the similarity is the one from the mean to the face, inverted, as in ``forward``."""
    matrix, offset = similarity(np.broadcast_to(mean, points.shape), points.astype(np.float64))
    inverse = np.linalg.inv(matrix).transpose(0, 2, 1)
    scale = np.sqrt(np.linalg.det(matrix))[:, None, None]
    flat = (mesh[:, :, :2] - offset[:, None]) @ inverse
    return (points - offset[:, None]) @ inverse, np.concatenate([flat, mesh[:, :, 2:] / scale], 2)
