"""Stored weights, the ONNX file, its half-precision and 8-bit variants, and ONNX Runtime from Python."""

import tempfile
import unittest
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, numpy_helper

from tests.training.setup_path import REPOSITORY
from austream_training.exporting.compact import expand, store_half
from austream_training.exporting.half_precision import to_half_precision
from austream_training.exporting.onnx_file import export_onnx
from austream_training.exporting.onnx_runtime import is_available, runtime_session
from austream_training.exporting.parity import check_parity, write_parity
from austream_training.exporting.quantised import quantise
from austream_training.exporting.weights import folded, rounded_to_half
from austream_training.networks.registry import build_network, landmark_points, network_names

NEEDS_RUNTIME = unittest.skipUnless(is_available(), "no ONNX Runtime: build the project first")
SMALL = {
    "austream-base": {"width": 8}, "austream-nano": {"width": 8},
    "gl-cnn": {"width": 0.125, "picture": 64, "landmark_width": 0.1, "landmark_picture": 40},
    "regions-22": {"width": 0.25, "picture": 64, "first_kernel": 5, "patch": 15, "kernels": [4, 3, 3, 3, 3], "hidden": 32},
    "dsin": {"width": 0.125, "picture": 64, "patch": 16}, "hybrid": {"width": 0.0625, "picture": 112, "first_stride": 2},
    "dscmr": {"width": 0.125, "picture": 64}, "l-dscmr": {"width": 0.125, "picture": 64, "local_width": 0.125, "local_kernel": 7}}


def build(name: str) -> torch.nn.Module:
    """A small network whose running statistics are those of random input, as after training."""
    torch.manual_seed(8)
    points = len(landmark_points(name))
    network = build_network(name, points, 21, **SMALL[name]).train()
    for layer in network.modules():
        if isinstance(layer, (torch.nn.BatchNorm1d, torch.nn.BatchNorm2d)):
            layer.momentum = 1.0
    given = [torch.from_numpy(value) for value in inputs(name, 24).values()]
    with torch.no_grad():
        network.training_output(given[0], given[1] if points else None)
    return network.eval()


def inputs(name: str, count: int, seed: int = 1) -> dict[str, np.ndarray]:
    random = np.random.default_rng(seed)
    points = len(landmark_points(name))
    coarse = np.kron(random.normal(size=(count, 3, 7, 7)), np.ones((16, 16)))
    named = {"image": (coarse + random.normal(0, 0.2, coarse.shape)).astype(np.float32)}
    return named | ({"landmarks": random.normal(0, 0.2, (count, 2 * points)).astype(np.float32)} if points else {})


