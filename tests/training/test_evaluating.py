"""Metrics, thresholds and the comparison of smiling with neutral faces."""

import csv
import json
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch

from tests.training.fake_shards import write_shard
from tests.training.setup_path import REPOSITORY
from austream_training.action_units import ACTION_UNITS
from austream_training.data.feed import Crop, Feed
from austream_training.data.shards import SyntheticPeople
from austream_training.evaluating.calibration import calibrate, fit_calibration
from austream_training.evaluating.landmarks import landmark_error, normalised_error
from austream_training.evaluating.ablation import ablation_table, paired_difference, smile_area
from austream_training.evaluating.london import compare
from austream_training.evaluating.metrics import (
    area_under_curve, f1_score, intraclass_correlation, pearson_correlation, subject_bootstrap)
from austream_training.evaluating.point_places import COMPARED, brow_heights, offsets, point_places, proportions
from austream_training.evaluating.thresholds import choose_thresholds


class MetricTests(unittest.TestCase):
    def test_every_metric_agrees_with_the_vectors_shared_with_the_pipeline(self) -> None:
        vectors = json.loads((REPOSITORY / "tests" / "shared-vectors" / "metrics.json").read_text(encoding="utf-8"))
        metrics = {"auc": area_under_curve, "f1": f1_score, "icc31": intraclass_correlation, "pcc": pearson_correlation}
        self.assertEqual({case["metric"] for case in vectors["cases"]}, set(metrics))
        for case in vectors["cases"]:
            with self.subTest(case=case):
                first, second = (np.array(case[name]) for name in list(case)[1:3])
                value = metrics[case["metric"]](first, second)
                if case["expected"] is None:
                    self.assertTrue(np.isnan(value))
                else:
                    self.assertAlmostEqual(value, case["expected"], places=12)

    def test_area_counts_every_pair_and_ties_half(self) -> None:
        random = np.random.default_rng(1)
        scores, present = random.integers(0, 6, 60).astype(float), random.random(60) < 0.4
        wins = [np.sign(a - b) / 2 + 0.5 for a in scores[present] for b in scores[~present]]
        self.assertAlmostEqual(area_under_curve(scores, present), float(np.mean(wins)), places=12)
        self.assertTrue(np.isnan(area_under_curve(scores, np.zeros(60, bool))))

    def test_f1_of_a_hand_counted_table(self) -> None:
        self.assertAlmostEqual(f1_score(np.array([1, 1, 0, 0, 1]), np.array([1, 0, 1, 0, 1])), 4 / 6)
        self.assertTrue(np.isnan(f1_score(np.zeros(3), np.zeros(3))))

    def test_intraclass_correlation_ignores_a_constant_offset_but_not_a_scale(self) -> None:
        truth = np.array([0.0, 1, 2, 3, 5])
        self.assertAlmostEqual(intraclass_correlation(truth + 2, truth), 1.0)
        self.assertLess(intraclass_correlation(truth * 3, truth), 0.9)

    def test_intraclass_correlation_of_shrout_and_fleiss_first_two_judges(self) -> None:
        first, second = np.array([9.0, 6, 8, 7, 10, 6]), np.array([2.0, 1, 4, 1, 5, 2])
        # Two-way table by hand: mean square between rows 281/60, residual mean square 41/60.
        self.assertAlmostEqual(intraclass_correlation(first, second), (281 - 41) / (281 + 41), places=9)

    def test_pearson_agrees_with_numpy(self) -> None:
        random = np.random.default_rng(2)
        first, second = random.normal(size=50), random.normal(size=50)
        self.assertAlmostEqual(pearson_correlation(first, second), float(np.corrcoef(first, second)[0, 1]), places=12)

    def test_bootstrap_draws_whole_subjects(self) -> None:
        subjects = np.repeat(np.arange(30), 10)
        values = np.repeat(np.random.default_rng(3).normal(size=30), 10)
        low, high = subject_bootstrap(lambda rows: float(values[rows].mean()), subjects, repeats=400)
        expected = 1.96 * values.std() / np.sqrt(30)
        self.assertAlmostEqual((high - low) / 2, expected, delta=0.35 * expected)


