"""Exponential average of weights: smoother than the last step's, and what is exported."""

import copy

import torch
from torch import nn


class AveragedWeights:
    """Follows a network's parameters and running statistics. The average starts as a plain mean, so that the random
    initial weights do not linger."""

    def __init__(self, network: nn.Module, decay: float) -> None:
        self.network = copy.deepcopy(network).eval()
        self._decay = decay

    @torch.no_grad()
    def update(self, network: nn.Module, step: int) -> None:
        """Moves the average towards the network after step 1, 2, …"""
        decay = min(self._decay, step / (step + 10))
        for average, current in zip(self.network.state_dict().values(), network.state_dict().values(), strict=True):
            if average.dtype.is_floating_point:
                average.lerp_(current, 1 - decay)
            else:
                average.copy_(current)
