"""Wrong answers whose value is right: by their gradient, or by what they do to their arguments."""

from kdquiz.grading.report import Verdict
from tests.hostile.corpus.saying import changed, returning, said
from tests.hostile.row import Row

GRADIENT = "The value is right, but the gradient with respect to `student_logits` is wrong"
OWN_AUTOGRAD = """
class Loss(torch.autograd.Function):
    @staticmethod
    def forward(ctx, student_logits, loss):
        ctx.shape = student_logits.shape
        return loss.clone()

    @staticmethod
    def backward(ctx, upstream):
        print("OUTCOME my own gradient")
        return upstream.expand(ctx.shape), None
"""


def _wrong(source: str, name: str, aim: str, *reason: str) -> Row:
    return Row(name=f"wrong-{name}", aim=aim, source=source, verdict=Verdict.WRONG_ANSWER, reason=said(*reason))


def _raised(source: str, name: str, aim: str, *reason: str) -> Row:
    return Row(name=f"wrong-{name}", aim=aim, source=source, verdict=Verdict.RUNTIME_ERROR, reason=said(*reason))


def _accepted(source: str, name: str, aim: str, *reason: str) -> Row:
    """Odd, and right all the same: to refuse it would be our mistake."""
    return Row(
        name=f"right-{name}", aim=aim, source=source, verdict=Verdict.ACCEPTED, reason=said("Right on all", *reason)
    )


GRADIENTS = (
    _wrong(
        """
import torch
import torch.nn.functional as F


def right(s, t, y, T, a):
    soft = F.kl_div(F.log_softmax(s / T, -1), F.softmax(t / T, -1), reduction="batchmean") * T * T
    return (1 - a) * F.cross_entropy(s, y) + a * soft


class Loss(torch.autograd.Function):
    @staticmethod
    def forward(ctx, s, t, y, T, a):
        with torch.enable_grad():
            inner = s.detach().requires_grad_()
            loss = right(inner, t.detach(), y, T, a)
            ctx.save_for_backward(*torch.autograd.grad(loss, inner))
        return loss.detach()

    @staticmethod
    def backward(ctx, upstream):
        print("OUTCOME took it to be 1")
        return ctx.saved_tensors[0], None, None, None, None


def distillation_loss(s, t, y, T, a):
    return Loss.apply(s, t, y, T, a)
""",
        "gradient-without-upstream",
        "a backward of its own that takes the gradient from above to be 1, as it is when nothing follows",
        f"{GRADIENT}: at",
        "OUTCOME took it to be 1",
    ),
    _wrong(
        returning("loss.detach()"),
        "detached",
        "the right number, cut from the graph",
        f"{GRADIENT}: no gradient arrived",
        "loss-without-graph",
    ),
    _wrong(
        returning("torch.tensor(loss.item(), dtype=loss.dtype, requires_grad=True)"),
        "leaf-of-its-own",
        "the right number, as a new leaf that wants a gradient",
        f"{GRADIENT}: no gradient arrived",
    ),
    _wrong(
        changed(("def distillation_loss", "@torch.inference_mode()\ndef distillation_loss")),
        "inference-mode",
        "the right number from a tensor that never had a graph",
        f"{GRADIENT}: no gradient arrived",
    ),
    _wrong(
        returning("""
        loss.register_hook(lambda gradient: print("OUTCOME doubled") or gradient * 2)
        loss
        """),
        "hook-on-the-loss",
        "a hook that doubles the gradient",
        f"{GRADIENT}: at .0, 0. expected",
        r"\| OUTCOME doubled",
    ),
    _wrong(
        returning("""
        student_logits.register_hook(lambda gradient: print("OUTCOME cleared") or gradient * 0)
        loss
        """),
        "hook-on-the-student",
        "a hook that clears the student's gradient",
        f"{GRADIENT}: at .0, 0. expected",
        "got -?0;",
        r"\| OUTCOME cleared",
    ),
    _wrong(
        returning("Loss.apply(student_logits, loss)") + OWN_AUTOGRAD,
        "own-backward",
        "the right value, with a made-up gradient",
        f"{GRADIENT}: at .0, 0. expected",
        "got 1;",
        r"\| OUTCOME my own gradient",
    ),
    _wrong(
        returning("""
        student_logits.requires_grad_(False)
        loss
        """),
        "student-needs-no-gradient",
        "the student told to want no gradient, after the loss",
        f"{GRADIENT}: no gradient arrived",
    ),
    _wrong(
        returning("loss + 1e-3 * (student_logits - student_logits.detach()).sum()"),
        "gradient-shifted",
        "a term that is zero, and whose gradient is not",
        f"{GRADIENT}: at .0, 0. expected",
    ),
    _wrong(
        changed(("F.log_softmax(student_logits", "F.log_softmax(student_logits.detach()")),
        "student-detached-in-the-soft-term",
        "half of the gradient",
        f"{GRADIENT}: at .0, 0. expected",
        "student-detached: The value is right",
    ),
    _raised(
        returning("""
        loss.backward()
        loss
        """),
        "backward-inside",
        "backward called in the function, which frees the graph",
        "raised RuntimeError: Trying to backward through the graph a second time",
        "while the gradient was computed",
    ),
    _raised(
        returning("""
        def refuse(gradient): raise ValueError("OUTCOME no gradient for you")
        loss.register_hook(refuse)
        loss
        """),
        "hook-that-raises",
        "a hook that raises in the backward pass",
        r"Line 11 raised ValueError: OUTCOME no gradient for you",
        "while the gradient was computed",
    ),
    _raised(
        returning("""
        student_logits.register_hook(lambda gradient: gradient.to(torch.complex128))
        loss
        """),
        "hook-that-changes-the-type",
        "a complex gradient",
        "hook '<lambda>' has changed the type of value",
    ),
)

