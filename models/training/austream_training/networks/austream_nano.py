"""austream-nano: austream-base's small sibling, for boards and for pictures with many faces."""

import torch
from torch import nn
from torch.nn import functional

from .blocks import FusedInvertedResidual, InvertedResidual, PictureStandardisation, convolution
from .comparing import ComparingHead, ScoreHead, more_than_at_rest
from .ordinal_head import OrdinalCuts, expected_intensity
from .registry import network

REDUCED = 8


def _backbone(width: int) -> nn.Sequential:
    """[n, 3, 56, 56] to [n, 4·width, 7, 7]."""
    return nn.Sequential(
        convolution(3, width, 3, 2),
        FusedInvertedResidual(width, 2 * width, 2, 2), FusedInvertedResidual(2 * width, 2 * width, 1, 2),
        InvertedResidual(2 * width, 4 * width, 2, 3), InvertedResidual(4 * width, 4 * width, 1, 2))


@network("austream-nano")
class AuStreamNano(nn.Module):
    """The picture alone: it needs no dense landmarks beyond those that place the crop, so that the cheapest landmark network will do.

    Pixels are averaged two by two first: half the picture costs a quarter, and far faces have no finer wrinkles anyway. The
    scores are ordinal as in austream-base, and a second head compares with the same person's face at rest.
    """

    def __init__(self, landmark_count: int, action_unit_count: int, width: int = 24, features: int = 96) -> None:
        super().__init__()
        if landmark_count:
            raise ValueError("austream-nano takes the picture alone")
        self.feature_count = features
        self.standardise = PictureStandardisation()
        self.backbone = _backbone(width)
        self.reduce = convolution(4 * width, REDUCED, 1)
        self.picture = nn.Linear(4 * width + REDUCED * 49, features)
        self.head = ScoreHead(features, action_unit_count, 48)
        self.cuts = OrdinalCuts(action_unit_count)
        self.comparison = ComparingHead(features, action_unit_count, 72)
        self.relative_cuts = OrdinalCuts(action_unit_count)

    def _features(self, image: torch.Tensor) -> torch.Tensor:
        maps = self.backbone(functional.avg_pool2d(self.standardise(image), 2))
        return functional.relu(self.picture(torch.cat([maps.mean((2, 3)), self.reduce(maps).flatten(1)], 1)))

    def forward(self, image: torch.Tensor, landmarks: torch.Tensor | None = None) -> tuple[torch.Tensor, torch.Tensor]:
        """image [n, 3, 112, 112] to intensity [n, a] 0-5 and features [n, 96]: what is exported."""
        features = self._features(image)
        return self._intensity(features), features

    def _intensity(self, features: torch.Tensor) -> torch.Tensor:
        return expected_intensity(torch.sigmoid(self.cuts(self.head(features))))

    def training_output(self, image: torch.Tensor, landmarks: torch.Tensor | None = None) -> tuple[torch.Tensor, torch.Tensor]:
        """Level logits [n, a, levels] and features [n, 96]."""
        features = self._features(image).float()
        return self.cuts(self.head(features)), features

    def relative_branches(self, features: torch.Tensor, neutral_features: torch.Tensor) -> list[torch.Tensor]:
        """Level logits [n, a, levels] of the one comparing head from features [n, 96] and those of the same person's face at rest."""
        return [self.relative_cuts(self.comparison(features, neutral_features))]

    def relative_intensity(self, features: torch.Tensor, neutral_features: torch.Tensor) -> torch.Tensor:
        """Intensity [n, a] 0-5 relative to the face at rest, from the same features."""
        [logits] = self.relative_branches(features, neutral_features)
        return more_than_at_rest(logits, self._intensity(features), self._intensity(neutral_features))
