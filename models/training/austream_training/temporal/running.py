"""Running a head over whole tracks, causally, as the pipeline does frame by frame."""

from dataclasses import dataclass

import numpy as np
import torch

from ..networks.ordinal_head import expected_intensity
from .augmentation import plain
from .features import Track
from .head import TemporalHead


@dataclass(frozen=True)
class TrackIntensities:
    """Intensity [t, a] 0-5 per track: of the recurrent network and of the fusion."""

    temporal: list[np.ndarray]
    fused: list[np.ndarray]


@torch.no_grad()
def run_tracks(head: TemporalHead, tracks: list[Track], reference: bool) -> TrackIntensities:
    """Plain features, evaluation mode, state from zero; with each person's neutral features when ``reference``."""
    head.eval()
    temporal, fused = [], []
    for track in tracks:
        one = plain(track, reference)
        count = len(track)
        output = head.sequence(
            torch.from_numpy(one.features).unsqueeze(0), torch.from_numpy(one.scores).unsqueeze(0),
            torch.from_numpy(one.elapsed).reshape(1, count, 1), torch.from_numpy(one.reference).expand(1, count, -1),
            torch.full((1, count, 1), float(one.has_reference)), torch.zeros(1, head.state_length))
        temporal.append(expected_intensity(torch.sigmoid(output.temporal[0])).numpy())
        fused.append(expected_intensity(torch.sigmoid(output.fused[0])).numpy())
    return TrackIntensities(temporal, fused)
