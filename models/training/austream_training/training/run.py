"""One training run from a configuration and a folder of synthetic people to a checkpoint with averaged weights."""

import json
import platform
import time
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch

from ..action_units import ACTION_UNITS
from ..data.face_mesh import network_points
from ..data.feed import Crop, Feed
from ..data.sampling import IdentityBatches
from ..data.shards import SyntheticPeople
from ..evaluating.predictions import predict
from ..evaluating.summary import mean_area
from ..losses.ordinal import ordinal_loss
from ..networks.registry import build_network
from .averaging import AveragedWeights
from .checkpoints import load_checkpoint, save_checkpoint
from .configuration import Configuration
from .schedule import rate_factor
from .workers import Worker

REPORT_EVERY = 100
CHECKPOINT_EVERY = 1000
VALIDATION_PICTURES = 1500


class TrainingRun:
    """Trains the network of a configuration; resumes when the output folder holds a checkpoint of the same configuration."""

    def __init__(self, configuration: Configuration, data: Path, out: Path, worker: Worker = Worker()) -> None:
        self.configuration, self.out, self.worker = configuration, out, worker
        if configuration.batch.people % worker.count:
            raise ValueError(f"{configuration.batch.people} people of a batch cannot be shared by {worker.count} processes")
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        torch.manual_seed(configuration.seed)
        self.people = SyntheticPeople(data)
        self.points = network_points()
        crop = Crop.read(Path(__file__).resolve().parents[3] / "zoo" / configuration.crop)
        self.feed = Feed(self.people, crop, self.points, self.device)
        self.network = build_network(
            configuration.network, len(self.points), len(ACTION_UNITS), **configuration.network_options
        ).to(self.device, memory_format=torch.channels_last)
        self.average = AveragedWeights(self.network, configuration.optimiser.averaging)
        self.optimiser = torch.optim.AdamW(
            self.network.parameters(), configuration.optimiser.rate, weight_decay=configuration.optimiser.weight_decay)
        # Networks start alike in all workers; what is drawn later differs.
        own_seed = configuration.seed + 1000 * worker.number
        torch.manual_seed(own_seed)
        self.random = torch.Generator(self.device).manual_seed(own_seed)
        rows = np.flatnonzero(self.people.split == 0)
        self.batches = IdentityBatches(
            rows, self.people.identity, self.people.neutral, configuration.batch.people // worker.count,
            configuration.batch.pictures, own_seed)
        self.validation = np.flatnonzero(self.people.split == 1)
        self.step, self.seconds, self.curve = 0, 0.0, []
        self._resume()

    def run(self) -> None:
        """Runs to the last step, printing progress and writing checkpoints."""
        if self.worker.number == 0:
            print(f"{len(self.people)} pictures, {len(np.unique(self.people.identity))} people, "
                  f"{sum(p.numel() for p in self.network.parameters()) / 1e6:.2f} M parameters, {self.device}", flush=True)
        started, sums = time.monotonic() - self.seconds, []
        first_step, first_time = self.step, time.monotonic()
        # The reader works ahead, so a resumed run draws other batches than an unbroken one would have; both are random draws.
        batches = self.feed.training_batches(iter(self.batches), self.configuration.augmentation, self.random)
        while self.step < self.configuration.steps:
            rows, image, landmarks = next(batches)
            sums.append(self._step(rows, image, landmarks))
            self.step += 1
            self.seconds = time.monotonic() - started
            if self.worker.number != 0:
                continue
            self.average.update(self.network, self.step)
            last = self.step == self.configuration.steps
            if self.step % REPORT_EVERY == 0 or last:
                pictures = (self.step - first_step) * len(rows) * self.worker.count
                self._report(np.mean(sums, 0), pictures / (time.monotonic() - first_time))
                sums = []
            if self.step % CHECKPOINT_EVERY == 0 or last:
                self._save()
        batches.close()

    def _step(self, rows: np.ndarray, image: torch.Tensor, landmarks: torch.Tensor) -> list[float]:
        options = self.configuration
        factor = rate_factor(self.step, options.steps, options.optimiser.warm_up)
        for group in self.optimiser.param_groups:
            group["lr"] = options.optimiser.rate * factor
        intensity = torch.from_numpy(self.people.intensity[rows]).to(self.device)
        self.network.train()
        with torch.autocast(self.device.type, dtype=torch.bfloat16):
            output = self.network.training_output(image, landmarks)
        weight = options.loss
        fused = ordinal_loss(output.fused.float(), intensity, weight.distance)
        picture = ordinal_loss(output.picture.float(), intensity, weight.distance)
        shape = ordinal_loss(output.landmarks.float(), intensity, weight.distance)
        relative = self._relative_loss(rows, output.features.float(), intensity)
        loss = fused + weight.branches * (picture + shape) + weight.relative * relative
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        self.worker.average_gradients(self.network)
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), options.optimiser.clip)
        self.optimiser.step()
        return [float(fused), float(picture), float(shape), float(relative)]

    def _relative_loss(self, rows: np.ndarray, features: torch.Tensor, intensity: torch.Tensor) -> torch.Tensor:
        """Compares every row with the first of its person, where that one is neutral."""
        pictures = self.configuration.batch.pictures
        first = np.arange(len(rows)) // pictures * pictures
        usable = np.flatnonzero(self.people.neutral[rows[first]] & (np.arange(len(rows)) != first))
        if len(usable) == 0:
            return features.sum() * 0
        chosen = torch.from_numpy(usable).to(self.device)
        reference = torch.from_numpy(first[usable]).to(self.device)
        with torch.autocast(self.device.type, dtype=torch.bfloat16):
            logits = self.network.relative_logits(features[chosen], features[reference])
        return ordinal_loss(logits.float(), intensity[chosen], self.configuration.loss.distance)

    def _report(self, losses: np.ndarray, rate: float) -> None:
        entry = {"step": self.step, "seconds": round(self.seconds, 1)}
        entry |= dict(zip(("fused", "picture", "landmarks", "relative"), (round(float(loss), 4) for loss in losses), strict=True))
        if self.step % CHECKPOINT_EVERY == 0 or self.step == self.configuration.steps:
            rows = self.validation[:: max(1, len(self.validation) // VALIDATION_PICTURES)]
            if len(rows):
                predicted = predict(self.average.network, self.feed, rows)
                entry["validation_auc"] = round(mean_area(predicted.intensity, self.people.intensity[rows]), 4)
        self.curve.append(entry)
        print(json.dumps(entry), f"of {self.configuration.steps}, {rate:.0f} pictures/s", flush=True)

    def _save(self) -> None:
        save_checkpoint(self.out, {
            "configuration": asdict(self.configuration), "network": self.network.state_dict(),
            "average": self.average.network.state_dict(), "optimiser": self.optimiser.state_dict(),
            "random": self.random.get_state(), "batches": self.batches.state, "step": self.step, "seconds": self.seconds,
            "curve": self.curve, "pictures": len(self.people), "people": len(np.unique(self.people.identity)),
            "machine": f"{platform.processor() or platform.machine()}, {self.worker.count} processes with {torch.get_num_threads()} threads, {self.device}, torch {torch.__version__}"})

    def _resume(self) -> None:
        state = load_checkpoint(self.out)
        if state is None:
            return
        if state["configuration"] != asdict(self.configuration):
            raise ValueError(f"{self.out} holds a checkpoint of another configuration: choose another --out or remove it")
        self.network.load_state_dict(state["network"])
        self.average.network.load_state_dict(state["average"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.random.set_state(state["random"])
        self.batches.state = state["batches"]
        self.step, self.seconds, self.curve = state["step"], state["seconds"], state["curve"]
        print(f"resumes at step {self.step}", flush=True)
