"""Augmented batches for the landmark network."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch

from ..data.augmentation import AugmentationOptions, augment
from ..data.face_points import mirror_of_66
from .configuration import LandmarkConfiguration
from .faces import Faces

TILES = 3
"""Faces whose tiles are shuffled, TILES in a row, show no face but everything a face is made of."""


@dataclass(frozen=True)
class LandmarkBatch:
    """``image`` [n, 3, S, S] in 0-1; the first ``len(points)`` show a face. ``points`` [f, 66, 2] as (pixel - S/2) / S."""

    image: torch.Tensor
    points: torch.Tensor


class LandmarkFeed:
    """Endless training batches. The same faces, configuration and seed give the same batches."""

    def __init__(self, faces: Faces, configuration: LandmarkConfiguration, seed: int) -> None:
        self._faces, self._configuration = faces, configuration
        self._rows, self._empty = np.flatnonzero(faces.split == 0), np.flatnonzero(faces.empty_split == 0)
        if not len(self._rows) or not len(self._empty):
            raise ValueError("there are no training people: render more people")
        self._random = np.random.default_rng(seed)
        self._torch_random = torch.Generator().manual_seed(seed)
        self._mirror = torch.from_numpy(mirror_of_66())

    def __iter__(self) -> Iterator[LandmarkBatch]:
        count, shuffled = self._configuration.faces, self._configuration.empty // 2
        while True:
            rows = self._random.choice(self._rows, count + shuffled)
            near, points_near = self._look(rows[:count // 2], self._configuration.near)
            far, points_far = self._look(rows[count // 2:], self._configuration.far)
            kept = count - count // 2
            squares = self._faces.empty[self._random.choice(self._empty, self._configuration.empty - shuffled)]
            empty, _ = augment(
                torch.from_numpy(squares), torch.zeros(len(squares), len(self._mirror), 2), self._configuration.picture, self._mirror,
                self._configuration.far, self._torch_random, len(self._mirror))
            images = torch.cat([near, far[:kept], self._shuffle(far[kept:]), empty])
            points = (torch.cat([points_near, points_far[:kept]]) - self._configuration.picture / 2) / self._configuration.picture
            yield LandmarkBatch(images.contiguous(memory_format=torch.channels_last), points)

    def _look(self, rows: np.ndarray, options: AugmentationOptions) -> tuple[torch.Tensor, torch.Tensor]:
        return augment(
            torch.from_numpy(self._faces.picture[rows]), torch.from_numpy(self._faces.points[rows]), self._configuration.picture,
            self._mirror, options, self._torch_random, len(self._mirror))

    def _shuffle(self, images: torch.Tensor) -> torch.Tensor:
        side = images.shape[2] // TILES
        result = images.clone()
        for image in range(len(images)):
            # A shift by at least one place of a random order: no tile that matters stays.
            order = self._random.permutation(TILES * TILES)
            for here, there in zip(order, np.roll(order, 1), strict=True):
                y, x, v, u = (side * int(place) for place in (here // TILES, here % TILES, there // TILES, there % TILES))
                result[image, :, y:y + side, x:x + side] = images[image, :, v:v + side, u:u + side]
        return result

    @property
    def state(self) -> dict:
        """State of the random generators, for checkpoints."""
        return {"numpy": self._random.bit_generator.state, "torch": self._torch_random.get_state()}

    @state.setter
    def state(self, value: dict) -> None:
        self._random.bit_generator.state = value["numpy"]
        self._torch_random.set_state(value["torch"])
