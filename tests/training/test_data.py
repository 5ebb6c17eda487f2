"""Mesh symmetry, splits, batches and augmentation."""

import tempfile
import unittest
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from tests.training.fake_shards import write_shard
from austream_training.data.augmentation import AugmentationOptions, augment, centred, network_input, transform
from austream_training.data.face_mesh import MIDLINE, mirror_indices, mirror_positions, network_points
from austream_training.data.sampling import IdentityBatches
from austream_training.data.shards import SyntheticPeople, split_of


class MeshTests(unittest.TestCase):
    def test_mirroring_twice_is_the_identity_and_keeps_only_the_midline(self) -> None:
        mirror = mirror_indices()
        np.testing.assert_array_equal(mirror[mirror], np.arange(468))
        self.assertEqual(tuple(np.flatnonzero(mirror == np.arange(468))), MIDLINE)

    def test_known_pairs_mirror_each_other(self) -> None:
        mirror = mirror_indices()
        for left, right in ((33, 263), (133, 362), (61, 291), (105, 334), (159, 386), (234, 454), (98, 327), (50, 280)):
            self.assertEqual(mirror[left], right)

    def test_the_networks_points_are_their_own_mirror_image(self) -> None:
        points = network_points()
        self.assertEqual(points, sorted(set(points)))
        positions = mirror_positions(points)
        np.testing.assert_array_equal(positions[positions], np.arange(len(points)))


class ShardTests(unittest.TestCase):
    def setUp(self) -> None:
        self._temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self._temporary.cleanup)
        self.root = Path(self._temporary.name)

    def test_gathering_crosses_shards_and_keeps_rows_together(self) -> None:
        first, second = write_shard(self.root / "a", people=3), write_shard(self.root / "b", people=3, seed=2)
        people = SyntheticPeople(self.root)
        crops, mesh = people.gather(np.array([1, 18 + 4]), [61, 291])
        np.testing.assert_array_equal(crops[0], np.load(first / "crop.npy")[1])
        np.testing.assert_array_equal(crops[1], np.load(second / "crop.npy")[4])
        np.testing.assert_array_equal(mesh[1], np.load(second / "mesh.npy")[4][[61, 291], :2])

    def test_splits_follow_the_person_and_have_the_stated_sizes(self) -> None:
        split = split_of(np.arange(20000))
        self.assertAlmostEqual((split == 0).mean(), 0.9, delta=0.01)
        self.assertAlmostEqual((split == 1).mean(), 0.05, delta=0.01)
        np.testing.assert_array_equal(split_of(np.array([7, 7, 7])), np.repeat(split_of(np.array([7])), 3))

    def test_each_person_of_a_batch_starts_with_a_neutral_picture(self) -> None:
        people = SyntheticPeople(write_shard(self.root / "a", people=20))
        rows = np.flatnonzero(people.split == 0)
        batches = iter(IdentityBatches(rows, people.identity, people.neutral, people=8, pictures=4, seed=3))
        for _ in range(5):
            batch = next(batches).reshape(8, 4)
            self.assertTrue(people.neutral[batch[:, 0]].all())
            self.assertFalse(people.neutral[batch[:, 1:]].any())
            self.assertTrue((people.identity[batch] == people.identity[batch[:, :1]]).all())
            self.assertEqual(len(np.unique(people.identity[batch[:, 0]])), 8)


