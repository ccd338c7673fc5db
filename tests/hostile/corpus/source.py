"""Sources without the function that is asked for, or with one that cannot be called as the drill calls it."""

from kdquiz.grading.report import Verdict
from tests.hostile.corpus.saying import said
from tests.hostile.row import HONEST, Row

NONE_NAMED = "The file defines no function named `distillation_loss`"

ROWS: tuple[Row, ...] = (
    Row(
        name="source-empty",
        aim="nothing at all",
        source=b"",
        verdict=Verdict.RUNTIME_ERROR,
        reason=said(rf"{NONE_NAMED}\."),
    ),
    Row(
        name="source-only-comments",
        aim="plans, and no code",
        source="# first the hard term\n# then the soft one\n",
        verdict=Verdict.RUNTIME_ERROR,
        reason=said(rf"{NONE_NAMED}\."),
    ),
    Row(
        name="source-no-function",
        aim="the loss computed at the top of the file",
        source="import torch\nloss = torch.zeros(())\nprint('OUTCOME', loss.item())\n",
        verdict=Verdict.RUNTIME_ERROR,
        reason=said(rf"{NONE_NAMED}\.", r"\| OUTCOME 0\.0"),
    ),
    Row(
        name="source-misspelt-name",
        aim="a right answer under nearly the right name",
        source=HONEST.replace("def distillation_loss", "def distilation_loss"),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said(NONE_NAMED, r"It defines `distilation_loss`: is that the one\?"),
    ),
    Row(
        name="source-name-with-a-greek-letter",
        aim="a right answer whose name looks right: its second o is an omicron",
        source=HONEST.replace("def distillation_loss", "def distillation_l\u03bfss"),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said(NONE_NAMED, "`distillation_l\u03bfss`", r"(U\+03BF|Greek|GREEK)"),
    ),
    Row(
        name="source-name-of-wide-letters",
        aim="a right answer whose name is in full-width letters, which Python reads as plain ones",
        source=HONEST.replace("def distillation_loss", "def ｄｉｓｔｉｌｌａｔｉｏｎ_ｌｏｓｓ"),
        verdict=Verdict.ACCEPTED,
        reason=said("Right on all"),
    ),
    Row(
        name="source-defined-when-run-as-a-script",
        aim="a function that is only there under `if __name__ == '__main__'`",
        source="if __name__ == '__main__':\n    " + HONEST.replace("\n", "\n    "),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said(rf"{NONE_NAMED}\."),
    ),
    Row(
        name="source-method",
        aim="a right answer as the method of a class, as other sites want it",
        source="class Solution:\n    "
        + HONEST.replace("(student_logits, t", "(self, student_logits, t").replace("\n", "\n    "),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said(NONE_NAMED, "method of `Solution`"),
    ),
    Row(
        name="source-not-callable",
        aim="a tensor under the function's name",
        source="import torch\ndistillation_loss = torch.zeros(())\n",
        verdict=Verdict.RUNTIME_ERROR,
        reason=said("`distillation_loss` is a Tensor, not a function"),
    ),
    Row(
        name="source-deleted",
        aim="a right answer that is taken away again",
        source=HONEST + "\ndel distillation_loss\n",
        verdict=Verdict.RUNTIME_ERROR,
        reason=said(rf"{NONE_NAMED}\."),
    ),
    Row(
        name="source-class",
        aim="a class whose objects hold the loss",
        source="""
class distillation_loss:
    def __init__(self, student_logits, teacher_logits, labels, T, alpha):
        self.loss = student_logits.sum()
""",
        verdict=Verdict.RUNTIME_ERROR,
        reason=said("`distillation_loss` is a class: write a function of that name"),
    ),
    Row(
        name="source-module-class",
        aim="an nn.Module that wants T and alpha when it is made",
        source="""
import torch
class distillation_loss(torch.nn.Module):
    def __init__(self, T, alpha):
        super().__init__()
    def forward(self, student_logits, teacher_logits, labels):
        return student_logits.sum()
""",
        verdict=Verdict.RUNTIME_ERROR,
        reason=said("`distillation_loss` is a class", "function"),
    ),
    Row(
        name="source-async",
        aim="a coroutine",
        source=HONEST.replace("def distillation_loss", "async def distillation_loss"),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said("`distillation_loss` is declared with `async def`; write `def distillation_loss"),
    ),
    Row(
        name="source-coroutine-behind-a-function",
        aim="a function that gives a coroutine; the warning about it is not to name our files",
        source="async def loss(*a):\n    return 1\n\n\ndef distillation_loss(*a):\n    return loss(*a)\n",
        verdict=Verdict.RUNTIME_ERROR,
        reason=said("Your function returned a coroutine, not a tensor; leave `async` out"),
        never=r"runner\.py|kdquiz/",
    ),
    Row(
        name="source-generator",
        aim="yield in place of return",
        source=HONEST.replace("return (1", "yield (1"),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said("Your function returned a generator, not a plain tensor"),
    ),
    Row(
        name="source-too-few-parameters",
        aim="T and alpha as constants of the file",
        source="T, alpha = 2.0, 0.5\n" + HONEST.replace(", labels, T, alpha):", ", labels):"),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said(
            "The function is called with 5 positional arguments: student_logits, teacher_logits, labels, T, alpha",
            "Yours does not take them: too many positional arguments",
            r"line 7: def distillation_loss\(student_logits, teacher_logits, labels\):",
        ),
    ),
    Row(
        name="source-too-many-parameters",
        aim="one more argument, without a default",
        source=HONEST.replace("T, alpha):", "T, alpha, reduction):"),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said("is called with 5 positional arguments", "missing a required argument: 'reduction'"),
    ),
    Row(
        name="source-keyword-only",
        aim="T and alpha by keyword alone",
        source=HONEST.replace("labels, T, alpha):", "labels, *, T, alpha):"),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said("is called with 5 positional arguments", "too many positional arguments"),
    ),
    Row(
        name="source-missing-module",
        aim="a library that is not there",
        source="import tensorflow as tf\n" + HONEST,
        verdict=Verdict.RUNTIME_ERROR,
        reason=said(
            "Line 1 raised ModuleNotFoundError: No module named 'tensorflow'",
            "A drill has the standard library, torch, and numpy",
        ),
    ),
    Row(
        name="source-decorator-without-end",
        aim="a decorator that decorates itself",
        source="def timed(f):\n    return timed(timed)(f)\n\n@timed"
        + HONEST.replace("\nimport torch\nimport torch.nn.functional as F\n\n", ""),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said(
            "Line 2 raised RecursionError", "A function calls itself without end", r"line 2: return timed\(timed\)"
        ),
    ),
    Row(
        name="source-starter",
        aim="the starter as it is handed out",
        source="def distillation_loss(s, t, y, T, alpha):\n    raise NotImplementedError('write the loss here')\n",
        verdict=Verdict.RUNTIME_ERROR,
        reason=said("Line 2 raised NotImplementedError: write the loss here", "replace that line by your own code"),
    ),
    Row(
        name="source-supplied-by-getattr",
        aim="a right answer that the module makes when it is asked for",
        source=HONEST.replace("def distillation_loss", "def made") + "\ndef __getattr__(name):\n    return made\n",
        verdict=Verdict.ACCEPTED,
        reason=said("Right on all"),
    ),
    Row(
        name="source-signature-that-raises",
        aim="a callable object that raises when it is asked for its parameters",
        source=HONEST.replace("def distillation_loss", "def loss")
        + """
class Callable:
    def __call__(self, *arguments):
        return loss(*arguments)
    @property
    def __signature__(self):
        print("OUTCOME asked", flush=True)
        raise SystemExit(0)
distillation_loss = Callable()
""",
        verdict=Verdict.RUNTIME_ERROR,
        reason=said("`sys.exit`", r"\| OUTCOME asked"),
    ),
)
