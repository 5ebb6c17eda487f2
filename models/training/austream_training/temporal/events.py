"""Metrics on events, the same definitions as the C# ones (``F1Event``, ``EventAgreement``).

X. Ding, W.-S. Chu, F. De la Torre, J. Cohn, Q. Wang, "Facial Action Unit Event Detection by Cascade of Tasks", ICCV 2013. An event
is an unbroken run of frames within one sequence. A true event counts as found when at least the given share of its frames was
predicted present; a predicted event counts as right when at least that share of its frames is truly present.
"""

from dataclasses import dataclass

import numpy as np

STEPS = 100
"""Steps of the curve over overlaps."""


@dataclass(frozen=True)
class EventAgreement:
    """True events, those found, predicted events, those right, at one overlap."""

    true_events: int
    found: int
    predicted_events: int
    right: int

    @property
    def precision(self) -> float:
        """Share of the predicted events that are right (segment precision); NaN without any."""
        return self.right / self.predicted_events if self.predicted_events else float("nan")

    @property
    def recall(self) -> float:
        """Share of the true events that were found (segment recall); NaN without any."""
        return self.found / self.true_events if self.true_events else float("nan")

    @property
    def f1(self) -> float:
        """Harmonic mean of both; 0 when only one side has events, NaN when neither has any."""
        if not self.true_events or not self.predicted_events:
            return float("nan") if self.true_events == self.predicted_events else 0.0
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def event_overlaps(events: np.ndarray, others: np.ndarray, sequences: np.ndarray) -> np.ndarray:
    """int [n, 2]: frames of every event in ``events`` and how many of them are present in ``others``."""
    events, others, sequences = np.asarray(events, bool), np.asarray(others, bool), np.asarray(sequences)
    if not len(events) == len(others) == len(sequences):
        raise ValueError(f"{len(events)} labels, {len(others)} predictions, {len(sequences)} sequence numbers: they must be as many")
    if len(events) == 0:
        return np.zeros((0, 2), int)
    starts = events & np.r_[True, ~events[:-1] | (sequences[1:] != sequences[:-1])]
    number = np.cumsum(starts) - 1
    count = int(starts.sum())
    lengths = np.bincount(number[events], minlength=count)
    shared = np.bincount(number[events & others], minlength=count)
    return np.stack([lengths, shared], 1)


def agreement(labels: np.ndarray, predictions: np.ndarray, sequences: np.ndarray, overlap: float) -> EventAgreement:
    """Agreement on events at one overlap 0-1."""
    if not 0 <= overlap <= 1:
        raise ValueError(f"an overlap of {overlap}: it lies between 0 and 1")
    truth, predicted = event_overlaps(labels, predictions, sequences), event_overlaps(predictions, labels, sequences)
    return EventAgreement(len(truth), _count(truth, overlap), len(predicted), _count(predicted, overlap))


def f1_event(labels: np.ndarray, predictions: np.ndarray, sequences: np.ndarray, overlap: float = 0.5) -> float:
    """F1-event at one overlap."""
    return agreement(labels, predictions, sequences, overlap).f1


def f1_event_area(labels: np.ndarray, predictions: np.ndarray, sequences: np.ndarray) -> float:
    """Area under F1-event over overlaps 0, 0.01, ..., 1 by the trapezoidal rule; NaN when neither side has events."""
    truth, predicted = event_overlaps(labels, predictions, sequences), event_overlaps(predictions, labels, sequences)
    curve = [
        EventAgreement(len(truth), _count(truth, step / STEPS), len(predicted), _count(predicted, step / STEPS)).f1
        for step in range(STEPS + 1)]
    return float((sum(curve) - (curve[0] + curve[-1]) / 2) / STEPS)


def _count(overlaps: np.ndarray, overlap: float) -> int:
    # The small allowance lets 7 of 10 frames reach an overlap of 0.7, which is not exact in binary.
    return int((overlaps[:, 1] >= overlap * overlaps[:, 0] - 1e-9).sum())
