"""Choice of the decision threshold of each action unit, on synthetic validation people only."""

import numpy as np

from ..action_units import ACTION_UNITS, PRESENT_FROM

LOWEST, HIGHEST = 0.3, 4.9

GOOD_ENOUGH = 0.95
"""Share of the best F1 that a lower threshold must keep. Around its top F1 hardly depends on the threshold, and real faces
get lower scores than rendered ones for the same movement: of thresholds that are as good on renders the lowest misses least."""


MAX_FALSE_ELSEWHERE = 0.08
"""Share of all faces below level A, whatever else they do, that may be called present. Neutral faces alone say little: units that look alike are taken for each
other (a dimpler in two of three smiles), and rendered faces move each unit about as often as any other, real ones the rare units far less often."""


def choose_thresholds(
        predicted: np.ndarray, truth: np.ndarray, neutral: np.ndarray, max_false_presence: float, lowest: float = LOWEST,
        max_false_elsewhere: float = MAX_FALSE_ELSEWHERE) -> np.ndarray:
    """float32 [a]: of the thresholds on intensity that call at most ``max_false_presence`` of the neutral faces and ``max_false_elsewhere`` of all
    faces below level A present, the lowest whose F1 of "at least level A" is ``GOOD_ENOUGH`` of the best; never below ``lowest`` nor above 4.9."""
    chosen = np.full(len(ACTION_UNITS), PRESENT_FROM, np.float32)
    for column in range(len(ACTION_UNITS)):
        labelled = ~np.isnan(truth[:, column])
        score, present = predicted[labelled, column], truth[labelled, column] >= PRESENT_FROM
        floor = lowest
        for absent, share in ((score[neutral[labelled]], max_false_presence), (score[~present], max_false_elsewhere)):
            if len(absent):
                floor = float(np.clip(np.quantile(absent, 1 - share), floor, HIGHEST))
        candidates = np.arange(floor, HIGHEST + 0.01, lowest / 12)
        hits = np.array([(present & (score >= value)).sum() for value in candidates])
        called = np.array([(score >= value).sum() for value in candidates])
        if present.any():
            f1 = 2 * hits / np.maximum(1, called + present.sum())
            chosen[column] = candidates[int(np.argmax(f1 >= GOOD_ENOUGH * f1.max()))]
    return chosen
