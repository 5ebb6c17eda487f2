"""The temporal head: its parts, its metrics, and what it learns."""

import json
import tempfile
import unittest
from pathlib import Path

import numpy as np
import torch

from tests.training.fake_sequences import MOVING, UNITS, noisy_track, write_sequences
from tests.training.fake_shards import write_shard
from tests.training.setup_path import REPOSITORY
from austream_training.data.guard import RefusedData
from austream_training.data.shards import SyntheticPeople
from austream_training.evaluating.metrics import f1_score
from austream_training.temporal.augmentation import SequenceAugmentation, augment, plain
from austream_training.temporal.clips import read_clips
from austream_training.temporal.configuration import TemporalConfiguration
from austream_training.temporal.evaluating import Counts
from austream_training.temporal.events import agreement, f1_event, f1_event_area
from austream_training.temporal.features import GAP_SECONDS
from austream_training.temporal.head import HeadOptions, Reduction, TemporalHead, unit_length
from austream_training.temporal.losses import margin_loss, presence_labels
from austream_training.temporal.running import run_tracks
from austream_training.temporal.training import TrackSampler, train_head


def small_head(features: int = 30, uses_reference: bool = True, seed: int = 1) -> TemporalHead:
    torch.manual_seed(seed)
    reduction = Reduction.fit(torch.rand(200, features))
    head = TemporalHead(reduction, UNITS, HeadOptions(units=16, fusion_units=8, uses_reference=uses_reference))
    torch.nn.init.normal_(head.fusion.second.weight)
    torch.nn.init.normal_(head.score.weight)
    return head.eval()


