"""Independent values of the numeric questions on distilling relations: tensors are built and put through torch.

Imports torch alone. Goes in: the symbols that a question draws. Comes out: what its `value` has to be.
"""

from collections.abc import Callable

import torch
from torch.nn import functional as F


def double(values: list[list[float]]) -> torch.Tensor:
    """A float64 tensor of rows."""
    return torch.tensor(values, dtype=torch.float64)


def normalised_distance(a: float, b: float) -> float:
    """The distance of the first two of three embeddings, over the mean of the positive distances of the table."""
    points = double([[0.0, 0.0], [a, 0.0], [0.0, b]])
    table = (points[:, None] - points[None, :]).norm(dim=-1)
    return float(table[0, 1] / table[table > 0].mean())


def similarity_entry(a: float, b: float) -> float:
    """The first row, second column of the row-normalised Gram matrix of two activations."""
    activations = double([[a, 0.0], [b, 1.0]])
    return float(F.normalize(activations @ activations.T, p=2, dim=1)[0, 1])


def shifted_cosine_share(c: float, d: float) -> float:
    """The second entry of a row of cosines that is moved to [0, 1] and divided by its sum."""
    row = (double([[1.0, c, d]]) + 1) / 2
    return float(F.normalize(row, p=1, dim=1)[0, 1])


def loss_of_equal_similarities(N: float) -> float:
    """The cross-entropy of a batch in which all similarities are equal."""
    size = int(N)
    return float(F.cross_entropy(torch.full((size, size), 0.3, dtype=torch.float64), torch.arange(size)))


def contrastive_loss(s: float, r: float, t: float) -> float:
    """The cross-entropy of one anchor with its positive first and three negatives."""
    return float(F.cross_entropy(double([[s, r, r, r]]) / t, torch.tensor([0])))


RECOMPUTED: dict[str, Callable[..., float]] = {
    "rkd-normalised-distance": normalised_distance,
    "entry-of-a-similarity-matrix": similarity_entry,
    "row-of-a-pkt-matrix": shifted_cosine_share,
    "infonce-at-chance": loss_of_equal_similarities,
    "infonce-from-similarities": contrastive_loss,
}
