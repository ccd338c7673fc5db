"""Independent values of the numeric questions on compression: counted tensors and cases, in place of formulas.

Imports itertools, torch. Goes in: the symbols that a question draws. Comes out: what its `value` has to be.
"""

import itertools
from collections.abc import Callable

import torch
from torch import nn


def integer_of_a_weight(m: float, x: float) -> float:
    """The code whose value is nearest, of 255 evenly spaced ones."""
    codes = torch.arange(-127, 128)
    values = torch.linspace(-m, m, 255, dtype=torch.float64)
    return float(codes[(values - x).abs().argmin()])


def zero_point(lo: float, hi: float) -> float:
    """The code nearest to where 0 lies among 256 evenly spaced values."""
    values = torch.linspace(-lo, hi, 256, dtype=torch.float64)
    return float(values.abs().argmin())


def gigabytes(P: float, b: float) -> float:
    """Bits of one million weights, counted, a thousand times over for each billion."""
    bits = torch.full((1_000_000,), int(b), dtype=torch.int64).sum()
    return float(bits) * 1000 * P / 8 / 1e9


def gigabytes_in_groups(P: float, g: float) -> float:
    """2²⁰ weights of 4 bits and a scale of 16 bits for each group of them, scaled up to P billion."""
    weights = 1 << 20
    groups = torch.zeros(weights).view(-1, int(g)).shape[0]
    return (4 * weights + 16 * groups) * 1e9 / weights * P / 8 / 1e9


def megabytes_of_two_in_four(P: float, b: float) -> float:
    """A sparse tensor of 4 000 entries, its values and places counted in bits and scaled up to P million."""
    pattern = torch.tensor([1.0, 0.0, 0.0, 1.0]).repeat(1000)
    kept = pattern.count_nonzero().item()
    return kept * (b + 2) / pattern.numel() * P * 1e6 / 8 / 1e6


def rank_at_equal_weights(m: float, n: float) -> float:
    """Where the weights of two factors, linear in the rank, reach those of the layer."""
    whole = sum(one.numel() for one in nn.Linear(int(n), int(m), bias=False).parameters())
    factors = nn.Sequential(nn.Linear(int(n), 1, bias=False), nn.Linear(1, int(m), bias=False))
    return whole / sum(one.numel() for one in factors.parameters())


def share_of_separable(N: float, K: float) -> float:
    """The weights of both kinds of convolution for 8 input channels; each is used once for each place."""
    outputs, size = int(N), int(K)
    full = nn.Conv2d(8, outputs, size, bias=False)
    depthwise, pointwise = nn.Conv2d(8, 8, size, groups=8, bias=False), nn.Conv2d(8, outputs, 1, bias=False)
    return (depthwise.weight.numel() + pointwise.weight.numel()) / full.weight.numel()


def tokens_a_second(P: float, b: float, B: float) -> float:
    """One second over the time that reading all bytes takes."""
    seconds = gigabytes(P, b) / B
    return 1 / seconds


def expected_tokens(a: float, k: float) -> float:
    """The mean over all patterns of acceptance: those before the first rejection, and one of the target's."""
    mean = 0.0
    for pattern in itertools.product((True, False), repeat=int(k)):
        chance = 1.0
        for accepted in pattern:
            chance *= a if accepted else 1 - a
        mean += chance * (1 + len(list(itertools.takewhile(bool, pattern))))
    return mean


def chance_of_acceptance(p: float, q: float, r: float) -> float:
    """The overlap of target and draft, entry by entry."""
    target = torch.tensor([p, r, 1 - p - r], dtype=torch.float64)
    draft = torch.tensor([q, r, 1 - q - r], dtype=torch.float64)
    return float((draft * (target / draft).clamp(max=1)).sum())


RECOMPUTED: dict[str, Callable[..., float]] = {
    "integer-for-a-weight": integer_of_a_weight,
    "where-zero-lands": zero_point,
    "gigabytes-of-weights": gigabytes,
    "gigabytes-with-group-scales": gigabytes_in_groups,
    "storage-of-two-in-four": megabytes_of_two_in_four,
    "rank-that-breaks-even": rank_at_equal_weights,
    "cost-of-a-separable-convolution": share_of_separable,
    "bits-and-tokens-a-second": tokens_a_second,
    "tokens-of-one-speculative-step": expected_tokens,
    "acceptance-of-a-draft": chance_of_acceptance,
}
