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

    def gathered(self, batches: Iterator[np.ndarray], ahead: int = 2) -> Iterator[tuple[np.ndarray, np.ndarray, np.ndarray]]:
        """Yields (rows, crops, mesh), read by a background thread that stays ``ahead`` batches in front."""
        waiting: queue.Queue = queue.Queue(ahead)
        stopped = threading.Event()

        def work() -> None:
            try:
                for rows in batches:
                    item = (rows, *self.people.gather(rows, self.points))
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

        threading.Thread(target=work, daemon=True).start()
        try:
            while True:
                item = waiting.get()
                if isinstance(item, BaseException):
                    raise item
                yield item
        finally:
            stopped.set()

    def training_input(
            self, crops: np.ndarray, mesh: np.ndarray, options: AugmentationOptions, random: torch.Generator
    ) -> tuple[torch.Tensor, torch.Tensor]:
        """Augmented image [n, 3, size, size] in channels-last memory, and landmarks [n, 2k]."""
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
