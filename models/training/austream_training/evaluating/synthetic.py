"""Evaluation of a run on synthetic test people, with and without a neutral reference."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from ..data.feed import Crop, Feed
from ..data.shards import SyntheticPeople
from .neutral_pairs import neutral_pairs
from .predictions import predict
from .summary import summarise
from .thresholds import LOWEST, choose_thresholds


def evaluate_synthetic(run: Path, data: Path | Sequence[Path], zoo: Path) -> dict:
    """Summaries ``absolute`` (all test pictures) and, where the network can compare with a neutral face, ``relative`` (those
    whose person has another, neutral picture)."""
    from ..exporting.trained import read_trained

    trained = read_trained(run)
    configuration = trained.state["configuration"]
    people = SyntheticPeople(data)
    feed = Feed(people, Crop.read(zoo / configuration["crop"]), trained.points, torch.device("cpu"))
    rows = {name: np.flatnonzero(people.split == split) for name, split in (("validation", 1), ("test", 2))}
    predicted = {name: predict(trained.network, feed, chosen) for name, chosen in rows.items()}
    limit = configuration["max_false_presence"]

    def summary(intensity: dict, chosen: dict) -> dict:
        validation, test = chosen["validation"], chosen["test"]
        thresholds = choose_thresholds(
            intensity["validation"], people.intensity[validation], people.neutral[validation], limit,
            getattr(trained.network, "lowest_threshold", LOWEST))
        return summarise(
            intensity["test"], people.intensity[test], thresholds, people.identity[test], people.neutral[test])

    result = {"absolute": summary({name: value.intensity for name, value in predicted.items()}, rows)}
    if not hasattr(trained.network, "relative_intensity"):
        return result
    relative_rows, relative = {}, {}
    for name, chosen in rows.items():
        here, reference = neutral_pairs(people, chosen)
        relative_rows[name] = chosen[here]
        features = torch.from_numpy(predicted[name].features)
        with torch.no_grad():
            relative[name] = trained.network.relative_intensity(features[here], features[reference]).numpy()
    result["relative"] = summary(relative, relative_rows)
    return result
