"""The papers' networks: their stated sizes at full width, and the network contract of the small ones that are trained here."""

import json
import unittest

import torch
from torch import nn

from tests.training.setup_path import REPOSITORY
from austream_training.networks.dscmr import GRID, LocalConvolution
from austream_training.networks.gl_cnn import SCORE_SLOPE, normalise_points
from austream_training.networks.inception import GoogLeNetBody
from austream_training.networks.landmark_cnn import LandmarkCnn
from austream_training.networks.patches import cut_patches
from austream_training.networks.presence import presence_intensity
from austream_training.networks.registry import build_network, landmark_points

PAPERS = ("gl-cnn", "regions-22", "dsin", "hybrid", "dscmr", "l-dscmr")
CONFIGURATIONS = REPOSITORY / "models" / "training" / "configs"


def build(name: str, action_units: int = 21, **options) -> nn.Module:
    return build_network(name, len(landmark_points(name)), action_units, **options)


def parameters(module: nn.Module) -> int:
    return sum(parameter.numel() for parameter in module.parameters())


def convolutions(module: nn.Module) -> list[tuple[int, ...]]:
    return [tuple(layer.weight.shape) for layer in module.modules() if isinstance(layer, nn.Conv2d)]


class PaperSizeTests(unittest.TestCase):
    def test_landmark_cnn_has_the_layers_of_table_1(self) -> None:
        network = LandmarkCnn()
        self.assertEqual(convolutions(network), [(80, 3, 5, 5), (96, 80, 4, 4), (128, 96, 3, 3), (128, 128, 3, 3)])
        self.assertEqual(sum(isinstance(layer, nn.MaxPool2d) for layer in network.modules()), 2)
        linear = [layer for layer in network.modules() if isinstance(layer, nn.Linear)]
        self.assertEqual([layer.out_features for layer in linear], [1800, 1000, 132])
        self.assertEqual(network.eval()(torch.zeros(2, 3, 64, 64)).shape, (2, 66, 2))

    def test_gl_cnn_joins_132_coordinates_to_a_layer_of_4096_on_googlenet(self) -> None:
        network = build("gl-cnn", 11).eval()
        self.assertEqual(convolutions(network.body)[0], (64, 3, 3, 3))
        self.assertEqual(network.hidden.weight.shape, (4096, 1024))
        self.assertEqual(network.output.weight.shape, (11, 4096 + 132))
        self.assertEqual(len(convolutions(network.body)), 57)
        weights = sum(layer.weight.numel() for layer in network.body.modules() if isinstance(layer, nn.Conv2d))
        self.assertEqual(weights, self._googlenet_weights())
        _, features = network(torch.zeros(1, 3, 224, 224))
        self.assertEqual(features.shape, (1, 4228))

    @staticmethod
    def _googlenet_weights() -> int:
        """Weights of the convolutions by table 1 of the GoogLeNet paper, with 3x3 filters first."""
        table = [
            (192, 64, 96, 128, 16, 32, 32), (256, 128, 128, 192, 32, 96, 64), (480, 192, 96, 208, 16, 48, 64),
            (512, 160, 112, 224, 24, 64, 64), (512, 128, 128, 256, 24, 64, 64), (512, 112, 144, 288, 32, 64, 64),
            (528, 256, 160, 320, 32, 128, 128), (832, 256, 160, 320, 32, 128, 128), (832, 384, 192, 384, 48, 128, 128)]
        total = 64 * 3 * 9 + 64 * 64 + 192 * 64 * 9
        for inputs, one, r3, three, r5, five, pool in table:
            total += inputs * (one + r3 + r5 + pool) + 9 * r3 * three + 25 * r5 * five
        return total

    def test_regions_22_has_the_stated_patch_sizes(self) -> None:
        network = build("regions-22", 12).eval()
        self.assertEqual(convolutions(network)[:2], [(32, 3, 11, 11), (22 * 32, 32, 7, 7)])
        self.assertEqual(network.regions.map_side, 190)
        self.assertEqual(network.regions.patch_features, 12 * 12 * 8)
        self.assertEqual(network.fully7.in_features, 22 * 12 * 12 * 8)
        self.assertEqual(network.fully8.out_features, 1024)
        self.assertEqual(len(convolutions(network)), 6)
        groups = [layer.groups for layer in network.regions.patch_layers if isinstance(layer, nn.Conv2d)]
        self.assertEqual(groups, [22] * 5)
        image, landmarks = torch.randn(1, 3, 200, 200), torch.rand(1, 44) - 0.5
        self.assertEqual(network.regions(image, landmarks).shape, (1, 22, 1152))

    def test_dsin_has_six_patch_networks_64_units_and_ten_iterations(self) -> None:
        network = build("dsin", 12).eval()
        self.assertEqual(len(network.patch_networks), 6)
        self.assertEqual(network.fusion.first.shape, (12, 6, 64))
        self.assertEqual(network.structure.iterations, 10)
        # Per action unit three message, three gate and two prediction weights and a bias each (eq. 7, 8, 10).
        self.assertEqual(parameters(network.structure), 12 * (4 + 4 + 3))
        output = network.training_output(torch.randn(2, 3, 224, 224), torch.zeros(2, 14))
        self.assertEqual(output.patches.shape, (2, 6, 12))
        self.assertEqual(output.gates.shape, (10, 2, 12))

    def test_hybrid_is_alexnet_with_fc7_of_4096(self) -> None:
        network = build("hybrid", 12).eval()
        self.assertEqual(convolutions(network), [(96, 3, 11, 11), (256, 96, 5, 5), (384, 256, 3, 3), (384, 384, 3, 3), (256, 384, 3, 3)])
        self.assertEqual((network.fc6.out_features, network.fc7.weight.shape), (4096, (4096, 4096)))
        _, features = network(torch.randn(2, 3, 176, 176))
        self.assertEqual(features.shape, (2, 4096))
        torch.testing.assert_close(features.norm(dim=1), torch.ones(2))

    def test_dscmr_is_resnet_18_with_2046_units(self) -> None:
        network = build("dscmr", 11)
        weights = sum(layer.weight.numel() for layer in network.modules() if isinstance(layer, nn.Conv2d))
        # ResNet-18 has 11,166,912 weights in convolutions; the first group has a 1x1 shortcut here as well.
        self.assertEqual(weights, 11_166_912 + 64 * 64)
        self.assertEqual(network.hidden.weight.shape, (2046, 512))
        self.assertEqual(network.output.weight.shape, (11, 2046))

    def test_l_dscmr_divides_a_map_of_214_into_8_by_8_blocks_with_own_filters(self) -> None:
        network = build("l-dscmr", 11).eval()
        local = network.local[3]
        self.assertIsInstance(local, LocalConvolution)
        self.assertEqual((local.side, local.block, local.filters.groups), (214, 27, 64))
        self.assertEqual(local.normalise.num_features, 64 * 32)
        self.assertEqual(network.local(torch.zeros(1, 3, 224, 224)).shape, (1, 32, 214, 214))


