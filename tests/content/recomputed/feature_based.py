"""Independent values of the numeric questions on distilling features.

Imports numpy and torch. Goes in: the numbers that a question drew, by their names. Comes out: its value in float64.
"""

from collections.abc import Callable

import numpy as np
import torch


def _tensor(*numbers: float) -> torch.Tensor:
    return torch.tensor(numbers, dtype=torch.float64)


def kernel_of_the_regressor(g: float, h: float) -> float:
    """Tries kernels until the convolution gives the hint's size."""
    guided = torch.zeros(1, 1, int(g), int(g), dtype=torch.float64)
    for side in range(1, int(g) + 1):
        kernel = torch.zeros(1, 1, side, side, dtype=torch.float64)
        if torch.nn.functional.conv2d(guided, kernel).shape[-1] == int(h):
            return float(side)
    raise ValueError(f"no kernel turns {g} into {h}")


def lambda_of_fitnets(f: float, h: float, s: float) -> float:
    weight = np.interp(f, [0.0, 1.0], [4.0, 1.0])
    return float(np.dot([1.0, weight], [h, s]))


def attention_map_of_two_places(a: float, b: float, c: float) -> float:
    activations = _tensor(a, c, b, 1.0).reshape(1, 2, 1, 2)
    pooled = activations.pow(2).mean(dim=1).flatten(start_dim=1)
    return float(torch.nn.functional.normalize(pooled, dim=1)[0, 0])


def largest_attention_loss(n: float) -> float:
    """Two maps that are each active at one place, and not at the same one."""
    maps = torch.nn.functional.one_hot(torch.tensor([0, 1]), int(n) ** 2).double()
    return float(torch.nn.functional.mse_loss(maps[0], maps[1]))


def entry_of_an_fsp_matrix(a: float, b: float, c: float) -> float:
    lower = _tensor(a, b, 0.0, 1.0).reshape(1, 4)
    upper = _tensor(c, 1.0, 2.0, 2.0).reshape(1, 4)
    return float(torch.einsum("ip,jp->ijp", lower, upper).mean(dim=-1))


def vid_loss_of_one_channel(m: float, t: float, v: float) -> float:
    loss = torch.nn.GaussianNLLLoss(full=False)(_tensor(m), _tensor(t), _tensor(v))
    return float(loss)


def pyramid_of_review(a: float, b: float, c: float) -> float:
    return float(np.average([a, b, c], weights=[1.0, 0.5, 0.25]))


RECOMPUTED: dict[str, Callable[..., float]] = {
    "kernel-of-the-regressor": kernel_of_the_regressor,
    "lambda-of-fitnets": lambda_of_fitnets,
    "attention-map-of-two-places": attention_map_of_two_places,
    "largest-attention-loss": largest_attention_loss,
    "entry-of-an-fsp-matrix": entry_of_an_fsp_matrix,
    "vid-loss-of-one-channel": vid_loss_of_one_channel,
    "pyramid-of-review": pyramid_of_review,
}
