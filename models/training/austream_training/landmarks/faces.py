"""Synthetic faces for the landmark network: wide squares around each face, and squares that show no face."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..data.face_mesh import POINT_COUNT
from ..data.face_points import COUNT, KEPT
from ..data.guard import RefusedData, require_synthetic
from ..data.shards import SEQUENCE_SCHEMA, split_of
from .framing import cut, face_squares, similarity, square_to_picture

REACH = 2.1
"""Side of the stored squares in units of the face's box: room for a region that is too large or off the middle."""

CHUNK = 200
_EMPTY_PER_PICTURE = 0.35
_FOLDER_STRIDE = 1 << 40


@dataclass(frozen=True)
class Faces:
    """``picture`` uint8 [n, R, R, 3] with the face's box ``face_pixels`` pixels long in the middle; the true ``points`` float32
    [n, 66, 2] and the face ``mesh`` float32 [n, 468, 3] in its pixels; ``identity`` int64 [n]; ``split`` int8 [n] (0 training, 1
    validation, 2 test). ``empty`` uint8 [m, R, R, 3] shows no face, ``empty_split`` int8 [m] as the pictures they come from."""

    picture: np.ndarray
    points: np.ndarray
    mesh: np.ndarray
    identity: np.ndarray
    split: np.ndarray
    empty: np.ndarray
    empty_split: np.ndarray
    face_pixels: float

    @property
    def size(self) -> int:
        """Side of the squares in pixels."""
        return self.picture.shape[1]


def read_faces(roots: Sequence[Path], face_pixels: float, seed: int = 1) -> Faces:
    """Cuts the squares out of every shard below the folders; ``face_pixels`` is the length of a face's box in the squares.

    RefusedData for a folder that is no shard of pictures, or one without whole pictures (`austream synth --images`)."""
    size = 2 * round(REACH * face_pixels / 2)
    random = np.random.default_rng(seed)
    parts: list[tuple[np.ndarray, ...]] = []
    for place, root in enumerate(roots):
        folders = sorted(path.parent for path in root.rglob("shard.json"))
        if not folders:
            raise RefusedData(f"{root} holds no shard.json: write shards there with `austream synth --images --out {root}`")
        for folder in folders:
            parts += _read_shard(folder, size, face_pixels, place, random)
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    return Faces(*columns[:7], face_pixels)


def _read_shard(folder: Path, size: int, face_pixels: float, place: int, random: np.random.Generator) -> list[tuple[np.ndarray, ...]]:
    if require_synthetic(folder)["schema"].startswith(SEQUENCE_SCHEMA):
        raise RefusedData(f"{folder} holds sequences: the landmark network is trained on pictures")
    arrays = {}
    for name in ("image", "points68", "crop_points68", "mesh", "identity"):
        path = folder / f"{name}.npy"
        if not path.is_file():
            raise RefusedData(f"{path} is missing: write the shard again with `austream synth --images`")
        arrays[name] = np.load(path, mmap_mode="r", allow_pickle=False)
    count = len(arrays["image"])
    expected = {"points68": (count, COUNT, 2), "crop_points68": (count, COUNT, 2), "mesh": (count, POINT_COUNT, 3), "identity": (count,)}
    for name, shape in expected.items():
        if arrays[name].shape != shape:
            raise RefusedData(f"{folder / name}.npy has shape {arrays[name].shape}, expected {shape}")
    parts = []
    for start in range(0, count, CHUNK):
        rows = slice(start, min(count, start + CHUNK))
        pictures = np.asarray(arrays["image"][rows])
        points = np.asarray(arrays["points68"][rows], np.float64)
        crop_points, mesh = (np.asarray(arrays[name][rows], np.float64) for name in ("crop_points68", "mesh"))
        # The crop is a similarity of the picture: its true points in both places say which.
        matrix, offset = similarity(crop_points, points)
        scale = np.sqrt(np.linalg.det(matrix))
        mesh = np.concatenate([
            mesh[:, :, :2] @ matrix.transpose(0, 2, 1) + offset[:, None], mesh[:, :, 2:] * scale[:, None, None]], 2)
        centre, side, angle = face_squares(mesh[:, :, :2])
        matrix, offset = square_to_picture(centre, side * size / face_pixels, angle, size)
        inverse = np.linalg.inv(matrix).transpose(0, 2, 1)
        shrink = 1 / np.sqrt(np.linalg.det(matrix))
        placed = np.concatenate([(mesh[:, :, :2] - offset[:, None]) @ inverse, mesh[:, :, 2:] * shrink[:, None, None]], 2)
        identity = np.asarray(arrays["identity"][rows]).astype(np.int64)
        split = split_of(identity)
        empty, owners = _empty_squares(pictures, centre, side, size, random)
        parts.append((
            cut(pictures, matrix, offset, size), ((points[:, KEPT] - offset[:, None]) @ inverse).astype(np.float32),
            placed.astype(np.float32), identity + _FOLDER_STRIDE * place, split, empty, split[owners]))
    return parts


def _empty_squares(
        pictures: np.ndarray, centre: np.ndarray, side: np.ndarray, size: int, random: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Squares beside the faces, and squares so deep inside them that no face is to be seen, for some of the pictures."""
    owners = np.flatnonzero(random.random(len(pictures)) < 2 * _EMPTY_PER_PICTURE)
    reach = pictures.shape[1]
    middles, sides, kept = [], [], []
    for owner in owners:
        if random.random() < 0.3:
            length = side[owner] * random.uniform(0.15, 0.35)
            middle = centre[owner] + random.uniform(-0.35, 0.35, 2) * side[owner]
        else:
            length = random.uniform(0.12, 0.6) * reach
            middle = random.uniform(0, reach, 2)
            if (np.abs(middle - centre[owner]) < (length + side[owner]) * 0.45).all():
                continue
        middles.append(middle)
        # The network sees about the inner half of a stored square.
        sides.append(2 * length)
        kept.append(owner)
    kept = np.array(kept, int)
    if len(kept) == 0:
        return np.empty((0, size, size, 3), np.uint8), kept
    matrix, offset = square_to_picture(np.array(middles), np.array(sides), random.uniform(-0.4, 0.4, len(kept)), size)
    return cut(pictures[kept], matrix, offset, size), kept
