"""What the frozen frame network says about every frame of every clip, computed once and kept."""

import hashlib
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn

from ..data.augmentation import network_input, transform
from ..data.face_mesh import mirror_positions
from ..data.feed import Crop
from .clips import Clip

GAP_SECONDS = 1.0
"""A face that was away for longer starts afresh, in the pipeline too."""

BATCH = 96
SHORTEST_TRACK = 6


@dataclass(frozen=True)
class Track:
    """A face as the pipeline follows it: the frames of a clip in which it was found, without a gap over ``GAP_SECONDS``.

    ``features`` [v, t, f] and ``scores`` [v, t, a] (raw intensity 0-5) come from the frame network, once for the plain crops and
    once for each of v - 1 jittered ones; ``references`` [v, r, f] and ``reference_scores`` [v, r, a] from the person's neutral
    pictures, ``relative`` [v, t, a] (None until it is asked for) from the network that compares with them. ``elapsed`` [t] seconds since the frame before, 0 at the first; ``truth`` [t, a] 0-5.
    """

    identity: int
    split: int
    activity: str
    elapsed: np.ndarray
    truth: np.ndarray
    features: np.ndarray
    scores: np.ndarray
    references: np.ndarray
    reference_scores: np.ndarray
    relative: np.ndarray | None = None

    def __len__(self) -> int:
        return len(self.elapsed)

    @property
    def neutral(self) -> np.ndarray:
        """bool [t]: no action unit reaches half of level A."""
        return (np.nan_to_num(self.truth) < 0.5).all(1)


@dataclass(frozen=True)
class Jitter:
    """How a clip is seen differently: the same for all its frames, so that nothing moves that did not."""

    shift_pixels: float = 1.2
    rotation_degrees: float = 2.5
    scale: float = 0.03
    gamma: float = 0.2
    landmark_noise_pixels: float = 0.15


class FeatureExtractor:
    """Runs a frozen frame network over clips."""

    def __init__(self, network: nn.Module, crop: Crop, points: Sequence[int], jitter: Jitter = Jitter(), seed: int = 1) -> None:
        self._network, self._crop, self._points, self._jitter, self._seed = network.eval(), crop, list(points), jitter, seed
        self._mirror = torch.from_numpy(mirror_positions(self._points))
        self._mean, self._deviation = torch.tensor(crop.mean), torch.tensor(crop.deviation)

    def tracks(self, clip: Clip, number: int, variants: int) -> list[Track]:
        """The tracks of a clip, seen ``variants`` times; ``number`` decides the jitter."""
        seen = [self._run(clip, number, variant) for variant in range(variants)]
        features = np.stack([feature for feature, _ in seen])
        scores = np.stack([score for _, score in seen])
        references = np.flatnonzero(clip.found[:clip.references])
        tracks = []
        for frames in _unbroken(clip.seconds, clip.found[clip.references:]):
            if len(frames) < SHORTEST_TRACK:
                continue
            elapsed = np.diff(clip.seconds[frames], prepend=clip.seconds[frames[0]]).astype(np.float32)
            rows = clip.references + frames
            tracks.append(Track(
                clip.identity, clip.split, clip.activity, elapsed, clip.intensity[frames], features[:, rows], scores[:, rows],
                features[:, references], scores[:, references]))
        return tracks

    @torch.no_grad()
    def _run(self, clip: Clip, number: int, variant: int) -> tuple[np.ndarray, np.ndarray]:
        random = torch.Generator().manual_seed(self._seed + 1009 * number + variant)
        count = len(clip.found)
        matrix, offset, flipped, gamma, noise = self._draw(random, count, clip.references, variant)
        features, scores = [], []
        for start in range(0, count, BATCH):
            rows = slice(start, min(count, start + BATCH))
            crops = torch.from_numpy(np.array(clip.crop[rows]))
            mesh = torch.from_numpy(np.array(clip.mesh[rows][:, self._points, :2], np.float32))
            pictures, placed = transform(crops, mesh, self._crop.size, matrix[rows], offset[rows])
            if flipped:
                placed = placed[:, self._mirror]
            placed = placed + torch.randn(placed.shape, generator=random) * noise
            pictures = pictures.clamp_min(1 / 512) ** gamma
            image, landmarks = network_input(pictures, placed, self._mean, self._deviation)
            intensity, feature = self._network(image.contiguous(memory_format=torch.channels_last), landmarks)
            features.append(feature.float().numpy())
            scores.append(intensity.float().numpy())
        return np.concatenate(features), np.concatenate(scores)

    def _draw(self, random: torch.Generator, count: int, references: int, variant: int):
        if variant == 0:
            return torch.eye(2).expand(count, 2, 2), torch.zeros(count, 2), False, 1.0, 0.0
        options = self._jitter

        def normal(*shape: int) -> torch.Tensor:
            return torch.randn(*shape, generator=random).clamp(-2.5, 2.5)

        # One draw for the clip and one for each neutral picture, which was taken another time.
        draws = references + 1
        angle = normal(draws) * math.radians(options.rotation_degrees)
        matrix = torch.stack([torch.cos(angle), -torch.sin(angle), torch.sin(angle), torch.cos(angle)], 1).reshape(-1, 2, 2)
        matrix = matrix * torch.exp(normal(draws) * options.scale).reshape(-1, 1, 1)
        offset = normal(draws, 2) * options.shift_pixels
        flipped = bool(variant % 2)
        if flipped:
            matrix[:, :, 0] *= -1
        of_row = torch.cat([torch.arange(references), torch.full((count - references,), references)])
        gamma = float(torch.exp(normal(1) * options.gamma))
        return matrix[of_row], offset[of_row], flipped, gamma, options.landmark_noise_pixels


