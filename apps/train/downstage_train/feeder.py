"""Batches made in processes of their own. Sample number i depends on the seed and i alone."""

import multiprocessing
import queue as queue_errors
from collections.abc import Callable, Iterator

import numpy as np

Sampler = Callable[[np.random.Generator], tuple[np.ndarray, ...]]


def make_batch(sampler: Sampler, seed: int, step: int, size: int) -> tuple[np.ndarray, ...]:
    samples = [sampler(np.random.default_rng([seed, step, k])) for k in range(size)]
    return tuple(np.stack(part).astype(np.float32) for part in zip(*samples))


def _work(sampler: Sampler, seed: int, steps: range, size: int, queue) -> None:
    """Ends with its parent, also where that was killed."""
    parent = multiprocessing.parent_process()
    for step in steps:
        batch = make_batch(sampler, seed, step, size)
        while True:
            try:
                queue.put(batch, timeout=20)
                break
            except queue_errors.Full:
                if parent is None or not parent.is_alive():
                    queue.cancel_join_thread()
                    return


def batches(sampler: Sampler, seed: int, size: int, first: int, last: int, workers: int) -> Iterator[tuple]:
    """Batches number first, first + 1, ..., in order whatever the number of workers."""
    if workers == 0:
        for step in range(first, last):
            yield make_batch(sampler, seed, step, size)
        return
    context = multiprocessing.get_context("spawn")
    queues = [context.Queue(4) for _ in range(workers)]
    processes = [context.Process(target=_work, daemon=True,
                                 args=(sampler, seed, range(first + w, last, workers), size, queues[w]))
                 for w in range(workers)]
    for process in processes:
        process.start()
    try:
        for step in range(first, last):
            yield queues[(step - first) % workers].get(timeout=600)
    finally:
        for process in processes:
            process.terminate()
