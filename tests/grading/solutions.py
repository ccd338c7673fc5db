"""Right solutions of the drill `distillation-loss` in very different styles. Every one must be accepted."""

from tests.grading.drills import LESSON

HEAD = "import math\nimport torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n\n"

MODULES = """
class Loss(nn.Module):
    def __init__(self, T, alpha):
        super().__init__()
        self.T, self.alpha = T, alpha
        self.hard, self.soft = nn.CrossEntropyLoss(), nn.KLDivLoss(reduction="batchmean")

    def forward(self, s, t, y):
        soft = self.soft(nn.LogSoftmax(dim=1)(s / self.T), nn.Softmax(dim=1)(t / self.T))
        return (1 - self.alpha) * self.hard(s, y) + self.alpha * self.T**2 * soft

def distillation_loss(student_logits, teacher_logits, labels, T, alpha):
    return Loss(T, alpha)(student_logits, teacher_logits, labels)
"""

LOG_SUM_EXP_BY_HAND = """
def log_probs(z):
    top = z.max(dim=1, keepdim=True).values
    return z - top - (z - top).exp().sum(dim=1, keepdim=True).log()

def distillation_loss(s, t, y, T, alpha):
    rows = s.shape[0]
    hard = -log_probs(s)[torch.arange(rows), y].sum() / rows
    log_q, log_p = log_probs(s / T), log_probs(t.detach() / T)
    soft = (log_p.exp() * (log_p - log_q)).sum() / rows
    return (1 - alpha) * hard + alpha * T * T * soft
"""

LOOP_OVER_ROWS = """
def distillation_loss(s, t, y, T, alpha):
    hard, soft = [], []
    for student, teacher, label in zip(s, t, y):
        hard.append(F.cross_entropy(student, label))
        p = F.softmax(teacher / T, dim=0)
        log_q = F.log_softmax(student / T, dim=0)
        soft.append(torch.xlogy(p, p).sum() - (p * log_q).sum())
    return (1 - alpha) * torch.stack(hard).mean() + alpha * T ** 2 * torch.stack(soft).mean()
"""

CROSS_ENTROPY_MINUS_ENTROPY = """
def distillation_loss(s, t, y, T, alpha):
    p = F.softmax(t / T, dim=-1)
    entropy = torch.special.entr(p).sum(-1).mean()
    soft = F.cross_entropy(s / T, p) - entropy
    return torch.lerp(F.cross_entropy(s, y), soft * T**2, alpha)
"""

ONE_HOT_AND_EINSUM = """
def distillation_loss(s, t, y, T, alpha):
    target = F.one_hot(y, s.size(-1)).to(s.dtype)
    hard = -torch.einsum("nc,nc->n", target, s.log_softmax(-1)).mean()
    log_p, log_q = (t / T).log_softmax(-1), (s / T).log_softmax(-1)
    soft = torch.einsum("nc,nc->n", log_p.exp(), log_p - log_q).mean()
    return (1 - alpha) * hard + alpha * soft * T**2
"""

REDUCTION_NONE = """
def distillation_loss(s, t, y, T, alpha):
    with torch.no_grad():
        target = F.softmax(t / T, dim=1)
    soft = F.kl_div(F.log_softmax(s / T, dim=1), target, reduction="none").sum(-1).mean()
    return (1 - alpha) * F.nll_loss(F.log_softmax(s, 1), y) + alpha * soft.mul(T).mul(T)
"""

SUM_OVER_ROWS = """
def distillation_loss(*args):
    s, t, y, T, alpha = args
    kl = F.kl_div(F.log_softmax(s / T, 1), F.log_softmax(t / T, 1), reduction="sum", log_target=True)
    return (1 - alpha) * F.cross_entropy(s, y, reduction="sum") / len(s) + alpha * kl / len(s) * math.pow(T, 2)
"""

MEAN_TIMES_CLASSES = """
def distillation_loss(s, t, y, T, alpha):
    kl = F.kl_div(F.log_softmax(s / T, 1), F.softmax(t / T, 1), reduction="none").mean() * s.shape[1]
    return F.cross_entropy(s, y) * (1 - alpha) + kl * (alpha * T * T)
"""

LAMBDAS = """
soft = lambda s, t, T: (lambda p, q: (p.exp() * (p - q)).sum(-1).mean())(*[(z / T).log_softmax(-1) for z in (t, s)])
distillation_loss = lambda s, t, y, T, a: (1 - a) * F.cross_entropy(s, y) + a * T * T * soft(s, t, T)
"""

VMAP = """
def distillation_loss(s, t, y, T, alpha):
    def row(a, b):
        p, q = torch.log_softmax(b / T, 0), torch.log_softmax(a / T, 0)
        return torch.sum(torch.exp(p) * (p - q))
    return (1 - alpha) * F.cross_entropy(s, y) + alpha * T**2 * torch.func.vmap(row)(s, t).mean()
"""

