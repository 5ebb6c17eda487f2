"""A temporal head from clips and a finished frame network: train, compare, publish."""

import hashlib
import json
import platform
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch

from ..data.feed import Crop
from ..exporting.onnx_runtime import is_available
from ..exporting.trained import TrainedNetwork, read_trained
from ..exporting.weights import rounded_to_half
from ..training.checkpoints import load_checkpoint, save_checkpoint
from .clips import read_clips
from .configuration import TemporalConfiguration
from .evaluating import compare_methods, thresholds_of
from .exporting import add_to_manifest, check_parity, export_head, temporal_entry, write_parity
from .features import FeatureExtractor, Track, extract
from .head import HeadOptions, Reduction, TemporalHead
from .methods import FRAME, FUSED, FUSED_REFERENCE, all_methods
from .relative import Relative, relative_of, with_relative
from .report import markdown
from .training import train_head


@dataclass(frozen=True)
class Material:
    """A frozen frame network and what it says about clips."""

    trained: TrainedNetwork
    relative: Relative | None
    tracks: list[Track]
    key: str


def _gather(frame_run: Path, sequences: Path, out: Path, zoo: Path, variants: int) -> Material:
    trained = read_trained(frame_run)
    configuration = trained.state["configuration"]
    digest = hashlib.sha256()
    for value in trained.network.state_dict().values():
        digest.update(value.cpu().numpy().tobytes())
    extractor = FeatureExtractor(trained.network, Crop.read(zoo / configuration["crop"]), trained.points)
    key = f"{configuration['id']} {configuration['version']} {digest.hexdigest()}"
    tracks = extract(extractor, read_clips(sequences), out / "features.npz", key, variants, lambda line: print(line, flush=True))
    relative = relative_of(trained.network)
    return Material(trained, relative, with_relative(tracks, relative), key)


def train(frame_run: Path, sequences: Path, out: Path, zoo: Path, configuration: TemporalConfiguration) -> None:
    """Trains a head on clips and writes ``checkpoint.pt`` into ``out``; the features stay there too."""
    material = _gather(frame_run, sequences, out, zoo, configuration.variants)
    curve: list[dict] = []

    def report(entry: dict) -> None:
        curve.append(entry)
        print(json.dumps(entry), flush=True)

    started = time.monotonic()
    head = train_head(material.tracks, configuration, report)
    frames = sum(len(track) for track in material.tracks if track.split == 0)
    save_checkpoint(out, {
        "configuration": asdict(configuration), "frame_network": material.key, "head": head.state_dict(), "curve": curve,
        "features": material.tracks[0].features.shape[2], "seconds": time.monotonic() - started, "frames": frames,
        "people": len({track.identity for track in material.tracks if track.split == 0}),
        "machine": f"{platform.processor() or platform.machine()}, {torch.get_num_threads()} threads, torch {torch.__version__}"})


def _read_head(out: Path, material: Material) -> tuple[TemporalHead, dict]:
    state = load_checkpoint(out)
    if state is None:
        raise FileNotFoundError(f"{out} holds no temporal head: train one with `python -m austream_training train-temporal --out {out}`")
    if state["frame_network"] != material.key:
        raise ValueError(f"{out} was trained for {state['frame_network'][:40]}…, not for {material.key[:40]}…: train the head again")
    reduced = state["head"]["reduction.components"].shape
    head = TemporalHead(Reduction(reduced[1], reduced[0]), state["head"]["score.bias"].shape[0], HeadOptions(**state["configuration"]["head"]))
    head.load_state_dict(state["head"])
    # The file will hold weights of half precision: everything that is said about the head is measured with them.
    return rounded_to_half(head.eval()), state


def evaluate(frame_run: Path, sequences: Path, out: Path, zoo: Path) -> dict:
    """Compares all methods on the test people, writes ``comparison.json`` and ``comparison.md`` into ``out``."""
    material = _gather(frame_run, sequences, out, zoo, _variants(out))
    head, state = _read_head(out, material)
    comparison = compare_methods(
        all_methods(head, material.tracks), material.tracks, state["configuration"]["max_false_presence"])
    (out / "comparison.json").write_text(json.dumps(comparison, indent=2) + "\n", encoding="utf-8")
    (out / "comparison.md").write_text(markdown(comparison), encoding="utf-8")
    return comparison


def publish(frame_run: Path, sequences: Path, out: Path, zoo: Path, fixtures: Path) -> dict:
    """Writes ``ID.temporal.onnx`` and the manifest's ``temporal`` into the zoo and
    parity vectors into the fixtures; returns the ``temporal`` object. On by default only if the fusion's mean F1-event is above that of
    the frame network with 95 % confidence and mean F1-frame does not suffer, with a neutral reference and without."""
    material = _gather(frame_run, sequences, out, zoo, _variants(out))
    head, state = _read_head(out, material)
    frame = material.trained.state["configuration"]
    identifier, limit = frame["id"], state["configuration"]["max_false_presence"]
    methods = {method.name: method for method in all_methods(head, material.tracks)}
    comparison = evaluate(frame_run, sequences, out, zoo)
    file = f"{identifier}.temporal.onnx"
    features = int(state["features"])
    facts = {"version": frame["version"], "training_data": "synthetic people only"}
    sha256 = export_head(head, material.relative, identifier, features, zoo / file, facts)
    # In use a reference comes late or never: one threshold must do for both.
    fused = [methods[name].intensity for name in (FUSED, FUSED_REFERENCE) if name in methods]
    thresholds = thresholds_of([values for method in fused for values in method], material.tracks * len(fused), limit)
    origin = (
        f"{state['frames']} frames of {state['people']} synthetic people in {state['seconds'] / 60:.0f} minutes on {state['machine']}; "
        "python -m austream_training train-temporal")
    metrics = {
        f"synthetic_test_{metric}_{label}": comparison["methods"][name][metric]["mean"]
        for label, name in (("frame", FRAME), ("fused", FUSED), ("fused_reference", FUSED_REFERENCE)) if name in comparison["methods"]
        for metric in ("f1_frame", "f1_event")}
    is_better = all(_earns_its_place(comparison["methods"][name]) for name in (FUSED, FUSED_REFERENCE) if name in methods)
    entry = temporal_entry(head, file, sha256, features, thresholds, is_better, origin, metrics)
    document = add_to_manifest(zoo / f"{identifier}.json", {"temporal": entry})
    test = sorted((track for track in material.tracks if track.split == 2 and track.references.shape[1]), key=lambda track: -len(track))
    fixtures.mkdir(parents=True, exist_ok=True)
    vectors = fixtures / f"{identifier}.temporal-steps.json"
    write_parity(head, test[:2], vectors)
    if is_available():
        print(f"ONNX Runtime differs from PyTorch by at most {check_parity(zoo / file, vectors):.1e}", flush=True)
    return document["temporal"]


def _earns_its_place(entry: dict) -> bool:
    return entry["f1_event_gain_interval"][0] > 0 and entry["f1_frame_gain"] > -0.005


def _variants(out: Path) -> int:
    state = load_checkpoint(out)
    return TemporalConfiguration().variants if state is None else int(state["configuration"]["variants"])
