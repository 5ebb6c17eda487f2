"""All metrics of one action unit and their intervals, against the vectors shared with the pipeline."""

import json
import unittest

import numpy as np

from tests.training.setup_path import REPOSITORY
from austream_training.evaluating.event_metrics import f1_event_area
from austream_training.evaluating.metrics import (
    area_under_curve, f1_score, intraclass_correlation, pearson_correlation, subject_bootstrap)
from austream_training.evaluating.presence_metrics import accuracy, average_precision, f1_norm, false_presence, final_score

VECTORS = json.loads((REPOSITORY / "tests" / "shared-vectors" / "evaluation.json").read_text(encoding="utf-8"))


def evaluate(case: dict, rows: np.ndarray) -> dict[str, float]:
    label, call, score, level = (np.array(case[name])[rows] for name in ("labels", "calls", "scores", "intensities"))
    sequence = np.array(case["sequences"])[rows]
    # A subject that is drawn twice gives two stretches of video.
    stretch = np.cumsum(np.r_[0, (np.diff(rows) != 1) | (np.diff(sequence) != 0)])
    return {
        "f1_frame": f1_score(call, label), "f1_norm": f1_norm(call, label), "f1_event": f1_event_area(call, label, stretch),
        "accuracy": accuracy(call, label), "false_presence": false_presence(call, label), "final_score": final_score(call, label), "auc": area_under_curve(score, label),
        "apr": average_precision(score, label), "napr": average_precision(score, label, normalized=True),
        "icc31": intraclass_correlation(score, level), "pcc": pearson_correlation(score, level)}


class EvaluationVectorTests(unittest.TestCase):
    def test_every_metric_has_the_value_of_the_shared_vectors(self) -> None:
        for case in VECTORS["cases"]:
            values = evaluate(case, np.arange(len(case["labels"])))
            self.assertEqual(set(values), set(case["expected"]))
            for name, expected in case["expected"].items():
                with self.subTest(metric=name):
                    self.assertAlmostEqual(values[name], expected, places=9)

    def test_every_interval_is_that_of_the_shared_vectors(self) -> None:
        for case in VECTORS["cases"]:
            draws = case["bootstrap"]
            for name, (low, high) in draws["intervals"].items():
                with self.subTest(metric=name):
                    interval = subject_bootstrap(
                        lambda rows, name=name: evaluate(case, rows)[name], np.array(case["subjects"]),
                        repeats=draws["draws"], seed=draws["seed"])
                    self.assertAlmostEqual(interval[0], low, places=9)
                    self.assertAlmostEqual(interval[1], high, places=9)

    def test_what_is_not_defined_is_not_a_number(self) -> None:
        self.assertTrue(np.isnan(f1_norm(np.ones(3), np.ones(3))))
        self.assertTrue(np.isnan(average_precision(np.ones(3), np.zeros(3))))
        self.assertFalse(np.isnan(average_precision(np.ones(3), np.ones(3))))
        self.assertTrue(np.isnan(average_precision(np.ones(3), np.ones(3), normalized=True)))
        self.assertTrue(np.isnan(f1_event_area(np.zeros(3), np.zeros(3), np.zeros(3))))
        self.assertTrue(np.isnan(accuracy(np.zeros(0), np.zeros(0))))
        self.assertTrue(np.isnan(false_presence(np.zeros(3), np.ones(3))))


if __name__ == "__main__":
    unittest.main()