class ExportTests(unittest.TestCase):
    def setUp(self) -> None:
        self._temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self._temporary.cleanup)
        self.folder = Path(self._temporary.name)

    def _export(self, network: torch.nn.Module, name: str, compact: bool) -> Path:
        path = self.folder / f"{name}.onnx"
        example = {key: torch.from_numpy(value) for key, value in inputs(name, 2).items()}
        export_onnx(network, example, ["intensity", "features"], {"id": name}, path, compact)
        return path

    def test_folding_changes_nothing_and_leaves_no_normalisation_behind_a_convolution(self) -> None:
        network = build("dscmr")
        image = torch.from_numpy(inputs("dscmr", 3)["image"])
        with torch.no_grad():
            torch.testing.assert_close(folded(network)(image)[0], network(image)[0], atol=1e-4, rtol=1e-4)
        self.assertFalse([layer for layer in folded(network).modules() if isinstance(layer, torch.nn.BatchNorm2d)])

    def test_half_storage_keeps_every_number_and_halves_the_file(self) -> None:
        network = rounded_to_half(folded(build("dscmr")))
        path = self._export(network, "dscmr", compact=False)
        plain = onnx.load_model(str(path))
        small = onnx.ModelProto()
        small.CopyFrom(plain)
        store_half(small)
        self.assertLess(small.ByteSize(), 0.65 * plain.ByteSize())
        restored = {tensor.name: numpy_helper.to_array(tensor) for tensor in expand(small).graph.initializer}
        for tensor in plain.graph.initializer:
            np.testing.assert_array_equal(restored[tensor.name], numpy_helper.to_array(tensor))

    def test_a_weight_that_half_precision_cannot_hold_stays_single(self) -> None:
        values = np.full(2000, 1 + 2 ** -20, np.float32)
        model = onnx.helper.make_model(onnx.helper.make_graph(
            [onnx.helper.make_node("Identity", ["w"], ["y"])], "g", [], [onnx.helper.make_tensor_value_info("y", TensorProto.FLOAT, [2000])],
            [numpy_helper.from_array(values, "w")]))
        self.assertEqual(store_half(model).graph.initializer[0].data_type, TensorProto.FLOAT)

    @NEEDS_RUNTIME
    def test_every_network_gives_the_same_in_onnx_runtime_at_any_batch(self) -> None:
        self.assertEqual(set(SMALL), set(network_names()))
        for name in SMALL:
            with self.subTest(name=name):
                network = rounded_to_half(folded(build(name)))
                path = self._export(network, name, compact=True)
                self.assertEqual(onnx.load_model(str(path)).opset_import[0].version, 17)
                for count in (1, 5):
                    given = inputs(name, count, seed=count)
                    intensity, features = runtime_session(path).run(given, ["intensity", "features"])
                    with torch.no_grad():
                        expected = network(*(torch.from_numpy(value) for value in given.values()))
                    np.testing.assert_allclose(intensity, expected[0].numpy(), atol=1e-4, rtol=1e-4)
                    np.testing.assert_allclose(features, expected[1].numpy(), atol=1e-4, rtol=1e-4)

    @NEEDS_RUNTIME
    def test_parity_is_checked_and_a_wrong_file_is_refused(self) -> None:
        network = rounded_to_half(folded(build("hybrid")))
        path = self._export(network, "hybrid", compact=True)
        vectors = self.folder / "hybrid.parity.json"
        write_parity(network, 0, 112, (inputs("hybrid", 2)["image"], np.zeros((2, 0), np.float32)), vectors)
        self.assertLess(check_parity(path, vectors), 1e-4)
        with torch.no_grad():
            network.output.bias += 0.01
        self._export(network, "hybrid", compact=True)
        with self.assertRaisesRegex(ValueError, "differs from PyTorch"):
            check_parity(path, vectors)

    @NEEDS_RUNTIME
    def test_variants_take_and_give_single_precision_and_stay_close(self) -> None:
        network = folded(build("austream-nano"))
        model = onnx.load_model(str(self._export(network, "austream-nano", compact=False)))
        given = inputs("austream-nano", 24)
        (expected,) = runtime_session(model.SerializeToString()).run(given, ["features"])
        self.assertGreater(float(expected.std(0).max()), 1e-2, "the network reacts to its input")
        for variant, allowed in ((to_half_precision(model), 0.02), (quantise(model, given), 0.2)):
            onnx.checker.check_model(variant)
            self.assertEqual(
                [value.type.tensor_type.elem_type for value in (*variant.graph.input, *variant.graph.output)], [TensorProto.FLOAT] * 3)
            (found,) = runtime_session(variant.SerializeToString()).run(given, ["features"])
            self.assertLess(float(np.abs(found - expected).mean()), allowed * float(expected.std(0).mean()))

    @NEEDS_RUNTIME
    def test_all_convolutions_of_the_8_bit_variant_have_8_bit_weights_and_inputs(self) -> None:
        model = onnx.load_model(str(self._export(folded(build("austream-nano")), "austream-nano", compact=False)))
        variant = quantise(model, inputs("austream-nano", 8))
        producer = {name: node for node in variant.graph.node for name in node.output}
        constants = {tensor.name: tensor for tensor in variant.graph.initializer}
        convolutions = [node for node in variant.graph.node if node.op_type == "Conv"]
        self.assertGreater(len(convolutions), 5)
        for node in convolutions:
            for place, kind in enumerate((TensorProto.UINT8, TensorProto.INT8, TensorProto.INT32)):
                restore = producer[node.input[place]]
                self.assertEqual(restore.op_type, "DequantizeLinear")
                self.assertEqual(constants[restore.input[2]].data_type, kind)
                if kind == TensorProto.INT8:
                    # Two products with the largest input fit into 16 bits.
                    largest = int(np.abs(onnx.numpy_helper.to_array(constants[restore.input[0]]).astype(int)).max())
                    self.assertLessEqual(2 * 255 * largest, 32767)
        self.assertLess(variant.ByteSize(), 0.55 * model.ByteSize())

    @NEEDS_RUNTIME
    def test_a_broken_file_is_an_error_with_the_runtimes_words(self) -> None:
        with self.assertRaises(Exception) as caught:
            runtime_session(b"no network")
        self.assertIn("protobuf", str(caught.exception).lower())


class ZooTests(unittest.TestCase):
    def test_the_zoo_stays_below_60_megabytes(self) -> None:
        zoo = REPOSITORY / "models" / "zoo"
        self.assertLessEqual(sum(path.stat().st_size for path in zoo.iterdir() if path.is_file()), 60e6)


if __name__ == "__main__":
    unittest.main()
