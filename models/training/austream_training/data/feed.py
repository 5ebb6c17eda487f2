"""From rows of a table of synthetic people to tensors on the training device."""

import json
import queue
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from .augmentation import AugmentationOptions, augment, centred, network_input
from .face_mesh import mirror_positions, with_mirrors
from .face_points import KEPT, mirror_of_66
from .shards import SyntheticPeople


@dataclass(frozen=True)
class Crop:
    """The canonical crop of a crop manifest (see ``models/zoo/crop-112.json``)."""

    size: int
    mean: tuple[float, float, float]
    deviation: tuple[float, float, float]
    document: dict

    @staticmethod
    def read(path: Path) -> "Crop":
        """Parses a crop manifest."""
        document = json.loads(path.read_text(encoding="utf-8"))
        return Crop(document["size"], tuple(document["mean"]), tuple(document["deviation"]), document)


@dataclass(frozen=True)
class Batch:
    """Augmented rows: ``image`` [n, 3, size, size] in channels-last memory, ``landmarks`` [n, 2k], ``intensity`` [n, a] 0-5
    with NaN where not labelled, ``points66`` [n, 66, 2] as (pixel - size/2) / size where the network is trained on them."""

    rows: np.ndarray
    image: torch.Tensor
    landmarks: torch.Tensor
    intensity: torch.Tensor
    points66: torch.Tensor | None = None


class Feed:
    """Makes network input out of rows: augmented for training, plain for evaluation.

    ``face_points`` adds the true 66 face points to training batches; RefusedData when the shards have none.
    """

    def __init__(
            self, people: SyntheticPeople, crop: Crop, points: list[int], device: torch.device, face_points: bool = False
    ) -> None:
        self.people, self.crop, self.points, self.device = people, crop, points, device
        self._exact = len(KEPT) if face_points else 0
        # A flipped picture needs the points of the other side of the face.
        self._gathered = with_mirrors(points)
        mirror = mirror_positions(self._gathered)
        if face_points:
            people.require_points66()
            mirror = np.concatenate([mirror, mirror_of_66() + len(self._gathered)])
        self._mirror = torch.from_numpy(mirror).to(device)
        self._mean = torch.tensor(crop.mean, device=device)
        self._deviation = torch.tensor(crop.deviation, device=device)

    def training_batches(
            self, batches: Iterator[np.ndarray], options: AugmentationOptions, random: torch.Generator, ahead: int = 2
    ) -> Iterator[Batch]:
        """Yields batches, read and augmented by a background thread that stays ``ahead`` batches in front."""
        waiting: queue.Queue = queue.Queue(ahead)
        stopped = threading.Event()

        def work() -> None:
            try:
                for rows in batches:
                    item = self.training_input(rows, options, random)
                    while not stopped.is_set():
                        try:
                            waiting.put(item, timeout=0.5)
                            break
                        except queue.Full:
                            continue
                    if stopped.is_set():
                        return
            except BaseException as error:  # noqa: BLE001  the reader raises it
                waiting.put(error)

        reader = threading.Thread(target=work, daemon=True)
        reader.start()
        try:
            while True:
                item = waiting.get()
                if isinstance(item, BaseException):
                    raise item
                yield item
        finally:
            stopped.set()
            reader.join()

    def training_input(self, rows: np.ndarray, options: AugmentationOptions, random: torch.Generator) -> Batch:
        """The rows' augmented pictures and points with their labels."""
        crops, points = self.people.gather(rows, self._gathered)
        if self._exact:
            points = np.concatenate([points, self.people.points66(rows)], 1)
        pictures, placed = augment(
            torch.from_numpy(crops).to(self.device), torch.from_numpy(points).to(self.device), self.crop.size, self._mirror,
            options, random, self._exact, torch.from_numpy(np.unique(self.people.identity[rows], return_inverse=True)[1]).to(self.device))
        image, features = network_input(pictures, placed, self._mean, self._deviation)
        features, points66 = features[:, :2 * len(self.points)], features[:, 2 * len(self._gathered):]
        return Batch(
            rows, image.contiguous(memory_format=torch.channels_last), features,
            torch.from_numpy(self.people.intensity[rows]).to(self.device),
            points66.reshape(len(rows), -1, 2) if self._exact else None)

    def plain_input(self, rows: np.ndarray) -> tuple[torch.Tensor, torch.Tensor]:
        """The canonical crop of each row as the pipeline makes it."""
        crops, mesh = self.people.gather(rows, self.points)
        pictures, placed = centred(torch.from_numpy(crops).to(self.device), torch.from_numpy(mesh).to(self.device), self.crop.size)
        return network_input(pictures, placed, self._mean, self._deviation)
