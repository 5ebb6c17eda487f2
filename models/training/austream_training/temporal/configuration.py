"""What decides the weights of a temporal head, apart from the data."""

from dataclasses import dataclass, field

from .augmentation import SequenceAugmentation
from .head import HeadOptions


@dataclass(frozen=True)
class TemporalConfiguration:
    """Training of a head. ``first_unjudged`` frames of a track are not back-propagated (paper: 10); tracks with fewer than
    ``least_active`` active units per frame (paper: 1.5) are drawn only for ``calm_share`` of a batch, so that a face at rest stays
    one; gradients run through at most ``chunk`` frames. A share ``fusion_share`` of the people trains the fusion alone."""

    seed: int = 1
    steps: int = 150
    fusion_steps: int = 80
    fusion_share: float = 0.15
    batch: int = 16
    chunk: int = 40
    first_unjudged: int = 10
    least_active: float = 1.5
    calm_share: float = 0.3
    rate: float = 1e-3
    fusion_rate: float = 3e-3
    weight_decay: float = 0.01
    clip: float = 1.0
    averaging: float = 0.99
    variants: int = 2
    margin_weight: float = 1.0
    level_weight: float = 1.0
    max_false_presence: float = 0.05
    head: HeadOptions = field(default_factory=HeadOptions)
    augmentation: SequenceAugmentation = field(default_factory=SequenceAugmentation)
