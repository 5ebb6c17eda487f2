"""The temporal head: reduction, stacked LSTMs, and late fusion with the frame network (Chu, De la Torre, Cohn 2017).

What differs from the paper, and why: the frame network's scores (compared with a neutral face where there is one) and the difference to the person's neutral features are inputs too;
the time since the frame before is an input, so that the frame rate does not matter; the recurrent network's output is an ordinal
score, whose presence side is the paper's tanh output and whose levels keep intensity meaningful; the fusion's two layers correct a
learned mean of both scores instead of replacing it, because L2 normalisation takes the common size of the scores away.
"""

from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional

from ..networks.ordinal_head import OrdinalCuts, expected_intensity

HIGHEST = 5.0
TIME_INPUTS = 3
LARGEST_REDUCTION = 1024


@dataclass(frozen=True)
class HeadOptions:
    """Size and inputs of a head. In training the features of a share ``blind`` of the tracks are hidden, so that the head also learns
    from the course of the scores alone, which is the same for all people. ``adds_frame_score``: the recurrent network corrects the
    frame network's score instead of making its own."""

    layers: int = 3
    units: int = 256
    dropout: float = 0.5
    blind: float = 0.4
    fusion_units: int = 64
    uses_reference: bool = True
    adds_frame_score: bool = True


@dataclass
class HeadOutput:
    """Level logits [..., a, levels] of the recurrent network and of the fusion, presence in -1..1 [..., a] of both, and the state."""

    temporal: torch.Tensor
    fused: torch.Tensor
    temporal_presence: torch.Tensor
    fused_presence: torch.Tensor
    state: torch.Tensor


def unit_length(values: torch.Tensor) -> torch.Tensor:
    """L2 normalisation over the last axis; zeros stay zeros."""
    return values / (values * values).sum(-1, keepdim=True).sqrt().clamp_min(1e-6)


class Reduction(nn.Module):
    """L2 normalisation, then principal components that keep 98 % of the energy, at most 1024 (fixed, not trained)."""

    def __init__(self, features: int, reduced: int) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(features))
        self.register_buffer("components", torch.zeros(reduced, features))

    @staticmethod
    def fit(features: torch.Tensor, energy: float = 0.98) -> "Reduction":
        """Principal components of features [n, f], scaled so that their mean square is 1."""
        normal = unit_length(features).double()
        mean = normal.mean(0)
        centred = normal - mean
        values, vectors = torch.linalg.eigh(centred.T @ centred / len(normal))
        values, vectors = values.flip(0).clamp_min(0), vectors.flip(1)
        share = torch.cumsum(values, 0) / values.sum().clamp_min(1e-12)
        kept = min(int((share < energy).sum()) + 1, LARGEST_REDUCTION, features.shape[1])
        scale = (values[:kept].sum() / kept).clamp_min(1e-12).sqrt()
        # The sign of an eigenvector is a matter of the library; the largest entry decides it here.
        chosen = vectors[:, :kept].T
        chosen = chosen * torch.sign(chosen.gather(1, chosen.abs().argmax(1, keepdim=True)))
        result = Reduction(features.shape[1], kept)
        result.mean.copy_(mean.float())
        result.components.copy_((chosen / scale).float())
        return result

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """[..., f] to [..., reduced]."""
        return functional.linear(unit_length(features) - self.mean, self.components)


def time_inputs(elapsed: torch.Tensor) -> torch.Tensor:
    """[..., 1] seconds since the frame before to [..., 3]: first frame or not, and how long ago, on a long and on a short scale."""
    first = (elapsed <= 0).float()
    bounded = elapsed.clamp(0, 1)
    return torch.cat([first, bounded * 2, torch.exp(-bounded / 0.05)], -1)


def signed(intensity: torch.Tensor) -> torch.Tensor:
    """Intensity 0-5 to a score -1..1."""
    return intensity * (2 / HIGHEST) - 1


def log_odds(intensity: torch.Tensor) -> torch.Tensor:
    """Intensity 0-5 to a score without ends."""
    share = (intensity.clamp(0, HIGHEST) + 0.05) / (HIGHEST + 0.1)
    return torch.log(share / (1 - share))


def _start_at_log_odds(cuts: OrdinalCuts) -> None:
    """Starts cuts where the log odds of an intensity mean about that intensity."""
    with torch.no_grad():
        cuts.first.fill_(-2.5)
        cuts.steps.fill_(0.6)


