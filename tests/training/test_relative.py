"""The network that compares with a neutral face: scale, thresholds, and when it is used."""

import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch

from tests.training import setup_path  # noqa: F401
from tests.training.fake_shards import SMILE, write_shard
from austream_training.action_units import ACTION_UNITS
from austream_training.data.shards import SyntheticPeople
from austream_training.evaluating.predictions import Predictions
from austream_training.exporting.relative import FrameScale, compare_with_neutral, publish_relative

UNITS = len(ACTION_UNITS)


class Comparing(torch.nn.Module):
    """Features are intensities; what is relative is their difference, or nothing at all."""

    feature_count = UNITS

    def __init__(self, is_blind: bool) -> None:
        super().__init__()
        self.is_blind = is_blind

    def relative_intensity(self, features: torch.Tensor, neutral_features: torch.Tensor) -> torch.Tensor:
        """features, neutral_features [n, a] to [n, a]."""
        return (features - neutral_features).clamp_min(0) * (0 if self.is_blind else 1)


class RelativeExportTests(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        write_shard(self.folder / "shards" / "a", people=400, pictures=3, size=112)
        self.people = SyntheticPeople(self.folder / "shards")
        random = np.random.default_rng(5)
        # Each person has a smile of his own at rest, which the frame network takes for AU12.
        self.rest = np.zeros((len(self.people.identity), UNITS), np.float32)
        own = {identity: random.uniform(0, 2) for identity in np.unique(self.people.identity)}
        self.rest[:, SMILE] = [own[identity] for identity in self.people.identity]

    def _publish(self, is_blind: bool) -> tuple[dict, dict]:
        network, pairs = Comparing(is_blind), []
        for split in (1, 2):
            rows = np.flatnonzero(self.people.split == split)
            seen = np.clip(np.nan_to_num(self.people.intensity[rows]) + self.rest[rows], 0, 5)
            pairs.append(compare_with_neutral(network, self.people, rows, Predictions(seen, seen)))
        scale = FrameScale([], np.full(UNITS, 2.5, np.float32))
        return publish_relative(network, self.people, *pairs, scale, 0.05, {"id": "drawn"}, self.folder / "drawn.relative.onnx")

    def test_pictures_are_compared_with_the_neutral_one_of_the_same_person(self) -> None:
        rows = np.flatnonzero(self.people.split == 0)
        seen = np.nan_to_num(self.people.intensity[rows]) + self.rest[rows]
        compared = compare_with_neutral(Comparing(False), self.people, rows, Predictions(seen, seen))
        self.assertEqual(len(compared.rows), 2 * len(rows) // 3, "the neutral picture has no other beside it")
        np.testing.assert_allclose(compared.relative, self.people.intensity[compared.rows], atol=1e-5)
        np.testing.assert_allclose(compared.at_rest, self.rest[compared.rows], atol=1e-6)

    def test_it_is_on_where_it_tells_more_than_subtraction_and_off_where_not(self) -> None:
        entry, metrics = self._publish(is_blind=False)
        self.assertTrue(entry["on_by_default"])
        self.assertGreater(metrics["synthetic_test_f1_relative"], metrics["synthetic_test_f1_subtracted"])
        self.assertEqual((entry["file"], len(entry["thresholds"]), len(entry["calibration"])), ("drawn.relative.onnx", UNITS, UNITS))
        self.assertFalse(self._publish(is_blind=True)[0]["on_by_default"])


if __name__ == "__main__":
    unittest.main()
