"""Wrong answers, by what they return: values, shapes, types, and formulas that are nearly right."""

from kdquiz.grading.report import Verdict
from tests.hostile.corpus.saying import changed, returning, said
from tests.hostile.row import Row

NUMBER = r"-?[\d.]+(e-?\d+)?"
ON_A_CASE = r"\(case \d of 6: N = \d+, C = \d+, T = [\d.]+, alpha = [\d.]+\)"


def _value(source: str, name: str, aim: str, *reason: str) -> Row:
    """An answer whose value is wrong."""
    return Row(name=f"wrong-{name}", aim=aim, source=source, verdict=Verdict.WRONG_ANSWER, reason=said(*reason))


def _no_tensor(value: str, name: str, aim: str, kind: str) -> Row:
    """An answer that is no tensor of ours."""
    reason = said(f"Your function returned {kind}")
    return Row(name=f"wrong-{name}", aim=aim, source=returning(value), verdict=Verdict.RUNTIME_ERROR, reason=reason)


VALUES = (
    _value(returning("(student_logits * 0).sum()"), "zero", "zero", f"The value is wrong: expected {NUMBER}, got 0 "),
    _value(
        returning("student_logits.new_tensor(1.7)"),
        "constant",
        "about what most losses are",
        rf"The value is wrong: expected {NUMBER}, got 1\.7 {ON_A_CASE}",
        r"yours = 1\.7",
    ),
    _value(
        returning("loss + torch.tensor(float('nan'), dtype=loss.dtype)"),
        "nan-with-the-right-gradient",
        "NaN, which is neither smaller nor larger; the gradient is right",
        f"The result is not a finite number: expected {NUMBER}, got NaN",
        "✓ gradient student_logits",
    ),
    _value(
        returning("loss * float('nan')"),
        "nan",
        "NaN in the value and in the gradient",
        f"The result is not a finite number: expected {NUMBER}, got NaN",
        "✗ gradient student_logits: at .0, 0. expected .* got NaN",
    ),
    _value(
        returning("loss + float('inf')"),
        "infinity",
        "an infinite loss with the right gradient",
        f"The result is not a finite number: expected {NUMBER}, got ∞",
    ),
    _value(
        returning("loss * 1.001"),
        "one-per-mille",
        "a thousandth too much",
        f"The value is wrong: expected {NUMBER}, got {NUMBER} {ON_A_CASE}",
        "✗ gradient student_logits",
    ),
    _value(
        returning("loss + 0.05 * torch.rand_like(loss)"),
        "noise",
        "a little noise on the right value",
        "The gradient is right, but the value is wrong: expected",
    ),
    _value(
        changed(("labels)\n", "labels).half().to(student_logits.dtype)\n")),
        "half-precision-inside",
        "the hard term rounded to three digits",
        f"The value is wrong: expected {NUMBER}, got {NUMBER}",
    ),
)

FORMULAS = (
    _value(
        changed((" * T * T", "")),
        "no-t-squared",
        "T² forgotten",
        "The value is wrong",
        "missing-t-squared: The soft term",
    ),
    _value(
        changed(('reduction="batchmean"', 'reduction="mean"')),
        "mean-not-batchmean",
        "the average over the classes too",
        "The value is wrong",
        "mean-not-batchmean: The KL is averaged over the classes",
    ),
    _value(
        changed(("(1 - alpha) * hard + alpha * soft", "alpha * hard + (1 - alpha) * soft")),
        "alpha-swapped",
        "alpha on the other term",
        "The value is wrong",
        "alpha-swapped: alpha and 1 − alpha are exchanged",
    ),
    _value(
        changed(
            (
                "def distillation_loss(student_logits, teacher_logits,",
                "def distillation_loss(teacher_logits, student_logits,",
            )
        ),
        "student-and-teacher-swapped",
        "the first two arguments in the other order",
        "The value is wrong",
        "✗ gradient student_logits: no gradient arrived",
    ),
    _value(
        changed(("labels, T, alpha):", "labels, T, alpha):\n    T, alpha = 2.0, 0.5")),
        "only-the-defaults",
        "T and alpha as in the lesson, whatever is passed",
        rf"The value is wrong: expected {NUMBER}, got {NUMBER} {ON_A_CASE}",
    ),
    _value(
        changed(("labels, T, alpha):", "labels, T, alpha):\n    T = int(T)")),
        "whole-temperatures",
        "right for every T that is a whole number",
        r"The value is wrong: expected",
        r"T = 1\.5",
    ),
    _value(
        changed(("labels, T, alpha):", "labels, T, alpha):\n    T = min(T, 5)")),
        "small-temperatures",
        "right for every T up to 5",
        r"The value is wrong: expected .* \(case \d of 6: .*T = 7,",
    ),
    _value(
        changed(
            ("F.softmax(teacher_logits.detach() / T, dim=-1)", "F.softmax(teacher_logits.detach()[:2] / T, dim=-1)"),
            ("log_softmax(student_logits / T, dim=-1)", "log_softmax(student_logits[:2] / T, dim=-1)"),
        ),
        "small-batches",
        "right for one row or two",
        r"The value is wrong: expected .* \(case \d of 6: N = (4|7|16),",
    ),
)

