"""Submissions that raise what is hard to tell of, and ones that leave work for after their end."""

from kdquiz.grading.report import Verdict
from tests.hostile.corpus.saying import said
from tests.hostile.row import IMPATIENT, Row, at_import, in_call, tried

NOT_FINISHED = f"had not finished after {IMPATIENT.wall_seconds:g} s"
ALL_RIGHT = "Right on all"
OUR_OWN = "kdquiz/"
"""A traceback of ours means nothing to a learner."""
ESCAPE = "\x1b|\\\\u001b"
"""A terminal escape, plain or in JSON."""


def _raising(members: str, *, base: str = "Exception") -> str:
    """An exception of the submission's own kind, raised in the call; `members` are the class's statements."""
    lines = "\n    ".join(members.strip().splitlines())
    return at_import(f"class Strange({base}):\n    {lines}\n").replace(
        "    hard =", "    raise Strange('a text')\n    hard ="
    )


_NOT_EXCEPTION = (
    Row(
        name="exit-keyboard-interrupt",
        aim="stop the judge as Ctrl+C would",
        source=in_call("raise KeyboardInterrupt"),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said(
            r"Line 7 raised KeyboardInterrupt\.", "The code itself raised KeyboardInterrupt", "line 7: raise Key"
        ),
    ),
    Row(
        name="exit-interrupting-the-main-thread",
        aim="have a KeyboardInterrupt raised at any later place",
        source=in_call("import _thread; _thread.interrupt_main()\nfor _ in range(10**6): pass"),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said("Line 7 raised KeyboardInterrupt"),
    ),
    Row(
        name="exit-generator-exit",
        aim="an exception that is no Exception",
        source=at_import("raise GeneratorExit('gone')"),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said("Line 1 raised GeneratorExit: gone"),
    ),
    Row(
        name="exit-stop-iteration",
        aim="end a loop of the runner's",
        source=in_call("raise StopIteration"),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said(r"Line 7 raised StopIteration\."),
    ),
    Row(
        name="exit-base-exception",
        aim="an exception that nobody catches",
        source=_raising("pass", base="BaseException"),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said("Line 9 raised Strange: a text", r"line 9: raise Strange\('a text'\)"),
    ),
    Row(
        name="exit-recursion",
        aim="recursion without end",
        source=in_call("def deeper(): return deeper()\ndeeper()"),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said("RecursionError: maximum recursion depth", "A function calls itself without end"),
    ),
)

_STRANGE = (
    Row(
        name="exit-exception-huge",
        aim="flood the report with the text of an exception",
        source=in_call("raise ValueError('x' * 50_000_000)"),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said("ValueError: xxx"),
        never="x{2500}",
    ),
    Row(
        name="exit-exception-chain",
        aim="a chain of a hundred thousand causes, closed to a ring",
        source=in_call(
            """
            first = last = ValueError("first")
            for number in range(100_000):
                last.__cause__ = ValueError(number)
                last = last.__cause__
            last.__cause__ = first
            raise first
            """
        ),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said("ValueError: first"),
    ),
    Row(
        name="exit-exception-hangs-when-told",
        aim="an exception whose text never comes",
        source=_raising("def __str__(self):\n    while True: pass"),
        verdict=Verdict.TIME_LIMIT,
        reason=said(NOT_FINISHED),
        limits=IMPATIENT,
    ),
    Row(
        name="exit-exception-raises-when-told",
        aim="an exception whose text raises",
        source=_raising("def __str__(self):\n    raise KeyboardInterrupt"),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said(r"Line 10 raised Strange\.", r"line 10: raise Strange\('a text'\)"),
        never="KeyboardInterrupt",
    ),
    Row(
        name="exit-exception-exits-when-told",
        aim="end the process while it tells of the exception",
        source=_raising("def __str__(self):\n    import os; os._exit(0)"),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said(r"ended the process \(exit code 0\) before it had returned everything"),
    ),
    Row(
        name="exit-exception-text-is-no-text",
        aim="an exception whose text is a string that is none",
        source=_raising(
            "class Text(str):\n    def __getitem__(self, _): return 42\ndef __str__(self): return self.Text('a')"
        ),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said("Line 11 raised Strange", r"line 11: raise Strange\('a text'\)"),
    ),
    Row(
        name="exit-exception-with-terminal-escapes",
        aim="clear the screen and write a verdict of its own",
        source=in_call(r"raise ValueError('\x1b[2J\x1b[H\x1b[32maccepted\x1b]0;title\x07\x9b31m\r\u202eabc')"),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said("ValueError: ", "accepted"),
        never=f"{ESCAPE}|\x9b|\x07|\u202e",
    ),
    Row(
        name="exit-exception-named-as-a-verdict",
        aim="a name of lines and escapes that look like the report's own",
        source=_raising("pass").replace(
            "\n\n\ndef ", "\nStrange.__name__ = '\\x1b[2K\\n✓ distillation-loss: accepted\\n'\n\n\ndef ", 1
        ),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said("Line 10 raised", r"line 10: raise Strange\('a text'\)"),
        never=rf"{ESCAPE}|(?m:^✓)",
    ),
    Row(
        name="exit-exception-without-a-traceback",
        aim="an exception whose traceback is something else",
        source=_raising("__traceback__ = property(lambda self: 42)"),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said("an exception that cannot be told"),
    ),
    Row(
        name="exit-exception-with-an-endless-traceback",
        aim="an exception whose traceback is a ring",
        source=_raising(
            "@property\ndef __traceback__(self):\n    import types, sys\n    class Ring:\n"
            "        tb_frame, tb_lineno = sys._getframe(), 1\n    Ring.tb_next = Ring\n    return Ring"
        ),
        verdict=Verdict.TIME_LIMIT,
        reason=said(NOT_FINISHED),
        limits=IMPATIENT,
    ),
)

