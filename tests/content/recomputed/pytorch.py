"""Independent values of the numeric questions on PyTorch: the reductions are carried out on tensors.

Imports torch alone. Goes in: the symbols that a question draws. Comes out: what its `value` has to be.
"""

import warnings
from collections.abc import Callable

import torch
from torch.nn import functional as F


def ratio_of_reductions(B: float, S: float, V: float) -> float:
    """`batchmean` over `mean`, of the KL between one fixed pair of distributions in every place."""
    shape = (int(B), int(S), int(V))
    ramp = torch.linspace(-1, 1, int(V), dtype=torch.float64)
    student = F.log_softmax(ramp.expand(shape), dim=-1)
    teacher = F.softmax(-ramp.expand(shape), dim=-1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of `mean`, which is the point here
        mean = F.kl_div(student, teacher, reduction="mean")
    return float(F.kl_div(student, teacher, reduction="batchmean") / mean)


def mean_of_means(a: float, b: float, k: float, m: float) -> float:
    """Token losses of two padded sequences, averaged over each sequence, then over both."""
    table = torch.zeros(2, 20, dtype=torch.float64)
    real = torch.zeros(2, 20, dtype=torch.bool)
    for row, (length, total) in enumerate(((int(a), k), (int(b), m))):
        table[row, :length] = total / length
        real[row, :length] = True
    return float(((table * real).sum(1) / real.sum(1)).mean())


def mean_of_all_tokens(n: float, m: float, x: float, y: float) -> float:
    """The mean over the tokens of two micro-batches, laid in one row."""
    first = torch.full((int(n),), x, dtype=torch.float64)
    second = torch.full((int(m),), y, dtype=torch.float64)
    return float(torch.cat([first, second]).mean())


def largest_difference(n: float) -> float:
    """The common difference whose squares add up to the largest finite float16."""
    vector = torch.ones(int(n), dtype=torch.float64)
    length = torch.tensor(torch.finfo(torch.float16).max, dtype=torch.float64).sqrt()
    return float(length / torch.linalg.vector_norm(vector))


RECOMPUTED: dict[str, Callable[..., float]] = {
    "two-reductions-of-one-tensor": ratio_of_reductions,
    "mean-of-sequence-means": mean_of_means,
    "micro-batches-of-unequal-length": mean_of_all_tokens,
    "largest-difference-in-half-precision": largest_difference,
}
