"""A submission in a real runner: what it answers, and every way it can fail, each in its own words."""

import os
import textwrap
from pathlib import Path
from typing import Any

import pytest

from kdquiz.grading import isolated
from kdquiz.grading.containment import landlock
from kdquiz.grading.report import Limits
from tests.grading.processes import QUICK, Lab, descendants, ends

X = {"name": "x", "value": [[1.0, 2.0], [3.0, 4.0]], "dtype": "float64", "grad": True}
Y = {"name": "y", "value": [0, 1], "dtype": "int64"}
T = {"name": "T", "value": 2.0}


def run(lab: Lab, source: str, *arguments: dict[str, Any], limits: Limits = QUICK, entry: str = "f") -> dict[str, Any]:
    return lab.run(textwrap.dedent(source), [arguments], limits, entry)


def works(lab: Lab) -> bool:
    """The next submission is graded normally."""
    return bool(run(lab, "def f(x): return x * 2", X)["end"] == "DONE")


# What comes back


def test_output_gradients_and_the_arguments_afterwards(lab: Lab) -> None:
    source = "def f(x, y, T):\n    return (x[range(2), y] / T).sum()"
    result = run(lab, source, X, Y, T)
    assert (result["end"], result["raised"], result["printed"]) == ("DONE", None, "")
    [answer] = result["answers"]
    assert answer == {
        "output": {"dtype": "torch.float64", "shape": [], "value": 2.5},
        "gradients": {"x": {"dtype": "torch.float64", "shape": [2, 2], "value": [[0.5, 0.0], [0.0, 0.5]]}},
        "after": {
            "x": {"dtype": "torch.float64", "shape": [2, 2], "value": X["value"]},
            "y": {"dtype": "torch.int64", "shape": [2], "value": [0, 1]},
        },
    }


@pytest.mark.parametrize(
    "dtype", ["float64", "float32", "float16", "bfloat16", "int64", "int32", "int16", "int8", "uint8"]
)
def test_tensors_of_every_type_go_both_ways(lab: Lab, dtype: str) -> None:
    argument = {"name": "x", "value": [1, 0, 5], "dtype": dtype}
    [answer] = run(lab, "def f(x): return x + x", argument)["answers"]
    assert answer["output"] == {"dtype": f"torch.{dtype}", "shape": [3], "value": [2, 0, 10]}


def test_booleans_scalars_and_empty_tensors_go_both_ways(lab: Lab) -> None:
    mask = {"name": "mask", "value": [True, False], "dtype": "bool"}
    empty = {"name": "empty", "value": [[]], "dtype": "float32", "grad": True}
    words: list[dict[str, Any]] = [
        {"name": "a", "value": True},
        {"name": "b", "value": 7},
        {"name": "c", "value": "mean"},
    ]
    source = """
        import torch
        def f(mask, empty, a, b, c):
            assert a is True and b == 7 and type(b) is int and c == "mean" and mask.dtype is torch.bool
            assert empty.shape == (1, 0) and empty.requires_grad
            return ~mask
    """
    result = run(lab, source, mask, empty, *words)
    assert result["end"] == "DONE", result
    assert result["answers"][0]["output"] == {"dtype": "torch.bool", "shape": [2], "value": [False, True]}
    assert result["answers"][0]["after"]["empty"] == {"dtype": "torch.float32", "shape": [1, 0], "value": [[]]}


def test_an_argument_that_is_not_used_has_no_gradient(lab: Lab) -> None:
    unused = {**X, "name": "unused"}
    [answer] = run(lab, "def f(x, unused): return x.sum()", X, unused)["answers"]
    assert answer["gradients"]["unused"] is None
    assert answer["gradients"]["x"]["value"] == [[1, 1], [1, 1]]


@pytest.mark.parametrize("body", ["x.detach().sum()", "x.argmax()", "x.requires_grad_(False).sum()"])
def test_without_a_path_there_is_no_gradient_and_no_error(lab: Lab, body: str) -> None:
    result = run(lab, f"def f(x): return {body}", X)
    assert result["end"] == "DONE"
    assert result["answers"][0]["gradients"] == {"x": None}


