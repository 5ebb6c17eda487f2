"""austream-base: ordinal intensity of the fused head, of each branch, and relative to the person's face at rest."""

import numpy as np
import torch
from torch import nn

from ..data.feed import Batch
from ..losses.ordinal import ordinal_loss
from ..precision import mixed_precision
from .objective import Objective, TrainingData, forward


class OrdinalBranches(Objective):
    """Sum of the ordinal losses: fused + branches · (picture + landmarks) + relative · mean of the comparing heads."""

    parts = ("fused", "picture", "landmarks", "relative")

    def __init__(self, action_unit_count: int, distance: float = 0.3, branches: float = 0.3, relative: float = 0.5) -> None:
        super().__init__()
        self.distance, self.branches, self.relative = distance, branches, relative

    def prepare(self, network: nn.Module, data: TrainingData) -> None:
        """Remembers the rows' people."""
        self._people = data.feed.people

    def losses(self, network: nn.Module, batch: Batch) -> tuple[torch.Tensor, list[torch.Tensor]]:
        """See the class."""
        output = forward(network, batch)
        fused, picture, shape = (
            ordinal_loss(logits.float(), batch.intensity, self.distance)
            for logits in (output.fused, output.picture, output.landmarks))
        relative = self._relative(network, batch, output.features.float())
        return fused + self.branches * (picture + shape) + self.relative * relative, [fused, picture, shape, relative]

    def _relative(self, network: nn.Module, batch: Batch, features: torch.Tensor) -> torch.Tensor:
        """Compares every row with the first of its person in the batch, where that one is neutral."""
        identity, places = self._people.identity[batch.rows], np.arange(len(batch.rows))
        starts = np.flatnonzero(np.r_[True, identity[1:] != identity[:-1]])
        first = starts[np.searchsorted(starts, places, side="right") - 1]
        usable = np.flatnonzero(self._people.neutral[batch.rows[first]] & (places != first))
        if len(usable) == 0:
            return features.sum() * 0
        chosen = torch.from_numpy(usable).to(features.device)
        reference = torch.from_numpy(first[usable]).to(features.device)
        with mixed_precision(batch.image.device):
            branches = network.relative_branches(features[chosen], features[reference])
        return torch.stack([ordinal_loss(logits.float(), batch.intensity[chosen], self.distance) for logits in branches]).mean()
