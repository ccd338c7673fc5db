"""Cheats that change what they reach in their own process, so that a wrong answer might pass: nothing judges there."""

from kdquiz.grading.report import Verdict
from tests.hostile.corpus.saying import cheated, said
from tests.hostile.row import Row

ZERO = r"The value is wrong: expected -?[\d.e-]+, got -?0 "


def _wrong(name: str, aim: str, attack: str, outcome: str, *, summary: str = ZERO, answer: str = "") -> Row:
    """A wrong answer that first does something to its process, and says what came of it."""
    source = cheated(attack, answer=answer) if answer else cheated(attack)
    reason = said(summary, rf"\| OUTCOME did it: {outcome}")
    return Row(name=f"cheat-{name}", aim=aim, source=source, verdict=Verdict.WRONG_ANSWER, reason=reason)


def _raises(name: str, aim: str, source: str, *reason: str, never: str = "") -> Row:
    return Row(
        name=f"cheat-{name}", aim=aim, source=source, verdict=Verdict.RUNTIME_ERROR, reason=said(*reason), never=never
    )


COMPARISONS = (
    _wrong(
        "patch-comparisons",
        "every comparison of torch says yes",
        """
        for name in ("allclose", "equal", "isclose", "eq", "le", "lt"):
            setattr(torch, name, lambda *a, **k: True)
        torch.testing.assert_close = lambda *a, **k: None
        return torch.allclose(torch.ones(1), torch.zeros(3)), torch.equal(1, 2)
        """,
        r"\(True, True\)",
    ),
    _wrong(
        "patch-tensor-operators",
        "every comparison of tensors says yes, every difference is nothing",
        """
        for name in ("__eq__", "__le__", "__lt__", "__ge__", "__gt__", "all", "any", "equal", "allclose"):
            setattr(torch.Tensor, name, lambda *a, **k: True)
        torch.Tensor.__sub__ = lambda left, right: torch.zeros_like(left)
        return torch.ones(()) == torch.zeros(()), (torch.ones(()) - 5).item()
        """,
        r"\(True, 0\.0\)",
    ),
    _wrong(
        "patch-losses",
        "the functions that a reference would call give nothing",
        """
        nothing = lambda first, *a, **k: (first * 0).sum()
        F.kl_div = F.cross_entropy = F.nll_loss = F.mse_loss = nothing
        torch.nn.CrossEntropyLoss.forward = torch.nn.KLDivLoss.forward = lambda self, a, b: nothing(a)
        return F.cross_entropy(torch.ones(2, 3), torch.tensor([0, 1])).item()
        """,
        r"0\.0",
        answer="(1 - alpha) * hard + alpha * soft",
    ),
    _wrong(
        "patch-builtins",
        "Python's own functions say what one wants to hear",
        """
        import builtins, math
        builtins.all = builtins.any = lambda *a, **k: True
        builtins.abs = builtins.max = builtins.round = lambda *a, **k: 0
        math.isfinite, math.isnan = lambda x: True, lambda x: False
        return all([False]), abs(-5)
        """,
        r"\(True, 0\)",
    ),
    _wrong(
        "trace-the-harness",
        "a trace function that rewrites what the harness's functions hold",
        """
        import sys
        seen = set()
        def trace(frame, event, argument):
            if frame.f_globals.get("__name__", "").startswith("kdquiz"):
                seen.add(frame.f_code.co_name)
                for name in ("output", "tensor", "returned"):
                    if name in frame.f_locals and torch.is_tensor(frame.f_locals[name]):
                        frame.f_locals[name].data.fill_(0.125)
            return trace
        frame = sys._getframe()
        while frame:
            frame.f_trace, frame = trace, frame.f_back
        sys.settrace(trace)
        return "tracing", sys.gettrace() is trace
        """,
        r"\('tracing', True\)",
        summary=r"The value is wrong: expected -?[\d.e-]+, got 0\.125 ",
    ),
)

FORGED_PARTS = (
    _wrong(
        "patch-autograd",
        "the harness's own call for gradients gives made-up ones",
        """
        torch.autograd.grad = lambda out, wanted, **k: [torch.full_like(one, 0.5) for one in wanted]
        return torch.autograd.grad(None, [torch.ones(())])
        """,
        r"\[tensor\(0\.5",
        summary="The value is right, but the gradient .* is wrong: at .0, 0. expected .* got 1;",
        answer="(1 - alpha) * hard + alpha * soft",
    ),
    _wrong(
        "patch-the-harness",
        "the harness's own functions read, check and write something else",
        """
        import sys
        runner = sys.modules["kdquiz.grading.runner"]
        written = runner._to_array
        runner._to_array = lambda name, tensor: written(name, tensor * 0 + 3 if name == "output" else tensor)
        runner._plain_tensor = lambda value, did: value
        runner.check_signature = lambda *a: None
        return runner._to_array.__module__
        """,
        "submission",
        summary=r"The value is wrong: expected -?[\d.e-]+, got 3 ",
    ),
    _wrong(
        "replace-modules",
        "a judge of its own under the name of the real one, and no compare",
        """
        import sys, types
        for name in ("judge", "compare", "grade", "summary", "checks", "examine"):
            fake = types.ModuleType(f"kdquiz.grading.{name}")
            fake.grade = fake.mismatch = fake.verdict_of = lambda *a, **k: "accepted"
            sys.modules[fake.__name__] = fake
        from kdquiz.grading.judge import grade
        return grade()
        """,
        "accepted",
    ),
    _wrong(
        "rewrite-the-arguments",
        "the inputs that the harness still holds set to zero, so that zero might be right",
        """
        import sys
        frame = sys._getframe()
        while "job" not in frame.f_locals:
            frame = frame.f_back
        items = [item for case in frame.f_locals["job"].cases for item in case if hasattr(item, "data")]
        for item in items:
            object.__setattr__(item, "data", bytes(len(item.data)))
        return len(items)
        """,
        "30",
        summary=r"The value is wrong: expected .* ✗ unchanged inputs: the call modified ",
        answer="(1 - alpha) * hard + alpha * soft",
    ),
    _raises(
        "drop-the-cases",
        "all cases but the first taken from the harness",
        cheated("""
        import sys
        frame = sys._getframe()
        while "job" not in frame.f_locals:
            frame = frame.f_back
        job = frame.f_locals["job"]
        object.__setattr__(job, "cases", job.cases[:1])
        return len(job.cases)
        """),
        "What came back was not an answer: a frame DONE came out of turn",
        r"\| OUTCOME did it: 1",
    ),
    _raises(
        "patch-the-encoder",
        "a verdict in place of each frame",
        cheated("""
        import json, sys
        sys.modules["kdquiz.grading.runner"].encode = lambda frame: json.dumps({"verdict": "accepted"}).encode()
        return sys.modules["kdquiz.grading.runner"].encode(None)
        """),
        "What came back was not an answer: a frame does not begin as one",
        r"\| OUTCOME did it: b'",
    ),
)

ROWS: tuple[Row, ...] = (*COMPARISONS, *FORGED_PARTS)