ARGUMENTS = (
    _wrong(
        returning("""
        with torch.no_grad(): teacher_logits.div_(T)
        loss
        """),
        "teacher-divided-in-place",
        "the teacher's logits changed after they were used",
        "The result is right, but the call modified `teacher_logits`",
        r"yours = the call modified `teacher_logits`",
    ),
    _wrong(
        returning("""
        student_logits.data.zero_()
        teacher_logits.data.zero_()
        loss
        """),
        "arguments-cleared-behind-autograd",
        "both logits cleared through `.data`, which no version counter sees",
        "The result is right, but the call modified `student_logits`, `teacher_logits`",
    ),
    _wrong(
        returning("""
        teacher_logits.data = teacher_logits.data.reshape(-1)
        loss
        """),
        "argument-reshaped",
        "an argument with the same bytes in another shape",
        "The result is right, but the call modified `teacher_logits`",
    ),
    _wrong(
        changed(
            ("student_logits, labels)", "student_logits, labels.sort().values)"),
            ("    hard", "    labels.copy_(labels.sort().values)\n    hard"),
        ),
        "labels-sorted",
        "the labels in order, in the argument too",
        "The value is wrong: expected",
        "unchanged inputs: the call modified `labels`",
    ),
    _raised(
        returning("""
        labels.zero_()
        loss
        """),
        "labels-changed-in-place",
        "a change that autograd notices itself",
        "modified by an inplace operation",
        "while the gradient was computed",
        "A tensor that the gradient needs was changed in place",
    ),
    _raised(
        returning("""
        class Loss(torch.Tensor): pass
        teacher_logits.__class__ = Loss
        loss
        """),
        "argument-of-another-class",
        "an argument that is no plain tensor afterwards",
        "Your function left its argument `teacher_logits` as a Loss, not a plain tensor",
    ),
    Row(
        name="wrong-argument-swollen",
        aim="an argument of eighty megabytes afterwards",
        source=returning("""
        teacher_logits.data = torch.zeros(10_000_000, dtype=torch.float64)
        loss
        """),
        verdict=Verdict.OUTPUT_LIMIT,
        reason=said("The code returned far more than the drill asks for"),
    ),
    _accepted(
        returning("""
        teacher_logits.data.mul_(2).div_(2)
        loss
        """),
        "argument-changed-and-restored",
        "a change that is undone to the bit",
    ),
    _accepted(
        returning("""
        loss.backward(retain_graph=True)
        loss
        """),
        "backward-with-the-graph-kept",
        "backward called in the function, and the graph kept",
    ),
)

ROWS: tuple[Row, ...] = (*GRADIENTS, *ARGUMENTS)
