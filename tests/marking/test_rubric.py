"""Finding phrases in answers: what counts as said, and what does not."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kdquiz.marking.answers import Answer
from kdquiz.marking.rubric import phrases_that_never_tick, words_that_tick
from tests.marking.examples import short


def ticks(phrase: str, answer: str, ask: str = "Why?") -> tuple[str, ...]:
    return words_that_tick([phrase], Answer.of(answer), ask)


SAID = {
    "case": [("dark knowledge", "Dark KNOWLEDGE"), ("kl", "the KL term")],
    "unicode": [("uniform", "𝐮𝐧𝐢𝐟𝐨𝐫𝐦"), ("naive", "naïve"), ("isn't sharp", "it isn’t sharp"), ("fit", "ﬁt")],
    "greek": [("α", "alpha"), ("lambda", "λ"), ("T/τ", "T / tau")],
    "powers": [
        *[
            ("T²", said)
            for said in ("T^2", "T ^ 2", "T**2", "T ** 2", "T^{2}", "T squared", "(T * T)", "T×T", "by T².")
        ],
        *[(phrase, "times T²") for phrase in ("T^2", "T**2", "T squared", "t²")],
        ("temperature squared", "temperature²"),
        ("temperature squared", "the square of the temperature"),
        ("squared", "the T² factor"),
        ("x³", "x cubed"),
        ("10^-3", "10⁻³"),
    ],
    "numbers": [("zero", "it is 0"), ("T = 1", "T=one"), ("0.5", "at 0.5."), ("-1", "dim=-1")],
    "inflection": [
        ("sharp", "sharpens"),
        ("soft", "softer"),
        ("soft", "softened"),
        ("flat", "flatten"),
        ("freeze", "a frozen teacher"),
        ("gradient shrinks", "shrinking gradients"),
        ("similar", "similarity"),
        ("low weight", "a lower weight"),
    ],
    "British and American": [
        ("minimise", "minimizes"),
        ("regularizer", "a regulariser"),
        ("generalisation", "generalize"),
        ("unlabelled", "unlabeled"),
        ("centre", "center"),
        ("analyse", "analyzing"),
    ],
    "typos": [
        ("temperature", "temprature"),
        ("temperature", "temperatrue"),
        ("distribution", "distrubutoin"),
        ("entropy", "entrropy"),
        ("probabilities", "probabilitys"),
    ],
    "compounds": [
        *[(one, other) for one in ("one-hot", "one hot", "onehot") for other in ("one-hot", "one hot", "onehot")],
        *[("log_softmax", said) for said in ("log softmax", "logsoftmax", "log-softmax", "F.log_softmax(s)")],
        ("overfitting", "over-fitting"),
        ("non-negative", "nonnegative"),
        ("nonnegative", "non negative"),
    ],
    "order": [
        ("spreads probability mass", "probability mass is spread evenly"),
        ("close to one-hot", "one-hot or close"),
        ("gradient shrinks", "the gradient, as expected, shrinks"),
        ("student against student", "the student against that student"),
    ],
    "small words": [("depends on the input", "it depends on its input"), ("teacher is frozen", "a frozen teacher")],
    "formulas": [
        ("T = 1", "at T=1"),
        ("T > 1", "with T>1"),
        ("1 - α", "(1 − alpha)·CE"),
        ("1 - alpha", "(1-α) * ce"),
        ("logits / T", "softmax(logits/T)"),
        ("1/T²", "as 1 / T^2"),
        ("reduction='batchmean'", 'reduction="batchmean"'),
    ],
    "not negated after all": [
        ("peaked", "not only peaked but useless"),
        ("similar", "it isn't wrong, it is similar"),
        ("T²", "it does not work without T²"),
        ("frozen", "it does not learn because it is frozen"),
        ("one-hot", "Without temperature the softmax is nearly one-hot"),
        ("balanced", "No, it is balanced"),
        ("balanced", "No it is balanced"),
        ("frozen", "It does not move so it is frozen"),
        ("peaked", "It never converges. It is peaked."),
        ("peaked", "It isn't peaked at T = 4, and is peaked at T = 1"),
    ],
    "general synonyms": [
        ("gradient shrinks", "the gradients get smaller"),
        ("gradient shrinks", "gradients fade away"),
        ("more information", "it has richer information"),
        ("teacher mistakes", "where the teacher is wrong"),
        ("student imitates teacher", "the student has to match the teacher"),
        ("labels dominate", "the labels win"),
    ],
    "alternatives": [
        ("(labels|hard term) (win|take over)", "the hard term takes over"),
        ("not (needed|required)", "that is not required"),
        ("(never|rarely) right", "rarely right"),
        ("(not needed|superfluous) labels", "labels are superfluous"),
        ("(not needed|superfluous) labels", "labels are not needed"),
        ("T (=|>) 1", "T > 1"),
        ("eval()", "call eval()"),
        ("KL(p||q)", "the KL(p || q)"),
    ],
    "formulas in words": [
        ("T = 1", "at T equal to one"),
        ("T > 1", "a T above 1"),
        ("1/T²", "one over T squared"),
        ("T = 1", "with T 1"),
        (">= 0", "it is at least 0"),
    ],
    "not denied after all": [
        ("T²", "don't forget T²"),
        ("T²", "never omit T²"),
        ("soft targets", "soft targets instead of hard labels"),
        ("soft targets hard labels", "soft targets instead of hard labels"),
        ("teacher wrong", "the teacher is wrong"),
        ("labels not needed", "labels are not needed"),
        ("temperature", "temperature is not irrelevant"),
        ("augmentation", "with augmentation the targets are wrong"),
        ("wrong classes", "what the wrong classes get"),
    ],
    "who to whom": [
        ("student imitates teacher", "the student imitates its teacher"),
        ("student imitates teacher", "the teacher is imitated by the student"),
    ],
    "negated, as the phrase is": [
        ("not an optimisation problem", "it is not an optimisation problem"),
        ("isn't sharp", "it is not sharp"),
        ("not symmetric", "the KL isn't symmetric"),
        ("without gradient", "no gradients flow"),
        ("does not depend", "never depends on it"),
        ("never", "never"),
        ("the student is not", "a student isn't"),
    ],
}

NOT_SAID = {
    "negated": [
        ("sharpen", "it does not sharpen"),
        ("sharp", "it never gets sharp"),
        ("sharp", "it isn't sharp"),
        ("sharp", "it isnt very sharp"),
        ("sharp", "it cannot be so sharp"),
        ("sharp", "it’s not a sharp one"),
        ("T²", "without T²"),
        ("T²", "without the T² factor"),
        ("one-hot", "soft rather than one-hot"),
        ("one-hot", "instead of one-hot"),
        ("gradient", "there is no gradient"),
        ("teacher", "neither the teacher nor the student"),
        ("student", "neither the teacher nor the student"),
        ("gradient shrinks", "the shrinking of no gradient"),
    ],
    "denied from behind": [
        ("T²", "T² is not needed"),
        ("T²", "T squared is a myth"),
        ("sharpen", "that it sharpens is simply wrong"),
        ("similar classes", "similar classes are irrelevant"),
        ("serving cost", "serving costs do not matter"),
        ("sharpen", "it is wrong that it would sharpen"),
        ("sharpen", "it is not true that T sharpens"),
        ("sharpen", "it fails to sharpen"),
        ("memory", "memory isn't an issue"),
        ("cost", "neither are running costs"),
        ("random teacher", "picking random teachers won't work"),
        ("hidden states", "Hidden states can't, attention can."),
    ],
    "opposites": [
        ("gradient shrinks", "the gradient grows"),
        ("gradient shrinks", "larger gradients"),
        ("more weight", "less weight"),
        ("higher temperature", "a lower temperature"),
        ("before training", "after training"),
        ("better student", "a worse student"),
        ("raise T", "a high T"),
    ],
    "the other way round": [
        ("student imitates teacher", "the teacher imitates the student"),
        ("student imitates teacher", "the student is imitated by the teacher"),
        ("student beats teacher", "the teacher beats the student"),
        ("labels dominate", "the teacher dominates, and the labels are lost"),
    ],
    "negated from afar": [("no labels", "it cannot be trained with gradient descent on labels")],
    "a word alone has no synonyms": [("uniform", "the same"), ("soften", "flatten")],
    "affirmed where the phrase negates": [("not symmetric", "it is symmetric"), ("no gradient", "a gradient")],
    "another word": [
        ("increase", "decrease"),
        ("sample", "a simple one"),
        ("minimise", "maximise"),
        ("loss", "less"),
        ("model", "mode"),
        ("symmetric", "asymmetric"),
        ("intraclass", "interclass"),
        ("linear", "non-linear"),
        ("linear", "nonlinear"),
        ("student against student", "student against teacher"),
    ],
    "another number or formula": [
        ("T = 1", "T = 2"),
        ("T > 1", "T < 1"),
        ("1 - α", "1 + alpha"),
        ("1/T²", "T²"),
        ("T²", "T"),
        ("T²", "T³"),
        ("logits / T", "logits * T"),
        ("dim=-1", "dim=1"),
        ("T squared", "of T, squared error"),
    ],
    "alternatives mean what they say": [
        ("(small|light) student", "a minor student"),
        ("teacher (wrong|errs)", "a bad teacher"),
    ],
    "beyond the end of a clause, not side by side": [("gradient shrinks", "the gradient of T is known, it shrinks")],
    "far apart": [
        ("student capacity", "The student learns. Capacity is large."),
        ("teacher mistakes", "the teacher of this small network has nowadays seldom been known for its mistakes"),
    ],
    "part of it": [("gradient shrinks", "the gradient"), ("hard label", "hard")],
}


@pytest.mark.parametrize(("phrase", "answer"), [pair for pairs in SAID.values() for pair in pairs])
def test_said(phrase: str, answer: str) -> None:
    assert ticks(phrase, answer)


@pytest.mark.parametrize(("phrase", "answer"), [pair for pairs in NOT_SAID.values() for pair in pairs])
def test_not_said(phrase: str, answer: str) -> None:
    assert not ticks(phrase, answer)


@pytest.mark.parametrize(
    ("phrase", "answer", "words"),
    [
        ("one-hot", "it's nearly ‘One-Hot’ then", ("One-Hot",)),
        ("log probabilities", "the student's log_probabilities", ("log_probabilities",)),
        ("T²", "by T squared, and", ("T squared",)),
        ("T²", "by (T * T)", ("T * T",)),
        ("spreads probability mass", "Mass of the Probability is spread", ("Mass", "Probability", "spread")),
        ("temperature", "the temprature", ("temprature",)),
    ],
)
def test_the_words_that_tick_are_the_learners_own(phrase: str, answer: str, words: tuple[str, ...]) -> None:
    assert ticks(phrase, answer) == words


def test_the_first_phrase_found_ticks() -> None:
    assert words_that_tick(["absent", "soft", "sharp"], Answer.of("sharp and soft"), "Why?") == ("soft",)


def test_the_questions_own_words_are_no_evidence() -> None:
    ask = "Why is the student trained at a temperature above 1?"
    assert not ticks("temperature above one", "A temperature above one", ask)
    assert not ticks("student trains", "the student trains", ask)
    assert ticks("high temperature", "a high temperature", ask)
    assert ticks("T = 1", "T = 1", "What of T and 1?")


def test_a_negation_that_the_question_lacks_is_evidence() -> None:
    assert ticks("not symmetric", "It is not symmetric", "Is the KL divergence symmetric?")
    assert not ticks("not symmetric", "It is not symmetric", "Why is the KL divergence not symmetric?")


SYNONYMS = (
    ("student", "pupil", "small model", "little model"),
    ("model", "network", "net"),
    ("teacher", "big model"),
    ("soft target", "soft label"),
)


@pytest.mark.parametrize(
    ("phrase", "answer"),
    [
        ("student", "the pupils"),
        ("student shrinks", "a small net shrinks"),
        ("the pupil", "a student"),
        ("small model", "a student"),
        ("teacher wrong", "big networks make mistakes"),
        ("(student|nobody) learns", "the small model learns"),
        ("soft target of the teacher", "what the big net gives as a soft label"),
    ],
)
def test_synonyms_of_the_pack_are_found(phrase: str, answer: str) -> None:
    assert words_that_tick([phrase], Answer.of(answer), "Why?", SYNONYMS)
    assert not words_that_tick([phrase], Answer.of("the other one"), "Why?", SYNONYMS)


def test_synonyms_of_the_pack_do_not_mix_opposites() -> None:
    assert not words_that_tick(["student learns"], Answer.of("the big model learns"), "Why?", SYNONYMS)
    assert not words_that_tick(["teacher"], Answer.of("a model"), "Why?", SYNONYMS)


def test_a_synonym_of_the_questions_word_is_no_evidence() -> None:
    assert not words_that_tick(["student"], Answer.of("the small network"), "What is a student?", SYNONYMS)


def test_an_alternative_that_the_question_names_is_no_evidence_and_the_other_is() -> None:
    ask = "Are labels needed?"
    assert not ticks("(labels|classes)", "labels", ask)
    assert ticks("(labels|classes)", "classes", ask) == ("classes",)


def test_phrases_that_can_never_tick_are_told_with_the_reason() -> None:
    points = (("of the", "good", "(of|with) the"), ("labels needed", "not needed", "labels (help|needed)"))
    found = list(phrases_that_never_tick(short(*points, ask="Are labels needed?")))
    assert found == [
        (0, 0, "only small words"),
        (0, 2, "only small words"),
        (1, 0, "only words of the question"),
    ]


VOCABULARY = (
    *(
        "teacher",
        "student",
        "soft",
        "targets",
        "one-hot",
        "gradient",
        "shrinks",
        "peaked",
        "log_softmax",
        "distribution",
    ),
    *("T²", "1/T", "α", "=", "0.5", "1", "-", "zero", "two", "the", "of", "is", "not", "never", "without", "isn't"),
)
phrases = st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=5).map(" ".join)


@settings(deadline=None)
@given(phrases)
def test_a_phrase_said_word_for_word_ticks(phrase: str) -> None:
    """Two denials one after the other are no phrase that anybody writes."""
    assume(sum(word in ("not", "never", "without", "isn't") for word in phrase.split()) < 2)
    assert bool(ticks(phrase, phrase)) == bool(Answer.of(phrase).tokens)


@settings(deadline=None)
@given(st.lists(phrases, min_size=1, max_size=4), phrases)
def test_who_repeats_the_question_ticks_nothing(rubric: list[str], ask: str) -> None:
    assert not words_that_tick(rubric, Answer.of(ask), ask)


@settings(deadline=None)
@given(st.text(), st.text())
def test_any_text_can_be_read(phrase: str, answer: str) -> None:
    words = ticks(phrase, answer)
    assert all(word in answer for word in words)
    assert words_that_tick([phrase], Answer.of(""), "Why?") == ()
