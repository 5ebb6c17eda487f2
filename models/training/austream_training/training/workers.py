"""Several processes that train one network together, each on its share of every batch.

On a CPU two processes with one thread each beat one process with two threads, and by far when other programs want the cores
too: threads meet after every operation and spin while they wait, processes meet once a step and sleep.
"""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import distributed, nn

from ..memory import keep_large_buffers


@dataclass(frozen=True)
class Worker:
    """Place of this process among ``count``; number 0 reports and writes checkpoints."""

    number: int = 0
    count: int = 1

    def average_gradients(self, network: nn.Module) -> None:
        """Replaces every gradient by its mean over the workers; all of them must call it."""
        if self.count == 1:
            return
        gradients = [parameter.grad for parameter in network.parameters() if parameter.grad is not None]
        flat = torch.cat([gradient.flatten() for gradient in gradients])
        distributed.all_reduce(flat)
        flat /= self.count
        start = 0
        for gradient in gradients:
            gradient.copy_(flat[start:start + gradient.numel()].view_as(gradient))
            start += gradient.numel()


def run_workers(count: int, threads: int, work: Callable[[Worker], None]) -> None:
    """Calls ``work`` in ``count`` processes (in this one when it is 1) with ``threads`` threads each; the first failure ends
    all of them and is raised here. ``work`` must be picklable."""
    if count == 1:
        keep_large_buffers()
        if threads:
            torch.set_num_threads(threads)
        work(Worker())
        return
    with tempfile.TemporaryDirectory() as folder:
        meeting = f"file://{Path(folder) / 'meeting'}"
        torch.multiprocessing.spawn(_start, (count, threads or 1, meeting, work), nprocs=count)


def _start(number: int, count: int, threads: int, meeting: str, work: Callable[[Worker], None]) -> None:
    keep_large_buffers()
    torch.set_num_threads(threads)
    distributed.init_process_group("gloo", init_method=meeting, rank=number, world_size=count)
    try:
        work(Worker(number, count))
    finally:
        distributed.destroy_process_group()
