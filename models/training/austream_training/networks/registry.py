"""One place that knows every network: a configuration names one by id and gives its options."""

import importlib
from collections.abc import Callable

from torch import nn

_MODULES = ("austream_base", "austream_nano", "gl_cnn", "regions", "dsin", "hybrid", "dscmr")
_BUILDERS: dict[str, Callable[..., nn.Module]] = {}
_POINTS: dict[str, tuple[int, ...]] = {}


def network(name: str, points: tuple[int, ...] = ()) -> Callable[[Callable[..., nn.Module]], Callable[..., nn.Module]]:
    """Decorator: registers a class or function that builds a network under an id, with the mesh points that feed it."""

    def register(builder: Callable[..., nn.Module]) -> Callable[..., nn.Module]:
        if name in _BUILDERS:
            raise ValueError(f"two networks are called {name}")
        _BUILDERS[name], _POINTS[name] = builder, points
        return builder

    return register


def build_network(name: str, landmark_count: int, action_unit_count: int, **options) -> nn.Module:
    """Builds a network for ``landmark_count`` points (those of ``landmark_points``); ValueError lists the known ids when there
    is none of that name."""
    _require(name)
    return _BUILDERS[name](landmark_count=landmark_count, action_unit_count=action_unit_count, **options)


def landmark_points(name: str) -> list[int]:
    """Mesh indices of the points that feed a network, in order; empty for a network that takes the picture alone."""
    _require(name)
    return list(_POINTS[name])


def network_names() -> list[str]:
    """The ids of all networks, sorted."""
    for module in _MODULES:
        importlib.import_module(f".{module}", __package__)
    return sorted(_BUILDERS)


def _require(name: str) -> None:
    if name not in (names := network_names()):
        raise ValueError(f"no network {name!r}; there is {', '.join(names)}")
