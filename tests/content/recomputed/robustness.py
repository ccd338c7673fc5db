"""Independent values of the numeric questions on calibration and robustness: predictions are laid out and counted.

Imports torch alone. Goes in: the symbols that a question draws. Comes out: what its `value` has to be.
"""

from collections.abc import Callable

import torch


def double(values: list[float]) -> torch.Tensor:
    """A float64 vector."""
    return torch.tensor(values, dtype=torch.float64)


def calibration_error(n: float, c: float, a: float) -> float:
    """Every prediction enters with the gap of its bin."""
    sizes = torch.tensor([100, int(n), 900 - int(n)])
    gaps = (double([0.4, 0.7, c]) - double([0.6, 0.65, a])).abs()
    return float(gaps.repeat_interleave(sizes).mean())


def calibrating_temperature(p: float, a: float) -> float:
    """The temperature between two log-odds, each the inverse of a sigmoid."""
    return float(torch.logit(double([p])) / torch.logit(double([a])))


def powers_of_ten(p: float, T: float) -> float:
    """The distance of the two log-probabilities at temperature 1, to base ten."""
    logits = double([p, 1 - p]).log() * T
    both = torch.log_softmax(logits, dim=0) / double([10.0]).log()
    return float(both[0] - both[1])


RECOMPUTED: dict[str, Callable[..., float]] = {
    "ece-of-three-bins": calibration_error,
    "temperature-that-mends-confidence": calibrating_temperature,
    "log-odds-behind-the-defence": powers_of_ten,
}
