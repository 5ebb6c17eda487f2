"""How much each patch of regions-22 matters to each action unit (Ali et al., section 2.1)."""

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper

from ..action_units import ACTION_UNITS
from ..data.shards import SyntheticPeople
from ..exporting.onnx_runtime import RuntimeSession
from ..networks.regions import REGION_POINTS
from .heat_map import write_heat_map
from .zoo_model import ZooModel

REGIONS = "regions"


def split_at_regions(model: onnx.ModelProto) -> tuple[onnx.ModelProto, onnx.ModelProto]:
    """The network up to Conv6 (image and landmarks to ``regions`` [n, 22·f]) and from there (``regions`` to ``intensity``).
    ValueError for a network without patches."""
    joint = next((node for node in model.graph.node if "fully7.weight" in node.input), None)
    if joint is None:
        raise ValueError("this network has no patches with features of their own: significance is for regions-22")
    name = joint.input[0]
    before, after = onnx.ModelProto(), onnx.ModelProto()
    before.CopyFrom(model)
    after.CopyFrom(model)
    for graph in (before.graph, after.graph):
        for node in graph.node:
            node.input[:] = [REGIONS if value == name else value for value in node.input]
            node.output[:] = [REGIONS if value == name else value for value in node.output]
    del before.graph.output[:]
    before.graph.output.append(helper.make_tensor_value_info(REGIONS, TensorProto.FLOAT, None))
    _keep(before.graph, {REGIONS})
    del after.graph.input[:]
    after.graph.input.append(helper.make_tensor_value_info(REGIONS, TensorProto.FLOAT, ["faces", None]))
    kept = [output for output in after.graph.output if output.name == "intensity"]
    del after.graph.output[:]
    after.graph.output.extend(kept)
    for node in [node for node in after.graph.node if REGIONS in node.output]:
        after.graph.node.remove(node)
    _keep(after.graph, {"intensity"})
    return before, after


def _keep(graph: onnx.GraphProto, wanted: set[str]) -> None:
    """Drops nodes and constants that the wanted tensors do not need."""
    needed, nodes = set(wanted), []
    for node in reversed(graph.node):
        if needed & set(node.output):
            needed |= set(node.input)
            nodes.append(node)
    del graph.node[:]
    graph.node.extend(reversed(nodes))
    constants = [tensor for tensor in graph.initializer if tensor.name in needed]
    del graph.initializer[:]
    graph.initializer.extend(constants)
    del graph.value_info[:]


def patch_significance(regions: np.ndarray, classify, patches: int) -> np.ndarray:
    """Mean absolute change of every action unit's intensity when one patch's features are zero: [patches, a].

    regions [n, patches·f]; ``classify`` maps such an array to intensity [n, a]."""
    whole = classify(regions)
    table = np.empty((patches, whole.shape[1]))
    width = regions.shape[1] // patches
    for patch in range(patches):
        hidden = regions.copy()
        hidden[:, patch * width:(patch + 1) * width] = 0
        table[patch] = np.abs(classify(hidden) - whole).mean(0)
    return table


def write_significance(
        zoo: Path, identifier: str, data: Path | Sequence[Path], out: Path, pictures: int = 1000, batch: int = 50) -> dict:
    """Over synthetic test people: ``ID.significance.csv`` (patch, mesh point, one column per action unit, in intensity) and
    ``ID.significance.png`` (each column scaled to its largest value). Returns the most significant patch of each action unit."""
    people = SyntheticPeople(data)
    model = ZooModel.read(zoo, identifier)
    before, after = split_at_regions(onnx.load_model(str(model.path)))
    rows = np.flatnonzero(people.split == 2)
    rows = rows[:: max(1, len(rows) // pictures)]
    feed = model.feed(people)
    encode, classify = RuntimeSession(before.SerializeToString()), RuntimeSession(after.SerializeToString())
    count = len(REGION_POINTS)
    total = np.zeros((count, len(ACTION_UNITS)))
    for start in range(0, len(rows), batch):
        chosen = rows[start:start + batch]
        (regions,) = encode.run(model.inputs(feed, chosen), [REGIONS])
        total += len(chosen) * patch_significance(
            regions, lambda values: classify.run({REGIONS: values}, ["intensity"])[0], count)
    table = total / len(rows)
    out.mkdir(parents=True, exist_ok=True)
    units = [f"AU{unit:02d}" for unit in ACTION_UNITS]
    with (out / f"{identifier}.significance.csv").open("w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle)
        writer.writerow(["patch", "mesh_point", *units])
        for patch, point in enumerate(REGION_POINTS):
            writer.writerow([patch + 1, point, *(f"{value:.4f}" for value in table[patch])])
    write_heat_map(
        out / f"{identifier}.significance.png", [table / np.maximum(table.max(0), 1e-9)], [str(point) for point in REGION_POINTS],
        [str(unit) for unit in ACTION_UNITS], 1.0)
    return {
        "model": identifier, "pictures": len(rows),
        "most_significant": {unit: REGION_POINTS[int(table[:, column].argmax())] for column, unit in enumerate(units)}}
