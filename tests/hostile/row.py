"""A hostile submission as a value: what it tries, its source, and the verdict *and reason* that it must get.

A reason is asked for since "not accepted" alone proves nothing: an attack with a typing mistake is not accepted either.

What there is to attack (a home folder with a key, a database, the installed app with the drill's reference, listeners)
stands with its paths in `bait.py`: rows import the constants from there and format them into their source.
"""

import textwrap
from dataclasses import dataclass

from kdquiz.grading.report import Limits, Verdict

QUICK = Limits(cpu_seconds=1, wall_seconds=4.0)
"""For rows that end by themselves."""
COMPUTING = Limits(cpu_seconds=1, wall_seconds=30.0)
"""For rows that use up the processor, which may be a busy one."""
IMPATIENT = Limits(cpu_seconds=2, wall_seconds=0.5)
"""For rows that sleep, and for those that compute where it does not matter which limit ends them."""

HONEST = """
import torch
import torch.nn.functional as F


def distillation_loss(student_logits, teacher_logits, labels, T, alpha):
    hard = F.cross_entropy(student_logits, labels)
    soft = F.kl_div(F.log_softmax(student_logits / T, dim=-1), F.softmax(teacher_logits.detach() / T, dim=-1),
                    reduction="batchmean") * T * T
    return (1 - alpha) * hard + alpha * soft
"""
"""A right answer: accepted, whatever was graded before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One submission to the drill `distillation-loss`. Its name is its class and what it does: `host-read-passwd`."""

    name: str
    aim: str
    """What it tries, in a few words."""
    source: str | bytes
    verdict: Verdict
    reason: str
    """A regular expression that must be found in the report as text: summary, checks, what was raised, what was
    printed."""
    never: str = ""
    """A regular expression that must not be found there."""
    limits: Limits = QUICK


def tried(attack: str, *, inside: bool = False) -> str:
    """A right answer that first tries an attack and prints how that ended, in a line `OUTCOME ...`.

    `attack` is the body of a function; what it returns is printed as `OUTCOME did it: ...`, and an exception as
    `OUTCOME PermissionError 1 ...` (its type, its errno, its text). With `inside` it is tried in the first call, and
    not when the module is loaded.
    """
    body = textwrap.indent(textwrap.dedent(attack).strip(), "    ")
    call = "if not _tried: _outcome()" if inside else ""
    honest = HONEST.replace("    hard =", f"    {call}\n    hard =") if inside else HONEST
    return f"""
_tried = []


def _attack():
{body}


def _outcome():
    _tried.append(True)
    try:
        print("OUTCOME did it:", _attack(), flush=True)
    except BaseException as error:
        print("OUTCOME", type(error).__name__, getattr(error, "errno", ""), error, flush=True)


{"" if inside else "_outcome()"}
{honest}
"""


def in_call(statements: str, *, source: str = HONEST) -> str:
    """A right answer that runs these statements in every call before it computes."""
    return source.replace(
        "    hard =", f"{textwrap.indent(textwrap.dedent(statements).strip(), '    ')}\n    hard =", 1
    )


def at_import(statements: str) -> str:
    """A right answer that runs these statements when its module is loaded."""
    return f"{textwrap.dedent(statements).strip()}\n{HONEST}"
