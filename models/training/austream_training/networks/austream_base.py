"""The default network: aligned crop and dense landmarks, fused; intensity and presence from one score."""

from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional

from ..data.face_mesh import network_points
from .blocks import FusedInvertedResidual, InvertedResidual, PictureStandardisation, convolution
from .comparing import ComparingHead, ScoreHead, more_than_at_rest
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


@network("austream-base", tuple(network_points()))
class AuStreamBase(nn.Module):
    """Crop branch (small convolution network) and landmark branch (two layers), joined in 256 features.

    The landmark branch keeps false presence low on strangers, the crop branch sees wrinkles and teeth; each also has a
    head of its own in training, and training hides one branch now and then, so that neither leans on the other.
    Each branch also has a head that compares its features with those of the same person's face at rest; their scores are fused as the branches' own are.

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
        self.picture_comparison = ComparingHead(picture_features, action_unit_count, 128)
        self.landmark_comparison = ComparingHead(landmark_features, action_unit_count, 128)
        self.relative_cuts = OrdinalCuts(action_unit_count)

    def _branches(self, image: torch.Tensor, landmarks: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        maps = self.backbone(self.standardise(image))
        picture = torch.cat([maps.mean((2, 3)), self.reduce(maps).flatten(1)], 1)
        return functional.relu(self.picture(picture)), functional.relu(self.landmarks(self.normalise_landmarks(landmarks)))

    def forward(self, image: torch.Tensor, landmarks: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """image [n, 3, 112, 112], landmarks [n, 2k] to intensity [n, a] 0-5 and features [n, 256]: what is exported."""
        picture, shape = self._branches(image, landmarks)
        features = torch.cat([picture, shape], 1)
        return self._intensity(features), features

    def _intensity(self, features: torch.Tensor) -> torch.Tensor:
        if self.fusion == "learned":
            return expected_intensity(torch.sigmoid(self.cuts(self.head(features))))
        picture, shape = self._split(features)
        return expected_intensity(torch.sigmoid(self._fused(self.cuts(self.picture_head(picture)), self.cuts(self.landmark_head(shape)))))

    def _split(self, features: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        return features[:, :self.picture.out_features], features[:, self.picture.out_features:]

    def _fused(self, picture: torch.Tensor, shape: torch.Tensor) -> torch.Tensor:
        return self.picture_share * picture + (1 - self.picture_share) * shape

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

    def relative_branches(self, features: torch.Tensor, neutral_features: torch.Tensor) -> list[torch.Tensor]:
        """Level logits [n, a, levels] of both branches' comparing heads from features [n, 256] and those of the same person's face at rest."""
        (picture, shape), (neutral_picture, neutral_shape) = self._split(features), self._split(neutral_features)
        return [
            self.relative_cuts(self.picture_comparison(picture, neutral_picture)),
            self.relative_cuts(self.landmark_comparison(shape, neutral_shape))]

    def relative_intensity(self, features: torch.Tensor, neutral_features: torch.Tensor) -> torch.Tensor:
        """Intensity [n, a] 0-5 relative to the face at rest, from the same features."""
        logits = self._fused(*self.relative_branches(features, neutral_features))
        return more_than_at_rest(logits, self._intensity(features), self._intensity(neutral_features))
