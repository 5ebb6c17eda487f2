"""What a run is made of: a committed JSON file."""

import json
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import get_type_hints

from ..data.augmentation import AugmentationOptions
from ..data.selection import Selection


class BadConfiguration(Exception):
    """The file cannot be used; the message names the field."""


@dataclass(frozen=True)
class BatchOptions:
    """A batch is ``people`` identities times ``pictures`` rows."""

    people: int = 16
    pictures: int = 4


@dataclass(frozen=True)
class OptimiserOptions:
    """AdamW with a one-cycle rate: linear rise over ``warm_up`` of the steps, then cosine to ``lowest`` (0-1) of the highest. At
    ``lowest`` 1 the averaged weights alone settle: they lie in a flatter place (Cha et al. 2021, "SWAD", on strange domains)."""

    rate: float = 2e-3
    weight_decay: float = 0.03
    warm_up: float = 0.1
    lowest: float = 0.0
    clip: float = 5.0
    averaging: float = 0.999


@dataclass(frozen=True)
class Configuration:
    """Everything that decides the weights, apart from the data.

    ``selection``: of the data, what is trained on; everything unless stated. ``stop``: the step after which training ends, while the rate still
    follows ``steps``; the last step unless stated.
    ``landmark_network``: what places the crops in the pipeline where it is not what placed those of the shards; for
    networks that take the picture alone, which bear the difference. ``start_from``: network of the zoo, of the same options, whose weights
    are the first ones (``starting.py``)."""

    id: str
    version: str
    network: str
    crop: str
    steps: int
    seed: int
    objective: str = "ordinal"
    network_options: dict = field(default_factory=dict)
    objective_options: dict = field(default_factory=dict)
    batch: BatchOptions = field(default_factory=BatchOptions)
    optimiser: OptimiserOptions = field(default_factory=OptimiserOptions)
    augmentation: AugmentationOptions = field(default_factory=AugmentationOptions)
    max_false_presence: float = 0.05
    selection: Selection = field(default_factory=Selection)
    stop: int | None = None
    landmark_network: str | None = None
    start_from: str | None = None


def read_configuration(path: Path) -> Configuration:
    """Parses a configuration; BadConfiguration names an unknown or missing field."""
    return read_document(Configuration, path)


def read_document(kind: type, path: Path):
    """Parses a JSON object into a dataclass; BadConfiguration names an unknown or missing field."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError) as error:
        raise BadConfiguration(f"{path}: {error}") from error
    return parse_document(kind, document, str(path))


def parse_document(kind: type, document: object, place: str):
    """Parses a JSON object into a dataclass; ``place`` says in errors where it stands."""
    if not isinstance(document, dict):
        raise BadConfiguration(f"{place}: expected an object")
    known = {entry.name for entry in fields(kind)}
    if unknown := sorted(set(document) - known):
        raise BadConfiguration(f"{place}: unknown field {unknown[0]!r}; there is {', '.join(sorted(known))}")
    hints = get_type_hints(kind)
    values = {
        name: parse_document(hints[name], value, f"{place}: {name}") if is_dataclass(hints[name]) else value
        for name, value in document.items()}
    try:
        return kind(**values)
    except TypeError as error:
        raise BadConfiguration(f"{place}: {error}") from error
