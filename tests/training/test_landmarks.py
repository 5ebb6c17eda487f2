"""The stand-alone landmark network: framing, completion, batches, training, export."""

import hashlib
import json
import tempfile
import unittest
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import torch

from tests.training.fake_shards import write_shard
from tests.training.setup_path import REPOSITORY
from tests.training.test_guard import _shared_media
from austream_training.commands import main
from austream_training.data.face_points import KEPT
from austream_training.data.guard import RefusedData
from austream_training.data.shards import split_of
from austream_training.exporting.onnx_runtime import is_available, runtime_session
from austream_training.landmarks.completion import MeshCompletion, fit_completion
from austream_training.landmarks.configuration import LandmarkConfiguration
from austream_training.landmarks.exporting import publish
from austream_training.landmarks.faces import read_faces
from austream_training.landmarks.feed import LandmarkFeed
from austream_training.landmarks.fewer_bits import measure_fewer_bits
from austream_training.landmarks.framing import cut, face_squares, similarity, square_to_picture
from austream_training.landmarks.starting import start_from
from austream_training.landmarks.training import LandmarkTraining
from austream_training.networks.landmark_cnn import LandmarkStage
from austream_training.training.configuration import read_document

SMALL = LandmarkConfiguration(id="small", steps=30, picture=40, width=0.1, hidden_width=0.05, dropout=0.0, faces=8, empty=4, polygons=20)


def write_pictures(folder: Path, seed: int = 1) -> Path:
    """A shard with whole pictures: every crop in the middle of one. Of the people 12 are for training, 6 each for validation and test."""
    write_shard(folder, people=24, pictures=3, seed=seed)
    crops, points = np.load(folder / "crop.npy"), np.load(folder / "crop_points68.npy")
    pictures = np.random.default_rng(seed).integers(0, 60, (len(crops), 256, 256, 3)).astype(np.uint8)
    pictures[:, 56:200, 56:200] = crops
    np.save(folder / "image.npy", pictures)
    np.save(folder / "points68.npy", points + 56)
    numbers = np.arange(5000)
    people = np.concatenate([numbers[split_of(numbers) == split][:count] for split, count in ((0, 12), (1, 6), (2, 6))])
    np.save(folder / "identity.npy", np.repeat(people, 3).astype(np.int64))
    return folder


class FramingTests(unittest.TestCase):
    def test_a_similarity_is_found_again(self) -> None:
        random = np.random.default_rng(1)
        source = random.normal(0, 20, (5, 66, 2))
        angle, scale, offset = random.uniform(-3, 3, 5), random.uniform(0.2, 4, 5), random.normal(0, 50, (5, 2))
        matrix = scale[:, None, None] * np.stack([np.cos(angle), -np.sin(angle), np.sin(angle), np.cos(angle)], 1).reshape(-1, 2, 2)
        found, moved = similarity(source, source @ matrix.transpose(0, 2, 1) + offset[:, None])
        np.testing.assert_allclose(found, matrix, atol=1e-9)
        np.testing.assert_allclose(moved, offset, atol=1e-7)

    def test_a_square_without_a_change_is_the_picture(self) -> None:
        picture = np.random.default_rng(2).integers(0, 256, (2, 32, 32, 3)).astype(np.uint8)
        matrix, offset = square_to_picture(np.full((2, 2), 16.0), np.full(2, 32.0), np.zeros(2), 32)
        np.testing.assert_array_equal(cut(picture, matrix, offset, 32), picture)

    def test_where_a_pixel_covers_two_blocks_are_averaged(self) -> None:
        picture = np.random.default_rng(3).integers(0, 256, (1, 32, 32, 3)).astype(np.uint8)
        matrix, offset = square_to_picture(np.full((1, 2), 16.0), np.full(1, 32.0), np.zeros(1), 16)
        expected = picture.reshape(1, 16, 2, 16, 2, 3).astype(float).mean((2, 4))
        self.assertLessEqual(np.abs(cut(picture, matrix, offset, 16) - expected).max(), 0.5)

    def test_the_square_of_a_turned_face_turns_with_it(self) -> None:
        mesh = np.random.default_rng(4).uniform(-1, 1, (1, 468, 2)) * [40, 55]
        mesh[:, [33, 263]] = [[-20, -10], [20, -10]]
        angle = 0.6
        turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        centre, side, level = face_squares(mesh)
        turned_centre, turned_side, turned = face_squares(mesh @ turn.T + [100, 30])
        self.assertAlmostEqual(float(level[0]), 0, places=9)
        self.assertAlmostEqual(float(turned[0]), angle, places=9)
        np.testing.assert_allclose(turned_side, side, rtol=1e-9)
        np.testing.assert_allclose(turned_centre, centre @ turn.T + [100, 30], atol=1e-9)


