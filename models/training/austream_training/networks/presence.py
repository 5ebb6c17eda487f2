"""What the networks of the papers share: they learn presence, the pipeline expects intensity."""

import math
from abc import ABC, abstractmethod

import torch
from torch import nn
from torch.nn import functional

from ..action_units import PRESENT_FROM

HIGHEST_INTENSITY = 5.0


def presence_intensity(logits: torch.Tensor) -> torch.Tensor:
    """Log-odds of presence to intensity 0-5: softplus(logit) / ln 2, at most 5.

    Strictly monotone below 5, so a threshold on intensity is a threshold on probability: even odds are intensity 1 (level A,
    where presence begins), and it grows with the evidence, one level per factor of two in the odds.
    """
    return (functional.softplus(logits) * (PRESENT_FROM / math.log(2))).clamp_max(HIGHEST_INTENSITY)


class PresenceNetwork(nn.Module, ABC):
    """Base of networks whose scores are log-odds of presence."""

    lowest_threshold = 0.03
    """Thresholds on intensity may go down to this: a probability of 2 %. A network that is unsure of a rare action unit says little
    more than its base rate, and still ranks faces."""

    @abstractmethod
    def encode(self, image: torch.Tensor, landmarks: torch.Tensor | None) -> tuple[torch.Tensor, torch.Tensor]:
        """image [n, 3, S, S], landmarks [n, 2k] (ignored by networks without points) to logits [n, a] and features [n, f]."""

    def forward(self, image: torch.Tensor, landmarks: torch.Tensor | None = None) -> tuple[torch.Tensor, torch.Tensor]:
        """What is exported: intensity [n, a] 0-5 and features [n, f]."""
        logits, features = self.encode(image, landmarks)
        return presence_intensity(logits), features

    def training_output(self, image: torch.Tensor, landmarks: torch.Tensor | None):
        """What the network's loss reads: the logits [n, a] unless the network says otherwise."""
        return self.encode(image, landmarks)[0]


def resized(image: torch.Tensor, side: int) -> torch.Tensor:
    """[n, c, S, S] to [n, c, side, side], bilinear; the same tensor when it has that size already."""
    if image.shape[2] == side:
        return image
    return functional.interpolate(image, size=(side, side), mode="bilinear", align_corners=False)


def scaled(count: int, width: float, multiple: int = 4) -> int:
    """A paper's channel count times ``width``, rounded to a multiple that computes fast; the paper's own at width 1."""
    return count if width == 1 else max(multiple, multiple * round(count * width / multiple))
