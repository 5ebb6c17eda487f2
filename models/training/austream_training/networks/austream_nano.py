"""austream-nano: austream-base made small, for boards and for pictures with many faces."""

from torch import nn
from torch.nn import functional

from ..data.face_mesh import network_points
from .austream_base import AuStreamBase
from .blocks import FusedInvertedResidual, InvertedResidual, convolution
from .registry import network


class _Halved(nn.Module):
    """Averages 2 x 2 pixels: half the picture costs a quarter, and wrinkles smaller than that are lost on far faces anyway."""

    def forward(self, image):
        """[n, c, h, w] to [n, c, h/2, w/2]."""
        return functional.avg_pool2d(image, 2)


def _backbone(width: int) -> nn.Sequential:
    """[n, 3, 112, 112] to [n, 4·width, 7, 7]."""
    return nn.Sequential(
        _Halved(), convolution(3, width, 3, 2),
        FusedInvertedResidual(width, 2 * width, 2, 2), FusedInvertedResidual(2 * width, 2 * width, 1, 2),
        InvertedResidual(2 * width, 4 * width, 2, 3), InvertedResidual(4 * width, 4 * width, 1, 2))


@network("austream-nano", tuple(network_points()))
def austream_nano(
        landmark_count: int, action_unit_count: int, width: int = 16, branch_dropout: float = 0.1) -> AuStreamBase:
    """The same two branches, heads and features' meaning as austream-base, on half the picture and with 96 features."""
    return AuStreamBase(
        landmark_count, action_unit_count, width, branch_dropout, backbone=_backbone(width), reduced=8, picture_features=48,
        landmark_hidden=64, landmark_features=48, head_hidden=48)
