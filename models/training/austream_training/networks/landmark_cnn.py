"""The first part of gl-cnn: 66 face points from a picture (Benitez-Quiroz, Wang, Martinez, ICCV 2017, table 1)."""

import torch
from torch import nn

from .blocks import PictureStandardisation
from .presence import resized, scaled

POINTS = 66
CONVOLUTIONS: tuple[tuple[int, int, bool], ...] = ((80, 5, True), (96, 4, True), (128, 3, False), (128, 3, False))
"""Filters, size, 2x2 pooling after it. The text says three convolutions, table 1 and figure 4 four: four."""


class LandmarkCnn(nn.Module):
    """Convolutions, each with normalisation, ReLU and dropout, then fully connected layers of 1800 and 1000 units.

    The paper's at the defaults. It gives no input size; 64 x 64 is chosen. Normalisation is batch normalisation, and dropout
    after convolutions is per channel. ``hidden_width`` scales the fully connected layers, which hold nearly all weights; as
    ``width`` when None.
    """

    def __init__(self, width: float = 1.0, picture: int = 64, dropout: float = 0.1, hidden_width: float | None = None) -> None:
        super().__init__()
        self.picture = picture
        layers: list[nn.Module] = []
        channels, side = 3, picture
        for count, kernel, pooled in CONVOLUTIONS:
            outputs = scaled(count, width)
            layers += [nn.Conv2d(channels, outputs, kernel, bias=False), nn.BatchNorm2d(outputs)]
            channels, side = outputs, side - kernel + 1
            if pooled:
                # Before ReLU and dropout of whole channels, with which it commutes: they then see a quarter of the places.
                layers.append(nn.MaxPool2d(2))
                side //= 2
            layers += [nn.ReLU(inplace=True), nn.Dropout2d(dropout)]
        self.convolutions = nn.Sequential(*layers)
        first, second = (scaled(units, width if hidden_width is None else hidden_width) for units in (1800, 1000))
        self.hidden = nn.Sequential(
            nn.Linear(channels * side * side, first), nn.ReLU(inplace=True), nn.Linear(first, second), nn.ReLU(inplace=True))
        self.output = nn.Linear(second, 2 * POINTS)

    def start_from(self, mean_shape: torch.Tensor) -> None:
        """Sets the output's bias to a mean shape [66, 2], so that training starts from a face and not from a dot."""
        with torch.no_grad():
            self.output.weight.mul_(0.1)
            self.output.bias.copy_(mean_shape.flatten())

    def encode(self, image: torch.Tensor) -> torch.Tensor:
        """[n, 3, S, S] standardised to the last hidden layer [n, 1000·width]."""
        return self.hidden(self.convolutions(resized(image, self.picture)).flatten(1))

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        """[n, 3, S, S] standardised to points [n, 66, 2] as (pixel - S/2) / S."""
        return self.output(self.encode(image)).reshape(-1, POINTS, 2)


class LandmarkStage(nn.Module):
    """The landmark CNN on its own, and whether there is a face at all: one more output on the last hidden layer. The paper has no such
    output and is told where the faces are; a pipeline that follows faces must notice when one is gone."""

    def __init__(
            self, width: float = 1.0, picture: int = 64, dropout: float = 0.1, hidden_width: float | None = None) -> None:
        super().__init__()
        self.standardise = PictureStandardisation()
        self.landmarks = LandmarkCnn(width, picture, dropout, hidden_width)
        self.face = nn.Linear(self.landmarks.output.in_features, 1)

    def forward(self, image: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """image [n, 3, S, S], any linear scale of brightness, to points [n, 66, 2] as (pixel - S/2) / S and the log-odds of a face [n, 1]."""
        hidden = self.landmarks.encode(self.standardise(image))
        # Half a pixel matters here: the last layer is never computed in lower precision.
        with torch.autocast(hidden.device.type, enabled=False):
            hidden = hidden.float()
            return self.landmarks.output(hidden).reshape(-1, POINTS, 2), self.face(hidden)
