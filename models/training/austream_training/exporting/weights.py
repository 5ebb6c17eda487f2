"""Weights as they are stored: normalisation folded into convolutions, rounded to half precision."""

import copy

import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval


def folded(network: nn.Module) -> nn.Module:
    """A copy in evaluation mode whose batch normalisations are folded into the convolutions right before them."""
    copied = copy.deepcopy(network).eval()
    for parent in list(copied.modules()):
        if not isinstance(parent, nn.Sequential):
            continue
        names = list(parent._modules)
        for name, following in zip(names, names[1:]):
            first, second = parent._modules[name], parent._modules[following]
            if isinstance(first, nn.Conv2d) and isinstance(second, nn.BatchNorm2d):
                parent._modules[name] = fuse_conv_bn_eval(first, second)
                parent._modules[following] = nn.Identity()
    return copied


@torch.no_grad()
def rounded_to_half(network: nn.Module) -> nn.Module:
    """The network with every weight of more than one dimension rounded to the nearest half-precision number, in place: what a
    file of half the size can hold exactly. Small tensors (biases, cut points) keep single precision."""
    for parameter in network.parameters():
        if parameter.dim() > 1:
            parameter.copy_(parameter.half().float())
    return network