class LateFusion(nn.Module):
    """Two fully connected layers over the L2-normalised scores of both networks, added to a learned mean of both."""

    def __init__(self, action_units: int, units: int) -> None:
        super().__init__()
        self.mix = nn.Parameter(torch.full((2, action_units), 0.5))
        self.first = nn.Linear(2 * action_units, units)
        self.second = nn.Linear(units, action_units)
        nn.init.zeros_(self.second.weight)
        nn.init.zeros_(self.second.bias)
        self.cuts = OrdinalCuts(action_units)
        _start_at_log_odds(self.cuts)

    def forward(self, frame: torch.Tensor, temporal: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Intensities [n, a] of both networks to level logits [n, a, levels] and presence -1..1 [n, a]."""
        both = torch.cat([unit_length(signed(frame)), unit_length(signed(temporal))], -1)
        score = self.mix[0] * log_odds(frame) + self.mix[1] * log_odds(temporal) + self.second(functional.relu(self.first(both)))
        logits = self.cuts(score)
        return logits, presence(logits)


def presence(logits: torch.Tensor) -> torch.Tensor:
    """Level logits [n, a, levels] to -1..1 [n, a]: positive when half of level A is more likely reached than not."""
    return torch.tanh(logits[..., 1] / 2)


class TemporalHead(nn.Module):
    """Three LSTMs of 256 on the reduced features of a face, and late fusion."""

    def __init__(self, reduction: Reduction, action_units: int, options: HeadOptions = HeadOptions()) -> None:
        super().__init__()
        self.options, self.action_units = options, action_units
        self.reduction = reduction
        reduced = len(reduction.components)
        inputs = reduced + action_units + TIME_INPUTS + (reduced + 1 if options.uses_reference else 0)
        self.input_dropout = nn.Dropout(options.dropout)
        self.recurrent = nn.LSTM(
            inputs, options.units, options.layers, dropout=options.dropout if options.layers > 1 else 0, batch_first=True)
        self.output_dropout = nn.Dropout(options.dropout)
        self.score = nn.Linear(options.units, action_units)
        self.cuts = OrdinalCuts(action_units)
        if options.adds_frame_score:
            self.gain = nn.Parameter(torch.ones(action_units))
            _start_at_log_odds(self.cuts)
        self.fusion = LateFusion(action_units, options.fusion_units)
        if options.adds_frame_score:
            nn.init.zeros_(self.score.weight)
            nn.init.zeros_(self.score.bias)
        for name, parameter in self.recurrent.named_parameters():
            nn.init.uniform_(parameter, -0.08, 0.08)
            if name.startswith("bias_ih"):
                # Remember to begin with (Jozefowicz, Zaremba, Sutskever 2015).
                nn.init.constant_(parameter[options.units:2 * options.units], 1.0)

    @property
    def state_length(self) -> int:
        """Values of a track's state: all h, then all c."""
        return 2 * self.options.layers * self.options.units

    def inputs(self, features, scores, elapsed, reference, has_reference) -> torch.Tensor:
        """What the first LSTM sees: [..., inputs] from features [..., f], raw scores [..., a], elapsed [..., 1], reference
        [..., f], has_reference [..., 1]."""
        reduced = self.reduction(features)
        parts = [self._hide(reduced), signed(scores), time_inputs(elapsed)]
        if self.options.uses_reference:
            difference = (reduced - self.reduction(reference)) * has_reference
            parts += [self._hide(difference), has_reference]
        return torch.cat(parts, -1)

    def _hide(self, values: torch.Tensor) -> torch.Tensor:
        if self.training and self.options.blind > 0:
            seen = (torch.rand(len(values), *[1] * (values.dim() - 1)) >= self.options.blind).float()
            values = values * seen
        return self.input_dropout(values)

    def sequence(self, features, scores, elapsed, reference, has_reference, state: torch.Tensor) -> HeadOutput:
        """Whole tracks: every argument [n, t, ...] as in ``inputs``, state [n, 2 * layers * units]."""
        n, layers, units = len(features), self.options.layers, self.options.units
        memory = state.reshape(n, 2 * layers, units).transpose(0, 1).contiguous()
        hidden, (h, c) = self.recurrent(
            self.inputs(features, scores, elapsed, reference, has_reference), (memory[:layers].contiguous(), memory[layers:].contiguous()))
        return self._finish(hidden, scores, torch.cat([h, c]).transpose(0, 1).reshape(n, -1))

    def step(self, features, scores, elapsed, reference, has_reference, state: torch.Tensor) -> HeadOutput:
        """One frame of n tracks: every argument [n, ...]; plain matrix products, as they are exported."""
        layers, units = self.options.layers, self.options.units
        memory = state.reshape(-1, 2 * layers, units)
        value = self.inputs(features, scores, elapsed, reference, has_reference)
        hidden, cells = [], []
        for layer in range(layers):
            weight = {name: getattr(self.recurrent, f"{name}_l{layer}") for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")}
            # One product for both inputs of a layer: the next one reads its rows once.
            gates = functional.linear(
                torch.cat([value, memory[:, layer]], 1), torch.cat([weight["weight_ih"], weight["weight_hh"]], 1),
                weight["bias_ih"] + weight["bias_hh"])
            enter, forget, candidate, leave = gates.chunk(4, 1)
            cell = torch.sigmoid(forget) * memory[:, layers + layer] + torch.sigmoid(enter) * torch.tanh(candidate)
            value = torch.sigmoid(leave) * torch.tanh(cell)
            hidden.append(value)
            cells.append(cell)
        return self._finish(value, scores, torch.cat([*hidden, *cells], 1))

    def _finish(self, hidden: torch.Tensor, scores: torch.Tensor, state: torch.Tensor) -> HeadOutput:
        if hidden.dim() == 2:
            return self._judge(hidden, scores, state)
        one = self._judge(hidden.flatten(0, 1), scores.flatten(0, 1), state)
        shape = [*hidden.shape[:2], self.action_units]
        return HeadOutput(
            one.temporal.reshape(*shape, -1), one.fused.reshape(*shape, -1), one.temporal_presence.reshape(shape),
            one.fused_presence.reshape(shape), state)

    def _judge(self, hidden: torch.Tensor, scores: torch.Tensor, state: torch.Tensor) -> HeadOutput:
        score = self.score(self.output_dropout(hidden))
        if self.options.adds_frame_score:
            score = score + self.gain * log_odds(scores)
        temporal = self.cuts(score)
        fused, fused_presence = self.fusion(scores, expected_intensity(torch.sigmoid(temporal)))
        return HeadOutput(temporal, fused, presence(temporal), fused_presence, state)
