"""Shard folders of synthetic people, read through memory maps."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..action_units import ACTION_UNITS
from .face_mesh import POINT_COUNT
from .face_points import COUNT, KEPT
from .guard import RefusedData, require_synthetic

SEQUENCE_SCHEMA = "austream.shard/sequences-"
"""How the ``schema`` of shards of clips starts (``austream synth sequences``)."""

_SPLIT_SALT = 0x9E3779B97F4A7C15
_FOLDER_STRIDE = 1 << 40


@dataclass(frozen=True)
class Shard:
    """One folder: ``crop`` uint8 [n, C, C, 3] RGB, ``mesh`` float32 [n, 468, 3] in pixels of that crop,
    ``intensity`` float32 [n, 21] 0-5 (NaN: not labelled), ``identity`` int64 [n], ``neutral`` bool [n]; ``points68``
    float32 [n, 68, 2], the true face points in pixels of the crop, None in shards written before there were any.
    ``landmark_network`` placed the crop and the mesh; shards written before it was stated used ``face_landmark``."""

    folder: Path
    crop: np.ndarray
    mesh: np.ndarray
    intensity: np.ndarray
    identity: np.ndarray
    neutral: np.ndarray
    source: np.ndarray
    points68: np.ndarray | None
    landmark_network: str


def read_shard(folder: Path) -> Shard:
    """Opens one shard; RefusedData names the array that is missing or has the wrong shape."""
    description = require_synthetic(folder)
    if description["schema"].startswith(SEQUENCE_SCHEMA):
        raise RefusedData(f"{folder} holds sequences: keep them in another folder than the pictures a network is trained on")
    order = description.get("action_units")
    if order is not None and tuple(order) != ACTION_UNITS:
        raise RefusedData(f"{folder / 'shard.json'} labels {order}, training expects {list(ACTION_UNITS)}")
    arrays = {name: _open(folder / f"{name}.npy") for name in ("crop", "mesh", "intensity", "identity", "neutral", "source")}
    count = len(arrays["crop"])
    expected = {
        "crop": (count, arrays["crop"].shape[1], arrays["crop"].shape[1], 3), "mesh": (count, POINT_COUNT, 3),
        "intensity": (count, len(ACTION_UNITS)), "identity": (count,), "neutral": (count,), "source": (count,)}
    points = folder / "crop_points68.npy"
    if points.is_file():
        arrays["crop_points68"], expected["crop_points68"] = _open(points), (count, COUNT, 2)
    for name, shape in expected.items():
        if arrays[name].shape != shape:
            raise RefusedData(f"{folder / name}.npy has shape {arrays[name].shape}, expected {shape}")
    if arrays["crop"].dtype != np.uint8:
        raise RefusedData(f"{folder / 'crop.npy'} holds {arrays['crop'].dtype}, expected uint8")
    return Shard(
        folder, arrays["crop"], arrays["mesh"], arrays["intensity"], np.asarray(arrays["identity"]).astype(np.int64),
        np.asarray(arrays["neutral"]).astype(bool), np.asarray(arrays["source"]).astype(np.int64), arrays.get("crop_points68"),
        description.get("landmark_network") or "face_landmark")


def _open(path: Path) -> np.ndarray:
    if not path.is_file():
        raise RefusedData(f"{path} is missing: write the shard again with `austream synth`")
    return np.load(path, mmap_mode="r", allow_pickle=False)


def split_of(identity: np.ndarray) -> np.ndarray:
    """int8 per identity: 0 training (90 %), 1 validation (5 %), 2 test (5 %). A person is in one split only, whatever
    shard the picture lies in: the split is a hash of the identity."""
    with np.errstate(over="ignore"):
        mixed = (identity.astype(np.uint64) + np.uint64(1)) * np.uint64(_SPLIT_SALT)
        mixed ^= mixed >> np.uint64(29)
        mixed *= np.uint64(0xBF58476D1CE4E5B9)
        mixed ^= mixed >> np.uint64(32)
    bucket = mixed % np.uint64(20)
    return np.select([bucket == 18, bucket == 19], [1, 2], 0).astype(np.int8)


class SyntheticPeople:
    """All shards below one or several folders as one table; pictures stay on disk until a batch gathers them. Not thread-safe.

    Two folders may number their people alike: the identities of each further folder are shifted, so that they stay apart. The
    split is that of the number in the folder, so a test person of one folder is never trained on beside another folder."""

    def __init__(self, root: Path | Sequence[Path]) -> None:
        roots = [root] if isinstance(root, Path) else list(root)
        self.shards, self._origin = [], []
        for place, folder in enumerate(roots):
            found = sorted(path.parent for path in folder.rglob("shard.json"))
            if not found:
                raise RefusedData(f"{folder} holds no shard.json: write shards there with `austream synth --out {folder}`")
            shards = [shard for shard in map(read_shard, found) if len(shard.crop) > 0]
            self.shards += shards
            self._origin += [place] * len(shards)
        sizes = {shard.crop.shape[1] for shard in self.shards}
        if len(sizes) != 1:
            raise RefusedData(f"{', '.join(map(str, roots))} mixes crops of sizes {sorted(sizes)}: train on one size")
        self.crop_size = sizes.pop()
        networks = {shard.landmark_network for shard in self.shards}
        if len(networks) != 1:
            raise RefusedData(
                f"{', '.join(map(str, roots))} mixes crops placed by {' and '.join(sorted(networks))}: the pipeline runs one of them")
        self.landmark_network = networks.pop()
        self._shard_of = np.concatenate([np.full(len(shard.crop), index) for index, shard in enumerate(self.shards)])
        self._row_of = np.concatenate([np.arange(len(shard.crop)) for shard in self.shards])
        self.intensity = np.concatenate([np.asarray(shard.intensity, np.float32) for shard in self.shards])
        number = np.concatenate([shard.identity for shard in self.shards])
        self.identity = number + _FOLDER_STRIDE * np.array(self._origin)[self._shard_of]
        self.neutral = np.concatenate([shard.neutral for shard in self.shards])
        self.source = np.concatenate([shard.source for shard in self.shards])
        self.split = split_of(number)

    def __len__(self) -> int:
        return len(self.identity)

    def gather(self, rows: np.ndarray, points: list[int]) -> tuple[np.ndarray, np.ndarray]:
        """Crops uint8 [n, C, C, 3] and the chosen mesh points float32 [n, len(points), 2] of the given rows."""
        crops = np.empty((len(rows), self.crop_size, self.crop_size, 3), np.uint8)
        mesh = np.empty((len(rows), len(points), 2), np.float32)
        for position, row in enumerate(rows):
            shard, index = self.shards[self._shard_of[row]], self._row_of[row]
            crops[position] = shard.crop[index]
            mesh[position] = shard.mesh[index, points, :2]
        return crops, mesh

    def require_points66(self) -> None:
        """RefusedData names a shard without true face points."""
        for shard in self.shards:
            if shard.points68 is None:
                raise RefusedData(
                    f"{shard.folder} has no crop_points68.npy, which this network is trained on: write the shard again with "
                    "this version's `austream synth`")

    def points66(self, rows: np.ndarray) -> np.ndarray:
        """True face points float32 [n, 66, 2] in pixels of the crop; ``require_points66`` says whether there are any."""
        points = np.empty((len(rows), len(KEPT), 2), np.float32)
        for position, row in enumerate(rows):
            points[position] = self.shards[self._shard_of[row]].points68[self._row_of[row], KEPT]
        return points
