"""From labelled intensity to the presence labels that the papers train on."""

import torch

from ..action_units import PRESENT_FROM


def presence_labels(intensity: torch.Tensor) -> torch.Tensor:
    """[n, a] intensity 0-5, NaN where not labelled, to [n, a]: 1 present (level A or more), -1 absent, 0 not labelled."""
    labels = torch.where(intensity >= PRESENT_FROM, 1.0, -1.0)
    return torch.where(torch.isnan(intensity), 0.0, labels).to(torch.float32)
