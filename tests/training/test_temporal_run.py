"""A whole run of the temporal head on drawn clips: train, compare, export."""

import hashlib
import json
import shutil
import tempfile
import unittest
from pathlib import Path

import numpy as np
import onnx
import torch

from tests.training.fake_sequences import UNITS, write_sequences
from tests.training.fake_shards import write_shard
from tests.training.setup_path import REPOSITORY
from austream_training.commands import main
from austream_training.data.shards import split_of
from austream_training.temporal.clips import read_clips
from austream_training.temporal.features import FeatureExtractor
from austream_training.data.feed import Crop
from austream_training.exporting.onnx_runtime import is_available
from austream_training.exporting.trained import read_trained
from austream_training.temporal.exporting import check_parity
from austream_training.training.configuration import read_configuration
from austream_training.training.run import TrainingRun

ZOO = REPOSITORY / "models" / "zoo"


def people_of(split: int, count: int) -> list[int]:
    numbers = np.arange(2000)
    return [int(number) for number in numbers[split_of(numbers) == split][:count]]


class TemporalRunTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        torch.set_num_threads(1)
        write_shard(cls.folder / "pictures" / "a", people=20, pictures=3)
        config = cls.folder / "config.json"
        config.write_text(json.dumps({
            "id": "drawn", "version": "0.0.1", "network": "austream-base", "network_options": {"width": 8}, "crop": "crop-112.json",
            "steps": 2, "seed": 1, "batch": {"people": 4, "pictures": 2}}), encoding="utf-8")
        TrainingRun(read_configuration(config), cls.folder / "pictures", cls.folder / "frame").run()
        write_sequences(cls.folder / "clips" / "a", [*people_of(0, 6), *people_of(1, 2), *people_of(2, 3)])
        cls.config = cls.folder / "temporal.json"
        cls.config.write_text(json.dumps({
            "steps": 4, "fusion_steps": 2, "batch": 4, "least_active": 0.1, "variants": 2, "head": {"units": 8, "fusion_units": 8}}), encoding="utf-8")
        cls.zoo = cls.folder / "zoo"
        cls.zoo.mkdir()
        shutil.copy(ZOO / "crop-112.json", cls.zoo)
        cls.common = [
            "--run", str(cls.folder / "frame"), "--sequences", str(cls.folder / "clips"), "--out", str(cls.folder / "head"),
            "--zoo", str(cls.zoo)]
        cls.trained = main(["train-temporal", *cls.common, "--config", str(cls.config)])

    def test_export_adds_the_head_to_the_manifest_and_agrees_with_it(self) -> None:
        self.assertEqual(self.trained, 0)
        (self.zoo / "drawn.json").write_text('{"schema": "austream.model/1", "id": "drawn"}', encoding="utf-8")
        self.assertEqual(main(["export-temporal", *self.common, "--fixtures", str(self.folder / "fixtures")]), 0)
        manifest = json.loads((self.zoo / "drawn.json").read_text(encoding="utf-8"))
        self.assertEqual(manifest["id"], "drawn")
        entry = manifest["temporal"]
        content = (self.zoo / entry["file"]).read_bytes()
        self.assertEqual(entry["sha256"], hashlib.sha256(content).hexdigest())
        self.assertEqual((entry["layers"], entry["units"], len(entry["thresholds"])), (3, 8, UNITS))
        graph = onnx.load_from_string(content).graph
        shapes = {
            value.name: (value.type.tensor_type.shape.dim[0].dim_param, value.type.tensor_type.shape.dim[1].dim_value)
            for value in [*graph.input, *graph.output]}
        features, state = entry["features"], 2 * 3 * 8
        self.assertEqual(shapes, {name: ("faces", width) for name, width in {
            "features": features, "intensity": UNITS, "elapsed": 1, "reference": features, "has_reference": 1, "state": state,
            "fused_intensity": UNITS, "temporal_intensity": UNITS, "next_state": state}.items()})
        self.assertEqual([value.name for value in graph.output], ["fused_intensity", "temporal_intensity", "next_state"])
        parity = json.loads((self.folder / "fixtures" / "drawn.temporal-steps.json").read_text(encoding="utf-8"))
        floats = 2 * (parity["frames"] * (features + UNITS + 1) + features)
        self.assertEqual((self.folder / "fixtures" / "drawn.temporal-steps.input.bin").stat().st_size, 4 * floats)
        self.assertEqual(parity["has_reference"], [1.0, 0.0])
        products = sum(node.op_type in {"Gemm", "MatMul"} for node in graph.node)
        self.assertEqual(products, 2 + 3 + 1 + 2 + 2 * (3 + 2), "reduction of both features, a product per layer, score, fusion; per branch a comparison and the scores of both faces")

    def test_onnx_runtime_agrees_frame_by_frame_and_a_wrong_graph_is_noticed(self) -> None:
        if not is_available():
            self.skipTest("there is no ONNX Runtime: build the repository first")
        (self.zoo / "drawn.json").write_text("{}", encoding="utf-8")
        fixtures = self.folder / "more fixtures"
        self.assertEqual(main(["export-temporal", *self.common, "--fixtures", str(fixtures)]), 0)
        vectors = fixtures / "drawn.temporal-steps.json"
        self.assertLess(check_parity(self.zoo / "drawn.temporal.onnx", vectors), 1e-4)
        changed = json.loads(vectors.read_text(encoding="utf-8"))
        changed["intensity"][1][-1][0] += 0.01
        vectors.write_text(json.dumps(changed), encoding="utf-8")
        with self.assertRaisesRegex(ValueError, "differs from PyTorch"):
            check_parity(self.zoo / "drawn.temporal.onnx", vectors)

    def test_the_comparison_has_every_method_and_the_gain_over_the_frame_alone(self) -> None:
        self.assertEqual(main(["evaluate-temporal", *self.common]), 0)
        comparison = json.loads((self.folder / "head" / "comparison.json").read_text(encoding="utf-8"))
        self.assertEqual(comparison["test_people"], 3)
        self.assertEqual(list(comparison["methods"]), [
            "frame", "frame − neutral score", "frame + reference", "LSTM", "LSTM + fusion", "LSTM + reference", "LSTM + fusion + reference"])
        fused = comparison["methods"]["LSTM + fusion"]
        self.assertAlmostEqual(
            fused["f1_event_gain"], fused["f1_event"]["mean"] - comparison["methods"]["frame"]["f1_event"]["mean"], places=12)
        self.assertIn("| LSTM + fusion |", (self.folder / "head" / "comparison.md").read_text(encoding="utf-8"))

    def test_a_head_of_another_frame_network_is_refused(self) -> None:
        other = self.folder / "other"
        shutil.copytree(self.folder / "frame", other)
        state = torch.load(other / "checkpoint.pt")
        state["average"] = {name: value + 0.01 if value.is_floating_point() else value for name, value in state["average"].items()}
        torch.save(state, other / "checkpoint.pt")
        arguments = ["--run", str(other), *self.common[2:]]
        self.assertEqual(main(["evaluate-temporal", *arguments]), 1)

    def test_tracks_leave_out_lost_faces_and_end_at_a_long_gap(self) -> None:
        trained = read_trained(self.folder / "frame")
        extractor = FeatureExtractor(trained.network, Crop.read(ZOO / "crop-112.json"), trained.points)
        clips = read_clips(self.folder / "clips")
        whole, cut = extractor.tracks(clips[0], 0, 2), extractor.tracks(clips[1], 1, 1)
        self.assertEqual([len(track) for track in whole], [23])
        self.assertAlmostEqual(float(whole[0].elapsed[5]), 0.2, places=5)
        self.assertEqual([len(track) for track in cut], [11, 12])
        self.assertEqual([float(track.elapsed[0]) for track in cut], [0, 0])
        self.assertEqual(whole[0].features.shape[0], 2)
        self.assertGreater(float(np.abs(whole[0].scores[0] - whole[0].scores[1]).max()), 0)
        np.testing.assert_array_equal(extractor.tracks(clips[0], 0, 2)[0].features, whole[0].features)


if __name__ == "__main__":
    unittest.main()
