"""What action units are relative to the same person's face at rest."""

import torch
from torch import nn

from .ordinal_head import expected_intensity


class ScoreHead(nn.Module):
    """A linear map plus a small hidden layer: branches add up, and may also condition each other."""

    def __init__(self, inputs: int, outputs: int, hidden: int) -> None:
        super().__init__()
        self.linear = nn.Linear(inputs, outputs)
        self.hidden = nn.Linear(inputs, hidden)
        self.output = nn.Linear(hidden, outputs, bias=False)
        self.dropout = nn.Dropout(0.2)

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """[n, inputs] to [n, outputs]."""
        features = self.dropout(features)
        return self.linear(features) + self.output(torch.relu(self.hidden(features)))


class ComparingHead(ScoreHead):
    """Scores [n, a] from features [n, f] of a face and those of the same person's face at rest."""

    def __init__(self, features: int, outputs: int, hidden: int) -> None:
        super().__init__(2 * features, outputs, hidden)

    def forward(self, features: torch.Tensor, neutral: torch.Tensor) -> torch.Tensor:
        """See the class."""
        return super().forward(torch.cat([features - neutral, features], 1))


_ROUNDING = 0.05
"""The root is bent below the square of this: its slope would be endless at nothing, and rounding would show."""


def more_than_at_rest(logits: torch.Tensor, here: torch.Tensor, at_rest: torch.Tensor) -> torch.Tensor:
    """Intensity [n, a] 0-5 from the comparing heads' level logits [n, a, levels] and the intensities [n, a] that the frame network gives this face and the
    face at rest: the geometric mean of what the heads say and of the difference. The heads know more on rendered faces, the difference on
    real ones, and where there is no difference there is no action unit."""
    product = expected_intensity(torch.sigmoid(logits)) * (here - at_rest).clamp_min(0)
    return (torch.sqrt(product + _ROUNDING ** 2) - _ROUNDING).clamp_min(0)


class RelativeHead(nn.Module):
    """The part of a network that compares with a neutral face, on its own for export."""

    def __init__(self, base: nn.Module) -> None:
        super().__init__()
        self.base = base

    def forward(self, features: torch.Tensor, neutral_features: torch.Tensor) -> torch.Tensor:
        """features, neutral_features [n, f] to intensity [n, a] 0-5."""
        return self.base.relative_intensity(features, neutral_features)