OWN_AUTOGRAD = """
class SoftTerm(torch.autograd.Function):
    @staticmethod
    def forward(ctx, s, t, T):
        log_q, log_p = F.log_softmax(s / T, 1), F.log_softmax(t / T, 1)
        ctx.save_for_backward(log_q.exp(), log_p.exp())
        ctx.T = T
        return T * T * (log_p.exp() * (log_p - log_q)).sum() / len(s)

    @staticmethod
    def backward(ctx, upstream):
        q, p = ctx.saved_tensors
        return upstream * ctx.T * (q - p) / len(q), None, None

def distillation_loss(student, teacher, target, temperature, weight):
    hard = F.cross_entropy(student, target)
    return (1 - weight) * hard + weight * SoftTerm.apply(student, teacher, temperature)
"""

SKIPS_WHAT_HAS_NO_WEIGHT = """
def distillation_loss(s, t, y, T, alpha):
    total = s.new_zeros(())
    if alpha < 1:
        total = total + (1 - alpha) * F.cross_entropy(s, y)
    if alpha > 0:
        kl = nn.KLDivLoss(reduction="batchmean", log_target=True)
        total = total + alpha * T**2 * kl(F.log_softmax(s / T, -1), F.log_softmax(t / T, -1))
    return total
"""

TENSOR_METHODS_AND_PRINTS = """
def distillation_loss(s, t, y, T, alpha):
    print("shapes", s.shape, t.shape)
    scale = torch.as_tensor(T, dtype=s.dtype)
    q, p = s.div(scale).log_softmax(1), t.detach().clone().div(scale).softmax(1)
    hard = s.logsumexp(1).sub(s.gather(1, y.unsqueeze(1)).squeeze(1)).mean()
    return hard.mul(1 - alpha).add(F.kl_div(q, p, reduction="batchmean").mul(scale.square()), alpha=alpha)
"""

IN_DOUBLE_PRECISION = """
def distillation_loss(student_logits, teacher_logits, labels, temperature, alpha):
    # float32 is shaky for big logits, so do everything in double and convert at the very end
    dtype = student_logits.dtype
    s, t = student_logits.double(), teacher_logits.double().detach()
    ce = F.cross_entropy(s, labels)
    kl = F.kl_div(F.log_softmax(s / temperature, -1), F.softmax(t / temperature, -1), reduction="batchmean")
    return ((1 - alpha) * ce + alpha * temperature ** 2 * kl).to(dtype)
"""

DATACLASS_WITH_CALL = """
from dataclasses import dataclass


@dataclass(frozen=True)
class KnowledgeDistillation:
    temperature: float
    alpha: float

    @property
    def soft_weight(self) -> float:
        return self.alpha * self.temperature**2

    def soften(self, logits: torch.Tensor) -> torch.Tensor:
        return torch.log_softmax(logits / self.temperature, dim=-1)

    def __call__(self, student: torch.Tensor, teacher: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        ce = F.nll_loss(torch.log_softmax(student, dim=-1), target)
        kl = F.kl_div(self.soften(student), self.soften(teacher), reduction="batchmean", log_target=True)
        return (1 - self.alpha) * ce + self.soft_weight * kl


def distillation_loss(student_logits, teacher_logits, labels, T, alpha):
    return KnowledgeDistillation(T, alpha)(student_logits, teacher_logits, labels)
"""

CLOSURES = """
from functools import partial, reduce
from operator import add


def make_criterion(T, alpha):
    soften = partial(F.log_softmax, dim=1)

    def hard(s, t, y):
        return F.cross_entropy(s, y)

    def soft(s, t, y):
        return F.kl_div(soften(s / T), soften(t / T), None, None, "batchmean", log_target=True) * T**2

    terms = [(1 - alpha, hard), (alpha, soft)]
    return lambda *batch: reduce(add, (weight * term(*batch) for weight, term in terms))


def distillation_loss(s, t, y, T, alpha):
    return make_criterion(T, alpha)(s, t, y)
"""

TORCH_SPECIAL = """
def distillation_loss(s, t, y, T, alpha):
    log_q = torch.special.log_softmax(s / T, dim=-1)
    p = torch.special.softmax(t / T, dim=-1)
    # KL = -H(p) + CE(p, q)
    kl = (-torch.special.entr(p) - p * log_q).sum(-1)
    nll = torch.special.logsumexp(s, dim=-1) - s.gather(-1, y[..., None])[..., 0]
    return torch.add((1 - alpha) * nll.mean(), kl.mean(), alpha=alpha * T * T)
"""

COMPILED = """
@torch.compile
def soft_loss(student, teacher, T: float):
    p = torch.softmax(teacher / T, dim=-1)
    return F.kl_div(torch.log_softmax(student / T, dim=-1), p, reduction="batchmean") * (T * T)


@torch.compile(dynamic=True)
def distillation_loss(student_logits, teacher_logits, labels, T, alpha):
    return (1 - alpha) * F.cross_entropy(student_logits, labels) + alpha * soft_loss(student_logits, teacher_logits, T)
"""

