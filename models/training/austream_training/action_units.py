"""The action units every shard labels, in the order of its columns."""

ACTION_UNITS: tuple[int, ...] = (1, 2, 4, 5, 6, 7, 9, 10, 12, 14, 15, 17, 18, 20, 23, 24, 25, 26, 27, 28, 43)
"""FACS numbers in the order of ``intensity.npy`` and of the networks' outputs."""

PRESENT_FROM = 1.0
"""Intensity (0-5) from which an action unit counts as present in an evaluation: FACS level A."""
