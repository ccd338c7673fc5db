"""Exploits that graders were beaten with, as they were published; what each is known from stands beside it."""

from kdquiz.grading.report import Verdict
from tests.hostile.corpus.forging import forged
from tests.hostile.corpus.saying import IMPORTS, OUT_OF_TIME, cheated, returning, said
from tests.hostile.row import Row

ZERO = r"The value is wrong: expected -?[\d.e-]+, got -?0 "


def _wrong(name: str, aim: str, source: str, *reason: str, never: str = "") -> Row:
    return Row(
        name=f"published-{name}",
        aim=aim,
        source=source,
        verdict=Verdict.WRONG_ANSWER,
        reason=said(*reason),
        never=never,
    )


def _tried(name: str, aim: str, attack: str, outcome: str, *, inside: bool = False, never: str = "") -> Row:
    """A wrong answer (zero) that first does something."""
    return _wrong(name, aim, cheated(attack, inside=inside), ZERO, rf"\| OUTCOME {outcome}", never=never)


TENSORS = (
    _wrong(
        "reuse-freed-memory",
        "memory without new contents, in the hope that the reference's result lay there (KernelBench 82)",
        returning("""
        print("OUTCOME", [torch.empty((), dtype=torch.float64).item() for _ in range(3)])
        student_logits.new_empty(()) * 0.5 - 123.0
        """),
        "(The value is wrong|The result is not a finite number): expected",
        r"\| OUTCOME \[",
    ),
    _wrong(
        "fill-inputs-with-nan",
        "the arguments and the result NaN, where a comparison takes NaN for a wildcard (pygpubench 7)",
        returning("""
        student_logits.data.fill_(float("nan"))
        teacher_logits.data.fill_(float("nan"))
        print("OUTCOME", student_logits[0, 0].item())
        student_logits.sum()
        """),
        "The result is not a finite number: expected .*, got NaN",
        "✗ unchanged inputs: the call modified `student_logits`, `teacher_logits`",
        r"\| OUTCOME nan",
    ),
    _tried(
        "overwrite-the-expected-tensors",
        "every tensor that the collector knows set to zero, the expected ones as well (pygpubench 7)",
        """
        import gc
        gc.unfreeze()
        held = [one for one in gc.get_objects() if type(one) in (list, tuple, dict)]
        tensors = [t for one in held for t in (one.values() if type(one) is dict else one) if type(t) is torch.Tensor]
        for tensor in tensors:
            tensor.data.zero_()
        return len(tensors) > 0
        """,
        "did it: True",
        inside=True,
    ),
    _wrong(
        "instance-override",
        "a tensor whose own methods give what they like (reference-kernels 162)",
        returning("""
        lazy = (student_logits * 0).sum()
        lazy.detach = lambda: print("OUTCOME detached") or torch.full((), 0.375, dtype=torch.float64)
        lazy.item = lazy.__float__ = lambda: 0.0
        lazy
        """),
        r"The value is wrong: expected -?[\d.e-]+, got (0\.375|-?0) ",
        r"\| OUTCOME detached",
    ),
    Row(
        name="published-lazy-result",
        aim="an object that computes when it is compared, after the clock was stopped (reference-kernels 162)",
        source=returning("""
        class Lazy:
            def __getattr__(self, name): print("OUTCOME asked for", name, flush=True); return getattr(loss, name)
            __torch_function__ = classmethod(lambda cls, f, types, args=(), kwargs=None: f(loss))
        print("OUTCOME made", flush=True)
        Lazy()
        """),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said("Your function returned a Lazy, not a plain tensor", r"\| OUTCOME made"),
    ),
    Row(
        name="published-object-that-compares-as-it-likes",
        aim="a number whose difference to all is nothing and below all (relate 295)",
        source=returning("""
        class Near(float):
            __abs__ = __sub__ = __rsub__ = lambda self, *a: self
            __lt__ = __le__ = __gt__ = __ge__ = __eq__ = lambda self, *a: True
            __hash__ = None
        print("OUTCOME", abs(Near(1) - 1e9) <= 1e-9, flush=True)
        Near(0)
        """),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said("Your function returned a Python Near, not a tensor", r"\| OUTCOME True"),
    ),
)

