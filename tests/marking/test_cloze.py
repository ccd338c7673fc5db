"""Marking a cloze: each blank on its own, tolerant of how a thing is typed and of nothing else."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kdquiz.marking import mark, read_line
from kdquiz.marking.blanks import is_accepted
from kdquiz.marking.model import BlankMark, Filled, Outcome, Typed, UnreadableError
from tests.library.examples import cloze

RIGHT = {
    "lists and values as code writes them": [
        ("teacher and student", "teacher + student"),
        ("teacher and student", "student+teacher"),
        ("batchmean", "reduction='batchmean'"),
        ("batchmean", 'reduction = "batchmean"'),
    ],
    "case, articles, punctuation": [
        ("both", " BOTH. "),
        ("student", "the student"),
        ("the student", "student"),
        ("student", "a student’s"),
        ("naïve", "naive"),
        ("on", "On"),
    ],
    "inflection": [
        ("student", "students"),
        ("increases", "increase"),
        ("increases", "increasing"),
        ("softer", "soft"),
        ("fine-tuning", "fine tuned"),
        ("sum over classes", "sums over the classes"),
        ("needed", "is needed"),
        ("not needed", "isn't needed"),
        ("cannot", "can't"),
    ],
    "spelling": [
        ("normalised", "normalized"),
        ("regularization", "regularisation"),
        ("labelled", "labeled"),
        ("temperature", "temprature"),
        ("temperature", "temperatrue"),
        ("distribution", "distrubution"),
    ],
    "compounds": [
        *[(one, other) for one in ("one-hot", "one hot", "onehot") for other in ("one-hot", "one hot", "onehot")],
        ("log-probabilities", "log probabilities"),
        ("log_softmax", "logsoftmax"),
        ("mini-batch", "minibatches"),
        ("on-policy", "on policy"),
        ("non-negative", "nonnegative"),
    ],
    "mathematics": [
        *[("T²", typed) for typed in ("T^2", "T**2", "T ** 2", "T squared", "t²", "(T * T)")],
        *[(variant, "T²") for variant in ("T^2", "T**2", "T squared")],
        ("α", "alpha"),
        ("alpha", "α"),
        ("1 - α", "(1−alpha)"),
        ("1/T²", "1 / T^2"),
        ("1/T²", "one over T squared"),
        ("2T", "2·T"),
        ("T² · KL", "T^2 KL"),
        ("-log p", "−log(p)"),
        ("p-q", "p − q"),
        ("softmax(z/T)", "softmax(z / T)"),
        ("KL(p || q)", "kl( p‖q )"),
    ],
    "numbers": [
        *[("0.5", typed) for typed in ("0.50", ".5", "1/2", "½", "50 %", "5e-1", "0,5")],
        ("1", "1.0"),
        ("1", "one"),
        ("-1", "−1"),
        ("1/3", "2/6"),
        ("1,000", "1000"),
        ("α = 0.5", "alpha=.5"),
    ],
    "lists": [
        ("teacher and student", "the student and the teacher"),
        ("teacher and student", "teacher, student"),
        ("teacher and student", "student & teacher"),
        ("teacher and student", "both the teacher and the student"),
    ],
    "prepositions": [
        ("to the student", "the student"),
        ("training", "in training"),
        ("in log space", "log-space"),
        ("teacher → student", "from teacher to student"),
    ],
}
WRONG = {
    "nothing": [("both", ""), ("both", "  "), ("both", "?"), ("both", "the"), ("T²", "²")],
    "opposites": [
        ("increases", "decreases"),
        ("needed", "not needed"),
        ("needed", "isn't needed"),
        ("needed", "unneeded"),
        ("with T²", "without T²"),
        ("both", "not both"),
        ("student", "teacher"),
        ("lower", "higher"),
        ("larger", "smaller"),
        ("more", "less"),
        ("most", "least"),
        ("always", "never"),
        ("both", "neither"),
        ("on", "off"),
        ("hard", "soft"),
        ("before", "after"),
        ("min", "max"),
        ("maximise", "minimise"),
        ("maximum", "minimum"),
        ("upper", "lower"),
        ("inner", "outer"),
        ("input", "output"),
        ("encoder", "decoder"),
        ("forward KL", "reverse KL"),
        ("forward", "backward"),
        ("convex", "concave"),
        ("overfit", "underfit"),
        ("overconfident", "underconfident"),
        ("confident", "overconfident"),
        ("stable", "unstable"),
        ("labelled", "unlabelled"),
        ("frozen", "unfrozen"),
        ("supervised", "unsupervised"),
        ("differentiable", "non-differentiable"),
        ("linear", "nonlinear"),
        ("symmetric", "asymmetric"),
        ("implicit", "explicit"),
        ("finite", "infinite"),
        ("dense", "sparse"),
        ("local", "global"),
        ("vanishing", "exploding"),
        ("online", "offline"),
        ("on-policy", "off-policy"),
        ("on-policy", "policy"),
        ("pre-training", "post-training"),
        ("intra-class", "inter-class"),
        ("intraclass", "interclass"),
        ("macroaverage", "microaverage"),
        ("homoscedastic", "heteroscedastic"),
        ("subset", "superset"),
        ("trainer", "trainee"),
        ("useful", "useless"),
        ("must be detached", "may be detached"),
        ("to the student", "from the student"),
        ("teacher to student", "student to teacher"),
        ("positive", "negative"),
        ("true", "false"),
        ("yes", "no"),
    ],
    "several alternatives": [
        ("both", "both/neither"),
        ("both", "both and neither"),
        ("student", "student or teacher"),
        ("student", "student/teacher"),
        ("student", "student, teacher"),
        ("student", "teacher student"),
        ("teacher and student", "teacher or student"),
        ("teacher and student", "teacher/student"),
        ("1", "1 or 2"),
    ],
    "more or less than the variant": [
        ("both", "both of the large networks"),
        ("student", "the student and its teacher"),
        ("teacher and student", "teacher"),
        ("soft targets", "targets"),
    ],
    "mathematics": [
        ("T²", "T"),
        ("T²", "2T"),
        ("T²", "T³"),
        ("T", "√T"),
        ("1/T²", "T²"),
        ("1 - α", "α - 1"),
        ("1 - α", "1 + α"),
        ("1 - α", "α"),
        ("p-q", "q-p"),
        ("p and q", "p + q"),
        ("batchmean", "reduction='mean'"),
        ("log p", "-log p"),
        ("KL(p || q)", "KL(q || p)"),
        ("F.kl_div(p, q)", "F.kl_div(q, p)"),
        ("softmax(z/T)", "softmax(z)/T"),
        ("p > q", "p < q"),
        ("p = q", "p ≠ q"),
        ("top-1", "top-5"),
    ],
    "numbers": [
        ("0.5", "0.51"),
        ("0.5", "5"),
        ("0.5", "-0.5"),
        ("1/3", "0.333"),
        ("1", "2"),
        ("10", "1,000"),
        ("50 %", "50"),
        ("α = .5", "α = 5"),
        ("α = 1", "T = 1"),
    ],
}


def rows(table: dict[str, list[tuple[str, str]]]) -> list[tuple[str, str]]:
    return [row for group in table.values() for row in group]


@pytest.mark.parametrize(("variant", "typed"), rows(RIGHT))
def test_what_is_accepted(variant: str, typed: str) -> None:
    assert is_accepted(typed, ["another", variant])


@pytest.mark.parametrize(("variant", "typed"), rows(WRONG))
def test_what_is_not(variant: str, typed: str) -> None:
    assert not is_accepted(typed, [variant])
    if typed.strip():
        assert not is_accepted(variant, [typed])


def test_each_blank_is_marked_on_its_own() -> None:
    marked = mark(cloze(), Filled(("Both networks", "2")))
    assert marked.blanks == (
        BlankMark("Both networks", right=True, accepted=("both", "both networks")),
        BlankMark("2", right=False, accepted=("1", "one")),
    )
    assert (marked.outcome, marked.share) == (Outcome.PARTLY, 0.5)
    assert (mark(cloze(), Filled(("both", "1"))).outcome, mark(cloze(), Filled(("", ""))).outcome) == (
        Outcome.RIGHT,
        Outcome.WRONG,
    )


@pytest.mark.parametrize(
    ("text", "typed", "right"),
    [
        ("It sees {{both}} networks.", "both networks", True),
        ("It sees {{both}} networks.", "both teachers", False),
        ("With T = {{1}} it is plain.", "T = 1", True),
        ("With T = {{1}} it is plain.", "α = 1, T = 1", False),
        ("That is {{50}} % of it.", "50 %", True),
        ("It is {{not}} needed here.", "not needed", True),
        ("It is {{not}} needed here.", "needed", False),
        ("It is {{needed}}.", "is not needed", False),
        ("of the {{student}} alone", "the student alone", True),
    ],
)
def test_words_around_a_blank_may_be_typed_with_it(text: str, typed: str, right: bool) -> None:
    assert mark(cloze(text), Filled((typed,))).blanks[0].right is right


def test_another_response_is_refused() -> None:
    with pytest.raises(TypeError, match="a cloze takes Filled blanks, not Typed"):
        mark(cloze(), Typed("both"))
    with pytest.raises(ValueError, match="the question has 2 blanks, and 1 were filled"):
        mark(cloze(), Filled(("both",)))


@pytest.mark.parametrize(
    ("line", "blanks"),
    [
        ("both; 1", ("both", "1")),
        ("both, 1", ("both", "1")),
        ("a, b; 0,5", ("a, b", "0,5")),
        ("; 1", ("", "1")),
        (";", ("", "")),
        ("", ("", "")),
        ("  ", ("", "")),
    ],
)
def test_a_line_is_read(line: str, blanks: tuple[str, ...]) -> None:
    assert read_line(cloze(), (), line) == Filled(blanks)


def test_a_line_for_one_blank_is_that_blank() -> None:
    assert read_line(cloze("Only {{one}}."), (), " a; b, c ") == Filled(("a; b, c",))


@pytest.mark.parametrize("line", ["both", "a; b; c", "a, b, c", "a, b; c; d"])
def test_a_line_of_another_count_is_refused_in_words(line: str) -> None:
    told = r"There are 2 blanks: fill all of them, parted by semicolons \(answer 1; answer 2\)\."
    with pytest.raises(UnreadableError, match=told):
        read_line(cloze(), (), line)


TYPED = st.lists(
    st.sampled_from(["both", "1", "not", "or", "and", ",", "T²", "-", "(", ")", "/", "one", "0.5", "networks", "the"])
).map(" ".join)


@settings(deadline=None)
@given(TYPED | st.text(), TYPED | st.text())
def test_promises_of_a_cloze(first: str, second: str) -> None:
    marked = mark(cloze(), Filled((first, second)))
    assert marked == mark(cloze(), Filled((first, second)))
    right = [blank.right for blank in marked.blanks]
    assert marked.share == sum(right) / 2
    assert (marked.outcome is Outcome.RIGHT) == all(right)
    assert (marked.outcome is Outcome.WRONG) == (not any(right))
    assert [blank.accepted for blank in marked.blanks] == [("both", "both networks"), ("1", "one")]
    assert [blank.typed for blank in marked.blanks] == [first, second]
    assert not any(blank.right for blank in marked.blanks if not blank.typed.strip())


@settings(deadline=None)
@given(TYPED | st.text())
def test_every_variant_is_accepted_as_written(variant: str) -> None:
    line = " ".join(variant.split())
    assert is_accepted(line, [line]) == bool(line)
    if line.upper().casefold() == line.casefold():
        assert is_accepted(line.upper(), [line]) == bool(line)


@settings(deadline=None)
@given(TYPED | st.text())
@example("×")
def test_who_adds_an_alternative_has_not_decided(typed: str) -> None:
    for variant in ("both", "teacher and student", "0.5"):
        assert not is_accepted(f"{variant} or {typed}", [variant])
        assert not is_accepted(f"{typed} or {variant}", [variant])
        assert not is_accepted(f"not {variant}", [variant])


def test_a_text_of_megabytes_is_no_answer() -> None:
    for typed in ("both " * 200_000, "b" * 1_000_000, "1" * 1_000_000, "-" * 1_000_000):
        assert not mark(cloze(), Filled((typed, typed))).share