class CalibrationTests(unittest.TestCase):
    def test_scores_become_the_intensity_one_may_expect(self) -> None:
        random = np.random.default_rng(6)
        truth = np.maximum(0, random.normal(-1, 2, (4000, 2)))
        raw = np.stack([truth[:, 0] ** 2 / 5, 3 + truth[:, 1]], 1) + random.normal(0, 0.1, truth.shape)
        curves = fit_calibration(raw[:2000], truth[:2000])
        calibrated = calibrate(raw[2000:], curves)
        self.assertLess(float(np.abs(calibrated - truth[2000:]).mean()), 0.12)
        self.assertGreater(float(np.abs(raw[2000:] - truth[2000:]).mean()), 1)

    def test_curves_keep_to_the_manifests_rules_whatever_the_scores(self) -> None:
        random = np.random.default_rng(7)
        truth = random.uniform(0, 5, (300, 3)).astype(np.float32)
        truth[:40, 1] = np.nan
        raw = np.stack([-truth[:, 0], np.round(random.random(300)), np.zeros(300)], 1)
        for curve in fit_calibration(raw, truth):
            self.assertTrue((np.diff(np.array(curve["raw"], np.float32)) > 0).all())
            self.assertTrue((np.diff(np.array(curve["intensity"], np.float32)) >= 0).all())
            self.assertTrue(0 <= min(curve["intensity"]) and max(curve["intensity"]) <= 5)

    def test_an_intensity_keeps_its_ends_and_the_order_of_faces(self) -> None:
        random = np.random.default_rng(9)
        truth = np.clip(random.normal(0, 2, (3000, 1)), 0, 5)
        raw = np.clip(0.5 * truth + random.normal(0.3, 0.1, truth.shape), 0, 5)
        curves = fit_calibration(raw, truth, is_intensity=True)
        ends = calibrate(np.array([[0.0], [5.0]]), curves)
        np.testing.assert_allclose(ends[:, 0], [0, 5])
        lowest = np.sort(raw[:, 0])[:200:20].reshape(-1, 1)
        self.assertTrue((np.diff(calibrate(lowest, curves)[:, 0]) > 0).all())
        self.assertLess(np.abs(calibrate(raw, curves) - truth).mean(), 0.5 * np.abs(raw - truth).mean())

    def test_an_intensity_that_rises_stays_one_that_rises(self) -> None:
        random = np.random.default_rng(10)
        truth = np.where(random.random((1500, 1)) < 0.1, random.uniform(1, 5, (1500, 1)), 0)
        raw = np.clip(0.3 * truth + np.abs(random.normal(0.1, 0.1, truth.shape)), 0, 5)
        places = np.linspace(0.05, 1.5, 60).reshape(-1, 1)
        steps = np.diff(calibrate(places, fit_calibration(raw, truth, is_intensity=True))[:, 0])
        self.assertGreater(float(steps.min()), 0.002)

    def test_without_curves_scores_stay(self) -> None:
        raw = np.random.default_rng(8).random((4, 2))
        self.assertIs(calibrate(raw, []), raw)


