"""Which questions ask which fact: the coverage of the fact bases, as values and as the table in the README.

Pure but for `written`, which reads the README. Goes in: questions, claims. Comes out: rows, Markdown.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kdquiz.library.fact_base import Claim
from kdquiz.library.model import Question

README = Path(__file__).resolve().parent.parent.parent / "README.md"
BEGIN, END = "<!-- coverage -->", "<!-- end of coverage -->"


@dataclass(frozen=True, slots=True)
class Asked:
    """A claim, and the ids of the questions that ask about it, in reading order."""

    claim: Claim
    questions: tuple[str, ...]


def facts_asked(claims: Iterable[Claim], questions: Iterable[Question]) -> list[Asked]:
    """Every claim, in the order of the fact base."""
    by_fact: dict[str, list[str]] = {}
    for question in questions:
        for fact in dict.fromkeys(question.facts):
            by_fact.setdefault(fact, []).append(question.id)
    return [Asked(claim, tuple(by_fact.get(claim.id, ()))) for claim in claims]


def verified_facts(rows: Sequence[Asked]) -> list[Asked]:
    """Those that are to be asked: no errors, and nothing unverified."""
    return [row for row in rows if not row.claim.error and row.claim.may_be_asked]


def errors(rows: Sequence[Asked]) -> list[Asked]:
    """The errors that people repeat."""
    return [row for row in rows if row.claim.error]


def share_asked(rows: Sequence[Asked]) -> float:
    """Which percentage of these some question asks about; 100 where there are none."""
    return 100 * _asked(rows) / len(rows) if rows else 100.0


def _asked(rows: Sequence[Asked]) -> int:
    return sum(bool(row.questions) for row in rows)


def as_markdown(rows: Sequence[Asked]) -> str:
    """A sentence, then the table; what is unverified is listed, and said to be not asked."""
    if not rows:
        return "No pack has a fact base yet."
    facts, wrong = verified_facts(rows), errors(rows)
    unverified = len(rows) - len(facts) - len(wrong)
    told = (
        f"{_asked(facts)} of {len(facts)} facts are asked ({share_asked(facts):.0f} %), and {_asked(wrong)} of "
        f"{len(wrong)} common errors; unverified, and therefore not asked: {unverified}."
    )
    return "\n".join([told, "", "| id | about | asked by |", "|---|---|---|", *map(_line, rows)])


def _line(row: Asked) -> str:
    asked_by = ", ".join(f"`{name}`" for name in row.questions) or ("" if row.claim.may_be_asked else "(unverified)")
    about = " ".join(row.claim.about.split()).replace("|", "\\|")
    return f"| {row.claim.id} | {about} | {asked_by} |".replace("|  |", "| |")


def put_in(readme: str, table: str) -> str:
    """The text of the README with the table between its marks. Raises ValueError where a mark is missing."""
    before, begin, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"README.md has no `{BEGIN}` ... `{END}`")
    return f"{before}{BEGIN}\n\n{table}\n\n{END}{after}"
