"""Training of the temporal head on tracks, and of the fusion after it."""

import time
from collections.abc import Callable, Iterator

import numpy as np
import torch

from ..action_units import ACTION_UNITS
from ..evaluating.summary import mean_area
from ..losses.ordinal import ordinal_loss
from ..training.averaging import AveragedWeights
from ..training.schedule import rate_factor
from .augmentation import Sequence, augment
from .configuration import TemporalConfiguration
from .features import Track
from .head import HeadOutput, Reduction, TemporalHead
from .losses import PRESENT_FROM, margin_loss, presence_labels
from .running import run_tracks

DISTANCE_WEIGHT = 0.3


class TrackSampler:
    """Endless batches of augmented tracks, a stated share of them calm. Deterministic from the seed."""

    def __init__(self, tracks: list[Track], configuration: TemporalConfiguration, seed: int) -> None:
        active = [float((np.nan_to_num(track.truth) >= PRESENT_FROM).sum(1).mean()) for track in tracks]
        self._lively = [track for track, count in zip(tracks, active, strict=True) if count >= configuration.least_active]
        self._calm = [track for track, count in zip(tracks, active, strict=True) if count < configuration.least_active]
        if not self._lively:
            raise ValueError(f"no track has {configuration.least_active} active units per frame: render more clips")
        self._configuration = configuration
        self._random = np.random.default_rng(seed)
        frames = np.concatenate([track.features[0] for track in tracks])
        self._spread = frames.std(0).astype(np.float32)
        self._resting = [track.references[0].mean(0) for track in tracks if track.references.shape[1]]

    def __iter__(self) -> Iterator[list[Sequence]]:
        while True:
            calm = round(self._configuration.batch * self._configuration.calm_share) if self._calm else 0
            chosen = [self._pick(self._lively) for _ in range(self._configuration.batch - calm)] + [
                self._pick(self._calm) for _ in range(calm)]
            yield [
                augment(track, self._spread, self._stranger(), self._configuration.augmentation, self._random) for track in chosen]

    def _stranger(self) -> np.ndarray | None:
        return self._resting[int(self._random.integers(len(self._resting)))] if self._resting else None

    def _pick(self, tracks: list[Track]) -> Track:
        return tracks[int(self._random.integers(len(tracks)))]


class PaddedBatch:
    """Sequences of different lengths as tensors [n, t, ...]; the truth is NaN beyond a sequence's end."""

    def __init__(self, sequences: list[Sequence]) -> None:
        longest = max(len(one.elapsed) for one in sequences)

        def pad(arrays: list[np.ndarray], value: float = 0.0) -> torch.Tensor:
            result = np.full((len(arrays), longest, *arrays[0].shape[1:]), value, np.float32)
            for row, array in enumerate(arrays):
                result[row, :len(array)] = array
            return torch.from_numpy(result)

        self.length = longest
        self.features = pad([one.features for one in sequences])
        self.scores = pad([one.scores for one in sequences])
        self.elapsed = pad([one.elapsed[:, None] for one in sequences])
        self.truth = pad([one.truth for one in sequences], float("nan"))
        self.reference = torch.from_numpy(np.stack([one.reference for one in sequences])).unsqueeze(1)
        self.has_reference = torch.tensor([[[float(one.has_reference)]] for one in sequences])

    def inputs(self, start: int, end: int) -> tuple[torch.Tensor, ...]:
        """Arguments of ``TemporalHead.sequence`` but the state, for frames start to end."""
        count = end - start
        return (
            self.features[:, start:end], self.scores[:, start:end], self.elapsed[:, start:end],
            self.reference.expand(-1, count, -1), self.has_reference.expand(-1, count, -1))


