"""Half-precision and 8-bit variants of a published network, with what they lose."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import onnx

from ..data.shards import SyntheticPeople
from ..evaluating.summary import summarise
from ..evaluating.zoo_model import ZooModel
from .compact import expand
from .half_precision import to_half_precision
from .manifest import write_document
from .onnx_file import write_model
from .quantised import quantise

CALIBRATION_FACES = 256
CALIBRATION_SEED = 3


def publish_variants(zoo: Path, identifier: str, data: Path | Sequence[Path]) -> dict:
    """Writes ``ID-fp16`` and ``ID-int8`` (ONNX and manifest) beside ID and returns the metrics of all three on the synthetic test
    people. 8-bit ranges are calibrated on synthetic validation people; the thresholds stay those of ID."""
    people = SyntheticPeople(data)
    base = ZooModel.read(zoo, identifier)
    feed = base.feed(people)
    validation, test = (np.flatnonzero(people.split == split) for split in (1, 2))
    chosen = np.sort(np.random.default_rng(CALIBRATION_SEED).choice(validation, min(CALIBRATION_FACES, len(validation)), replace=False))
    calibration = base.inputs(feed, chosen)
    model = expand(onnx.load_model(str(base.path)))
    makers: dict[str, Callable[[], onnx.ModelProto]] = {
        "fp16": lambda: to_half_precision(model), "int8": lambda: quantise(model, calibration)}
    thresholds = np.array(base.manifest["thresholds"], np.float32)

    def measure(candidate: ZooModel) -> dict:
        predicted = candidate.predict(feed, test)
        report = summarise(predicted.intensity, people.intensity[test], thresholds, people.identity[test], people.neutral[test])
        return report["mean"] | {
            "milliseconds": candidate.milliseconds(feed, test, 1), "megabytes": candidate.path.stat().st_size / 1e6}

    reports = {identifier: measure(base)}
    for suffix, make in makers.items():
        name = f"{identifier}-{suffix}"
        facts = {"id": name, "version": base.manifest["version"], "training_data": "synthetic people only"}
        digest = write_model(make(), facts, zoo / f"{name}.onnx")
        manifest = json.loads(json.dumps(base.manifest)) | {
            "id": name, "sha256": digest, "origin": f"{suffix} variant of {identifier}: python -m austream_training variants; {base.manifest['origin']}"}
        write_document(zoo / f"{name}.json", manifest)
        reports[name] = measure(ZooModel.read(zoo, name))
        manifest["metrics"] = {f"synthetic_test_{key}": round(value, 5) for key, value in reports[name].items() if key not in ("milliseconds", "megabytes")}
        write_document(zoo / f"{name}.json", manifest)
    return reports
