"""The default network: aligned crop and dense landmarks, fused; intensity and presence from one score."""

from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional

from ..data.face_mesh import network_points
from .blocks import FusedInvertedResidual, InvertedResidual, PictureStandardisation, convolution
from .ordinal_head import OrdinalCuts, expected_intensity
from .registry import network


@dataclass
class TrainingOutput:
    """Level logits [n, a, levels] of the fused head and of each branch on its own, and the features [n, 256]."""

    fused: torch.Tensor
    picture: torch.Tensor
    landmarks: torch.Tensor
    features: torch.Tensor


def _backbone(width: int) -> nn.Sequential:
    """[n, 3, 112, 112] to [n, 4·width, 7, 7]."""
    return nn.Sequential(
        convolution(3, 24, 3, 2),
        FusedInvertedResidual(24, width, 2, 2), FusedInvertedResidual(width, width, 1, 2),
        FusedInvertedResidual(width, 2 * width, 2, 3), FusedInvertedResidual(2 * width, 2 * width, 1, 2),
        FusedInvertedResidual(2 * width, 2 * width, 1, 2),
        InvertedResidual(2 * width, 4 * width, 2, 4), InvertedResidual(4 * width, 4 * width, 1, 3),
        InvertedResidual(4 * width, 4 * width, 1, 3))


class ScoreHead(nn.Module):
    """A linear map plus a small hidden layer: branches add up, and may also condition each other."""

    def __init__(self, inputs: int, outputs: int, hidden: int) -> None:
        super().__init__()
        self.linear = nn.Linear(inputs, outputs)
        self.hidden = nn.Linear(inputs, hidden)
        self.output = nn.Linear(hidden, outputs, bias=False)
        self.dropout = nn.Dropout(0.2)

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        features = self.dropout(features)
        return self.linear(features) + self.output(functional.relu(self.hidden(features)))


@network("austream-base", tuple(network_points()))
class AuStreamBase(nn.Module):
    """Crop branch (small convolution network) and landmark branch (two layers), joined in 256 features.

    The landmark branch keeps false presence low on strangers, the crop branch sees wrinkles and teeth; each also has a
    head of its own in training, and training hides one branch now and then, so that neither leans on the other.
    A second head compares the features with those of the same person's face at rest.

    ``fusion``: whence the exported score. "learned": from the head on both branches' features. "late": from the weighted mean of the scores of the branches'
    own heads, which wants calibration; ``picture_share`` is the crop's weight. What the learned head finds out on rendered pictures is to trust the crop, which looks less like photographs than
    landmarks do; the mean cannot. The learned head still shapes the features in training.
    """

    def __init__(
            self, landmark_count: int, action_unit_count: int, width: int = 32, branch_dropout: float = 0.1,
            picture_features: int = 160, landmark_features: int = 96, fusion: str = "late", picture_share: float = 0.5) -> None:
        super().__init__()
        if fusion not in ("late", "learned"):
            raise ValueError(f"fusion is {fusion!r}; there is late, learned")
        if not 0 <= picture_share <= 1:
            raise ValueError(f"picture_share is {picture_share}; it lies between 0 and 1")
        self.fusion, self.picture_share = fusion, picture_share
        self.branch_dropout = branch_dropout
        self.standardise = PictureStandardisation()
        self.backbone = _backbone(width)
        self.reduce = convolution(4 * width, 32, 1)
        self.picture = nn.Linear(4 * width + 32 * 49, picture_features)
        self.normalise_landmarks = nn.BatchNorm1d(2 * landmark_count, affine=False)
        self.landmarks = nn.Sequential(
            nn.Linear(2 * landmark_count, 192), nn.ReLU(), nn.Dropout(0.1), nn.Linear(192, landmark_features))
        self.feature_count = picture_features + landmark_features
        self.head = ScoreHead(self.feature_count, action_unit_count, 128)
        self.picture_head = nn.Linear(picture_features, action_unit_count)
        self.landmark_head = nn.Linear(landmark_features, action_unit_count)
        self.cuts = OrdinalCuts(action_unit_count)
        self.relative_head = ScoreHead(2 * self.feature_count, action_unit_count, 192)
        self.relative_cuts = OrdinalCuts(action_unit_count)

    def _branches(self, image: torch.Tensor, landmarks: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        maps = self.backbone(self.standardise(image))
        picture = torch.cat([maps.mean((2, 3)), self.reduce(maps).flatten(1)], 1)
        return functional.relu(self.picture(picture)), functional.relu(self.landmarks(self.normalise_landmarks(landmarks)))

    def forward(self, image: torch.Tensor, landmarks: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """image [n, 3, 112, 112], landmarks [n, 2k] to intensity [n, a] 0-5 and features [n, 256]: what is exported."""
        picture, shape = self._branches(image, landmarks)
        features = torch.cat([picture, shape], 1)
        if self.fusion == "late":
            share = self.picture_share
            logits = share * self.cuts(self.picture_head(picture)) + (1 - share) * self.cuts(self.landmark_head(shape))
        else:
            logits = self.cuts(self.head(features))
        return expected_intensity(torch.sigmoid(logits)), features

    def training_output(self, image: torch.Tensor, landmarks: torch.Tensor) -> TrainingOutput:
        """The same with the branches' own heads; hides a branch in some pictures while training."""
        picture, shape = self._branches(image, landmarks)
        picture, shape = picture.float(), shape.float()
        features = torch.cat([picture, shape], 1)
        shown = features
        if self.training and self.branch_dropout > 0:
            chance = torch.rand(len(image), 1, device=image.device)
            keep_picture = (chance >= self.branch_dropout).float()
            keep_shape = (chance < 1 - self.branch_dropout).float()
            shown = torch.cat([picture * keep_picture, shape * keep_shape], 1)
        return TrainingOutput(
            self.cuts(self.head(shown)), self.cuts(self.picture_head(picture)), self.cuts(self.landmark_head(shape)), features)

    def relative_logits(self, features: torch.Tensor, neutral_features: torch.Tensor) -> torch.Tensor:
        """Level logits [n, a, levels] from features [n, 256] and those of the same person's face at rest."""
        return self.relative_cuts(self.relative_head(torch.cat([features - neutral_features, features], 1)))


class RelativeHead(nn.Module):
    """The part that compares with a neutral face, on its own for export."""

    def __init__(self, base: nn.Module) -> None:
        super().__init__()
        self.base = base

    def forward(self, features: torch.Tensor, neutral_features: torch.Tensor) -> torch.Tensor:
        """features, neutral_features [n, f] to intensity [n, a] 0-5."""
        return expected_intensity(torch.sigmoid(self.base.relative_logits(features, neutral_features)))
