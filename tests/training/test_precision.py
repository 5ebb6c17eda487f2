"""What networks are computed in while they learn is a choice of the machine's owner."""

import argparse
import os
import unittest
from unittest import mock

import torch

from tests.training import setup_path  # noqa: F401
from austream_training.precision import add_precision, choose_precision, chosen_precision, mixed_precision


class PrecisionTests(unittest.TestCase):
    def setUp(self) -> None:
        environment = mock.patch.dict(os.environ)
        environment.start()
        self.addCleanup(environment.stop)
        os.environ.pop("AUSTREAM_PRECISION", None)

    def test_layers_are_computed_in_what_was_chosen(self) -> None:
        layer, picture = torch.nn.Conv2d(1, 1, 3), torch.ones(1, 1, 4, 4)
        for chosen, kind in (("bfloat16", torch.bfloat16), ("float32", torch.float32)):
            choose_precision(chosen)
            with mixed_precision(torch.device("cpu")):
                self.assertEqual(layer(picture).dtype, kind)

    def test_the_command_line_knows_both_and_bfloat16_is_usual(self) -> None:
        parser = argparse.ArgumentParser()
        add_precision(parser)
        self.assertEqual(parser.parse_args([]).precision, "bfloat16")
        self.assertEqual(parser.parse_args(["--precision", "float32"]).precision, "float32")
        self.assertEqual(chosen_precision(), "bfloat16")

    def test_any_other_value_is_named(self) -> None:
        os.environ["AUSTREAM_PRECISION"] = "float8"
        with self.assertRaisesRegex(ValueError, "float8.*bfloat16, float32"):
            mixed_precision(torch.device("cpu"))


if __name__ == "__main__":
    unittest.main()
