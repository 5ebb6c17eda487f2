"""Commands of landmark networks: ``train-landmarks``, ``evaluate-landmarks``, ``export-landmarks``, ``quantise-landmarks``."""

import argparse
import json
from pathlib import Path

from ..precision import add_precision, choose_precision


def _train(arguments: argparse.Namespace) -> None:
    import torch

    from ..memory import keep_large_buffers
    from ..training.configuration import read_document
    from .configuration import LandmarkConfiguration
    from .training import LandmarkTraining

    choose_precision(arguments.precision)
    keep_large_buffers()
    torch.set_num_threads(arguments.threads)
    LandmarkTraining(read_document(LandmarkConfiguration, arguments.config), arguments.data, arguments.out).run()


def _evaluate(arguments: argparse.Namespace) -> None:
    from .evaluating import evaluate
    from .finishing import finish

    finished = finish(arguments.run, arguments.data)
    print(json.dumps(evaluate(finished.network, finished.completion, finished.faces, finished.configuration.picture), indent=2))


def _export(arguments: argparse.Namespace) -> None:
    from .exporting import publish

    print(json.dumps(publish(arguments.run, arguments.data, arguments.zoo, arguments.fixtures)["metrics"], indent=2))


def _quantise(arguments: argparse.Namespace) -> None:
    from .fewer_bits import measure_fewer_bits

    print(json.dumps(measure_fewer_bits(arguments.model, arguments.data, arguments.out), indent=2))


def add_commands(commands: argparse._SubParsersAction, zoo: Path, fixtures: Path) -> None:
    """Adds the commands to the program's."""
    train = commands.add_parser("train-landmarks", help="train the stand-alone landmark network of paper 1; resumes from --out")
    train.add_argument("--config", type=Path, required=True)
    train.add_argument("--out", type=Path, required=True, help="folder outside the repository for checkpoints and cut faces")
    train.add_argument("--threads", type=int, default=1)
    add_precision(train)
    train.set_defaults(run_command=_train)
    evaluate = commands.add_parser("evaluate-landmarks", help="how far its points are off on synthetic test people")
    evaluate.set_defaults(run_command=_evaluate)
    export = commands.add_parser("export-landmarks", help="write ONNX, manifest, card and parity vectors into the zoo")
    export.add_argument("--zoo", type=Path, default=zoo)
    export.add_argument("--fixtures", type=Path, default=fixtures, help="where the parity vectors for the C# tests go")
    export.set_defaults(run_command=_export)
    quantise = commands.add_parser("quantise-landmarks", help="8-bit convolutions for a landmark network, and what they gain and lose")
    quantise.add_argument("--model", type=Path, required=True, help="ID.onnx with ID.json beside it")
    quantise.add_argument("--out", type=Path, required=True, help="folder for ID-int8.onnx and ID-int8.json")
    quantise.set_defaults(run_command=_quantise)
    for command in (evaluate, export):
        command.add_argument("--run", type=Path, required=True)
    for command in (train, evaluate, export, quantise):
        command.add_argument(
            "--data", type=Path, required=True, action="append", help="folder of shards that `austream synth --images` wrote; several times for several folders")
