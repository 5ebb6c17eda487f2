"""The spatial network of hybrid (Chu, De la Torre, Cohn, "Learning Spatial and Temporal Cues for Multi-label Facial Action Unit
Detection", FG 2017). The LSTMs and the late fusion work on its ``features``."""

import torch
from torch import nn
from torch.nn import functional

from .blocks import PictureStandardisation
from .presence import PresenceNetwork, resized, scaled
from .registry import network


def _layer(inputs: int, outputs: int, kernel: int, stride: int = 1, pool: bool = False) -> list[nn.Module]:
    layers = [
        nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)]
    return [*layers, nn.MaxPool2d(3, 2)] if pool else layers


@network("hybrid")
class HybridSpatial(PresenceNetwork):
    """Modified AlexNet with five convolutions and three fully connected layers; fc7, L2-normalised, is the representation.

    The paper's at the defaults: 176 x 176 crops, fc7 of 4096. Its figure gives no more, so the counts are AlexNet's (96, 256,
    384, 384, 256; fc 4096), with batch normalisation in place of local response normalisation, and first stride 4. The
    scores come from fc7 before the normalisation, as in AlexNet: a vector of length 1 would bound them.
    """

    def __init__(
            self, landmark_count: int, action_unit_count: int, width: float = 1.0, picture: int = 176, first_stride: int = 4,
            dropout: float = 0.5) -> None:
        super().__init__()
        if landmark_count:
            raise ValueError("hybrid takes the picture alone")
        self.picture = picture
        self.standardise = PictureStandardisation()
        counts = [scaled(count, width) for count in (96, 256, 384, 384, 256)]
        self.convolutions = nn.Sequential(
            *_layer(3, counts[0], 11, first_stride, True), *_layer(counts[0], counts[1], 5, pool=True),
            *_layer(counts[1], counts[2], 3), *_layer(counts[2], counts[3], 3), *_layer(counts[3], counts[4], 3, pool=True))
        with torch.no_grad():
            inputs = self.convolutions.eval()(torch.zeros(1, 3, picture, picture)).numel()
        self.convolutions.train()
        units = scaled(4096, width)
        self.fc6, self.fc7 = nn.Linear(inputs, units), nn.Linear(units, units)
        self.dropout = nn.Dropout(dropout)
        self.output = nn.Linear(units, action_unit_count)

    def encode(self, image: torch.Tensor, landmarks: torch.Tensor | None) -> tuple[torch.Tensor, torch.Tensor]:
        """image [n, 3, S, S] to logits [n, a] and the L2-normalised fc7 [n, 4096·width]."""
        maps = self.convolutions(resized(self.standardise(image), self.picture))
        hidden = self.dropout(functional.relu(self.fc6(self.dropout(maps.flatten(1)))))
        fc7 = functional.relu(self.fc7(hidden))
        return self.output(self.dropout(fc7)), functional.normalize(fc7.float(), dim=1, eps=1e-6)
