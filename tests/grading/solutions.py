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
        }.items()
    },
}
