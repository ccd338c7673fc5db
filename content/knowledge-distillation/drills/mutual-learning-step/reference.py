"""One good solution: all nets answer first, so that every peer is met as it was before the step."""

import torch
import torch.nn.functional as F
from torch import nn


def mutual_step(
    nets: list[nn.Module], optimisers: list[torch.optim.Optimizer], x: torch.Tensor, y: torch.Tensor
) -> list[float]:
    """One update of every net, each taught by the labels and by its peers; the losses before it."""
    answers = [net(x) for net in nets]
    losses = []
    for i, own in enumerate(answers):
        loss = F.cross_entropy(own, y)
        peers = [peer for j, peer in enumerate(answers) if j != i]
        for peer in peers:
            target = F.log_softmax(peer.detach(), dim=-1)
            divergence = F.kl_div(F.log_softmax(own, dim=-1), target, log_target=True, reduction="batchmean")
            loss = loss + divergence / len(peers)
        losses.append(loss)
    for optimiser, loss in zip(optimisers, losses, strict=True):
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return [loss.item() for loss in losses]
