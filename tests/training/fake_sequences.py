"""Tracks and clips that are drawn, not rendered: what the temporal head is tested on."""

import json
from pathlib import Path

import numpy as np

from tests.training import setup_path  # noqa: F401
from austream_training.action_units import ACTION_UNITS
from austream_training.temporal.features import Track

UNITS = len(ACTION_UNITS)
MOVING = (ACTION_UNITS.index(1), ACTION_UNITS.index(12))


def curves(random: np.random.Generator, count: int, elapsed: float) -> np.ndarray:
    """[count, a]: two action units come and go as smooth curves, the others rest."""
    truth = np.zeros((count, UNITS), np.float32)
    times = np.arange(count) * elapsed
    for unit in MOVING:
        start = random.uniform(-1, 1.5)
        while start < times[-1]:
            length = random.uniform(0.8, 2)
            share = np.clip((times - start) / length, 0, 1)
            truth[:, unit] = np.maximum(truth[:, unit], random.uniform(2.5, 5) * np.sin(np.pi * share) ** 2)
            start += length + random.uniform(0.5, 1.5)
    return truth


def noisy_track(seed: int, split: int, count: int = 60, features: int = 12, noise: float = 1.6) -> Track:
    """A track whose frame scores are the truth with much noise in every frame: only time can take it out."""
    random = np.random.default_rng(seed)
    elapsed = np.full(count, random.uniform(0.05, 0.1), np.float32)
    truth = curves(random, count, float(elapsed[0]))
    elapsed[0] = 0
    scores = np.clip(truth + random.normal(0, noise, truth.shape) * (np.isin(np.arange(UNITS), MOVING)), 0, 5).astype(np.float32)
    values = random.uniform(0.2, 1, (count, features)).astype(np.float32)
    rest = random.uniform(0.2, 1, (2, features)).astype(np.float32)
    return Track(seed, split, "Lively", elapsed, truth, values[None], scores[None], rest[None], np.zeros((1, 2, UNITS), np.float32))


def write_sequences(folder: Path, identities: list[int], frames: int = 24, size: int = 144, seed: int = 1) -> Path:
    """A shard of drawn faces over time in the generator's format: brows and mouth move with AU1 and AU12; frame 5 of every clip
    shows no face, and a stretch of more than a second is missing after frame 12 of every second one."""
    random = np.random.default_rng(seed)
    references, rows = 2, len(identities) * (2 + frames)
    seconds, intensity = np.full(rows, np.nan, np.float32), np.zeros((rows, UNITS), np.float32)
    found, neutral = np.ones(rows, np.uint8), np.zeros(rows, np.uint8)
    crop = random.integers(90, 110, (rows, size, size, 3)).astype(np.uint8)
    mesh = np.zeros((rows, 468, 3), np.float32)
    mesh[:, :, 0] = size / 2 + random.normal(0, 0.3, (rows, 468)) + np.linspace(-40, 40, 468)
    mesh[:, :, 1] = size / 2 + random.normal(0, 0.3, (rows, 468))
    clips = []
    for number, identity in enumerate(identities):
        first = number * (references + frames)
        neutral[first:first + references] = 1
        start, end = first + references, first + references + frames
        seconds[start:end] = np.arange(frames) * 0.1
        seconds[start + 12:end] += 1.5 * (number % 2)
        intensity[start:end] = curves(random, frames, 0.1)
        found[start + 5] = 0
        for row in range(first, end):
            brow, mouth = (int(2 * value) for value in intensity[row, MOVING])
            crop[row, 100 - mouth:104 - mouth, 40:104] = 20
            crop[row, 40 - brow:44 - brow, 40:104] = 200
        clips.append({
            "identity": identity, "first_row": first, "references": references, "frames": frames, "frames_per_second": 10,
            "activity": "Lively"})
    folder.mkdir(parents=True, exist_ok=True)
    for name, array in {
            "crop": crop, "mesh": mesh, "intensity": intensity, "found": found, "neutral": neutral, "seconds": seconds,
            "occluded": np.zeros(rows, np.uint8)}.items():
        np.save(folder / f"{name}.npy", array)
    description = {
        "schema": "austream.shard/sequences-1", "count": rows, "clips": clips, "action_units": list(ACTION_UNITS)}
    (folder / "shard.json").write_text(json.dumps(description), encoding="utf-8")
    return folder
