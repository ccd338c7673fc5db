"""What the shell shows of questions, drills and reports."""

from dataclasses import replace

from kdquiz.exchange.text import drill_text, question_text, report_text
from kdquiz.grading.protection import Protection
from kdquiz.grading.report import Change, Check, Diagnosis, Raised, Report, SmallestCase, Verdict
from kdquiz.library.works import Work
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


def test_a_change_of_several_lines_keeps_its_indentation() -> None:
    changed = "    with torch.no_grad():\n        loss = kl(x)"
    change = Change(line=2, reference="    loss = kl(x)", changed=changed)
    report = replace(WRONG, diagnosis=(Diagnosis(ids=("cut",), because=("It is cut.",), changes=(change,)),))
    assert "    - loss = kl(x)\n    + with torch.no_grad():\n    +     loss = kl(x)\n" in report_text(report)


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


def test_the_works_of_a_source_stand_below_it_in_full() -> None:
    work = Work(cite="A paper", authors=("A. One", "B. Two"), year=2019, title="Long " * 20, identifier="arXiv:1")
    text = question_text(library(choice()).entries["pick"], answer=True, works=[work])
    _, _, below = text.partition("Source: A paper\n\nSources:\n")
    assert below.startswith("  A. One, B. Two (2019). Long Long")
    assert below.endswith("arXiv:1")
    assert max(map(len, text.splitlines())) <= 80
    assert "A. One" not in question_text(library(choice()).entries["pick"], answer=False, works=[work])
    assert "Source: A paper\n\nSources:" in drill_text(replace(drill(), source="A paper"), answer=True, works=[work])


def test_a_drill_shows_its_starter_or_its_reference() -> None:
    assert "raise NotImplementedError" in drill_text(drill(), answer=False)
    assert "return 2 * x" in drill_text(drill(), answer=True)
    assert "return 2 * x" not in drill_text(drill(), answer=False)


def test_a_task_is_wrapped_anew_however_its_author_wrapped_it() -> None:
    long = " ".join(["word"] * 22)
    ask = f"{long}\nend of it.\n\n- `x`: {long}\n  end of entry\n\n```\ncode\n  more\n```\n"
    told = drill_text(replace(drill(), ask=ask), answer=False).splitlines()
    assert any(line.endswith("word end of it.") for line in told)
    assert any(line.startswith("  word") and line.endswith("end of entry") for line in told)
    assert told[told.index("code") + 1] == "  more"
    assert all(len(line) <= 80 for line in told)
