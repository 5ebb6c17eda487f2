"""Shards of synthetic clips (``austream synth sequences``), read through memory maps."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..action_units import ACTION_UNITS
from ..data.face_mesh import POINT_COUNT
from ..data.guard import RefusedData, require_synthetic
from ..data.shards import SEQUENCE_SCHEMA, split_of


@dataclass(frozen=True)
class Clip:
    """One person's clip and the neutral pictures of the same person.

    ``crop`` uint8 [n, C, C, 3] and ``mesh`` float32 [n, 468, 3] hold the neutral pictures first, then the frames; ``found`` bool
    [n] says where there is a face. ``seconds`` [t], ``intensity`` [t, a] and ``occluded`` [t] are of the t frames alone.
    """

    identity: int
    split: int
    activity: str
    references: int
    crop: np.ndarray
    mesh: np.ndarray
    found: np.ndarray
    seconds: np.ndarray
    intensity: np.ndarray
    occluded: np.ndarray


def read_clips(root: Path) -> list[Clip]:
    """All clips below a folder in order of their shards; RefusedData names what is missing or has the wrong shape."""
    folders = sorted(path.parent for path in root.rglob("shard.json"))
    if not folders:
        raise RefusedData(f"{root} holds no shard.json: write clips there with `austream synth sequences --out {root}`")
    return [clip for folder in folders for clip in _read_shard(folder)]


def _read_shard(folder: Path) -> list[Clip]:
    description = require_synthetic(folder)
    if not description["schema"].startswith(SEQUENCE_SCHEMA):
        raise RefusedData(f"{folder} holds pictures, not clips: give the folder that `austream synth sequences` wrote")
    if tuple(description["action_units"]) != ACTION_UNITS:
        raise RefusedData(f"{folder / 'shard.json'} labels {description['action_units']}, training expects {list(ACTION_UNITS)}")
    count = description["count"]
    shapes = {
        "crop": None, "mesh": (count, POINT_COUNT, 3), "found": (count,), "seconds": (count,), "intensity": (count, len(ACTION_UNITS)),
        "occluded": (count,)}
    arrays = {}
    for name, shape in shapes.items():
        path = folder / f"{name}.npy"
        if not path.is_file():
            raise RefusedData(f"{path} is missing: write the shard again with `austream synth sequences`")
        arrays[name] = np.load(path, mmap_mode="r", allow_pickle=False)
        if len(arrays[name]) != count or (shape is not None and arrays[name].shape != shape):
            raise RefusedData(f"{path} has shape {arrays[name].shape}, expected {shape or (count, 'side', 'side', 3)}")
    clips = []
    for entry in description["clips"]:
        first = entry["first_row"]
        start, end = first + entry["references"], first + entry["references"] + entry["frames"]
        clips.append(Clip(
            entry["identity"], int(split_of(np.array([entry["identity"]]))[0]), entry["activity"], entry["references"],
            arrays["crop"][first:end], arrays["mesh"][first:end], np.asarray(arrays["found"][first:end]).astype(bool),
            np.asarray(arrays["seconds"][start:end], np.float32), np.asarray(arrays["intensity"][start:end], np.float32),
            np.asarray(arrays["occluded"][start:end]).astype(bool)))
    return clips
