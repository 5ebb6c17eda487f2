"""Smiling against neutral faces of the same real people: a test of transfer, never a source of training data.

Reads the ``frames.csv`` files that ``austream analyze`` wrote for a folder of neutral and a folder of smiling pictures.
"""

import csv
import re
from pathlib import Path

import numpy as np

from .metrics import area_under_curve

COMPARED = (6, 12, 25)


def read_frames(path: Path) -> dict[str, dict[str, float]]:
    """Per picture (the digits its file name starts with) the most confident face's columns as numbers."""
    rows: dict[str, dict[str, float]] = {}
    with path.open(newline="", encoding="utf-8") as handle:
        for row in csv.DictReader(handle):
            cleaned = {(name or "").strip(): (value or "").strip() for name, value in row.items()}
            person = re.match(r"\d+", Path(cleaned["file"]).name)
            if person is None or cleaned.get("success", "1") not in {"1", "True", "true"}:
                continue
            numbers = {name: float(value) for name, value in cleaned.items() if name.startswith("AU") and value}
            numbers["confidence"] = float(cleaned.get("confidence") or 0)
            best = rows.get(person.group())
            if best is None or numbers["confidence"] > best["confidence"]:
                rows[person.group()] = numbers
    return rows


def smile_scores(neutral: Path, smiling: Path, unit: int) -> tuple[list[str], np.ndarray]:
    """People of both files, and their intensities of an action unit, float64 ``[people, 2]``: at rest, smiling."""
    at_rest, smiles = read_frames(neutral), read_frames(smiling)
    both = sorted(set(at_rest) & set(smiles))
    name = f"AU{unit:02}_r"
    return both, np.array([[at_rest[person][name], smiles[person][name]] for person in both])


def compare(neutral: Path, smiling: Path) -> dict:
    """AUC of AU6, AU12, AU25 across people and relative to each person's neutral picture; presence rates on neutral."""
    at_rest, smiles = read_frames(neutral), read_frames(smiling)
    both = sorted(set(at_rest) & set(smiles))
    if not both:
        raise ValueError(f"{neutral} and {smiling} share no person: file names must start with the same digits")
    result: dict = {"people": len(both), "auc": {}, "auc_relative": {}, "presence_neutral": {}, "presence_smiling": {}}
    units = sorted({name[:-2] for name in at_rest[both[0]] if name.endswith("_r")})
    for unit in units:
        rest = np.array([at_rest[person][f"{unit}_r"] for person in both])
        smile = np.array([smiles[person][f"{unit}_r"] for person in both])
        labels = np.r_[np.zeros(len(both), bool), np.ones(len(both), bool)]
        if int(unit[2:]) in COMPARED:
            result["auc"][unit] = area_under_curve(np.r_[rest, smile], labels)
            # Relative to the reference a neutral picture is zero by definition.
            result["auc_relative"][unit] = area_under_curve(np.r_[np.zeros(len(both)), smile - rest], labels)
        result["presence_neutral"][unit] = float(np.mean([at_rest[person][f"{unit}_c"] for person in both]))
        result["presence_smiling"][unit] = float(np.mean([smiles[person][f"{unit}_c"] for person in both]))
    result["mean_presence_neutral"] = float(np.mean(list(result["presence_neutral"].values())))
    return result
