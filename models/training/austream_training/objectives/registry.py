"""One place that knows every objective: a configuration names one by id and gives its options."""

from collections.abc import Callable

from ..action_units import ACTION_UNITS
from .objective import Objective


def build_objective(name: str, **options) -> Objective:
    """Builds an objective; ValueError lists the known ids, or names the option, when there is none of that name."""
    builders = _builders()
    if name not in builders:
        raise ValueError(f"no objective {name!r}; there is {', '.join(sorted(builders))}")
    try:
        return builders[name](len(ACTION_UNITS), **options)
    except TypeError as error:
        raise ValueError(f"objective {name!r}: {error}") from error


def _builders() -> dict[str, Callable[..., Objective]]:
    from .distillation import Distillation
    from .global_local import GlobalLocal
    from .ordinal import OrdinalBranches
    from .presence import MultiLabel, SkewWeighted, SlopeRate
    from .structure import StagedStructure

    return {
        "ordinal": OrdinalBranches, "distillation": Distillation, "global-local": GlobalLocal, "skew-weighted": SkewWeighted,
        "multi-label": MultiLabel, "slope-rate": SlopeRate, "staged-structure": StagedStructure}
