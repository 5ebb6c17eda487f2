"""Metrics of presence beside F1 and the ROC area, the same definitions as the C# ones (``models/Evaluating``)."""

import numpy as np

from .metrics import f1_score


def accuracy(predicted: np.ndarray, present: np.ndarray) -> float:
    """Share of frames told right; NaN without frames."""
    predicted, present = np.asarray(predicted, bool), np.asarray(present, bool)
    return float((predicted == present).mean()) if len(present) else float("nan")


def false_presence(predicted: np.ndarray, present: np.ndarray) -> float:
    """Share of the frames without the action unit that are called present; NaN when it is present in all."""
    absent = ~np.asarray(present, bool)
    return float(np.asarray(predicted, bool)[absent].mean()) if absent.any() else float("nan")


def final_score(predicted: np.ndarray, present: np.ndarray) -> float:
    """Mean of accuracy and F1 (Benitez-Quiroz 2017, eq. 18); NaN when either is."""
    return (accuracy(predicted, present) + f1_score(predicted, present)) / 2


def f1_norm(predicted: np.ndarray, present: np.ndarray) -> float:
    """F1 as if the label were present in half of the frames (Jeni 2013): false positives are multiplied by
    positives / negatives. NaN when one of the two classes is missing."""
    predicted, present = np.asarray(predicted, bool), np.asarray(present, bool)
    positives, negatives = int(present.sum()), int((~present).sum())
    if positives == 0 or negatives == 0:
        return float("nan")
    hits = int((predicted & present).sum())
    false_alarms = int((predicted & ~present).sum()) * positives / negatives
    return 2 * hits / (hits + positives + false_alarms)


def average_precision(scores: np.ndarray, present: np.ndarray, normalized: bool = False) -> float:
    """Area under the precision-recall curve: sum of (rise of recall) x precision over falling thresholds, frames of equal
    score at once (APR). ``normalized``: false positives are multiplied by positives / negatives (nAPR). NaN without
    positives, and normalized without negatives."""
    scores, present = np.asarray(scores, float), np.asarray(present, bool)
    positives, negatives = int(present.sum()), int((~present).sum())
    if positives == 0 or (normalized and negatives == 0):
        return float("nan")
    levels, inverse = np.unique(-scores, return_inverse=True)
    hits = np.bincount(inverse, weights=present, minlength=len(levels))
    false_alarms = np.bincount(inverse, weights=~present, minlength=len(levels)) * (positives / negatives if normalized else 1)
    found = np.cumsum(hits)
    called = found + np.cumsum(false_alarms)
    return float((hits * found / np.maximum(called, 1e-300)).sum() / positives)
