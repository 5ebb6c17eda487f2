"""Ordinal heads, the default network, and its loss."""

import unittest

import numpy as np
import torch

from tests.training import setup_path  # noqa: F401
from austream_training.data.face_mesh import network_points
from austream_training.losses.ordinal import ordinal_loss
from austream_training.networks.ordinal_head import LEVEL_WIDTHS, OrdinalCuts, expected_intensity, level_targets
from austream_training.networks.registry import build_network


class OrdinalTests(unittest.TestCase):
    def test_levels_decompose_an_intensity_exactly(self) -> None:
        intensity = torch.linspace(0, 5, 101).reshape(1, -1)
        torch.testing.assert_close(expected_intensity(level_targets(intensity)), intensity)

    def test_a_higher_score_never_lowers_intensity_whatever_the_weights(self) -> None:
        torch.manual_seed(1)
        cuts = OrdinalCuts(3)
        torch.nn.init.normal_(cuts.first)
        torch.nn.init.normal_(cuts.steps, std=3)
        score = torch.linspace(-10, 15, 400).reshape(-1, 1).repeat(1, 3)
        intensity = expected_intensity(torch.sigmoid(cuts(score)))
        self.assertTrue((intensity.diff(dim=0) >= 0).all())
        self.assertTrue((cuts(score).diff(dim=2) <= 0).all())
        self.assertGreaterEqual(float(intensity.min()), 0)
        self.assertLessEqual(float(intensity.max()), 5.0001)

    def test_the_loss_equals_a_direct_evaluation_in_double_precision(self) -> None:
        random = np.random.default_rng(4)
        logits = random.normal(0, 2, (3, 2, len(LEVEL_WIDTHS)))
        truth = np.array([[0.0, 0.7], [np.nan, 5.0], [2.25, 3.1]])
        total, count, start = 0.0, 0, np.cumsum(LEVEL_WIDTHS) - np.array(LEVEL_WIDTHS)
        for row in range(3):
            for unit in range(2):
                if np.isnan(truth[row, unit]):
                    continue
                probability = 1 / (1 + np.exp(-logits[row, unit]))
                target = np.clip((truth[row, unit] - start) / np.array(LEVEL_WIDTHS), 0, 1)
                entropy = -(target * np.log(probability) + (1 - target) * np.log(1 - probability)).mean()
                gap = abs((probability * np.array(LEVEL_WIDTHS)).sum() - truth[row, unit])
                total += entropy + 0.3 * (gap ** 2 if gap < 0.5 else gap - 0.25)
                count += 1
        loss = ordinal_loss(torch.tensor(logits), torch.tensor(truth), 0.3)
        self.assertAlmostEqual(float(loss), total / count, places=9)

    def test_the_loss_has_the_gradient_of_finite_differences(self) -> None:
        torch.manual_seed(2)
        logits = torch.randn(2, 3, len(LEVEL_WIDTHS), dtype=torch.double, requires_grad=True)
        truth = torch.tensor([[0.0, 1.3, float("nan")], [4.2, 0.4, 2.0]], dtype=torch.double)
        self.assertTrue(torch.autograd.gradcheck(lambda value: ordinal_loss(value, truth, 0.3), logits))


class AuStreamBaseTests(unittest.TestCase):
    def setUp(self) -> None:
        torch.manual_seed(3)
        self.points = len(network_points())
        self.network = build_network("austream-base", self.points, 21, width=8).eval()

    def test_late_fusion_is_the_mean_of_the_branches_own_scores(self) -> None:
        image, landmarks = torch.randn(3, 3, 112, 112), torch.randn(3, 2 * self.points) * 0.2
        output = self.network.training_output(image, landmarks)
        late, features = self.network(image, landmarks)
        torch.testing.assert_close(late, expected_intensity(torch.sigmoid((output.picture + output.landmarks) / 2)))
        torch.testing.assert_close(features, output.features)
        self.network.fusion = "learned"
        torch.testing.assert_close(self.network(image, landmarks)[0], expected_intensity(torch.sigmoid(output.fused)))
        with self.assertRaisesRegex(ValueError, "'early'.*late, learned"):
            build_network("austream-base", self.points, 21, width=8, fusion="early")

    def test_relative_intensity_is_the_geometric_mean_of_the_comparison_and_of_the_difference(self) -> None:
        image, landmarks = torch.randn(6, 3, 112, 112), torch.randn(6, 2 * self.points) * 0.2
        with torch.no_grad():
            intensity, features = self.network(image, landmarks)
            here, rest = features[:3], features[3:]
            relative = self.network.relative_intensity(here, rest).numpy()
            picture, shape = (logits.double().numpy() for logits in self.network.relative_branches(here, rest))
        told = (1 / (1 + np.exp(-(picture + shape) / 2)) * np.array(LEVEL_WIDTHS)).sum(2)
        more = np.maximum(0, intensity[:3].double().numpy() - intensity[3:].double().numpy())
        np.testing.assert_allclose(relative, np.sqrt(told * more + 0.05 ** 2) - 0.05, atol=1e-5)
        self.assertGreater(float(relative.max()), 1e-3)
        self.assertTrue((self.network.relative_intensity(here, here).abs() < 1e-6).all(), "a face at rest beside itself")

    def test_each_comparing_head_sees_its_own_branch(self) -> None:
        features, rest = torch.randn(2, 256), torch.randn(2, 256)
        picture, shape = self.network.relative_branches(features, rest)
        features[:, :160] += 1
        other_picture, other_shape = self.network.relative_branches(features, rest)
        torch.testing.assert_close(other_shape, shape)
        self.assertGreater(float((other_picture - picture).abs().max().detach()), 1e-3)

    def test_shapes_and_range_follow_the_contract(self) -> None:
        intensity, features = self.network(torch.randn(2, 3, 112, 112), torch.randn(2, 2 * self.points))
        self.assertEqual(intensity.shape, (2, 21))
        self.assertEqual(features.shape, (2, 256))
        self.assertTrue(((intensity >= 0) & (intensity <= 5)).all())

    def test_exposure_and_contrast_do_not_matter(self) -> None:
        image, landmarks = torch.randn(2, 3, 112, 112), torch.randn(2, 2 * self.points)
        with torch.no_grad():
            plain, _ = self.network(image, landmarks)
            bright, _ = self.network(image * 1.1 + 0.3, landmarks)
        torch.testing.assert_close(plain, bright, atol=2e-2, rtol=0)

    def test_faces_of_a_batch_do_not_influence_each_other(self) -> None:
        image, landmarks = torch.randn(3, 3, 112, 112), torch.randn(3, 2 * self.points)
        with torch.no_grad():
            together, _ = self.network(image, landmarks)
            alone, _ = self.network(image[1:2], landmarks[1:2])
        torch.testing.assert_close(together[1:2], alone, atol=1e-4, rtol=1e-4)

    def test_an_unknown_network_is_named_with_the_known_ones(self) -> None:
        with self.assertRaisesRegex(ValueError, "austream-bass.*austream-base"):
            build_network("austream-bass", self.points, 21)


if __name__ == "__main__":
    unittest.main()
