"""austream-nano: learns from the labels and from a trained austream-base."""

import torch
from torch import nn
from torch.nn import functional

from ..data.feed import Batch
from .objective import TrainingData, forward, mixed_precision
from .ordinal import OrdinalBranches


class Distillation(OrdinalBranches):
    """The ordinal losses plus ``teaching`` times the cross-entropy of the fused levels against the teacher's (Hinton et al.
    2015), which see the same augmented picture."""

    parts = (*OrdinalBranches.parts, "teacher")

    def __init__(self, action_unit_count: int, teaching: float = 1.0, **options: float) -> None:
        super().__init__(action_unit_count, **options)
        self.teaching = teaching

    def prepare(self, network: nn.Module, data: TrainingData) -> None:
        """Reads the teacher; ValueError when the command named none, or one that sees other input."""
        from ..exporting.trained import read_trained

        super().prepare(network, data)
        if data.teacher is None:
            raise ValueError("this configuration learns from another network: name its run with --teacher RUN")
        teacher = read_trained(data.teacher)
        if teacher.points != data.feed.points or not hasattr(teacher.network, "training_output"):
            raise ValueError(f"{data.teacher} holds a network with other input: the teacher must be an austream-base")
        # Not a submodule: its weights belong to its own checkpoint.
        self._teacher = [teacher.network.to(data.feed.device, memory_format=torch.channels_last)]

    def losses(self, network: nn.Module, batch: Batch) -> tuple[torch.Tensor, list[torch.Tensor]]:
        """See the class."""
        with torch.no_grad(), mixed_precision(batch):
            taught = torch.sigmoid(self._teacher[0].training_output(batch.image, batch.landmarks).fused.float())
        output = forward(network, batch)
        loss, parts = self._combine(network, batch, output)
        teaching = functional.binary_cross_entropy_with_logits(output.fused.float(), taught)
        return loss + self.teaching * teaching, [*parts, teaching]
