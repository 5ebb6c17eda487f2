"""dsin: Algorithm 1 of the paper."""

import torch
from torch import nn

from ..data.feed import Batch
from ..losses.presence_labels import presence_labels
from ..losses.structure import class_weights, gate_sparsity, patch_loss, presence_entropy
from .objective import Objective, TrainingData, forward

STAGES: tuple[str, ...] = ("patches", "fusion", "patches and fusion", "structure", "all")


class StagedStructure(Objective):
    """Patches alone; fusion on frozen patches; both; structure inference on frozen patches and fusion; everything with
    .25 / .25 / .5. ``shares`` are the parts of the run that the five stages take, in place of the paper's early stopping of
    each. ``sparsity`` weighs the gates (the paper settles on 5e-3)."""

    parts = ("patches", "fusion", "structure", "gates")

    def __init__(
            self, action_unit_count: int, shares: tuple[float, ...] = (0.4, 0.05, 0.2, 0.05, 0.3),
            weights: tuple[float, float, float] = (0.25, 0.25, 0.5), sparsity: float = 5e-3) -> None:
        super().__init__()
        if len(shares) != len(STAGES) or abs(sum(shares) - 1) > 1e-6:
            raise ValueError(f"shares of the {len(STAGES)} stages must add up to 1: {list(shares)}")
        self.shares, self.final_weights, self.sparsity = tuple(shares), tuple(weights), sparsity
        self.stage = 0
        self.register_buffer("class_weights", torch.ones(action_unit_count))

    def prepare(self, network: nn.Module, data: TrainingData) -> None:
        """Weights from the training labels."""
        self.class_weights.copy_(class_weights(data.positives, data.negatives))

    def begin_step(self, network: nn.Module, progress: float) -> None:
        """Freezes what the stage does not train. Frozen patch networks keep their running statistics too."""
        done, self.stage = 0.0, len(STAGES) - 1
        for index, share in enumerate(self.shares):
            done += share
            if progress < done - 1e-9:
                self.stage = index
                break
        trained = {
            "patch_networks": self.stage in (0, 2, 4), "fusion": self.stage in (1, 2, 4), "structure": self.stage in (3, 4)}
        network.train()
        for name, active in trained.items():
            part = getattr(network, name)
            part.train(active)
            for parameter in part.parameters():
                parameter.requires_grad_(active)

    def losses(self, network: nn.Module, batch: Batch) -> tuple[torch.Tensor, list[torch.Tensor]]:
        """The stage's loss; the parts are reported in every stage."""
        output = forward(network, batch)
        labels = presence_labels(batch.intensity)
        patches = patch_loss(output.patches, labels, self.class_weights)
        fusion = presence_entropy(output.fused, labels)
        structure = presence_entropy(output.inferred, labels)
        gates = gate_sparsity(output.gates)
        inference = structure + self.sparsity * gates
        first, second, third = self.final_weights
        loss = (
            patches, fusion, patches + fusion, inference, first * patches + second * fusion + third * inference)[self.stage]
        return loss, [patches, fusion, structure, gates]
