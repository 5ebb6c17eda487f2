"""Delaunay triangulation of a face shape, and polygons grown over it (Benitez-Quiroz et al. 2017, section 2.2)."""

import numpy as np


def triangulate(points: np.ndarray) -> np.ndarray:
    """points [n, 2] in general position to triangles int64 [m, 3], each counter-clockwise in (x, y) (Bowyer-Watson)."""
    points = np.asarray(points, float)
    middle = (points.min(0) + points.max(0)) / 2
    reach = 1000 * float(np.ptp(points, axis=0).max())
    count = len(points)
    corners = middle + reach * np.array([[-1.0, -1.0], [1.0, -1.0], [0.0, 1.0]])
    places = np.concatenate([points, corners])
    triangles = [(count, count + 1, count + 2)]
    for index in range(count):
        hit = [triangle for triangle in triangles if _in_circle(places[list(triangle)], places[index])]
        edges: dict[tuple[int, int], int] = {}
        for a, b, c in hit:
            for edge in ((a, b), (b, c), (c, a)):
                edges[edge] = edges.get(edge, 0) + 1
        border = [edge for edge in edges if (edge[1], edge[0]) not in edges]
        triangles = [triangle for triangle in triangles if triangle not in hit]
        triangles += [(start, end, index) for start, end in border]
    return np.array(sorted(triangle for triangle in triangles if max(triangle) < count), np.int64)


def _in_circle(triangle: np.ndarray, point: np.ndarray) -> bool:
    relative = triangle - point
    matrix = np.concatenate([relative, (relative ** 2).sum(1, keepdims=True)], 1)
    return float(np.linalg.det(matrix)) > 0


def grow_polygons(triangles: np.ndarray, size: int, most: int, seed: int) -> np.ndarray:
    """Polygons of ``size`` corners, int64 [polygons, size], counter-clockwise and free of self-intersections.

    Each is a union of neighbouring triangles: a triangle, then one more across a border edge as long as it brings a new corner.
    So every polygon follows the triangulation, and its corners are all on its border. At most ``most`` are drawn with the
    seed; for size 3 they are the triangles themselves.
    """
    across = {}
    for triangle in triangles.tolist():
        for shift in range(3):
            start, end, third = triangle[shift], triangle[(shift + 1) % 3], triangle[(shift + 2) % 3]
            across[start, end] = third
    if size == 3:
        chosen = triangles if len(triangles) <= most else triangles[
            np.sort(np.random.default_rng(seed).choice(len(triangles), most, replace=False))]
        return chosen.copy()
    random = np.random.default_rng(seed)
    polygons: dict[tuple[int, ...], None] = {}
    for _ in range(50 * most):
        if len(polygons) == most:
            break
        polygon = triangles[random.integers(len(triangles))].tolist()
        while len(polygon) < size:
            options = []
            for place, start in enumerate(polygon):
                third = across.get((polygon[(place + 1) % len(polygon)], start))
                if third is not None and third not in polygon:
                    options.append((place + 1, third))
            if not options:
                break
            place, third = options[random.integers(len(options))]
            polygon.insert(place, third)
        if len(polygon) == size:
            first = polygon.index(min(polygon))
            polygons.setdefault(tuple(polygon[first:] + polygon[:first]))
    return np.array(list(polygons), np.int64)


def point_sets(shape: np.ndarray, largest: int, most: int) -> list[np.ndarray]:
    """The sets of points of the global term, int64 [p, t] for t = 2 to ``largest``: pairs are the edges of the triangulation of a mean
    ``shape`` [n, 2], larger sets polygons grown over it, at most ``most`` of each size."""
    triangles = triangulate(shape)
    edges = np.unique(np.sort(np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]]), axis=1), axis=0)
    return [edges, *(grow_polygons(triangles, size, most, size) for size in range(3, largest + 1))]
