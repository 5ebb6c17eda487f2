"""Metrics of action unit predictions, the same definitions as the C# ones (``models/Evaluating``)."""

import numpy as np


def area_under_curve(scores: np.ndarray, present: np.ndarray) -> float:
    """Area under the ROC curve: chance that a positive scores above a negative, ties counting half (Mann-Whitney).
    NaN without both classes."""
    present = np.asarray(present, bool)
    positives, negatives = int(present.sum()), int((~present).sum())
    if positives == 0 or negatives == 0:
        return float("nan")
    _, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    return float((ranks[present].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def f1_score(predicted: np.ndarray, present: np.ndarray) -> float:
    """2 TP / (2 TP + FP + FN); NaN when nothing is present nor predicted."""
    predicted, present = np.asarray(predicted, bool), np.asarray(present, bool)
    hits = int((predicted & present).sum())
    errors = int((predicted ^ present).sum())
    return float("nan") if hits + errors == 0 else 2 * hits / (2 * hits + errors)


def intraclass_correlation(predicted: np.ndarray, truth: np.ndarray) -> float:
    """ICC(3,1), consistency of two raters (Shrout & Fleiss 1979): (BMS - EMS) / (BMS + EMS) for k = 2.
    NaN with fewer than two samples or without any variance."""
    ratings = np.stack([np.asarray(predicted, float), np.asarray(truth, float)], 1)
    count = len(ratings)
    if count < 2:
        return float("nan")
    grand = ratings.mean()
    between = 2 * ((ratings.mean(1) - grand) ** 2).sum() / (count - 1)
    residual = ratings - ratings.mean(1, keepdims=True) - ratings.mean(0, keepdims=True) + grand
    error = (residual ** 2).sum() / (count - 1)
    return float("nan") if between + error == 0 else float((between - error) / (between + error))


def pearson_correlation(predicted: np.ndarray, truth: np.ndarray) -> float:
    """Pearson's correlation; NaN when one of the two does not vary."""
    first = np.asarray(predicted, float) - np.mean(predicted)
    second = np.asarray(truth, float) - np.mean(truth)
    scale = np.sqrt((first ** 2).sum() * (second ** 2).sum())
    return float("nan") if scale == 0 else float((first * second).sum() / scale)


def subject_bootstrap(
        measure, subjects: np.ndarray, repeats: int = 200, confidence: float = 0.95, seed: int = 1) -> tuple[float, float]:
    """Confidence interval of ``measure(rows)`` by drawing whole subjects with replacement; draws that give NaN are left out.
    The draws are those of the C# ``SubjectBootstrap``, so that both give the same interval."""
    names, inverse = np.unique(subjects, return_inverse=True)
    order = np.argsort(inverse, kind="stable")
    groups = np.split(order, np.flatnonzero(np.diff(inverse[order])) + 1)
    picks = _split_mix(seed, repeats * len(names), len(names)).reshape(repeats, len(names))
    values = []
    for draw in picks:
        rows = np.concatenate([groups[index] for index in draw])
        value = measure(rows)
        if not np.isnan(value):
            values.append(value)
    if not values:
        return float("nan"), float("nan")
    low, high = np.quantile(values, [(1 - confidence) / 2, (1 + confidence) / 2])
    return float(low), float(high)


def _split_mix(seed: int, count: int, bound: int) -> np.ndarray:
    """``count`` numbers below ``bound``: the high 64 bits of (output of SplitMix64, Steele, Lea, Flood 2014) x bound."""
    with np.errstate(over="ignore"):
        state = np.uint64(seed) + np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        mixed = (state ^ (state >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        mixed ^= mixed >> np.uint64(31)
        low = ((mixed & np.uint64(0xFFFFFFFF)) * np.uint64(bound)) >> np.uint64(32)
        return (((mixed >> np.uint64(32)) * np.uint64(bound) + low) >> np.uint64(32)).astype(np.int64)
