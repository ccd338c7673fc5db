"""The whole test suite in one command: lint, format, types, import contracts, content, then pytest on every core.

`python -m tests [pytest arguments]`; with arguments, only pytest runs. The first step that fails ends it. What uses one
core, the types, runs beside the proofs of the drills, which use what there is.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = (sys.executable, "-m")
WORKERS = (os.cpu_count() or 1) + 1
"""One more than there are cores: screens are waited for, and so are processes that ignore being asked to end."""

STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("lint", (*PYTHON, "ruff", "check", "--quiet", ".")),
    ("format", (*PYTHON, "ruff", "format", "--check", "--quiet", ".")),
    ("import contracts", (str(Path(sys.executable).with_name("lint-imports")),)),
    ("content", (*PYTHON, "kdquiz", "check", "content")),
    ("tests", (*PYTHON, "pytest", "-n", str(WORKERS), "--dist", "worksteal", "-q")),
)
BESIDE = {"content": ("types", (*PYTHON, "mypy"))}
"""What runs at the same time as a step, and is told after it."""


def main(arguments: list[str]) -> int:
    """Run the steps, or pytest alone with these arguments; returns the exit code."""
    if arguments:
        return subprocess.run((*PYTHON, "pytest", *arguments), cwd=ROOT).returncode
    for name, command in STEPS:
        print(f"== {name}", flush=True)  # noqa: T201  # the progress of the suite
        started = time.monotonic()
        with tempfile.TemporaryFile() as said:
            beside, its_command = BESIDE.get(name, ("", ()))
            running = subprocess.Popen(its_command, cwd=ROOT, stdout=said, stderr=said) if its_command else None
            code = subprocess.run(command, cwd=ROOT).returncode
            if running is not None:
                its_code = running.wait()
                said.seek(0)
                print(f"== {beside}\n{said.read().decode()}", end="", flush=True)  # noqa: T201
                name, code = (name, code) if code else (f"{name} and {beside}", its_code)
        if code:
            print(f"== {name} failed", flush=True)  # noqa: T201
            return code
        print(f"== {name}: {time.monotonic() - started:.1f} s", flush=True)  # noqa: T201
    return 0


sys.exit(main(sys.argv[1:]))