def test_each_call_gets_fresh_arguments_and_a_change_is_seen(lab: Lab) -> None:
    result = lab.run("def f(x):\n    x.data.mul_(2)\n    return x.sum()", [[X], [X]])
    assert [answer["output"]["value"] for answer in result["answers"]] == [20, 20]
    assert [answer["after"]["x"]["value"] for answer in result["answers"]] == [[[2, 4], [6, 8]]] * 2


def test_views_and_expanded_outputs_come_back_dense(lab: Lab) -> None:
    [answer] = run(lab, "def f(x): return x.t()[:1].expand(2, 2)", X)["answers"]
    assert answer["output"]["value"] == [[1, 3], [1, 3]]


def test_the_learner_may_print_and_import_and_use_unicode(lab: Lab) -> None:
    source = """
        import sys, math, dataclasses, numpy
        import torch.nn.functional as F
        @dataclasses.dataclass
        class Größe:
            α: float = 0.5
        def f(x):
            print("α =", Größe().α)
            print("to stderr", file=sys.stderr)
            print("\\x1b[31mred\\x1b[0m", end="")
            return F.softmax(x, dim=-1)
    """
    result = run(lab, source, X)
    assert (result["end"], result["printed"]) == ("DONE", "α = 0.5\nto stderr\nred")


def test_a_byte_order_mark_and_windows_line_ends_are_fine(lab: Lab) -> None:
    assert lab.run(b"\xef\xbb\xbfdef f(x):\r\n    return x\r\n", [[X]])["end"] == "DONE"


def test_what_a_submission_does_to_torch_is_gone_with_it(lab: Lab) -> None:
    source = "import torch\ntorch.set_default_dtype(torch.float64)\ntorch.Tensor.__add__ = None\ndef f(x): return x * 1"
    assert run(lab, source, X)["end"] == "DONE"
    probe = "import torch\ndef f(x): return x + torch.ones(1).sum() * (torch.get_default_dtype() == torch.float32)"
    assert run(lab, probe, X)["answers"][0]["output"]["value"] == [[2, 3], [4, 5]]


def test_a_compiled_function_runs_as_it_is(lab: Lab) -> None:
    source = """
        import torch
        @torch.compile
        def f(x): return g(x) + h(x)
        @torch.compile(dynamic=True)
        def g(x): return x * 2
        h = torch.compile(lambda x: x * 3, mode="max-autotune")
    """
    assert run(lab, source, X)["answers"][0]["output"]["value"] == [[5, 10], [15, 20]]


def test_asking_for_more_threads_does_no_harm(lab: Lab) -> None:
    source = "import torch\ntorch.set_num_threads(8)\ndef f(x): return (x @ x).relu()"
    assert run(lab, source, X)["end"] == "DONE"


# What is refused


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (b"x = '\xff'", "not UTF-8 (line 1)"),
        (b"def f():\n    pass # \xe9", "not UTF-8 (line 2)"),
        (b"def f(): pass\0", "NUL byte"),
        (b"#" * (64 << 10) + b"!", "longer than 65,536 bytes"),
    ],
)
def test_what_is_no_source_is_refused_before_anything_runs(lab: Lab, source: bytes, says: str) -> None:
    result = lab.run(source)
    assert result["end"] == "REFUSED"
    assert says in result["detail"]
    assert result["containment"] == []


def raised(result: dict[str, Any]) -> tuple[str, str, int | None, str, str]:
    told = result["raised"]
    return result["end"], told["error"], told["line"], told["text"], told["plain"]


def test_a_syntax_error_has_its_line(lab: Lab) -> None:
    end, error, line, text, _ = raised(run(lab, "import torch\ndef f(x)\n    return x", X))
    assert (end, error, line, text) == ("COMPILE", "SyntaxError: expected ':'", 2, "def f(x)")


