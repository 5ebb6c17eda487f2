"""gl-cnn (Benitez-Quiroz, Wang, Martinez, "Recognition of Action Units in the Wild with Deep Nets and a New Global-Local Loss",
ICCV 2017)."""

from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional

from ..data.face_points import OUTER_EYE_CORNERS
from .blocks import PictureStandardisation
from .inception import GoogLeNetBody
from .landmark_cnn import POINTS, LandmarkCnn
from .presence import PresenceNetwork, resized, scaled
from .registry import network

SCORE_SLOPE = 3.0
"""Log-odds per unit of the score: the loss draws scores to -1 and +1, which become probabilities of .05 and .95."""


def normalise_points(points: torch.Tensor) -> torch.Tensor:
    """points [n, 66, 2] moved, turned and scaled so that the outer eye corners lie at (-.5, 0) and (.5, 0) (section 3.2).
    The intermediate distance of 200 pixels of the paper cancels out."""
    left, right = (points[:, corner] for corner in OUTER_EYE_CORNERS)
    axis = right - left
    square = (axis * axis).sum(1, keepdim=True).clamp_min(1e-4)
    relative = points - ((left + right) / 2).unsqueeze(1)
    across = (relative * axis.unsqueeze(1)).sum(2) / square
    down = (relative[:, :, 1] * axis[:, :1] - relative[:, :, 0] * axis[:, 1:]) / square
    return torch.stack([across, down], 2)


@dataclass(frozen=True)
class GlOutput:
    """Scores [n, a], drawn to -1 and +1, and points [n, 66, 2] as (pixel - S/2) / S."""

    scores: torch.Tensor
    points: torch.Tensor


@network("gl-cnn")
class GlCnn(PresenceNetwork):
    """A landmark network and a GoogLeNet-style network whose first fully connected layer is joined by the 132 normalised
    coordinates. The paper's at the defaults.

    The two parts are trained side by side, each by its own global-local loss: the action units' gradient stops at the points, as
    where the paper trains the parts one after the other. In training the points get noise, as in the paper.
    """

    def __init__(
            self, landmark_count: int, action_unit_count: int, width: float = 1.0, picture: int = 224,
            landmark_width: float = 1.0, landmark_picture: int = 64, point_noise: float = 0.02, dropout: float = 0.4) -> None:
        super().__init__()
        if landmark_count:
            raise ValueError("gl-cnn finds its own landmarks and takes the picture alone")
        self.picture, self.point_noise = picture, point_noise
        self.standardise = PictureStandardisation()
        self.landmarks = LandmarkCnn(landmark_width, landmark_picture)
        self.body = GoogLeNetBody(width)
        units = scaled(4096, width)
        self.hidden = nn.Linear(self.body.outputs, units)
        self.dropout = nn.Dropout(dropout)
        self.output = nn.Linear(units + 2 * POINTS, action_unit_count)

    def _scores(self, picture: torch.Tensor, points: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        shape = normalise_points(points)
        if self.training:
            shape = shape + torch.randn_like(shape) * self.point_noise
        hidden = functional.relu(self.hidden(self.dropout(self.body(resized(picture, self.picture)))))
        features = torch.cat([hidden.float(), shape.flatten(1)], 1)
        return self.output(features), features

    def find_points(self, image: torch.Tensor) -> torch.Tensor:
        """image [n, 3, S, S] to points [n, 66, 2] as (pixel - S/2) / S."""
        return self.landmarks(self.standardise(image))

    def encode(self, image: torch.Tensor, landmarks: torch.Tensor | None) -> tuple[torch.Tensor, torch.Tensor]:
        """image [n, 3, S, S] to logits [n, a] and features [n, 4096·width + 132]."""
        picture = self.standardise(image)
        scores, features = self._scores(picture, self.landmarks(picture))
        return scores * SCORE_SLOPE, features

    def training_output(self, image: torch.Tensor, landmarks: torch.Tensor | None) -> GlOutput:
        """Scores and points."""
        picture = self.standardise(image)
        points = self.landmarks(picture).float()
        return GlOutput(self._scores(picture, points.detach())[0].float(), points)
