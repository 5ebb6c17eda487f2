"""Running a network over rows of synthetic people."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import nn

from ..data.feed import Feed


@dataclass(frozen=True)
class Predictions:
    """Intensity [n, a] 0-5 and features [n, f] of rows, in their order."""

    intensity: np.ndarray
    features: np.ndarray


@torch.no_grad()
def predict(network: nn.Module, feed: Feed, rows: np.ndarray, batch: int = 128) -> Predictions:
    """Plain crops, float32, evaluation mode."""
    network.eval()
    intensities, features = [], []
    for start in range(0, len(rows), batch):
        image, landmarks = feed.plain_input(rows[start:start + batch])
        intensity, feature = network(image.contiguous(memory_format=torch.channels_last), landmarks)
        intensities.append(intensity.cpu().numpy())
        features.append(feature.cpu().numpy())
    return Predictions(np.concatenate(intensities), np.concatenate(features))
