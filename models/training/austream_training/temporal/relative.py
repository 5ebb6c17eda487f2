"""Scores relative to a person's neutral face, by the network that was trained beside the frame network."""

import copy
from dataclasses import replace

import torch
from torch import nn

from ..exporting.weights import rounded_to_half
from .features import Track


class Relative(nn.Module):
    """features and those of the neutral face [n, f] to intensity [n, a] 0-5, with weights as they are stored (half precision)."""

    def __init__(self, network: nn.Module) -> None:
        super().__init__()
        self.network = rounded_to_half(copy.deepcopy(network)).eval()

    def forward(self, features: torch.Tensor, reference: torch.Tensor) -> torch.Tensor:
        """Compares row by row."""
        return self.network.relative_intensity(features, reference)


def relative_of(network: nn.Module) -> Relative | None:
    """The comparing part of a frame network, or None where it has none."""
    return Relative(network) if hasattr(network, "relative_intensity") else None


@torch.no_grad()
def with_relative(tracks: list[Track], relative: Relative | None) -> list[Track]:
    """The tracks with ``relative`` filled in: each view compared with the mean of its neutral pictures; the frame's own scores where
    there is no neutral picture."""
    if relative is None:
        return tracks
    result = []
    for track in tracks:
        scores = track.scores
        if track.references.shape[1]:
            features = torch.from_numpy(track.features)
            neutral = torch.from_numpy(track.references).mean(1, keepdim=True).expand_as(features)
            scores = relative(features.flatten(0, 1), neutral.flatten(0, 1)).reshape(track.scores.shape).numpy()
        result.append(replace(track, relative=scores))
    return result
