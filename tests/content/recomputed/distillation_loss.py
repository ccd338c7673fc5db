"""Independent values of the numeric questions on the distillation loss."""

from collections.abc import Callable

import torch
from torch.distributions import Categorical, kl_divergence


def _kl(p: float, q: float) -> float:
    teacher, student = (torch.tensor([one, 1 - one], dtype=torch.float64) for one in (p, q))
    return float(kl_divergence(Categorical(teacher), Categorical(student)))


def _mean_over_tokens(a: int, k: float, b: int, m: float) -> float:
    """Two rows of 20 tokens: the real ones share the sum of their row, the mask leaves the others out."""
    lengths = torch.tensor([[a], [b]])
    mask = (torch.arange(20)[None] < lengths).double()
    losses = torch.tensor([[k], [m]], dtype=torch.float64) / lengths * mask
    return float(losses[mask.bool()].mean())


def _total(ce: float, kl_T: float, T: float, alpha: float) -> float:
    return float(
        torch.tensor([ce, T * T * kl_T], dtype=torch.float64) @ torch.tensor([1 - alpha, alpha], dtype=torch.float64)
    )


RECOMPUTED: dict[str, Callable[..., float]] = {
    "kl-of-two-outputs": _kl,
    "mean-over-real-tokens": _mean_over_tokens,
    "total-loss-from-its-terms": _total,
}
