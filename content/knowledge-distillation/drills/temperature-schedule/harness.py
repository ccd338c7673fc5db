"""The loss as the output, and the temperature as a result beside it."""

import torch


def perform(function, student_logits, teacher_logits, step, steps, first, last, kind):
    answered = function(student_logits, teacher_logits, step, steps, first, last, kind)
    if not isinstance(answered, tuple) or len(answered) != 2:
        raise ValueError("`scheduled_soft_loss` must return two values: the temperature and the loss")
    temperature, loss = answered
    if not isinstance(temperature, float):
        raise ValueError(f"the temperature must be a Python float, and is of type {type(temperature).__name__}")
    if not isinstance(loss, torch.Tensor):
        raise ValueError(f"the loss must be a tensor, and is of type {type(loss).__name__}")
    return {"value": loss, "temperature": torch.tensor(temperature, dtype=torch.float64)}
