"""austream-nano: learns from the labels and from a trained austream-base."""

import torch
from torch import nn
from torch.nn import functional

from ..data.feed import Batch
from ..losses.ordinal import ordinal_loss
from ..precision import mixed_precision
from .objective import TrainingData, forward
from .ordinal import OrdinalBranches


class Distillation(OrdinalBranches):
    """Ordinal loss + relative · the same relative to the face at rest + teaching · cross-entropy of the levels against the
    teacher's (Hinton et al. 2015), which sees the same augmented picture and, other than the pupil, its landmarks."""

    parts = ("labels", "relative", "teacher")
    points_of = "austream-base"

    def __init__(self, action_unit_count: int, teaching: float = 1.0, distance: float = 0.3, relative: float = 0.5) -> None:
        super().__init__(action_unit_count, distance=distance, relative=relative)
        self.teaching = teaching

    def prepare(self, network: nn.Module, data: TrainingData) -> None:
        """Reads the teacher; ValueError when the command named none, or one that sees other input."""
        from ..exporting.trained import read_trained

        super().prepare(network, data)
        if data.teacher is None:
            raise ValueError("this configuration learns from another network: name its run with --teacher RUN")
        teacher = read_trained(data.teacher)
        if teacher.state["configuration"]["network"] != self.points_of:
            raise ValueError(f"{data.teacher} holds a network {teacher.state['configuration']['network']!r}: the teacher must be {self.points_of}")
        # Not a submodule: its weights belong to its own checkpoint.
        self._teacher = [teacher.network.to(data.feed.device, memory_format=torch.channels_last)]

    def losses(self, network: nn.Module, batch: Batch) -> tuple[torch.Tensor, list[torch.Tensor]]:
        """See the class."""
        with torch.no_grad(), mixed_precision(batch.image.device):
            taught = torch.sigmoid(self._teacher[0].training_output(batch.image, batch.landmarks).fused.float())
        logits, features = forward(network, batch)
        labels = ordinal_loss(logits.float(), batch.intensity, self.distance)
        relative = self._relative(network, batch, features.float())
        teaching = functional.binary_cross_entropy_with_logits(logits.float(), taught)
        return labels + self.relative * relative + self.teaching * teaching, [labels, relative, teaching]
