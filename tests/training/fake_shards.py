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
    points68 = _face68(size) + random.normal(0, 0.3, (count, 68, 2)).astype(np.float32)
    points68[:, 48:, 1] -= 2 * intensity[:, SMILE, None]
    folder.mkdir(parents=True, exist_ok=True)
    identity = 1000 * seed + np.arange(count) // pictures
    for name, array in {
            "crop": crop, "mesh": mesh, "intensity": intensity, "identity": identity.astype(np.int64),
            "neutral": neutral.astype(np.uint8), "source": np.zeros(count, np.uint8), "crop_points68": points68}.items():
        np.save(folder / f"{name}.npy", array)
    description = {"schema": "austream.shard/1", "action_units": list(ACTION_UNITS), "count": count}
    (folder / "shard.json").write_text(json.dumps(description), encoding="utf-8")
    return folder


def _face68(size: int) -> np.ndarray:
    """float32 [68, 2]: jaw, brows, nose, eyes and mouth of a drawn face, symmetrical about the middle of the crop."""
    def arc(count: int, x: float, y: float, width: float, height: float, start: float, end: float) -> np.ndarray:
        angle = np.linspace(start, end, count)
        return np.stack([x - width * np.cos(angle), y + height * np.sin(angle)], 1)

    half, full = np.pi, 2 * np.pi
    parts = [
        arc(17, 0, 0, 40, 45, 0, half), arc(5, -18, -26, 12, -5, 0.3, half - 0.3), arc(5, 18, -26, 12, -5, 0.3, half - 0.3),
        np.stack([np.zeros(4), np.linspace(-18, 0, 4)], 1), arc(5, 0, 4, 8, 3, 0.2, half - 0.2),
        arc(6, -18, -18, 8, -4, 0, full * 5 / 6), arc(6, 18, -18, 8, -4, 0, full * 5 / 6),
        arc(12, 0, 20, 15, -7, 0, full * 11 / 12), arc(8, 0, 20, 10, -3, 0, full * 7 / 8)]
    return (np.concatenate(parts) + size / 2).astype(np.float32)
