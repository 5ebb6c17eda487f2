"""The comparison as Markdown, for docs/models.md."""

from ..action_units import ACTION_UNITS


def markdown(comparison: dict) -> str:
    """Two tables: the means with their intervals, and both F1 per action unit."""
    methods = comparison["methods"]
    lines = [
        f"{comparison['test_frames']} frames of {comparison['test_people']} test people; present means level A or more; an event counts when "
        f"{comparison['overlap']:.0%} of its frames are shared; intervals: 95 % bootstrap over people, gains drawn in pairs: over the frame alone, and with a reference over \"frame + reference\" where a head uses time.", "",
        "| method | AUC | mean F1-frame | gain | mean F1-event | gain | false presence at rest |", "|---|---|---|---|---|---|---|"]
    for name, entry in methods.items():
        cells = [f"{entry['auc']:.3f}"]
        for metric in ("f1_frame", "f1_event"):
            low, high = entry[f"{metric}_interval"]
            cells.append(f"{entry[metric]['mean']:.3f} ({low:.3f}–{high:.3f})")
            if f"{metric}_gain" in entry:
                low, high = entry[f"{metric}_gain_interval"]
                cells.append(f"{entry[f'{metric}_gain']:+.3f} ({low:+.3f}…{high:+.3f})")
            else:
                cells.append("")
        lines.append(f"| {name} | {' | '.join(cells)} | {100 * entry['false_presence_rest']:.1f} % |")
    lines += ["", "F1-frame / F1-event (its interval) per action unit:", "", f"| AU | {' | '.join(methods)} |", "|---|" + "---|" * len(methods)]
    for unit in (f"AU{number:02d}" for number in ACTION_UNITS):
        cells = []
        for entry in methods.values():
            low, high = entry["f1_event_unit_intervals"][unit]
            cells.append(f"{entry['f1_frame'][unit]:.2f} / {entry['f1_event'][unit]:.2f} ({low:.2f}–{high:.2f})")
        lines.append(f"| {unit} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"
