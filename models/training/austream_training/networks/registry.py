"""One place that knows every network: a configuration names one by id and gives its options."""

from collections.abc import Callable

from torch import nn

_BUILDERS: dict[str, Callable[..., nn.Module]] = {}


def network(name: str) -> Callable[[Callable[..., nn.Module]], Callable[..., nn.Module]]:
    """Decorator: registers a class or function that builds a network under an id."""

    def register(builder: Callable[..., nn.Module]) -> Callable[..., nn.Module]:
        if name in _BUILDERS:
            raise ValueError(f"two networks are called {name}")
        _BUILDERS[name] = builder
        return builder

    return register


def build_network(name: str, landmark_count: int, action_unit_count: int, **options) -> nn.Module:
    """Builds a network; ValueError lists the known ids when there is none of that name."""
    from . import austream_base  # noqa: F401  the import registers the network

    if name not in _BUILDERS:
        raise ValueError(f"no network {name!r}; there is {', '.join(sorted(_BUILDERS))}")
    return _BUILDERS[name](landmark_count=landmark_count, action_unit_count=action_unit_count, **options)
