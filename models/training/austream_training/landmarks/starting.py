"""Starts the landmark network from the landmark part of a network of the zoo, which has learned from other synthetic people."""

from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from torch import nn

from ..exporting.compact import expand
from ..networks.landmark_cnn import LandmarkStage

_PREFIX = "landmarks."
_STAGE = "network."
"""What comes before it in a landmark network's own file."""


@torch.no_grad()
def start_from(network: LandmarkStage, model: Path, images: torch.Tensor) -> None:
    """Copies the weights of ``landmarks.*`` out of the ONNX file of a gl-cnn or of a landmark network, whose batch normalisations are folded into the convolutions. The
    normalisations of ``network`` are set so that, with the statistics of ``images`` [n, 3, S, S] in 0-1, it computes the same as the
    file's. Where the fully connected layers have another size (a larger picture), they stay as they are and only the convolutions
    start from the file. ValueError when a convolution is missing or has another size."""
    stored = {
        tensor.name.removeprefix(_STAGE).removeprefix(_PREFIX): torch.from_numpy(numpy_helper.to_array(tensor).copy())
        for tensor in expand(onnx.load(str(model))).graph.initializer
        if tensor.name.removeprefix(_STAGE).startswith(_PREFIX)}

    def weights(name: str, layer: nn.Module) -> tuple[torch.Tensor, torch.Tensor]:
        weight, bias = stored.get(f"{name}.weight"), stored.get(f"{name}.bias")
        if weight is None or bias is None or weight.shape != layer.weight.shape:
            raise ValueError(f"{model} has no layer landmarks.{name} of the size {tuple(layer.weight.shape)}: the options differ from its own")
        return weight, bias

    landmarks = network.landmarks
    connected = [*((f"hidden.{place}", landmarks.hidden[place]) for place in (0, 2)), ("output", landmarks.output)]
    if all((weight := stored.get(f"{name}.weight")) is not None and weight.shape == layer.weight.shape for name, layer in connected):
        for name, layer in connected:
            weight, bias = weights(name, layer)
            layer.weight.copy_(weight)
            layer.bias.copy_(bias)
    was_training = network.training
    network.eval()
    maps = network.standardise(images)
    layers = landmarks.convolutions
    for place, layer in enumerate(layers):
        if isinstance(layer, nn.Conv2d):
            weight, bias = weights(f"convolutions.{place}", layer)
            layer.weight.copy_(weight)
            found = layer(maps)
            mean, variance = found.mean((0, 2, 3)), found.var((0, 2, 3), unbiased=False)
            normalisation = layers[place + 1]
            normalisation.running_mean.copy_(mean)
            normalisation.running_var.copy_(variance)
            normalisation.weight.copy_((variance + normalisation.eps).sqrt())
            normalisation.bias.copy_(mean + bias)
            maps = found
        else:
            maps = layer(maps)
    network.train(was_training)
