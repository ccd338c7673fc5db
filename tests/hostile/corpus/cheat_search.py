"""Cheats that look for the answer in memory. It is not there.

Each searches for something that it has put there itself as well, so that finding nothing means something.
"""

from tests.hostile.corpus.searching import LONG, search
from tests.hostile.row import Row

ROWS: tuple[Row, ...] = (
    search(
        "hunt-tensors",
        "every tensor that the collector knows, for one that could be the expected value",
        """
        import gc
        planted = torch.tensor(0.123, dtype=torch.float64)
        keep = [planted]
        gc.unfreeze()
        numbers = [one for one in gc.get_objects() if type(one) is list and len(one) == 1 and one[0] is planted]
        scalars = {id(t): t for o in gc.get_objects() if type(o) in (dict, list, tuple)
                   for t in (o.values() if type(o) is dict else o)
                   if type(t) is torch.Tensor and t.dtype == torch.float64 and t.dim() == 0 and t is not planted}
        return "planted", len(numbers), "others", len(scalars)
        """,
        r"did it: \('planted', 1, 'others', 0\)",
    ),
    search(
        "hunt-the-judges-objects",
        "every object that the collector knows, for one of the judge's classes, and the judge's modules",
        """
        import gc, sys
        gc.unfreeze()
        objects = gc.get_objects()
        names = {"Exam", "PreparedDrill", "Drill", "Behaviour", "Tolerance", "Report", "Submission", "Answer"}
        found = [type(one).__name__ for one in objects if type(one).__name__ in names]
        modules = [one for one in sys.modules if one.startswith("kdquiz.grading.")]
        judges = [one for one in modules if one.rpartition(".")[2] in ("judge", "exam", "compare", "grade", "cases")]
        return len(objects) > 50_000, "kdquiz.grading.runner" in modules, found, judges
        """,
        r"did it: \(True, True, \[\], \[\]\)",
    ),
    search(
        "hunt-tolerances",
        "the constants in the harness's code, for a tolerance to stay below",
        """
        import sys, types
        def constants(code):
            for one in code.co_consts:
                yield from constants(one) if isinstance(one, types.CodeType) else [one]
        modules = [module for name, module in sys.modules.items() if name.startswith("kdquiz")]
        functions = [f for module in modules for f in vars(module).values() if isinstance(f, types.FunctionType)]
        found = {one for f in functions for one in constants(f.__code__) if isinstance(one, float) and 0 < one < 0.1}
        return len(functions) > 20, sorted(found)
        """,
        r"did it: \(True, \[\]\)",
    ),
    search(
        "scan-memory",
        "its own memory, page by page, for the text of the reference",
        """
        import ctypes, os
        libc = ctypes.CDLL(None, use_errno=True)
        halves = (b"distributions st", b"ay in log space"), (b"planted where", b" it is found")
        planted = ctypes.create_string_buffer(b"".join(halves[1]))
        end, start = os.pipe()
        block, pages, found = 1 << 16, 0, [0, 0]
        vector = (ctypes.c_ubyte * 16)()
        for middle in (ctypes.addressof(planted), id(planted), id(None), torch.ones(5).data_ptr()):
            for address in range((middle & -block) - (48 << 20), (middle & -block) + (48 << 20), block):
                if libc.mincore(ctypes.c_void_p(address), ctypes.c_size_t(block), vector):
                    continue
                size = libc.write(start, ctypes.c_void_p(address), ctypes.c_size_t(block))  # no crash where unreadable
                if size <= 0:
                    continue
                data = os.read(end, size)
                pages += len(data) // 4096
                for number, (first, second) in enumerate(halves):
                    at = data.find(first)
                    found[number] += at >= 0 and data[at + len(first) :].startswith(second)
        return pages > 1000, found[1] > 0, found[0]
        """,
        r"did it: \(True, True, 0\)",
        limits=LONG,
    ),
    search(
        "scan-memory-by-proc",
        "its own memory as the kernel shows it",
        """
        import os
        outcomes = []
        for path in ("/proc/self/maps", "/proc/self/mem", "/proc/thread-self/mem", f"/proc/{os.getppid()}/mem"):
            try:
                outcomes.append(("opened", os.open(path, os.O_RDONLY)))
            except OSError as error:
                outcomes.append(error.errno)
        return outcomes
        """,
        r"did it: \[13, 13, 13, 13\]",
    ),
    search(
        "read-the-judges-memory",
        "the memory of the process above, by a system call",
        """
        import ctypes, os
        libc = ctypes.CDLL(None, use_errno=True)
        here, there = (ctypes.c_ulong * 2)(), (ctypes.c_ulong * 2)()
        buffer = ctypes.create_string_buffer(64)
        here[:] = there[:] = ctypes.addressof(buffer), 64
        if libc.process_vm_readv(os.getppid(), here, 1, there, 1, 0) < 0:
            raise OSError(ctypes.get_errno(), "process_vm_readv")
        return "read"
        """,
        "PermissionError 1 ",
    ),
)