def test_what_the_file_itself_raises_names_the_line_that_called(lab: Lab) -> None:
    end, error, line, _, plain = raised(run(lab, "def f(x):\n    return x[7]\n\n\nf([1])"))
    assert (end, error, line) == ("RAISED", "IndexError: list index out of range", 2)
    assert plain.startswith("Line 5 of your file, which calls it, was run when the file was loaded;")


def test_an_indentation_error_is_one_of_compilation(lab: Lab) -> None:
    end, error, line, *_ = raised(run(lab, "def f(x):\nreturn x", X))
    assert (end, line) == ("COMPILE", 2)
    assert error.startswith("IndentationError: expected an indented block")


def test_a_source_that_is_too_deep_for_python_does_not_compile(lab: Lab) -> None:
    end, *_, plain = raised(run(lab, "x = " + "-" * 60_000 + "1"))
    assert (end, plain) == ("COMPILE", "It is nested too deeply, or holds a constant that is too large.")


def test_an_empty_file_has_no_function(lab: Lab) -> None:
    end, error, *_, plain = raised(run(lab, ""))
    assert (end, error) == ("RAISED", "no function `f`")
    assert plain == "The file defines no function named `f`."


def test_a_misspelt_function_is_suggested(lab: Lab) -> None:
    result = run(lab, "def distilation_loss(x): return x", X, entry="distillation_loss")
    assert raised(result)[-1].endswith("It defines `distilation_loss`: is that the one?")


@pytest.mark.parametrize(
    ("source", "says", "line"),
    [
        ("f = 3", "`f` is an int, not a function.", None),
        ("\nasync def f(x): return x", "declared with `async def`; write `def f(...)`", 2),
        (
            "# two\n\ndef f(x, z): return x",
            "called with 1 positional argument: x. Yours does not take them: missing a required argument: 'z'.",
            3,
        ),
        (
            "def f(): return 1",
            "called with 1 positional argument: x. Yours does not take them: too many positional arguments.",
            1,
        ),
    ],
)
def test_a_function_that_cannot_be_called_is_told_in_words(lab: Lab, source: str, says: str, line: int | None) -> None:
    end, _, at, _, plain = raised(run(lab, source, X))
    assert end == "RAISED"
    assert says in plain
    assert at == line


# What raises


def test_the_learners_own_deepest_line_is_named(lab: Lab) -> None:
    source = """\
        import torch
        def helper(x):
            return x @ torch.ones(3, dtype=x.dtype)   # shapes
        def f(x):
            return helper(x)
    """
    end, error, line, text, _ = raised(run(lab, source, X))
    assert (end, line, text) == ("RAISED", 3, "return x @ torch.ones(3, dtype=x.dtype)   # shapes")
    assert error.startswith("RuntimeError: size mismatch")


def test_answers_before_the_one_that_raised_are_kept(lab: Lab) -> None:
    source = "calls = []\ndef f(x):\n    calls.append(1)\n    return x / (len(calls) < 3 or 1 / 0)"
    result = lab.run(source, [[X], [X], [X], [X]])
    assert raised(result)[:3] == ("RAISED", "ZeroDivisionError: division by zero", 4)
    assert len(result["answers"]) == 2


def test_raising_at_import_has_its_line_and_no_answers(lab: Lab) -> None:
    result = run(lab, "import torch\nfrom nowhere_at_all import x\n", X)
    assert raised(result)[:3] == ("RAISED", "ModuleNotFoundError: No module named 'nowhere_at_all'", 2)
    assert "standard library, torch" in raised(result)[-1]
    assert result["answers"] == []


@pytest.mark.parametrize(
    ("statement", "end", "error"),
    [
        ("raise SystemExit", "EXITED", "SystemExit"),
        ("import sys; sys.exit(0)", "EXITED", "SystemExit: 0"),
        ("exit('bye')", "EXITED", "SystemExit: bye"),
        ("raise KeyboardInterrupt", "RAISED", "KeyboardInterrupt"),
        ("raise GeneratorExit", "RAISED", "GeneratorExit"),
        ("class Odd(BaseException): __str__ = None\n    raise Odd", "RAISED", "Odd"),
        ("input()", "RAISED", "EOFError: EOF when reading a line"),
        ("return f(x)", "RAISED", "RecursionError: maximum recursion depth exceeded"),
        ("x += 1; return x", "RAISED", "RuntimeError: a leaf Variable that requires grad is being used in an in-place"),
    ],
)
def test_every_way_of_raising_is_told_with_its_line(lab: Lab, statement: str, end: str, error: str) -> None:
    result = run(lab, f"def f(x):\n    {statement}\n    return x", X)
    assert result["end"] == end
    assert result["raised"]["error"].startswith(error)
    assert result["raised"]["line"] in (2, 3)
    assert works(lab)


