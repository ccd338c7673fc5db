"""Submissions that use up descriptors, processes, disks, or what the judge reads."""

from kdquiz.grading.report import Verdict
from tests.hostile.corpus.saying import said
from tests.hostile.row import QUICK, Row, at_import, in_call, tried

ALL_RIGHT = "Right on all"


def _refused(name: str, aim: str, attack: str, error: str) -> Row:
    """It is told no, at its first or at a later try, and its answer is right."""
    return Row(
        name=f"resource-{name}",
        aim=aim,
        source=tried(attack),
        verdict=Verdict.ACCEPTED,
        reason=said(f"OUTCOME {error}"),
        never="OUTCOME did it",
    )


_COUNTED = (
    _refused(
        "threads",
        "threads without end",
        """
        import threading, time
        for _ in range(300): threading.Thread(target=time.sleep, args=(100,), daemon=True).start()
        """,
        "RuntimeError can't start new thread",
    ),
    _refused(
        "processes",
        "a fork bomb",
        "import os\nfor _ in range(60): os.fork()",
        "BlockingIOError 11 ",
    ),
    _refused(
        "processes-by-multiprocessing",
        "a pool of processes",
        """
        import multiprocessing
        multiprocessing.get_context("fork").Pool(8)
        """,
        "PermissionError 13 ",
    ),
    _refused(
        "descriptors",
        "open descriptors without end",
        "import os\nwhile True: os.pipe()",
        "OSError 24 .*Too many open files",
    ),
    _refused(
        "epoll",
        "kernel objects without end",
        "import select\nkept = []\nwhile True:\n    kept.append(select.epoll())",
        "OSError 24 .*Too many open files",
    ),
    _refused(
        "file-in-tmp",
        "fill the disk",
        """
        with open("/tmp/fill", "wb") as file:
            while True: file.write(bytes(1 << 20))
        """,
        "PermissionError 13 ",
    ),
    _refused(
        "file-in-shared-memory",
        "fill the memory by a file",
        """
        with open("/dev/shm/fill", "wb") as file:
            while True: file.write(bytes(1 << 20))
        """,
        "PermissionError 13 ",
    ),
    _refused(
        "file-without-a-name",
        "fill the disk by a file that nobody finds",
        """
        import os
        os.write(os.open("/tmp", os.O_TMPFILE | os.O_RDWR), bytes(1 << 20))
        """,
        "PermissionError 13 ",
    ),
    _refused(
        "file-in-memory",
        "memory that no limit on memory counts",
        """
        import os
        os.write(os.memfd_create("fill"), bytes(1 << 20))
        """,
        "PermissionError 1 ",
    ),
    _refused(
        "job-file",
        "write on in the file that the job came in",
        """
        import os
        for descriptor in range(3, 32):
            try: os.ftruncate(descriptor, 1 << 40)
            except OSError as error: last = error
        raise last
        """,
        "PermissionError 1 ",
    ),
    _refused(
        "temporary-file",
        "a temporary file",
        "import tempfile\ntempfile.TemporaryFile().write(b'x')",
        "PermissionError 13 ",
    ),
    _refused(
        "locked-memory",
        "memory that cannot be swapped out",
        """
        import ctypes, os
        libc = ctypes.CDLL(None, use_errno=True)
        if libc.mlockall(3): raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
        """,
        "PermissionError 1 ",
    ),
    _refused(
        "more-processor-time",
        "raise the limit on processor time",
        """
        import resource
        resource.setrlimit(resource.RLIMIT_CPU, (100, 100))
        """,
        "ValueError not allowed to raise maximum limit",
    ),
    _refused(
        "more-memory",
        "raise the limit on memory",
        """
        import resource
        resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY,) * 2)
        """,
        "ValueError not allowed to raise maximum limit",
    ),
)

_READ = (
    Row(
        name="resource-printing-without-end",
        aim="fill the judge's memory with what is printed",
        source=in_call("while True: print('x' * 100_000)"),
        verdict=Verdict.OUTPUT_LIMIT,
        reason=said(f"more than {QUICK.printed_bytes:,} bytes were printed"),
    ),
    Row(
        name="resource-printing-a-line-without-end",
        aim="one line that never ends, of a character that takes four bytes",
        source=in_call("import sys\nwhile True: sys.stderr.write('\U0001f600' * 10_000)"),
        verdict=Verdict.OUTPUT_LIMIT,
        reason=said(f"more than {QUICK.printed_bytes:,} bytes were printed"),
    ),
    Row(
        name="resource-printing-much",
        aim="print as much as may be printed, and answer",
        source=at_import("print('x' * 4_000_000)"),
        verdict=Verdict.ACCEPTED,
        reason=said(ALL_RIGHT, r"the rest was cut"),
        never="x{70000}",
    ),
    Row(
        name="resource-huge-answer",
        aim="a tensor of 20 MB as the answer",
        source=in_call("return torch.zeros(5_000_000)"),
        verdict=Verdict.OUTPUT_LIMIT,
        reason=said("returned far more than the drill asks for"),
    ),
    Row(
        name="resource-answers-without-end",
        aim="flood the channel of the answers",
        source=in_call("import os\nwhile True: os.write(4, bytes(65536))"),
        verdict=Verdict.RUNTIME_ERROR,
        reason=said("what came back was not an answer"),
    ),
    Row(
        name="resource-answer-that-claims-gigabytes",
        aim="have the judge make room for what never comes",
        source=in_call("import os, struct\nos.write(4, struct.pack('<4sBHBI', b'KDQ1', 3, 0, 1, 2**32 - 1))"),
        verdict=Verdict.OUTPUT_LIMIT,
        reason=said("returned far more than the drill asks for"),
    ),
    Row(
        name="resource-more-threads-for-torch",
        aim="64 threads, which the limits refuse with an abort",
        source=in_call("torch.set_num_threads(64); torch.rand(512, 512) @ torch.rand(512, 512)"),
        verdict=Verdict.ACCEPTED,
        reason=said(ALL_RIGHT),
    ),
)

ROWS: tuple[Row, ...] = (*_COUNTED, *_READ)
