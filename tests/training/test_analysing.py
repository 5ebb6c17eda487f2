"""Patch significance, relations between action units, the comparison table, and the pictures they are drawn as."""

import csv
import json
import math
import struct
import tempfile
import unittest
import zlib
from pathlib import Path

import numpy as np
import onnx
import torch

from tests.training.fake_shards import write_shard
from tests.training.setup_path import REPOSITORY
from austream_training.action_units import ACTION_UNITS
from austream_training.commands import main
from austream_training.data.shards import split_of
from austream_training.evaluating.comparison import compare_models, markdown
from austream_training.evaluating.heat_map import colours, write_heat_map
from austream_training.evaluating.relations import relation_distance, relation_matrix
from austream_training.evaluating.significance import patch_significance, split_at_regions
from austream_training.exporting.manifest import write_manifest
from austream_training.exporting.onnx_file import export_onnx
from austream_training.exporting.onnx_runtime import RuntimeSession, is_available
from austream_training.networks.registry import build_network, landmark_points

NEEDS_RUNTIME = unittest.skipUnless(is_available(), "no ONNX Runtime: build the project first")
REGIONS = {"width": 0.25, "picture": 64, "first_kernel": 5, "patch": 15, "kernels": [4, 3, 3, 3, 3], "hidden": 32}


def read_png(path: Path) -> np.ndarray:
    content = path.read_bytes()
    width, height = struct.unpack(">II", content[16:24])
    start = content.index(b"IDAT")
    (length,) = struct.unpack(">I", content[start - 4:start])
    lines = np.frombuffer(zlib.decompress(content[start + 4:start + 4 + length]), np.uint8).reshape(height, 1 + 3 * width)
    return lines[:, 1:].reshape(height, width, 3)


class RelationTests(unittest.TestCase):
    def test_matrix_and_distance_agree_with_numpy(self) -> None:
        random = np.random.default_rng(1)
        first, second = random.normal(size=(50, 4)), random.normal(size=(50, 4))
        np.testing.assert_allclose(relation_matrix(first), np.corrcoef(first.T), atol=1e-12)
        expected = math.sqrt(((np.corrcoef(first.T) - np.corrcoef(second.T)) ** 2).sum())
        self.assertAlmostEqual(relation_distance(relation_matrix(first), relation_matrix(second)), expected, places=10)

    def test_what_does_not_vary_has_no_relation_and_no_distance(self) -> None:
        values = np.random.default_rng(2).normal(size=(20, 3))
        constant = values.copy()
        constant[:, 1] = 4
        matrix = relation_matrix(constant)
        self.assertTrue(np.isnan(matrix[1]).all())
        self.assertEqual(relation_distance(matrix, relation_matrix(values)), 0.0)


class SignificanceTests(unittest.TestCase):
    def test_a_patch_counts_as_much_as_the_score_changes_without_it(self) -> None:
        weights = np.array([[2.0, 0], [0, 0], [0, -3], [1, 1]])
        regions = np.random.default_rng(3).random((30, 4))
        table = patch_significance(regions, lambda values: values @ weights, patches=4)
        np.testing.assert_allclose(table, np.abs(weights) * regions.mean(0)[:, None], atol=1e-12)

    @NEEDS_RUNTIME
    def test_the_two_halves_of_the_network_are_the_network(self) -> None:
        torch.manual_seed(4)
        network = build_network("regions-22", 22, 21, **REGIONS).eval()
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "r.onnx"
            given = {"image": torch.randn(3, 3, 112, 112), "landmarks": 0.2 * torch.randn(3, 44)}
            export_onnx(network, given, ["intensity", "features"], {"id": "r"}, path, compact=True)
            model = onnx.load_model(str(path))
        whole = RuntimeSession(model.SerializeToString())
        before, after = (RuntimeSession(part.SerializeToString()) for part in split_at_regions(model))
        arrays = {name: value.numpy() for name, value in given.items()}
        (regions,) = before.run(arrays, ["regions"])
        with torch.no_grad():
            np.testing.assert_allclose(regions, network.regions_of(*given.values()).flatten(1).numpy(), atol=1e-4)
        np.testing.assert_allclose(after.run({"regions": regions}, ["intensity"])[0], whole.run(arrays, ["intensity"])[0], atol=1e-6)

    def test_a_network_without_patches_is_refused(self) -> None:
        model = onnx.load_model(str(REPOSITORY / "models" / "zoo" / "austream-base.onnx"))
        with self.assertRaisesRegex(ValueError, "regions-22"):
            split_at_regions(model)