class LandmarkTests(unittest.TestCase):
    def test_the_error_is_in_units_of_the_distance_of_the_outer_eye_corners(self) -> None:
        true = np.random.default_rng(4).random((3, 66, 2))
        true[:, 36], true[:, 45] = (0, 0), (3, 4)
        self.assertAlmostEqual(normalised_error(true + np.array([0.3, 0.4]), true), 0.1, places=12)

    def test_a_network_that_knows_the_points_has_no_error(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            people = SyntheticPeople(write_shard(Path(folder) / "a", people=5))
            feed = Feed(people, Crop.read(REPOSITORY / "models" / "zoo" / "crop-112.json"), [], torch.device("cpu"))
            rows = np.arange(10)

            class Knowing(torch.nn.Module):
                def find_points(self, image: torch.Tensor) -> torch.Tensor:
                    return torch.from_numpy((people.points66(rows) - 72) / 112)

            self.assertLess(landmark_error(Knowing(), feed, rows), 1e-5)


class ThresholdTests(unittest.TestCase):
    def test_false_presence_on_neutral_faces_stays_below_the_limit(self) -> None:
        random = np.random.default_rng(5)
        truth = np.zeros((2000, len(ACTION_UNITS)), np.float32)
        neutral = np.arange(2000) < 1000
        truth[~neutral] = random.uniform(0, 5, (1000, len(ACTION_UNITS)))
        predicted = np.clip(truth + random.normal(0.4, 0.6, truth.shape), 0, 5)
        thresholds = choose_thresholds(predicted, truth, neutral, 0.02)
        self.assertLessEqual(float((predicted[neutral] >= thresholds).mean(0).max()), 0.021)
        self.assertGreater(float(((predicted >= thresholds) & (truth >= 1)).sum() / (truth >= 1).sum()), 0.7)

    def test_few_faces_that_move_otherwise_are_called_present(self) -> None:
        random = np.random.default_rng(6)
        truth = np.where(random.random((4000, len(ACTION_UNITS))) < 0.8, 0.0, random.uniform(0, 5, (4000, len(ACTION_UNITS))))
        predicted = np.clip(truth + random.normal(0, 0.8, truth.shape), 0, 5)
        for most in (0.02, 0.08):
            thresholds = choose_thresholds(predicted, truth, np.zeros(4000, bool), 0.05, max_false_elsewhere=most)
            for column, threshold in enumerate(thresholds):
                self.assertLessEqual(float((predicted[truth[:, column] < 1, column] >= threshold).mean()), most + 0.001)

    def test_of_thresholds_that_are_nearly_as_good_the_lowest_is_taken(self) -> None:
        random = np.random.default_rng(5)
        truth = np.where(random.random((4000, len(ACTION_UNITS))) < 0.5, 0.0, random.uniform(0, 5, (4000, len(ACTION_UNITS))))
        neutral = np.zeros(4000, bool)
        predicted = np.clip(truth + random.normal(0, 0.8, truth.shape), 0, 5)
        for column, threshold in enumerate(choose_thresholds(predicted, truth, neutral, 0.02, max_false_elsewhere=1)):
            present = truth[:, column] >= 1
            quality = [f1_score(predicted[:, column] >= value, present) for value in np.arange(0.3, 4.9, 0.025)]
            self.assertGreaterEqual(f1_score(predicted[:, column] >= threshold, present), 0.949 * max(quality))
            self.assertLess(f1_score(predicted[:, column] >= threshold - 0.03, present), 0.951 * max(quality))


class PointPlacesTests(unittest.TestCase):
    def test_offsets_and_proportions_are_those_of_a_face_with_level_eyes(self) -> None:
        random = np.random.default_rng(3)
        labelled, mesh = random.normal(0, 30, (5, 68, 2)), np.zeros((5, 468, 3))
        labelled[:, 36], labelled[:, 45] = (-50, 0), (50, 0)
        labelled[:, 39], labelled[:, 42], labelled[:, 33], labelled[:, 8] = (-20, 0), (20, 0), (0, 50), (0, 125)
        labelled[:, 48], labelled[:, 54] = (-30, 80), (30, 80)
        for point, vertex in COMPARED.items():
            mesh[:, vertex, :2] = labelled[:, point]
        mesh[:, 61, :2] += (2, -3)
        mesh[:, 291, :2] += (-2, -3)
        for angle in (0, 1.1):
            turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
            turned = mesh.copy()
            turned[:, :, :2] = mesh[:, :, :2] @ turn
            found = offsets(labelled @ turn, turned)
            np.testing.assert_allclose(found[48], (0.02, 0.03), atol=1e-9)
            np.testing.assert_allclose(found[33], (0, 0), atol=1e-9)
            seen = proportions(turned, COMPARED)
            self.assertAlmostEqual(seen["mouth corners"], 0.77)
            self.assertAlmostEqual(seen["mouth width"], 0.56)
            self.assertEqual([round(seen[name], 6) for name in ("inner eyes", "nose base", "chin")], [0.4, 0.5, 1.25])

    def test_brows_are_measured_from_the_line_of_the_eyes(self) -> None:
        mesh = np.zeros((3, 468, 3))
        mesh[:, [33, 133, 362, 263], 0] = (-50, -20, 20, 50)
        mesh[:, [55, 285], 1], mesh[:, [107, 336], 1] = -18, np.array([[-24], [-26], [-28]])
        mean, deviation = brow_heights(mesh)["inner"]
        self.assertAlmostEqual(mean, 0.22)
        self.assertAlmostEqual(deviation, np.std([21, 22, 23]) / 100)

    def test_faces_that_are_turned_or_hidden_do_not_count_and_heads_are_kept_apart(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            shard = write_shard(Path(folder) / "train-00000", people=6, pictures=2)
            pose, occluded = np.zeros((12, 3), np.float32), np.zeros(12, np.uint8)
            pose[0, 0], occluded[2] = 30, 1
            source = np.repeat([0, 1], 6).astype(np.uint8)
            for name, array in (("pose", pose), ("occluded", occluded), ("source", source)):
                np.save(shard / f"{name}.npy", array)
            result = point_places([Path(folder)])
        self.assertEqual({kind: entry["faces"] for kind, entry in result.items()}, {"ict": 1, "makehuman": 3})


class LondonTests(unittest.TestCase):
    def test_smiles_are_compared_with_the_same_persons_neutral_picture(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            neutral, smiling = Path(folder) / "n.csv", Path(folder) / "s.csv"
            # Person 2 looks as if smiling at rest; the second, less confident face of person 1 must not count.
            self._write(neutral, [("001_03.jpg", 0.9, 0.2), ("001_03.jpg", 0.3, 5.0), ("002_03.jpg", 0.9, 2.0)])
            self._write(smiling, [("001_07.jpg", 0.9, 1.0), ("002_07.jpg", 0.9, 3.0)])
            result = compare(neutral, smiling)
        self.assertEqual(result["people"], 2)
        self.assertAlmostEqual(result["auc"]["AU12"], 0.75)
        self.assertAlmostEqual(result["auc_relative"]["AU12"], 1.0)
        self.assertAlmostEqual(result["presence_neutral"]["AU12"], 0.5)
        self.assertAlmostEqual(result["presence_smiling"]["AU12"], 1.0)

    def test_pairing_people_tells_a_small_difference_from_chance(self) -> None:
        random = np.random.default_rng(4)
        rest = random.normal(1, 0.5, 60)
        reference = np.c_[rest, rest + random.normal(0.8, 0.4, 60)]
        better = reference + [0, 0.4]
        difference, low, high = paired_difference(better, reference, rounds=400)
        self.assertAlmostEqual(difference, smile_area(better) - smile_area(reference))
        self.assertGreater(low, 0)
        self.assertLess(low, difference)
        self.assertGreater(high, difference)
        self.assertEqual(paired_difference(reference, reference, rounds=50), (0, 0, 0))
        with self.assertRaisesRegex(ValueError, "60 and 59"):
            paired_difference(better, reference[:59])

    def test_the_ablation_table_compares_with_its_first_row_on_the_same_people(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            zoo, real = Path(folder) / "zoo", Path(folder) / "real"
            zoo.mkdir()
            for name, smile in (("ablation-all", 1.5), ("ablation-without-light", 0.5)):
                manifest = {"metrics": {"synthetic_test_auc": 0.81, "synthetic_test_f1": 0.42}}
                (zoo / f"{name}.json").write_text(json.dumps(manifest), encoding="utf-8")
                for kind, value in (("neutral", 1.0), ("smiling", smile)):
                    target = real / name / kind
                    target.mkdir(parents=True)
                    self._write(target / "frames.csv", [(f"00{i}.jpg", 0.9, value) for i in range(1, 6)], ("AU06", "AU12", "AU25"))
            table = ablation_table(zoo, real, "ablation-all").splitlines()
            self.assertEqual(len(table), 4)
            self.assertTrue(table[2].startswith("| all | 0.810 | 0.420 | 1.000 | 1.000 | 1.000 | 100.0 % (100 %, AU06) |"), table[2])
            self.assertIn("without light | 0.810 | 0.420 | 0.000, -1.000 (-1.000…-1.000)", table[3])

            self._write(real / "ablation-all" / "neutral" / "frames.csv", [("001.jpg", 0.9, 1.0)], ("AU06", "AU12", "AU25"))
            with self.assertRaisesRegex(ValueError, "without-light.*other people"):
                ablation_table(zoo, real, "ablation-all")

    @staticmethod
    def _write(path: Path, rows: list[tuple[str, float, float]], units: tuple[str, ...] = ("AU12",)) -> None:
        with path.open("w", newline="", encoding="utf-8") as handle:
            writer = csv.writer(handle)
            writer.writerow(["frame", "face_id", "confidence", "success", *(f"{unit}{end}" for unit in units for end in ("_r", "_c")), "file"])
            for index, (name, confidence, value) in enumerate(rows):
                writer.writerow([index, 0, confidence, 1, *[value, int(value >= 1)] * len(units), name])


if __name__ == "__main__":
    unittest.main()
