"""Losses on presence labels, against a direct evaluation of the papers' formulas in double precision."""

import math
import unittest

import numpy as np
import torch

from tests.training import setup_path  # noqa: F401
from austream_training.losses.multi_label import max_margin, multi_label_cross_entropy
from austream_training.losses.presence_labels import presence_labels
from austream_training.losses.skew_weighted import skew_of, skew_weighted_cross_entropy
from austream_training.losses.slope_rate import AdvancedSlopeRate, slope_rate, slope_rate_per_label

LOGITS = torch.tensor([[0.7, -1.2, 0.1], [-2.0, 0.4, 3.0], [0.3, 0.9, -0.8], [1.5, -0.2, -1.1]], dtype=torch.double)
LABELS = torch.tensor([[1.0, -1, 0], [-1, 1, 1], [-1, -1, -1], [-1, 0, 1]], dtype=torch.double)


def probability(logit: float) -> float:
    return 1 / (1 + math.exp(-logit))


def per_label_slope_rate(logits: np.ndarray, labels: np.ndarray) -> list[float]:
    losses = []
    for column in range(logits.shape[1]):
        rows = [row for row in range(len(labels)) if labels[row, column] != 0]
        positives = sum(labels[row, column] > 0 for row in rows)
        negatives = len(rows) - positives
        ratio = negatives / positives if positives and negatives else 1.0
        total = 0.0
        for row in rows:
            chance = probability(logits[row, column])
            if labels[row, column] > 0:
                total += ratio ** int(ratio > 1) * math.log(chance)
            else:
                total += ratio ** -int(ratio < 1) * math.log(1 - chance)
        losses.append(-total / max(1, len(rows)))
    return losses


class PresenceLabelTests(unittest.TestCase):
    def test_level_a_is_present_and_a_missing_label_is_zero(self) -> None:
        labels = presence_labels(torch.tensor([[0.99, 1.0, float("nan"), 5.0]]))
        self.assertEqual(labels.tolist(), [[-1, 1, 0, 1]])


class MultiLabelTests(unittest.TestCase):
    def test_cross_entropy_counts_known_labels_only(self) -> None:
        total = 0.0
        for logits, labels in zip(LOGITS.tolist(), LABELS.tolist(), strict=True):
            inner = 0.0
            for logit, label in zip(logits, labels, strict=True):
                inner += (label > 0) * math.log(probability(logit)) + (label < 0) * math.log(1 - probability(logit))
            total += -inner / 3
        self.assertAlmostEqual(float(multi_label_cross_entropy(LOGITS, LABELS)), total / 4, places=12)

    def test_margin_loss_of_half(self) -> None:
        scores = torch.tanh(LOGITS)
        terms = [max(0.0, 0.5 - label * score) for label, score in zip(LABELS.flatten().tolist(), scores.flatten().tolist(), strict=True) if label]
        self.assertEqual(len(terms), 10)
        self.assertAlmostEqual(float(max_margin(scores, LABELS)), sum(terms) / 10, places=12)
        self.assertEqual(float(max_margin(scores, torch.zeros_like(LABELS))), 0.0)

    def test_gradients_are_those_of_finite_differences(self) -> None:
        logits = LOGITS.clone().requires_grad_(True)
        self.assertTrue(torch.autograd.gradcheck(lambda value: multi_label_cross_entropy(value, LABELS), logits))
        self.assertTrue(torch.autograd.gradcheck(lambda value: max_margin(torch.tanh(value), LABELS), logits))


