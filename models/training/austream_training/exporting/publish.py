"""Export of a finished run into the zoo: ONNX, manifest, card, parity vectors, and the head for a neutral reference."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from ..data.feed import Crop, Feed
from ..data.shards import SyntheticPeople
from ..evaluating.calibration import calibrate, fit_calibration
from ..evaluating.landmarks import landmark_error
from ..evaluating.predictions import predict
from ..evaluating.summary import summarise
from ..evaluating.thresholds import LOWEST, choose_thresholds
from ..networks.presence import PresenceNetwork
from .card import write_card
from .manifest import write_manifest
from .onnx_file import export_onnx
from .onnx_runtime import is_available
from .parity import check_parity, write_parity
from .relative import FrameScale, compare_with_neutral, publish_relative
from .trained import read_trained
from .weights import folded, rounded_to_half

PARITY_FACES = 2


def publish(run: Path, data: Path | Sequence[Path], zoo: Path, fixtures: Path) -> dict:
    """Writes ``ID.onnx``, ``ID.json``, ``ID.md`` (and ``ID.relative.onnx`` where the network compares with a neutral face) into the
    zoo and ``ID.parity.*`` into the folder of test fixtures; returns the manifest."""
    trained = read_trained(run)
    configuration = trained.state["configuration"]
    identifier = configuration["id"]
    crop = Crop.read(zoo / configuration["crop"])
    people = SyntheticPeople(data)
    used = trained.state.get("landmark_network", people.landmark_network)
    if used != people.landmark_network:
        raise ValueError(f"{run} was trained on crops placed by {used}, these shards' crops were placed by {people.landmark_network}")
    feed = Feed(people, crop, trained.points, torch.device("cpu"))

    network = rounded_to_half(folded(trained.network))
    validation, test = (np.flatnonzero(people.split == split) for split in (1, 2))
    on_validation = predict(network, feed, validation)
    calibration = []
    late = getattr(network, "fusion", "") == "late"
    if late or isinstance(network, PresenceNetwork):
        calibration = fit_calibration(on_validation.intensity, people.intensity[validation], is_intensity=late)
    thresholds = choose_thresholds(
        calibrate(on_validation.intensity, calibration), people.intensity[validation], people.neutral[validation],
        configuration["max_false_presence"],
        getattr(network, "lowest_threshold", LOWEST))
    on_test = predict(network, feed, test)
    report = summarise(
        calibrate(on_test.intensity, calibration), people.intensity[test], thresholds, people.identity[test],
        people.neutral[test])

    facts = {"id": identifier, "version": configuration["version"], "training_data": "synthetic people only"}
    example = {"image": torch.zeros(2, 3, crop.size, crop.size)}
    if trained.points:
        example["landmarks"] = torch.zeros(2, 2 * len(trained.points))
    sha256 = export_onnx(network, example, ["intensity", "features"], facts, zoo / f"{identifier}.onnx", compact=True)
    relative, relative_metrics = None, {}
    if hasattr(network, "relative_intensity"):
        pairs = [compare_with_neutral(network, people, rows, predicted) for rows, predicted in ((validation, on_validation), (test, on_test))]
        relative, relative_metrics = publish_relative(
            network, people, *pairs, FrameScale(calibration, thresholds), configuration["max_false_presence"], facts, zoo / f"{identifier}.relative.onnx")

    origin = (
        f"{trained.state['pictures']} rendered pictures of {trained.state['people']} synthetic people; "
        f"{'' if not configuration.get('start_from') else 'after the ' + configuration['start_from'] + ' that was in the zoo before, '}"
        f"{trained.state['step']} steps in {trained.state['seconds'] / 60:.0f} minutes, seed {configuration['seed']}, "
        f"{trained.state['machine']}; python -m austream_training train --config configs/{'continued/' if configuration.get('start_from') else ''}{identifier}.json")
    metrics = {f"synthetic_test_{name}": value for name, value in report["mean"].items()} | relative_metrics
    if hasattr(network, "find_points"):
        people.require_points66()
        metrics["synthetic_test_landmark_error"] = landmark_error(network, feed, test)
    manifest = write_manifest(
        zoo / f"{identifier}.json", identifier=identifier, version=configuration["version"], sha256=sha256, crop=crop.document,
        points=trained.points, landmark_network=configuration.get("landmark_network") or people.landmark_network,
        thresholds=[float(value) for value in thresholds], calibration=calibration, origin=origin, metrics=metrics,
        relative=relative)
    write_card(
        zoo / f"{identifier}.md", manifest, trained.state, report, sum(p.numel() for p in trained.network.parameters()),
        on_test.features.shape[1])
    fixtures.mkdir(parents=True, exist_ok=True)
    image, landmarks = feed.plain_input(test[np.linspace(0, len(test) - 1, PARITY_FACES).astype(int)])
    parity = fixtures / f"{identifier}.parity.json"
    write_parity(network, len(trained.points), crop.size, (image.contiguous().numpy(), landmarks.numpy()), parity)
    if is_available():
        check_parity(zoo / f"{identifier}.onnx", parity)
    (run / "report.json").write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    return manifest
