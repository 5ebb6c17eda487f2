"""Pictures beside a neutral one of the same person."""

import numpy as np

from ..data.shards import SyntheticPeople


def neutral_pairs(people: SyntheticPeople, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """int64 [k] twice: positions in ``rows`` that have a neutral picture of the same person other than themselves, and that picture's."""
    neutral_of: dict[int, list[int]] = {}
    for position, row in enumerate(rows):
        if people.neutral[row]:
            neutral_of.setdefault(int(people.identity[row]), []).append(position)
    here, reference = [], []
    for position, row in enumerate(rows):
        others = [other for other in neutral_of.get(int(people.identity[row]), []) if other != position]
        if others:
            here.append(position)
            reference.append(others[0])
    return np.array(here, int), np.array(reference, int)
