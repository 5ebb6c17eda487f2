"""The landmark network's card."""

from pathlib import Path


def write_card(path: Path, manifest: dict, state: dict, parameters: int) -> None:
    """Writes the card in Markdown from the manifest and the checkpoint's facts."""
    configuration, size = state["configuration"], manifest["input_size"]
    measured = {name.removeprefix("synthetic_test_"): value for name, value in manifest["metrics"].items()}
    lines = [
        f"# {manifest['id']} {manifest['version']}", "",
        "Finds 66 face points in the region of a face and completes them to the 468 points of the face mesh (paper 1: Benitez-Quiroz et al.,",
        "ICCV 2017, table 1). It says where a face's features are, never who it is.", "",
        "| | |", "|---|---|",
        f"| input | `image` [N, 3, {size}, {size}], {manifest['pixels']}: a square of {manifest['region_margin']} times the face's box |",
        "| output | `landmarks` [N, 468, 3] and `points` [N, 66, 2] in pixels of the input, `face_flag` [N, 1] log-odds of a face |",
        f"| parameters | {parameters / 1e6:.2f} M, without the completion |",
        f"| training data | {state['pictures']} rendered pictures of {state['people']} synthetic people; no picture of a real person. The completion is "
        "fitted to what `face_landmark_with_attention` found in the same rendered pictures |",
        f"| training | {state['step']} steps of {configuration['faces']} faces and {configuration['empty']} squares without one, "
        f"{state['seconds'] / 60:.0f} minutes on {state['machine']}, seed {configuration['seed']} |",
        f"| licence | {manifest['licence']} |", f"| SHA-256 | `{manifest['sha256']}` |", "",
        f"## On synthetic test people (never seen in training; {measured['faces']:.0f} pictures)", "",
        "Mean distance over the points in units of the distance of the outer eye corners.", "",
        "| | |", "|---|---|",
        f"| 66 points, exact framing | {100 * measured['point_error_exact_framing']:.2f} % |",
        f"| 66 points, first look (framing off by 8 % of the face, 15 % of its size, 5°) | {100 * measured['point_error_first_look']:.2f} % |",
        f"| 66 points, second look | {100 * measured['point_error']:.2f} % (median {100 * measured['point_error_median']:.2f} %) |",
        f"| 468 points, second look, against `face_landmark_with_attention` | {100 * measured['mesh_error']:.2f} % |",
        f"| faces seen at the first, second look | {100 * measured['faces_seen_first_look']:.1f} %, {100 * measured['faces_seen']:.1f} % |",
        f"| {measured['empty_squares']:.0f} squares without a face, taken for one | {100 * measured['empty_taken_for_faces']:.1f} % |", "",
        "Real faces (test only): docs/models.md.", "", "## Training curve", "", "| step | minutes | loss points | distance | loss face | validation error |",
        "|---|---|---|---|---|---|"]
    rows = [entry for entry in state["curve"] if "validation_error" in entry]
    lines += [
        f"| {entry['step']} | {entry['seconds'] / 60:.1f} | {entry['points']:.4f} | {entry['distance']:.4f} | {entry['face']:.4f} "
        f"| {entry['validation_error']:.4f} |" for entry in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
