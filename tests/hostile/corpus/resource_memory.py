"""Submissions that use up memory, of every kind that the kernel counts."""

from dataclasses import replace

from kdquiz.grading.report import Verdict
from tests.hostile.corpus.saying import said
from tests.hostile.row import QUICK, Row, in_call

SMALL = replace(QUICK, cpu_seconds=20, wall_seconds=60.0, memory_bytes=96 << 20)
"""Enough for a right answer, and soon used up; with time enough that the memory ends first on a slow machine."""
TOO_MUCH_MEMORY = "asked for more memory than a drill may use"


def _greedy(name: str, aim: str, statements: str) -> Row:
    return Row(
        name=f"resource-memory-{name}",
        aim=aim,
        source=in_call(statements),
        verdict=Verdict.MEMORY_LIMIT,
        reason=said(TOO_MUCH_MEMORY),
        limits=SMALL,
    )


ROWS: tuple[Row, ...] = (
    _greedy("at-once", "ask for a terabyte", "bytearray(1 << 40)"),
    _greedy("by-and-by", "a megabyte, again and again", "kept = []\nwhile True: kept.append(bytearray(1 << 20))"),
    _greedy("of-torch", "a tensor of 40 GB", "torch.ones(10**10)"),
    _greedy("of-small-tensors", "tensors without end", "kept = []\nwhile True: kept.append(torch.ones(1000))"),
    _greedy(
        "of-empty-tensors", "tensors of nothing, without end", "kept = []\nwhile True: kept.append(torch.empty(0))"
    ),
    _greedy(
        "of-a-graph",
        "a computation that torch remembers for the gradient",
        "x = student_logits\nwhile True: x = x.repeat(2, 1).exp()",
    ),
    _greedy(
        "expanded", "a tensor that claims a terabyte, and holds one number", "return torch.zeros(1).expand(1 << 38)"
    ),
    _greedy(
        "private",
        "mapped memory",
        "import mmap\nkept = [mmap.mmap(-1, 16 << 20, flags=mmap.MAP_PRIVATE) for _ in range(100)]",
    ),
    _greedy(
        "shared",
        "mapped memory that counts as nobody's",
        "import mmap\nkept = [mmap.mmap(-1, 16 << 20) for _ in range(100)]",
    ),
    _greedy("of-lists", "lists in lists", "kept = []\nwhile True: kept = [kept, list(range(10**5))]"),
    _greedy("of-a-text", "a text that doubles", "text = 'x'\nwhile True: text += text"),
    _greedy(
        "unpacked",
        "a small archive of much",
        """
        import zlib
        packer = zlib.compressobj(1)
        packed = b"".join(packer.compress(bytes(1 << 20)) for _ in range(100)) + packer.flush()
        zlib.decompress(packed)
        """,
    ),
    _greedy(
        "caught",
        "use up every byte, so that nothing is left to tell of it",
        """
        kept = []
        size = 1 << 20
        while size:
            try:
                kept.append(bytearray(size))
            except MemoryError:
                size //= 2
        kept.append([None] * 10**6)
        """,
    ),
)
