"""Iterated message passing between action units (Corneanu et al. 2018, section 3.3)."""

import torch
from torch import nn


class StructureInference(nn.Module):
    """Structure inference units, one per action unit, with weights shared over the iterations (eq. 6-10).

    Every mean over messages includes the unit's own, as printed. The paper leaves the start open: messages and predictions
    start as the fused probabilities, so that no unit has to unlearn a constant.
    """

    def __init__(self, action_unit_count: int, iterations: int) -> None:
        super().__init__()
        if iterations < 1:
            raise ValueError(f"structure inference needs at least one iteration, not {iterations}")
        self.iterations = iterations
        self.message = nn.Parameter(torch.randn(3, action_unit_count) * 0.1 + torch.tensor([[0.0], [2.0], [2.0]]))
        self.message_bias = nn.Parameter(torch.full((action_unit_count,), -2.0))
        self.gate = nn.Parameter(torch.randn(3, action_unit_count) * 0.1)
        self.gate_bias = nn.Parameter(torch.zeros(action_unit_count))
        self.prediction = nn.Parameter(torch.randn(2, action_unit_count) * 0.1 + torch.tensor([[0.0], [4.0]]))
        self.prediction_bias = nn.Parameter(torch.full((action_unit_count,), -2.0))

    def forward(self, fused: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Fused probabilities [n, a] to the logits [n, a] of the last iteration and the gates [T, n, a] of all."""
        messages, predictions, gates = fused, fused, []
        logits = fused
        for _ in range(self.iterations):
            mean = messages.mean(1, keepdim=True)
            new_messages = torch.sigmoid(self._mix(self.message, mean, fused, predictions) + self.message_bias)
            new_mean = new_messages.mean(1, keepdim=True)
            gate = torch.sigmoid(self._mix(self.gate, new_mean, fused, predictions) + self.gate_bias)
            # Mean over i of (gate_i + gate_j) / 2 · message_i (eq. 9), without the table of all pairs.
            passed = ((gate * new_messages).mean(1, keepdim=True) + gate * new_mean) / 2
            logits = self.prediction[0] * passed + self.prediction[1] * fused + self.prediction_bias
            messages, predictions = new_messages, torch.sigmoid(logits)
            gates.append(gate)
        return logits, torch.stack(gates)

    @staticmethod
    def _mix(weights: torch.Tensor, mean: torch.Tensor, fused: torch.Tensor, previous: torch.Tensor) -> torch.Tensor:
        return weights[0] * mean + weights[1] * fused + weights[2] * previous
