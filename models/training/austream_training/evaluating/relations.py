"""How action units go together, in the labels and in a network's predictions (Ali et al., section 3)."""

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ..action_units import ACTION_UNITS, PRESENT_FROM
from ..data.shards import SyntheticPeople
from .heat_map import write_heat_map
from .metrics import pearson_correlation
from .zoo_model import ZooModel


def relation_matrix(values: np.ndarray) -> np.ndarray:
    """values [n, a] to the correlation of every pair [a, a]; NaN where one of the two does not vary."""
    count = values.shape[1]
    matrix = np.empty((count, count))
    for first in range(count):
        for second in range(first, count):
            matrix[first, second] = matrix[second, first] = pearson_correlation(values[:, first], values[:, second])
    return matrix


def relation_distance(first: np.ndarray, second: np.ndarray) -> float:
    """Euclidean distance over the elements that both matrices have."""
    return float(np.sqrt(np.nansum((first - second) ** 2)))


def write_relations(zoo: Path, identifier: str, data: Path | Sequence[Path], out: Path) -> dict:
    """Presence in the labels of the synthetic test people against presence as the model reports it: ``ID.relations.csv`` (pair,
    both correlations) and ``ID.relations.png`` (labels on the left, predictions on the right); returns the distance and its
    value per element, the paper's number."""
    people = SyntheticPeople(data)
    model = ZooModel.read(zoo, identifier)
    rows = np.flatnonzero((people.split == 2) & ~np.isnan(people.intensity).any(1))
    predicted = model.predict(model.feed(people), rows).intensity
    labels = relation_matrix((people.intensity[rows] >= PRESENT_FROM).astype(float))
    predictions = relation_matrix((predicted >= np.array(model.manifest["thresholds"], np.float32)).astype(float))
    out.mkdir(parents=True, exist_ok=True)
    with (out / f"{identifier}.relations.csv").open("w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle)
        writer.writerow(["first", "second", "labels", "predictions"])
        for first, unit in enumerate(ACTION_UNITS):
            for second in range(first + 1, len(ACTION_UNITS)):
                pair = [f"AU{unit:02d}", f"AU{ACTION_UNITS[second]:02d}"]
                writer.writerow([*pair, f"{labels[first, second]:.4f}", f"{predictions[first, second]:.4f}"])
    names = [str(unit) for unit in ACTION_UNITS]
    write_heat_map(out / f"{identifier}.relations.png", [labels, predictions], names, names, 1.0)
    distance = relation_distance(labels, predictions)
    return {"model": identifier, "pictures": len(rows), "distance": distance, "distance_per_element": distance / labels.size}
