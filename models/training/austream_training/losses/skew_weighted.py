"""Cross-entropy whose positive term is weighted by each action unit's skew (Ali et al., section 2)."""

import torch
from torch.nn import functional


def skew_weighted_cross_entropy(logits: torch.Tensor, labels: torch.Tensor, skew: torch.Tensor) -> torch.Tensor:
    """-1/N · Σ_i Σ_j skew_j · y log x + (1 - y) log(1 - x), x = sigmoid(logit); the minus is meant for both terms.

    logits, labels [N, c], labels 1, -1, or 0 where missing (left out); skew [c]: negatives per positive in the training data.
    """
    present, absent = (labels > 0).to(logits.dtype), (labels < 0).to(logits.dtype)
    loss = skew * present * functional.softplus(-logits) + absent * functional.softplus(logits)
    return loss.sum() / len(logits)


def skew_of(positives: torch.Tensor, negatives: torch.Tensor) -> torch.Tensor:
    """Negatives per positive [c]; 1 for an action unit that never occurs, which has nothing to weight."""
    return torch.where(positives > 0, negatives / positives.clamp_min(1), torch.ones_like(negatives))