def train_head(tracks: list[Track], configuration: TemporalConfiguration, report: Callable[[dict], None]) -> TemporalHead:
    """Trains reduction, LSTMs and fusion on the training people among the tracks; the validation people are only watched. The fusion
    is trained on people whom the LSTMs have not seen, or else it would trust them as far as they know their own people. The same tracks and configuration give the same weights on the same machine."""
    torch.manual_seed(configuration.seed)
    training = [track for track in tracks if track.split == 0]
    validation = [track for track in tracks if track.split == 1]
    reduction = Reduction.fit(torch.from_numpy(np.concatenate([track.features[0] for track in training])))
    head = TemporalHead(reduction, len(ACTION_UNITS), configuration.head)
    started = time.monotonic()
    for_fusion = [track for track in training if _is_for_fusion(track.identity, configuration.fusion_share)] or training
    for_recurrent = [track for track in training if not _is_for_fusion(track.identity, configuration.fusion_share)] or training
    recurrent = [parameter for name, parameter in head.named_parameters() if not name.startswith("fusion.")]
    head = _optimise(
        head, recurrent, for_recurrent, validation, configuration, configuration.steps, configuration.rate, fused=False,
        report=lambda entry: report({"stage": "recurrent", "seconds": round(time.monotonic() - started, 1)} | entry))
    head = _optimise(
        head, list(head.fusion.parameters()), for_fusion, validation, configuration, configuration.fusion_steps, configuration.fusion_rate,
        fused=True, report=lambda entry: report({"stage": "fusion", "seconds": round(time.monotonic() - started, 1)} | entry))
    return head.eval()


def _is_for_fusion(identity: int, share: float) -> bool:
    # The low bits of the product decide the split already; these are others.
    return (identity * 0x9E3779B1 >> 8) % 1000 < 1000 * share


def _optimise(
        head: TemporalHead, parameters: list[torch.nn.Parameter], training: list[Track], validation: list[Track],
        configuration: TemporalConfiguration, steps: int, rate: float, fused: bool, report: Callable[[dict], None]) -> TemporalHead:
    optimiser = torch.optim.AdamW(parameters, rate, weight_decay=configuration.weight_decay)
    average = AveragedWeights(head, configuration.averaging)
    batches = iter(TrackSampler(training, configuration, configuration.seed + (1000 if fused else 0)))
    losses: list[float] = []
    for step in range(steps):
        for group in optimiser.param_groups:
            group["lr"] = rate * rate_factor(step, steps, 0.08)
        batch = PaddedBatch(next(batches))
        head.train()
        state = torch.zeros(len(batch.features), head.state_length)
        for start in range(0, batch.length, configuration.chunk):
            end = min(batch.length, start + configuration.chunk)
            output = head.sequence(*batch.inputs(start, end), state)
            state = output.state.detach()
            truth = batch.truth[:, start:end].clone()
            # The fusion must also be right where the recurrent network knows little yet: at a track's first frames.
            truth[:, :max(0, 0 if fused else configuration.first_unjudged - start)] = float("nan")
            if not bool((~torch.isnan(truth)).any()):
                continue
            loss = _loss(output, truth, fused, configuration)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(parameters, configuration.clip)
            optimiser.step()
            losses.append(float(loss))
        average.update(head, step + 1)
        if (step + 1) % 100 == 0 or step + 1 == steps:
            entry = {"step": step + 1, "loss": round(float(np.mean(losses)), 4)}
            if validation:
                predicted = run_tracks(average.network, validation, reference=head.options.uses_reference)
                truth_rows = np.concatenate([track.truth for track in validation])
                chosen = predicted.fused if fused else predicted.temporal
                entry["validation_auc"] = round(mean_area(np.concatenate(chosen), truth_rows), 4)
            report(entry)
            losses = []
    head.load_state_dict(average.network.state_dict())
    return head


def _loss(output: HeadOutput, truth: torch.Tensor, fused: bool, configuration: TemporalConfiguration) -> torch.Tensor:
    logits, presence = (output.fused, output.fused_presence) if fused else (output.temporal, output.temporal_presence)
    flat = truth.flatten(0, 1)
    levels = ordinal_loss(logits.flatten(0, 1), flat, DISTANCE_WEIGHT)
    return configuration.margin_weight * margin_loss(presence, presence_labels(truth)) + configuration.level_weight * levels


