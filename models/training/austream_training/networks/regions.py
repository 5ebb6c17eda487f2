"""regions-22 (Ali et al., "Facial Action Units Detection Under Pose Variations Using Deep Regions Learning")."""

import torch
from torch import nn
from torch.nn import functional

from .blocks import PictureStandardisation
from .patches import cut_patches
from .presence import PresenceNetwork, resized, scaled
from .registry import network

REGION_POINTS: tuple[int, ...] = (
    70, 105, 107, 336, 334, 300, 33, 133, 362, 263, 168, 4, 98, 327, 61, 40, 0, 270, 291, 321, 17, 91)
"""The mesh points nearest to 22 of the paper's 49 landmarks: 6 on the brows, 4 eye corners, 4 on the nose, 8 around the mouth.
The paper shows its choice in a figure only."""

PATCH_KERNELS: tuple[int, ...] = (7, 9, 9, 8, 8)
PATCH_CHANNELS: tuple[int, ...] = (32, 16, 16, 16, 8)
"""Conv2 to Conv6. The paper states 7x7x32 for the first and 12x12x8 for the last output; the sizes between are chosen so that
48 shrinks to 12 without pooling or padding."""


class RegionEncoder(nn.Module):
    """Conv1 on the picture, patches of its map at the landmarks, and five convolutions with filters of their own per patch."""

    def __init__(self, points: int, width: float, picture: int, first_kernel: int, patch: int, kernels: tuple[int, ...]) -> None:
        super().__init__()
        self.points, self.picture, self.patch = points, picture, patch
        first = scaled(32, width)
        self.map_side = picture - first_kernel + 1
        self.conv1 = nn.Conv2d(3, first, first_kernel)
        layers, channels, side = [], first, patch
        for count, kernel in zip(PATCH_CHANNELS, kernels, strict=True):
            outputs = scaled(count, width)
            layers += [nn.Conv2d(points * channels, points * outputs, kernel, groups=points), nn.ReLU(inplace=True)]
            channels, side = outputs, side - kernel + 1
        self.patch_layers = nn.Sequential(*layers)
        self.patch_features = channels * side * side

    def forward(self, image: torch.Tensor, landmarks: torch.Tensor) -> torch.Tensor:
        """image [n, 3, S, S], landmarks [n, 2·points] to Conv6 outputs [n, points, features]."""
        maps = functional.relu(self.conv1(resized(image, self.picture)))
        centres = landmarks.reshape(-1, self.points, 2)
        patches = cut_patches(maps, centres, self.patch, self.map_side / self.picture)
        return self.patch_layers(patches.flatten(1, 2)).reshape(-1, self.points, self.patch_features)


@network("regions-22", REGION_POINTS)
class Regions22(PresenceNetwork):
    """Region-based network: the paper's at the defaults, which take a 200 x 200 picture.

    Two things differ from the paper. The picture is the canonical crop of this project (eyes, nose root and nose ridge in
    place, in-plane rotation removed) instead of one with an eye corner as origin; both remove the rotation, and the patches
    follow the landmarks either way. Patches are cut bilinearly at the exact landmark instead of at the nearest pixel. The size of
    Fully7 is not stated; it is 1024 like Fully8.
    """

    def __init__(
            self, landmark_count: int, action_unit_count: int, width: float = 1.0, picture: int = 200, first_kernel: int = 11,
            patch: int = 48, kernels: tuple[int, ...] = PATCH_KERNELS, hidden: int = 1024, dropout: float = 0.5) -> None:
        super().__init__()
        self.standardise = PictureStandardisation()
        self.regions = RegionEncoder(landmark_count, width, picture, first_kernel, patch, tuple(kernels))
        self.fully7 = nn.Linear(landmark_count * self.regions.patch_features, hidden)
        self.fully8 = nn.Linear(hidden, hidden)
        self.dropout = nn.Dropout(dropout)
        self.output = nn.Linear(hidden, action_unit_count)
        self._start_alive()

    def _start_alive(self) -> None:
        """He initialisation, and biases that let every unit pass something at first. Six layers without normalisation shrink the signal
        at PyTorch's usual start; patches then fall silent for good, as the significance map of the first training here showed (eleven of 22;
        with biases of zero still four)."""
        for layer in self.modules():
            if isinstance(layer, (nn.Conv2d, nn.Linear)) and layer is not self.output:
                nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
                nn.init.constant_(layer.bias, 0.1 if isinstance(layer, nn.Conv2d) else 0)

    def regions_of(self, image: torch.Tensor, landmarks: torch.Tensor) -> torch.Tensor:
        """Conv6 outputs [n, points, features]: what the significance map hides patch by patch."""
        return self.regions(self.standardise(image), landmarks)

    def classify(self, regions: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Conv6 outputs to logits [n, a] and the 1024 features."""
        hidden = self.dropout(functional.relu(self.fully7(regions.flatten(1))))
        features = functional.relu(self.fully8(hidden))
        return self.output(self.dropout(features)), features

    def encode(self, image: torch.Tensor, landmarks: torch.Tensor | None) -> tuple[torch.Tensor, torch.Tensor]:
        """image [n, 3, S, S], landmarks [n, 44] to logits [n, a] and features [n, hidden]."""
        return self.classify(self.regions_of(image, landmarks))
