"""A library of 1,000 to 100,000 questions: how long until the first is on the screen, and what an edit costs.

Generated packs beside the shipped ones. Everything in one run and in turns; the bare Textual app and plain PyYAML are
what each is measured against.
"""

import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from kdquiz.library.filter import Filter
from kdquiz.library.folders import shipped_content
from kdquiz.library.load import load_library
from tests.bench import bare
from tests.bench.measure import Cell, Quantity, Say, Table, p50, p95, timed
from tests.bench.packs import write_packs
from tests.bench.screen import Screen

TITLE = "The library at 1,000, 10,000 and 100,000 questions"
SIZES = (1_000, 10_000, 100_000)
QUICK_SIZES = (400, 1_000)
WORDS_SEEN = 3
"""How many of the first question's words must be on the screen: as many as surely stand on one line."""
ANSWERS = 40


@dataclass
class _Measured:
    """What was found at one size; times in seconds."""

    questions: int
    folder: Path
    yaml: float = 0.0
    compiled: float = 0.0
    edited: float = 0.0
    parsed: int = 0
    opened: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    search: list[float] = field(default_factory=list)
    memory: int = 0
    file: int = 0

    @property
    def content(self) -> Path:
        return self.folder / "content"

    @property
    def kept(self) -> Path:
        return self.folder / "home"

    @property
    def environment(self) -> dict[str, str]:
        return {"KDQUIZ_CONTENT": str(self.content), "KDQUIZ_HOME": str(self.kept), "TERM": "xterm-256color"}


def run(say: Say, quick: bool) -> Sequence[Table]:
    """Measure; see the module."""
    with tempfile.TemporaryDirectory(prefix="kdquiz-bench-") as name:
        sizes = [_Measured(size, Path(name) / str(size)) for size in (QUICK_SIZES if quick else SIZES)]
        for one in sizes:
            say(f"{one.questions:,} questions: written, read and compiled")
            _compile(one)
        bare_times = _start(say, sizes, rounds=2 if quick else 15)
        largest = sizes[1]
        say(f"answers at {largest.questions:,} questions")
        answers = _answer(largest, 4 if quick else ANSWERS)
    return [_started(sizes, bare_times), _read(sizes), _answered(largest, answers)]


def _compile(one: _Measured) -> None:
    """From YAML to the compiled file, beside PyYAML alone; then once more with one file edited."""
    write_packs(one.content, one.questions)
    files = sorted(one.content.rglob("*.yaml"))
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    one.yaml = timed(lambda: [yaml.load(path.read_bytes(), Loader=loader) for path in files])
    one.compiled = timed(lambda: _open(one))
    files[-1].write_text(files[-1].read_text(encoding="utf-8") + "# edited\n", encoding="utf-8")
    told: list[int] = []
    one.edited = timed(lambda: load_library([one.content], one.kept, lambda done, total: told.append(total)))
    one.parsed = max(told)
    one.opened = [timed(lambda: _open(one)) for _ in range(5)]
    library = load_library([one.content], one.kept).library
    for words in ("teach", "teacher student", f"question {one.questions // 2}", "gradient entropy soft"):
        one.search.append(timed(lambda words=words: library.search(words, Filter(kinds=("choice",)))))  # type: ignore[misc]
    library.close()
    one.file = sum(path.stat().st_size for path in one.kept.iterdir())


def _open(one: _Measured) -> None:
    load_library([one.content], one.kept).library.close()


def _start(say: Say, sizes: Sequence[_Measured], rounds: int) -> list[float]:
    """Until the first question is drawn, at every size, and a bare app, in turns; the first round only warms up."""
    times: list[float] = []
    plain = [sys.executable, bare.__file__]
    quiz = [str(Path(sys.executable).with_name("kdquiz")), "quiz"]
    first = _first_question()
    for number in range(rounds + 1):
        say(f"first question on the screen, round {number} of {rounds}")
        with Screen(plain, {"TERM": "xterm-256color"}) as screen:
            took = screen.until(bare.READY)
        if number:
            times.append(took)
        for one in sizes:
            with Screen(quiz, one.environment) as screen:
                took = screen.until(first)
                if number:  # the first one has compiled the library
                    one.memory = max(one.memory, screen.memory)
                    one.first.append(took)
    return times


