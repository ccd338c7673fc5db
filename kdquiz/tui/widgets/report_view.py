"""The report of a submission: the verdict first, then why it failed, then all that was checked.

Everything in it may come from the learner's code: it is shown as it stands, never as markup.
"""

from collections.abc import Iterable, Sequence
from textwrap import dedent

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from kdquiz.exchange.values import readable
from kdquiz.grading.report import Change, Check, Diagnosis, Raised, Report, SmallestCase, Verdict
from kdquiz.grading.telling import checks_told, facts, raised_told, warning
from kdquiz.tui.widgets.hanging import Hanging, Item
from kdquiz.tui.widgets.prose import QUIET, coded, inline, plain

VERDICTS = {
    Verdict.ACCEPTED: ("✓ Accepted", "bold $text-success"),
    Verdict.WRONG_ANSWER: ("✗ Wrong answer", "bold $text-error"),
    Verdict.COMPILE_ERROR: ("✗ Does not compile", "bold $text-error"),
    Verdict.RUNTIME_ERROR: ("✗ Runtime error", "bold $text-error"),
    Verdict.TIME_LIMIT: ("✗ Too slow", "bold $text-error"),
    Verdict.MEMORY_LIMIT: ("✗ Too much memory", "bold $text-error"),
    Verdict.OUTPUT_LIMIT: ("✗ Too much output", "bold $text-error"),
    Verdict.INTERNAL_ERROR: ("! A fault of ours", "bold $text-warning"),
}
SIGNS = {
    "passed": ("✓", "$text-success"),
    "failed": ("✗", "$text-error"),
    "skipped": ("–", QUIET),
    "advice": ("i", "$text-primary"),
}


CASE_COLUMN = 17
"""Where the values of the smallest case stand."""


class ReportView(VerticalScroll, can_focus=True):
    """Empty, grading, or a report."""

    DEFAULT_CSS = """
    ReportView { padding: 0 1; scrollbar-size-vertical: 1; }
    ReportView .block { height: auto; margin: 0 0 1 0; }
    ReportView .printed { background: $surface; padding: 0 1; }
    """

    def compose(self) -> ComposeResult:
        yield Static(plain("Nothing is graded yet. Ctrl+R grades what is in the editor.", QUIET), classes="block")

    async def show_grading(self, word: str, checks: Sequence[Check]) -> None:
        """A submission is under way: the checks that are through so far."""
        await self._replace([Static(Hanging(_title(word), *map(_check, checks)))])

    async def show(self, report: Report) -> None:
        """The report."""
        await self._replace(list(_widgets(report)))
        self.scroll_home(animate=False)

    async def show_fault(self, message: str, hint: str) -> None:
        """The submission could not be graded."""
        lines = [plain("! Not graded", "bold $text-warning"), plain(message), plain(hint), _nothing_lost()]
        await self._replace([Static(Content("\n\n").join(line for line in lines if line.plain), classes="block")])

    async def _replace(self, widgets: list[Widget]) -> None:
        with self.app.batch_update():
            await self.remove_children()
            await self.mount_all(widgets)


def _nothing_lost() -> Content:
    return plain("You can go on writing: your code is kept, and this does not count as an attempt.", QUIET)


def _block(*lines: Content) -> Static:
    return Static(Content("\n").join(lines), classes="block")


def _widgets(report: Report) -> Iterable[Widget]:
    word, style = VERDICTS[report.verdict]
    yield _block(plain(word, style), coded(report.summary))
    if (raised := raised_told(report)) is not None:
        yield _block(*_raised(raised))
    if report.diagnosis:
        yield _list(_diagnoses(report.diagnosis))
    if report.smallest_case is not None:
        yield _list(_smallest(report.smallest_case))
    if report.checks:
        yield _list([_title("What was checked"), *map(_check, checks_told(report))])
    if report.printed:
        yield Static(plain("What your code printed", "bold"))
        yield Static(plain(report.printed.rstrip("\n")), classes="block printed")
    if report.verdict is Verdict.INTERNAL_ERROR:
        yield _block(_nothing_lost())
    yield _block(plain(" · ".join(facts(report)), QUIET))
    if warned := warning(report):
        yield _block(plain(warned, "$text-warning"))


def _list(items: Iterable[Item]) -> Static:
    return Static(Hanging(*items), classes="block")


def _title(text: str) -> Item:
    return Item(plain(text, "bold"), indent=0)


def _check(check: Check) -> Item:
    sign, style = SIGNS[check.status]
    name = f"{check.name} (advice)" if check.status == "advice" else check.name
    detail = coded(f"  {check.detail}", QUIET) if check.detail else ""
    return Item(Content.assemble(plain(name), detail), plain(sign, style))


def _raised(raised: Raised) -> Iterable[Content]:
    if raised.line is not None:
        yield plain(f"Line {raised.line} of your code", "bold")
        yield plain(f"  {raised.text}")
    if raised.error:
        yield plain(f"  {raised.error}", "$text-error")
    if raised.plain:
        yield coded(raised.plain)


def _diagnoses(diagnoses: Sequence[Diagnosis]) -> Iterable[Item]:
    several = len(diagnoses) > 1
    yield _title(f"{len(diagnoses)} explanations fit the evidence equally well" if several else "What went wrong")
    for number, found in enumerate(diagnoses, start=1):
        indent = 3 if several else 2
        for place, sentence in enumerate(found.because):
            sign = "•" if not several else f"{number}." if not place else ""
            yield Item(inline(sentence), plain(sign), indent)
        for change in found.changes:
            yield from _change(change, indent)


def _change(change: Change, indent: int) -> Iterable[Item]:
    yield Item(plain(f"Your code behaves as if line {change.line} of the reference,", QUIET), indent=indent)
    before = dedent(change.reference).rstrip()
    yield Item(plain(before, "$text-error"), plain("-".rjust(indent + 3), "$text-error"), indent + 4)
    yield Item(plain("were", QUIET), indent=indent)
    changed = dedent(change.changed).rstrip() or "(not there)"
    yield Item(plain(changed, "$text-success"), plain("+".rjust(indent + 3), "$text-success"), indent + 4)


def _smallest(case: SmallestCase) -> Iterable[Item]:
    yield _title(f"The smallest case that fails, by its {case.what}")
    for name, value in (*case.arguments, ("expected", case.expected), ("yours", case.got)):
        first, *more = (readable(value).splitlines() or [""]) if value else [""]
        yield Item(plain(first), plain(name, QUIET), CASE_COLUMN)
        yield from (Item(plain(line), indent=CASE_COLUMN) for line in more)
