"""Every committed configuration trains, resumes and reports, on drawn faces and at a small size."""

import json
import shutil
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch

from tests.training.fake_shards import write_shard
from tests.training.setup_path import REPOSITORY
from tests.training.test_exporting import SMALL
from austream_training.data.augmentation import AugmentationOptions
from austream_training.data.face_points import KEPT, mirror_of_66
from austream_training.data.feed import Crop, Feed
from austream_training.data.guard import RefusedData
from austream_training.data.shards import SyntheticPeople
from austream_training.networks.registry import landmark_points
from austream_training.objectives.registry import build_objective
from austream_training.training.configuration import read_configuration
from austream_training.training.run import TrainingRun

CONFIGURATIONS = sorted((REPOSITORY / "models" / "training" / "configs").glob("*.json"))
STEPS = 6


class ObjectiveTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        torch.set_num_threads(1)
        cls.data = write_shard(cls.folder / "data", people=60, pictures=4)

    def _configuration(self, path: Path):
        document = json.loads(path.read_text(encoding="utf-8"))
        document |= {"network_options": SMALL[document["network"]], "steps": STEPS, "batch": {"people": 4, "pictures": 3}}
        small = self.folder / path.name
        small.write_text(json.dumps(document), encoding="utf-8")
        return read_configuration(small)

    def test_every_configuration_trains_and_its_checkpoint_is_resumed(self) -> None:
        teacher = self.folder / "run-austream-base"
        for path in CONFIGURATIONS:
            with self.subTest(configuration=path.stem):
                configuration = self._configuration(path)
                out = self.folder / f"run-{path.stem}"
                run = TrainingRun(configuration, self.data, out, teacher=teacher)
                before = {name: value.clone() for name, value in run.network.state_dict().items()}
                run.run()
                self.assertEqual(list(run.curve[-1])[2:2 + len(run.objective.parts)], list(run.objective.parts))
                self.assertTrue(all(np.isfinite(run.curve[-1][part]) for part in run.objective.parts))
                self.assertTrue(any(not torch.equal(before[name], value) for name, value in run.network.state_dict().items()))
                resumed = TrainingRun(configuration, self.data, out, teacher=teacher)
                self.assertEqual(resumed.step, STEPS)
                for name, value in run.objective.state_dict().items():
                    torch.testing.assert_close(resumed.objective.state_dict()[name], value, equal_nan=True)

    def test_a_small_network_needs_a_teacher(self) -> None:
        configuration = self._configuration(CONFIGURATIONS[0].with_name("austream-nano.json"))
        with self.assertRaisesRegex(ValueError, "--teacher"):
            TrainingRun(configuration, self.data, self.folder / "none")

    def test_gl_cnn_refuses_shards_without_true_points(self) -> None:
        old = write_shard(self.folder / "old", people=30)
        (old / "crop_points68.npy").unlink()
        configuration = self._configuration(CONFIGURATIONS[0].with_name("gl-cnn.json"))
        with self.assertRaisesRegex(RefusedData, "crop_points68.npy"):
            TrainingRun(configuration, old, self.folder / "none")

    def test_an_unknown_objective_is_named_with_the_known_ones(self) -> None:
        with self.assertRaisesRegex(ValueError, "slope.*multi-label"):
            build_objective("slope")
        with self.assertRaisesRegex(ValueError, "slope-rate.*apha"):
            build_objective("slope-rate", apha=1)


class FacePointTests(unittest.TestCase):
    def test_mirrored_points_lie_on_the_other_side(self) -> None:
        mirror = mirror_of_66()
        np.testing.assert_array_equal(mirror[mirror], np.arange(66))
        expected = {0: 16, 17: 26, 36: 45, 39: 42, 31: 35, 48: 54, 27: 27, 8: 8, 37: 44, 40: 47, 67: 65, 61: 63}
        for here, there in expected.items():
            self.assertEqual(KEPT[mirror[KEPT.index(here)]], there)

    def test_labels_follow_the_picture_without_noise(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            people = SyntheticPeople(write_shard(Path(folder) / "a", people=6))
            crop = Crop.read(REPOSITORY / "models" / "zoo" / "crop-112.json")
            feed = Feed(people, crop, landmark_points("dsin"), torch.device("cpu"), face_points=True)
            still = AugmentationOptions(
                shift_pixels=0, rotation_degrees=0, scale=0, flip=0, landmark_noise_pixels=2, gamma=0, channel_gain=0, grey=0,
                illumination=0, low_resolution=0, noise=0, noisy=0, occluder=0)
            batch = feed.training_input(np.arange(5), still, torch.Generator().manual_seed(2))
            expected = (people.points66(np.arange(5)) - 72) / 112
            np.testing.assert_allclose(batch.points66.numpy(), expected, atol=1e-5)
            self.assertGreater(float((batch.landmarks - feed.plain_input(np.arange(5))[1]).abs().max()), 1e-3)
            flipped = AugmentationOptions(**{**still.__dict__, "flip": 1.0})
            batch = feed.training_input(np.arange(5), flipped, torch.Generator().manual_seed(2))
            mirrored = expected[:, mirror_of_66()] * np.array([-1, 1])
            np.testing.assert_allclose(batch.points66.numpy(), mirrored, atol=1e-5)

    def test_points_of_one_side_are_those_of_the_other_in_a_flipped_picture(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            people = SyntheticPeople(write_shard(Path(folder) / "a", people=4))
            crop = Crop.read(REPOSITORY / "models" / "zoo" / "crop-112.json")
            one_side = Feed(people, crop, [33, 50, 4], torch.device("cpu"))
            other = Feed(people, crop, [263, 280, 4], torch.device("cpu"))
            still = AugmentationOptions(
                shift_pixels=0, rotation_degrees=0, scale=0, flip=1, landmark_noise_pixels=0, gamma=0, channel_gain=0, grey=0,
                illumination=0, low_resolution=0, noise=0, noisy=0, occluder=0)
            found = one_side.training_input(np.arange(3), still, torch.Generator().manual_seed(1)).landmarks
            expected = other.plain_input(np.arange(3))[1].reshape(3, 3, 2) * torch.tensor([-1.0, 1.0])
            torch.testing.assert_close(found.reshape(3, 3, 2), expected, atol=1e-5, rtol=0)


class SeveralFoldersTests(unittest.TestCase):
    def test_people_of_two_folders_stay_apart_and_keep_their_split(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            first, second = write_shard(Path(folder) / "a", people=50), write_shard(Path(folder) / "b", people=50)
            both, alone = SyntheticPeople([first, second]), SyntheticPeople(second)
            self.assertEqual(len(both), 2 * len(alone))
            self.assertEqual(len(np.unique(both.identity)), 100)
            np.testing.assert_array_equal(both.split[len(alone):], alone.split)

    def test_crops_of_different_landmark_networks_are_not_mixed(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            first, second = write_shard(Path(folder) / "a", people=2), write_shard(Path(folder) / "b", people=2)
            description = json.loads((second / "shard.json").read_text(encoding="utf-8")) | {"landmark_network": "face_landmark_with_attention"}
            (second / "shard.json").write_text(json.dumps(description), encoding="utf-8")
            with self.assertRaisesRegex(RefusedData, "face_landmark and face_landmark_with_attention"):
                SyntheticPeople([first, second])


if __name__ == "__main__":
    unittest.main()
