"""gl-cnn: the global-local loss on landmarks and on action units."""

import torch
from torch import nn

from ..data.face_points import OUTER_EYE_CORNERS
from ..data.feed import Batch
from ..losses.co_occurrence import global_local_labels, label_sets
from ..losses.delaunay import point_sets
from ..losses.face_polygons import global_local_landmarks
from ..losses.presence_labels import presence_labels
from .objective import Objective, TrainingData, forward

SHAPE_ROWS = 2000


class GlobalLocal(Objective):
    """Both parts of the network by eq. 12, side by side: landmark_weight · landmarks + action units.

    Sets of 2 to ``largest`` landmarks: pairs are the edges of the triangulation of the mean shape, larger sets polygons grown over
    it, at most ``polygons`` of each size. Sets of 2 to ``largest`` action units, at most ``label_sets`` of each size. The
    paper finds the weights by cross-validation and does not print them; here the terms count alike. ``epsilon`` smooths the
    sign function h. Landmark distances are in units of the distance of the outer eye corners.
    """

    parts = ("action_units", "points", "point_distance")
    needs_face_points = True

    def __init__(
            self, action_unit_count: int, epsilon: float = 0.5, largest: int = 4, most_label_sets: int = 1500, polygons: int = 300,
            local_weight: float = 1.0, global_weight: float = 1.0, landmark_weight: float = 20.0) -> None:
        super().__init__()
        self.epsilon, self.local_weight, self.global_weight = epsilon, local_weight, global_weight
        self.landmark_weight, self.largest, self.polygon_count = landmark_weight, largest, polygons
        self.label_sets = [label_sets(action_unit_count, size, most_label_sets) for size in range(2, largest + 1)]
        self.polygons: list[torch.Tensor] = []

    def prepare(self, network: nn.Module, data: TrainingData) -> None:
        """Triangulates the mean shape of the training people and starts the landmark network from it."""
        feed, rows = data.feed, data.rows
        chosen = rows[:: max(1, len(rows) // SHAPE_ROWS)]
        points = feed.people.points66(chosen)
        shape = (points.mean(0) - feed.people.crop_size / 2) / feed.crop.size
        self.polygons = [torch.from_numpy(chosen).to(feed.device) for chosen in point_sets(shape, self.largest, self.polygon_count)]
        self.label_sets = [chosen.to(feed.device) for chosen in self.label_sets]
        network.landmarks.start_from(torch.from_numpy(shape).float().to(feed.device))

    def losses(self, network: nn.Module, batch: Batch) -> tuple[torch.Tensor, list[torch.Tensor]]:
        """See the class."""
        output = forward(network, batch)
        weights = [self.global_weight] * len(self.label_sets)
        units = global_local_labels(
            output.scores, presence_labels(batch.intensity), self.label_sets, self.local_weight, weights, self.epsilon)
        left, right = (batch.points66[:, corner] for corner in OUTER_EYE_CORNERS)
        scale = ((right - left) ** 2).sum(1).sqrt().clamp_min(1e-3).reshape(-1, 1, 1)
        found, true = output.points / scale, batch.points66 / scale
        points = global_local_landmarks(
            found, true, self.polygons, self.local_weight, [self.global_weight] * len(self.polygons))
        distance = ((found - true) ** 2).sum(2).sqrt().mean()
        return units + self.landmark_weight * points, [units, points, distance]
