"""How far a network's own face points are from the true ones."""

import numpy as np
import torch
from torch import nn

from ..data.face_points import OUTER_EYE_CORNERS
from ..data.feed import Feed


def normalised_error(found: np.ndarray, true: np.ndarray) -> float:
    """Mean over faces and points of the distance, in units of the face's distance of the outer eye corners; both [n, 66, 2]."""
    left, right = (true[:, corner] for corner in OUTER_EYE_CORNERS)
    scale = np.linalg.norm(right - left, axis=1)
    return float((np.linalg.norm(found - true, axis=2).mean(1) / scale).mean())


@torch.no_grad()
def landmark_error(network: nn.Module, feed: Feed, rows: np.ndarray, batch: int = 128) -> float:
    """``normalised_error`` of a network with ``find_points`` on the plain crops of rows with true points."""
    network.eval()
    margin = (feed.people.crop_size - feed.crop.size) / 2
    found = [
        network.find_points(feed.plain_input(rows[start:start + batch])[0].contiguous(memory_format=torch.channels_last)).numpy()
        for start in range(0, len(rows), batch)]
    true = (feed.people.points66(rows) - margin - feed.crop.size / 2) / feed.crop.size
    return normalised_error(np.concatenate(found), true)