class PartTests(unittest.TestCase):
    def test_presence_is_even_at_level_a_and_the_map_is_monotone(self) -> None:
        self.assertAlmostEqual(float(presence_intensity(torch.zeros(1))), 1.0, places=6)
        logits = torch.linspace(-20, 20, 200)
        intensity = presence_intensity(logits)
        self.assertTrue((intensity[1:] >= intensity[:-1]).all())
        self.assertGreater(float((intensity[1:] - intensity[:-1])[logits[1:] < 3].min()), 0)
        self.assertEqual((float(intensity.max()), SCORE_SLOPE > 0), (5.0, True))

    def test_patches_are_cut_around_their_points(self) -> None:
        maps = torch.zeros(1, 2, 40, 40)
        maps[0, 1, 20, 30] = 1
        centre = torch.tensor([[[(30.5 - 20) / 40, (20.5 - 20) / 40], [0.0, 0.0]]])
        patches = cut_patches(maps, centre, 5)
        self.assertEqual(patches.shape, (1, 2, 2, 5, 5))
        expected = torch.zeros(2, 5, 5)
        expected[1, 2, 2] = 1
        torch.testing.assert_close(patches[0, 0], expected, atol=1e-5, rtol=0)
        # The middle of the map is a corner of four pixels; a patch of odd side lies half a pixel off them.
        self.assertAlmostEqual(float(patches[0, 1].sum()), 0.0, places=5)

    def test_a_map_that_spans_less_than_the_picture_is_addressed_by_the_pictures_points(self) -> None:
        maps = torch.zeros(1, 1, 38, 38)
        maps[0, 0, 10, 25] = 1
        point = torch.tensor([[[(25 + 1 + 0.5 - 20) / 40, (10 + 1 + 0.5 - 20) / 40]]])
        patch = cut_patches(maps, point, 3, 38 / 40)
        self.assertAlmostEqual(float(patch[0, 0, 0, 1, 1]), 1.0, places=4)

    def test_normalised_points_have_the_eye_corners_in_place_whatever_the_similarity(self) -> None:
        torch.manual_seed(1)
        points = torch.rand(1, 66, 2) - 0.5
        points[0, 36], points[0, 45] = torch.tensor([-0.3, 0.1]), torch.tensor([0.25, 0.2])
        first = normalise_points(points)
        torch.testing.assert_close(first[0, [36, 45]], torch.tensor([[-0.5, 0.0], [0.5, 0.0]]), atol=1e-5, rtol=0)
        angle = torch.tensor(0.4)
        turn = torch.stack([torch.stack([angle.cos(), -angle.sin()]), torch.stack([angle.sin(), angle.cos()])])
        torch.testing.assert_close(normalise_points(1.7 * points @ turn.T + 0.2), first, atol=1e-4, rtol=1e-4)

    def test_local_convolution_keeps_blocks_apart_and_adds_the_identity(self) -> None:
        torch.manual_seed(2)
        layer = LocalConvolution(2, 32).eval()
        maps = torch.randn(1, 2, 32, 32)
        changed = maps.clone()
        changed[0, :, 9, 13] += 1
        with torch.no_grad():
            difference = (layer(changed) - layer(maps)).abs().sum(1)[0]
            nn.init.zeros_(layer.filters.weight)
            nn.init.zeros_(layer.filters.bias)
            torch.testing.assert_close(layer(maps), maps)
        block = 32 // GRID
        rows, columns = torch.nonzero(difference, as_tuple=True)
        self.assertEqual({int(row) // block for row in rows}, {9 // block})
        self.assertEqual({int(column) // block for column in columns}, {13 // block})

    def test_every_block_has_filters_of_its_own(self) -> None:
        torch.manual_seed(3)
        layer = LocalConvolution(1, 16).eval()
        tile = torch.randn(1, 1, 2, 2)
        with torch.no_grad():
            result = layer(tile.repeat(1, 1, 8, 8))
        blocks = result.reshape(8, 2, 8, 2).permute(0, 2, 1, 3).reshape(64, 4)
        self.assertEqual(len(torch.unique(blocks, dim=0)), 64)


class ContractTests(unittest.TestCase):
    """The committed configurations build networks that keep the contract of docs/models.md."""

    def setUp(self) -> None:
        torch.manual_seed(4)

    def _network(self, name: str) -> tuple[nn.Module, torch.Tensor, torch.Tensor]:
        document = json.loads((CONFIGURATIONS / f"{name}.json").read_text(encoding="utf-8"))
        points = landmark_points(document["network"])
        network = build(document["network"], **document["network_options"]).eval()
        return network, torch.randn(3, 3, 112, 112), 0.3 * torch.randn(3, 2 * len(points))

    def test_outputs_have_the_shapes_and_ranges_of_the_contract(self) -> None:
        for name in (*PAPERS, "austream-base", "austream-nano"):
            with self.subTest(name=name), torch.no_grad():
                network, image, landmarks = self._network(name)
                intensity, features = network(image, landmarks)
                self.assertEqual(intensity.shape, (3, 21))
                self.assertTrue(((intensity >= 0) & (intensity <= 5)).all())
                self.assertEqual((features.dim(), len(features)), (2, 3))

    def test_faces_of_a_batch_do_not_influence_each_other(self) -> None:
        for name in (*PAPERS, "austream-nano"):
            with self.subTest(name=name), torch.no_grad():
                network, image, landmarks = self._network(name)
                together = network(image, landmarks)
                alone = network(image[1:2], landmarks[1:2])
                torch.testing.assert_close(together[0][1:2], alone[0], atol=1e-4, rtol=1e-3)
                torch.testing.assert_close(together[1][1:2], alone[1], atol=1e-4, rtol=1e-3)

    def test_networks_fed_by_points_follow_them(self) -> None:
        for name in ("regions-22", "dsin", "austream-base"):
            with self.subTest(name=name), torch.no_grad():
                network, image, landmarks = self._network(name)
                self.assertGreater(float((network(image, landmarks)[1] - network(image, landmarks + 0.1)[1]).abs().max()), 1e-4)

    def test_every_patch_of_regions_22_has_a_say_from_the_start(self) -> None:
        network, image, landmarks = self._network("regions-22")
        with torch.no_grad():
            strength = network.regions_of(image, landmarks).mean((0, 2))
        self.assertGreater(float(strength.min()), 0.05 * float(strength.max()))

    def test_every_part_of_a_network_gets_a_gradient(self) -> None:
        for name in PAPERS:
            with self.subTest(name=name):
                network, image, landmarks = self._network(name)
                network.train()
                output = network.training_output(image, landmarks)
                tensors = [output] if torch.is_tensor(output) else list(vars(output).values())
                sum((tensor ** 2).mean() for tensor in tensors).backward()
                missing = [key for key, parameter in network.named_parameters() if parameter.grad is None]
                self.assertEqual(missing, [])


if __name__ == "__main__":
    unittest.main()