SHAPES = (
    _value(
        returning("loss.reshape(1)"),
        "shape-one",
        "the right number in a vector, which broadcasts",
        r"The result has the wrong shape: expected a scalar, got shape \[1\]",
        "– gradient student_logits.*: not checked, the result has the wrong shape",
    ),
    _value(
        returning("loss.expand(student_logits.shape[0])"),
        "shape-of-rows",
        "the right number once a row",
        r"The result has the wrong shape: expected a scalar, got shape \[\d+\]",
    ),
    _value(
        returning("loss.new_empty(0)"),
        "shape-empty",
        "no number at all: of an empty tensor everything is true",
        r"The result has the wrong shape: expected a scalar, got shape \[0\]",
    ),
    _value(
        changed(("student_logits, labels)", 'student_logits, labels, reduction="none")')),
        "a-loss-for-each-row",
        "the mean over the rows forgotten",
        r"The result has the wrong shape: expected a scalar, got shape \[\d+\]",
    ),
    Row(
        name="wrong-huge-output",
        aim="eighty megabytes of the right number",
        source=returning("loss.expand(10_000_000)"),
        verdict=Verdict.OUTPUT_LIMIT,
        reason=said("The code returned far more than the drill asks for"),
    ),
    _no_tensor(
        "loss.reshape(1, 1, 1, 1, 1, 1, 1)",
        "seven-dimensions",
        "more dimensions than a frame has",
        "what cannot be passed on: 'output' has 7 dimensions; at most 6",
    ),
)

TYPES = (
    _value(
        returning("loss.half()"),
        "half",
        "a result in half precision",
        "The result has the wrong dtype: expected float64, got float16",
    ),
    _value(
        returning("loss.double()"),
        "always-float64",
        "right numbers in float64 where the logits are float32",
        "Right on the ordinary cases, wrong on 'stable': expected float32, got float64",
    ),
    _value(
        returning("loss.long()"),
        "whole-number",
        "the loss rounded to an integer",
        "The result has the wrong dtype: expected float64, got int64",
        "✗ gradient student_logits: no gradient arrived",
    ),
    _value(
        returning("loss > 0"),
        "boolean",
        "yes",
        "The result has the wrong dtype: expected float64, got bool",
    ),
    _no_tensor(
        "loss.item()", "python-float", "the number without its graph", "a Python float, not a tensor; no gradient"
    ),
    _no_tensor(
        "print(loss)",
        "printed-not-returned",
        "the loss printed, and None returned",
        r"None, not a tensor; is a `return` missing\?.*\| tensor\(",
    ),
    _no_tensor("hard, soft, loss", "tuple", "both terms and their sum", "a tuple, not a plain tensor"),
    _no_tensor("loss.detach().numpy()", "numpy", "an array of numpy", r"a \w+, not a plain tensor"),
    _no_tensor(
        "loss.to('meta')", "meta", "a tensor with a shape and no numbers", r"a tensor .*\(strided, meta, float64\)"
    ),
    _no_tensor("loss.reshape(1).to_sparse()", "sparse", "a sparse tensor", r"a tensor .*\(sparse_coo, cpu, float64\)"),
    _no_tensor("loss.to(torch.complex128)", "complex", "a complex number", r"a tensor .*\(strided, cpu, complex128\)"),
    _no_tensor("torch.nn.Parameter(loss)", "parameter", "a parameter of its own", "a Parameter, not a plain tensor"),
    _no_tensor(
        """
        class Loss(torch.Tensor): pass
        loss.as_subclass(Loss)
        """,
        "tensor-subclass",
        "a tensor of a class of its own",
        "a Loss, not a plain tensor",
    ),
    _no_tensor(
        "torch.quantize_per_tensor(loss.float(), 0.1, 0, torch.qint8)",
        "quantised",
        "a quantised number",
        r"a tensor .*\(strided, cpu, qint8\)",
    ),
)

ROWS: tuple[Row, ...] = (*VALUES, *FORMULAS, *SHAPES, *TYPES)
