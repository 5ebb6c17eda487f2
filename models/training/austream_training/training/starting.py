"""Starts a network from one of the zoo, which has learned from other synthetic people: minutes where a start from nothing takes an hour."""

from collections.abc import Iterator
from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from torch import nn

from ..exporting.compact import expand

_RELATIVE_PREFIX = "base."
"""What comes before the names in the file of the relative network."""


@torch.no_grad()
def start_from(network: nn.Module, model: Path, image: torch.Tensor, landmarks: torch.Tensor) -> list[str]:
    """Copies the weights out of ``model`` (and of ``ID.relative.onnx`` beside it) into ``network``, whose options must be those of the file.

    Files hold convolutions with their batch normalisation folded in; the normalisations are set so that, with the statistics of ``image``
    [n, 3, S, S] and ``landmarks`` [n, 2k], the network computes what the file's does. Returns the names of weights that no file has and that keep
    their random start (heads that only help in training). ValueError when that is most of them."""
    stored = _stored(model)
    missing = set()
    for name, parameter in [*network.named_parameters(), *((name, buffer) for name, buffer in network.named_buffers() if buffer.dtype.is_floating_point)]:
        if name in stored and stored[name].shape == parameter.shape:
            parameter.copy_(stored[name])
        else:
            missing.add(name)
    hooks = []
    for name, convolution, normalisation, normalisation_name in _folded_pairs(network):
        bias = stored.get(f"{name}.bias")
        if bias is None or f"{name}.weight" not in stored:
            continue
        missing -= {f"{normalisation_name}.weight", f"{normalisation_name}.bias"}
        hooks.append(normalisation.register_forward_pre_hook(_keeping(bias if convolution.bias is None else torch.zeros_like(bias))))
    anew = [name for name, _ in network.named_parameters() if name in missing]
    if 2 * len(anew) > len(list(network.parameters())):
        raise ValueError(f"{model} lacks {len(anew)} weights of this network, {anew[0]} first: name a network of the zoo with the same options")
    was_training = network.training
    network.eval()
    network(image, landmarks)
    network.train(was_training)
    for hook in hooks:
        hook.remove()
    return anew


def _stored(model: Path) -> dict[str, torch.Tensor]:
    """All weights of the files by name."""
    tensors = {}
    for path in (model, model.with_suffix(".relative.onnx")):
        if path.is_file():
            graph = expand(onnx.load(str(path))).graph
            products = {node.input[1]: node.name for node in graph.node if node.op_type == "MatMul"}
            for tensor in graph.initializer:
                name = tensor.name.removeprefix(_RELATIVE_PREFIX) if path != model else tensor.name
                values = torch.from_numpy(numpy_helper.to_array(tensor).copy())
                if name.startswith("onnx::") and name in products:
                    # A linear layer without a bias is a bare matrix product: its weights lose their name, the product keeps the layer's (/head/output/MatMul).
                    name, values = products[name].strip("/").removesuffix("/MatMul").replace("/", ".") + ".weight", values.t()
                tensors.setdefault(name, values)
    if not tensors:
        raise ValueError(f"{model} does not exist: start_from names a network of the zoo")
    return tensors


def _folded_pairs(network: nn.Module) -> Iterator[tuple[str, nn.Conv2d, nn.BatchNorm2d, str]]:
    """Convolutions whose normalisation ``weights.folded`` folds into them, with both names."""
    for prefix, parent in network.named_modules():
        if isinstance(parent, nn.Sequential):
            children = [(f"{prefix}.{name}", child) for name, child in parent.named_children()]
            for (name, first), (following, second) in zip(children, children[1:]):
                if isinstance(first, nn.Conv2d) and isinstance(second, nn.BatchNorm2d):
                    yield name, first, second, following


def _keeping(bias: torch.Tensor):
    """A hook that sets a normalisation to what it finds before it, so that it only adds ``bias``."""

    def set_to_input(normalisation: nn.BatchNorm2d, inputs: tuple[torch.Tensor, ...]) -> None:
        mean, variance = inputs[0].mean((0, 2, 3)), inputs[0].var((0, 2, 3), unbiased=False)
        normalisation.running_mean.copy_(mean)
        normalisation.running_var.copy_(variance)
        normalisation.weight.copy_((variance + normalisation.eps).sqrt())
        normalisation.bias.copy_(mean + bias)

    return set_to_input
