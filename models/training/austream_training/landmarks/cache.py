"""Cut faces on disk, so that a resumed run, an evaluation and an export need not cut them again."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

import numpy as np

from ..data.guard import require_synthetic
from .faces import Faces, read_faces
from .framing import MARGIN


def cached_faces(data: Sequence[Path], picture: int, folder: Path) -> Faces:
    """The faces of the shards below ``data`` at the scale of a network input of ``picture`` pixels; kept in ``folder`` under a hash of what
    they were cut from. RefusedData as ``read_faces``."""
    shards = [path.parent for root in data for path in sorted(root.rglob("shard.json"))]
    for shard in shards:
        require_synthetic(shard)
    said = [[str(shard), (shard / "shard.json").stat().st_mtime_ns] for shard in shards]
    key = hashlib.sha256(json.dumps([said, picture, MARGIN]).encode()).hexdigest()[:16]
    kept = folder / f"faces-{key}"
    names = [field.name for field in fields(Faces) if field.name != "face_pixels"]
    face_pixels = picture / MARGIN
    if all((kept / f"{name}.npy").is_file() for name in names):
        return Faces(*(np.load(kept / f"{name}.npy", allow_pickle=False) for name in names), face_pixels)
    faces = read_faces(data, face_pixels)
    kept.mkdir(parents=True, exist_ok=True)
    for name in names:
        partial = kept / f"{name}.partial.npy"
        np.save(partial, getattr(faces, name))
        partial.rename(kept / f"{name}.npy")
    return faces
