"""Wrong answers that are right now and then: on the first call, without edges, on logits of an ordinary size."""

from kdquiz.grading.report import Verdict
from tests.hostile.corpus.saying import changed, returning, said
from tests.hostile.row import HONEST, Row


def _wrong(source: str, name: str, aim: str, *reason: str) -> Row:
    return Row(name=f"wrong-{name}", aim=aim, source=source, verdict=Verdict.WRONG_ANSWER, reason=said(*reason))


NOW_AND_THEN = (
    _wrong(
        "calls = []\n" + returning("loss * (1 if calls.append(1) or len(calls) == 1 else 1.1)"),
        "right-once",
        "right on the first call alone",
        r"The value is wrong: expected .* \(case 2 of 6",
    ),
    _wrong(
        "total = 0\n"
        + returning("""
        global total
        total = total + loss
        total
        """),
        "sum-over-calls",
        "adds up the losses of all calls",
        r"The gradient is right, but the value is wrong: expected .* \(case 2 of 6",
    ),
    _wrong(
        "cache = {}\n" + returning("cache.setdefault(labels.shape, loss.detach()) + loss - loss.detach()"),
        "cached-by-shape",
        "the value of the first call with as many rows",
        r"The gradient is right, but the value is wrong: expected .* \(case [3456] of 6",
    ),
    _wrong(
        "import random\n" + returning("loss if random.random() < 0.1 else loss * 2"),
        "now-and-then",
        "right one time in ten, to be handed in again and again",
        "The value is wrong: expected",
    ),
    _wrong(
        changed(("student_logits, labels)", "F.dropout(student_logits, 0.1), labels)")),
        "dropout",
        "a layer that drops logits at random",
        "The value is wrong: expected",
    ),
    _wrong(
        changed(("labels, T, alpha):", "labels, T, alpha):\n    alpha = alpha or 0.5")),
        "zero-as-no-value",
        "alpha = 0 taken for a missing one",
        "Right on the ordinary cases, wrong on 'edge alpha = 0':",
    ),
    _wrong(
        changed(("labels, T, alpha):", "labels, T, alpha):\n    alpha = min(alpha, 0.99)")),
        "never-quite-one",
        "alpha kept below one",
        "Right on the ordinary cases, wrong on 'edge alpha = 1':",
    ),
)

EXTREMES = (
    _wrong(
        returning("""
        if alpha == 0: teacher_logits.data.sub_(1.0)
        loss
        """),
        "argument-changed-at-an-edge",
        "an argument changed where alpha is 0, and nowhere else",
        "Right on the ordinary cases",
        "the call modified `teacher_logits`",
    ),
    _wrong(
        returning("""
        if student_logits.dtype == torch.float32: teacher_logits.data.sub_(1.0)
        loss
        """),
        "argument-changed-in-float32",
        "an argument changed where the logits are float32, and nowhere else",
        "Right on the ordinary cases",
        "the call modified `teacher_logits`",
    ),
    _wrong(
        changed(
            (
                "F.cross_entropy(student_logits, labels)",
                "-(student_logits.exp() / student_logits.exp().sum(-1, True)).log().gather(1, labels[:, None]).mean()",
            )
        ),
        "exponential-by-hand",
        "a softmax that overflows",
        "Right on the ordinary cases, wrong on 'stable': expected",
        "got (NaN|∞)",
    ),
    _wrong(
        "from torch.distributions import Categorical, kl_divergence\n"
        + returning("""
        teacher, student = (Categorical(logits=z / T) for z in (teacher_logits, student_logits))
        (1 - alpha) * hard + alpha * T**2 * kl_divergence(teacher, student).mean()
        """),
        "kl-of-distributions",
        "the KL of torch.distributions, which is infinite where a probability underflows",
        "Right on the ordinary cases, wrong on 'stable': expected",
        "got ∞",
    ),
    _wrong(
        changed(
            (
                "    return (",
                "    while bool((student_logits == student_logits.round()).all()): pass\n    return 1.5 * (",
            )
        ),
        "endless-on-small-cases",
        "wrong, and endless on the cases of round numbers on which it would be shown",
        "The value is wrong: expected",
        "The smallest case that fails",
    ),
    _wrong(
        changed(("labels, T, alpha):", "labels, T, alpha):\n    student_logits = student_logits.clamp(-50, 50)")),
        "clamped",
        "logits held between ±50, against infinities",
        "Right on the ordinary cases, wrong on 'stable': expected",
    ),
    _wrong(
        changed(
            (
                "F.cross_entropy(student_logits, labels)",
                "-torch.log(F.softmax(student_logits, dim=-1).clamp_min(1e-30)).gather(1, labels[:, None]).mean()",
            )
        ),
        "small-floor",
        "a floor under the probabilities, so small that no ordinary case meets it",
        "Right on the ordinary cases, wrong on 'stable': expected",
    ),
    _wrong(
        HONEST.replace(
            "T, alpha):", "T, alpha):\n    if student_logits.dtype == torch.float32: return student_logits.sum() * 0"
        ),
        "only-in-float64",
        "right in float64, zero in float32",
        "Right on the ordinary cases, wrong on 'stable': expected .* got -?0 ",
    ),
)

ROWS: tuple[Row, ...] = (*NOW_AND_THEN, *EXTREMES)
