"""Checkpoints: everything a run needs to go on as if it had never stopped."""

import os
from pathlib import Path

import torch

CHECKPOINT = "checkpoint.pt"


def save_checkpoint(folder: Path, state: dict) -> None:
    """Writes the checkpoint whole or not at all: a killed run keeps the previous one."""
    folder.mkdir(parents=True, exist_ok=True)
    partial = folder / (CHECKPOINT + ".partial")
    torch.save(state, partial)
    os.replace(partial, folder / CHECKPOINT)


def load_checkpoint(folder: Path) -> dict | None:
    """The last checkpoint of a folder, on the CPU, or None when there is none."""
    path = folder / CHECKPOINT
    if not path.is_file():
        return None
    options = {"map_location": "cpu"}
    if "weights_only" in torch.load.__code__.co_varnames:
        # Our own file, and it holds random generator states besides tensors.
        options["weights_only"] = False
    return torch.load(path, **options)