def test_sys_exit_says_what_to_do_instead(lab: Lab) -> None:
    result = run(lab, "import sys\nsys.exit(0)", X)
    assert "sys.exit" in result["detail"]
    assert result["raised"]["plain"].startswith("A function returns its result")


def test_an_error_in_the_gradient_is_said_to_be_one(lab: Lab) -> None:
    source = "def f(x):\n    y = (x * 1).exp()\n    y.sum().backward()\n    return y"
    end, error, line, _, plain = raised(run(lab, source, X))
    assert (end, line) == ("RAISED", None)
    assert error.startswith("RuntimeError: Trying to backward through the graph a second time")
    assert plain.startswith("This was raised while the gradient was computed")


def test_a_huge_or_coloured_message_is_cut_and_made_printable(lab: Lab) -> None:
    _, error, *_ = raised(run(lab, "def f(x): raise ValueError('\\x1b]0;t\\x07' + 'a' * 10**7)", X))
    assert error.startswith("ValueError: aaa")
    assert len(error) == 2000


def test_an_exception_that_lies_about_itself_shows_nothing_of_ours(lab: Lab) -> None:
    source = """
        class Odd(type):
            __name__ = property(lambda cls: 5)
        class Error(Exception, metaclass=Odd): pass
        def f(x): raise Error
    """
    result = run(lab, source, X)
    assert raised(result)[:2] == ("RAISED", "an exception that cannot be told")
    assert result["printed"] == ""


def test_no_path_of_this_machine_is_told(lab: Lab) -> None:
    end, error, *_, plain = raised(run(lab, "from torch import softmx", X))
    assert (end, error) == ("RAISED", "ImportError: cannot import name 'softmx' from 'torch' (torch/__init__.py)")
    assert "look at the spelling" in plain
    source = """
        import traceback, torch
        def f(x):
            try:
                torch.nn.functional.softmax(x, dim=9)
            except IndexError:
                traceback.print_exc()
            traceback.print_stack()
            return x
    """
    printed = run(lab, source, X)["printed"]
    assert 'File "torch/nn/functional.py"' in printed
    assert str(Path(__file__).parents[2]) not in printed


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("import torch.nn.functionals", "no such part of torch"),
        ("breakpoint()", "nobody to debug"),
        ("torch.ones(1).item", ""),
    ],
)
def test_a_slip_is_told_in_plain_words(lab: Lab, statement: str, says: str) -> None:
    result = run(lab, f"import torch\ndef f(x):\n    {statement}\n    return x", X)
    assert says in (result["raised"] or {"plain": ""})["plain"]
    assert bool(says) == bool(result["raised"])


# What is not a tensor


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("x.sum().item()", "returned a Python float, not a tensor; no gradient can flow through it"),
        ("True", "returned a Python bool, not a tensor; no gradient can flow through it"),
        ("None", "returned None, not a tensor; is a `return` missing?"),
        ("(x, x)", "returned a tuple, not a plain tensor"),
        ("x.detach().numpy()", "returned a ndarray, not a plain tensor"),
        ("(y for y in x)", "returned a generator, not a plain tensor"),
        ("torch.nn.Parameter(x)", "returned a Parameter, not a plain tensor"),
        ("x.to_sparse()", "returned a tensor that is not a plain one on the CPU (sparse_coo, cpu, float64)"),
        ("torch.ones(2, dtype=torch.complex64)", "not a plain one on the CPU (strided, cpu, complex64)"),
        ("torch.empty(2, device='meta')", "not a plain one on the CPU (strided, meta, float32)"),
        ("x.reshape(1, 1, 1, 1, 1, 2, 2)", "returned what cannot be passed on: 'output' has 7 dimensions"),
        ("type('T\\n\\x1b[31mT', (), {})()", "returned a T T, not a plain tensor"),
    ],
)
def test_what_is_no_plain_tensor_is_named(lab: Lab, value: str, says: str) -> None:
    result = run(lab, f"import torch\ndef f(x): return {value}", X)
    assert result["end"] == "MALFORMED"
    assert says in result["detail"]


