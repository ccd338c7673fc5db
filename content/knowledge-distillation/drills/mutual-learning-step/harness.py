"""A step of a few small nets that learn from one another, and what became of them.

All have batch normalisation, so that a second answer to the same batch, or one in inference mode, shows in the
statistics. Old gradients lie in their parameters.
"""

import torch
from torch import nn


def perform(function, x, y, K, rate, seed):
    torch.manual_seed(seed)
    nets = [net(x, 3 + number) for number in range(K)]
    for one in nets:
        for parameter in one.parameters():
            parameter.grad = torch.full_like(parameter, 0.2)
    optimisers = [torch.optim.SGD(one.parameters(), lr=rate) for one in nets]
    losses = function(nets, optimisers, x, y)
    if not isinstance(losses, list) or not all(isinstance(one, float) for one in losses):
        raise ValueError("`mutual_step` must return a list of Python floats, a loss for each net")
    results = {"losses": torch.tensor(losses, dtype=torch.float64)}
    results["weights of the nets"] = torch.cat([p.detach().double().reshape(-1) for n in nets for p in n.parameters()])
    results["statistics of the nets"] = torch.cat([one[1].running_mean.double() for one in nets])
    results["nets in training mode"] = torch.tensor([one.training for one in nets])
    return results


def net(x, hidden):
    """A classifier of four classes that is sure of something."""
    made = nn.Sequential(nn.Linear(x.shape[-1], hidden), nn.BatchNorm1d(hidden), nn.Tanh(), nn.Linear(hidden, 4))
    with torch.no_grad():
        made[-1].weight.mul_(6)
    return made.to(x.dtype)
