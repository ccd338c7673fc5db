"""Independent values of the numeric questions on distilling without data: real batches, put through torch.

Imports torch. Goes in: the symbols that a question draws. Comes out: what its `value` has to be.
"""

from collections.abc import Callable

import torch
from torch.nn import functional as F


def entropy_of_the_mean_output(p: float, n: float) -> float:
    """Ten rows of the teacher's output, averaged, and torch's cross-entropy of the mean with itself."""
    sure_of_first, sure_of_second = [p, 1 - p], [1 - p, p]
    outputs = torch.tensor([sure_of_first] * int(n) + [sure_of_second] * (10 - int(n)), dtype=torch.float64)
    mean = outputs.mean(0)
    return float(F.cross_entropy(mean.log(), mean))


def statistics_loss(a: float, b: float, c: float) -> float:
    """Both norms between the statistics kept by a BatchNorm and those of a batch that has the wanted ones."""
    layer = torch.nn.BatchNorm1d(2, dtype=torch.float64)
    signs = torch.tensor([[1.0], [-1.0]], dtype=torch.float64)
    spread = torch.tensor([[1.0, 1 + c]], dtype=torch.float64).sqrt()
    batch = signs * spread + torch.tensor([[a, -b]], dtype=torch.float64)
    kept_mean, kept_variance = layer.running_mean, layer.running_var
    assert kept_mean is not None
    assert kept_variance is not None
    means = torch.linalg.vector_norm(kept_mean - batch.mean(0))
    return float(means + torch.linalg.vector_norm(kept_variance - batch.var(0, unbiased=False)))


RECOMPUTED: dict[str, Callable[..., float]] = {
    "entropies-of-a-generated-batch": entropy_of_the_mean_output,
    "statistics-loss-of-one-layer": statistics_loss,
}
