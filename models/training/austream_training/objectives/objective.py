"""What a training run needs to know about a network's losses."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn

from ..data.feed import Batch, Feed
from ..precision import mixed_precision


@dataclass(frozen=True)
class TrainingData:
    """What an objective may look at before the first step: the feed, the training rows, how often each action unit is labelled
    present and absent in them (float64 [a] each), and the teacher's run where the command names one."""

    feed: Feed
    rows: np.ndarray
    positives: torch.Tensor
    negatives: torch.Tensor
    teacher: Path | None = None


class Objective(nn.Module, ABC):
    """Losses of a network. Buffers are part of the checkpoint, so that running values survive a resumed run."""

    parts: tuple[str, ...] = ()
    """Names of the reported parts of the loss, in order."""

    needs_face_points = False
    """Whether batches must carry the true 66 face points."""

    points_of: str | None = None
    """Network whose landmarks the batches carry; None for those of the network that is trained."""

    def prepare(self, network: nn.Module, data: TrainingData) -> None:
        """Called once, before the first step or after resuming."""

    def begin_step(self, network: nn.Module, progress: float) -> None:
        """Sets what is trained in this step; ``progress`` 0-1 is the share of the run that is done."""
        network.train()

    @abstractmethod
    def losses(self, network: nn.Module, batch: Batch) -> tuple[torch.Tensor, list[torch.Tensor]]:
        """The loss to minimise and its parts as reported."""


def forward(network: nn.Module, batch: Batch):
    """The network's training output in mixed precision."""
    with mixed_precision(batch.image.device):
        return network.training_output(batch.image, batch.landmarks)