def _unbroken(seconds: np.ndarray, found: np.ndarray) -> list[np.ndarray]:
    frames = np.flatnonzero(found)
    if len(frames) == 0:
        return []
    return np.split(frames, np.flatnonzero(np.diff(seconds[frames]) > GAP_SECONDS) + 1)


def extract(
        extractor: FeatureExtractor, clips: list[Clip], cache: Path, key: str, variants: int,
        report: Callable[[str], None] = print) -> list[Track]:
    """Tracks of all clips: training clips seen ``variants`` times, others once. Kept in ``cache`` under ``key``, which must tell
    the network and its crop apart; a cache of other clips or another key is computed again."""
    identities = ",".join(f"{clip.identity}:{len(clip.found)}:{float(np.nansum(clip.intensity)):.4f}" for clip in clips)
    facts = hashlib.sha256(f"{key} {variants} {identities}".encode()).hexdigest()
    if cache.is_file():
        tracks = _load(cache, facts)
        if tracks is not None:
            return tracks
    tracks = []
    for number, clip in enumerate(clips):
        tracks += extractor.tracks(clip, number, variants if clip.split == 0 else 1)
        if (number + 1) % 50 == 0 or number + 1 == len(clips):
            report(f"features of {number + 1} of {len(clips)} clips")
    _save(cache, facts, tracks)
    return tracks


def _save(path: Path, facts: str, tracks: list[Track]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, np.ndarray] = {"facts": np.array(facts), "count": np.array(len(tracks))}
    for number, track in enumerate(tracks):
        for name in ("identity", "split", "activity", "elapsed", "truth", "features", "scores", "references", "reference_scores"):
            arrays[f"{number}.{name}"] = np.asarray(getattr(track, name))
    with path.open("wb") as handle:
        np.savez(handle, **arrays)


def _load(path: Path, facts: str) -> list[Track] | None:
    with np.load(path, allow_pickle=False) as arrays:
        if str(arrays["facts"]) != facts:
            return None
        tracks = []
        for number in range(int(arrays["count"])):
            def of(name: str, number: int = number) -> np.ndarray:
                return arrays[f"{number}.{name}"]

            tracks.append(Track(
                int(of("identity")), int(of("split")), str(of("activity")), of("elapsed"), of("truth"), of("features"), of("scores"),
                of("references"), of("reference_scores")))
    return tracks
