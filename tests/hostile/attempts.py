"""Rows of attacks that must be refused, written as tables: what is tried, and how that must end.

    refused("host-signal-parent", "end the zygote", {"kill EPERM": "os.kill(parent, 9)", ...})

gives a right answer that first tries each expression and prints one line, `OUTCOME Refused  kill EPERM, ...`; the
reason of the row is that very line, so a try that got through, or was refused otherwise, fails the row. The expressions
may use what `_BEGINNING` defines, the paths of `bait` by their names, and system calls by name: `raw("ptrace", ...)`.
Where it can be had, a try has arguments to which the kernel itself would answer something else than the filter does,
and which would do nothing if it were let through.
"""

import platform
import re
import textwrap
from collections.abc import Iterable, Mapping

from kdquiz.grading.report import Limits, Verdict
from tests.hostile import bait
from tests.hostile.numbers import NUMBERS
from tests.hostile.row import QUICK, Row, tried

X86_64 = platform.machine() == "x86_64"
"""Some rows are made of its machine code, or of calls that no later architecture has."""

_BEGINNING = """
import ctypes, errno, os, socket, sys

libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
parent = os.getppid()  # the zygote
sys.unraisablehook = lambda about: None  # objects that were refused half-made complain when they go
others = range(1, os.getpid())  # every process that was there before: the app, the zygote, the judge

class Refused(Exception):
    pass

def checked(result):
    if result in (-1, None):
        raise OSError(ctypes.get_errno(), "refused")
    return result

def raw(call, *arguments):
    number = NUMBERS[call] if isinstance(call, str) else call
    words = [ctypes.c_long(word) if isinstance(word, int) else word for word in arguments]
    ctypes.set_errno(0)
    return checked(libc.syscall(ctypes.c_long(number), *words))

def how(attempt):
    try:
        attempt()
    except Refused as refusal:
        return str(refusal)
    except OSError as error:
        return errno.errorcode.get(error.errno, type(error).__name__)
    except BaseException as error:
        return type(error).__name__
    return "did it"

def each(tries):
    ends = [f"{name} {how(attempt)}" for name, attempt in tries.items()]
    if any(end.endswith("did it") for end in ends):
        return ", ".join(ends)
    raise Refused(", ".join(ends))

def at_all(attempt, targets):
    ends = {how(lambda: attempt(target)) for target in targets}
    if "did it" not in ends:
        raise Refused("/".join(sorted(ends)))
"""


def refused(
    name: str,
    aim: str,
    tries: Mapping[str, str],
    *,
    first: str = "",
    inside: bool = False,
    limits: Limits = QUICK,
) -> Row:
    """A row of tries, an expression each, by what must be told of it: `kill EPERM`. `first` is statements before.

    An error that is no OSError is told by its type.
    """
    entries = (f"    {label.split()[0]!r}: lambda: {expression}," for label, expression in tries.items())
    attack = "\n".join([*_statements(first), "return each({", *entries, "})"])
    return outcome(name, aim, attack, rf"Refused +{re.escape(', '.join(tries))}$", inside=inside, limits=limits)


def outcome(
    name: str,
    aim: str,
    attack: str,
    ends: str,
    *,
    verdict: Verdict = Verdict.ACCEPTED,
    summary: str = "",
    never: str = "",
    inside: bool = False,
    limits: Limits = QUICK,
) -> Row:
    """A row whose attack is statements; `ends` is a regular expression for what the line says after `OUTCOME `.

    `summary` is one for what must stand somewhere before, where the verdict alone leaves it open.
    """
    body = "\n".join([*_given(attack), *_statements(_BEGINNING), *_statements(attack)])
    shut = "|".join(filter(None, (bait.SECRET, never, "" if ends.startswith("did it") else "OUTCOME did it")))
    return Row(
        name=name,
        aim=aim,
        source=tried(body, inside=inside),
        verdict=verdict,
        reason=rf"(?ms){summary}.*OUTCOME {ends}" if summary else rf"(?m)OUTCOME {ends}",
        never=shut,
        limits=limits,
    )


def _given(attack: str) -> Iterable[str]:
    """Assignments of the bait's names and of the numbers of the system calls that the attack mentions."""
    for name in sorted(set(re.findall(r"\b[A-Z_]{3,}\b", attack))):
        value = getattr(bait, name, None)
        if value is not None:
            yield f"{name} = {value if isinstance(value, int) else str(value)!r}"
    calls = sorted(set(re.findall(r"""raw\(["'](\w+)["']""", attack)))
    yield f"NUMBERS = { ({call: NUMBERS[call] for call in calls})!r}"


def _statements(text: str) -> list[str]:
    return textwrap.dedent(text).strip().splitlines()
