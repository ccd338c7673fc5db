"""Which mistakes a submission behaves like: singles before pairs, all that fit equally, from every kind of evidence."""

from collections.abc import Sequence

import pytest

from kdquiz.grading.diagnose import diagnose, explain
from kdquiz.grading.exam import set_exam
from kdquiz.grading.examine import behaviours
from kdquiz.grading.prepared import prepare
from kdquiz.grading.report import Change, Diagnosis, Limits
from kdquiz.library.drill import Drill, Edit, Mistake
from tests.grading.drills import LESSON, MISTAKES, REFERENCE, distillation_loss, in_process, mistake, tiny_drill

KL = "F.kl_div(soft_student, soft_teacher, reduction='batchmean')"
REVERSED = "F.kl_div(F.log_softmax(teacher_logits / T, 1), F.softmax(student_logits / T, 1), reduction='batchmean')"
KL_OF_LOGS = "F.kl_div(soft_teacher.log(), soft_student.exp(), reduction='batchmean')"
T_SQUARED = " * (T * T)"


def found(source: str, drill: Drill, seed: int = 1) -> Sequence[Diagnosis]:
    prepared = prepare(drill)
    exam = set_exam(prepared, seed)
    cases = [drawn.case for drawn in exam.cases]
    run = in_process(source.encode(), drill.entry, cases, Limits())
    return diagnose(prepared, exam, behaviours(cases, run))


def ids(source: str, drill: Drill | None = None, seed: int = 1) -> list[tuple[str, ...]]:
    return [one.ids for one in found(source, drill or tiny_drill(), seed)]


def lesson(*changes: tuple[str, str]) -> str:
    source = LESSON
    for old, new in changes:
        assert source.count(old) == 1, old
        source = source.replace(old, new)
    return source


def test_a_single_mistake_in_other_words_is_found() -> None:
    source = "def weighted(a, b, c):\n    return sum((row * b).sum() * c for row in a)\n"
    assert ids(source) == [("sum-of-rows",)]


def test_a_pair_is_found_where_no_single_fits() -> None:
    source = "def weighted(a, b, c):\n    return (a * b).sum()\n"
    assert ids(source) == [("not-scaled", "sum-of-rows")]


def test_nothing_is_named_where_nothing_fits_and_where_all_is_right() -> None:
    assert ids(REFERENCE.replace("x * k", "x * k + 1")) == []
    assert ids(REFERENCE) == []


def test_a_mistake_that_shows_in_the_gradient_alone_is_found() -> None:
    assert ids("def weighted(a, b, c):\n    return (a.data * b * c).sum(1).mean()\n") == [("scale-detached",)]


def test_a_mistake_that_raises_is_found_by_its_exception() -> None:
    raises = mistake("wrong-axis", "dim=-1", "dim=5")
    drill = tiny_drill(mistakes=(*MISTAKES, raises))
    assert ids("def weighted(a, b, c):\n    return (a * b * c).sum(7).mean()\n", drill) == [("wrong-axis",)]
    assert ids("def weighted(a, b, c):\n    raise ValueError\n", drill) == []


def test_the_same_exception_for_another_reason_is_another_thing() -> None:
    """Torch raises RuntimeError for nearly everything."""
    raises = mistake("transposed", "scaled * w", "scaled.T * w", "The rows are columns.")
    drill = tiny_drill(mistakes=(*MISTAKES, raises))
    assert ids(REFERENCE.replace("scaled * w", "w * scaled.T"), drill) == [("transposed",)]
    assert ids(REFERENCE.replace("scaled * w", "scaled.view(-1, 1, 7) * w"), drill) == []


def test_a_mistake_that_raises_only_while_the_gradient_is_computed_is_found() -> None:
    breaks = mistake("weights-changed", ".mean()", ".mean() + 0 * w.add_(1).sum()")
    weights = {**tiny_drill().inputs, "w": {"normal": ["C"]}}
    drill = tiny_drill(mistakes=(*MISTAKES, breaks), inputs=weights, advice=())
    source = "def weighted(a, b, c):\n    out = (a * b * c).sum(1).mean()\n    b.zero_()\n    return out\n"
    assert ids(source, drill) == [("weights-changed",)]


def test_all_that_fit_equally_are_named() -> None:
    twins = (mistake("double", "x * k", "x * k * 2"), mistake("twofold", ".mean()", ".mean() * 2"))
    drill = tiny_drill(mistakes=(*MISTAKES, *twins))
    assert ids(REFERENCE.replace("x * k", "2 * x * k"), drill) == [("double",), ("twofold",)]


def test_edges_are_left_out_where_only_they_speak_against_an_explanation() -> None:
    source = REFERENCE.replace(".mean()", ".sum() if k else x.sum()")
    assert ids(source) == [("sum-of-rows",)]
    assert ids(REFERENCE.replace(".mean()", ".mean() if k else x.sum()")) == []


