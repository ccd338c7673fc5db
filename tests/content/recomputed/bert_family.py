"""Independent values of the numeric questions on the BERT family."""

from collections.abc import Callable

import torch
from torch.nn import functional as F


def _vector(*values: float) -> torch.Tensor:
    return torch.tensor(values, dtype=torch.float64)


def _triple_loss(d: float, m: float, c: float) -> float:
    """The cosine term by PyTorch's own loss, of two unit vectors at that cosine."""
    angle = torch.acos(_vector(c))
    student = torch.stack([torch.cos(angle), torch.sin(angle)], dim=1)
    cosine = F.cosine_embedding_loss(student, _vector(1, 0).unsqueeze(0), torch.ones(1))
    return float(_vector(5, 2, 1) @ torch.stack([_vector(d)[0], _vector(m)[0], cosine]))


def _share(a: float, b: float) -> float:
    return float(100 * _vector(90, 76, b).mean() / _vector(92, 80, a).mean())


def _gap(P: float, S: float) -> float:
    teacher, student = torch.log(_vector(P, S))
    return float(student - teacher)


def _layer(N: float, M: float, m: float) -> float:
    """Count through the teacher in groups of equal size: the last layer of the group of student layer m."""
    groups = torch.arange(1, int(N) + 1).reshape(int(M), -1)
    return float(groups[int(m) - 1, -1])


def _normalised_distance(a: float, b: float, c: float) -> float:
    student, teacher = F.normalize(_vector(a, b), dim=0), F.normalize(_vector(c, 0), dim=0)
    return float(F.mse_loss(student, teacher, reduction="sum"))


RECOMPUTED: dict[str, Callable[..., float]] = {
    "weighted-triple-loss": _triple_loss,
    "share-of-the-average-kept": _share,
    "perplexity-gap-in-nats": _gap,
    "uniform-layer-map": _layer,
    "distance-of-normalised-states": _normalised_distance,
}
