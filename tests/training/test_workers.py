"""Several processes train one network."""

import tempfile
import unittest
from functools import partial
from pathlib import Path

import torch
from torch import nn

from tests.training import setup_path  # noqa: F401
from austream_training.training.workers import Worker, run_workers


def _average(folder: Path, worker: Worker) -> None:
    network = nn.Linear(2, 1)
    network.weight.grad = torch.tensor([[1.0, 2.0]]) * (worker.number + 1)
    network.bias.grad = torch.tensor([10.0 * worker.number])
    worker.average_gradients(network)
    torch.save([network.weight.grad, network.bias.grad], folder / f"{worker.number}.pt")


def _fail(worker: Worker) -> None:
    if worker.number == 1:
        raise RuntimeError("no more light")


class WorkerTests(unittest.TestCase):
    def test_gradients_become_the_mean_over_the_workers(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            run_workers(2, 1, partial(_average, Path(folder)))
            for number in range(2):
                weight, bias = torch.load(Path(folder) / f"{number}.pt")
                torch.testing.assert_close(weight, torch.tensor([[1.5, 3.0]]))
                torch.testing.assert_close(bias, torch.tensor([5.0]))

    def test_one_worker_needs_no_company(self) -> None:
        network = nn.Linear(2, 1)
        network.weight.grad = torch.ones(1, 2)
        Worker().average_gradients(network)
        torch.testing.assert_close(network.weight.grad, torch.ones(1, 2))

    def test_a_failing_worker_ends_the_run(self) -> None:
        with self.assertRaisesRegex(Exception, "no more light"):
            run_workers(2, 1, _fail)


if __name__ == "__main__":
    unittest.main()
