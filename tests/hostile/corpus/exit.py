"""Submissions that end their process, or take away what it answers with: `exit`, signals, crashes, descriptors."""

import signal

from kdquiz.grading.report import Verdict
from tests.hostile.corpus.saying import said
from tests.hostile.row import Row, at_import, in_call, tried

CALLED_EXIT = "called `sys.exit` or raised SystemExit instead of returning a tensor"
NOT_EVERYTHING = r"ended the process \(exit code {}\) before it had returned everything"
CLOSED = "closed the channel through which its answers come back"
SEGMENTATION = "ended by a segmentation fault"
ABORTED = "ended by an abort"
ALL_RIGHT = "Right on all"

_BY_RETURNING = (
    Row(
        name="exit-at-import",
        aim="end with code 0, as a program that has succeeded",
        source=at_import("import sys; sys.exit(0)"),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said(CALLED_EXIT, "line 1: import sys", "SystemExit: 0"),
    ),
    Row(
        name="exit-in-call-with-a-message",
        aim="end with a text that looks like a success",
        source=in_call("import sys; sys.exit('✓ distillation-loss: accepted')"),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said(CALLED_EXIT, "SystemExit: ✓ distillation-loss: accepted"),
        never=r"(?m)^✓",
    ),
    Row(
        name="exit-by-os-at-import",
        aim="end before anything can be looked at",
        source=at_import("import os; os._exit(0)"),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said(NOT_EVERYTHING.format(0)),
    ),
    Row(
        name="exit-by-os-after-one-answer",
        aim="be judged by the first case alone",
        source=at_import("import os\ncalls = []").replace(
            "    hard =", "    calls.append(True)\n    if len(calls) > 1: os._exit(0)\n    hard ="
        ),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said(NOT_EVERYTHING.format(0)),
    ),
    Row(
        name="exit-by-the-c-library",
        aim="run the C library's own handlers at exit",
        source=in_call("import ctypes; ctypes.CDLL(None).exit(7)"),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said(NOT_EVERYTHING.format(7)),
    ),
    Row(
        name="exit-replacing-os-exit",
        aim="go on as the process that forks runners, after the last answer",
        source=at_import("import os, sys\nsys.exit = os._exit = os.abort = lambda *_: None"),
        verdict=Verdict.ACCEPTED,
        reason=said(ALL_RIGHT),
    ),
    Row(
        name="exit-replacing-os-exit-and-raising",
        aim="let an exception out of the runner, into the process that forks runners",
        source=at_import(
            """
            import os, sys
            def leave(*_):
                raise SystemExit("out")
            os._exit = os.write = leave
            """
        ),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said(NOT_EVERYTHING.format(1)),
        never="kdquiz/",  # a traceback of ours means nothing to a learner
    ),
)

_BY_SIGNAL = (
    Row(
        name="exit-killing-itself",
        aim="vanish without a word",
        source=in_call("import os, signal; os.kill(os.getpid(), signal.SIGKILL)"),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said("ended by a kill"),
    ),
    Row(
        name="exit-terminating-itself",
        aim="look like something that was ended from outside",
        source=in_call("import os, signal; os.kill(os.getpid(), signal.SIGTERM)"),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said(f"ended by signal {signal.SIGTERM.value}"),
    ),
    Row(
        name="exit-sending-itself-sigxcpu",
        aim="look like something that has used up the processor",
        source=in_call("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)"),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said(f"ended by signal {signal.SIGXCPU.value}"),
        never="computed for",
    ),
    Row(
        name="exit-by-alarm",
        aim="be ended by a timer of its own",
        source=tried("import signal\nsignal.setitimer(signal.ITIMER_REAL, 0.001)\nsignal.pause()"),
        verdict=Verdict.ACCEPTED,
        reason=said("OUTCOME itimer_error 1 "),
    ),
    Row(
        name="exit-abort",
        aim="crash with a core dump",
        source=in_call("import os; os.abort()"),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said(ABORTED),
    ),
    Row(
        name="exit-fatal-error",
        aim="have the interpreter itself give up",
        source=in_call("import ctypes; ctypes.pythonapi.Py_FatalError(b'OUTCOME given up')"),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said(ABORTED, "OUTCOME given up"),
    ),
    Row(
        name="exit-segmentation-fault",
        aim="crash by reading address 0",
        source=in_call("import ctypes; ctypes.string_at(0)"),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said(SEGMENTATION),
    ),
    Row(
        name="exit-stack-overflow-in-c",
        aim="crash by a recursion that Python does not count",
        source=in_call(
            """
            import sys
            sys.setrecursionlimit(10**9)
            def deeper(_):
                return sorted([0], key=deeper)
            deeper(0)
            """
        ),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said(SEGMENTATION, "recursion without end"),
    ),
    Row(
        name="exit-every-signal-handled",
        aim="not to be ended by a signal",
        source=at_import(
            """
            import signal
            for number in range(1, 65):
                try:
                    signal.signal(number, lambda *_: None)
                    signal.pthread_sigmask(signal.SIG_BLOCK, {number})
                except (OSError, ValueError):
                    print("OUTCOME not", number)
            """
        ),
        verdict=Verdict.ACCEPTED,
        reason=said(f"OUTCOME not {signal.SIGKILL.value}", f"OUTCOME not {signal.SIGSTOP.value}"),
    ),
    Row(
        name="exit-by-watchdog",
        aim="have a thread of the fault handler end the process later",
        source=tried(
            "import faulthandler\nfaulthandler.dump_traceback_later(0.01, exit=True)\nimport time; time.sleep(0.1)"
        ),
        verdict=Verdict.ACCEPTED,
        reason=said("OUTCOME RuntimeError unable to start watchdog thread"),
    ),
)

_BY_DESCRIPTOR = (
    Row(
        name="exit-closing-every-descriptor",
        aim="leave nothing to answer with",
        source=in_call("import os; os.closerange(0, 1000)"),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said(NOT_EVERYTHING.format(1)),
    ),
    Row(
        name="exit-closing-the-answers",
        aim="leave nothing to answer with, and stay",
        source=in_call("import os, time; os.close(4); time.sleep(100)"),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said(CLOSED),
    ),
    Row(
        name="exit-sending-the-answers-elsewhere",
        aim="have the answers printed",
        source=at_import("import os; os.dup2(1, 4)"),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said(NOT_EVERYTHING.format(0)),
    ),
    Row(
        name="exit-closing-what-is-printed",
        aim="break the process that reads what is printed",
        source=at_import("import os\nprint('OUTCOME before')\nos.close(1); os.close(2); print('after')"),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said(r"OSError: \[Errno 9\] Bad file descriptor", "OUTCOME before"),
    ),
)

ROWS: tuple[Row, ...] = (*_BY_RETURNING, *_BY_SIGNAL, *_BY_DESCRIPTOR)
