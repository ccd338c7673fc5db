"""Submissions that use up time: they compute, they sleep, they hold on to what stops them."""

from kdquiz.grading.report import Verdict
from tests.hostile.corpus.saying import said
from tests.hostile.row import COMPUTING, IMPATIENT, Row, at_import, in_call

USED_UP = said(f"computed for {COMPUTING.cpu_seconds} s and had not finished")
NOT_FINISHED = said(rf"had not finished after {IMPATIENT.wall_seconds:g} s")


def _used_up(name: str, aim: str, source: str) -> Row:
    """It is ended by the limit on processor time."""
    return Row(name=name, aim=aim, source=source, verdict=Verdict.TIME_LIMIT, reason=USED_UP, limits=COMPUTING)


def _late(name: str, aim: str, source: str) -> Row:
    """It is ended by the clock."""
    return Row(name=name, aim=aim, source=source, verdict=Verdict.TIME_LIMIT, reason=NOT_FINISHED, limits=IMPATIENT)


ROWS: tuple[Row, ...] = (
    _used_up("resource-loop-at-import", "a loop while the module is loaded", at_import("while True: pass")),
    _used_up("resource-loop-in-call", "a loop in the function", in_call("while True: pass")),
    _used_up(
        "resource-loop-that-catches-everything",
        "a loop that no exception ends",
        in_call("while True:\n    try:\n        while True: pass\n    except BaseException:\n        continue"),
    ),
    _used_up(
        "resource-loop-that-ignores-signals",
        "a loop that the soft limit does not end",
        at_import(
            "import signal\nfor number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:\n"
            "    signal.signal(number, signal.SIG_IGN)\n"
            "while True: pass"
        ),
    ),
    _late("resource-loop-in-c", "a loop inside one call of C", in_call("import itertools; sum(itertools.repeat(1))")),
    _late(
        "resource-loop-in-torch",
        "a loop inside one call of torch",
        in_call("x = torch.rand(64, 64)\nfor _ in range(10**9): x = torch.linalg.matrix_power(x, 10**6)"),
    ),
    _late(
        "resource-regular-expression",
        "catastrophic backtracking",
        in_call("import re; re.match('(a+)+$', 'a' * 60 + 'b')"),
    ),
    _late("resource-big-number", "one number of a billion digits", in_call("pow(3, 10**9)")),
    _late(
        "resource-number-to-text",
        "digits without their limit",
        in_call("import sys; sys.set_int_max_str_digits(0); str(1 << 20_000_000)"),
    ),
    _late(
        "resource-loop-in-the-gradient",
        "a loop after the function has returned",
        in_call(
            """
            class Endless(torch.autograd.Function):
                @staticmethod
                def forward(ctx, x): return x.clone()
                @staticmethod
                def backward(ctx, gradient):
                    while True: pass
            student_logits = Endless.apply(student_logits)
            """
        ),
    ),
    _late(
        "resource-loop-in-the-signature",
        "a loop while the runner looks at the function's signature",
        "class Endless:\n    @property\n    def __signature__(self):\n        while True: pass\n"
        "    def __call__(self, *arguments): pass\n"
        "distillation_loss = Endless()\n",
    ),
    _late("resource-sleep", "sleep", in_call("import time; time.sleep(1000)")),
    _late(
        "resource-sleep-ignoring-signals",
        "sleep on, whatever signal comes",
        at_import(
            "import signal, time\nfor number in set(signal.Signals) - {signal.SIGKILL, signal.SIGSTOP}:\n"
            "    signal.signal(number, signal.SIG_IGN)\n"
            "while True: time.sleep(1000)"
        ),
    ),
    _late(
        "resource-stopped",
        "stop, so that no signal but one arrives",
        in_call("import os, signal; os.kill(os.getpid(), signal.SIGSTOP)"),
    ),
    _late(
        "resource-sleep-holding-the-gil",
        "sleep in C and let no other thread run",
        in_call("import ctypes; ctypes.PyDLL(None).sleep(1000)"),
    ),
    _late(
        "resource-deadlock",
        "wait for a lock of its own",
        in_call("import threading\nlock = threading.Lock()\nlock.acquire(); lock.acquire()"),
    ),
    _late(
        "resource-trickle",
        "keep the judge reading, a byte at a time",
        in_call(
            """
            import os, struct, time
            os.write(4, struct.pack("<4sBHBI", b"KDQ1", 3, 0, 1, 10_000))
            while True: time.sleep(0.05); os.write(4, b"a")
            """
        ),
    ),
    _late(
        "resource-printing-slowly",
        "keep the judge reading what is printed",
        in_call("import time\nwhile True: time.sleep(0.02); print('.', end='', flush=True)"),
    ),
    Row(
        name="resource-waiting-for-input",
        aim="wait for somebody to type",
        source=in_call("input('OUTCOME asked: ')"),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said("EOFError", "nobody to type in a drill", "OUTCOME asked: "),
    ),
)
