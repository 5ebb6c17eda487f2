"""Multi-label slope rate loss and its advanced form (Wang et al. 2019, sections 2.2 and 2.3)."""

import torch
from torch import nn
from torch.nn import functional


def slope_rate_per_label(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """L_cur of every action unit [n], eq. 4: cross-entropy of the batch with the rarer class weighted up.

    With γ = |S-| / |S+| of the batch the positive terms count γ-fold where γ > 1. The text's γ^(-I(γ < 1)) for the negative
    terms is 1/γ where γ < 1: again the rarer class is the one weighted up. A batch with one class only has no γ (the
    paper is silent): nothing is weighted. logits, labels [m, n]; labels 1, -1, or 0 where missing (counted neither in m).
    """
    present, absent = (labels > 0).to(logits.dtype), (labels < 0).to(logits.dtype)
    positives, negatives = present.sum(0), absent.sum(0)
    balanced = (positives > 0) & (negatives > 0)
    ratio = torch.where(balanced, negatives / positives.clamp_min(1), torch.ones_like(positives))
    weights = ratio.clamp_min(1) * present * functional.softplus(-logits)
    weights = weights + (1 / ratio).clamp_min(1) * absent * functional.softplus(logits)
    return weights.sum(0) / (positives + negatives).clamp_min(1)


def slope_rate(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """MSR, eq. 7: the sum over action units."""
    return slope_rate_per_label(logits, labels).sum()


class AdvancedSlopeRate(nn.Module):
    """Ad-MSR, eq. 8-11: action units whose loss lies above the running mean gain up to twofold weight.

    L_S = mean of α·L_cur + (1 - α)·L_pre; β = (L_cur - L_S)/(L_cur + L_S) + 1, kept within 1 to 2 (the text sets the units
    that do well to "β = 0" in one sentence and demands β in [1, 2] in the next; a weight of zero would end their training);
    L = Σ β·L_cur; then L_pre becomes α·L_cur + (1 - α)·L_pre. β is a weight: no gradient flows through it. In the first
    batch L_pre is L_cur. The running losses are part of the state that checkpoints keep.
    """

    def __init__(self, action_unit_count: int, alpha: float = 0.5) -> None:
        super().__init__()
        self.alpha = alpha
        self.register_buffer("previous", torch.full((action_unit_count,), float("nan"), dtype=torch.float64))

    def forward(self, logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
        """The loss of a batch; remembers it for the next one. logits, labels [m, n] as in ``slope_rate_per_label``."""
        current = slope_rate_per_label(logits, labels)
        value = current.detach().to(self.previous.dtype)
        before = torch.where(torch.isnan(self.previous), value, self.previous)
        smoothed = self.alpha * value + (1 - self.alpha) * before
        mean = smoothed.mean()
        gain = ((value - mean) / (value + mean).clamp_min(1e-12) + 1).clamp(1, 2)
        self.previous.copy_(smoothed)
        return (gain.to(current.dtype) * current).sum()
