"""Objectives of the networks with one loss on the presence of every action unit."""

from abc import abstractmethod

import torch
from torch import nn

from ..data.feed import Batch
from ..losses.multi_label import multi_label_cross_entropy
from ..losses.presence_labels import presence_labels
from ..losses.skew_weighted import skew_of, skew_weighted_cross_entropy
from ..losses.slope_rate import AdvancedSlopeRate, slope_rate
from .objective import Objective, TrainingData, forward


class _OnLogits(Objective):
    @abstractmethod
    def _loss(self, logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
        """logits, labels [n, a] to a scalar."""

    def losses(self, network: nn.Module, batch: Batch) -> tuple[torch.Tensor, list[torch.Tensor]]:
        """The loss on the logits."""
        loss = self._loss(forward(network, batch).float(), presence_labels(batch.intensity))
        return loss, [loss]


class MultiLabel(_OnLogits):
    """Multi-label cross-entropy with missing labels (hybrid)."""

    parts = ("multi_label",)

    def __init__(self, action_unit_count: int) -> None:
        super().__init__()

    def _loss(self, logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
        return multi_label_cross_entropy(logits, labels)


class SkewWeighted(_OnLogits):
    """Cross-entropy weighted by the skew of the training data (regions-22), divided by the number of action units so that the
    clipping of gradients means the same as elsewhere. ``exponent`` 1 is the paper's weight."""

    parts = ("skew_weighted",)

    def __init__(self, action_unit_count: int, exponent: float = 1.0) -> None:
        super().__init__()
        self.exponent = exponent
        self.register_buffer("skew", torch.ones(action_unit_count))

    def prepare(self, network: nn.Module, data: TrainingData) -> None:
        """Counts the training labels."""
        self.skew.copy_(skew_of(data.positives, data.negatives).pow(self.exponent))

    def _loss(self, logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
        return skew_weighted_cross_entropy(logits, labels, self.skew) / labels.shape[1]


class SlopeRate(_OnLogits):
    """MSR, or Ad-MSR with ``advanced`` (dscmr, l-dscmr), divided by the number of action units like ``SkewWeighted``."""

    parts = ("slope_rate",)

    def __init__(self, action_unit_count: int, advanced: bool = True, alpha: float = 0.5) -> None:
        super().__init__()
        self.advanced = AdvancedSlopeRate(action_unit_count, alpha) if advanced else None

    def _loss(self, logits: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
        loss = self.advanced(logits, labels) if self.advanced is not None else slope_rate(logits, labels)
        return loss / labels.shape[1]
