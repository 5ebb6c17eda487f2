"""Tiny shards in the generator's format: a drawn face whose mouth and brows move with AU12 and AU1."""

import json
from pathlib import Path

import numpy as np

from tests.training import setup_path  # noqa: F401
from austream_training.action_units import ACTION_UNITS

SMILE, BROW = ACTION_UNITS.index(12), ACTION_UNITS.index(1)


def write_shard(folder: Path, people: int = 24, pictures: int = 6, size: int = 144, seed: int = 1) -> Path:
    """Writes one shard of ``people`` identities with ``pictures`` rows each, the first of each neutral."""
    random = np.random.default_rng(seed)
    count = people * pictures
    intensity = np.zeros((count, len(ACTION_UNITS)), np.float32)
    neutral = np.arange(count) % pictures == 0
    intensity[~neutral, SMILE] = random.uniform(0, 5, (~neutral).sum())
    intensity[~neutral, BROW] = random.uniform(0, 5, (~neutral).sum())
    crop = random.integers(90, 110, (count, size, size, 3)).astype(np.uint8)
    mesh = np.zeros((count, 468, 3), np.float32)
    mesh[:, :, 0] = size / 2 + random.normal(0, 0.3, (count, 468)) + np.linspace(-40, 40, 468)
    mesh[:, :, 1] = size / 2 + random.normal(0, 0.3, (count, 468))
    for row in range(count):
        mouth = 100 - int(2 * intensity[row, SMILE])
        brow = 40 - int(2 * intensity[row, BROW])
        crop[row, mouth:mouth + 4, 40:104] = 20
        crop[row, brow:brow + 4, 40:104] = 200
        mesh[row, [61, 291], 1] -= 2 * intensity[row, SMILE]
        mesh[row, [105, 334], 1] -= 2 * intensity[row, BROW]
    folder.mkdir(parents=True, exist_ok=True)
    identity = 1000 * seed + np.arange(count) // pictures
    for name, array in {
            "crop": crop, "mesh": mesh, "intensity": intensity, "identity": identity.astype(np.int64),
            "neutral": neutral.astype(np.uint8), "source": np.zeros(count, np.uint8)}.items():
        np.save(folder / f"{name}.npy", array)
    description = {"schema": "austream.shard/1", "action_units": list(ACTION_UNITS), "count": count}
    (folder / "shard.json").write_text(json.dumps(description), encoding="utf-8")
    return folder
