"""How well the rubric of short answers ticks what learners say, and how fast.

Counted over every point of every labelled answer (`tests/marking/labelled.py`). `--quick` leaves the held-out answers
alone, so that nobody sees their figures while the marking is being changed.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby

from kdquiz.marking import mark
from kdquiz.marking.model import Typed
from tests.bench.measure import Cell, Quantity, Say, Table, p50, p95, timed
from tests.marking.labelled import HELD_OUT, TUNING, Counts, Decision, Labelled, decisions, labelled, short_questions

TITLE = "Rubric marking against answers that people labelled"
BAR = "The bar, on held-out answers: precision at least 95 %, recall at least 85 %."
MOST_OF_THE_WORST = 12
LONG = 100_000


def run(say: Say, quick: bool) -> Sequence[Table]:
    """The tables: each set, its topics' worst points, and the time a mark takes."""
    names = [TUNING] if quick else [TUNING, HELD_OUT]
    found = {}
    for name in names:
        say(f"the {_said(name)} answers")
        found[name] = list(decisions(labelled(name)))
    tables = [_sets(found)]
    tables += [_worst(name, found[name]) for name in names]
    say("the time of a mark")
    return [*tables, _speed(labelled(TUNING), 1 if quick else 5)]


def _said(name: str) -> str:
    return name.replace("_", "-")


def _sets(found: dict[str, list[Decision]]) -> Table:
    columns = ["set", "questions", "points", "answers", "decisions", "precision", "recall", "agreement", "Cohen's κ"]
    rows = [_row(_said(name), len(labelled(name)), every) for name, every in found.items()]
    notes = [
        BAR,
        "Different people wrote the two sets, and saw no phrase; the phrases were written without the held-out.",
    ]
    if HELD_OUT not in found:
        notes.append("The held-out answers were left out: --quick.")
    return Table("Ticks against labels, per point", columns, rows, notes)


def _row(name: str, answers: int, every: Sequence[Decision]) -> list[Cell]:
    counts = Counts.of(every)
    points = {(decision.question, decision.point) for decision in every}
    sizes = (len({decision.question for decision in every}), len(points), answers, counts.total)
    shares = (counts.precision, counts.recall, counts.agreement)
    return [
        name,
        *(Quantity(size) for size in sizes),
        *(Quantity(100 * share, "%") for share in shares),
        f"{counts.kappa:.2f}",
    ]


def _worst(name: str, every: Iterable[Decision]) -> Table:
    """The points where most decisions differ from the label."""

    def point_of(decision: Decision) -> tuple[str, int]:
        return decision.question, decision.point

    rows: list[tuple[Counts, str, int]] = []
    for (question, point), group in groupby(sorted(every, key=point_of), key=point_of):
        counts = Counts.of(group)
        if counts.ticked_only + counts.said_only:
            rows.append((counts, question, point))
    rows.sort(key=lambda row: (-(row[0].ticked_only + row[0].said_only), row[1:]))
    cells: list[list[Cell]] = [
        [
            question,
            f"{point}. {short_questions()[question].points[point - 1].text}",
            Quantity(counts.ticked_only),
            Quantity(counts.said_only),
        ]
        for counts, question, point in rows[:MOST_OF_THE_WORST]
    ]
    note = f"{len(rows)} points have a decision that differs from the label."
    return Table(
        f"Worst points of the {_said(name)} set", ["question", "point", "only ticked", "only said"], cells, [note]
    )


def _speed(answers: Sequence[Labelled], repetitions: int) -> Table:
    """Every answer once to read the phrases, then timed; and a very long one."""
    times = []
    for answer in answers:
        question, response = short_questions()[answer.question], Typed(answer.say)
        mark(question, response)
        times += [timed(lambda q=question, r=response: mark(q, r)) for _ in range(repetitions)]  # type: ignore[misc]
    every = " ".join(answer.say for answer in answers)
    long = Typed((every * (LONG // len(every) + 1))[:LONG])
    question = short_questions()[answers[0].question]
    rows: list[list[Cell]] = [
        ["an answer of the tuning set", Quantity(len(times)), Quantity(p50(times), "s"), Quantity(p95(times), "s")],
        ["an answer of 100,000 characters", Quantity(1), Quantity(timed(lambda: mark(question, long)), "s"), "–"],
    ]
    return Table("Time of a mark", ["answer", "n", "median", "p95"], rows)
