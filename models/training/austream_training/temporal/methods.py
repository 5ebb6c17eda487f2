"""The ways of telling an action unit's intensity that are compared: the frame alone, with time, with a neutral reference."""

from dataclasses import dataclass

import numpy as np
from .features import Track
from .head import TemporalHead
from .running import run_tracks

FRAME = "frame"
SUBTRACTED = "frame − neutral score"
RELATIVE = "frame + reference"
TEMPORAL = "LSTM"
FUSED = "LSTM + fusion"
TEMPORAL_REFERENCE = "LSTM + reference"
FUSED_REFERENCE = "LSTM + fusion + reference"
WITH_REFERENCE = {TEMPORAL_REFERENCE, FUSED_REFERENCE}


@dataclass(frozen=True)
class Method:
    """Intensity [t, a] 0-5 of every track, in the order of the tracks."""

    name: str
    intensity: list[np.ndarray]


def all_methods(head: TemporalHead, tracks: list[Track]) -> list[Method]:
    """Every method that the networks allow, on plain tracks."""
    methods = [Method(FRAME, [track.scores[0] for track in tracks]), Method(SUBTRACTED, [_subtracted(track) for track in tracks])]
    if all(track.relative is not None for track in tracks):
        methods.append(Method(RELATIVE, [track.relative[0] for track in tracks]))
    without = run_tracks(head, tracks, reference=False)
    methods += [Method(TEMPORAL, without.temporal), Method(FUSED, without.fused)]
    if head.options.uses_reference:
        known = run_tracks(head, tracks, reference=True)
        methods += [Method(TEMPORAL_REFERENCE, known.temporal), Method(FUSED_REFERENCE, known.fused)]
    return methods


def _subtracted(track: Track) -> np.ndarray:
    if track.references.shape[1] == 0:
        return track.scores[0]
    return np.maximum(0, track.scores[0] - track.reference_scores[0].mean(0))
