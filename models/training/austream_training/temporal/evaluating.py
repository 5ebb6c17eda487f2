"""Comparison of the methods on synthetic people whom neither network has seen."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ..action_units import ACTION_UNITS, PRESENT_FROM
from ..evaluating.metrics import subject_bootstrap
from ..evaluating.summary import mean_area
from ..evaluating.thresholds import choose_thresholds
from .events import event_overlaps
from .features import Track
from .methods import FRAME, RELATIVE, WITH_REFERENCE, Method

OVERLAP = 0.5
"""Share of an event that must be shared, in the tables."""


@dataclass(frozen=True)
class Counts:
    """Per track and action unit, int [tracks, a, 3]: ``frames`` hold true positives, false positives and false negatives;
    ``events`` [tracks, a, 4] true events, those found, predicted events, those right. Both add up over tracks, because no event
    reaches across tracks."""

    frames: np.ndarray
    events: np.ndarray

    @staticmethod
    def of(tracks: Sequence[Track], intensity: Sequence[np.ndarray], thresholds: np.ndarray) -> "Counts":
        """Counts calls of presence against level A and more."""
        units = len(ACTION_UNITS)
        frames, events = np.zeros((len(tracks), units, 3), int), np.zeros((len(tracks), units, 4), int)
        for row, (track, values) in enumerate(zip(tracks, intensity, strict=True)):
            for unit in range(units):
                labelled = ~np.isnan(track.truth[:, unit])
                present = track.truth[labelled, unit] >= PRESENT_FROM
                called = values[labelled, unit] >= thresholds[unit]
                frames[row, unit] = (present & called).sum(), (~present & called).sum(), (present & ~called).sum()
                one_track = np.zeros(len(present), int)
                for place, overlaps in enumerate((event_overlaps(present, called, one_track), event_overlaps(called, present, one_track))):
                    enough = overlaps[:, 1] >= OVERLAP * overlaps[:, 0] - 1e-9
                    events[row, unit, 2 * place:2 * place + 2] = len(overlaps), enough.sum()
        return Counts(frames, events)

    def f1_frame(self, rows: np.ndarray) -> np.ndarray:
        """F1-frame per action unit over the given tracks (a track may be drawn twice); NaN where nothing is present nor called."""
        hits, false, missed = np.moveaxis(self.frames[rows].sum(0).astype(float), 1, 0)
        with np.errstate(invalid="ignore"):
            return 2 * hits / (2 * hits + false + missed)

    def f1_event(self, rows: np.ndarray) -> np.ndarray:
        """F1-event per action unit; NaN where neither side has events, 0 where only one has."""
        true, found, predicted, right = np.moveaxis(self.events[rows].sum(0).astype(float), 1, 0)
        with np.errstate(invalid="ignore", divide="ignore"):
            recall, precision = found / true, right / predicted
            f1 = np.where(found + right == 0, 0.0, 2 * recall * precision / (recall + precision))
        f1 = np.where((true == 0) | (predicted == 0), 0.0, f1)
        return np.where((true == 0) & (predicted == 0), np.nan, f1)


def thresholds_of(method: Sequence[np.ndarray], tracks: Sequence[Track], max_false_presence: float) -> np.ndarray:
    """Thresholds by the rule of the frame network, on the validation people among the tracks."""
    chosen = [(values, track) for values, track in zip(method, tracks, strict=True) if track.split == 1]
    if not chosen:
        raise ValueError("no clip shows a person of the validation split: render more clips")
    return choose_thresholds(
        np.concatenate([values for values, _ in chosen]), np.concatenate([track.truth for _, track in chosen]),
        np.concatenate([track.neutral for _, track in chosen]), max_false_presence)


def compare_methods(methods: list[Method], tracks: list[Track], max_false_presence: float, draws: int = 400) -> dict:
    """Per method: thresholds, AUC, false presence on faces at rest, F1-frame and F1-event per action unit and mean with 95 %
    intervals over people, and the gain in mean F1 over the ``rival``, drawn pairwise: what the frame network does without time, given
    the same neutral reference or none."""
    test = [number for number, track in enumerate(tracks) if track.split == 2]
    if not test:
        raise ValueError("no clip shows a person of the test split: render more clips")
    people = np.array([tracks[number].identity for number in test])
    shown = [tracks[number] for number in test]
    truth = np.concatenate([track.truth for track in shown])
    rest = np.concatenate([track.neutral for track in shown])
    everyone = np.arange(len(test))
    result: dict = {"test_people": len(set(people.tolist())), "test_frames": len(truth), "overlap": OVERLAP, "methods": {}}
    counted: dict[str, Counts] = {}
    for method in methods:
        thresholds = thresholds_of(method.intensity, tracks, max_false_presence)
        intensity = [method.intensity[number] for number in test]
        counts = Counts.of(shown, intensity, thresholds)
        entry = {
            "thresholds": [round(float(value), 4) for value in thresholds], "auc": mean_area(np.concatenate(intensity), truth),
            "error": float(np.nanmean(np.abs(np.concatenate(intensity) - truth))),
            "false_presence_rest": float((np.concatenate(intensity)[rest] >= thresholds).mean()) if rest.any() else float("nan")}
        for name, measure in (("f1_frame", Counts.f1_frame), ("f1_event", Counts.f1_event)):
            entry[name] = {f"AU{unit:02d}": float(value) for unit, value in zip(ACTION_UNITS, measure(counts, everyone), strict=True)}
            entry[name]["mean"] = _mean(measure(counts, everyone))
            entry[f"{name}_interval"] = subject_bootstrap(lambda rows: _mean(measure(counts, rows)), people, draws)
            entry[f"{name}_unit_intervals"] = {
                f"AU{number:02d}": subject_bootstrap(lambda rows, unit=unit: float(measure(counts, rows)[unit]), people, draws // 4)
                for unit, number in enumerate(ACTION_UNITS)}
            rival = RELATIVE if method.name in WITH_REFERENCE and RELATIVE in counted else FRAME
            if rival in counted:
                entry["rival"] = rival
                entry[f"{name}_gain"] = entry[name]["mean"] - result["methods"][rival][name]["mean"]
                entry[f"{name}_gain_interval"] = subject_bootstrap(
                    lambda rows: _mean(measure(counts, rows)) - _mean(measure(counted[rival], rows)), people, draws)
        counted[method.name] = counts
        result["methods"][method.name] = entry
    return result


def _mean(values: np.ndarray) -> float:
    return float(np.nanmean(values)) if not np.isnan(values).all() else float("nan")
