"""The part of the global-local loss for landmarks (Benitez-Quiroz et al. 2017, section 2)."""

from collections.abc import Sequence

import torch


def polygon_area(points: torch.Tensor) -> torch.Tensor:
    """[..., t, 2] corners in order to signed areas [...] (eq. 9, Green's theorem). The last summand is printed as a difference of
    equal products; the one meant closes the polygon."""
    following = torch.roll(points, -1, -2)
    return (points[..., 0] * following[..., 1] - points[..., 1] * following[..., 0]).sum(-1) / 2


def path_length(points: torch.Tensor) -> torch.Tensor:
    """[..., t, 2] to the length of the path through them [...] (eq. 10 with the 2-norm; its indices are misprinted: a coordinate of
    one point minus the other coordinate of the next)."""
    steps = points[..., 1:, :] - points[..., :-1, :]
    return torch.sqrt((steps * steps).sum(-1) + 1e-12).sum(-1)


def local_landmark_loss(found: torch.Tensor, true: torch.Tensor) -> torch.Tensor:
    """Eq. 2: mean over points of the squared distance; found, true [n, r, 2]."""
    return ((found - true) ** 2).sum(2).mean()


def global_landmark_loss(found: torch.Tensor, true: torch.Tensor, polygons: torch.Tensor) -> torch.Tensor:
    """Mean over n and over polygons (int64 [p, t]) of the squared differences of area and of path length (eq. 13 with the square of
    eq. 4 and 7, g_a and g_n both; a pair of points has no area)."""
    here, there = found[:, polygons], true[:, polygons]
    loss = ((path_length(here) - path_length(there)) ** 2).mean()
    if polygons.shape[1] > 2:
        loss = loss + ((polygon_area(here) - polygon_area(there)) ** 2).mean()
    return loss


def global_local_landmarks(
        found: torch.Tensor, true: torch.Tensor, polygons: Sequence[torch.Tensor], local_weight: float,
        set_weights: Sequence[float]) -> torch.Tensor:
    """Eq. 12 for detection; found, true [n, r, 2] in a unit of the caller's choice (here the distance of the outer eye corners)."""
    total = local_weight * local_landmark_loss(found, true)
    for chosen, weight in zip(polygons, set_weights, strict=True):
        total = total + weight * global_landmark_loss(found, true, chosen)
    return total
