"""Loss of ordinal intensity heads."""

import torch
from torch.nn import functional

from ..networks.ordinal_head import expected_intensity, level_targets


def ordinal_loss(logits: torch.Tensor, intensity: torch.Tensor, distance_weight: float) -> torch.Tensor:
    """Cross-entropy of every level plus ``distance_weight`` times the smooth L1 distance of the expected intensity.

    logits [n, a, levels]; intensity [n, a] 0-5, NaN where not labelled (left out of the mean). Positives are not weighted
    up: that raised false presence on strangers' resting faces.
    """
    labelled = ~torch.isnan(intensity)
    known = torch.where(labelled, intensity, torch.zeros_like(intensity))
    entropy = functional.binary_cross_entropy_with_logits(logits, level_targets(known), reduction="none").mean(2)
    distance = functional.smooth_l1_loss(expected_intensity(torch.sigmoid(logits)), known, reduction="none", beta=0.5)
    weight = labelled.float()
    return ((entropy + distance_weight * distance) * weight).sum() / weight.sum().clamp_min(1)
