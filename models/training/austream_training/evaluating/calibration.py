"""From the raw score of a network that learnt presence to the intensity one may expect, on synthetic validation people only."""

import numpy as np

_SHARES = (0, 0.3, 0.5, 0.65, 0.75, 0.82, 0.88, 0.92, 0.95, 0.97, 0.985, 0.995, 1)
"""Edges of the bins as shares of the faces in order of their score: fine where action units are present."""

_STEP = 1e-4

_CORNERS, _ROUNDS, _SLOPES = 25, 4, (0.3, 6.0)
_GRID = np.linspace(-1, 1, 17)


def fit_calibration(raw: np.ndarray, truth: np.ndarray, is_intensity: bool = False) -> list[dict[str, list[float]]]:
    """raw, truth [n, a] (truth NaN where not labelled) to one piecewise-linear curve per action unit, as manifests hold them:
    ``raw`` rising strictly, ``intensity`` rising. Its corners are the mean raw score and mean intensity of bins of faces in
    order of their score, made monotone (pool adjacent violators). Where the raw score ``is_intensity``, 0-5 already, the curve is
    smooth instead, a line between the log-odds of both (``_line``): one that follows bins has level stretches, on which a face that moves
    would keep its intensity."""
    curve = _line if is_intensity else _curve
    return [curve(raw[:, column], truth[:, column]) for column in range(raw.shape[1])]


def calibrate(raw: np.ndarray, curves: list[dict[str, list[float]]]) -> np.ndarray:
    """raw [n, a] through the curves, constant outside their ends; unchanged when there are none."""
    if not curves:
        return raw
    columns = [
        np.interp(raw[:, column], np.array(curve["raw"], np.float32), np.array(curve["intensity"], np.float32))
        for column, curve in enumerate(curves)]
    return np.stack(columns, 1).astype(np.float32)


def _line(raw: np.ndarray, truth: np.ndarray) -> dict[str, list[float]]:
    """log-odds(intensity / 5) = slope · log-odds(raw / 5) + offset with the least squared error of the intensity, by a grid that is refined three
    times; nothing stays nothing and 5 stays 5. The manifest holds it at ``_CORNERS`` places."""
    labelled = ~np.isnan(truth)
    score, wanted = _log_odds(raw[labelled].astype(np.float64)), truth[labelled].astype(np.float64)
    slope, offset, reach = 1.5, 0.0, np.array([1.2, 4.0])
    for _ in range(_ROUNDS):
        slopes = np.clip(slope + reach[0] * _GRID, *_SLOPES)
        offsets = offset + reach[1] * _GRID
        errors = np.stack([
            ((5 / (1 + np.exp(-(one * score[None] + offsets[:, None]))) - wanted) ** 2).sum(1) for one in slopes])
        best = np.unravel_index(int(errors.argmin()), errors.shape)
        slope, offset, reach = float(slopes[best[0]]), float(offsets[best[1]]), reach / 5
    places = np.linspace(_log_odds(np.array(0.01)), _log_odds(np.array(4.99)), _CORNERS - 2)
    corners = np.concatenate([[0.0], 5 / (1 + np.exp(-places)), [5.0]])
    heights = np.concatenate([[0.0], 5 / (1 + np.exp(-(slope * places + offset))), [5.0]])
    return {"raw": [round(float(value), 6) for value in corners], "intensity": [round(float(value), 6) for value in heights]}


def _log_odds(intensity: np.ndarray) -> np.ndarray:
    share = np.clip(intensity / 5, 1e-4, 1 - 1e-4)
    return np.log(share / (1 - share))


def _curve(raw: np.ndarray, truth: np.ndarray) -> dict[str, list[float]]:
    labelled = np.flatnonzero(~np.isnan(truth))
    order = labelled[np.argsort(raw[labelled], kind="stable")]
    edges = np.unique(np.round(np.array(_SHARES) * len(order)).astype(int))
    blocks = [
        [float(raw[order[start:end]].mean()), float(truth[order[start:end]].mean()), end - start]
        for start, end in zip(edges, edges[1:])]
    levels = _monotone([block[1] for block in blocks], [block[2] for block in blocks])
    places, heights = [], []
    for (place, _, _), level in zip(blocks, levels, strict=True):
        if not places or place > places[-1] + _STEP:
            # Equal levels rise by a hair, so that the order of faces, and with it presence, is kept.
            heights.append(round(max(level, heights[-1] + _STEP if heights else 0.0), 5))
            places.append(round(place, 6))
    return {"raw": places, "intensity": [min(5.0, height) for height in heights]}


def _monotone(values: list[float], weights: list[int]) -> list[float]:
    """The rising sequence nearest to the values in weighted least squares."""
    pools: list[list[float]] = []
    for value, weight in zip(values, weights, strict=True):
        pools.append([value, weight, 1])
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (first, first_weight, first_count), (second, second_weight, second_count) = pools[-2:]
            total = first_weight + second_weight
            pools[-2:] = [[(first * first_weight + second * second_weight) / total, total, first_count + second_count]]
    return [value for value, _, count in pools for _ in range(int(count))]
