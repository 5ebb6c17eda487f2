"""Intensity as an ordinal quantity: one score per action unit against rising cut points."""

import torch
from torch import nn
from torch.nn import functional

LEVEL_WIDTHS: tuple[float, ...] = (0.5, 0.5, 1.0, 1.0, 1.0, 1.0)
"""The range 0-5 in steps, finer where action units begin. An intensity y is the sum of each step's filled part."""


def level_targets(intensity: torch.Tensor) -> torch.Tensor:
    """[n, a] intensity 0-5 to [n, a, levels]: how much of each step it fills, 0-1. The inverse of ``expected_intensity``."""
    widths = intensity.new_tensor(LEVEL_WIDTHS)
    start = torch.cumsum(widths, 0) - widths
    return ((intensity.unsqueeze(2) - start) / widths).clamp(0, 1)


def expected_intensity(probabilities: torch.Tensor) -> torch.Tensor:
    """[..., a, levels] to [..., a]: the intensity 0-5 whose steps are filled with these probabilities."""
    return (probabilities * probabilities.new_tensor(LEVEL_WIDTHS)).sum(-1)


class OrdinalCuts(nn.Module):
    """Probability of each level from a score: sigmoid(score - cut), with cuts that rise by construction.

    Presence and intensity are both monotone in the one score, so they cannot contradict each other (cumulative link model,
    McCullagh 1980).
    """

    def __init__(self, action_unit_count: int) -> None:
        super().__init__()
        self.first = nn.Parameter(torch.full((action_unit_count, 1), 2.0))
        self.steps = nn.Parameter(torch.full((action_unit_count, len(LEVEL_WIDTHS) - 1), 0.5))

    def forward(self, score: torch.Tensor) -> torch.Tensor:
        """Score [n, a] to logits [n, a, levels], falling along the levels."""
        cuts = torch.cat([self.first, self.first + torch.cumsum(functional.softplus(self.steps), 1)], 1)
        return score.unsqueeze(2) - cuts
