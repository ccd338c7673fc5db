"""Submissions that change what all of Python shares, or the machine's state, and leave it so. None reaches the next."""

from kdquiz.grading.report import Verdict
from tests.hostile.corpus.lasting import right
from tests.hostile.corpus.saying import said
from tests.hostile.row import Row, tried

GRADIENT = "The value is right, but the gradient with respect to `student_logits` is wrong"


PYTHON = (
    right(
        "warnings-as-errors",
        "every warning an exception",
        """
        import warnings
        warnings.simplefilter("error")
        try:
            warnings.warn("now")
        except UserWarning:
            return True
        """,
    ),
    Row(
        name="global-modules-and-paths-cleared",
        aim="nothing can be imported any more, not even by torch",
        source=tried(
            """
            import sys
            sys.modules.clear(); sys.path.clear(); sys.meta_path.clear()
            return len(sys.modules)
            """,
            inside=True,
        ),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said(r"Line \d+ raised ModuleNotFoundError: No module named 'torch'", r"\| OUTCOME did it: 0"),
    ),
    right(
        "environment",
        "variables that torch and its libraries read",
        """
        import os
        os.environ.update(OMP_NUM_THREADS="64", MKL_NUM_THREADS="64", LD_PRELOAD="/tmp/evil.so", PYTHONPATH="/tmp")
        return os.environ["OMP_NUM_THREADS"]
        """,
        "64",
    ),
    right(
        "locale",
        "another idea of what a letter and a number are",
        """
        import locale
        return locale.setlocale(locale.LC_ALL, "C")
        """,
        "C",
    ),
    right(
        "decimals-and-recursion",
        "one digit for decimals, and little room for recursion",
        """
        import decimal, sys
        decimal.getcontext().prec = 1
        sys.setrecursionlimit(60)
        return str(decimal.Decimal(1) / 3), sys.getrecursionlimit()
        """,
        r"\('0.3', 60\)",
    ),
    right(
        "output-closed",
        "standard output and error closed, and print replaced",
        """
        import builtins, io, sys
        print("OUTCOME did it: closing", flush=True)
        builtins.print = lambda *a, **k: None
        sys.stdout.close()
        sys.stdout, sys.stderr = None, io.StringIO()
        """,
        "closing",
    ),
    right(
        "collector-off",
        "the collector off, after it was made to run at every step",
        """
        import gc
        gc.set_threshold(1); gc.collect(); gc.disable()
        return gc.isenabled()
        """,
        "False",
    ),
    right(
        "signals-ignored",
        "every signal ignored that can be",
        """
        import signal
        refused = 0
        for number in signal.valid_signals():
            try:
                signal.signal(number, signal.SIG_IGN)
            except OSError:
                refused += 1
        return refused
        """,
        "2",
    ),
    right(
        "numpy-errors",
        "every doubtful operation of numpy an exception, and no digits when printed",
        """
        import numpy
        numpy.seterr(all="raise"); numpy.set_printoptions(precision=0)
        torch.set_printoptions(precision=0, sci_mode=True)
        return numpy.geterr()["divide"]
        """,
        "raise",
    ),
)

MACHINE = (
    right(
        "small-numbers-flushed",
        "the smallest numbers taken for zero by the processor",
        """
        torch.set_flush_denormal(True)
        return (torch.tensor([1e-310], dtype=torch.float64) * 1).item()
        """,
        "0.0",
    ),
    right(
        "rounding-up",
        "the processor made to round up",
        """
        import ctypes, ctypes.util, platform
        up = {"x86_64": 0x800, "aarch64": 0x400000}[platform.machine()]
        libm = ctypes.CDLL("libm.so.6")
        libm.fesetround(up)
        return libm.fegetround() == up, 1 + 1e-300 > 1
        """,
        r"\(True, (True|False)\)",
    ),
    right(
        "folder-and-mask",
        "another folder, and a mask that forbids all",
        """
        import os
        try:
            os.chdir("/tmp")
        except OSError:
            pass
        try:
            os.umask(0o777)
        except OSError:
            pass
        return "tried", os.getcwd()
        """,
        r"\('tried', '(/|/tmp)'\)",
    ),
)

ROWS: tuple[Row, ...] = (*PYTHON, *MACHINE)
