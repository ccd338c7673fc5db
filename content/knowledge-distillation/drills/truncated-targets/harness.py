"""What a teacher would have stored: the ids of its k likeliest tokens, in no order, and their log-probabilities."""

from typing import Any

import torch


def arrange(drawn: dict[str, Any]) -> dict[str, Any]:
    """The arguments, made from the teacher's whole distribution, which is not one of them."""
    log_probs = torch.log_softmax(drawn["teacher_logits"], dim=-1)
    ids = log_probs.topk(drawn["k"], dim=-1).indices.roll(1, dims=-1)
    return {**drawn, "ids": ids, "log_probs": log_probs.gather(1, ids)}