class HeatMapTests(unittest.TestCase):
    def test_colours_are_white_at_zero_red_above_blue_below_and_grey_where_unknown(self) -> None:
        red, white, blue, unknown = colours(np.array([2.0, 0, -2, np.nan]), 2.0).astype(int)
        self.assertEqual(white.tolist(), [255, 255, 255])
        self.assertGreater(red[0], red[2])
        self.assertGreater(blue[2], blue[0])
        self.assertEqual(unknown.tolist(), [190, 190, 190])

    def test_the_picture_shows_every_cell_in_its_place(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "m.png"
            write_heat_map(path, [np.array([[1.0, 0], [0, -1]])], ["1", "2"], ["10", "20"], 1.0)
            picture = read_png(path)
        self.assertEqual(picture[34 + 5, 34 + 5].tolist(), [178, 24, 43])
        self.assertEqual(picture[34 + 27, 34 + 27].tolist(), [33, 102, 172])
        self.assertEqual(picture[34 + 5, 34 + 27].tolist(), [255, 255, 255])
        self.assertTrue((picture[:34, 34:] == 40).all(2).any(), "labels are drawn")


@NEEDS_RUNTIME
class CommandTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(temporary.cleanup)
        cls.folder = Path(temporary.name)
        cls.zoo, cls.data = cls.folder / "zoo", write_shard(cls.folder / "data", people=60, pictures=5)
        cls.zoo.mkdir()
        torch.manual_seed(5)
        crop = json.loads((REPOSITORY / "models" / "zoo" / "crop-112.json").read_text(encoding="utf-8"))
        for name, options in (("regions-22", REGIONS), ("austream-nano", {"width": 8})):
            points = landmark_points(name)
            network = build_network(name, len(points), 21, **options).eval()
            example = {"image": torch.zeros(2, 3, 112, 112)}
            if points:
                example["landmarks"] = torch.zeros(2, 2 * len(points))
            digest = export_onnx(network, example, ["intensity", "features"], {"id": name}, cls.zoo / f"{name}.onnx", compact=True)
            write_manifest(
                cls.zoo / f"{name}.json", identifier=name, version="0.0.1", sha256=digest, crop=crop, points=points,
                landmark_network="face_landmark", thresholds=[1.0] * 21, calibration=[], origin="test", metrics={})

    def _run(self, *arguments: str) -> int:
        return main([*arguments, "--data", str(self.data), "--zoo", str(self.zoo)])

    def test_significance_names_every_patch_and_action_unit(self) -> None:
        self.assertEqual(self._run("significance", "--out", str(self.folder / "s")), 0)
        with (self.folder / "s" / "regions-22.significance.csv").open(encoding="utf-8") as handle:
            rows = list(csv.DictReader(handle))
        self.assertEqual(len(rows), 22)
        self.assertEqual([int(row["mesh_point"]) for row in rows], landmark_points("regions-22"))
        self.assertGreater(max(float(row["AU12"]) for row in rows), 0)
        self.assertEqual(read_png(self.folder / "s" / "regions-22.significance.png").shape[2], 3)

    def test_relations_list_every_pair(self) -> None:
        self.assertEqual(self._run("relations", "--model", "austream-nano", "--out", str(self.folder / "r")), 0)
        with (self.folder / "r" / "austream-nano.relations.csv").open(encoding="utf-8") as handle:
            rows = list(csv.DictReader(handle))
        self.assertEqual(len(rows), len(ACTION_UNITS) * (len(ACTION_UNITS) - 1) // 2)
        smile = next(row for row in rows if (row["first"], row["second"]) == ("AU01", "AU12"))
        intensity = np.load(self.data / "intensity.npy")[split_of(np.load(self.data / "identity.npy")) == 2] >= 1
        expected = np.corrcoef(intensity[:, ACTION_UNITS.index(1)], intensity[:, ACTION_UNITS.index(12)])[0, 1]
        self.assertAlmostEqual(float(smile["labels"]), expected, places=3)

    def test_the_comparison_has_a_row_per_model_and_a_line_per_action_unit(self) -> None:
        entries = compare_models(self.zoo, self.data, None)
        self.assertEqual([entry["id"] for entry in entries], ["austream-nano", "regions-22"])
        self.assertGreater(entries[0]["milliseconds_1"], 0)
        table = markdown(entries)
        self.assertIn("| `regions-22` |", table)
        self.assertEqual(table.count("\n| AU"), len(ACTION_UNITS) + 1)

    def test_variants_are_models_of_their_own_with_what_they_lose(self) -> None:
        self.assertEqual(self._run("variants", "--model", "austream-nano"), 0)
        for suffix in ("fp16", "int8"):
            manifest = json.loads((self.zoo / f"austream-nano-{suffix}.json").read_text(encoding="utf-8"))
            self.assertEqual(manifest["id"], f"austream-nano-{suffix}")
            self.assertIn("synthetic_test_auc", manifest["metrics"])
            (self.zoo / f"austream-nano-{suffix}.json").unlink()
            (self.zoo / f"austream-nano-{suffix}.onnx").unlink()

    def test_an_unknown_model_is_named_with_the_known_ones(self) -> None:
        self.assertEqual(self._run("relations", "--model", "regions-23", "--out", str(self.folder / "x")), 1)

    def test_shards_of_another_landmark_network_are_refused(self) -> None:
        other = write_shard(self.folder / "other", people=60)
        description = json.loads((other / "shard.json").read_text(encoding="utf-8")) | {"landmark_network": "face_landmark_with_attention"}
        (other / "shard.json").write_text(json.dumps(description), encoding="utf-8")
        with self.assertRaisesRegex(ValueError, "landmark-network face_landmark"):
            compare_models(self.zoo, other, None, ["regions-22"])


if __name__ == "__main__":
    unittest.main()
