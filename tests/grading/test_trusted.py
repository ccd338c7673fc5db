"""A drill's own code: loaded, called with patience, and told where it fails."""

import signal
import threading
import time
from collections.abc import Iterator

import pytest

from kdquiz.grading import trusted
from kdquiz.grading.trusted import EndedError, OutOfPatienceError, Patience, faults_of, in_words, line_of, load, raising
from tests.grading.drills import tiny_drill


def no_alarm() -> bool:
    """Whether nothing is going to be interrupted."""
    return signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(trusted, "PATIENCE_SECONDS", 0.05)
    yield
    assert no_alarm()


def test_the_function_of_that_name_is_loaded_and_called() -> None:
    assert load("def f(a, b):\n    return a - b\n", "f")(5, 3) == 2


def test_a_source_without_its_function_is_an_error_that_names_it() -> None:
    with pytest.raises(ValueError, match="no function 'f'"):
        load("def g(): pass", "f")


@pytest.mark.parametrize(
    "source",
    ["while True: pass\ndef f(): 1", "def f():\n    try:\n        while True: pass\n    except Exception: pass"],
)
def test_what_never_comes_to_an_end_is_ended(impatient: None, source: str) -> None:
    started = time.monotonic()
    with pytest.raises(OutOfPatienceError):
        load(source, "f")()
    assert time.monotonic() - started < 5


def test_patience_is_for_each_call_and_ends_with_it() -> None:
    function = load("import signal\ndef f():\n    return signal.getitimer(signal.ITIMER_REAL)[0]\n", "f")
    for _ in range(3):
        assert 0.9 * trusted.PATIENCE_SECONDS < function() <= trusted.PATIENCE_SECONDS
        assert no_alarm()
    with pytest.raises(ZeroDivisionError):
        load("def f():\n    1 / 0\n", "f")()
    assert no_alarm()


def test_outside_the_main_thread_no_alarm_is_set() -> None:
    heard: list[bool] = []

    def within() -> None:
        with Patience():
            heard.append(no_alarm())

    thread = threading.Thread(target=within)
    thread.start()
    thread.join()
    assert heard == [True]


def test_the_end_of_the_process_is_not_granted() -> None:
    with pytest.raises(EndedError) as raised:
        load("import sys\ndef f():\n    sys.exit(3)\n", "f")()
    assert in_words(raised.value) == "ends the process by `sys.exit(3)`"


@pytest.mark.parametrize(
    ("source", "words", "line"),
    [
        ("def weighted(x):\n    return helper(x)\ndef helper(x):\n    return x[9]\n", "raises IndexError: ", 4),
        ("def weighted(x):\n    raise ValueError('two\\nlines \\x1b[31m')\n", "raises ValueError: two", 2),
        ("def weighted(x):\n    raise ValueError\n", "raises ValueError", 2),
        ("\ndef weighted(x):\n    return x(\n", "is not Python: '(' was never closed", 3),
        ("\nX = 1 / 0\ndef weighted(x): 1\n", "raises ZeroDivisionError: division by zero", 2),
        ("def weighted(x):\n    return open('/no/such/file')\n", "raises FileNotFoundError: [Errno 2] No such file", 2),
    ],
)
def test_a_failure_is_told_in_words_with_the_line_of_the_reference(source: str, words: str, line: int) -> None:
    with pytest.raises((Exception, OutOfPatienceError)) as raised:
        load(source, "weighted")([])
    assert in_words(raised.value).startswith(words)
    assert "\x1b" not in in_words(raised.value)
    assert line_of(raised.value, tiny_drill()) == line


def test_what_happens_in_no_line_of_the_reference_is_told_at_its_function() -> None:
    assert line_of(ValueError("elsewhere"), tiny_drill()) == 4


def test_out_of_patience_is_told_with_the_line_of_the_loop(impatient: None) -> None:
    drill = tiny_drill(reference="def weighted(x, w, k):\n    while True:\n        x = x\n", mistakes=())
    with pytest.raises(OutOfPatienceError) as raised:
        load(drill.reference, drill.entry)(1, 2, 3)
    (fault,) = faults_of(raised.value, drill)
    assert (fault.file, fault.message) == (
        "reference.py",
        "the drill's own code does not come to an end within 0.05 s",
    )
    assert fault.line in (2, 3)


def test_a_function_that_only_raises() -> None:
    with pytest.raises(SyntaxError, match="no Python"):
        raising(SyntaxError("no Python"))(1, 2)
