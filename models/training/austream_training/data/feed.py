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
from .face_mesh import mirror_positions
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


class Feed:
    """Makes network input out of rows: augmented for training, plain for evaluation."""

    def __init__(self, people: SyntheticPeople, crop: Crop, points: list[int], device: torch.device) -> None:
        self.people, self.crop, self.points, self.device = people, crop, points, device
        self._mirror = torch.from_numpy(mirror_positions(points)).to(device)
        self._mean = torch.tensor(crop.mean, device=device)
        self._deviation = torch.tensor(crop.deviation, device=device)

    def training_batches(
            self, batches: Iterator[np.ndarray], options: AugmentationOptions, random: torch.Generator, ahead: int = 2
    ) -> Iterator[tuple[np.ndarray, torch.Tensor, torch.Tensor]]:
        """Yields (rows, image, landmarks), read and augmented by a background thread that stays ``ahead`` batches in front."""
        waiting: queue.Queue = queue.Queue(ahead)
        stopped = threading.Event()

        def work() -> None:
            try:
                for rows in batches:
                    item = (rows, *self.training_input(rows, options, random))
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

    def training_input(
            self, rows: np.ndarray, options: AugmentationOptions, random: torch.Generator) -> tuple[torch.Tensor, torch.Tensor]:
        """Augmented image [n, 3, size, size] in channels-last memory, and landmarks [n, 2k]."""
        crops, mesh = self.people.gather(rows, self.points)
        pictures, placed = augment(
            torch.from_numpy(crops).to(self.device), torch.from_numpy(mesh).to(self.device), self.crop.size, self._mirror,
            options, random)
        image, landmarks = network_input(pictures, placed, self._mean, self._deviation)
        return image.contiguous(memory_format=torch.channels_last), landmarks

    def plain_input(self, rows: np.ndarray) -> tuple[torch.Tensor, torch.Tensor]:
        """The canonical crop of each row as the pipeline makes it."""
        crops, mesh = self.people.gather(rows, self.points)
        pictures, placed = centred(torch.from_numpy(crops).to(self.device), torch.from_numpy(mesh).to(self.device), self.crop.size)
        return network_input(pictures, placed, self._mean, self._deviation)
