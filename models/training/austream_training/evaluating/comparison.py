"""All networks of the zoo side by side on the same synthetic test people, and on real faces where those were measured."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from ..data.shards import SyntheticPeople
from .london import compare as compare_real
from .summary import summarise
from .zoo_model import ZooModel, model_names

BATCH = 16


def compare_models(
        zoo: Path, data: Path | Sequence[Path], real: Path | None, names: Sequence[str] | None = None) -> list[dict]:
    """One entry per model: metrics on the test people with the manifest's thresholds, time, size; ``real``/ID/neutral and
    /smiling hold what `austream analyze` wrote for real faces, which are never opened here."""
    people = SyntheticPeople(data)
    rows = np.flatnonzero(people.split == 2)
    entries = []
    for name in names or model_names(zoo):
        model = ZooModel.read(zoo, name)
        feed = model.feed(people)
        predicted = model.predict(feed, rows)
        thresholds = np.array(model.manifest["thresholds"], np.float32)
        report = summarise(predicted.intensity, people.intensity[rows], thresholds, people.identity[rows], people.neutral[rows])
        entry = {
            "id": name, "version": model.manifest["version"], "megabytes": model.path.stat().st_size / 1e6,
            "milliseconds_1": model.milliseconds(feed, rows, 1), f"milliseconds_{BATCH}": model.milliseconds(feed, rows, BATCH),
            "synthetic": report}
        frames = [real / name / part / "frames.csv" for part in ("neutral", "smiling")] if real else []
        if frames and all(path.is_file() for path in frames):
            entry["real"] = compare_real(*frames)
        entries.append(entry)
    return entries


def markdown(entries: list[dict]) -> str:
    """The entries as two tables: one row per model, and the area under the curve per action unit."""
    lines = [
        "| model | AUC | F1 | ICC(3,1) | false presence, neutral | ms, 1 face | ms per face, 16 | MB | real: AU12 | AU6 | "
        "AU12 with reference | AU6 with reference | presence, neutral |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|---|"]
    for entry in entries:
        mean, found = entry["synthetic"]["mean"], entry.get("real")
        cells = [
            f"`{entry['id']}`", f"{mean['auc']:.3f}", f"{mean['f1']:.3f}", f"{mean['icc']:.3f}",
            f"{100 * mean['false_presence_neutral']:.1f} %", f"{entry['milliseconds_1']:.2f}", f"{entry[f'milliseconds_{BATCH}']:.2f}",
            f"{entry['megabytes']:.1f}"]
        cells += [
            f"{found['auc']['AU12']:.3f}", f"{found['auc']['AU06']:.3f}", f"{found['auc_relative']['AU12']:.3f}",
            f"{found['auc_relative']['AU06']:.3f}", f"{100 * found['mean_presence_neutral']:.1f} %"] if found else ["–"] * 5
        lines.append(f"| {' | '.join(cells)} |")
    units = [name for name in entries[0]["synthetic"] if name != "mean"] if entries else []
    lines += ["", f"| AUC | {' | '.join(entry['id'] for entry in entries)} |", "|---|" + "---|" * len(entries)]
    lines += [
        f"| {unit} | {' | '.join(format(entry['synthetic'][unit]['auc'], '.3f') for entry in entries)} |" for unit in units]
    return "\n".join(lines) + "\n"
