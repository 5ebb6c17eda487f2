"""Where the landmark network looks, and how squares are cut out of pictures: the same rules as in the pipeline."""

import numpy as np
import torch
from torch.nn import functional

MARGIN = 1.25
"""Side of the square that the network sees, in units of the longer side of the box around the 468 mesh points."""

_OUTER_CORNERS = (33, 263)


def similarity(source: np.ndarray, target: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Least-squares similarities (scale and rotation, no reflection) source -> target, both [n, k, 2]: matrix [n, 2, 2], offset [n, 2]."""
    source_middle, target_middle = source.mean(1, keepdims=True), target.mean(1, keepdims=True)
    here, there = source - source_middle, target - target_middle
    spread = (here ** 2).sum((1, 2))
    along = (here * there).sum((1, 2)) / spread
    across = (here[:, :, 0] * there[:, :, 1] - here[:, :, 1] * there[:, :, 0]).sum(1) / spread
    matrix = np.stack([along, -across, across, along], 1).reshape(-1, 2, 2)
    return matrix, (target_middle - source_middle @ matrix.transpose(0, 2, 1))[:, 0]


def face_squares(mesh: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The upright-in-the-face square around mesh points [n, 468, 2] (``FaceRegion.FromLandmarks`` without its margin): centre [n, 2],
    side [n], and the angle [n] by which it is turned clockwise, so that the outer eye corners are level."""
    axis = mesh[:, _OUTER_CORNERS[1]] - mesh[:, _OUTER_CORNERS[0]]
    angle = np.arctan2(axis[:, 1], axis[:, 0])
    cosine, sine = np.cos(angle)[:, None], np.sin(angle)[:, None]
    along = mesh[:, :, 0] * cosine + mesh[:, :, 1] * sine
    down = mesh[:, :, 1] * cosine - mesh[:, :, 0] * sine
    low, high = np.stack([along.min(1), down.min(1)], 1), np.stack([along.max(1), down.max(1)], 1)
    middle = (low + high) / 2
    centre = np.stack([
        middle[:, 0] * cosine[:, 0] - middle[:, 1] * sine[:, 0], middle[:, 0] * sine[:, 0] + middle[:, 1] * cosine[:, 0]], 1)
    return centre, (high - low).max(1), angle


def square_to_picture(centre: np.ndarray, side: np.ndarray, angle: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Maps from pixels of a size x size cut to pixels of the picture: matrix [n, 2, 2], offset [n, 2]."""
    scale = side / size
    matrix = scale[:, None, None] * np.stack(
        [np.cos(angle), -np.sin(angle), np.sin(angle), np.cos(angle)], 1).reshape(-1, 2, 2)
    return matrix, centre - matrix.sum(2) * (size / 2)


def cut(pictures: np.ndarray, matrix: np.ndarray, offset: np.ndarray, size: int) -> np.ndarray:
    """uint8 [n, size, size, 3] out of uint8 [n, h, w, 3] by the sampling rule of docs/models.md: where a pixel covers k = round(m) >= 2
    pixels, the picture is averaged over k x k blocks first; then bilinear; the edge pixel counts outside."""
    steps = np.maximum(1, np.rint(np.sqrt(np.abs(np.linalg.det(matrix))))).astype(int)
    result = np.empty((len(pictures), size, size, 3), np.uint8)
    for step in np.unique(steps):
        rows = np.flatnonzero(steps == step)
        planes = torch.from_numpy(np.ascontiguousarray(pictures[rows])).permute(0, 3, 1, 2).float()
        planes = functional.avg_pool2d(planes, int(step), ceil_mode=True) if step > 1 else planes
        height, width = planes.shape[2] * step, planes.shape[3] * step
        half = np.array([width / 2, height / 2])
        # Normalised coordinates: -1 to 1 over the picture and over the cut.
        theta = np.concatenate([
            matrix[rows] * (size / 2) / half[:, None],
            ((offset[rows] + matrix[rows].sum(2) * (size / 2) - half) / half)[:, :, None]], 2)
        grid = functional.affine_grid(torch.from_numpy(theta).float(), [len(rows), 3, size, size], align_corners=False)
        found = functional.grid_sample(planes, grid, mode="bilinear", padding_mode="border", align_corners=False)
        result[rows] = found.round().clamp(0, 255).permute(0, 2, 3, 1).byte().numpy()
    return result
