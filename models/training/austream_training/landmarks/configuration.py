"""What decides the weights of the landmark network, apart from the data."""

from dataclasses import dataclass, field

from ..data.augmentation import AugmentationOptions
from ..training.configuration import OptimiserOptions


@dataclass(frozen=True)
class LandmarkConfiguration:
    """``picture``: side of the input in pixels. A batch holds ``faces`` faces and ``empty`` squares without one. Half of the faces are
    framed as after the first look (``near``), half as by a detector (``far``). ``largest`` and ``polygons``: sets of the global
    term (``objectives/global_local.py``). ``flag_weight`` weighs the log-odds of a face against the points, whose loss is in units
    of the squared distance of the outer eye corners. ``start_from``: network of the zoo whose landmark part the weights start from; its
    convolutions must be as wide, and where its picture or its other layers differ, only the convolutions are taken."""

    id: str = "landmark-cnn"
    version: str = "0.1.0"
    seed: int = 1
    steps: int = 6000
    picture: int = 72
    width: float = 0.5
    hidden_width: float = 0.35
    dropout: float = 0.02
    faces: int = 64
    empty: int = 16
    largest: int = 4
    polygons: int = 200
    global_weight: float = 1.0
    point_weight: float = 20.0
    flag_weight: float = 0.2
    start_from: str | None = None
    optimiser: OptimiserOptions = field(default_factory=OptimiserOptions)
    near: AugmentationOptions = field(default_factory=AugmentationOptions)
    far: AugmentationOptions = field(default_factory=AugmentationOptions)
