"""Augmentation on the fly, as tensor operations that run on the CPU and on a GPU alike.

Coordinates are continuous: pixel i covers [i, i + 1), its centre is i + 0.5, so a mirrored x is size - x.
"""

import math
from dataclasses import dataclass

import torch
from torch.nn import functional


@dataclass(frozen=True)
class AugmentationOptions:
    """Strengths. Deviations are of normal distributions; probabilities are per picture.

    On top of the normal jitter paper 1 draws evenly: the rotation from -``rotation_range_degrees`` to +, the scale from
    1/``scale_range`` to ``scale_range``. Occluding boxes have sides of ``occluder_sides`` of the picture's.
    """

    shift_pixels: float = 1.5
    rotation_degrees: float = 3.0
    rotation_range_degrees: float = 0.0
    scale: float = 0.04
    scale_range: float = 1.0
    flip: float = 0.5
    landmark_noise_pixels: float = 0.4
    gamma: float = 0.25
    channel_gain: float = 0.07
    grey: float = 0.2
    illumination: float = 0.25
    low_resolution: float = 0.3
    noise: float = 0.04
    noisy: float = 0.35
    occluder: float = 0.15
    occluder_sides: tuple[float, float] = (0.1, 0.35)


def transform(
        crops: torch.Tensor, mesh: torch.Tensor, size: int, matrix: torch.Tensor, offset: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """Samples ``size`` x ``size`` pictures out of larger crops and maps the mesh the same way.

    crops uint8 [n, C, C, 3]; mesh float [n, k, 2] in pixels of the crop; matrix [n, 2, 2] and offset [n, 2] map an output
    place p, relative to the output's centre, to the crop: centre + matrix p + offset. Returns float [n, 3, size, size] in
    0-1 and mesh [n, k, 2] in output pixels.
    """
    count, crop_size = len(crops), crops.shape[1]
    theta = torch.cat([matrix * (size / crop_size), (2 * offset / crop_size).unsqueeze(2)], 2)
    grid = functional.affine_grid(theta, [count, 3, size, size], align_corners=False)
    planes = crops.permute(0, 3, 1, 2).float().div_(255)
    pictures = functional.grid_sample(planes, grid, mode="bilinear", padding_mode="border", align_corners=False)
    placed = torch.matmul(mesh - crop_size / 2 - offset.unsqueeze(1), _inverse(matrix).transpose(1, 2)) + size / 2
    return pictures, placed


def _inverse(matrix: torch.Tensor) -> torch.Tensor:
    """[n, 2, 2]: closed form, many times faster here than a batched solver."""
    a, b, c, d = matrix.flatten(1).unbind(1)
    return torch.stack([d, -b, -c, a], 1).reshape(-1, 2, 2) / (a * d - b * c).reshape(-1, 1, 1)


def centred(crops: torch.Tensor, mesh: torch.Tensor, size: int) -> tuple[torch.Tensor, torch.Tensor]:
    """The canonical crop without any change: the middle of the larger one. Same shapes as ``transform``."""
    margin = (crops.shape[1] - size) // 2
    window = crops[:, margin:margin + size, margin:margin + size]
    return window.permute(0, 3, 1, 2).float().div_(255), mesh - margin


def augment(
        crops: torch.Tensor, mesh: torch.Tensor, size: int, mirror: torch.Tensor, options: AugmentationOptions,
        random: torch.Generator, exact: int = 0) -> tuple[torch.Tensor, torch.Tensor]:
    """Random geometry, light, camera and occluders. ``mirror`` int64 [k]: position of each point's mirror image. The last
    ``exact`` points are labels: they follow the picture without noise. Returns pictures [n, 3, size, size] in 0-1 and mesh points [n, k, 2] in output pixels."""
    count, device = len(crops), crops.device

    def normal(*shape: int) -> torch.Tensor:
        return torch.randn(*shape, generator=random, device=device)

    def uniform(*shape: int) -> torch.Tensor:
        return torch.rand(*shape, generator=random, device=device)

    angle = normal(count).clamp(-2.5, 2.5) * math.radians(options.rotation_degrees)
    scale = torch.exp(normal(count).clamp(-2.5, 2.5) * options.scale)
    if options.rotation_range_degrees > 0:
        angle = angle + (2 * uniform(count) - 1) * math.radians(options.rotation_range_degrees)
    if options.scale_range != 1:
        scale = scale * torch.exp((2 * uniform(count) - 1) * math.log(options.scale_range))
    flipped = uniform(count) < options.flip
    matrix = torch.stack([torch.cos(angle), -torch.sin(angle), torch.sin(angle), torch.cos(angle)], 1).reshape(-1, 2, 2)
    matrix = matrix * scale.reshape(-1, 1, 1)
    matrix[:, :, 0] *= torch.where(flipped, -1.0, 1.0).unsqueeze(1)
    offset = normal(count, 2).clamp(-2.5, 2.5) * options.shift_pixels
    pictures, placed = transform(crops, mesh, size, matrix, offset)
    placed = torch.where(flipped.reshape(-1, 1, 1), placed[:, mirror], placed)
    noise_level = uniform(count, 1, 1) * 2 * options.landmark_noise_pixels
    noisy = placed.shape[1] - exact
    placed[:, :noisy] += normal(count, noisy, 2) * noise_level

    pictures = _light(pictures, options, normal, uniform)
    pictures = _occlude(pictures, options, uniform)
    return _camera(pictures, options, random).clamp_(0, 1), placed


def _light(pictures: torch.Tensor, options: AugmentationOptions, normal, uniform) -> torch.Tensor:
    """Gamma, colour cast, grey pictures, and light that changes smoothly across the face."""
    count, size = len(pictures), pictures.shape[2]
    field = functional.interpolate(
        normal(count, 1, 4, 4) * (uniform(count, 1, 1, 1) * options.illumination), size=(size, size), mode="bilinear",
        align_corners=True)
    gains = normal(count, 3, 1, 1) * options.channel_gain
    gamma = torch.exp(normal(count, 1, 1, 1).clamp(-2.5, 2.5) * options.gamma)
    pictures = torch.exp(torch.log(pictures.clamp_min(1 / 512)) * gamma + field + gains)
    colour = uniform(count, 1, 1, 1) * 0.8 + 0.4
    colour = torch.where(uniform(count, 1, 1, 1) < options.grey, torch.zeros_like(colour), colour)
    grey = (pictures * pictures.new_tensor([0.299, 0.587, 0.114]).reshape(1, 3, 1, 1)).sum(1, keepdim=True)
    return grey + (pictures - grey) * colour


def _occlude(pictures: torch.Tensor, options: AugmentationOptions, uniform) -> torch.Tensor:
    """Covers a box with one colour in some pictures (paper 1: on a quarter, sides of .2 to .4 of the distance of the eyes)."""
    count, size = len(pictures), pictures.shape[2]
    covered = uniform(count) < options.occluder
    smallest, largest = options.occluder_sides
    half = (uniform(count, 2) * (largest - smallest) + smallest) / 2
    middle = uniform(count, 2)
    place = (torch.arange(size, device=pictures.device) + 0.5) / size
    inside_x = (place.unsqueeze(0) - middle[:, :1]).abs() < half[:, :1]
    inside_y = (place.unsqueeze(0) - middle[:, 1:]).abs() < half[:, 1:]
    mask = (inside_y.unsqueeze(2) & inside_x.unsqueeze(1) & covered.reshape(-1, 1, 1)).unsqueeze(1)
    return torch.where(mask, uniform(count, 3, 1, 1), pictures)


def _camera(pictures: torch.Tensor, options: AugmentationOptions, random: torch.Generator) -> torch.Tensor:
    """Low resolution in one random subset and sensor noise in another."""
    count, size = len(pictures), pictures.shape[2]
    device = pictures.device
    order = torch.randperm(count, generator=random, device=device)
    small = order[:round(count * options.low_resolution)]
    for group in small.chunk(2):
        if len(group):
            reduced = int(size * (0.3 + 0.6 * float(torch.rand(1, generator=random, device=device))))
            shrunk = functional.interpolate(pictures[group], size=(reduced, reduced), mode="area")
            pictures[group] = functional.interpolate(shrunk, size=(size, size), mode="bilinear", align_corners=False)
    order = torch.randperm(count, generator=random, device=device)
    noisy = order[:round(count * options.noisy)]
    if len(noisy):
        level = torch.rand(len(noisy), 1, 1, 1, generator=random, device=device) * options.noise
        grain = torch.randn(len(noisy), 3, size, size, generator=random, device=device)
        pictures[noisy] = pictures[noisy] + grain * level
    return pictures


def network_input(pictures: torch.Tensor, mesh: torch.Tensor, mean: torch.Tensor, deviation: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """What the networks take: image = (pixel 0-255 - mean) / deviation, landmarks [n, 2k] = (pixel - size/2) / size."""
    size = pictures.shape[2]
    image = (pictures * 255 - mean.reshape(1, 3, 1, 1)) / deviation.reshape(1, 3, 1, 1)
    return image, ((mesh - size / 2) / size).flatten(1)
