"""Starting from a network of the zoo."""

import json
import unittest

import numpy as np
import torch

from tests.training.setup_path import REPOSITORY
from austream_training.action_units import ACTION_UNITS
from austream_training.exporting.onnx_runtime import is_available, runtime_session
from austream_training.networks.registry import build_network, landmark_points
from austream_training.training.configuration import read_configuration
from austream_training.training.starting import start_from

CONFIGURATIONS = REPOSITORY / "models" / "training" / "configs"
ZOO = REPOSITORY / "models" / "zoo"


def build(identifier: str) -> torch.nn.Module:
    """With the options of the zoo's: those that it went on with, where it did."""
    paths = [CONFIGURATIONS / "continued" / f"{identifier}.json", CONFIGURATIONS / f"{identifier}.json"]
    configuration = read_configuration(next(path for path in paths if path.is_file()))
    points = landmark_points(configuration.network)
    return build_network(configuration.network, len(points), len(ACTION_UNITS), **configuration.network_options)


class StartingTests(unittest.TestCase):
    def test_a_network_computes_what_the_file_of_the_zoo_does(self) -> None:
        if not is_available():
            self.skipTest("needs ONNX Runtime")
        for identifier in ("austream-base", "austream-nano", "dscmr", "l-dscmr", "gl-cnn", "hybrid", "regions-22"):
            with self.subTest(identifier):
                torch.manual_seed(1)
                network = build(identifier)
                image = torch.rand(24, 3, 112, 112) * 2 - 1
                points = json.loads((ZOO / f"{identifier}.json").read_text(encoding="utf-8"))["landmarks"] or []
                landmarks = torch.randn(24, 2 * len(points)) * 0.2
                start_from(network, ZOO / f"{identifier}.onnx", image, landmarks)
                inputs = {"image": image.numpy()} | ({"landmarks": landmarks.numpy()} if points else {})
                there = runtime_session(ZOO / f"{identifier}.onnx").run(inputs, ["intensity"])[0]
                with torch.no_grad():
                    here = network.eval()(image, landmarks)[0].numpy()
                self.assertLess(float(np.abs(here - there).max()), 2e-3)

    def test_it_says_what_starts_from_nothing(self) -> None:
        image, landmarks = torch.rand(4, 3, 112, 112), torch.zeros(4, 2 * len(landmark_points("austream-base")))
        anew = start_from(build("austream-base"), ZOO / "austream-base.onnx", image, landmarks)
        # The learned fusion shapes features in training and is not exported; everything else is.
        self.assertTrue(anew)
        self.assertTrue(all(name.startswith("head.") for name in anew), anew)

    def test_another_network_is_refused(self) -> None:
        with self.assertRaisesRegex(ValueError, "lacks .* weights of this network"):
            start_from(build("hybrid"), ZOO / "dsin.onnx", torch.rand(2, 3, 112, 112), torch.zeros(2, 0))
        with self.assertRaisesRegex(ValueError, "does not exist"):
            start_from(build("hybrid"), ZOO / "nothing.onnx", torch.rand(2, 3, 112, 112), torch.zeros(2, 0))
