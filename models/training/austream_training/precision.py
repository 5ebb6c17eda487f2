"""In what precision networks are computed while they learn."""

import argparse
import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch

PRECISIONS: tuple[str, ...] = ("bfloat16", "float32")

_VARIABLE = "AUSTREAM_PRECISION"


def add_precision(command: argparse.ArgumentParser) -> None:
    """Adds ``--precision``."""
    command.add_argument("--precision", choices=PRECISIONS, default=PRECISIONS[0], help="what networks are computed in; float32 where that is faster")


def choose_precision(precision: str) -> None:
    """Makes the choice hold for this process and for those that it starts."""
    os.environ[_VARIABLE] = precision


def chosen_precision() -> str:
    """One of PRECISIONS; ValueError where the variable holds anything else."""
    chosen = os.environ.get(_VARIABLE, PRECISIONS[0])
    if chosen not in PRECISIONS:
        raise ValueError(f"{_VARIABLE} is {chosen!r}; there is {', '.join(PRECISIONS)}")
    return chosen


def mixed_precision(device: "torch.device"):
    """A context that computes in bfloat16 where it is safe, unless float32 was chosen. Three times as fast on processors that compute in it; on
    some it is slower by a third. Losses are computed in float32 outside of it."""
    import torch

    return torch.autocast(device.type, dtype=torch.bfloat16, enabled=chosen_precision() == "bfloat16")
