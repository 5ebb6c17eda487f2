"""The command line: ``python -m austream_training COMMAND``."""

import argparse
import json
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from .data.guard import RefusedData
from .landmarks.commands import add_commands as add_landmark_commands
from .precision import add_precision, choose_precision
from .temporal.commands import add_commands as add_temporal_commands
from .training.configuration import BadConfiguration, Configuration, read_configuration

if TYPE_CHECKING:
    from .training.workers import Worker


def _train(arguments: argparse.Namespace) -> None:
    from .training.workers import run_workers

    choose_precision(arguments.precision)
    configuration = read_configuration(arguments.config)
    run_workers(
        arguments.processes, arguments.threads,
        partial(_train_worker, configuration, arguments.data, arguments.out, arguments.teacher))


def _train_worker(
        configuration: Configuration, data: list[Path], out: Path, teacher: Path | None, worker: "Worker") -> None:
    from .training.run import TrainingRun

    TrainingRun(configuration, data, out, worker, teacher).run()


def _export(arguments: argparse.Namespace) -> None:
    from .exporting.publish import publish

    manifest = publish(arguments.run, arguments.data, arguments.zoo, arguments.fixtures)
    print(json.dumps(manifest["metrics"], indent=2))


def _evaluate(arguments: argparse.Namespace) -> None:
    from .evaluating.synthetic import evaluate_synthetic

    print(json.dumps(evaluate_synthetic(arguments.run, arguments.data, arguments.zoo), indent=2))


def _evaluate_london(arguments: argparse.Namespace) -> None:
    from .evaluating.london import compare

    print(json.dumps(compare(arguments.frames_neutral, arguments.frames_smiling), indent=2))


def _variants(arguments: argparse.Namespace) -> None:
    from .exporting.variants import publish_variants

    print(json.dumps(publish_variants(arguments.zoo, arguments.model, arguments.data), indent=2))


def _compare(arguments: argparse.Namespace) -> None:
    from .evaluating.comparison import compare_models, markdown

    entries = compare_models(arguments.zoo, arguments.data, arguments.real, arguments.model)
    if arguments.json:
        arguments.json.write_text(json.dumps(entries, indent=2) + "\n", encoding="utf-8")
    print(markdown(entries), end="")


def _ablation_table(arguments: argparse.Namespace) -> None:
    from .evaluating.ablation import ablation_table

    print(ablation_table(arguments.zoo, arguments.real, arguments.first), end="")


def _point_places(arguments: argparse.Namespace) -> None:
    from .evaluating.point_places import point_places

    print(json.dumps(point_places(arguments.data), indent=2))


def _significance(arguments: argparse.Namespace) -> None:
    from .evaluating.significance import write_significance

    print(json.dumps(write_significance(arguments.zoo, arguments.model, arguments.data, arguments.out), indent=2))


def _relations(arguments: argparse.Namespace) -> None:
    from .evaluating.relations import write_relations

    print(json.dumps(write_relations(arguments.zoo, arguments.model, arguments.data, arguments.out), indent=2))


def _add_data(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--data", type=Path, required=True, action="append",
        help="folder of shards that `austream synth` wrote; several times for several folders")


def main(argv: list[str] | None = None) -> int:
    """Parses the command line and runs; 0 on success, 1 with one line on standard error for bad input."""
    models = Path(__file__).resolve().parents[2]
    zoo, fixtures = models / "zoo", models.parent / "tests" / "models" / "fixtures"
    parser = argparse.ArgumentParser(prog="austream_training", description=__doc__)
    commands = parser.add_subparsers(required=True)

    train = commands.add_parser("train", help="train a network on shards of synthetic people; resumes from --out")
    train.add_argument("--config", type=Path, required=True)
    _add_data(train)
    train.add_argument("--out", type=Path, required=True, help="folder outside the repository for checkpoints")
    train.add_argument("--processes", type=int, default=1, help="processes that share each batch; on a CPU one per core")
    train.add_argument("--threads", type=int, default=0, help="threads of each process; 0: PyTorch's own choice, 1 with several")
    add_precision(train)
    train.add_argument("--teacher", type=Path, help="finished run of the network that a small one learns from")
    train.set_defaults(run_command=_train)

    export = commands.add_parser("export", help="write ONNX, manifest, card and parity vectors into the zoo")
    export.add_argument("--run", type=Path, required=True)
    _add_data(export)
    export.add_argument("--zoo", type=Path, default=zoo)
    export.add_argument("--fixtures", type=Path, default=fixtures, help="where the parity vectors for the C# tests go")
    export.set_defaults(run_command=_export)

    evaluate = commands.add_parser("evaluate", help="metrics per action unit on synthetic test people")
    evaluate.add_argument("--run", type=Path, required=True)
    _add_data(evaluate)
    evaluate.add_argument("--zoo", type=Path, default=zoo)
    evaluate.set_defaults(run_command=_evaluate)

    london = commands.add_parser("evaluate-london", help="smiling against neutral, from frames.csv of `austream analyze`")
    london.add_argument("--frames-neutral", type=Path, required=True)
    london.add_argument("--frames-smiling", type=Path, required=True)
    london.set_defaults(run_command=_evaluate_london)

    variants = commands.add_parser("variants", help="half-precision and 8-bit variants of a network of the zoo, and what they lose")
    variants.add_argument("--model", required=True)
    variants.set_defaults(run_command=_variants)

    comparison = commands.add_parser("compare", help="all networks of the zoo on the same synthetic test people, as a table")
    comparison.add_argument("--model", action="append", help="only this model; several times for several")
    comparison.add_argument("--real", type=Path, help="folder with ID/neutral/frames.csv and ID/smiling/frames.csv of `austream analyze`")
    comparison.add_argument("--json", type=Path, help="also write everything as JSON")
    comparison.set_defaults(run_command=_compare)

    places = commands.add_parser("point-places", help="where labelled face points lie beside where the face mesh sees them, and the heads' proportions")
    _add_data(places)
    places.set_defaults(run_command=_point_places)

    ablation = commands.add_parser("ablation-table", help="what ablation.sh measured, with paired intervals over the real people")
    ablation.add_argument("--zoo", type=Path, required=True, help="manifests of the networks")
    ablation.add_argument("--real", type=Path, required=True, help="folder with ID/neutral/frames.csv and ID/smiling/frames.csv")
    ablation.add_argument("--first", required=True, help="the network that all others are compared with")
    ablation.set_defaults(run_command=_ablation_table)

    significance = commands.add_parser("significance", help="how much each patch of regions-22 matters to each action unit: CSV, PNG")
    significance.add_argument("--model", default="regions-22")
    significance.set_defaults(run_command=_significance)

    relations = commands.add_parser("relations", help="which action units go together, labels against predictions: CSV, PNG")
    relations.add_argument("--model", required=True)
    relations.set_defaults(run_command=_relations)

    for command in (significance, relations):
        command.add_argument("--out", type=Path, required=True)
    for command in (variants, comparison, significance, relations):
        _add_data(command)
        command.add_argument("--zoo", type=Path, default=zoo)
    add_temporal_commands(commands, zoo, fixtures)
    add_landmark_commands(commands, zoo, fixtures)

    arguments = parser.parse_args(argv)
    try:
        arguments.run_command(arguments)
    except (RefusedData, BadConfiguration, FileNotFoundError, ValueError) as error:
        print(f"austream_training: {error}", file=sys.stderr)
        return 1
    return 0
