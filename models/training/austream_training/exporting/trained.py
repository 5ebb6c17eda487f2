"""A finished run, read back for evaluation and export."""

from dataclasses import dataclass
from pathlib import Path

from torch import nn

from ..action_units import ACTION_UNITS
from ..networks.registry import build_network, landmark_points
from ..training.checkpoints import load_checkpoint


@dataclass(frozen=True)
class TrainedNetwork:
    """The averaged network of a checkpoint in evaluation mode, and the checkpoint's facts."""

    network: nn.Module
    state: dict
    points: list[int]


def read_trained(run: Path) -> TrainedNetwork:
    """Reads a run's folder; FileNotFoundError when it holds no checkpoint."""
    state = load_checkpoint(run)
    if state is None:
        raise FileNotFoundError(f"{run} holds no checkpoint: train first with `python -m austream_training train --out {run}`")
    configuration = state["configuration"]
    points = landmark_points(configuration["network"])
    built = build_network(configuration["network"], len(points), len(ACTION_UNITS), **configuration["network_options"])
    built.load_state_dict(state["average"])
    return TrainedNetwork(built.eval(), state, points)
