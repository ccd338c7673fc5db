"""A teacher that is watched, and batches that are put back into the order of the data.

Any shuffled order is right, so nothing is compared in the order in which it comes: each example is found again by its
features, and its label and logits are looked at in its own place.
"""

import torch
from torch import nn


def perform(function, x, y, batch_size, epochs, seed):
    torch.manual_seed(seed)
    teacher = watched(x)
    modes = []
    teacher.register_forward_hook(lambda module, inputs, output: modes.extend([module.training] * len(output)))

    def batches(number):
        return batches_of(function, x, y, teacher, batch_size, epochs, torch.Generator().manual_seed(seed + number))

    teacher.train()
    first = batches(0)
    asked = list(modes)
    statistics = torch.cat([teacher[1].running_mean, teacher[1].running_var]).clone()
    torch.manual_seed(seed + 1)
    order, again, other = (order_of(one, x, epochs) for one in (first, batches(0), batches(1)))
    identity = torch.arange(len(x)).tolist()
    shuffled = all(one != identity for one in order) and len({tuple(one) for one in order}) == epochs
    times = torch.zeros(epochs, len(x), dtype=torch.int64)
    labels = torch.full((epochs, len(x)), -1)
    logits = x.new_zeros(epochs, len(x), 4)
    at = [0] * epochs
    for epoch, batch in in_epochs(first, epochs):
        for label, row in zip(batch[1], batch[2], strict=True):
            example = order[epoch][at[epoch]]
            at[epoch] += 1
            times[epoch, example] += 1
            labels[epoch, example] = label
            logits[epoch, example] = row.detach()
    return {
        "sizes of the batches": torch.tensor([len(one[1]) for one in first]),
        "how often an example comes in each epoch": times,
        "labels of the examples": labels,
        "logits of the examples": logits,
        "examples that the teacher was asked about": torch.tensor(len(asked)),
        "the teacher answered in inference mode": torch.tensor(bool(asked) and not any(asked)),
        "statistics of the teacher": statistics,
        "graph behind the logits": torch.tensor(any(one[2].requires_grad for one in first)),
        "each epoch is shuffled anew": torch.tensor(shuffled),
        "the generator decides the order": torch.tensor(order == again and order != other),
    }


def watched(x):
    """A teacher of four classes with dropout and with statistics of its own."""
    made = nn.Sequential(nn.Linear(x.shape[1], 6), nn.BatchNorm1d(6), nn.ReLU(), nn.Dropout(0.5), nn.Linear(6, 4))
    with torch.no_grad():
        made[1].running_mean.normal_()
        made[-1].weight.mul_(4)
    return made.to(x.dtype)


def batches_of(function, x, y, teacher, batch_size, epochs, generator):
    """All batches, each three tensors of one length."""
    answered = function(x, y, teacher, batch_size, epochs, generator)
    if answered is None:
        raise ValueError(
            "`cached_batches` returned None; it must yield the batches, or return something to iterate over"
        )
    batches = list(answered)
    for one in batches:
        if not isinstance(one, tuple | list) or [isinstance(part, torch.Tensor) for part in one] != [True] * 3:
            raise ValueError("a batch must be three tensors: examples, labels, logits")
        if len({len(part) for part in one}) != 1:
            raise ValueError(
                f"a batch holds {len(one[0])} examples, {len(one[1])} labels and {len(one[2])} rows of logits"
            )
    return batches


def in_epochs(batches, epochs):
    """Each batch with the epoch that it belongs to, where all have as many."""
    each = max(1, len(batches) // epochs)
    for number, batch in enumerate(batches):
        yield min(number // each, epochs - 1), batch


def order_of(batches, x, epochs):
    """The numbers of the examples in each epoch, as they come."""
    order = [[] for _ in range(epochs)]
    for epoch, batch in in_epochs(batches, epochs):
        same = (batch[0][:, None] == x).all(dim=-1)
        if not same.any(dim=1).all():
            raise ValueError("a batch holds an example that is not in `x`")
        order[epoch] += same.int().argmax(dim=1).tolist()
    return order