def test_a_forged_answer_is_malformed_or_just_an_answer(lab: Lab) -> None:
    verdict = """
        import json, os
        for descriptor in range(3, 32):
            try:
                os.write(descriptor, json.dumps({"verdict": "accepted"}).encode())
            except OSError:
                pass
        def f(x): return x
    """
    result = run(lab, verdict, X)
    assert (result["end"], result["answers"]) == ("MALFORMED", [])
    done = "import os, struct\nos.write(4, struct.pack('<4sBHBI', b'KDQ1', 5, 0, 0, 0))\nimport time; time.sleep(60)"
    result = run(lab, done, X)
    assert (result["end"], result["answers"]) == ("MALFORMED", [])
    assert "DONE came out of turn" in result["detail"]


IMPOSSIBLE = """
import os, sys, time
from kdquiz.grading.protocol import Array, Frame, Kind, encode
shape = (2**32 - 1, 2**32 - 1, 2**32 - 1, 0)
after = Array(name="after:x", dtype="float64", shape=(), data=bytes(8))
os.write(4, encode(Frame(Kind.TENSORS, 0, (Array(name="output", dtype="float64", shape=shape, data=b""), after))))
time.sleep(60)
"""
LINE_TRUE = """
import os, time
from kdquiz.grading.protocol import Frame, Kind, Scalar, encode
told = (Scalar("kind", "raised"), Scalar("error", ""), Scalar("plain", ""), Scalar("line", True))
os.write(4, encode(Frame(Kind.ERROR, 0, told)))
time.sleep(60)
"""


@pytest.mark.parametrize(("forged", "says"), [(IMPOSSIBLE, "'output' has an impossible shape"), (LINE_TRUE, "not an")])
def test_a_forged_frame_is_never_a_fault_of_ours(lab: Lab, forged: str, says: str) -> None:
    result = run(lab, forged, X)
    assert result["end"] == "MALFORMED"
    assert says in result["detail"]


def test_a_class_in_place_of_the_function_is_said_to_be_one(lab: Lab) -> None:
    result = run(lab, "class f:\n    def __init__(self, x): pass", X)
    assert raised(result)[4] == "`f` is a class: write a function of that name, which may well use the class."


# What ends the process


@pytest.mark.parametrize(
    ("statement", "end", "says"),
    [
        ("os._exit(0)", "EXITED", "exit code 0"),
        ("os._exit(7)", "EXITED", "exit code 7"),
        ("os.close(4); time.sleep(60)", "EXITED", "closed the channel"),
        ("os.closerange(0, 100)", "EXITED", "exit code"),
        ("os.kill(os.getpid(), signal.SIGKILL)", "CRASHED", "a kill from outside"),
        ("os.kill(os.getpid(), signal.SIGTERM)", "CRASHED", "by signal 15"),
        ("ctypes.string_at(0)", "CRASHED", "segmentation fault"),
        ("os.abort()", "CRASHED", "abort"),
    ],
)
def test_every_way_of_ending_the_process_is_told(lab: Lab, statement: str, end: str, says: str) -> None:
    source = f"import ctypes, os, signal, time\ndef f(x):\n    print('before')\n    {statement}\n    return x"
    result = run(lab, source, X)
    assert result["end"] == end
    assert says in result["detail"]
    assert result["printed"] == "before\n"
    assert works(lab)


# What uses too much


