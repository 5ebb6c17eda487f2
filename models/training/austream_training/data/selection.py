"""Which part of the data a network is trained on."""

from dataclasses import dataclass

import numpy as np

from .shards import SyntheticPeople

SOURCES: tuple[str, ...] = ("ict", "makehuman")
"""Heads by the number that shards give them."""


@dataclass(frozen=True)
class Selection:
    """Training people of one ``source`` ("ict" or "makehuman"), and of them the first ``people``; all unless stated. What a part of
    the data brings is measured this way: validation and test people are never left out."""

    source: str | None = None
    people: int | None = None

    def training_rows(self, people: SyntheticPeople) -> np.ndarray:
        """Rows of the chosen training people, ascending; ValueError when none is left or the source is unknown."""
        if self.source is not None and self.source not in SOURCES:
            raise ValueError(f"selection: unknown source {self.source!r}; there is {', '.join(SOURCES)}")
        chosen = people.split == 0
        if self.source is not None:
            chosen &= people.source == SOURCES.index(self.source)
        if self.people is not None:
            chosen &= np.isin(people.identity, np.unique(people.identity[chosen])[:self.people])
        rows = np.flatnonzero(chosen)
        if len(rows) == 0:
            raise ValueError("selection: no training picture is left")
        return rows
