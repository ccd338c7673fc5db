"""A small library of values for the screens, with texts that would be markup if anybody read them as such."""

import asyncio
from dataclasses import replace

from kdquiz.errors import GradingError
from kdquiz.grading.client import Grader
from kdquiz.grading.protection import Protection
from kdquiz.grading.report import Change, Check, Diagnosis, Raised, Report, SmallestCase, Submission, Verdict
from kdquiz.library.drill import Drill
from kdquiz.library.kinds.choice import Choice
from kdquiz.library.kinds.flashcard import Flashcard
from kdquiz.library.kinds.multi import Multi
from kdquiz.library.kinds.short import Point, Short
from kdquiz.library.library import Library
from kdquiz.library.model import Question, Topic
from kdquiz.library.options import Option
from tests.libraries import library_of

MARKUP = "[bold]x[/] [/] [red]"
"""Console markup; its second tag closes nothing, so that reading it raises."""

CHOICE = Choice(
    id="first-argument",
    kind="choice",
    ask="What does `F.kl_div` expect as its first argument?",
    options=(
        Option(right="The student's log-probabilities", because="It takes `log q` as it is."),
        Option(wrong="The student's probabilities", because="Then the value can be negative."),
        Option(wrong="The teacher's logits", because="The teacher is the *target*."),
    ),
    then=("why-soft",),
    source="PyTorch documentation, torch.nn.functional.kl_div",
)
MULTI = Multi(
    id="who-sees-t",
    kind="multi",
    level="advanced",
    ask="Which of these are divided by T in the soft term?",
    options=(
        Option(right="The student's logits"),
        Option(right="The teacher's logits"),
        Option(wrong="The labels", because="Labels are class indices."),
    ),
    source="Hinton, Vinyals & Dean 2015, section 2",
)
SHORT = Short(
    id="why-soft",
    kind="short",
    level="warm-up",
    ask="Why is the student trained at a temperature above 1?",
    answer="At T = 1 the softmax is so peaked that the wrong classes carry almost nothing.",
    points=(
        Point(text="At T = 1 the softmax is peaked", any=("peaked", "sharp")),
        Point(text="The wrong classes carry almost nothing", any=("near zero", "almost nothing")),
    ),
    source="Hinton, Vinyals & Dean 2015, section 2",
)
FLASHCARD = Flashcard(
    id="dark-knowledge",
    kind="flashcard",
    ask="What is *dark knowledge*?",
    answer="What the teacher says about the **wrong** classes.",
    source="Hinton, Vinyals & Dean 2014, talk",
)
QUESTIONS: tuple[Question, ...] = (CHOICE, SHORT, MULTI, FLASHCARD)


def drill(ask: str = "Return twice `x`, unchanged in shape and dtype.") -> Drill:
    made = Drill(
        id="double",
        title="Twice",
        topic="temperature",
        minutes=10,
        entry="double",
        ask=ask,
        hints=("Think of a sum.", "`x + x` does it."),
        inputs={"x": {"normal": [3]}},
        checks=("value",),
    )
    return made.with_sources(
        starter="def double(x):\n    raise NotImplementedError\n",
        reference="def double(x):\n    return 2 * x\n",
    )


def library(*questions: Question, title: str = "Temperature", task: Drill | None = None) -> Library:
    """One topic with these questions, and one drill."""
    return library_of(questions, topic=Topic(id="temperature", title=title), drills=[task or drill()])


WRONG = Report(
    drill="double",
    verdict=Verdict.WRONG_ANSWER,
    summary="The value is wrong: expected 0.5, got 0.75 (case 1 of 6: N = 4, f(*args) as `x`).",
    checks=(
        Check(name="compile", status="passed"),
        Check(name="value", status="failed", detail="expected 0.5, got 0.75"),
        Check(name="stable", status="skipped", detail="the ordinary cases come first"),
        Check(name="dtype float32", status="skipped", detail="the ordinary cases come first"),
        Check(name="frozen teacher_logits", status="advice", detail="a gradient reaches `teacher_logits`"),
    ),
    diagnosis=(
        Diagnosis(
            ids=("thrice",),
            because=("Three times `x` is not twice.",),
            cards=("why-soft",),
            changes=(Change(line=2, reference="    return 2 * x", changed="    return 3 * x"),),
        ),
        Diagnosis(ids=("half-more",), because=("One and a half too many.",)),
    ),
    smallest_case=SmallestCase(arguments=(("x", "[0.25]"),), expected="[0.5]", got="[0.75]"),
    printed=f"{MARKUP}\nshape (3,)\n",
    seed=17,
    elapsed_ms=41.4,
    containment=("own-session", "no-new-privileges"),
    protection=Protection(open=("read-files",)),
)
RAISED = Report(
    drill="double",
    verdict=Verdict.RUNTIME_ERROR,
    summary=f"Line 2 raised ValueError: {MARKUP}",
    raised=Raised(error=f"ValueError: {MARKUP}", line=2, text=f"raise ValueError('{MARKUP}')"),
    checks=(Check(name=MARKUP, status="failed", detail=MARKUP),),
    printed=f"{MARKUP}\x1b[31m\x07",
)


class PreparedGrader(Grader):
    """A grader for layout: its reports were written beforehand, and its processes are never started.

    `open`: the attacks that it pretends got through.
    """

    open: tuple[str, ...] = ()

    def __init__(self, *reports: Report) -> None:
        super().__init__()
        self._reports = list(reports)

    @property
    def ready(self) -> bool:
        return True

    @property
    def protection(self) -> Protection:
        return Protection(open=self.open)

    async def start(self) -> None:
        """Nothing to start."""

    async def grade(self, submission: object, on_check: object = None) -> Report:
        """The next report."""
        return self._reports.pop(0)


class HeldGrader(PreparedGrader):
    """Grades when it is let go on; each report names the source it is on.

    `cold`: it is not ready before `warm` is set. `fault`: then its start fails.
    """

    def __init__(self, *, cold: bool = False, fault: GradingError | None = None) -> None:
        super().__init__()
        self._fault = fault
        self.sources: list[str] = []
        self.warm = asyncio.Event()
        if not cold:
            self.warm.set()
        self._held: list[asyncio.Event] = []

    @property
    def ready(self) -> bool:
        return self.warm.is_set()

    async def start(self) -> None:
        await self.warm.wait()
        if self._fault is not None:
            raise self._fault

    async def grade(self, submission: object, on_check: object = None) -> Report:
        assert isinstance(submission, Submission)
        assert all(held.is_set() for held in self._held), "two at once"
        assert callable(on_check)
        self.sources.append(submission.source.decode())
        self._held.append(asyncio.Event())
        on_check(Check(name="compile", status="passed"))
        await self._held[-1].wait()
        return replace(WRONG, summary=f"This is on {self.sources[-1]}.", diagnosis=())

    def let_go(self) -> None:
        """The one that is held is done."""
        self._held[-1].set()
