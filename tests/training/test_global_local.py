"""The global-local loss, against a direct evaluation of the paper's formulas in double precision."""

import math
import unittest
from itertools import combinations

import numpy as np
import torch

from tests.training import setup_path  # noqa: F401
from austream_training.losses.co_occurrence import co_occurrence, global_label_loss, global_local_labels, label_sets, soft_sign
from austream_training.losses.delaunay import grow_polygons, triangulate
from austream_training.losses.face_polygons import (
    global_landmark_loss, global_local_landmarks, local_landmark_loss, path_length, polygon_area)

EPSILON = 0.3
SCORES = torch.tensor([[0.6, -0.2, 1.4, -2.0, 0.1], [-0.9, 0.5, 0.3, 0.8, -0.4]], dtype=torch.double)
LABELS = torch.tensor([[1.0, -1, 1, -1, 1], [-1, 1, 0, 1, -1]], dtype=torch.double)


def occurs_together(values: list[float]) -> float:
    return math.prod((1 + value) / 2 for value in values) + math.prod((1 - value) / 2 for value in values)


def direct_label_loss(size: int) -> float:
    total = 0.0
    for scores, labels in zip(SCORES.tolist(), LABELS.tolist(), strict=True):
        for chosen in combinations(range(5), size):
            wanted = [labels[index] for index in chosen]
            if 0 in wanted:
                continue
            found = [scores[index] / math.sqrt(scores[index] ** 2 + EPSILON) for index in chosen]
            together = 1.0 if len(set(wanted)) == 1 else 0.0
            total += (occurs_together(found) - together) ** 2
    scale = 2 / (5 * 6) if size == 2 else 1 / math.comb(5, size)
    return total / 2 * scale


class CoOccurrenceTests(unittest.TestCase):
    def test_it_is_the_papers_indicator_at_plus_and_minus_one(self) -> None:
        for signs in ([1.0, 1, 1], [-1.0, -1, -1], [1.0, -1, 1], [-1.0, 1]):
            expected = float(len(set(signs)) == 1)
            self.assertEqual(float(co_occurrence(torch.tensor(signs))), expected)

    def test_the_soft_sign_approaches_the_sign(self) -> None:
        values = soft_sign(torch.tensor([-3.0, 0.0, 2.0], dtype=torch.double), 1e-9)
        np.testing.assert_allclose(values.numpy(), [-1, 0, 1], atol=1e-8)

    def test_pairs_triplets_and_larger_sets_follow_equations_4_7_and_13(self) -> None:
        for size in (2, 3, 4):
            with self.subTest(size=size):
                loss = global_label_loss(SCORES, LABELS, label_sets(5, size), EPSILON)
                self.assertAlmostEqual(float(loss), direct_label_loss(size), places=12)

    def test_the_whole_loss_adds_the_local_term(self) -> None:
        local = np.mean([
            sum((score - label) ** 2 for score, label in zip(scores, labels, strict=True) if label) / 5
            for scores, labels in zip(SCORES.tolist(), LABELS.tolist(), strict=True)])
        sets = [label_sets(5, 2), label_sets(5, 3)]
        loss = global_local_labels(SCORES, LABELS, sets, 2.0, [0.5, 3.0], EPSILON)
        expected = 2 * local + 0.5 * direct_label_loss(2) + 3 * direct_label_loss(3)
        self.assertAlmostEqual(float(loss), expected, places=12)

    def test_gradients_are_those_of_finite_differences(self) -> None:
        scores = SCORES.clone().requires_grad_(True)
        sets = [label_sets(5, 2), label_sets(5, 3)]
        self.assertTrue(torch.autograd.gradcheck(
            lambda value: global_local_labels(value, LABELS, sets, 1.0, [1.0, 1.0], EPSILON), scores))

    def test_sets_are_complete_or_drawn_without_repetition(self) -> None:
        self.assertEqual(len(label_sets(21, 2)), 210)
        drawn = label_sets(21, 4, 500, seed=2)
        self.assertEqual(len({tuple(row) for row in drawn.tolist()}), 500)
        self.assertTrue((drawn[:, 1:] > drawn[:, :-1]).all())
        torch.testing.assert_close(drawn, label_sets(21, 4, 500, seed=2))


