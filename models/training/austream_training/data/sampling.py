"""Batches that hold several pictures of each person, one of them neutral."""

from collections.abc import Iterator

import numpy as np


class IdentityBatches:
    """Endless batches of rows: ``people`` identities with ``pictures`` rows each, the first row neutral where there is one.

    A neutral picture beside every other one trains the head that compares with the person's face at rest, and keeps faces
    at rest frequent. Deterministic from the seed; ``state`` restores the position.
    """

    def __init__(
            self, rows: np.ndarray, identity: np.ndarray, neutral: np.ndarray, people: int, pictures: int, seed: int) -> None:
        self._people, self._pictures = people, pictures
        self._random = np.random.default_rng(seed)
        order = np.argsort(identity[rows], kind="stable")
        boundaries = np.flatnonzero(np.diff(identity[rows][order])) + 1
        self._groups = []
        for group in np.split(rows[order], boundaries):
            self._groups.append((group[neutral[group]], group[~neutral[group]]))
        if len(self._groups) < people:
            raise ValueError(f"{len(self._groups)} training identities, a batch needs {people}: render more people")

    def __iter__(self) -> Iterator[np.ndarray]:
        weights = np.array([max(1, len(posed)) for _, posed in self._groups], float)
        weights /= weights.sum()
        while True:
            chosen = self._random.choice(len(self._groups), self._people, replace=False, p=weights)
            yield np.concatenate([self._pick(*self._groups[index]) for index in chosen])

    def _pick(self, neutral: np.ndarray, posed: np.ndarray) -> np.ndarray:
        first = self._random.choice(neutral, 1) if len(neutral) else self._random.choice(posed, 1)
        pool = posed if len(posed) else neutral
        rest = self._random.choice(pool, self._pictures - 1, replace=len(pool) < self._pictures - 1)
        return np.concatenate([first, rest])

    @property
    def state(self) -> dict:
        """State of the random generator, for checkpoints."""
        return self._random.bit_generator.state

    @state.setter
    def state(self, value: dict) -> None:
        self._random.bit_generator.state = value
