"""The body of GoogLeNet (Szegedy et al., CVPR 2015)."""

import torch
from torch import nn

from .blocks import convolution
from .presence import scaled

MODULES: tuple[tuple[int, int, int, int, int, int], ...] = (
    (64, 96, 128, 16, 32, 32), (128, 128, 192, 32, 96, 64),
    (192, 96, 208, 16, 48, 64), (160, 112, 224, 24, 64, 64), (128, 128, 256, 24, 64, 64), (112, 144, 288, 32, 64, 64),
    (256, 160, 320, 32, 128, 128),
    (256, 160, 320, 32, 128, 128), (384, 192, 384, 48, 128, 128))
"""1x1; 3x3 reduce, 3x3; 5x5 reduce, 5x5; projection after pooling: modules 3a to 5b."""

POOL_AFTER: tuple[int, ...] = (1, 6)


class InceptionModule(nn.Module):
    """Four branches side by side."""

    def __init__(self, inputs: int, counts: tuple[int, ...], width: float) -> None:
        super().__init__()
        one, reduce3, three, reduce5, five, pooled = (scaled(count, width) for count in counts)
        self.branches = nn.ModuleList([
            convolution(inputs, one, 1), nn.Sequential(convolution(inputs, reduce3, 1), convolution(reduce3, three, 3)),
            nn.Sequential(convolution(inputs, reduce5, 1), convolution(reduce5, five, 5)),
            nn.Sequential(nn.MaxPool2d(3, 1, 1), convolution(inputs, pooled, 1))])
        self.outputs = one + three + five + pooled

    def forward(self, maps: torch.Tensor) -> torch.Tensor:
        """[n, inputs, h, w] to [n, outputs, h, w]."""
        return torch.cat([branch(maps) for branch in self.branches], 1)


class GoogLeNetBody(nn.Module):
    """Stem, nine modules, average over places. The first filters are 3x3 (paper 1) instead of 7x7; every convolution has batch
    normalisation, which the later versions of GoogLeNet have and which makes the auxiliary classifiers unnecessary."""

    def __init__(self, width: float) -> None:
        super().__init__()
        first, second = scaled(64, width), scaled(192, width)
        layers: list[nn.Module] = [
            convolution(3, first, 3, 2), nn.MaxPool2d(3, 2, 1), convolution(first, first, 1), convolution(first, second, 3),
            nn.MaxPool2d(3, 2, 1)]
        inputs = second
        for index, counts in enumerate(MODULES):
            module = InceptionModule(inputs, counts, width)
            layers.append(module)
            inputs = module.outputs
            if index in POOL_AFTER:
                layers.append(nn.MaxPool2d(3, 2, 1))
        self.layers = nn.Sequential(*layers)
        self.outputs = inputs

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        """[n, 3, h, w] to [n, outputs]; 1024 at width 1."""
        return self.layers(image).mean((2, 3))