def random_input(count: int, frames: int, features: int = 30, seed: int = 2):
    random = torch.Generator().manual_seed(seed)
    elapsed = torch.rand(count, frames, 1, generator=random) * 0.2
    elapsed[:, 0] = 0
    return (
        torch.rand(count, frames, features, generator=random), torch.rand(count, frames, UNITS, generator=random) * 5, elapsed,
        torch.rand(count, 1, features, generator=random).expand(-1, frames, -1),
        torch.tensor([[[1.0]], [[0.0]]] * (count // 2) + [[[1.0]]] * (count % 2)).expand(-1, frames, -1))


class EventMetricTests(unittest.TestCase):
    def test_every_metric_agrees_with_the_vectors_shared_with_the_pipeline(self) -> None:
        vectors = json.loads((REPOSITORY / "tests" / "shared-vectors" / "events.json").read_text(encoding="utf-8"))
        self.assertGreater(len(vectors["cases"]), 5)
        for case in vectors["cases"]:
            with self.subTest(about=case["about"]):
                lists = [np.array(case[name], kind) for name, kind in (("labels", bool), ("predictions", bool), ("sequences", int))]
                self._same(f1_score(lists[1], lists[0]), case["frame"]["f1"])
                for expected in case["events"]:
                    found = agreement(*lists, expected["overlap"])
                    for name in ("precision", "recall", "f1"):
                        self._same(getattr(found, name), expected[name])
                self._same(f1_event_area(*lists), case["f1_event_area"])

    def _same(self, value: float, expected: float | None) -> None:
        if expected is None:
            self.assertTrue(np.isnan(value))
        else:
            self.assertAlmostEqual(value, expected, places=12)

    def test_counts_of_tracks_add_up_to_the_metrics_of_all_frames(self) -> None:
        tracks = [noisy_track(seed, 2) for seed in range(5)]
        intensity = [track.scores[0] for track in tracks]
        thresholds = np.full(UNITS, 1.5)
        counts = Counts.of(tracks, intensity, thresholds)
        truth, called = np.concatenate([track.truth for track in tracks]) >= 1, np.concatenate(intensity) >= thresholds
        sequences = np.repeat(np.arange(5), [len(track) for track in tracks])
        everyone = np.arange(5)
        for unit in MOVING:
            self.assertAlmostEqual(counts.f1_frame(everyone)[unit], f1_score(called[:, unit], truth[:, unit]), places=12)
            self.assertAlmostEqual(counts.f1_event(everyone)[unit], f1_event(truth[:, unit], called[:, unit], sequences), places=12)
        resting = next(unit for unit in range(UNITS) if unit not in MOVING)
        self.assertTrue(np.isnan(counts.f1_event(everyone)[resting]))


class LossTests(unittest.TestCase):
    def test_labels_are_missing_between_absent_and_present(self) -> None:
        labels = presence_labels(torch.tensor([0.0, 0.49, 0.5, 0.99, 1.0, 5.0, float("nan")]))
        self.assertEqual(labels.tolist(), [-1, -1, 0, 0, 1, 1, 0])

    def test_the_margin_loss_is_equation_4_over_labelled_entries(self) -> None:
        presence = torch.tensor([0.2, -0.7, 0.9, 0.4])
        labels = torch.tensor([1.0, 1.0, 0.0, -1.0])
        self.assertAlmostEqual(float(margin_loss(presence, labels)), (0.3 + 1.2 + 0.9) / 3, places=6)

    def test_beyond_the_margin_nothing_is_pulled(self) -> None:
        presence = torch.tensor([0.6, 0.3, -0.6], requires_grad=True)
        margin_loss(presence, torch.tensor([1.0, 1.0, -1.0])).backward()
        self.assertEqual(presence.grad.tolist()[::2], [0, 0])
        self.assertLess(float(presence.grad[1]), 0)


class HeadTests(unittest.TestCase):
    def test_frame_by_frame_is_the_same_as_the_whole_sequence_however_it_is_cut(self) -> None:
        for uses_reference in (True, False):
            head, inputs = small_head(uses_reference=uses_reference), random_input(4, 20)
            with torch.no_grad():
                whole = head.sequence(*inputs, torch.zeros(4, head.state_length))
                state, steps = torch.zeros(4, head.state_length), []
                for frame in range(20):
                    output = head.step(*(value[:, frame] for value in inputs), state)
                    state = output.state
                    steps.append(output)
                first = head.sequence(*(value[:, :7] for value in inputs), torch.zeros(4, head.state_length))
                second = head.sequence(*(value[:, 7:] for value in inputs), first.state)
            torch.testing.assert_close(torch.stack([one.fused for one in steps], 1), whole.fused, atol=1e-5, rtol=1e-5)
            torch.testing.assert_close(torch.stack([one.temporal for one in steps], 1), whole.temporal, atol=1e-5, rtol=1e-5)
            torch.testing.assert_close(state, whole.state, atol=1e-5, rtol=1e-5)
            torch.testing.assert_close(torch.cat([first.fused, second.fused], 1), whole.fused, atol=1e-5, rtol=1e-5)

    def test_tracks_of_a_batch_do_not_influence_each_other(self) -> None:
        head, inputs = small_head(), random_input(4, 3)
        with torch.no_grad():
            together = head.sequence(*inputs, torch.zeros(4, head.state_length)).fused
            alone = head.sequence(*(value[2:3] for value in inputs), torch.zeros(1, head.state_length)).fused
        torch.testing.assert_close(together[2:3], alone, atol=1e-5, rtol=1e-5)

    def test_a_reference_counts_only_where_there_is_one(self) -> None:
        head, inputs = small_head(), random_input(2, 3)
        other = (*inputs[:3], inputs[3] + 1, inputs[4])
        state = torch.zeros(2, head.state_length)
        with torch.no_grad():
            here, there = head.sequence(*inputs, state).temporal, head.sequence(*other, state).temporal
        torch.testing.assert_close(here[1], there[1])
        self.assertGreater(float((here[0] - there[0]).abs().max()), 1e-4)

    def test_presence_never_contradicts_intensity(self) -> None:
        head, inputs = small_head(), random_input(4, 20)
        with torch.no_grad():
            output = head.sequence(*inputs, torch.zeros(4, head.state_length))
        probability = torch.sigmoid(output.fused)
        self.assertTrue((probability.diff(dim=-1) <= 1e-6).all())
        torch.testing.assert_close(output.fused_presence, 2 * probability[..., 1] - 1, atol=1e-5, rtol=1e-5)

    def test_the_reduction_keeps_98_percent_of_the_energy_and_ignores_length(self) -> None:
        torch.manual_seed(3)
        features = torch.rand(500, 6) @ torch.rand(6, 40) + 0.02 * torch.rand(500, 40)
        reduction = Reduction.fit(features)
        self.assertLess(len(reduction.components), 12)
        centred = unit_length(features) - reduction.mean
        scale = reduction.components.norm(dim=1, keepdim=True)
        directions = reduction.components / scale
        kept = (centred @ directions.T).square().sum() / centred.square().sum()
        self.assertGreaterEqual(float(kept), 0.98)
        torch.testing.assert_close(reduction(features * 7), reduction(features), atol=1e-4, rtol=1e-4)
        self.assertAlmostEqual(float(reduction(features).square().mean()), 1, places=3)


class AugmentationTests(unittest.TestCase):
    def test_every_view_of_a_track_is_a_possible_track(self) -> None:
        track = noisy_track(3, 0, count=80)
        random = np.random.default_rng(1)
        longer = 0
        for _ in range(300):
            one = augment(track, np.ones(12, np.float32), np.ones(12, np.float32), SequenceAugmentation(), random)
            self.assertEqual(one.elapsed[0], 0)
            self.assertTrue(((one.elapsed[1:] > 0) & (one.elapsed[1:] <= GAP_SECONDS)).all())
            self.assertEqual({len(one.features), len(one.scores), len(one.truth)}, {len(one.elapsed)})
            self.assertTrue((one.features >= 0).all())
            self.assertEqual(bool(one.reference.any()), one.has_reference)
            rows = {row.tobytes() for row in track.truth}
            self.assertTrue(all(row.tobytes() in rows for row in one.truth))
            longer += len(one.elapsed) > len(track)
        self.assertGreater(longer, 10)

    def test_only_resting_stretches_are_spliced(self) -> None:
        track = noisy_track(4, 0, count=80)
        options = SequenceAugmentation(skip_frames=0, drop_frames=0, splice_neutral=1)
        active = int((track.truth.max(1) >= 0.5).sum())
        for seed in range(30):
            one = augment(track, np.ones(12, np.float32), None, options, np.random.default_rng(seed))
            self.assertEqual(int((one.truth.max(1) >= 0.5).sum()), active)

    def test_the_same_seed_gives_the_same_batches_with_the_stated_share_of_calm_tracks(self) -> None:
        tracks = [noisy_track(seed, 0) for seed in range(6)]
        for track in tracks[:3]:
            track.truth[:, :3] = 2
        for track in tracks[3:]:
            track.truth[:] = 0
        configuration = TemporalConfiguration(batch=10, calm_share=0.3)
        first, again = (next(iter(TrackSampler(tracks, configuration, 5))) for _ in range(2))
        for one, other in zip(first, again, strict=True):
            np.testing.assert_array_equal(one.features, other.features)
        self.assertEqual(sum(not one.truth.any() for one in first), 3)


class LearningTests(unittest.TestCase):
    def test_it_learns_to_see_through_noise_that_only_time_takes_out(self) -> None:
        torch.set_num_threads(1)
        tracks = [noisy_track(seed, 0) for seed in range(40)] + [noisy_track(100 + seed, 2) for seed in range(10)]
        configuration = TemporalConfiguration(
            steps=120, fusion_steps=60, batch=16, rate=0.03, fusion_rate=0.01, least_active=0.2, averaging=0.9,
            head=HeadOptions(layers=1, units=24, dropout=0.0, fusion_units=16, adds_frame_score=False),
            augmentation=SequenceAugmentation(skip_frames=0, drop_frames=0))
        head = train_head(tracks, configuration, lambda entry: None)
        shown = [track for track in tracks if track.split == 2]
        result = run_tracks(head, shown, reference=False)
        truth = np.concatenate([track.truth for track in shown])[:, MOVING]
        error = {
            name: float(np.abs(np.concatenate(values)[:, MOVING] - truth).mean())
            for name, values in (("frame", [track.scores[0] for track in shown]), ("time", result.temporal), ("fused", result.fused))}
        self.assertLess(error["time"], 0.82 * error["frame"])
        self.assertLess(error["fused"], 0.82 * error["frame"])

    def test_the_same_seed_gives_the_same_weights(self) -> None:
        tracks = [noisy_track(seed, 0, count=20) for seed in range(6)]
        configuration = TemporalConfiguration(
            steps=3, fusion_steps=2, batch=4, least_active=0.1, head=HeadOptions(units=6, fusion_units=4))
        first, again = (train_head(tracks, configuration, lambda entry: None).state_dict() for _ in range(2))
        for name, value in first.items():
            torch.testing.assert_close(value, again[name], rtol=0, atol=0)


class ClipTests(unittest.TestCase):
    def setUp(self) -> None:
        self._temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self._temporary.cleanup)
        self.folder = Path(self._temporary.name)

    def test_pictures_and_clips_are_not_taken_for_each_other(self) -> None:
        with self.assertRaisesRegex(RefusedData, "synth sequences"):
            read_clips(write_shard(self.folder / "pictures", people=2))
        with self.assertRaisesRegex(RefusedData, "sequences"):
            SyntheticPeople(write_sequences(self.folder / "clips", [1, 2]))

    def test_a_missing_column_is_named(self) -> None:
        (write_sequences(self.folder / "clips", [1, 2]) / "found.npy").unlink()
        with self.assertRaisesRegex(RefusedData, "found.npy"):
            read_clips(self.folder)

    def test_a_clip_knows_its_person_its_neutral_pictures_and_its_times(self) -> None:
        clips = read_clips(write_sequences(self.folder / "clips", [7, 8]))
        self.assertEqual([clip.identity for clip in clips], [7, 8])
        self.assertEqual((len(clips[1].crop), len(clips[1].seconds), clips[1].references), (26, 24, 2))
        self.assertFalse(clips[1].found[2 + 5])
        self.assertGreater(float(np.diff(clips[1].seconds).max()), 1.4)


class PlainTests(unittest.TestCase):
    def test_the_reference_is_the_mean_of_the_neutral_pictures(self) -> None:
        track = noisy_track(1, 2)
        np.testing.assert_allclose(plain(track, True).reference, track.references[0].mean(0))
        self.assertFalse(plain(track, False).has_reference)
        self.assertFalse(plain(track, False).reference.any())


if __name__ == "__main__":
    unittest.main()
