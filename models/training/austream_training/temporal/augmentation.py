"""Augmentation of tracks in time and in feature space."""

from dataclasses import dataclass

import numpy as np

from .features import GAP_SECONDS, Track

SHORTEST_NEUTRAL = 4


@dataclass(frozen=True)
class SequenceAugmentation:
    """Strengths; probabilities are per track."""

    slower_or_faster: float = 0.3
    skip_frames: float = 0.35
    drop_frames: float = 0.3
    largest_drop: float = 0.3
    splice_neutral: float = 0.3
    reverse_neutral: float = 0.5
    feature_noise: float = 0.1
    drift: float = 0.1
    strange_face: float = 0.5
    strangest: float = 0.8
    without_reference: float = 0.5


@dataclass(frozen=True)
class Sequence:
    """A track as it is trained on: features [t, f], scores [t, a] (compared with the reference where there is one), elapsed [t], truth [t, a], reference [f], has_reference."""

    features: np.ndarray
    scores: np.ndarray
    elapsed: np.ndarray
    truth: np.ndarray
    reference: np.ndarray
    has_reference: bool


def _scores(track: Track, variant: int, has_reference: bool) -> np.ndarray:
    return track.relative[variant] if has_reference and track.relative is not None else track.scores[variant]


def plain(track: Track, reference: bool, variant: int = 0) -> Sequence:
    """The track as it is; with the mean of its person's neutral features when ``reference`` and there are any."""
    has_reference = reference and track.references.shape[1] > 0
    mean = track.references[variant].mean(0) if has_reference else np.zeros(track.features.shape[2], np.float32)
    return Sequence(
        track.features[variant], _scores(track, variant, has_reference), track.elapsed, track.truth, mean.astype(np.float32), has_reference)


def augment(
        track: Track, spread: np.ndarray, stranger: np.ndarray | None, options: SequenceAugmentation, random: np.random.Generator
) -> Sequence:
    """A random view of a track. ``spread`` float32 [f]: deviation of each feature over all frames, the unit of noise; ``stranger``
    float32 [f]: features of another person's resting face, towards which this one's are moved now and then."""
    variant = int(random.integers(track.features.shape[0]))
    frames = _choose_frames(len(track), options, random)
    seconds = np.cumsum(track.elapsed)[frames]
    elapsed = np.diff(seconds, prepend=seconds[0]).astype(np.float32)
    if random.random() < options.splice_neutral:
        frames, elapsed = _splice(track.neutral, frames, elapsed, options, random)
    pace = float(np.exp(random.normal(0, options.slower_or_faster)))
    elapsed = np.minimum(elapsed * pace, GAP_SECONDS).astype(np.float32)
    features = track.features[variant][frames]
    # Noise is a bad frame; what makes a face strange is the same in every frame and in the reference.
    known = track.references.shape[1]
    strange = random.normal(0, options.drift, features.shape[1]).astype(np.float32) * spread
    if known and stranger is not None and random.random() < options.strange_face:
        strange += np.float32(random.random() * options.strangest) * (stranger - track.references[variant].mean(0))
    noise = random.normal(0, options.feature_noise * random.random(), features.shape).astype(np.float32) * spread
    reference, has_reference = np.zeros(features.shape[1], np.float32), False
    if known and random.random() >= options.without_reference:
        chosen = random.choice(known, int(random.integers(1, known + 1)), replace=False)
        reference, has_reference = np.maximum(track.references[variant][chosen].mean(0) + strange, 0), True
    return Sequence(
        np.maximum(features + noise + strange, 0), _scores(track, variant, has_reference)[frames], elapsed, track.truth[frames], reference, has_reference)


def _choose_frames(count: int, options: SequenceAugmentation, random: np.random.Generator) -> np.ndarray:
    frames = np.arange(count)
    if random.random() < options.skip_frames:
        step = int(random.integers(2, 5))
        if count // step >= 12:
            frames = frames[int(random.integers(step))::step]
    if random.random() < options.drop_frames:
        kept = random.random(len(frames)) >= random.random() * options.largest_drop
        kept[0] = True
        frames = frames[kept]
    return frames


def _splice(
        neutral: np.ndarray, frames: np.ndarray, elapsed: np.ndarray, options: SequenceAugmentation, random: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Puts a stretch of the face at rest once more before another frame at rest, forwards or backwards in time."""
    at_rest = neutral[frames]
    runs = np.split(np.arange(len(frames)), np.flatnonzero(np.diff(at_rest.astype(int))) + 1)
    runs = [run for run in runs if at_rest[run[0]] and len(run) >= SHORTEST_NEUTRAL]
    if not runs:
        return frames, elapsed
    run = runs[int(random.integers(len(runs)))]
    into = runs[int(random.integers(len(runs)))]
    at = int(random.choice(into))
    usual = np.median(elapsed[1:]).astype(np.float32)
    order = run[::-1] if random.random() < options.reverse_neutral else run
    frames = np.concatenate([frames[:at], frames[order], frames[at:]])
    elapsed = np.concatenate([elapsed[:at], np.full(len(run), usual), elapsed[at:]]).astype(np.float32)
    # Whatever comes first has no frame before it, and nothing else has.
    elapsed[1:] = np.where(elapsed[1:] <= 0, usual, elapsed[1:])
    elapsed[0] = 0
    return frames, elapsed
