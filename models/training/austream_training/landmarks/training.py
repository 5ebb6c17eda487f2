"""Training of the landmark network by the global-local loss of paper 1 (eq. 12 with 2, 9 and 10)."""

import json
import platform
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional

from ..data.face_points import OUTER_EYE_CORNERS
from ..losses.delaunay import point_sets
from ..losses.face_polygons import global_local_landmarks
from ..networks.landmark_cnn import LandmarkStage
from ..precision import chosen_precision, mixed_precision
from ..training.averaging import AveragedWeights
from ..training.checkpoints import load_checkpoint, save_checkpoint
from ..training.schedule import rate_factor
from .cache import cached_faces
from .configuration import LandmarkConfiguration
from .evaluating import looks, pictures_of, point_error
from .feed import LandmarkBatch, LandmarkFeed
from .starting import start_from

REPORT_EVERY = 100
CHECKPOINT_EVERY = 250
_SHAPE_ROWS = 2000
_VALIDATION_FACES = 400
_STARTING_FACES = 200


def build(configuration: LandmarkConfiguration) -> LandmarkStage:
    """The untrained network of a configuration."""
    return LandmarkStage(configuration.width, configuration.picture, configuration.dropout, configuration.hidden_width)


class LandmarkTraining:
    """One run on the CPU; resumes when the output folder holds a checkpoint of the same configuration."""

    def __init__(self, configuration: LandmarkConfiguration, data: Sequence[Path], out: Path) -> None:
        self.configuration, self.out = configuration, out
        self.faces = cached_faces(data, configuration.picture, out)
        torch.manual_seed(configuration.seed)
        self.network = build(configuration).to(memory_format=torch.channels_last)
        rows = np.flatnonzero(self.faces.split == 0)
        shape = self.faces.points[rows[:: max(1, len(rows) // _SHAPE_ROWS)]].mean(0)
        shape = (shape - self.faces.size / 2) / configuration.picture
        self.network.landmarks.start_from(torch.from_numpy(shape).float())
        if configuration.start_from is not None:
            self._start_from_zoo(configuration.start_from, rows)
        self.polygons = [torch.from_numpy(chosen) for chosen in point_sets(shape, configuration.largest, configuration.polygons)]
        self.average = AveragedWeights(self.network, configuration.optimiser.averaging)
        self.optimiser = torch.optim.AdamW(
            self.network.parameters(), configuration.optimiser.rate, weight_decay=configuration.optimiser.weight_decay)
        self.feed = LandmarkFeed(self.faces, configuration, configuration.seed)
        validation = np.flatnonzero(self.faces.split == 1)
        self.validation = validation[:: max(1, len(validation) // _VALIDATION_FACES)]
        self.step, self.seconds, self.curve = 0, 0.0, []
        self._resume()

    def run(self) -> None:
        """Runs to the last step, printing progress and writing checkpoints."""
        weights = sum(parameter.numel() for parameter in self.network.parameters())
        print(f"{len(self.faces.identity)} faces of {len(np.unique(self.faces.identity))} people, {len(self.faces.empty)} squares without a face, "
              f"{weights / 1e6:.2f} M parameters", flush=True)
        started, sums = time.monotonic() - self.seconds, []
        for batch in self.feed:
            if self.step >= self.configuration.steps:
                break
            sums.append(self._step(batch))
            self.step += 1
            self.seconds = time.monotonic() - started
            self.average.update(self.network, self.step)
            last = self.step == self.configuration.steps
            if self.step % REPORT_EVERY == 0 or last:
                self._report(np.mean(sums, 0))
                sums = []
            if self.step % CHECKPOINT_EVERY == 0 or last:
                self._save()

    def losses(self, batch: LandmarkBatch) -> tuple[torch.Tensor, list[torch.Tensor]]:
        """The loss to minimise and its parts: global-local loss of the points, their mean distance in units of the distance of the outer
        eye corners, cross-entropy of the face flag."""
        with mixed_precision(torch.device("cpu")):
            found, flag = self.network(batch.image)
        true, found = batch.points, found[:len(batch.points)]
        left, right = (true[:, corner] for corner in OUTER_EYE_CORNERS)
        scale = ((right - left) ** 2).sum(1).sqrt().clamp_min(0.15).reshape(-1, 1, 1)
        points = global_local_landmarks(
            found / scale, true / scale, self.polygons, 1.0, [self.configuration.global_weight] * len(self.polygons))
        distance = (((found - true) / scale) ** 2).sum(2).sqrt().mean()
        is_face = torch.arange(len(flag)) < len(true)
        faces = functional.binary_cross_entropy_with_logits(flag[:, 0], is_face.float())
        return self.configuration.point_weight * points + self.configuration.flag_weight * faces, [points, distance, faces]

    def _start_from_zoo(self, model: str, rows: np.ndarray) -> None:
        chosen = rows[:: max(1, len(rows) // _STARTING_FACES)]
        _, images = next(pictures_of(self.faces, chosen, self.configuration.picture, *looks(len(chosen), 0, 0, 0, 0), batch=len(chosen)))
        start_from(self.network, Path(__file__).resolve().parents[3] / "zoo" / f"{model}.onnx", images)

    def _step(self, batch: LandmarkBatch) -> list[float]:
        options = self.configuration.optimiser
        for group in self.optimiser.param_groups:
            group["lr"] = options.rate * rate_factor(self.step, self.configuration.steps, options.warm_up)
        self.network.train()
        loss, parts = self.losses(batch)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), options.clip)
        self.optimiser.step()
        return [float(part.detach()) for part in parts]

    def _report(self, losses: np.ndarray) -> None:
        entry = {"step": self.step, "seconds": round(self.seconds, 1)}
        entry |= dict(zip(("points", "distance", "face"), (round(float(loss), 5) for loss in losses), strict=True))
        if (self.step % CHECKPOINT_EVERY == 0 or self.step == self.configuration.steps) and len(self.validation):
            entry["validation_error"] = round(point_error(self.average.network, self.faces, self.validation, self.configuration.picture), 5)
        self.curve.append(entry)
        print(json.dumps(entry), f"of {self.configuration.steps}", flush=True)

    def _save(self) -> None:
        save_checkpoint(self.out, {
            "configuration": asdict(self.configuration), "network": self.network.state_dict(),
            "average": self.average.network.state_dict(), "optimiser": self.optimiser.state_dict(), "feed": self.feed.state,
            "step": self.step, "seconds": self.seconds, "curve": self.curve, "pictures": len(self.faces.identity),
            "people": len(np.unique(self.faces.identity)),
            "machine": f"{platform.processor() or platform.machine()}, {torch.get_num_threads()} threads, {chosen_precision()}, torch {torch.__version__}"})

    def _resume(self) -> None:
        state = load_checkpoint(self.out)
        if state is None:
            return
        if state["configuration"] != asdict(self.configuration):
            raise ValueError(f"{self.out} holds a checkpoint of another configuration: choose another --out or remove it")
        self.network.load_state_dict(state["network"])
        self.average.network.load_state_dict(state["average"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.feed.state = state["feed"]
        self.step, self.seconds, self.curve = state["step"], state["seconds"], state["curve"]
        print(f"resumes at step {self.step}", flush=True)
