"""F1-event (Ding et al., ICCV 2013), the same definition as the C# one (``models/Evaluating/F1Event.cs``)."""

import numpy as np

STEPS = 100


def _overlaps(events: np.ndarray, others: np.ndarray, sequences: np.ndarray) -> list[tuple[int, int]]:
    """Per unbroken run of ``events`` within one sequence: its frames, and those of them that ``others`` has too."""
    if len(events) == 0:
        return []
    starts = np.flatnonzero(np.r_[True, (np.diff(events.astype(int)) != 0) | (np.diff(sequences) != 0)])
    ends = np.r_[starts[1:], len(events)]
    return [(int(end - start), int(others[start:end].sum())) for start, end in zip(starts, ends) if events[start]]


def f1_event_area(called: np.ndarray, present: np.ndarray, sequences: np.ndarray) -> float:
    """Area under the curve of F1-event over overlaps 0, 0.01, ..., 1 by the trapezoidal rule; NaN when neither side has
    events. ``sequences``: number of the video per frame, no event reaches across a change."""
    called, present, sequences = np.asarray(called, bool), np.asarray(present, bool), np.asarray(sequences)
    truth, predicted = _overlaps(present, called, sequences), _overlaps(called, present, sequences)
    if not truth or not predicted:
        return float("nan") if not truth and not predicted else 0.0

    def share(events: list[tuple[int, int]], overlap: float) -> float:
        # The small allowance lets 7 of 10 frames reach an overlap of 0.7, which is not exact in binary.
        return sum(shared >= overlap * length - 1e-9 for length, shared in events) / len(events)

    curve = []
    for step in range(STEPS + 1):
        recall, precision = share(truth, step / STEPS), share(predicted, step / STEPS)
        curve.append(2 * recall * precision / (recall + precision) if recall + precision else 0.0)
    return (sum(curve) - (curve[0] + curve[-1]) / 2) / STEPS