def test_a_loop_ends_at_the_processor_limit(lab: Lab) -> None:
    result = run(
        lab, "def f(x):\n    print('here')\n    while True: pass", X, limits=Limits(cpu_seconds=1, wall_seconds=9)
    )
    assert (result["end"], result["printed"]) == ("CPU_LIMIT", "here\n")
    assert result["detail"] == "the code computed for 1 s and had not finished"
    assert works(lab)


def test_a_loop_that_ignores_the_warning_is_ended_all_the_same(lab: Lab) -> None:
    source = "import signal\nsignal.signal(signal.SIGXCPU, signal.SIG_IGN)\nwhile True: pass"
    assert run(lab, source, limits=Limits(cpu_seconds=1, wall_seconds=9))["end"] == "CPU_LIMIT"
    assert works(lab)


@pytest.mark.parametrize(
    "statement",
    [
        "time.sleep(60)",
        "[signal.signal(s, signal.SIG_IGN) for s in (1, 2, 3, 15, 24)]; signal.pause()",
        "os.kill(os.getpid(), signal.SIGSTOP)",
        "ctypes.PyDLL(None).sleep(60)",
    ],
)
def test_waiting_ends_at_the_wall_clock(lab: Lab, statement: str) -> None:
    limits = Limits(cpu_seconds=1, wall_seconds=0.3)
    result = run(lab, f"import ctypes, os, signal, time\ndef f(x): {statement}", X, limits=limits)
    assert (result["end"], result["detail"]) == ("WALL_LIMIT", "the code had not finished after 0.3 s")
    assert works(lab)


@pytest.mark.parametrize(
    "body",
    [
        "hoard = []\n    while True: hoard.append(bytearray(1 << 20))",
        "hoard = [x]\n    while True: hoard = [hoard, hoard[:], 0.5 + len(hoard)]",
        "return torch.ones(1 << 40)",
        "return x.new_ones(1).expand(1 << 40) + 1",
        "import mmap; return [mmap.mmap(-1, 1 << 26) for _ in range(100)]",
    ],
)
def test_hoarding_memory_ends_at_the_memory_limit(lab: Lab, body: str) -> None:
    limits = Limits(cpu_seconds=4, wall_seconds=8, memory_bytes=64 << 20)
    result = run(lab, f"import torch\ndef f(x):\n    {body}", X, limits=limits)
    assert result["end"] == "MEMORY_LIMIT", result
    assert result["raised"]["line"] == 3 or "while" in body
    assert works(lab)


def test_an_honest_run_has_its_memory(lab: Lab) -> None:
    source = "import torch\ndef f(x):\n    return torch.ones(1 << 20).sum() * x"
    assert run(lab, source, X, limits=Limits(memory_bytes=32 << 20))["end"] == "DONE"


def test_a_flood_of_prints_ends_and_the_first_of_it_is_shown(lab: Lab) -> None:
    limits = Limits(cpu_seconds=4, wall_seconds=8, printed_bytes=1 << 20, printed_kept=1000)
    result = run(lab, "def f(x):\n    while True: print('spam ' * 1000)", X, limits=limits)
    assert result["end"] == "OUTPUT_LIMIT"
    assert result["detail"] == "more than 1,048,576 bytes were printed"
    assert result["printed"] == "spam " * 200 + "\n… (the rest was cut)\n"
    assert works(lab)


def test_many_prints_below_the_limit_are_read_on_and_cut(lab: Lab) -> None:
    limits = Limits(printed_bytes=1 << 20, printed_kept=10)
    result = run(lab, "def f(x):\n    print('a' * 500_000)\n    return x", X, limits=limits)
    assert (result["end"], result["printed"]) == ("DONE", "a" * 10 + "\n… (the rest was cut)\n")


def test_an_answer_far_too_large_is_an_output_limit(lab: Lab) -> None:
    result = run(lab, "import torch\ndef f(x): return torch.ones(8 << 20)", X)
    assert result["end"] == "OUTPUT_LIMIT"
    assert "far more than the drill asks for" in result["detail"]


