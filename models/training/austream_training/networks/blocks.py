"""Convolution blocks that run fast in ONNX Runtime on one core."""

import torch
from torch import nn


def convolution(inputs: int, outputs: int, kernel: int = 3, stride: int = 1, groups: int = 1) -> nn.Sequential:
    """Convolution, batch normalisation, ReLU; half padding."""
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=False),
        nn.BatchNorm2d(outputs), nn.ReLU(inplace=True))


class FusedInvertedResidual(nn.Module):
    """A full 3x3 convolution that widens, then a 1x1 one that narrows (EfficientNetV2): fast where the picture is large."""

    def __init__(self, inputs: int, outputs: int, stride: int, expansion: int) -> None:
        super().__init__()
        wide = inputs * expansion
        self.body = nn.Sequential(
            convolution(inputs, wide, 3, stride), nn.Conv2d(wide, outputs, 1, bias=False), nn.BatchNorm2d(outputs))
        self.residual = stride == 1 and inputs == outputs

    def forward(self, maps: torch.Tensor) -> torch.Tensor:
        """[n, inputs, h, w] to [n, outputs, h/stride, w/stride]."""
        return maps + self.body(maps) if self.residual else self.body(maps)


class InvertedResidual(nn.Module):
    """1x1 widening, 3x3 per channel, 1x1 narrowing (MobileNetV2): few multiplications where there are many channels."""

    def __init__(self, inputs: int, outputs: int, stride: int, expansion: int) -> None:
        super().__init__()
        wide = inputs * expansion
        self.body = nn.Sequential(
            convolution(inputs, wide, 1), convolution(wide, wide, 3, stride, wide),
            nn.Conv2d(wide, outputs, 1, bias=False), nn.BatchNorm2d(outputs))
        self.residual = stride == 1 and inputs == outputs

    def forward(self, maps: torch.Tensor) -> torch.Tensor:
        """[n, inputs, h, w] to [n, outputs, h/stride, w/stride]."""
        return maps + self.body(maps) if self.residual else self.body(maps)


class PictureStandardisation(nn.Module):
    """Takes each picture's own mean and deviation out, so that exposure and contrast do not matter."""

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        """[n, 3, h, w] to the same shape with mean 0 and deviation about 1 over channels and places."""
        centred = image - image.mean((1, 2, 3), keepdim=True)
        deviation = (centred * centred).mean((1, 2, 3), keepdim=True).sqrt()
        return centred / (deviation + 0.04)
