"""Square patches cut out of pictures or feature maps at face points."""

import torch
from torch.nn import functional


def cut_patches(maps: torch.Tensor, centres: torch.Tensor, side: int, coverage: float = 1.0) -> torch.Tensor:
    """maps [n, c, h, h] and centres [n, p, 2] to patches [n, p, c, side, side], bilinear, edges repeated.

    Centres are landmark features: (pixel - S/2) / S of the picture. ``coverage`` is the share of the picture's side that the
    map spans (below 1 after a convolution without padding). One map pixel is one patch pixel.
    """
    count, channels, height = maps.shape[0], maps.shape[1], maps.shape[2]
    points = centres.shape[1]
    steps = (torch.arange(side, device=maps.device, dtype=torch.float32) - (side - 1) / 2) * (2 / height)
    across = (centres[:, :, 0] * (2 / coverage)).reshape(-1, points, 1, 1) + steps.reshape(1, 1, 1, side)
    down = (centres[:, :, 1] * (2 / coverage)).reshape(-1, points, 1, 1) + steps.reshape(1, 1, side, 1)
    across = across.expand(-1, points, side, side)
    down = down.expand(-1, points, side, side)
    grid = torch.stack([across, down], 4).reshape(-1, points * side, side, 2)
    # A single call for all patches: the map is not copied once per patch.
    patches = functional.grid_sample(maps.float(), grid, mode="bilinear", padding_mode="border", align_corners=False)
    return patches.reshape(-1, channels, points, side, side).transpose(1, 2)
