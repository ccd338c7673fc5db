"""One good solution: the cache is as long as the data, and one row of indices picks from all three."""

from collections.abc import Iterator

import torch
from torch import nn


def cached_batches(
    x: torch.Tensor, y: torch.Tensor, teacher: nn.Module, batch_size: int, epochs: int, generator: torch.Generator
) -> Iterator[tuple[torch.Tensor, torch.Tensor, torch.Tensor]]:
    """Shuffled batches of all epochs: examples, labels, and what the teacher said of these examples."""
    teacher.eval()
    with torch.no_grad():
        logits = torch.cat([teacher(part) for part in x.split(batch_size)])
    for _ in range(epochs):
        order = torch.randperm(len(x), generator=generator)
        for picked in order.split(batch_size):
            yield x[picked], y[picked], logits[picked]