class TriangulationTests(unittest.TestCase):
    def setUp(self) -> None:
        self.points = np.random.default_rng(4).random((40, 2))
        self.triangles = triangulate(self.points)

    def test_no_point_lies_within_the_circle_of_a_triangle(self) -> None:
        for triangle in self.triangles:
            a, b, c = self.points[triangle]
            matrix = 2 * np.array([b - a, c - a])
            centre = np.linalg.solve(matrix, [b @ b - a @ a, c @ c - a @ a])
            radius = np.linalg.norm(a - centre)
            self.assertTrue((np.linalg.norm(self.points - centre, axis=1) >= radius - 1e-9).all())

    def test_the_triangles_tile_the_convex_hull(self) -> None:
        area = polygon_area(torch.from_numpy(self.points[self.triangles])).numpy()
        self.assertTrue((area > 0).all(), "counter-clockwise")
        # Gift wrapping, an independent way to the hull.
        hull, current = [], int(self.points[:, 0].argmin())
        while current not in hull:
            hull.append(current)
            following = (current + 1) % len(self.points)
            for other in range(len(self.points)):
                first, second = self.points[following] - self.points[current], self.points[other] - self.points[current]
                if first[0] * second[1] - first[1] * second[0] < 0:
                    following = other
            current = following
        hull_area = float(polygon_area(torch.from_numpy(self.points[hull])))
        self.assertAlmostEqual(area.sum(), hull_area, places=9)

    def test_polygons_are_simple_unions_of_triangles(self) -> None:
        areas = {frozenset(triangle): float(area) for triangle, area in zip(
            self.triangles.tolist(), polygon_area(torch.from_numpy(self.points[self.triangles])), strict=True)}
        for size in (4, 6):
            polygons = grow_polygons(self.triangles, size, 30, seed=1)
            self.assertEqual(polygons.shape, (30, size))
            for polygon in polygons:
                self.assertEqual(len(set(polygon.tolist())), size)
                inside = [area for corners, area in areas.items() if corners <= set(polygon.tolist())]
                area = float(polygon_area(torch.from_numpy(self.points[polygon])))
                self.assertGreater(area, 0)
                self.assertLessEqual(area, sum(inside) + 1e-9)
                self.assertFalse(self._crosses(self.points[polygon]))

    @staticmethod
    def _crosses(corners: np.ndarray) -> bool:
        def side(a, b, c):
            return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

        count = len(corners)
        edges = [(corners[index], corners[(index + 1) % count]) for index in range(count)]
        return any(
            side(*edges[i], edges[j][0]) * side(*edges[i], edges[j][1]) < 0
            and side(*edges[j], edges[i][0]) * side(*edges[j], edges[i][1]) < 0
            for i in range(count) for j in range(i + 2, count) if (i, j) != (0, count - 1))


class LandmarkLossTests(unittest.TestCase):
    def setUp(self) -> None:
        random = np.random.default_rng(6)
        self.true = random.random((2, 7, 2))
        self.found = self.true + random.normal(0, 0.1, (2, 7, 2))
        self.polygons = np.array([[0, 3, 5, 6], [1, 2, 4, 6]])

    def _direct(self, polygon: np.ndarray) -> float:
        def area(points):
            return sum(points[k][0] * points[(k + 1) % len(points)][1] - points[k][1] * points[(k + 1) % len(points)][0] for k in range(len(points))) / 2

        def length(points):
            return sum(math.dist(points[k], points[k + 1]) for k in range(len(points) - 1))

        return np.mean([
            (area(self.found[n][polygon]) - area(self.true[n][polygon])) ** 2
            + (length(self.found[n][polygon]) - length(self.true[n][polygon])) ** 2 for n in range(2)])

    def test_area_of_a_square_and_length_of_a_path(self) -> None:
        square = torch.tensor([[0.0, 0], [2, 0], [2, 2], [0, 2]], dtype=torch.double)
        self.assertAlmostEqual(float(polygon_area(square)), 4.0)
        self.assertAlmostEqual(float(polygon_area(square.flip(0))), -4.0)
        self.assertAlmostEqual(float(path_length(square)), 6.0, places=9)

    def test_the_loss_follows_equations_2_9_10_and_12(self) -> None:
        found, true, polygons = torch.from_numpy(self.found), torch.from_numpy(self.true), torch.from_numpy(self.polygons)
        local = np.mean([[math.dist(self.found[n, k], self.true[n, k]) ** 2 for k in range(7)] for n in range(2)])
        expected = np.mean([self._direct(polygon) for polygon in self.polygons])
        self.assertAlmostEqual(float(local_landmark_loss(found, true)), local, places=12)
        self.assertAlmostEqual(float(global_landmark_loss(found, true, polygons)), expected, places=9)
        whole = global_local_landmarks(found, true, [polygons], 2.0, [0.7])
        self.assertAlmostEqual(float(whole), 2 * local + 0.7 * expected, places=9)

    def test_pairs_of_points_compare_distances(self) -> None:
        pair = np.array([[1, 4]])
        expected = np.mean([
            (math.dist(self.found[n, 1], self.found[n, 4]) - math.dist(self.true[n, 1], self.true[n, 4])) ** 2 for n in range(2)])
        loss = global_landmark_loss(torch.from_numpy(self.found), torch.from_numpy(self.true), torch.from_numpy(pair))
        self.assertAlmostEqual(float(loss), expected, places=9)

    def test_gradients_are_those_of_finite_differences(self) -> None:
        true, polygons = torch.from_numpy(self.true), torch.from_numpy(self.polygons)
        found = torch.from_numpy(self.found).requires_grad_(True)
        self.assertTrue(torch.autograd.gradcheck(
            lambda value: global_local_landmarks(value, true, [polygons], 1.0, [1.0]), found))


if __name__ == "__main__":
    unittest.main()
