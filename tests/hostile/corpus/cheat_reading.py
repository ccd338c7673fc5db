"""Cheats that look for the answer on the disk, in the harness and in the random numbers. It is not there.

Each searches for something that it has put there itself as well, so that finding nothing means something.
"""

from tests.hostile.corpus.searching import REFUSED, search
from tests.hostile.row import Row

DISK = (
    search(
        "read-the-reference",
        "the drill's reference from where it is installed",
        """
        import pathlib, sys
        package = pathlib.Path(sys.modules["kdquiz"].__file__).parent
        for folder in (package.parent / "content", package / "content"):
            path = folder / "knowledge-distillation" / "drills" / "distillation-loss" / "reference.py"
            try:
                print("OUTCOME read", len(path.read_text()))
            except FileNotFoundError:
                pass
        return "there is no reference"
        """,
        REFUSED,
    ),
    search(
        "walk-the-disk",
        "every folder that can be listed, for a reference",
        """
        import os, time, sys
        end, folders, found, refused = time.monotonic() + 0.3, 0, [], []
        for top in ("/", "/home", "/work", "/root", "/tmp", os.path.dirname(sys.modules["kdquiz"].__file__)):
            for folder, _, files in os.walk(top, onerror=lambda error: refused.append(error.errno)):
                folders += 1
                found += [name for name in files if name in ("reference.py", "drill.yaml")]
                if time.monotonic() > end:
                    break
        for folder, _, files in os.walk(os.path.dirname(os.__file__)):
            folders += 1
        return folders > 5, found, set(refused) <= {2, 13}
        """,
        r"did it: \(True, \[\], True\)",
    ),
    search(
        "import-the-judge",
        "the judge's own modules, to grade with them",
        """
        from kdquiz.grading import grade
        return grade
        """,
        "(ModuleNotFoundError|ImportError|PermissionError)",
    ),
    search(
        "run-the-reference",
        "the reference, found as a resource of the package and run",
        """
        import importlib.resources, runpy
        package = importlib.resources.files("kdquiz")
        folder = next(one for one in (package / "content", package.parent / "content") if one.is_dir())
        reference = folder / "knowledge-distillation" / "drills" / "distillation-loss" / "reference.py"
        return runpy.run_path(str(reference))["distillation_loss"]
        """,
        REFUSED,
    ),
    search(
        "read-the-harness",
        "the source of the function that calls this one",
        """
        import inspect, sys
        frame = sys._getframe()
        while not frame.f_globals["__name__"].startswith("kdquiz"):
            frame = frame.f_back
        print("OUTCOME called by", frame.f_code.co_name, flush=True)
        return inspect.getsource(frame)
        """,
        r"called by \w+ \| OUTCOME OSError",
    ),
)

HARNESS = (
    search(
        "read-the-callers-locals",
        "all that the functions above hold, for a seed, an expectation or a verdict",
        """
        import sys
        frame, names, texts = sys._getframe(1), set(), ""
        while frame:
            if frame.f_globals["__name__"].startswith("kdquiz"):
                names |= set(frame.f_locals)
                texts += repr(frame.f_locals).lower()
            frame = frame.f_back
        words = ["".join(reversed(word)) for word in ("dees", "detcepxe", "tcidrev", "narelot", "ecnerefer", "ekatsim")]
        return "arguments" in names, [word for word in words if word in texts]
        """,
        r"did it: \(True, \[\]\)",
        inside=True,
    ),
    search(
        "read-the-job-again",
        "the file from which the harness has read its job, and any other that is open",
        """
        import os
        readable = []
        for descriptor in [*range(3, 64)]:
            try:
                readable.append((descriptor, len(os.pread(descriptor, 1 << 16, 0))))
            except OSError as error:
                if descriptor == 3:
                    third = error.errno
        return third, readable
        """,
        r"did it: \(9, \[\]\)",
    ),
    search(
        "guess-the-seed",
        "the first ten thousand seeds, for the one that draws these logits",
        """
        import sys
        given = sys._getframe(2).f_locals["student_logits"].detach().reshape(-1)[:2]
        generator, one = torch.Generator(), torch.empty(2, dtype=torch.float64)
        def draws(seed):
            return one.normal_(generator=generator.manual_seed(seed)).mul(2.0)
        assert torch.equal(draws(7).clone(), draws(7))
        found = [seed for seed in range(10_000) if abs(draws(seed)[0] - given[0]) < 1e-12]
        return "tried", found
        """,
        r"did it: \('tried', \[\]\)",
        inside=True,
    ),
    search(
        "continue-the-random-numbers",
        "the state of the random numbers that all forks share, for what the inputs were drawn with",
        """
        import random, sys
        given = sys._getframe(2).f_locals["student_logits"].detach().reshape(-1)
        draws = [torch.randn(1000, dtype=torch.float64) * 2 for _ in range(20)]
        draws += [torch.tensor([random.gauss(0, 2) for _ in range(1000)], dtype=torch.float64)]
        near = min(float((one[:, None] - given[None, :2]).abs().min()) for one in draws)
        return torch.initial_seed() > 0, near > 1e-9
        """,
        r"did it: \(True, True\)",
        inside=True,
    ),
)

ROWS: tuple[Row, ...] = (*DISK, *HARNESS)