SCRIPTED = """
@torch.jit.script
def kd(s: torch.Tensor, t: torch.Tensor, T: float) -> torch.Tensor:
    log_q = torch.log_softmax(s / T, 1)
    log_p = torch.log_softmax(t / T, 1)
    return torch.sum(torch.exp(log_p) * (log_p - log_q)) / s.size(0)


def distillation_loss(s, t, y, T, alpha):
    return F.cross_entropy(s, y).mul(1 - alpha) + kd(s, t.detach(), float(T)).mul(alpha * T**2)
"""

TYPED_AND_CHECKED = '''
from typing import Optional, Tuple


def _check(student: torch.Tensor, teacher: torch.Tensor) -> Tuple[int, int]:
    if student.shape != teacher.shape:
        raise ValueError(f"student {tuple(student.shape)} and teacher {tuple(teacher.shape)} must match")
    n, c = student.shape
    return n, c


def distillation_loss(
    student_logits: torch.Tensor,
    teacher_logits: torch.Tensor,
    labels: torch.Tensor,
    T: float = 4.0,
    alpha: float = 0.9,
    class_weights: Optional[torch.Tensor] = None,
) -> torch.Tensor:
    """Hinton-style knowledge distillation.

    Args:
        T: temperature, > 0
        alpha: weight of the soft (teacher) term
    """
    n, _ = _check(student_logits, teacher_logits)
    teacher_logits = teacher_logits.detach()
    hard = F.cross_entropy(student_logits, labels, weight=class_weights)
    soft_targets = F.softmax(teacher_logits / T, dim=1)
    soft = F.kl_div(F.log_softmax(student_logits / T, dim=1), soft_targets, reduction="sum") / n
    return alpha * (T**2) * soft + (1.0 - alpha) * hard


if __name__ == "__main__":
    print(distillation_loss(torch.randn(8, 10), torch.randn(8, 10), torch.randint(0, 10, (8,))))
'''

TRIED_OUT_BELOW = """
def distillation_loss(student_logits, teacher_logits, labels, T, alpha):
    student_logits, teacher_logits = student_logits.contiguous(), teacher_logits.contiguous()
    ce_loss = nn.CrossEntropyLoss()(student_logits, labels)
    kl_loss = nn.KLDivLoss(reduction="batchmean")(
        nn.functional.log_softmax(student_logits / T, dim=-1),
        nn.functional.softmax(teacher_logits / T, dim=-1),
    )
    return alpha * (T * T) * kl_loss + (1 - alpha) * ce_loss


torch.manual_seed(0)
s, t = torch.randn(5, 4, requires_grad=True), torch.randn(5, 4)
y = torch.tensor([0, 1, 2, 3, 0])
loss = distillation_loss(s, t, y, 2.0, 0.5)
loss.backward()
print(f"loss={loss.item():.4f}, grad norm={s.grad.norm():.4f}")
assert torch.isclose(distillation_loss(s, s, y, 3.0, 1.0), torch.tensor(0.0), atol=1e-6), "equal logits"
assert torch.isclose(distillation_loss(s, t, y, 3.0, 0.0), F.cross_entropy(s, y)), "only the labels"
"""

SOLUTIONS = {
    "the lesson's own": LESSON,
    **{
        name.lower().replace("_", "-"): HEAD + source
        for name, source in {
            "MODULES": MODULES,
            "LOG_SUM_EXP_BY_HAND": LOG_SUM_EXP_BY_HAND,
            "LOOP_OVER_ROWS": LOOP_OVER_ROWS,
            "CROSS_ENTROPY_MINUS_ENTROPY": CROSS_ENTROPY_MINUS_ENTROPY,
            "ONE_HOT_AND_EINSUM": ONE_HOT_AND_EINSUM,
            "REDUCTION_NONE": REDUCTION_NONE,
            "SUM_OVER_ROWS": SUM_OVER_ROWS,
            "MEAN_TIMES_CLASSES": MEAN_TIMES_CLASSES,
            "LAMBDAS": LAMBDAS,
            "VMAP": VMAP,
            "OWN_AUTOGRAD": OWN_AUTOGRAD,
            "SKIPS_WHAT_HAS_NO_WEIGHT": SKIPS_WHAT_HAS_NO_WEIGHT,
            "TENSOR_METHODS_AND_PRINTS": TENSOR_METHODS_AND_PRINTS,
            "IN_DOUBLE_PRECISION": IN_DOUBLE_PRECISION,
            "DATACLASS_WITH_CALL": DATACLASS_WITH_CALL,
            "CLOSURES": CLOSURES,
            "TORCH_SPECIAL": TORCH_SPECIAL,
            "COMPILED": COMPILED,
            "SCRIPTED": SCRIPTED,
            "TYPED_AND_CHECKED": TYPED_AND_CHECKED,
            "TRIED_OUT_BELOW": TRIED_OUT_BELOW,
        }.items()
    },
}
