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
    1/``scale_range`` to ``scale_range``. Occluding boxes have sides of ``occluder_sides`` of the picture's. ``warp_pixels``
    bends the face smoothly, all pictures of a person alike, into a face of another shape; ``texture`` filters the picture at
    random (Xu et al. 2021, "Robust and Generalizable Visual Representation Learning via Random Convolutions").
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
    warp_pixels: float = 0.0
    texture: float = 0.0


def transform(
        crops: torch.Tensor, mesh: torch.Tensor, size: int, matrix: torch.Tensor, offset: torch.Tensor,
        bend: torch.Tensor | None = None) -> tuple[torch.Tensor, torch.Tensor]:
    """Samples ``size`` x ``size`` pictures out of larger crops and maps the mesh the same way.

    crops uint8 [n, C, C, 3]; mesh float [n, k, 2] in pixels of the crop; matrix [n, 2, 2] and offset [n, 2] map an output
    place p, relative to the output's centre, to the crop: centre + matrix p + offset. ``bend`` [n, 2, size, size] in output
    pixels is added to p before. Returns float [n, 3, size, size] in 0-1 and mesh [n, k, 2] in output pixels.
    """
    count, crop_size = len(crops), crops.shape[1]
    theta = torch.cat([matrix * (size / crop_size), (2 * offset / crop_size).unsqueeze(2)], 2)
    grid = functional.affine_grid(theta, [count, 3, size, size], align_corners=False)
    if bend is not None:
        grid = grid + torch.matmul(bend.permute(0, 2, 3, 1), matrix.transpose(1, 2).unsqueeze(1)) * (2 / crop_size)
    planes = crops.permute(0, 3, 1, 2).float().div_(255)
    pictures = functional.grid_sample(planes, grid, mode="bilinear", padding_mode="border", align_corners=False)
    placed = torch.matmul(mesh - crop_size / 2 - offset.unsqueeze(1), _inverse(matrix).transpose(1, 2)) + size / 2
    return pictures, placed if bend is None else _unbend(placed, bend, size)


def _unbend(bent: torch.Tensor, bend: torch.Tensor, size: int) -> torch.Tensor:
    """Where p + bend(p) is ``bent`` [n, k, 2], by fixed-point iteration: bends are a small part of their own wavelength."""
    places = bent
    for _ in range(3):
        grid = (places * (2 / size) - 1).unsqueeze(2)
        moved = functional.grid_sample(bend, grid, mode="bilinear", padding_mode="border", align_corners=False)
        places = bent - moved.squeeze(3).transpose(1, 2)
    return places


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
        random: torch.Generator, exact: int = 0, person: torch.Tensor | None = None) -> tuple[torch.Tensor, torch.Tensor]:
    """Random geometry, light, camera and occluders. ``mirror`` int64 [k]: position of each point's mirror image. The last
    ``exact`` points are labels: they follow the picture without noise. ``person`` int64 [n], 0, 1, …: whose picture each is, all
    different unless given. Returns pictures [n, 3, size, size] in 0-1 and mesh points [n, k, 2] in output pixels."""
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
    bend = None
    if options.warp_pixels > 0:
        person = torch.arange(count, device=device) if person is None else person
        bend = _bends(int(person.max()) + 1, size, options, normal, uniform)[person]
        mirrored = bend.flip(3) * bend.new_tensor([-1.0, 1.0]).reshape(1, 2, 1, 1)
        bend = torch.where(flipped.reshape(-1, 1, 1, 1), mirrored, bend)
    pictures, placed = transform(crops, mesh, size, matrix, offset, bend)
    placed = torch.where(flipped.reshape(-1, 1, 1), placed[:, mirror], placed)
    noise_level = uniform(count, 1, 1) * 2 * options.landmark_noise_pixels
    noisy = placed.shape[1] - exact
    placed[:, :noisy] += normal(count, noisy, 2) * noise_level

    if options.texture > 0:
        pictures = _filter(pictures, options, random)
    pictures = _light(pictures, options, normal, uniform)
    pictures = _occlude(pictures, options, uniform)
    return _camera(pictures, options, random).clamp_(0, 1), placed


def _bends(count: int, size: int, options: AugmentationOptions, normal, uniform) -> torch.Tensor:
    """Smooth displacements [count, 2, size, size] in pixels, from nothing up to twice ``warp_pixels`` in standard deviation."""
    nodes = normal(count, 2, 5, 5).clamp(-2.5, 2.5) * (uniform(count, 1, 1, 1) * 2 * options.warp_pixels)
    return functional.interpolate(nodes, size=(size, size), mode="bicubic", align_corners=True)


def _filter(pictures: torch.Tensor, options: AugmentationOptions, random: torch.Generator) -> torch.Tensor:
    """Mixes a random filter of 1, 3 or 5 pixels across the colours into some pictures, at most half and half: the filtered part keeps
    each picture's mean and deviation, and what is bright does not become dark."""
    count, device = len(pictures), pictures.device
    order = torch.randperm(count, generator=random, device=device)
    for place, group in enumerate(order[:round(count * options.texture)].chunk(3)):
        if not len(group):
            continue
        size, before = 2 * place + 1, pictures[group]
        weights = torch.randn(3 * len(group), 3, size, size, generator=random, device=device)
        planes = functional.pad(before, [place] * 4, mode="replicate").flatten(0, 1).unsqueeze(0)
        filtered = functional.conv2d(planes, weights, groups=len(group)).squeeze(0).unflatten(0, (len(group), 3))
        filtered = (filtered - filtered.mean((1, 2, 3), keepdim=True)) / filtered.std((1, 2, 3), keepdim=True).clamp_min(1e-3)
        filtered = filtered * before.std((1, 2, 3), keepdim=True) + before.mean((1, 2, 3), keepdim=True)
        share = torch.rand(len(group), 1, 1, 1, generator=random, device=device) * 0.5
        pictures[group] = before + (filtered - before) * share
    return pictures.clamp_(0, 1)


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
