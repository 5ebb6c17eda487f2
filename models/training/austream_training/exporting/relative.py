"""The network that compares with a neutral face: its file, its scale, its thresholds, and whether it is used by default."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn

from ..data.shards import SyntheticPeople
from ..evaluating.calibration import calibrate, fit_calibration
from ..evaluating.neutral_pairs import neutral_pairs
from ..evaluating.predictions import Predictions
from ..evaluating.summary import summarise
from ..evaluating.thresholds import choose_thresholds
from ..networks.comparing import RelativeHead
from .onnx_file import export_onnx


@dataclass(frozen=True)
class FrameScale:
    """The frame network's own calibration and thresholds [a]: what subtraction works with."""

    calibration: list[dict]
    thresholds: np.ndarray


@dataclass(frozen=True)
class Compared:
    """Pictures of a split that have a neutral picture of the same person beside them: their rows in the table, and raw intensity [k, a] 0-5 relative to it,
    of the picture alone, and of the neutral picture."""

    rows: np.ndarray
    relative: np.ndarray
    here: np.ndarray
    at_rest: np.ndarray


@torch.no_grad()
def compare_with_neutral(network: nn.Module, people: SyntheticPeople, rows: np.ndarray, predicted: Predictions) -> Compared:
    """``predicted`` belongs to ``rows``."""
    here, reference = neutral_pairs(people, rows)
    features = torch.from_numpy(predicted.features)
    relative = network.relative_intensity(features[here], features[reference]).numpy()
    return Compared(rows[here], relative, predicted.intensity[here], predicted.intensity[reference])


def publish_relative(
        network: nn.Module, people: SyntheticPeople, validation: Compared, test: Compared, scale: FrameScale, max_false_presence: float, facts: dict[str, str],
        path: Path) -> tuple[dict, dict[str, float]]:
    """Writes ``path`` (``ID.relative.onnx``) and returns the manifest's ``relative`` and its metrics on the test people. Calibrated, and thresholds chosen, as the frame network's
    are, on validation people with a neutral picture. On by default where its mean F1 on the test people is above that of subtraction, which
    goes on with the frame network's thresholds."""
    features = torch.zeros(2, network.feature_count)
    sha256 = export_onnx(
        RelativeHead(network), {"features": features, "neutral_features": features.clone()}, ["intensity"], facts, path, compact=True)
    truth, neutral = people.intensity[validation.rows], people.neutral[validation.rows]
    calibration = fit_calibration(validation.relative, truth, is_intensity=True)
    thresholds = choose_thresholds(calibrate(validation.relative, calibration), truth, neutral, max_false_presence)

    def measured(intensity: np.ndarray, limits: np.ndarray) -> dict:
        return summarise(intensity, people.intensity[test.rows], limits, people.identity[test.rows], people.neutral[test.rows])["mean"]

    relative = measured(calibrate(test.relative, calibration), thresholds)
    difference = calibrate(test.here, scale.calibration) - calibrate(test.at_rest, scale.calibration)
    subtracted = measured(np.maximum(0, difference), scale.thresholds)
    entry = {
        "file": path.name, "sha256": sha256, "thresholds": [round(float(value), 4) for value in thresholds], "calibration": calibration,
        "on_by_default": relative["f1"] > subtracted["f1"]}
    metrics = {f"synthetic_test_{name}_{way}": means[name] for way, means in (("relative", relative), ("subtracted", subtracted)) for name in ("auc", "f1", "icc")}
    return entry, metrics
