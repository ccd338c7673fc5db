"""Labels with ignored positions, and tokens that are forbidden in both networks."""

from typing import Any

import torch

IGNORED = -100


def arrange(drawn: dict[str, Any]) -> dict[str, Any]:
    """The arguments: `counts` says which labels stay, unless none does or one; the last `forbidden` tokens have a
    logit of −∞ on both sides."""
    counts = drawn["counts"].clone()
    if drawn["nothing_counts"] or drawn["one_counts"]:
        counts[:] = False
        counts[-1, -1] = drawn["one_counts"]
    allowed = torch.arange(drawn["V"]) < drawn["V"] - drawn["forbidden"]
    return {
        **drawn,
        "labels": drawn["labels"].masked_fill(~counts, IGNORED),
        "student_logits": drawn["student_logits"].masked_fill(~allowed, -torch.inf),
        "teacher_logits": drawn["teacher_logits"].masked_fill(~allowed, -torch.inf),
    }
