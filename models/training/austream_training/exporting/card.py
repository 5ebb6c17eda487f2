"""The model card: what the network is, what it was trained on, how well it does, and what it must not be used for."""

from pathlib import Path


def _curve_rows(curve: list[dict], rows: int = 12) -> list[dict]:
    evaluated = [entry for entry in curve if "validation_auc" in entry]
    if len(evaluated) <= rows:
        return evaluated
    return [evaluated[round(index * (len(evaluated) - 1) / (rows - 1))] for index in range(rows)]


def write_card(path: Path, manifest: dict, state: dict, report: dict, parameters: int, features: int) -> None:
    """Writes the card in Markdown. ``report`` is the summary on synthetic test people."""
    configuration = state["configuration"]
    error = manifest["metrics"].get("synthetic_test_landmark_error")
    size, landmarks = manifest["crop"]["size"], len(manifest["landmarks"])
    before = f"on top of the {configuration['start_from']} that was in the zoo before, " if configuration.get("start_from") else ""
    inputs = [f"`image` [N, 3, {size}, {size}]", *([f"`landmarks` [N, {2 * landmarks}]"] if landmarks else [])]
    lines = [
        f"# {manifest['id']} {manifest['version']}", "",
        "Measures facial action units on aligned faces. It says which muscles moved, never what a person feels.", "",
        "| | |", "|---|---|",
        f"| input | {', '.join(inputs)} |",
        f"| output | `intensity` [N, {len(manifest['action_units'])}] 0-5, `features` [N, {features}] |",
        f"| parameters | {parameters / 1e6:.2f} M |",
        f"| training data | {state['pictures']} rendered pictures of {state['people']} synthetic people; no picture of a real person |",
        f"| training | {before}{state['step']} steps of {configuration['batch']['people'] * configuration['batch']['pictures']} pictures, "
        f"{state['seconds'] / 60:.0f} minutes on {state['machine']}, seed {configuration['seed']} |",
        f"| licence | {manifest['licence']} |", f"| SHA-256 | `{manifest['sha256']}` |", "",
        "## On synthetic test people (never seen in training)", "",
        "Present means intensity 1 (level A) or more. The interval is a 95 % bootstrap over people. False presence: share of",
        "neutral faces on which the action unit is called present. Thresholds were chosen on other synthetic people.", "",
        "| AU | AUC | 95 % | F1 | ICC(3,1) | PCC | false presence, neutral | base rate | threshold |",
        "|---|---|---|---|---|---|---|---|---|"]
    for unit, threshold in zip(manifest["action_units"], manifest["thresholds"], strict=True):
        entry = report[f"AU{unit:02d}"]
        lines.append(
            f"| {unit} | {entry['auc']:.3f} | {entry['auc_low']:.3f}-{entry['auc_high']:.3f} | {entry['f1']:.3f} | {entry['icc']:.3f} "
            f"| {entry['pcc']:.3f} | {entry['false_presence_neutral']:.3f} | {entry['base_rate']:.3f} | {threshold:.2f} |")
    mean = report["mean"]
    lines += [
        f"| mean | {mean['auc']:.3f} | | {mean['f1']:.3f} | {mean['icc']:.3f} | {mean['pcc']:.3f} | {mean['false_presence_neutral']:.3f} | | |",
        *([] if error is None else [
            "", f"Its own 66 face points are on average {100 * error:.1f} % of the distance of the outer eye corners off on these people."]),
        "", "## Training curve", ""]
    lines += _curve_table(state["curve"])
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _curve_table(curve: list[dict]) -> list[str]:
    rows = _curve_rows(curve)
    if not rows:
        return ["The run was shorter than one evaluation."]
    parts = [name for name in rows[0] if name not in {"step", "seconds"} and not name.startswith("validation_auc")]
    lines = [f"| step | minutes | {' | '.join('loss ' + name for name in parts)} | validation AUC |", "|---|---|" + "---|" * (len(parts) + 1)]
    return lines + [
        f"| {entry['step']} | {entry['seconds'] / 60:.1f} | {' | '.join(f'{entry[name]:.4f}' for name in parts)} "
        f"| {entry['validation_auc']:.4f} |" for entry in rows]
