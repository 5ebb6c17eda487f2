"""DSIN's structure inference, losses and stages, against a direct evaluation of the paper."""

import math
import unittest

import numpy as np
import torch

from tests.training import setup_path  # noqa: F401
from austream_training.losses.structure import class_weights, gate_sparsity, patch_loss, presence_entropy
from austream_training.networks.registry import build_network, landmark_points
from austream_training.networks.structure_inference import StructureInference
from austream_training.objectives.registry import build_objective


def sigmoid(value: float) -> float:
    return 1 / (1 + math.exp(-value))


class StructureInferenceTests(unittest.TestCase):
    def setUp(self) -> None:
        torch.manual_seed(5)
        self.units = StructureInference(3, 4).double()
        with torch.no_grad():
            for parameter in self.units.parameters():
                parameter.copy_(torch.randn_like(parameter))

    def _direct(self, fused: list[float]) -> tuple[list[float], list[list[float]]]:
        w = {name: value.detach().tolist() for name, value in self.units.named_parameters()}
        count, messages, previous, gates = len(fused), list(fused), list(fused), []
        for _ in range(4):
            mean = sum(messages) / count
            messages = [sigmoid(w["message"][0][j] * mean + w["message"][1][j] * fused[j] + w["message"][2][j] * previous[j] + w["message_bias"][j]) for j in range(count)]
            mean = sum(messages) / count
            gate = [sigmoid(w["gate"][0][j] * mean + w["gate"][1][j] * fused[j] + w["gate"][2][j] * previous[j] + w["gate_bias"][j]) for j in range(count)]
            logits = []
            for j in range(count):
                passed = sum((gate[i] + gate[j]) / 2 * messages[i] for i in range(count)) / count
                logits.append(w["prediction"][0][j] * passed + w["prediction"][1][j] * fused[j] + w["prediction_bias"][j])
            previous = [sigmoid(value) for value in logits]
            gates.append(gate)
        return logits, gates

    def test_iterations_follow_equations_7_to_10(self) -> None:
        fused = [[0.2, 0.9, 0.4], [0.7, 0.1, 0.6]]
        logits, gates = self.units(torch.tensor(fused, dtype=torch.double))
        for row, values in enumerate(fused):
            expected_logits, expected_gates = self._direct(values)
            np.testing.assert_allclose(logits[row].detach().numpy(), expected_logits, rtol=1e-12)
            np.testing.assert_allclose(gates[:, row].detach().numpy(), expected_gates, rtol=1e-12)

    def test_gradient_passes_through_all_iterations(self) -> None:
        fused = torch.tensor([[0.2, 0.9, 0.4]], dtype=torch.double, requires_grad=True)
        self.assertTrue(torch.autograd.gradcheck(lambda value: self.units(value)[0], fused))


class LossTests(unittest.TestCase):
    LOGITS = torch.tensor([[[0.3, -1.0], [1.2, 0.5]], [[-0.7, 2.0], [0.1, -0.4]]], dtype=torch.double)
    LABELS = torch.tensor([[1.0, -1], [0, 1]], dtype=torch.double)

    def test_patch_loss_is_a_weighted_square(self) -> None:
        weights = [0.5, 1.5]
        total = 0.0
        for n in range(2):
            for patch in range(2):
                for unit in range(2):
                    label = float(self.LABELS[n, unit])
                    if label:
                        total += weights[unit] * (sigmoid(float(self.LOGITS[n, patch, unit])) - (label > 0)) ** 2
        loss = patch_loss(self.LOGITS, self.LABELS, torch.tensor(weights, dtype=torch.double))
        self.assertAlmostEqual(float(loss), total / 8, places=12)

    def test_weights_are_inverse_to_the_share_of_positives(self) -> None:
        weights = class_weights(torch.tensor([10.0, 40.0]), torch.tensor([90.0, 60.0]))
        self.assertAlmostEqual(float(weights[0] / weights[1]), 4.0, places=5)
        self.assertAlmostEqual(float(weights.mean()), 1.0, places=6)

    def test_entropy_leaves_missing_labels_out(self) -> None:
        expected = -(math.log(sigmoid(0.3)) + math.log(1 - sigmoid(-1.0)) + math.log(sigmoid(2.0))) / 3
        self.assertAlmostEqual(float(presence_entropy(self.LOGITS[:, 0], self.LABELS)), expected, places=12)

    def test_gradients_are_those_of_finite_differences(self) -> None:
        weights = torch.tensor([0.5, 1.5], dtype=torch.double)
        logits = self.LOGITS.clone().requires_grad_(True)
        self.assertTrue(torch.autograd.gradcheck(lambda value: patch_loss(value, self.LABELS, weights), logits))
        self.assertTrue(torch.autograd.gradcheck(lambda value: presence_entropy(value[:, 0], self.LABELS), logits))
        self.assertTrue(torch.autograd.gradcheck(lambda value: gate_sparsity(torch.sigmoid(value)), logits))


class StageTests(unittest.TestCase):
    def test_each_stage_trains_what_algorithm_1_says(self) -> None:
        points = len(landmark_points("dsin"))
        network = build_network("dsin", points, 21, width=0.125, picture=56, patch=14)
        objective = build_objective("staged-structure", shares=[0.2, 0.2, 0.2, 0.2, 0.2])
        expected = [("patch_networks",), ("fusion",), ("patch_networks", "fusion"), ("structure",), ("patch_networks", "fusion", "structure")]
        for stage, names in enumerate(expected):
            objective.begin_step(network, 0.2 * stage + 0.1)
            self.assertEqual(objective.stage, stage)
            for name in ("patch_networks", "fusion", "structure"):
                trained = {parameter.requires_grad for parameter in getattr(network, name).parameters()}
                self.assertEqual(trained, {name in names}, f"stage {stage} {name}")
                self.assertEqual(getattr(network, name).training, name in names)

    def test_shares_that_do_not_add_up_are_refused(self) -> None:
        with self.assertRaisesRegex(ValueError, "add up to 1"):
            build_objective("staged-structure", shares=[0.5, 0.5, 0.5, 0.5, 0.5])


if __name__ == "__main__":
    unittest.main()
