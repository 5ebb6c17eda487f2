"""Losses over several labels of which some are missing (Chu et al. 2017, sections III.A and III.B)."""

import torch
from torch.nn import functional


def multi_label_cross_entropy(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """Mean over n of -1/L · Σ [y > 0] log p + [y < 0] log(1 - p), p = sigmoid(logit): L counts every label, known or not, as
    printed. logits, labels [n, L]; labels 1, -1, or 0 where missing."""
    known = (labels != 0).to(logits.dtype)
    entropy = functional.binary_cross_entropy_with_logits(logits, (labels > 0).to(logits.dtype), reduction="none")
    return (entropy * known).sum(1).mean() / labels.shape[1]


def max_margin(scores: torch.Tensor, labels: torch.Tensor, margin: float = 0.5) -> torch.Tensor:
    """1/n0 · Σ max(0, margin - y·score) over the n0 known labels (eq. 4); zero when none is known.

    scores [..., L] in -1 to 1 (after tanh); labels of the same shape, 1, -1, or 0 where missing. The paper also says that the
    gradient is passed while y·score < 1; that is the derivative for a margin of 1, so the formula counts here.
    """
    known = (labels != 0).to(scores.dtype)
    return (functional.relu(margin - labels * scores) * known).sum() / known.sum().clamp_min(1)