class AugmentationTests(unittest.TestCase):
    def test_points_follow_the_picture_through_rotation_scale_shift_and_mirror(self) -> None:
        crops = torch.zeros(1, 144, 144, 3, dtype=torch.uint8)
        crops[0, 59:62, 89:92] = 255
        mesh = torch.tensor([[[90.5, 60.5]]])
        for mirrored in (1.0, -1.0):
            angle = 0.2
            turn = torch.tensor([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]], dtype=torch.float32)
            matrix = (1.1 * turn @ torch.diag(torch.tensor([mirrored, 1.0]))).unsqueeze(0)
            pictures, placed = transform(crops, mesh, 112, matrix, torch.tensor([[2.0, -3.0]]))
            weight = pictures[0, 0]
            place = torch.arange(112) + 0.5
            spot = torch.stack([(weight.sum(0) * place).sum(), (weight.sum(1) * place).sum()]) / weight.sum()
            np.testing.assert_allclose(spot.numpy(), placed[0, 0].numpy(), atol=0.15)

    def test_points_follow_a_picture_that_is_bent(self) -> None:
        crops = torch.zeros(1, 144, 144, 3, dtype=torch.uint8)
        crops[0, 59:62, 89:92] = 255
        mesh = torch.tensor([[[90.5, 60.5]]])
        across, down = torch.meshgrid(torch.arange(112.0), torch.arange(112.0), indexing="xy")
        bend = torch.stack([4 * torch.sin(down / 30), 3 * torch.cos(across / 25)]).unsqueeze(0)
        matrix = torch.diag(torch.tensor([-1.05, 1.05])).unsqueeze(0)
        pictures, placed = transform(crops, mesh, 112, matrix, torch.tensor([[2.0, -3.0]]), bend)
        weight, place = pictures[0, 0], torch.arange(112) + 0.5
        spot = torch.stack([(weight.sum(0) * place).sum(), (weight.sum(1) * place).sum()]) / weight.sum()
        np.testing.assert_allclose(spot.numpy(), placed[0, 0].numpy(), atol=0.15)

    def test_a_persons_pictures_are_bent_alike_and_mirror_images_stay_mirror_images(self) -> None:
        crops = torch.zeros(4, 144, 144, 3, dtype=torch.uint8)
        mesh = torch.tensor([[60.0, 70.0], [84.0, 70.0]]).repeat(4, 1, 1)
        for flip in (0.0, 1.0):
            still = AugmentationOptions(
                shift_pixels=0, rotation_degrees=0, scale=0, flip=flip, landmark_noise_pixels=0, gamma=0, channel_gain=0, grey=0,
                illumination=0, low_resolution=0, noise=0, noisy=0, occluder=0, warp_pixels=2)
            _, placed = augment(
                crops, mesh, 112, torch.tensor([1, 0]), still, torch.Generator().manual_seed(1), person=torch.tensor([0, 0, 1, 1]))
            torch.testing.assert_close(placed[0], placed[1])
            self.assertGreater(float((placed[0] - placed[2]).abs().max()), 0.2)
            if flip == 0:
                plain = placed
        unflipped = plain.flip(1) * torch.tensor([-1.0, 1.0]) + torch.tensor([112.0, 0.0])
        torch.testing.assert_close(placed, unflipped, atol=0.05, rtol=0)

    def test_a_random_texture_keeps_bright_parts_brighter_than_dark_ones_on_the_whole(self) -> None:
        random = torch.Generator().manual_seed(2)
        crops = (torch.rand(12, 18, 18, 3, generator=random).repeat_interleave(8, 1).repeat_interleave(8, 2) * 255).to(torch.uint8)
        still = AugmentationOptions(
            shift_pixels=0, rotation_degrees=0, scale=0, flip=0, landmark_noise_pixels=0, gamma=0, channel_gain=0, grey=0,
            illumination=0, low_resolution=0, noise=0, noisy=0, occluder=0)
        textured = replace(still, texture=1.0)
        mesh, mirror = torch.zeros(12, 1, 2), torch.tensor([0])
        plain, _ = augment(crops, mesh, 112, mirror, still, torch.Generator().manual_seed(3))
        filtered, _ = augment(crops, mesh, 112, mirror, textured, torch.Generator().manual_seed(3))
        for before, after in zip(plain, filtered, strict=True):
            self.assertGreater(float(torch.corrcoef(torch.stack([before.mean(0).flatten(), after.mean(0).flatten()]))[0, 1]), 0.3)
            self.assertGreater(float((before - after).abs().max()), 0.005)

    def test_without_change_the_transform_is_the_centred_crop(self) -> None:
        crops = torch.randint(0, 256, (2, 144, 144, 3), dtype=torch.uint8)
        mesh = torch.rand(2, 5, 2) * 144
        picture, placed = transform(crops, mesh, 112, torch.eye(2).repeat(2, 1, 1), torch.zeros(2, 2))
        expected_picture, expected_placed = centred(crops, mesh, 112)
        torch.testing.assert_close(picture, expected_picture, atol=2e-4, rtol=0)
        torch.testing.assert_close(placed, expected_placed, atol=1e-3, rtol=0)

    def test_a_seed_gives_the_same_batch_and_all_values_stay_in_range(self) -> None:
        crops = torch.randint(0, 256, (8, 144, 144, 3), dtype=torch.uint8)
        mesh = torch.rand(8, 4, 2) * 144
        mirror = torch.tensor([1, 0, 3, 2])
        results = [augment(crops, mesh, 112, mirror, AugmentationOptions(), torch.Generator().manual_seed(5)) for _ in range(2)]
        torch.testing.assert_close(results[0], results[1], atol=0, rtol=0)
        self.assertGreaterEqual(float(results[0][0].min()), 0)
        self.assertLessEqual(float(results[0][0].max()), 1)
        self.assertTrue(torch.isfinite(results[0][0]).all())

    def test_a_flip_swaps_the_sides_of_the_mesh(self) -> None:
        still = AugmentationOptions(
            shift_pixels=0, rotation_degrees=0, scale=0, flip=1.0, landmark_noise_pixels=0, gamma=0, channel_gain=0, grey=0,
            illumination=0, low_resolution=0, noise=0, noisy=0, occluder=0)
        crops = torch.zeros(1, 144, 144, 3, dtype=torch.uint8)
        mesh = torch.tensor([[[60.0, 70.0], [90.0, 75.0]]])
        _, placed = augment(crops, mesh, 112, torch.tensor([1, 0]), still, torch.Generator().manual_seed(1))
        expected = torch.tensor([[[112 - 74.0, 59.0], [112 - 44.0, 54.0]]])
        torch.testing.assert_close(placed, expected, atol=1e-4, rtol=0)

    def test_network_input_follows_the_contract_of_the_manifest(self) -> None:
        pictures = torch.full((1, 3, 112, 112), 1.0)
        mesh = torch.tensor([[[56.0, 112.0], [0.0, 56.0]]])
        image, landmarks = network_input(pictures, mesh, torch.full((3,), 127.5), torch.full((3,), 127.5))
        self.assertAlmostEqual(float(image.mean()), 1.0, places=5)
        torch.testing.assert_close(landmarks, torch.tensor([[0.0, 0.5, -0.5, 0.0]]))


if __name__ == "__main__":
    unittest.main()
