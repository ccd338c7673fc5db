"""The loss, and whether it stays finite for a teacher that finds every class equally likely."""

import torch


def perform(function, student_logits, teacher_logits, T, beta, gamma):
    loss = function(student_logits, teacher_logits, T, beta, gamma)
    if not isinstance(loss, torch.Tensor):
        raise ValueError(f"`correlation_loss` returned {type(loss).__name__}; it must return a tensor")
    flat = function(student_logits.detach(), torch.zeros_like(teacher_logits), T, beta, gamma)
    return {"value": loss, "finite for a constant teacher": torch.as_tensor(flat).isfinite().all()}
