"""Independent values of the numeric questions on temperature."""

from collections.abc import Callable

import torch


def _logits(*values: float) -> torch.Tensor:
    return torch.tensor(values, dtype=torch.float64)


def _entropy(a: float, T: float) -> float:
    return float(torch.distributions.Categorical(logits=_logits(a, 2, 0) / T).entropy())  # type: ignore[no-untyped-call]


def _temperature(R: float, r: float) -> float:
    """By halving an interval until the odds at the temperature in its middle are those that are asked for."""
    gap = float(torch.log(torch.tensor(R, dtype=torch.float64)))
    low, high = 0.1, 100.0
    for _ in range(200):
        middle = (low + high) / 2
        first, second = torch.softmax(_logits(gap, 0) / middle, 0)
        low, high = (middle, high) if first / second > r else (low, middle)
    return low


def _weight(w: float, a: float, b: float) -> float:
    """The pull of a weighted term that falls as 1/T² is w/a² before and w'/b² after."""
    return w / (1 / b**2 * a**2)


def _gradient(s: float, t: float, T: float) -> float:
    student = _logits(s, 0).requires_grad_()
    torch.nn.functional.cross_entropy(student / T, torch.softmax(_logits(t, 0) / T, 0)).backward()  # type: ignore[no-untyped-call]
    assert student.grad is not None
    return float(student.grad[0])


def _limit(s: float, t: float) -> float:
    """The second order of the KL in 1/T: half the square of the difference in the Hessian of log-sum-exp at 0."""
    hessian = torch.autograd.functional.hessian(lambda z: torch.logsumexp(z, 0), _logits(0, 0, 0))  # type: ignore[no-untyped-call]
    difference = _logits(t - s, 0, 0)
    return float(difference @ hessian @ difference / 2)


RECOMPUTED: dict[str, Callable[..., float]] = {
    "soften-three-logits": lambda a, b, T: float(torch.softmax(_logits(a, b, 0) / T, 0)[0]),
    "entropy-at-a-temperature": _entropy,
    "temperature-for-given-odds": _temperature,
    "weight-for-a-new-temperature": _weight,
    "gradient-in-one-logit": _gradient,
    "t-squared-kl-in-numbers": _limit,
}