def _first_question() -> str:
    """How the first question of a newcomer begins: the first shipped one, whatever packs are added."""
    entries = load_library([shipped_content()]).library.entries
    return " ".join(entries[next(iter(entries))].question.asked.split()[:WORDS_SEEN])


def _answer(one: _Measured, answers: int) -> dict[str, list[float]]:
    """Keys to what they draw, in a session of choices."""
    shutil.rmtree(one.kept / "answers", ignore_errors=True)
    environment = {**one.environment, "KDQUIZ_HOME": str(one.kept / "answers")}
    command = [sys.executable, "-m", "kdquiz", "quiz", "--all", "--kind", "choice", "-n", str(answers), "--seed", "1"]
    times: dict[str, list[float]] = {"answer": [], "next": []}
    with Screen(command, environment) as screen:
        screen.until(f"1 of {answers}")
        for number in range(1, answers):
            times["answer"].append(screen.press("a\r", "Again"))
            times["next"].append(screen.press("3", f"{number + 1} of {answers}"))
    return times


def _started(sizes: Sequence[_Measured], bare_times: Sequence[float]) -> Table:
    floor = p50(bare_times)
    rows: list[list[Cell]] = [["a bare Textual app", Quantity(floor, "s"), Quantity(p95(bare_times), "s"), "", ""]]
    for one in sizes:
        took = p50(one.first)
        ratio = Quantity(took / floor, "×")
        name = f"`kdquiz quiz`, {one.questions:,} questions"
        rows.append([name, Quantity(took, "s"), Quantity(p95(one.first), "s"), ratio, Quantity(one.memory, "bytes")])
    growth = p50(sizes[-1].first) / p50(sizes[-2].first)
    return Table(
        "Until the first question is on the screen (warm)",
        ["", "p50", "p95", "of the bare app", "memory"],
        rows,
        [
            f"{sizes[-1].questions:,} questions take {growth:.2f} x of what {sizes[-2].questions:,} take (bar: 1.2).",
            "Bars: 1.5 x of the bare app at 10,000 questions, and 100 MB (95.4 MiB).",
        ],
    )


def _read(sizes: Sequence[_Measured]) -> Table:
    rows: list[list[Cell]] = [
        [
            f"{one.questions:,}",
            Quantity(one.yaml, "s"),
            Quantity(one.compiled, "s"),
            Quantity(one.compiled / one.yaml, "×"),
            Quantity(p50(one.opened), "s"),
            Quantity(one.edited, "s"),
            Quantity(one.parsed),
            Quantity(max(one.search), "s"),
            Quantity(one.file, "bytes"),
        ]
        for one in sizes
    ]
    columns = ["questions", "PyYAML alone", "compiled", "ratio", "opened", "one file edited", "files parsed then"]
    notes = [
        "PyYAML is its C loader, which makes plain values without places; compiling validates and indexes besides.",
        f"{os.cpu_count()} cores; both use one.",
    ]
    return Table("Reading content", [*columns, "slowest search", "file"], rows, notes)


def _answered(one: _Measured, times: dict[str, list[float]]) -> Table:
    names = {"answer": "answer: marked, on the disk, explained", "next": "rating: on the disk, next question drawn"}
    rows: list[list[Cell]] = [
        [name, Quantity(p50(times[key]), "s"), Quantity(p95(times[key]), "s")] for key, name in names.items()
    ]
    return Table(
        f"From a key to what it draws, {one.questions:,} questions",
        ["key", "p50", "p95"],
        rows,
        ["Bar: a median of at most 50 ms."],
    )
