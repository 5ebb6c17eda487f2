"""dscmr and l-dscmr (Wang et al., "Action Units recognition based on Deep Spatial-Convolutional and Multi-label Residual
network", Neurocomputing 2019)."""

import torch
from torch import nn
from torch.nn import functional

from .blocks import PictureStandardisation, convolution
from .presence import PresenceNetwork, resized, scaled
from .registry import network

GRID = 8


class ResidualBlock(nn.Module):
    """Two 3x3 convolutions and a shortcut: 1x1 in the first block of a group, the identity in the second."""

    def __init__(self, inputs: int, outputs: int, stride: int, projected: bool) -> None:
        super().__init__()
        self.body = nn.Sequential(
            convolution(inputs, outputs, 3, stride), nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False), nn.BatchNorm2d(outputs))
        self.shortcut = nn.Sequential(
            nn.Conv2d(inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs)) if projected else nn.Identity()

    def forward(self, maps: torch.Tensor) -> torch.Tensor:
        """[n, inputs, h, w] to [n, outputs, h/stride, w/stride]."""
        return functional.relu(self.body(maps) + self.shortcut(maps))


class LocalConvolution(nn.Module):
    """8 x 8 blocks of the map, each with its own batch normalisation, ReLU and 3x3 filters, added to the block itself (fig. 1).

    214 is not a multiple of 8: the map is widened to the next one by repeating its edge, and cut back afterwards.
    """

    def __init__(self, channels: int, side: int) -> None:
        super().__init__()
        self.block = -(-side // GRID)
        self.side, self.missing = side, self.block * GRID - side
        self.normalise = nn.BatchNorm2d(GRID * GRID * channels)
        self.filters = nn.Conv2d(GRID * GRID * channels, GRID * GRID * channels, 3, 1, 1, groups=GRID * GRID)

    def forward(self, maps: torch.Tensor) -> torch.Tensor:
        """[n, c, side, side] to the same shape."""
        channels, block = maps.shape[1], self.block
        before, after = self.missing // 2, self.missing - self.missing // 2
        if self.missing:
            maps = functional.pad(maps, (before, after, before, after), mode="replicate")
        blocks = maps.reshape(-1, channels, GRID, block, GRID, block).permute(0, 2, 4, 1, 3, 5)
        blocks = blocks.reshape(-1, GRID * GRID * channels, block, block)
        blocks = blocks + self.filters(functional.relu(self.normalise(blocks)))
        whole = blocks.reshape(-1, GRID, GRID, channels, block, block).permute(0, 3, 1, 4, 2, 5)
        whole = whole.reshape(-1, channels, GRID * block, GRID * block)
        return whole[:, :, before:before + self.side, before:before + self.side]


def _local_stem(picture: int, width: float, kernel: int) -> nn.Sequential:
    """The 11x11 convolution without padding that makes 214 of 224, as in the local layer the paper cites (DRML), and the
    local convolution; its 32 filters are DRML's."""
    channels = scaled(32, width)
    return nn.Sequential(
        nn.Conv2d(3, channels, kernel, bias=False), nn.BatchNorm2d(channels), nn.ReLU(inplace=True),
        LocalConvolution(channels, picture - kernel + 1))


class Dscmr(PresenceNetwork):
    """ResNet-18 with a fully connected layer of 2046 units (sic) before the scores; with ``local`` the local convolution in front.
    The paper's at the defaults: 224 x 224 pictures."""

    def __init__(
            self, landmark_count: int, action_unit_count: int, width: float = 1.0, picture: int = 224, local: bool = False,
            local_width: float = 1.0, local_kernel: int = 11, dropout: float = 0.0) -> None:
        super().__init__()
        if landmark_count:
            raise ValueError("dscmr takes the picture alone")
        self.picture = picture
        self.standardise = PictureStandardisation()
        self.local = _local_stem(picture, local_width, local_kernel) if local else nn.Identity()
        counts = [scaled(count, width) for count in (64, 128, 256, 512)]
        self.first = nn.Sequential(
            convolution(scaled(32, local_width) if local else 3, counts[0], 7, 2), nn.MaxPool2d(3, 2, 1))
        groups, inputs = [], counts[0]
        for index, count in enumerate(counts):
            groups += [ResidualBlock(inputs, count, 1 if index == 0 else 2, True), ResidualBlock(count, count, 1, False)]
            inputs = count
        self.groups = nn.Sequential(*groups)
        units = scaled(2046, width)
        self.hidden = nn.Linear(inputs, units)
        self.dropout = nn.Dropout(dropout)
        self.output = nn.Linear(units, action_unit_count)

    def encode(self, image: torch.Tensor, landmarks: torch.Tensor | None) -> tuple[torch.Tensor, torch.Tensor]:
        """image [n, 3, S, S] to logits [n, a] and features [n, 2046·width]."""
        maps = self.groups(self.first(self.local(resized(self.standardise(image), self.picture))))
        features = functional.relu(self.hidden(maps.mean((2, 3))))
        return self.output(self.dropout(features)), features


@network("dscmr")
def dscmr(landmark_count: int, action_unit_count: int, **options) -> Dscmr:
    """The network without the local convolution layer."""
    return Dscmr(landmark_count, action_unit_count, **options)


@network("l-dscmr")
def l_dscmr(landmark_count: int, action_unit_count: int, **options) -> Dscmr:
    """The network with the local convolution layer."""
    return Dscmr(landmark_count, action_unit_count, local=True, **options)
