"""Export of the landmark network into the zoo: ONNX, manifest, card and parity vectors."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import nn

from ..exporting.manifest import write_document
from ..exporting.onnx_file import export_onnx
from ..exporting.onnx_runtime import is_available, runtime_session
from ..exporting.parity import TOLERANCE, formula_input
from ..networks.landmark_cnn import LandmarkStage
from .card import write_card
from .completion import MeshCompletion
from .evaluating import evaluate, looks, pictures_of
from .finishing import finish
from .framing import MARGIN

SCHEMA = "austream.landmark-model/1"
OUTPUTS = ["landmarks", "face_flag", "points"]
PARITY_FACES = 2
_FREQUENCY = 0.05


class ExportedLandmarks(nn.Module):
    """The graph of the file: image [n, 3, S, S] in 0-1 to landmarks [n, 468, 3], log-odds of a face [n, 1], points [n, 66, 2], in pixels of
    the input."""

    def __init__(self, network: LandmarkStage, completion: MeshCompletion, size: int) -> None:
        super().__init__()
        self.network, self.completion, self.size = network, completion, size

    def forward(self, image: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """See the class."""
        found, flag = self.network(image)
        points = found * self.size + self.size / 2
        return self.completion(points), flag, points


def publish(run: Path, data: Sequence[Path], zoo: Path, fixtures: Path) -> dict:
    """Writes ``ID.onnx``, ``ID.json`` and ``ID.md`` into the zoo and ``ID.landmark-parity.*`` into the folder of test fixtures; returns the
    manifest."""
    finished = finish(run, data)
    configuration, state, size = finished.configuration, finished.state, finished.configuration.picture
    identifier = configuration.id
    graph = ExportedLandmarks(finished.network, finished.completion, size).eval()
    facts = {
        "id": identifier, "version": configuration.version, "training_data": "synthetic people only", "region_margin": f"{MARGIN}"}
    sha256 = export_onnx(graph, {"image": torch.rand(2, 3, size, size)}, OUTPUTS, facts, zoo / f"{identifier}.onnx", compact=True)
    metrics = evaluate(finished.network, finished.completion, finished.faces, size)
    manifest = {
        "schema": SCHEMA, "id": identifier, "version": configuration.version, "sha256": sha256, "input_size": size, "region_margin": MARGIN,
        "pixels": "RGB in [0, 1]", "licence": "MIT",
        "origin": f"{state['pictures']} rendered pictures of {state['people']} synthetic people; {state['step']} steps in "
                  f"{state['seconds'] / 60:.0f} minutes, seed {configuration.seed}, {state['machine']}; "
                  f"python -m austream_training train-landmarks --config configs/landmarks/{identifier}.json",
        "metrics": {f"synthetic_test_{name}": round(value, 5) for name, value in metrics.items()}}
    write_document(zoo / f"{identifier}.json", manifest)
    write_card(zoo / f"{identifier}.md", manifest, state, sum(p.numel() for p in finished.network.parameters()))
    rows = np.flatnonzero(finished.faces.split == 2)
    rows = rows[np.linspace(0, len(rows) - 1, PARITY_FACES).astype(int)]
    _, rendered = next(pictures_of(finished.faces, rows, size, *looks(PARITY_FACES, 0, 0, 0, 0)))
    fixtures.mkdir(parents=True, exist_ok=True)
    write_parity(graph, size, rendered.contiguous().numpy(), fixtures / f"{identifier}.landmark-parity.json")
    if is_available():
        check_parity(zoo / f"{identifier}.onnx", fixtures / f"{identifier}.landmark-parity.json")
    return manifest


def write_parity(graph: nn.Module, size: int, rendered: np.ndarray, path: Path) -> None:
    """Stores PyTorch's outputs on a generated input (``formula_input``) and on rendered faces [n, 3, size, size], which lie beside the JSON
    as little-endian float32."""
    document = {"size": size, "frequency": _FREQUENCY, "cases": {}}
    for name, image in {"generated": formula_input((2, 3, size, size), _FREQUENCY), "rendered": rendered}.items():
        with torch.no_grad():
            found = graph(torch.from_numpy(image))
        document["cases"][name] = {"count": len(image)} | {
            output: values.reshape(len(image), -1).numpy().round(6).tolist() for output, values in zip(OUTPUTS, found, strict=True)}
    path.with_suffix(".input.bin").write_bytes(rendered.astype("<f4").tobytes())
    path.write_text(json.dumps(document) + "\n", encoding="utf-8")


def check_parity(model: Path, vectors: Path) -> float:
    """Runs the stored inputs through ONNX Runtime; the largest difference (absolute up to 1, relative beyond), or ValueError when it
    exceeds the tolerance."""
    document = json.loads(vectors.read_text(encoding="utf-8"))
    size = document["size"]
    rendered = np.frombuffer(vectors.with_suffix(".input.bin").read_bytes(), "<f4").reshape(-1, 3, size, size)
    session, worst = runtime_session(model), 0.0
    for name, image in {"generated": formula_input((2, 3, size, size), document["frequency"]), "rendered": rendered}.items():
        for output, values in zip(OUTPUTS, session.run({"image": image}, OUTPUTS), strict=True):
            expected = np.array(document["cases"][name][output])
            worst = max(worst, float((np.abs(values.reshape(expected.shape) - expected) / np.maximum(1, np.abs(expected))).max()))
    if not worst <= TOLERANCE:
        raise ValueError(f"{model} differs from PyTorch by {worst:.2g}, more than {TOLERANCE:g}: it was not exported correctly")
    return worst
