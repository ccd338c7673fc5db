"""What the shell shows of questions, drills and reports."""

from dataclasses import replace

from kdquiz.exchange.text import drill_text, question_text, report_text
from kdquiz.grading.protection import Protection
from kdquiz.grading.report import Change, Check, Diagnosis, Raised, Report, SmallestCase, Verdict
from tests.sessions.examples import choice, drill, flashcard, library, short

WRONG = Report(
    drill="double",
    file="mine.py",
    verdict=Verdict.WRONG_ANSWER,
    summary="The value is wrong: expected 2, got 3.",
    checks=(
        Check(name="compile", status="passed"),
        Check(name="value", status="failed", detail="expected 2, got 3"),
        Check(name="stable", status="skipped", detail="the ordinary cases come first"),
        Check(name="dtype float32", status="skipped", detail="the ordinary cases come first"),
        Check(name="frozen x", status="advice", detail="a gradient reaches `x`"),
    ),
    diagnosis=(
        Diagnosis(
            ids=("thrice",),
            because=("That is three times.",),
            changes=(Change(line=2, reference="    return 2 * x", changed="    return 3 * x"),),
        ),
    ),
    smallest_case=SmallestCase(arguments=(("x", "[1]"), ("alpha", "0.5")), expected="2", got="3"),
    seed=7,
    elapsed_ms=12.3,
    containment=("own-session", "memory-limit"),
    protection=Protection(open=("read-files", "network")),
)

GOLDEN = """\
✗ mine.py: wrong-answer
  The value is wrong: expected 2, got 3.

  Your code behaves as if the reference had changed:

  thrice: That is three times.
    line 2 of the reference
    - return 2 * x
    + return 3 * x

  The smallest case that fails (value):
    x        = [1]
    alpha    = 0.5
    expected = 2
    yours    = 3

  ✓ compile
  ✗ value: expected 2, got 3
  – stable, dtype float32: not checked, the ordinary cases come first
  i frozen x: a gradient reaches `x`

  seed 7, 12 ms, reduced protection
  Code in a drill could read your files and open network connections: grade only
  code that you trust."""


def test_the_name_of_a_file_cannot_drive_the_terminal() -> None:
    text = report_text(replace(WRONG, file="a\x1b[31m\nb\u202e.py"))
    assert text.splitlines()[0] == "✗ a b.py: wrong-answer"


def test_a_report_reads_from_the_verdict_down() -> None:
    assert report_text(WRONG) == GOLDEN


def test_equal_explanations_are_said_to_be_equal() -> None:
    both = replace(WRONG, diagnosis=(*WRONG.diagnosis, Diagnosis(ids=("other",), because=("Or this.",))))
    assert "no output tells them apart" in report_text(both)


def test_the_learners_own_line_is_shown_and_nothing_twice() -> None:
    raised = Raised(error="RuntimeError: 5 and 7", line=3, text="  s @ t", plain="The inner sizes differ.")
    report = Report(
        drill="double", verdict=Verdict.RUNTIME_ERROR, summary="Line 3 raised RuntimeError: 5 and 7.", raised=raised
    )
    text = report_text(report)
    assert "  line 3: s @ t" in text
    assert text.count("RuntimeError: 5 and 7") == 1
    assert "The inner sizes differ." in text


def test_what_was_printed_is_cut() -> None:
    text = report_text(replace(WRONG, printed="\n".join(["x" * 1000] * 500)))
    assert "and 488 more lines" in text
    assert max(map(len, text.splitlines())) < 200


def test_a_question_shows_its_answer_only_when_asked() -> None:
    for question in (choice(), flashcard(), short()):
        entry = library(question).entries[question.id]
        asked, answered = question_text(entry, answer=False), question_text(entry, answer=True)
        assert asked.startswith(f"{question.id}  (Alpha, core, {question.kind})")
        assert "Source: A paper" in answered
        assert "Source" not in asked
        assert len(answered) > len(asked)
    assert "✗ too high\n   You took T for T²." in question_text(library(choice()).entries["pick"], answer=True)


def test_a_drill_shows_its_starter_or_its_reference() -> None:
    assert "raise NotImplementedError" in drill_text(drill(), answer=False)
    assert "return 2 * x" in drill_text(drill(), answer=True)
    assert "return 2 * x" not in drill_text(drill(), answer=False)