class CompletionTests(unittest.TestCase):
    def setUp(self) -> None:
        random = np.random.default_rng(5)
        points = random.normal(0, 20, (66, 2))
        self.completion = MeshCompletion(
            torch.from_numpy(points - points.mean(0)), torch.from_numpy(random.normal(0, 20, (468, 3))),
            torch.from_numpy(random.normal(0, 0.05, (132, 1404)))).double()

    def test_the_mean_points_give_the_mean_mesh(self) -> None:
        found = self.completion(self.completion.mean_points.unsqueeze(0))
        torch.testing.assert_close(found[0], self.completion.mean_mesh, atol=1e-5, rtol=0)

    def test_a_moved_turned_and_scaled_face_gives_its_mesh_moved_turned_and_scaled(self) -> None:
        random = np.random.default_rng(6)
        for _ in range(200):
            points = self.completion.mean_points + torch.from_numpy(random.normal(0, 2, (66, 2)))
            scale, angle, offset = random.uniform(0.1, 10), random.uniform(-3.1, 3.1), torch.from_numpy(random.uniform(-2000, 2000, 2))
            turn = torch.tensor([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
            plain, moved = self.completion(torch.stack([points, scale * points @ turn.T + offset]))
            expected = torch.cat([scale * plain[:, :2] @ turn.T + offset, scale * plain[:, 2:]], 1)
            torch.testing.assert_close(moved, expected, atol=1e-4, rtol=0)

    def test_a_linear_relation_is_fitted_exactly(self) -> None:
        random = np.random.default_rng(7)
        points = self.completion.mean_points.numpy() + random.normal(0, 2, (600, 66, 2))
        mesh = self.completion(torch.from_numpy(points)).numpy()
        fitted = fit_completion(points, mesh, 1e-9).double()
        others = torch.from_numpy(self.completion.mean_points.numpy() + random.normal(0, 2, (20, 66, 2)))
        # The frame of the fitted mean differs a little, and with it what is linear: the rest is far below a pixel.
        self.assertLess(float((fitted(others) - self.completion(others)).abs().max()), 0.5)


class NetworkTests(unittest.TestCase):
    def test_at_its_defaults_it_is_the_papers_network_and_a_face_flag(self) -> None:
        network = LandmarkStage().eval()
        own, rest = (sum(p.numel() for p in part.parameters()) for part in (network.landmarks, network))
        self.assertEqual(rest - own, 1001)
        points, flag = network(torch.rand(2, 3, 64, 64))
        self.assertEqual((points.shape, flag.shape), ((2, 66, 2), (2, 1)))

    def test_the_landmark_part_of_the_zoos_gl_cnn_can_be_started_from(self) -> None:
        network, images = LandmarkStage(0.4, 56, 0.0, 0.4).eval(), torch.rand(20, 3, 56, 56, generator=torch.Generator().manual_seed(1))
        start_from(network, REPOSITORY / "models" / "zoo" / "gl-cnn.onnx", images)
        with torch.no_grad():
            here = network.landmarks(network.standardise(images))
        self.assertLess(float(here.abs().max()), 2)
        # With batch statistics it computes the same as with those that were set.
        network.train()
        with torch.no_grad():
            there = network.landmarks(network.standardise(images))
        torch.testing.assert_close(there, here, atol=2e-3, rtol=0)

    def test_a_larger_picture_starts_from_its_convolutions_alone(self) -> None:
        network, images = LandmarkStage(0.4, 72, 0.0, 0.3).eval(), torch.rand(20, 3, 72, 72, generator=torch.Generator().manual_seed(1))
        before = network.landmarks.output.weight.clone(), network.landmarks.convolutions[0].weight.clone()
        start_from(network, REPOSITORY / "models" / "zoo" / "gl-cnn.onnx", images)
        torch.testing.assert_close(network.landmarks.output.weight, before[0], atol=0, rtol=0)
        self.assertGreater(float((network.landmarks.convolutions[0].weight - before[1]).abs().max()), 0.01)

    def test_a_landmark_network_goes_on_from_its_own_file(self) -> None:
        network, images = LandmarkStage(0.4, 72, 0.0, 0.3).eval(), torch.rand(20, 3, 72, 72, generator=torch.Generator().manual_seed(1))
        start_from(network, REPOSITORY / "models" / "zoo" / "landmark-cnn.onnx", images)
        session = runtime_session(REPOSITORY / "models" / "zoo" / "landmark-cnn.onnx") if is_available() else self.skipTest("needs ONNX Runtime")
        there = session.run({"image": images.numpy()}, ["points"])[0]
        with torch.no_grad():
            here = network.landmarks(network.standardise(images)).reshape(-1, 66, 2)
        # Pixels of the input against shares of its side around the middle.
        difference = np.abs(here.numpy() * 72 + 36 - there)
        self.assertLess(float(difference.max()), 0.2)

    def test_other_widths_cannot_be_started_from_it(self) -> None:
        with self.assertRaisesRegex(ValueError, "convolutions.0"):
            start_from(LandmarkStage(0.3, 56, 0.0, 0.3), REPOSITORY / "models" / "zoo" / "gl-cnn.onnx", torch.rand(2, 3, 56, 56))


class TrainingTests(unittest.TestCase):
    def setUp(self) -> None:
        self._temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self._temporary.cleanup)
        self.folder = Path(self._temporary.name)
        torch.set_num_threads(1)

    def test_points_and_mesh_lie_in_the_square_where_the_face_is(self) -> None:
        write_pictures(self.folder / "shards")
        faces = read_faces([self.folder / "shards"], 32)
        self.assertEqual(faces.picture.shape, (72, 68, 68, 3))
        # The drawn face's mesh is 80 pixels wide and lies flat: 32 pixels, in the middle of the square.
        self.assertAlmostEqual(float(np.ptp(faces.mesh[:, :, 0], axis=1).mean()), 32, delta=0.5)
        middle = (faces.mesh[:, :, :2].min(1) + faces.mesh[:, :, :2].max(1)) / 2
        np.testing.assert_allclose(middle, np.full((72, 2), 34.0), atol=0.05)
        true = np.load(self.folder / "shards" / "crop_points68.npy")[:, KEPT]
        scale = np.linalg.norm(faces.points[:, 45] - faces.points[:, 36], axis=1) / np.linalg.norm(true[:, 45] - true[:, 36], axis=1)
        np.testing.assert_allclose(scale, 0.4, atol=0.01)
        self.assertEqual([int((faces.split == split).sum()) for split in range(3)], [36, 18, 18])
        self.assertGreater(len(faces.empty), 10)

    def test_the_same_seed_gives_the_same_batches(self) -> None:
        faces = read_faces([write_pictures(self.folder / "shards")], 32)
        first, second = (next(iter(LandmarkFeed(faces, SMALL, 3))) for _ in range(2))
        torch.testing.assert_close(first.image, second.image, atol=0, rtol=0)
        torch.testing.assert_close(first.points, second.points, atol=0, rtol=0)
        self.assertEqual((tuple(first.image.shape), tuple(first.points.shape)), ((12, 3, 40, 40), (8, 66, 2)))

    def test_it_learns_resumes_and_is_exported_with_parity(self) -> None:
        data, run = [write_pictures(self.folder / "shards")], self.folder / "run"
        LandmarkTraining(SMALL, data, run).run()
        state = torch.load(run / "checkpoint.pt")
        self.assertEqual(state["step"], 30)
        self.assertLess(state["curve"][-1]["distance"], 0.5)
        with self.assertRaisesRegex(ValueError, "another configuration"):
            LandmarkTraining(replace(SMALL, steps=40), data, run)
        zoo = self.folder / "zoo"
        zoo.mkdir()
        manifest = publish(run, data, zoo, self.folder / "fixtures")
        self.assertEqual(json.loads((zoo / "small.json").read_text(encoding="utf-8")), manifest)
        self.assertEqual(manifest["metrics"]["synthetic_test_faces"], 18)
        self.assertIn("no picture of a real person", (zoo / "small.md").read_text(encoding="utf-8"))
        if not is_available():
            return
        report = measure_fewer_bits(zoo / "small.onnx", data, zoo)
        self.assertEqual(report["faces"], 18)
        self.assertLess(report["mesh_shift"], 0.05)
        variant = json.loads((zoo / "small-int8.json").read_text(encoding="utf-8"))
        content = (zoo / "small-int8.onnx").read_bytes()
        self.assertEqual((variant["id"], variant["sha256"]), ("small-int8", hashlib.sha256(content).hexdigest()))
        self.assertIn("QuantizeLinear", {node.op_type for node in onnx.load_from_string(content).graph.node})

    def test_only_whole_pictures_of_synthetic_people_are_read(self) -> None:
        with self.assertRaisesRegex(RefusedData, "--images"):
            read_faces([write_shard(self.folder / "crops", people=2)], 32)
        config = str(REPOSITORY / "models" / "training" / "configs" / "landmarks" / "landmark-cnn.json")
        for root in _shared_media():
            with self.subTest(folder=root):
                run = str(self.folder / "run")
                self.assertEqual(main(["train-landmarks", "--config", config, "--data", str(root), "--out", run]), 1)
                self.assertFalse((self.folder / "run" / "checkpoint.pt").exists())

    def test_the_committed_configuration_is_valid(self) -> None:
        configuration = read_document(LandmarkConfiguration, REPOSITORY / "models" / "training" / "configs" / "landmarks" / "landmark-cnn.json")
        self.assertEqual(configuration.id, "landmark-cnn")


if __name__ == "__main__":
    unittest.main()
