"""Choice of the decision threshold of each action unit, on synthetic validation people only."""

import numpy as np

from ..action_units import ACTION_UNITS, PRESENT_FROM

LOWEST, HIGHEST = 0.3, 4.9


def choose_thresholds(
        predicted: np.ndarray, truth: np.ndarray, neutral: np.ndarray, max_false_presence: float, lowest: float = LOWEST
) -> np.ndarray:
    """float32 [a]: the threshold on intensity with the best F1 of "at least level A" among those that call at most
    ``max_false_presence`` of the neutral faces present; never below ``lowest`` nor above 4.9."""
    chosen = np.full(len(ACTION_UNITS), PRESENT_FROM, np.float32)
    for column in range(len(ACTION_UNITS)):
        labelled = ~np.isnan(truth[:, column])
        score, present = predicted[labelled, column], truth[labelled, column] >= PRESENT_FROM
        at_rest = np.sort(score[neutral[labelled]])
        floor = lowest
        if len(at_rest):
            floor = float(np.clip(np.quantile(at_rest, 1 - max_false_presence), lowest, HIGHEST))
        candidates = np.arange(floor, HIGHEST + 0.01, lowest / 12)
        hits = np.array([(present & (score >= value)).sum() for value in candidates])
        called = np.array([(score >= value).sum() for value in candidates])
        if present.any():
            chosen[column] = candidates[int(np.argmax(2 * hits / np.maximum(1, called + present.sum())))]
    return chosen
