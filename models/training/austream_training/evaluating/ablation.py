"""Networks that learned from different data, side by side on the same real and synthetic people."""

import json
from pathlib import Path

import numpy as np

from .london import COMPARED, compare, smile_scores
from .metrics import area_under_curve

ROUNDS = 2000


def smile_area(scores: np.ndarray) -> float:
    """AUC of smiling against neutral faces, ``scores`` as :func:`~.london.smile_scores` gives them."""
    people = len(scores)
    return area_under_curve(np.r_[scores[:, 0], scores[:, 1]], np.r_[np.zeros(people, bool), np.ones(people, bool)])


def paired_difference(scores: np.ndarray, reference: np.ndarray, rounds: int = ROUNDS, seed: int = 1) -> tuple[float, float, float]:
    """AUC of ``scores`` minus AUC of ``reference`` (rows are the same people), with the ends of its 95 % bootstrap interval over people.

    Raises ValueError when the two are not of the same people."""
    if scores.shape != reference.shape:
        raise ValueError(f"{len(scores)} and {len(reference)} people cannot be paired")
    random = np.random.default_rng(seed)
    drawn = []
    for _ in range(rounds):
        rows = random.integers(0, len(scores), len(scores))
        drawn.append(smile_area(scores[rows]) - smile_area(reference[rows]))
    low, high = np.percentile(drawn, [2.5, 97.5])
    return smile_area(scores) - smile_area(reference), float(low), float(high)


def ablation_table(zoo: Path, real: Path, first: str) -> str:
    """Markdown: a row for each network in ``zoo`` with results in ``real``; real AUCs as differences from ``first``, intervals in brackets."""
    names = [first, *sorted(path.name for path in real.iterdir() if path.name != first and (zoo / f"{path.name}.json").exists())]
    scores: dict[tuple[str, int], np.ndarray] = {}
    people: dict[str, list[str]] = {}
    for name in names:
        for unit in COMPARED:
            people[name], scores[name, unit] = smile_scores(*_files(real, name), unit)
    others = [name for name in names if people[name] != people[first]]
    if others:
        raise ValueError(f"{', '.join(others)}: measured on other people than {first}")
    rows = [
        "| trained on | synthetic test: AUC | F1 | " + " | ".join(f"real: AU{unit:02}" for unit in COMPARED) + " | presence, neutral (highest) |",
        "|" + "---|" * (len(COMPARED) + 4),
    ]
    for name in names:
        metrics = json.loads((zoo / f"{name}.json").read_text(encoding="utf-8"))["metrics"]
        cells = []
        for unit in COMPARED:
            difference, low, high = paired_difference(scores[name, unit], scores[first, unit])
            area = f"{smile_area(scores[name, unit]):.3f}"
            cells.append(area if name == first else f"{area}, {difference:+.3f} ({low:+.3f}…{high:+.3f})")
        presence = compare(*_files(real, name))
        unit, highest = max(presence["presence_neutral"].items(), key=lambda entry: entry[1])
        rows.append(
            f"| {name.removeprefix('ablation-').replace('-', ' ')} | {metrics['synthetic_test_auc']:.3f} | {metrics['synthetic_test_f1']:.3f} | "
            + " | ".join(cells) + f" | {100 * presence['mean_presence_neutral']:.1f} % ({100 * highest:.0f} %, {unit}) |")
    return "\n".join(rows) + "\n"


def _files(real: Path, name: str) -> tuple[Path, Path]:
    return real / name / "neutral" / "frames.csv", real / name / "smiling" / "frames.csv"
