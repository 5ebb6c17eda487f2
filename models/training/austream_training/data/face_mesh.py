"""Geometry of the dense face mesh (468 points): which point mirrors which, and the points that feed the networks."""

import numpy as np

POINT_COUNT = 468

MIDLINE: tuple[int, ...] = (
    0, 1, 2, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 94, 151, 152, 164, 168, 175, 195, 197, 199, 200)
"""Points on the face's plane of symmetry."""


def mirror_indices() -> np.ndarray:
    """int64 [468]: for each point the one on the other side of the face.

    The mesh numbers the points of one half first (below 248, midline points in between) and then those of the other half
    in the same order, so the map follows from the midline alone.
    """
    mirror = np.arange(POINT_COUNT)
    first_half = [point for point in range(248) if point not in MIDLINE]
    second_half = range(248, POINT_COUNT)
    for here, there in zip(first_half, second_half, strict=True):
        mirror[here], mirror[there] = there, here
    return mirror


_ONE_SIDE = {
    "brow": (70, 63, 105, 66, 107, 46, 53, 52, 65, 55),
    "eye": (33, 7, 163, 144, 145, 153, 154, 155, 133, 246, 161, 160, 159, 158, 157, 173),
    "lid folds": (27, 28, 29, 30, 56, 23, 24, 110),
    "forehead": (69, 108, 104),
    "nose side": (98, 129, 64, 48, 49, 122, 193),
    "cheek": (50, 36, 101, 118, 117, 205, 206, 187, 207, 216, 92, 203, 234, 172),
    "lips": (61, 146, 91, 181, 84, 185, 40, 39, 37, 78, 95, 88, 178, 87, 191, 80, 81, 82),
    "chin": (83, 32, 148, 176, 43),
}
_MIDLINE_USED = (10, 151, 9, 8, 168, 6, 197, 195, 5, 4, 1, 2, 0, 13, 14, 17, 18, 200, 199, 175, 152)


def network_points() -> list[int]:
    """Mesh indices, ascending, of the points around brows, lids, nose, lips, chin and cheeks that feed the networks.

    The set is its own mirror image, so a flipped picture has the same features in another order.
    """
    mirror = mirror_indices()
    one_side = [point for region in _ONE_SIDE.values() for point in region]
    return sorted({*one_side, *(int(mirror[point]) for point in one_side), *_MIDLINE_USED})


def with_mirrors(points: list[int]) -> list[int]:
    """The points, followed by those of their mirror images that are not among them."""
    mirror = mirror_indices()
    return [*points, *sorted({int(mirror[point]) for point in points} - set(points))]


def mirror_positions(points: list[int]) -> np.ndarray:
    """int64 [len(points)]: for each position in ``points`` the position of the mirrored point, which must be among them."""
    mirror = mirror_indices()
    position = {point: index for index, point in enumerate(points)}
    return np.array([position[int(mirror[point])] for point in points], np.int64)
