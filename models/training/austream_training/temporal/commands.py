"""Commands of the temporal head: ``train-temporal``, ``evaluate-temporal``, ``export-temporal``."""

import argparse
import json
from pathlib import Path


def _train(arguments: argparse.Namespace) -> None:
    import torch

    from ..training.configuration import read_document
    from .configuration import TemporalConfiguration
    from .run import train

    torch.set_num_threads(arguments.threads)
    configuration = read_document(TemporalConfiguration, arguments.config) if arguments.config else TemporalConfiguration()
    train(arguments.run, arguments.sequences, arguments.out, arguments.zoo, configuration)


def _evaluate(arguments: argparse.Namespace) -> None:
    from .report import markdown
    from .run import evaluate

    print(markdown(evaluate(arguments.run, arguments.sequences, arguments.out, arguments.zoo)))


def _export(arguments: argparse.Namespace) -> None:
    from .run import publish

    print(json.dumps(publish(arguments.run, arguments.sequences, arguments.out, arguments.zoo, arguments.fixtures), indent=2))


def add_commands(commands: argparse._SubParsersAction, zoo: Path, fixtures: Path) -> None:
    """Adds the commands to the program's."""
    for name, action, what in (
            ("train-temporal", _train, "train the temporal head of a finished frame network on synthetic clips"),
            ("evaluate-temporal", _evaluate, "F1-frame and F1-event with and without time, on synthetic test people"),
            ("export-temporal", _export, "write the head's single-step graph and its entry in the manifest into the zoo")):
        command = commands.add_parser(name, help=what)
        command.add_argument("--run", type=Path, required=True, help="finished run of the frame network")
        command.add_argument("--sequences", type=Path, required=True, help="folder of clips that `austream synth sequences` wrote")
        command.add_argument("--out", type=Path, required=True, help="folder outside the repository for the head and cached features")
        command.add_argument("--zoo", type=Path, default=zoo)
        if action is _train:
            command.add_argument("--config", type=Path, help="JSON with what differs from the defaults")
            command.add_argument("--threads", type=int, default=1)
        if action is _export:
            command.add_argument("--fixtures", type=Path, default=fixtures, help="where the parity vectors for the C# tests go")
        command.set_defaults(run_command=action)
