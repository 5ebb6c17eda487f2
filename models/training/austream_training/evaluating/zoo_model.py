"""A network of the zoo with its manifest, run in ONNX Runtime as the pipeline runs it."""

import json
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from ..data.feed import Crop, Feed
from ..data.shards import SyntheticPeople
from ..exporting.onnx_runtime import RuntimeSession, runtime_session
from .calibration import calibrate
from .predictions import Predictions


@dataclass(frozen=True)
class ZooModel:
    """``manifest`` as parsed, ``session`` on one thread."""

    manifest: dict
    path: Path
    session: RuntimeSession

    @staticmethod
    def read(zoo: Path, identifier: str) -> "ZooModel":
        """Loads ``ID.json`` and ``ID.onnx``; FileNotFoundError names what is missing and what is there."""
        path = zoo / f"{identifier}.onnx"
        if not path.is_file() or not path.with_suffix(".json").is_file():
            raise FileNotFoundError(f"no model {identifier!r} in {zoo}; there is {', '.join(model_names(zoo)) or 'none'}")
        manifest = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        return ZooModel(manifest, path, runtime_session(path))

    def feed(self, people: SyntheticPeople) -> Feed:
        """Input for this network; ValueError when its landmarks are another network's than the people's."""
        if self.manifest["landmarks"] and people.landmark_network != self.manifest["landmark_network"]:
            raise ValueError(
                f"{self.path} was trained on crops placed by {self.manifest['landmark_network']}, these shards' crops were placed by "
                f"{people.landmark_network}: write shards with `austream synth --landmark-network {self.manifest['landmark_network']}`")
        document = self.manifest["crop"]
        crop = Crop(document["size"], tuple(document["mean"]), tuple(document["deviation"]), document)
        return Feed(people, crop, self.manifest["landmarks"], torch.device("cpu"))

    def inputs(self, feed: Feed, rows: np.ndarray) -> dict[str, np.ndarray]:
        """Named inputs for rows of a table."""
        image, landmarks = feed.plain_input(rows)
        named = {"image": image.contiguous().numpy()}
        return named | ({"landmarks": landmarks.numpy()} if feed.points else {})

    def predict(self, feed: Feed, rows: np.ndarray, batch: int = 64) -> Predictions:
        """Calibrated intensity, as the pipeline publishes it, and features of rows, in their order."""
        parts = [
            self.session.run(self.inputs(feed, rows[start:start + batch]), ["intensity", "features"])
            for start in range(0, len(rows), batch)]
        raw = np.concatenate([part[0] for part in parts])
        return Predictions(calibrate(raw, self.manifest["calibration"]), np.concatenate([part[1] for part in parts]))

    def milliseconds(self, feed: Feed, rows: np.ndarray, faces: int, repeats: int = 30) -> float:
        """Least time per face of the network alone with ``faces`` in a batch on one core; the least, because other programs only add."""
        inputs, times = self.inputs(feed, np.resize(rows, faces)), []
        for _ in range(repeats):
            started = time.perf_counter()
            self.session.run(inputs, ["intensity"])
            times.append(time.perf_counter() - started)
        return 1000 * min(times) / faces


def model_names(zoo: Path) -> list[str]:
    """Ids of the action unit models in a folder, sorted."""
    return sorted(
        path.stem for path in zoo.glob("*.json")
        if path.with_suffix(".onnx").is_file() and json.loads(path.read_text(encoding="utf-8")).get("schema") == "austream.model/1")
