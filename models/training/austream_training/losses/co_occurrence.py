"""The part of the global-local loss for action units (Benitez-Quiroz et al. 2017, section 2)."""

from collections.abc import Sequence
from itertools import combinations
from math import comb

import torch


def soft_sign(scores: torch.Tensor, epsilon: float) -> torch.Tensor:
    """h(f) = f / √(f² + ε) (section 2.4). Automatic differentiation takes its gradient; the one printed is not its derivative."""
    return scores / torch.sqrt(scores * scores + epsilon)


def co_occurrence(values: torch.Tensor) -> torch.Tensor:
    """g_AU (eq. 11) of t values in -1 to 1: [..., t] to [...].

    1 when all are +1 or all are -1, 0 when signs are mixed, and a polynomial in between (Π (1+x)/2 + Π (1-x)/2), which gives the
    loss a gradient; the paper's own g is constant almost everywhere.
    """
    return ((1 + values) / 2).prod(-1) + ((1 - values) / 2).prod(-1)


def label_sets(label_count: int, size: int, most: int | None = None, seed: int = 0) -> torch.Tensor:
    """int64 [sets, size]: all sets of ``size`` labels, or ``most`` of them drawn with the seed when there are more."""
    total = comb(label_count, size)
    if most is None or total <= most:
        return torch.tensor(list(combinations(range(label_count), size)))
    random = torch.Generator().manual_seed(seed)
    drawn: set[tuple[int, ...]] = set()
    while len(drawn) < most:
        drawn.add(tuple(sorted(torch.randperm(label_count, generator=random)[:size].tolist())))
    return torch.tensor(sorted(drawn))


def global_label_loss(scores: torch.Tensor, labels: torch.Tensor, sets: torch.Tensor, epsilon: float) -> torch.Tensor:
    """Mean over n of the squared differences of co-occurrence over sets of t labels (eq. 4 for pairs, 7 for triplets).

    Pairs are summed and scaled by 2/(r(r+1)), as eq. 4 is printed although there are r(r-1)/2 pairs; larger sets by one over
    their number. Eq. 13 lacks the square that eq. 4 and 7 have: squared here. scores, labels [n, r]; labels 1, -1, or 0 where
    missing: sets with a missing label do not count.
    """
    count, size = sets.shape
    found, wanted = soft_sign(scores, epsilon)[:, sets], labels[:, sets]
    known = (wanted != 0).all(2).to(scores.dtype)
    squares = (co_occurrence(found) - co_occurrence(wanted.to(scores.dtype))) ** 2 * known
    labels_count = scores.shape[1]
    scale = 2 / (labels_count * (labels_count + 1)) if size == 2 else 1 / count
    return squares.sum(1).mean() * scale


def global_local_labels(
        scores: torch.Tensor, labels: torch.Tensor, sets: Sequence[torch.Tensor], local_weight: float, set_weights: Sequence[float],
        epsilon: float) -> torch.Tensor:
    """Eq. 12 for recognition: local_weight · mean (f - y)² (eq. 2) + Σ_t weight_t · global term over sets of t labels."""
    known = (labels != 0).to(scores.dtype)
    local = ((scores - labels) ** 2 * known).mean(1).mean()
    total = local_weight * local
    for chosen, weight in zip(sets, set_weights, strict=True):
        total = total + weight * global_label_loss(scores, labels, chosen, epsilon)
    return total
