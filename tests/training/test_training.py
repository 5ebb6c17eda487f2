"""A whole run on drawn faces: train, resume, export."""

import hashlib
import json
import shutil
import tempfile
import unittest
from pathlib import Path

import numpy as np
import onnx
import torch

from tests.training.fake_shards import BROW, SMILE, write_shard
from tests.training.setup_path import REPOSITORY
from austream_training.commands import main
from austream_training.data.feed import Crop, Feed
from austream_training.data.shards import SyntheticPeople
from austream_training.evaluating.metrics import area_under_curve
from austream_training.evaluating.predictions import predict
from austream_training.exporting.trained import read_trained
from austream_training.training.configuration import BadConfiguration, read_configuration
from austream_training.training.run import TrainingRun
from austream_training.training.schedule import rate_factor

ZOO = REPOSITORY / "models" / "zoo"


class ScheduleTests(unittest.TestCase):
    def test_the_rate_rises_then_falls_to_the_stated_share(self) -> None:
        for lowest in (0.0, 0.25, 1.0):
            factors = [rate_factor(step, 1000, 0.1, lowest) for step in range(1000)]
            self.assertAlmostEqual(factors[0], 0.01)
            self.assertEqual(max(factors), 1)
            self.assertEqual(factors[:100], sorted(factors[:100]))
            self.assertEqual(factors[100:], sorted(factors[100:], reverse=True))
            self.assertAlmostEqual(factors[-1], lowest, delta=1e-4)


class TrainingTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        torch.set_num_threads(1)
        write_shard(cls.folder / "data" / "a", people=160, pictures=5)
        cls.config = cls.folder / "config.json"
        cls.config.write_text(json.dumps({
            "id": "drawn", "version": "0.0.1", "network": "austream-base", "network_options": {"width": 8},
            "crop": "crop-112.json", "steps": 120, "seed": 1, "batch": {"people": 8, "pictures": 4},
            "optimiser": {"rate": 3e-3, "averaging": 0.9}}), encoding="utf-8")
        TrainingRun(read_configuration(cls.config), cls.folder / "data", cls.folder / "run").run()

    def test_it_learns_what_moves_in_drawn_faces(self) -> None:
        trained = read_trained(self.folder / "run")
        people = SyntheticPeople(self.folder / "data")
        feed = Feed(people, Crop.read(ZOO / "crop-112.json"), trained.points, torch.device("cpu"))
        unseen = np.flatnonzero(people.split > 0)
        predicted = predict(trained.network, feed, unseen).intensity
        for unit in (SMILE, BROW):
            present = people.intensity[unseen, unit] >= 1
            self.assertGreater(area_under_curve(predicted[:, unit], present), 0.9)

    def test_the_curve_tells_the_sources_apart(self) -> None:
        last = read_trained(self.folder / "run").state["curve"][-1]
        self.assertIn("validation_auc", last)
        self.assertTrue({"validation_auc_ict", "validation_auc_makehuman"} & set(last), last)

    def test_a_finished_run_is_resumed_without_training_again(self) -> None:
        before = read_trained(self.folder / "run").state
        run = TrainingRun(read_configuration(self.config), self.folder / "data", self.folder / "run")
        self.assertEqual(run.step, 120)
        for name, value in before["network"].items():
            torch.testing.assert_close(run.network.state_dict()[name], value)

    def test_training_may_stop_while_the_rate_is_still_high(self) -> None:
        path = self.folder / "early.json"
        path.write_text(json.dumps(json.loads(self.config.read_text(encoding="utf-8")) | {"stop": 7}), encoding="utf-8")
        run = TrainingRun(read_configuration(path), self.folder / "data", self.folder / "early")
        run.run()
        self.assertEqual(run.step, 7)
        state = read_trained(self.folder / "early").state
        self.assertEqual((state["step"], state["curve"][-1]["step"]), (7, 7))
        self.assertIn("validation_auc", state["curve"][-1])

    def test_a_checkpoint_of_another_configuration_is_refused(self) -> None:
        other = json.loads(self.config.read_text(encoding="utf-8")) | {"seed": 2}
        path = self.folder / "other.json"
        path.write_text(json.dumps(other), encoding="utf-8")
        arguments = ["train", "--config", str(path), "--data", str(self.folder / "data"), "--out", str(self.folder / "run")]
        self.assertEqual(main(arguments), 1)

    def test_export_writes_a_model_whose_manifest_agrees_with_it(self) -> None:
        zoo, fixtures = self.folder / "zoo", self.folder / "fixtures"
        zoo.mkdir()
        shutil.copy(ZOO / "crop-112.json", zoo)
        arguments = ["export", "--run", str(self.folder / "run"), "--data", str(self.folder / "data"), "--zoo", str(zoo)]
        self.assertEqual(main([*arguments, "--fixtures", str(fixtures)]), 0)
        manifest = json.loads((zoo / "drawn.json").read_text(encoding="utf-8"))
        content = (zoo / "drawn.onnx").read_bytes()
        self.assertEqual(manifest["sha256"], hashlib.sha256(content).hexdigest())
        graph = onnx.load_from_string(content).graph
        widths = {value.name: value.type.tensor_type.shape.dim[1].dim_value for value in [*graph.input, *graph.output]}
        self.assertEqual(widths["landmarks"], 2 * len(manifest["landmarks"]))
        self.assertEqual(widths["intensity"], len(manifest["action_units"]))
        self.assertEqual([entry.dim[0].dim_param for entry in (v.type.tensor_type.shape for v in graph.input)], ["faces"] * 2)
        self.assertEqual(len(manifest["thresholds"]), len(manifest["action_units"]))
        relative = json.loads((zoo / "drawn.json").read_text(encoding="utf-8"))["relative"]
        self.assertEqual(relative["sha256"], hashlib.sha256((zoo / relative["file"]).read_bytes()).hexdigest())
        self.assertEqual((len(relative["thresholds"]), len(relative["calibration"])), (len(manifest["action_units"]),) * 2)
        self.assertIn("synthetic_test_f1_subtracted", manifest["metrics"])
        self.assertIn("no picture of a real person", (zoo / "drawn.md").read_text(encoding="utf-8"))
        parity = json.loads((fixtures / "drawn.parity.json").read_text(encoding="utf-8"))
        floats = 4 * (3 * 112 * 112 + 2 * len(manifest["landmarks"]))
        self.assertEqual((fixtures / "drawn.parity.input.bin").stat().st_size, 2 * floats)
        self.assertEqual(len(parity["cases"]["rendered"]["intensity"]), 2)


class ConfigurationTests(unittest.TestCase):
    def test_the_committed_configurations_parse(self) -> None:
        for path in (REPOSITORY / "models" / "training" / "configs").glob("*.json"):
            self.assertEqual(read_configuration(path).id, path.stem)
        found = sorted((REPOSITORY / "models" / "training" / "configs" / "recipes").glob("*.json"))
        self.assertGreater(len(found), 2)
        for path in found:
            self.assertEqual(read_configuration(path).id, f"recipes-{path.stem}")

    def test_an_unknown_field_is_named(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "c.json"
            path.write_text('{"id": "x", "batch": {"peeple": 3}}', encoding="utf-8")
            with self.assertRaisesRegex(BadConfiguration, "batch.*peeple"):
                read_configuration(path)


if __name__ == "__main__":
    unittest.main()