class SkewTests(unittest.TestCase):
    def test_positives_count_by_the_skew(self) -> None:
        skew = torch.tensor([3.0, 0.5, 2.0], dtype=torch.double)
        total = 0.0
        for row in range(4):
            for column in range(3):
                chance, label = probability(float(LOGITS[row, column])), float(LABELS[row, column])
                total += (label > 0) * float(skew[column]) * math.log(chance) + (label < 0) * math.log(1 - chance)
        self.assertAlmostEqual(float(skew_weighted_cross_entropy(LOGITS, LABELS, skew)), -total / 4, places=12)

    def test_the_skew_is_negatives_per_positive(self) -> None:
        self.assertEqual(skew_of(torch.tensor([10.0, 0.0]), torch.tensor([30.0, 5.0])).tolist(), [3.0, 1.0])

    def test_gradient_is_that_of_finite_differences(self) -> None:
        skew = torch.tensor([3.0, 0.5, 2.0], dtype=torch.double)
        logits = LOGITS.clone().requires_grad_(True)
        self.assertTrue(torch.autograd.gradcheck(lambda value: skew_weighted_cross_entropy(value, LABELS, skew), logits))


class SlopeRateTests(unittest.TestCase):
    def test_the_rarer_class_is_weighted_up_whichever_it_is(self) -> None:
        # Column 0: one of four positive (γ = 3); column 2: two of three positive (γ = 1/2).
        expected = per_label_slope_rate(LOGITS.numpy(), LABELS.numpy())
        np.testing.assert_allclose(slope_rate_per_label(LOGITS, LABELS).numpy(), expected, rtol=1e-12)
        self.assertAlmostEqual(float(slope_rate(LOGITS, LABELS)), sum(expected), places=12)

    def test_a_batch_with_one_class_is_not_weighted(self) -> None:
        labels = -torch.ones(4, 3, dtype=torch.double)
        expected = [float(np.mean([-math.log(1 - probability(value)) for value in LOGITS[:, column].tolist()])) for column in range(3)]
        np.testing.assert_allclose(slope_rate_per_label(LOGITS, labels).numpy(), expected, rtol=1e-12)

    def test_the_advanced_loss_follows_its_recurrence_over_three_batches(self) -> None:
        loss = AdvancedSlopeRate(3, alpha=0.5)
        previous, all_gains = None, []
        for factor in (1.0, -0.5, 2.0):
            current = per_label_slope_rate((LOGITS * factor).numpy(), LABELS.numpy())
            previous = current if previous is None else previous
            smoothed = [0.5 * now + 0.5 * before for now, before in zip(current, previous, strict=True)]
            mean = sum(smoothed) / 3
            gains = [min(2.0, max(1.0, (now - mean) / (now + mean) + 1)) for now in current]
            all_gains += gains
            expected = sum(gain * now for gain, now in zip(gains, current, strict=True))
            self.assertAlmostEqual(float(loss(LOGITS * factor, LABELS)), expected, places=12)
            previous = smoothed
        self.assertTrue(any(gain > 1 for gain in all_gains) and any(gain == 1 for gain in all_gains))

    def test_running_losses_survive_a_checkpoint(self) -> None:
        first, second = AdvancedSlopeRate(3), AdvancedSlopeRate(3)
        first(LOGITS, LABELS)
        second.load_state_dict(first.state_dict())
        self.assertAlmostEqual(float(first(-LOGITS, LABELS)), float(second(-LOGITS, LABELS)), places=15)

    def test_gradients_are_those_of_finite_differences(self) -> None:
        logits = LOGITS.clone().requires_grad_(True)
        self.assertTrue(torch.autograd.gradcheck(lambda value: slope_rate(value, LABELS), logits))

    def test_the_gain_weighs_gradients_but_has_none(self) -> None:
        logits = LOGITS.clone().requires_grad_(True)
        (advanced,) = torch.autograd.grad(AdvancedSlopeRate(3)(logits, LABELS), logits)
        current = slope_rate_per_label(logits, LABELS)
        mean = current.detach().mean()
        gain = ((current.detach() - mean) / (current.detach() + mean) + 1).clamp(1, 2)
        (expected,) = torch.autograd.grad((gain * current).sum(), logits)
        torch.testing.assert_close(advanced, expected)


if __name__ == "__main__":
    unittest.main()