PROCESS = (
    _tried(
        "race-the-result-channel",
        "a second descriptor of the channel, and a thread that writes to it first (pygpubench 15)",
        """
        import os, threading
        again = os.dup(4)
        print("OUTCOME has descriptor", again, flush=True)
        threading.Thread(target=lambda: os.write(again, b"KDQ1" + bytes(64)), daemon=True).start()
        return "started"
        """,
        r"has descriptor \d+ .*\| OUTCOME RuntimeError can't start new thread",
    ),
    Row(
        name="published-swap-the-result-channel",
        aim="the harness's channel replaced by one of its own, while the real one gets other frames",
        source=forged(
            "real = os.dup(4)",
            "os.dup2(os.pipe()[1], 4)",
            "tell('swapped', real)",
            "frames = b''.join(answers(zero)) + frame(DONE)",
            "os.write(real, frames[:10_000]); os.write(real, frames[10_000:])",
        ),
        verdict=Verdict.WRONG_ANSWER,
        reason=said(ZERO, r"\| OUTCOME swapped \d+"),
    ),
    _tried(
        "rewrite-at-exit",
        "the result written once more when the process ends (pygpubench 15)",
        """
        import atexit, os
        atexit.register(lambda: os.write(1, b"OUTCOME rewritten at exit"))
        atexit.register(lambda: os.write(4, b"accepted"))
        class Last:
            def __del__(self, write=os.write): write(1, b"OUTCOME rewritten at the end")
        __builtins__["last"] = Last() if isinstance(__builtins__, dict) else setattr(__builtins__, "last", Last())
        return "registered"
        """,
        "did it: registered",
        never="OUTCOME rewritten",
    ),
    Row(
        name="published-stop-the-clock",
        aim="every clock of Python stopped, and then work without end (reference-kernels 162)",
        source=cheated(
            """
            import time
            for name in ("time", "monotonic", "perf_counter", "process_time", "time_ns", "perf_counter_ns"):
                setattr(time, name, lambda: 0)
            torch.cuda.Event.elapsed_time = lambda *a: 0.0
            print("OUTCOME", time.monotonic(), flush=True)
            while time.monotonic() < 1:
                pass
            """
        ),
        verdict=Verdict.TIME_LIMIT,
        reason=said(OUT_OF_TIME, r"\| OUTCOME 0"),
    ),
    _tried(
        "write-the-results-file",
        "the file in which a grader keeps its results (Gradescope)",
        """
        import json, os
        told = []
        for path in ("/autograder/results/results.json", "results.json", "/tmp/results.json", "/dev/shm/results.json"):
            try:
                with open(path, "w") as file:
                    json.dump({"score": 100, "verdict": "accepted"}, file)
                told.append(path)
            except OSError as error:
                told.append(error.errno)
        return told
        """,
        r"did it: \[(2|13), 13, 13, (2|13)\]",
    ),
    _tried(
        "string-from-arguments-or-environment",
        "the secret word that proves a pass, from the command line or the environment (autograder 39)",
        """
        import ctypes, os, sys
        libc = ctypes.CDLL(None)
        block = ctypes.c_void_p.in_dll(libc, "environ").value
        texts, first = [], ctypes.cast(block, ctypes.POINTER(ctypes.c_char_p))
        while block and first[len(texts)]:
            texts.append(first[len(texts)])
        words = ("secret", "token", "verdict", "expected", "password")
        told = " ".join([*sys.argv, *sys.orig_argv, *map(repr, texts), *os.environ]).lower()
        return sys.argv, [word for word in words if word in told]
        """,
        r"did it: \(\['submission.py'\], \[\]\)",
    ),
    _tried(
        "ask-the-main-module",
        "a reference, a solution or a test under a usual name in the main module (otter, nbgrader)",
        """
        import __main__, sys
        usual = ("ref_model", "reference", "solution", "check", "grader", "tests", "_judge", "expected")
        __main__.verdict = "accepted"
        modules = [one for one in sys.modules if one.split(".")[0] in ("pytest", "unittest2", "otter", "nbgrader")]
        return [name for name in vars(__main__) if name in usual], modules
        """,
        r"did it: \(\[\], \[\]\)",
    ),
    Row(
        name="published-patch-the-assertions",
        aim="assertions of unittest that always hold, and a test that ends with success (Kratzke 2019: evasion)",
        source=IMPORTS
        + """
import unittest
unittest.TestCase.assertEqual = unittest.TestCase.assertAlmostEqual = unittest.TestCase.assertTrue = lambda *a: None
unittest.TestCase.run = lambda self, result=None: result
print("OUTCOME", unittest.TestCase().assertEqual(1, 2), flush=True)


def distillation_loss(student_logits, teacher_logits, labels, T, alpha):
    raise unittest.SkipTest("accepted")
""",
        verdict=Verdict.RUNTIME_ERROR,
        reason=said(r"Line \d+ raised SkipTest: accepted", r"\| OUTCOME None"),
    ),
)

ROWS: tuple[Row, ...] = (*TENSORS, *PROCESS)
