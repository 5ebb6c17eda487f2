"""Losses of the temporal head."""

import torch

MARGIN = 0.5
"""The paper's lambda."""

ABSENT_BELOW, PRESENT_FROM = 0.5, 1.0


def presence_labels(intensity: torch.Tensor) -> torch.Tensor:
    """Intensity 0-5 (NaN: not labelled) to the paper's labels: 1 from level A on, -1 below half of it, 0 (missing) between and
    where there is no label."""
    labels = torch.zeros_like(intensity)
    labels = torch.where(intensity >= PRESENT_FROM, torch.ones_like(labels), labels)
    return torch.where(intensity < ABSENT_BELOW, -torch.ones_like(labels), labels)


def margin_loss(presence: torch.Tensor, labels: torch.Tensor, margin: float = MARGIN) -> torch.Tensor:
    """Equation 4: mean over labelled entries of max(0, margin - y * y'), y in {-1, 0, 1}, y' in -1..1.

    The paper's text passes the gradient where y * y' < 1; the derivative of the equation it prints is zero from the margin on,
    and that is what is used."""
    loss = (margin - labels * presence).clamp_min(0) * labels.abs()
    return loss.sum() / labels.abs().sum().clamp_min(1)
