"""dsin (Corneanu, Madadi, Escalera, "Deep Structure Inference Network for Facial Action Unit Recognition", ECCV 2018)."""

from dataclasses import dataclass

import torch
from torch import nn

from .blocks import PictureStandardisation
from .patches import cut_patches
from .presence import PresenceNetwork, resized, scaled
from .registry import network
from .structure_inference import StructureInference

DSIN_POINTS: tuple[int, ...] = (33, 133, 168, 50, 4, 13, 14)
"""Corners of the right eye, nose root, right cheek, nose tip, inner lips: the middles of the five patches follow from them."""

PATCHES: tuple[str, ...] = ("face", "right eye", "between the eyes", "right cheek", "nose", "mouth")
BLOCKS: tuple[tuple[int, int], ...] = ((32, 5), (64, 3), (128, 3), (256, 3))


def patch_centres(landmarks: torch.Tensor) -> torch.Tensor:
    """landmarks [n, 14] of DSIN_POINTS to the middles [n, 5, 2] of right eye, between the eyes, right cheek, nose, mouth."""
    points = landmarks.reshape(-1, len(DSIN_POINTS), 2)
    eye, mouth = points[:, 0:2].mean(1), points[:, 5:7].mean(1)
    return torch.stack([eye, points[:, 2], points[:, 3], points[:, 4], mouth], 1)


class PatchPrediction(nn.Module):
    """A shallow VGG-like network: convolutions of stride 2 with batch normalisation and ReLU, then two fully connected layers.

    The paper gives the counts in a figure; chosen here are 32 (5x5), 64, 128 and 256 filters (3x3) and 256 units. The
    face, four times as wide, passes through two more blocks of 256, so that all six end in the same number of values.
    """

    def __init__(self, side: int, patch: int, action_unit_count: int, width: float) -> None:
        super().__init__()
        layers, channels = [], 3
        blocks = list(BLOCKS)
        while side > patch:
            blocks.append((256, 3))
            side //= 2
        for count, kernel in blocks:
            outputs = scaled(count, width)
            layers += [nn.Conv2d(channels, outputs, kernel, 2, kernel // 2, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)]
            channels = outputs
        self.layers = nn.Sequential(*layers)
        final = patch
        for _ in BLOCKS:
            final = (final + 1) // 2
        self.hidden = nn.Linear(channels * final * final, scaled(256, width))
        self.output = nn.Linear(scaled(256, width), action_unit_count)

    def forward(self, picture: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """[n, 3, side, side] to logits [n, a] and the hidden layer [n, h]."""
        hidden = torch.relu(self.hidden(self.layers(picture).flatten(1)))
        return self.output(hidden), hidden


class Fusion(nn.Module):
    """Per action unit: its predictions from all patches through 64 sigmoid units to one logit (section 3.2)."""

    def __init__(self, patches: int, action_unit_count: int, units: int = 64) -> None:
        super().__init__()
        self.first = nn.Parameter(torch.randn(action_unit_count, patches, units) * (1 / patches) ** 0.5)
        self.first_bias = nn.Parameter(torch.zeros(action_unit_count, units))
        self.second = nn.Parameter(torch.randn(action_unit_count, units) * (1 / units) ** 0.5)
        self.second_bias = nn.Parameter(torch.zeros(action_unit_count))

    def forward(self, predictions: torch.Tensor) -> torch.Tensor:
        """Probabilities [n, patches, a] to logits [n, a]."""
        hidden = torch.matmul(predictions.permute(2, 0, 1), self.first) + self.first_bias.unsqueeze(1)
        return (torch.sigmoid(hidden) * self.second.unsqueeze(1)).sum(2).transpose(0, 1) + self.second_bias


@dataclass(frozen=True)
class DsinOutput:
    """Logits of the patches [n, patches, a], of the fusion [n, a], of the last structure step [n, a]; gates [T, n, a] 0-1."""

    patches: torch.Tensor
    fused: torch.Tensor
    inferred: torch.Tensor
    gates: torch.Tensor


@network("dsin", DSIN_POINTS)
class Dsin(PresenceNetwork):
    """Face and five patches, fusion per action unit, structure inference between action units. The paper's at the defaults:
    224 x 224 face, 56 x 56 patches, ten iterations."""

    def __init__(
            self, landmark_count: int, action_unit_count: int, width: float = 1.0, picture: int = 224, patch: int = 56,
            iterations: int = 10) -> None:
        super().__init__()
        if landmark_count != len(DSIN_POINTS):
            raise ValueError(f"dsin is fed by {len(DSIN_POINTS)} points, not {landmark_count}")
        self.picture, self.patch = picture, patch
        self.standardise = PictureStandardisation()
        self.patch_networks = nn.ModuleList(
            PatchPrediction(picture if name == "face" else patch, patch, action_unit_count, width) for name in PATCHES)
        self.fusion = Fusion(len(PATCHES), action_unit_count)
        self.structure = StructureInference(action_unit_count, iterations)

    def predict_patches(self, image: torch.Tensor, landmarks: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Patch logits [n, 6, a] and the hidden layers of all patches [n, 6·h]."""
        face = resized(self.standardise(image), self.picture)
        cut = cut_patches(face, patch_centres(landmarks), self.patch)
        pictures = [face, *(cut[:, index] for index in range(len(PATCHES) - 1))]
        results = [net(picture) for net, picture in zip(self.patch_networks, pictures, strict=True)]
        return torch.stack([logits for logits, _ in results], 1), torch.cat([hidden for _, hidden in results], 1)

    def encode(self, image: torch.Tensor, landmarks: torch.Tensor | None) -> tuple[torch.Tensor, torch.Tensor]:
        """image [n, 3, S, S], landmarks [n, 14] to logits [n, a] and features [n, 6·h]."""
        patches, features = self.predict_patches(image, landmarks)
        fused = self.fusion(torch.sigmoid(patches))
        return self.structure(torch.sigmoid(fused))[0], features

    def training_output(self, image: torch.Tensor, landmarks: torch.Tensor | None) -> DsinOutput:
        """All stages. The fusion and the structure inference are small and run in float32."""
        patches = self.predict_patches(image, landmarks)[0].float()
        with torch.autocast(image.device.type, enabled=False):
            fused = self.fusion(torch.sigmoid(patches))
            inferred, gates = self.structure(torch.sigmoid(fused))
        return DsinOutput(patches, fused, inferred, gates)