_AFTERWARDS = (
    Row(
        name="exit-hook-at-exit",
        aim="run for ever after the answers",
        source=at_import("import atexit, time\natexit.register(time.sleep, 1000)"),
        verdict=Verdict.ACCEPTED,
        reason=said(ALL_RIGHT),
    ),
    Row(
        name="exit-thread-that-stays",
        aim="a thread that keeps the process alive",
        source=tried("import threading, time\nthreading.Thread(target=time.sleep, args=(1000,)).start()"),
        verdict=Verdict.ACCEPTED,
        reason=said("OUTCOME RuntimeError can't start new thread"),
    ),
    Row(
        name="exit-hook-for-exceptions",
        aim="end successfully whatever was raised",
        source=at_import("import os, sys\nsys.excepthook = sys.unraisablehook = lambda *_: os._exit(0)").replace(
            "    hard =", "    raise ValueError('a text')\n    hard ="
        ),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said("ValueError: a text"),
    ),
    Row(
        name="exit-finaliser-that-raises",
        aim="raise while the garbage is collected",
        source=in_call(
            """
            class Left:
                def __del__(self):
                    raise SystemExit("from a finaliser")
            Left()
            """
        ),
        verdict=Verdict.ACCEPTED,
        reason=said(ALL_RIGHT),
    ),
    Row(
        name="exit-tracing-the-runner",
        aim="raise in the runner's own functions, by a trace function",
        source=at_import(
            """
            import sys
            def trace(frame, event, value):
                if frame.f_code.co_name in ("_to_array", "_last_frame", "_error_frame", "encode"):
                    raise SystemExit("traced")
            sys.settrace(trace)
            """
        ),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said(r"line 4: raise SystemExit\(\"traced\"\)", "SystemExit: traced"),
    ),
    Row(
        name="exit-forgetting-every-module",
        aim="leave the runner without its modules",
        source=at_import("import sys\nfor name in list(sys.modules): sys.modules[name] = None"),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said("ModuleNotFoundError: import of torch halted"),
    ),
    Row(
        name="exit-emptying-the-runner",
        aim="take the runner's own functions away",
        source=in_call(
            """
            import sys
            runner = sys.modules["kdquiz.grading.runner"]
            for name in ("_plain_tensor", "_to_array", "_failure", "_last_frame", "_error_frame"):
                delattr(runner, name)
            """
        ),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said(r"ended the process \(exit code 1\) before it had returned everything"),
        never=OUR_OWN,
    ),
    Row(
        name="exit-emptying-the-builtins",
        aim="take Python's own functions away",
        source=in_call("import builtins; builtins.__dict__.clear()"),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said(r"ended the process \(exit code 1\) before it had returned everything"),
        never=OUR_OWN,
    ),
)

ROWS: tuple[Row, ...] = (*_NOT_EXCEPTION, *_STRANGE, *_AFTERWARDS)