def test_the_report_shows_the_line_and_what_it_becomes() -> None:
    (diagnosis,) = found(REFERENCE.replace("(scaled * w)", "scaled"), tiny_drill())
    assert diagnosis == Diagnosis(
        ids=("no-weight",),
        because=("The weights are missing.",),
        cards=("why-weights",),
        changes=(
            Change(
                line=6,
                reference="return (scaled * w).sum(dim=-1).mean()",
                changed="return scaled.sum(dim=-1).mean()",
            ),
        ),
    )


def test_two_edits_of_one_line_are_one_change_and_a_block_lists_the_lines_that_differ() -> None:
    block = Mistake(
        id="block",
        because="Both.",
        edits=(Edit(find="x * k\n    return", put="x\n    return"), Edit(find="dim=-1", put="dim=0")),
    )
    prepared = prepare(tiny_drill(mistakes=(*MISTAKES, block)))
    assert explain(prepared, ("block",)).changes == (
        Change(line=5, reference="scaled = x * k", changed="scaled = x"),
        Change(
            line=6,
            reference="return (scaled * w).sum(dim=-1).mean()",
            changed="return (scaled * w).sum(dim=0).mean()",
        ),
    )
    pair = explain(prepared, ("no-weight", "sum-of-rows"))
    assert [change.changed for change in pair.changes] == ["return scaled.sum(dim=-1).sum()"]


def test_a_patch_that_puts_in_a_line_is_shown_where_it_begins() -> None:
    added = mistake("decorated", "def weighted", "@torch.no_grad()\ndef weighted")
    (change,) = explain(prepare(tiny_drill(mistakes=(added,))), ("decorated",)).changes
    assert (change.line, change.reference) == (4, "def weighted(x, w, k):")
    assert change.changed == "@torch.no_grad()\ndef weighted(x, w, k):"


def test_a_patch_of_several_lines_keeps_how_they_stand_to_each_other() -> None:
    within = mistake("within", "    scaled = x * k", "    with torch.no_grad():\n        scaled = x * k")
    into = mistake("into", "    scaled = x * k\n    return", "    if k:\n        scaled = x * k\n        return")
    prepared = prepare(tiny_drill(mistakes=(*MISTAKES, within, into)))
    (change,) = explain(prepared, ("within",)).changes
    assert change == Change(line=5, reference="scaled = x * k", changed="with torch.no_grad():\n    scaled = x * k")
    (change,) = explain(prepared, ("into",)).changes
    assert change.changed.startswith("if k:\n    scaled = x * k\n    return ")


@pytest.mark.parametrize("seed", range(2))
def test_every_listed_mistake_of_the_distillation_loss_is_named_as_itself(seed: int) -> None:
    drill = distillation_loss()
    prepared = prepare(drill)
    alike = {name: one.mistakes for one in drill.inseparable for name in one.mistakes}
    for name in prepared.mistakes:
        named = ids(prepared.patched((name,)), drill, seed)
        assert sorted(named) == sorted((one,) for one in alike.get(name, (name,)))


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ([(T_SQUARED, "")], [("missing-t-squared",)]),
        (
            [(T_SQUARED, ""), ("(1. - alpha)", "alpha"), ("+ alpha *", "+ (1 - alpha) *")],
            [("missing-t-squared", "alpha-swapped")],
        ),
        ([(KL, "-(soft_teacher * soft_student).sum(1).mean()")], [("soft-cross-entropy",)]),
        ([(KL, "F.kl_div(soft_student, soft_teacher)")], [("mean-not-batchmean",)]),
        ([(KL, KL.replace("soft_teacher", "soft_teacher.log()"))], [("log-target-mismatch", "log-of-softmax")]),
        ([(KL, REVERSED)], [("reversed-kl",)]),
        ([(KL, KL_OF_LOGS)], [("reversed-kl", "log-of-softmax")]),
        (
            [("F.log_softmax(student_logits / T", "F.softmax(student_logits / T")],
            [("probabilities-as-first-argument",)],
        ),
        ([("(student_logits, labels)", "(student_logits.softmax(1), labels)")], [("double-softmax",)]),
        ([("total_loss = (1", "with torch.no_grad():\n        total_loss = (1")], [("loss-without-graph",)]),
        (
            [("F.log_softmax(student_logits / T, dim=1)", "torch.log(F.softmax(student_logits / T, dim=1))")],
            [("log-of-softmax",)],
        ),
    ],
)
def test_mistakes_of_the_distillation_loss_in_a_learner_s_words(
    changes: Sequence[tuple[str, str]], named: list[tuple[str, ...]]
) -> None:
    assert ids(lesson(*changes), distillation_loss()) == named
