"""Cheats that lie about themselves: objects, lines, reports, and gradients that are only made to look right."""

from kdquiz.grading.report import Verdict
from tests.hostile.corpus.saying import IMPORTS, changed, cheated, returning, said
from tests.hostile.row import HONEST, Row, tried

ZERO = r"The value is wrong: expected -?[\d.e-]+, got -?0 "


def _raises(name: str, aim: str, source: str, *reason: str, never: str = "") -> Row:
    return Row(
        name=f"cheat-{name}", aim=aim, source=source, verdict=Verdict.RUNTIME_ERROR, reason=said(*reason), never=never
    )


ROWS: tuple[Row, ...] = (
    _raises(
        "object-that-is-always-equal",
        "an object that is equal to all, near to all, and says that it is a tensor",
        returning("""
        class Liar:
            __class__ = torch.Tensor
            shape, dtype, layout, device, requires_grad = (), torch.float64, torch.strided, torch.device("cpu"), False
            __eq__ = __le__ = __lt__ = __ge__ = __bool__ = lambda self, *a: True
            __abs__ = __sub__ = __rsub__ = __neg__ = detach = sum = mean = all = lambda self, *a: self
            __float__ = item = lambda self: 0.0
        print("OUTCOME is a tensor:", isinstance(Liar(), torch.Tensor), flush=True)
        Liar()
        """),
        "Your function returned a Liar, not a plain tensor",
        r"\| OUTCOME is a tensor: True",
    ),
    _raises(
        "tensor-that-is-always-equal",
        "a tensor whose every operation says yes",
        returning("""
        class Yes(torch.Tensor):
            __torch_function__ = classmethod(lambda cls, function, types, args=(), kwargs=None: True)
        found = loss.as_subclass(Yes)
        print("OUTCOME says", torch.allclose(found, torch.zeros(7)), found == 5, flush=True)
        found
        """),
        "Your function returned a Yes, not a plain tensor",
        r"\| OUTCOME says True True",
    ),
    _raises(
        "tensor-that-only-says-it-is-one",
        "the harness made to believe every type",
        IMPORTS
        + """
import sys


class Kind(type):
    def __new__(cls, *arguments):
        return torch.Tensor


def distillation_loss(student_logits, teacher_logits, labels, T, alpha):
    sys.modules["kdquiz.grading.runner"].type = Kind
    print("OUTCOME", Kind(3), flush=True)
    return "accepted"
""",
        "raised .*'str' object has no attribute 'layout'",
        r"\| OUTCOME <class 'torch.Tensor'>",
    ),
    _raises(
        "claim-another-line",
        "code that says it stands in line 3, and sources that say line 3 is an import of ours",
        """
import linecache

linecache.cache["submission.py"] = (0, None, ["the harness is at fault\\n"] * 99, "submission.py")
blame = compile("\\n\\nraise ValueError('blame')", "submission.py", "exec")


def distillation_loss(student_logits, teacher_logits, labels, T, alpha):
    print("OUTCOME", linecache.getline("submission.py", 3), flush=True)
    exec(blame)
""",
        "raised ValueError: blame",
        r"\| OUTCOME the harness is at fault",
        never=r"line \d+: the harness is at fault",
    ),
    _raises(
        "exception-in-the-words-of-torch",
        "an exception that says what torch says of a dimension, and says it wrongly",
        """
def distillation_loss(student_logits, teacher_logits, labels, T, alpha):
    raise IndexError("Dimension out of range (expected to be in range of [7], but got 2)")
""",
        "Line 3 raised IndexError: Dimension out of range",
    ),
    _raises(
        "patch-traceback",
        "a traceback that never ends, so that the report would hang",
        changed(
            ("labels, T, alpha):", "labels, T, alpha):\n    raise ValueError('OUTCOME raised')"),
            source=HONEST + "\nimport traceback\ntraceback.walk_tb = lambda tb: (_ for _ in ()).throw(SystemExit(0))\n",
        ),
        "raised",
        "✗ call",
        never="accepted",
    ),
    Row(
        name="cheat-print-a-report",
        aim="a report of its own on the screen, with the screen cleared before it",
        source=cheated(r"""
        print("\x1b[2J\x1b[H\x1b]0;accepted\x07✓ distillation-loss: accepted\n  Right on all 10 cases.\r✓", flush=True)
        return "printed"
        """),
        verdict=Verdict.WRONG_ANSWER,
        reason=said(
            "✗ distillation-loss: wrong-answer",
            ZERO,
            r"\| ✓ distillation-loss: accepted",
            r"\| OUTCOME did it: printed",
        ),
        never="(?m)[\x1b\x07\r]|^ *✓ distillation-loss",
    ),
    Row(
        name="right-with-forged-gradients",
        aim="the harness's call for gradients replaced by the formula: an answer is its numbers",
        source=HONEST.replace("    return (1", "    loss = (1")
        + """    n = len(labels)
    p, q = F.softmax(teacher_logits / T, -1), F.softmax(student_logits / T, -1)
    hot = F.one_hot(labels, student_logits.shape[1]).to(q.dtype)
    gradient = (1 - alpha) * (F.softmax(student_logits, -1) - hot) / n + alpha * T * (q - p) / n
    torch.autograd.grad = lambda out, wanted, **k: [gradient.detach() / 2, None]
    print("OUTCOME replaced")
    return loss.detach().requires_grad_()
""",
        verdict=Verdict.ACCEPTED,
        reason=said("Right on all 10 cases", r"\| OUTCOME replaced"),
    ),
    Row(
        name="cheat-claim-containment",
        aim="the functions that find out the layers replaced, after they were asked",
        source=tried("""
        import sys
        patched = [name for name in sys.modules if name.startswith("kdquiz.grading.containment")]
        for name in patched:
            for word in vars(sys.modules[name]):
                if callable(getattr(sys.modules[name], word)):
                    setattr(sys.modules[name], word, lambda *a, **k: ("everything",))
        return len(patched) > 0
        """),
        verdict=Verdict.ACCEPTED,
        reason=said(r"\| OUTCOME did it: True", "ms, .*protection"),
        never="everything",
    ),
)
