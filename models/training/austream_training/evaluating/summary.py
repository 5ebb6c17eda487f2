"""Metrics of a whole table, per action unit and mean."""

import numpy as np

from ..action_units import ACTION_UNITS, PRESENT_FROM
from .metrics import area_under_curve, f1_score, intraclass_correlation, pearson_correlation, subject_bootstrap


def mean_area(predicted: np.ndarray, truth: np.ndarray) -> float:
    """Mean over action units of the area under the ROC curve of "at least level A"."""
    areas = []
    for column in range(len(ACTION_UNITS)):
        labelled = ~np.isnan(truth[:, column])
        areas.append(area_under_curve(predicted[labelled, column], truth[labelled, column] >= PRESENT_FROM))
    return float(np.nanmean(areas))


def summarise(
        predicted: np.ndarray, truth: np.ndarray, thresholds: np.ndarray, subjects: np.ndarray, neutral: np.ndarray) -> dict:
    """Per action unit: AUC with its interval, F1, ICC(3,1), PCC, how often it is called present on neutral faces, and the
    share of pictures that show it."""
    table = {}
    for column, unit in enumerate(ACTION_UNITS):
        labelled = np.flatnonzero(~np.isnan(truth[:, column]))
        score, level = predicted[labelled, column], truth[labelled, column]
        present = level >= PRESENT_FROM
        called = score >= thresholds[column]
        low, high = subject_bootstrap(
            lambda rows, score=score, present=present: area_under_curve(score[rows], present[rows]), subjects[labelled])
        at_rest = neutral[labelled]
        table[f"AU{unit:02d}"] = {
            "auc": area_under_curve(score, present), "auc_low": low, "auc_high": high, "f1": f1_score(called, present),
            "icc": intraclass_correlation(score, level), "pcc": pearson_correlation(score, level),
            "false_presence_neutral": float(called[at_rest].mean()) if at_rest.any() else float("nan"),
            "base_rate": float(present.mean())}
    names = ("auc", "f1", "icc", "pcc", "false_presence_neutral")
    table["mean"] = {name: float(np.nanmean([entry[name] for entry in table.values()])) for name in names}
    return table
