"""The losses of DSIN's stages (Corneanu et al. 2018, section 4.1)."""

import torch
from torch.nn import functional


def class_weights(positives: torch.Tensor, negatives: torch.Tensor) -> torch.Tensor:
    """Weights [a] inversely proportional to the share of positives of each action unit, with mean 1."""
    share = positives.clamp_min(1) / (positives + negatives).clamp_min(1)
    return (1 / share) / (1 / share).mean()


def patch_loss(logits: torch.Tensor, labels: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    """L_Π: weighted L2 between the probabilities of a patch and the labels, mean over pictures, patches and action units.

    logits [n, patches, a], labels [n, a] 1, -1, or 0 where missing, weights [a]."""
    wanted, known = (labels > 0).to(logits.dtype).unsqueeze(1), (labels != 0).to(logits.dtype).unsqueeze(1)
    return (weights * known * (torch.sigmoid(logits) - wanted) ** 2).mean()


def presence_entropy(logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """L_Φ and L_Ω: binary cross-entropy, mean over the known labels. logits, labels [n, a]."""
    known = (labels != 0).to(logits.dtype)
    entropy = functional.binary_cross_entropy_with_logits(logits, (labels > 0).to(logits.dtype), reduction="none")
    return (entropy * known).sum() / known.sum().clamp_min(1)


def gate_sparsity(gates: torch.Tensor) -> torch.Tensor:
    """Mean of the correction factors, which are positive: their L1 norm. gates [T, n, a]."""
    return gates.abs().mean()
