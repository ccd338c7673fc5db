"""Sources that are hard to read or to compile: bytes, encodings, line ends, and what takes a parser down."""

from kdquiz.grading.report import Limits, Verdict
from tests.hostile.corpus.saying import OUT_OF_TIME, said
from tests.hostile.row import HONEST, Row

LIMIT = 64 << 10


def _padded(size: int) -> bytes:
    """A right answer of exactly so many bytes."""
    source = HONEST.encode() + b"\n#"
    return source + b"x" * (size - len(source))


def _doubled(name: str, depth: int) -> str:
    """A function of that many `finally` blocks, each inside the one before."""
    lines = [f"def {name}():"]
    for level in range(1, depth + 1):
        lines += [f"{' ' * level}try: pass", f"{' ' * level}finally:"]
    return "\n".join([*lines, f"{' ' * (depth + 1)}pass\n"])


def _too_deep(what: str) -> str:
    return said(f"not valid Python: {what}")


ROWS: tuple[Row, ...] = (
    Row(
        name="source-not-utf-8",
        aim="a comment in Latin-1, as an old editor saves it",
        source=HONEST.encode() + "\n# für T²\n".encode("latin-1"),
        verdict=Verdict.COMPILE_ERROR,
        reason=said(r"The file is not UTF-8 \(line 12\); save it as UTF-8"),
    ),
    Row(
        name="source-surrogate-bytes",
        aim="half a surrogate pair, encoded as if it were a character",
        source=HONEST.encode() + b"\nnote = '\xed\xa0\x80'\n",
        verdict=Verdict.COMPILE_ERROR,
        reason=said(r"The file is not UTF-8 \(line 12\)"),
    ),
    Row(
        name="source-nul",
        aim="a NUL byte in a comment, where C stops to read",
        source=HONEST.encode() + b"\n# \x00 the rest is not seen\n",
        verdict=Verdict.COMPILE_ERROR,
        reason=said("The file contains a NUL byte; it is not a Python source"),
    ),
    Row(
        name="source-utf-16",
        aim="a right answer, saved as UTF-16",
        source=HONEST.encode("utf-16"),
        verdict=Verdict.COMPILE_ERROR,
        reason=said("The file", "save it as UTF-8"),
    ),
    Row(
        name="source-too-long",
        aim="one byte more than may be sent",
        source=_padded(LIMIT + 1),
        verdict=Verdict.COMPILE_ERROR,
        reason=said("The file is longer than 65,536 bytes, the most that is graded"),
    ),
    Row(
        name="source-ten-megabytes",
        aim="far more than may be sent",
        source=_padded(10 << 20),
        verdict=Verdict.COMPILE_ERROR,
        reason=said("The file is longer than 65,536 bytes, the most that is graded"),
    ),
    Row(
        name="source-longest",
        aim="a right answer with exactly as many bytes as may be sent",
        source=_padded(LIMIT),
        verdict=Verdict.ACCEPTED,
        reason=said("Right on all"),
    ),
    Row(
        name="source-byte-order-mark",
        aim="a right answer with a byte order mark, as Notepad saves it",
        source=b"\xef\xbb\xbf" + HONEST.encode(),
        verdict=Verdict.ACCEPTED,
        reason=said("Right on all"),
    ),
    Row(
        name="source-windows-line-ends",
        aim="a right answer with the line ends of Windows",
        source=HONEST.replace("\n", "\r\n"),
        verdict=Verdict.ACCEPTED,
        reason=said("Right on all"),
    ),
    Row(
        name="source-coding-cookie",
        aim="a cookie that claims UTF-7, in which a comment holds a statement",
        source="# -*- coding: utf-7 -*-\n# +AAo-print('SMUGGLED')+AAo-\n" + HONEST,
        verdict=Verdict.ACCEPTED,
        reason=said("Right on all"),
        never="SMUGGLED",
    ),
    Row(
        name="source-odd-line-separators",
        aim="characters that end a line for str.splitlines and not for Python: which line has raised?",
        source="# \x0c \x1c \u2028 \x85 not a line end\nbefore = 1\nraise ValueError('here')\nafter = 2\n",
        verdict=Verdict.RUNTIME_ERROR,
        reason=said(r"Line 3 raised ValueError: here", r"line 3: raise ValueError\('here'\)"),
    ),
    Row(
        name="source-direction-override",
        aim="a line that shows another order of its characters than it has",
        source="def distillation_loss(s, t, y, T, alpha):\n    raise ValueError  # \u202e )ahpla - 1( \u2066\n",
        verdict=Verdict.RUNTIME_ERROR,
        reason=said(r"line 2: raise ValueError #", r"\)ahpla"),
        never="[\u202e\u2066]",
    ),
    Row(
        name="source-one-long-line",
        aim="a line of sixty thousand characters that raises",
        source=f"note = 1 / 0 #{'x' * 60_000}",
        verdict=Verdict.RUNTIME_ERROR,
        reason=said("Line 1 raised ZeroDivisionError: division by zero", "line 1: note = 1 / 0 #x+…"),
        never="x{300}",
    ),
    Row(
        name="source-invisible-character",
        aim="a zero-width space from a web page",
        source=HONEST.replace("alpha * soft", "alpha *\u200b soft"),
        verdict=Verdict.COMPILE_ERROR,
        reason=said(r"Line 10 is not valid Python: invalid non-printable character U\+200B"),
    ),
    Row(
        name="source-curly-quotes",
        aim="quotation marks of a word processor",
        source=HONEST.replace('"batchmean"', "“batchmean”"),
        verdict=Verdict.COMPILE_ERROR,
        reason=said(r"Line 9 is not valid Python: invalid character '“' \(U\+201C\)"),
    ),
    Row(
        name="source-markdown-fence",
        aim="an answer copied with the fence around it",
        source=f"```python{HONEST}```\n",
        verdict=Verdict.COMPILE_ERROR,
        reason=said("Line 1 is not valid Python: invalid syntax"),
    ),
    Row(
        name="source-interpreter-prompts",
        aim="an answer copied out of a session",
        source="".join(f">>> {line}\n" for line in HONEST.strip().splitlines()),
        verdict=Verdict.COMPILE_ERROR,
        reason=said("Line 1 is not valid Python: invalid syntax"),
    ),
    Row(
        name="source-tabs-and-spaces",
        aim="a tab in one line and spaces in the next",
        source=HONEST.replace("    soft =", "\tsoft ="),
        verdict=Verdict.COMPILE_ERROR,
        reason=said("Line 8 is not valid Python: inconsistent use of tabs and spaces in indentation"),
    ),
    Row(
        name="source-unfinished",
        aim="a file that ends in the middle of a bracket",
        source=HONEST.rpartition(" * T * T")[0].rpartition(",")[0],
        verdict=Verdict.COMPILE_ERROR,
        reason=said(r"Line 8 is not valid Python: '\(' was never closed"),
    ),
    Row(
        name="source-future-braces",
        aim="an import from the future that there never will be",
        source="from __future__ import braces\n" + HONEST,
        verdict=Verdict.COMPILE_ERROR,
        reason=said("Line 1 is not valid Python: not a chance"),
    ),
    Row(
        name="source-future-too-late",
        aim="an import from the future after the first statement",
        source=HONEST + "\nfrom __future__ import annotations\n",
        verdict=Verdict.COMPILE_ERROR,
        reason=said("Line 12 is not valid Python: from __future__ imports must occur at the beginning of the file"),
    ),
    Row(
        name="source-future-annotations",
        aim="a right answer whose annotations name what there is not",
        source="from __future__ import annotations\n"
        + HONEST.replace("T, alpha):", "T: 'Temperature', alpha: Weight[0, 1]) -> Scalar:"),
        verdict=Verdict.ACCEPTED,
        reason=said("Right on all"),
    ),
    Row(
        name="source-syntax-warnings",
        aim="a right answer that Python warns of while it compiles",
        source="assert (True, 'always')\npattern = '\\d'\nsame = 1 is 1\n" + HONEST,
        verdict=Verdict.ACCEPTED,
        reason=said("Right on all"),
    ),
    Row(
        name="source-nested-parentheses",
        aim="more brackets than the parser's stack takes",
        source="value = " + "(" * 5000 + ")" * 5000,
        verdict=Verdict.COMPILE_ERROR,
        reason=_too_deep("too many nested parentheses"),
    ),
    Row(
        name="source-unary-minus",
        aim="sixty thousand signs, to use up the compiler's stack",
        source="value = " + "-" * 60_000 + "1",
        verdict=Verdict.COMPILE_ERROR,
        reason=_too_deep("Python cannot compile this: (MemoryError|RecursionError)"),
    ),
    Row(
        name="source-attribute-chain",
        aim="thirty thousand attributes of attributes",
        source="value = torch" + ".a" * 30_000,
        verdict=Verdict.COMPILE_ERROR,
        reason=_too_deep("Python cannot compile this: RecursionError"),
    ),
    Row(
        name="source-many-branches",
        aim="an if with four thousand branches",
        source="x = 0\nif x == 1: pass\n" + "elif x == 1: pass\n" * 3500 + HONEST,
        verdict=Verdict.COMPILE_ERROR,
        reason=_too_deep("Python cannot compile this: (MemoryError|RecursionError)|too many statically nested blocks"),
    ),
    Row(
        name="source-constant-folding",
        aim="constants that the compiler adds up, keeping each sum",
        source="value = 'a' * 4096" + " + 'a' * 4096" * 1600 + HONEST,
        verdict=Verdict.COMPILE_ERROR,
        reason=_too_deep("Python cannot compile this: MemoryError"),
        never=r"too deeply\.",
        limits=Limits(cpu_seconds=3, wall_seconds=8.0),
    ),
    Row(
        name="source-finally-in-finally",
        aim="blocks that the compiler writes twice each, fifteen in one another, in each of forty functions",
        source="\n".join(_doubled(f"f{number}", 15) for number in range(40)) + HONEST,
        verdict=Verdict.TIME_LIMIT,
        reason=said(OUT_OF_TIME),
    ),
    Row(
        name="source-huge-integer",
        aim="a number of sixty thousand digits",
        source=f"value = {'9' * 60_000}\n{HONEST}",
        verdict=Verdict.COMPILE_ERROR,
        reason=said(r"Line 1 is not valid Python: Exceeds the limit \(4300 digits\)"),
        never="9{300}",
    ),
)
