"""One training run from a configuration and a folder of synthetic people to a checkpoint with averaged weights."""

import json
import platform
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch

from ..action_units import ACTION_UNITS, PRESENT_FROM
from ..data.feed import Batch, Crop, Feed
from ..data.sampling import IdentityBatches
from ..data.selection import SOURCES
from ..data.shards import SyntheticPeople
from ..evaluating.predictions import predict
from ..evaluating.summary import mean_area
from ..networks.registry import build_network, landmark_points
from ..objectives.objective import TrainingData
from ..objectives.registry import build_objective
from ..precision import chosen_precision
from .averaging import AveragedWeights
from .checkpoints import load_checkpoint, save_checkpoint
from .configuration import Configuration
from .schedule import rate_factor
from .starting import start_from
from .workers import Worker

_STARTING_FACES = 384
REPORT_EVERY = 100
CHECKPOINT_EVERY = 500
VALIDATION_PICTURES = 1500


class TrainingRun:
    """Trains the network of a configuration; resumes when the output folder holds a checkpoint of the same configuration."""

    def __init__(
            self, configuration: Configuration, data: Path | Sequence[Path], out: Path, worker: Worker = Worker(),
            teacher: Path | None = None) -> None:
        self.configuration, self.out, self.worker = configuration, out, worker
        if configuration.batch.people % worker.count:
            raise ValueError(f"{configuration.batch.people} people of a batch cannot be shared by {worker.count} processes")
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        torch.manual_seed(configuration.seed)
        self.people = SyntheticPeople(data)
        self.points = landmark_points(configuration.network)
        self.objective = build_objective(configuration.objective, **configuration.objective_options).to(self.device)
        crop = Crop.read(Path(__file__).resolve().parents[3] / "zoo" / configuration.crop)
        self.feed = Feed(
            self.people, crop, landmark_points(self.objective.points_of or configuration.network), self.device,
            self.objective.needs_face_points)
        self.network = build_network(
            configuration.network, len(self.points), len(ACTION_UNITS), **configuration.network_options
        ).to(self.device, memory_format=torch.channels_last)
        self.optimiser = torch.optim.AdamW(
            self.network.parameters(), configuration.optimiser.rate, weight_decay=configuration.optimiser.weight_decay)
        # Networks start alike in all workers; what is drawn later differs.
        own_seed = configuration.seed + 1000 * worker.number
        torch.manual_seed(own_seed)
        self.random = torch.Generator(self.device).manual_seed(own_seed)
        rows = configuration.selection.training_rows(self.people)
        known = self.people.intensity[rows]
        self.objective.prepare(self.network, TrainingData(
            self.feed, rows, torch.from_numpy((known >= PRESENT_FROM).sum(0).astype(float)),
            torch.from_numpy((known < PRESENT_FROM).sum(0).astype(float)), teacher))
        if configuration.start_from is not None:
            self._start_from_zoo(configuration.start_from, rows)
        self.average = AveragedWeights(self.network, configuration.optimiser.averaging)
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
        final = min(self.configuration.stop or self.configuration.steps, self.configuration.steps)
        while self.step < final:
            batch = next(batches)
            sums.append(self._step(batch))
            self.step += 1
            self.seconds = time.monotonic() - started
            if self.worker.number != 0:
                continue
            self.average.update(self.network, self.step)
            last = self.step == final
            if self.step % REPORT_EVERY == 0 or last:
                pictures = (self.step - first_step) * len(batch.rows) * self.worker.count
                self._report(np.mean(sums, 0), pictures / (time.monotonic() - first_time), last)
                sums = []
            if self.step % CHECKPOINT_EVERY == 0 or last:
                self._save()
        batches.close()

    def _start_from_zoo(self, model: str, rows: np.ndarray) -> None:
        image, landmarks = self.feed.plain_input(rows[:: max(1, len(rows) // _STARTING_FACES)])
        path = Path(__file__).resolve().parents[3] / "zoo" / f"{model}.onnx"
        anew = start_from(self.network, path, image, landmarks)
        if self.worker.number == 0:
            print(f"starts from {model}" + (f"; from nothing: {', '.join(anew)}" if anew else ""), flush=True)

    def _step(self, batch: Batch) -> list[float]:
        options = self.configuration
        factor = rate_factor(self.step, options.steps, options.optimiser.warm_up, options.optimiser.lowest)
        for group in self.optimiser.param_groups:
            group["lr"] = options.optimiser.rate * factor
        self.objective.begin_step(self.network, self.step / options.steps)
        loss, parts = self.objective.losses(self.network, batch)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        self.worker.average_gradients(self.network)
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), options.optimiser.clip)
        self.optimiser.step()
        return [float(part) for part in parts]

    def _report(self, losses: np.ndarray, rate: float, last: bool) -> None:
        entry = {"step": self.step, "seconds": round(self.seconds, 1)}
        entry |= dict(zip(self.objective.parts, (round(float(loss), 4) for loss in losses), strict=True))
        if self.step % CHECKPOINT_EVERY == 0 or last:
            rows = self.validation[:: max(1, len(self.validation) // VALIDATION_PICTURES)]
            if len(rows):
                predicted = predict(self.average.network, self.feed, rows)
                entry["validation_auc"] = round(mean_area(predicted.intensity, self.people.intensity[rows]), 4)
                # Trained on one kind of head, the other's figure says what a stranger's face gets.
                for number, source in enumerate(SOURCES):
                    if (of := self.people.source[rows] == number).any():
                        entry[f"validation_auc_{source}"] = round(mean_area(predicted.intensity[of], self.people.intensity[rows][of]), 4)
        self.curve.append(entry)
        print(json.dumps(entry), f"of {self.configuration.steps}, {rate:.0f} pictures/s", flush=True)

    def _save(self) -> None:
        save_checkpoint(self.out, {
            "configuration": asdict(self.configuration), "network": self.network.state_dict(),
            "average": self.average.network.state_dict(), "optimiser": self.optimiser.state_dict(),
            "objective": self.objective.state_dict(),
            "random": self.random.get_state(), "batches": self.batches.state, "step": self.step, "seconds": self.seconds,
            "curve": self.curve, "landmark_network": self.people.landmark_network, "pictures": len(self.people), "people": len(np.unique(self.people.identity)),
            "machine": f"{platform.processor() or platform.machine()}, {self.worker.count} processes with {torch.get_num_threads()} threads, {self.device}, {chosen_precision()}, torch {torch.__version__}"})

    def _resume(self) -> None:
        state = load_checkpoint(self.out)
        if state is None:
            return
        current = asdict(self.configuration)
        # A field that came after the checkpoint was written is none to differ in.
        if {**current, **state["configuration"]} != current:
            raise ValueError(f"{self.out} holds a checkpoint of another configuration: choose another --out or remove it")
        self.network.load_state_dict(state["network"])
        self.average.network.load_state_dict(state["average"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.objective.load_state_dict(state["objective"])
        self.random.set_state(state["random"])
        self.batches.state = state["batches"]
        self.step, self.seconds, self.curve = state["step"], state["seconds"], state["curve"]
        print(f"resumes at step {self.step}", flush=True)
