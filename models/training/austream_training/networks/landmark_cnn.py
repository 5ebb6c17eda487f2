"""The first part of gl-cnn: 66 face points from a picture (Benitez-Quiroz, Wang, Martinez, ICCV 2017, table 1)."""

import torch
from torch import nn

from .presence import resized, scaled

POINTS = 66
CONVOLUTIONS: tuple[tuple[int, int, bool], ...] = ((80, 5, True), (96, 4, True), (128, 3, False), (128, 3, False))
"""Filters, size, 2x2 pooling after it. The text says three convolutions, table 1 and figure 4 four: four."""


class LandmarkCnn(nn.Module):
    """Convolutions, each with normalisation, ReLU and dropout, then fully connected layers of 1800 and 1000 units.

    The paper's at the defaults. It gives no input size; 64 x 64 is chosen. Normalisation is batch normalisation, and dropout
    after convolutions is per channel.
    """

    def __init__(self, width: float = 1.0, picture: int = 64, dropout: float = 0.1) -> None:
        super().__init__()
        self.picture = picture
        layers: list[nn.Module] = []
        channels, side = 3, picture
        for count, kernel, pooled in CONVOLUTIONS:
            outputs = scaled(count, width)
            layers += [
                nn.Conv2d(channels, outputs, kernel, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True),
                nn.Dropout2d(dropout)]
            channels, side = outputs, side - kernel + 1
            if pooled:
                layers.append(nn.MaxPool2d(2))
                side //= 2
        self.convolutions = nn.Sequential(*layers)
        first, second = scaled(1800, width), scaled(1000, width)
        self.hidden = nn.Sequential(
            nn.Linear(channels * side * side, first), nn.ReLU(inplace=True), nn.Linear(first, second), nn.ReLU(inplace=True))
        self.output = nn.Linear(second, 2 * POINTS)

    def start_from(self, mean_shape: torch.Tensor) -> None:
        """Sets the output's bias to a mean shape [66, 2], so that training starts from a face and not from a dot."""
        with torch.no_grad():
            self.output.weight.mul_(0.1)
            self.output.bias.copy_(mean_shape.flatten())

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        """[n, 3, S, S] standardised to points [n, 66, 2] as (pixel - S/2) / S."""
        maps = self.convolutions(resized(image, self.picture))
        return self.output(self.hidden(maps.flatten(1))).reshape(-1, POINTS, 2)