def test_a_large_honest_gradient_passes(lab: Lab) -> None:
    big = {"name": "x", "value": [[1.0] * 8000] * 32, "dtype": "float32", "grad": True}
    [answer] = run(lab, "def f(x): return x.log_softmax(-1)", big)["answers"]
    assert answer["gradients"]["x"]["shape"] == [32, 8000]


# What stays behind


FORKS = """
import os, signal, sys, time
def daemon():
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            signal.pause()
        signal.pause()
def f(x):
    for _ in range(3):
        if (pid := os.fork()) == 0:
            daemon()
            signal.pause()
        print(pid)
    return x
"""


def test_no_process_can_be_started(lab: Lab) -> None:
    """Not by root either, whom the limit on processes does not bind."""
    end, error, _, _, plain = raised(run(lab, FORKS, X))
    assert (end, error) == ("RAISED", "BlockingIOError: [Errno 11] Resource temporarily unavailable")
    assert plain == "Code in a drill cannot start other processes."


@pytest.mark.skipif(os.getuid() != 0, reason="only root can start processes where the filter is missing")
def test_nothing_that_a_submission_has_started_outlives_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a machine without the filter on system calls."""
    start = "importlib.import_module(module)"
    unfiltered = f"{start}.containment.seccomp.install = lambda: False\n{start}"
    monkeypatch.setattr(isolated, "_BOOTSTRAP", isolated._BOOTSTRAP.replace(start, unfiltered))
    lab = Lab()
    try:
        result = run(lab, FORKS, X)
        assert result["end"] == "DONE"
        assert len(result["printed"].split()) == 3
        while left := descendants(lab.zygote.pid) - {lab.judge_pid}:
            assert all(map(ends, left))
    finally:
        lab.close()


def test_the_layers_that_are_on_are_named(lab: Lab) -> None:
    on = set(run(lab, "def f(x): return x", X)["containment"])
    for_all = {
        "own-session", "dies-with-parent", "no-environment", "memory-limit", "processor-limit", "no-file-growth",
        "few-open-files", "no-new-privileges", "seccomp",
    }  # fmt: skip
    assert for_all <= on
    assert ("no-processes" in on) == (os.getuid() != 0)
    assert ("landlock" in on) == bool(landlock.abi())


def test_the_runner_knows_nothing_of_the_app(lab: Lab) -> None:
    source = """
        import os, sys
        def f(x):
            assert dict(os.environ) == {"TORCHINDUCTOR_CACHE_DIR": "/"}, dict(os.environ)
            assert os.getcwd() == "/" and sys.argv == ["submission.py"] and __name__ == "submission"
            held = sorted(m for m in sys.modules if m.startswith("kdquiz"))
            print(*held)
            print([number for number in range(100) if is_open(number)])
            return x
        def is_open(number):
            try:
                os.fstat(number)
            except OSError:
                return False
            return True
    """
    result = run(lab, source, X)
    assert result["end"] == "DONE", result["raised"]
    assert result["printed"] == (
        "kdquiz kdquiz.grading kdquiz.grading.channel kdquiz.grading.containment "
        "kdquiz.grading.containment.landlock kdquiz.grading.containment.limits "
        "kdquiz.grading.containment.process kdquiz.grading.containment.seccomp "
        "kdquiz.grading.performing kdquiz.grading.probe kdquiz.grading.protocol "
        "kdquiz.grading.runner kdquiz.grading.submission kdquiz.grading.uncompiled "
        "kdquiz.grading.zygote\n[0, 1, 2, 4]\n"
    )


def test_no_file_can_be_written(lab: Lab, tmp_path: Path) -> None:
    file = tmp_path / "precious"
    file.write_text("data")
    file.chmod(0o666)
    result = run(lab, f"import os\ndef f(x):\n    os.write(os.open({str(file)!r}, os.O_WRONLY), b'x')\n    return x", X)
    end, error, _, _, plain = raised(result)
    assert file.read_text() == "data"
    assert (end, error) == ("RAISED", f"PermissionError: [Errno 13] Permission denied: '{file}'")
    assert plain == "Code in a drill cannot write files, and can read none but those of Python, torch and numpy."
