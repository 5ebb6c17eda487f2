"""The 68 points of the common annotation scheme, and the 66 of it that paper 1 detects."""

import numpy as np

COUNT = 68

LEFT_OUT: tuple[int, ...] = (60, 64)
"""Inner corners of the mouth, which the 66-point scheme does not have."""

KEPT: tuple[int, ...] = tuple(point for point in range(COUNT) if point not in LEFT_OUT)
"""Indices of the 66 points in the 68-point scheme, ascending."""

OUTER_EYE_CORNERS: tuple[int, int] = (36, 45)
"""Positions, the same in both schemes: the eye on the picture's left, the eye on its right."""

_MIRRORED_68: tuple[int, ...] = (
    *range(16, -1, -1), *range(26, 16, -1), 27, 28, 29, 30, 35, 34, 33, 32, 31, 45, 44, 43, 42, 47, 46, 39, 38, 37, 36, 41, 40,
    54, 53, 52, 51, 50, 49, 48, 59, 58, 57, 56, 55, 64, 63, 62, 61, 60, 67, 66, 65)


def mirror_of_66() -> np.ndarray:
    """int64 [66]: for each of the 66 points the position of the one on the other side of the face."""
    position = {point: index for index, point in enumerate(KEPT)}
    return np.array([position[_MIRRORED_68[point]] for point in KEPT])
