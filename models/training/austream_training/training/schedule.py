"""Learning rate over a run."""

import math


def rate_factor(step: int, steps: int, warm_up: float, lowest: float = 0.0) -> float:
    """Factor 0-1 of the highest rate at a step: linear rise over ``warm_up`` of the run, then cosine down to ``lowest``."""
    rise = max(1, round(steps * warm_up))
    if step < rise:
        return (step + 1) / rise
    return lowest + (1 - lowest) * 0.5 * (1 + math.cos(math.pi * (step - rise) / max(1, steps - rise)))
